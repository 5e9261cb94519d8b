"""Runs: what was being written, and whether it came to its end. The same for every store."""

import contextlib
import datetime as dt
from collections.abc import Iterator

from graphkit.batch import Batch
from graphkit.schema import SCHEMA_VERSION, Meta, Run
from graphkit.store.base import GraphStore

_WRITING = "writing"
_DONE = "done"


@contextlib.contextmanager
def recorded_run(store: GraphStore, what: str, *, as_of: dt.date | None = None) -> Iterator[int]:
    """A run: recorded as writing before the block, and as done when it ends well.

    An error, an interrupt or a kill leaves it as writing.

    Args:
        store: Where to record it; each record is a write of its own, unless a transaction is open.
        what: What the run does, such as load.
        as_of: As of which day, for findings.

    Yields:
        Its number, one more than any before.
    """
    numbers = store.read(Run, ["number"])["number"]
    number = 1 if numbers.empty else int(numbers.max()) + 1
    columns = _columns(number, what, as_of)
    store.write(Batch.of(Run, columns), run=number)
    yield number
    store.write(Batch.of(Run, columns | {"state": [_DONE]}), run=number)


def finished_run(number: int, what: str) -> Batch:
    """The record of a run that began now and has ended well."""
    return Batch.of(Run, _columns(number, what) | {"state": [_DONE]})


def _columns(number: int, what: str, as_of: dt.date | None = None) -> dict[str, object]:
    return {
        "id": [f"{number:09d}"],  # sorted by id is sorted by number
        "number": [number],
        "what": [what],
        "state": [_WRITING],
        # Wall time, as all times without a zone are.
        "started_at": [dt.datetime.now(dt.UTC).astimezone().replace(tzinfo=None)],
        "as_of": [as_of],
    }


def schema_version() -> Batch:
    """The record of the schema's version."""
    return Batch.of(Meta, {"id": ["schema_version"], "value": [str(SCHEMA_VERSION)]})


def unfinished_run(store: GraphStore) -> str:
    """What the latest run that never ended was doing, or an empty text.

    A later run that did the same and ended well has made up for it.
    """
    runs = store.read(Run, ["number", "what", "state"])
    made_up_for: set[str] = set()
    for row in runs.sort_values("number", ascending=False).itertuples():
        if row.state == _DONE:
            made_up_for.add(str(row.what))
        elif row.what not in made_up_for:
            return str(row.what)
    return ""
