"""Exports become rows of the graph: recognised, read, checked, and written kind by kind."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from graphkit.batch import Reading
from graphkit.errors import UnreadableError
from graphkit.pipeline.commit import Plan, commit, plan_commit
from graphkit.pipeline.derive import derive
from graphkit.pipeline.recognise import Export, Recognised, recognise_exports
from graphkit.schema import File
from graphkit.store.base import GraphStore

Say = Callable[[str], None]
"""Takes a line of progress."""


@dataclasses.dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file.

    Attributes:
        name: How the file is shown.
        loader: The loader that read it; empty when none did.
        reading: What was read; None when the file was refused or is unchanged.
        refused: Why it was not read; empty when it was.
        unchanged: Whether the same file was loaded before.
    """

    name: str
    loader: str = ""
    reading: Reading | None = None
    refused: str = ""
    unchanged: bool = False


def load(
    store: GraphStore,
    paths: Sequence[Path],
    *,
    instance: str = "",
    kind: str = "",
    currency: str = "USD",
    processes: Mapping[str, str] = MappingProxyType({}),
    say: Say = lambda _: None,
) -> list[Loaded]:
    """Load exports into the store, then derive companies, settlements and text facts.

    Args:
        store: Where to.
        paths: Files or folders.
        instance: Name of the system instance, where a shop has two of one kind.
        kind: Name of the loader, where two fit.
        currency: ISO currency of amounts that name none.
        processes: Process by name of a work centre, as the shop says.
        say: Takes lines of progress.

    Returns:
        What became of each file, in the order of their names.

    Raises:
        GraphkitError: Nothing that was named can be read; the message has each file's reason.
    """
    found = recognise_exports(
        paths,
        store.read(File),
        instance=instance,
        kind=kind,
        currency=currency,
        processes=processes,
    )
    return load_exports(store, found, say=say)


def load_exports(
    store: GraphStore, found: Recognised, *, say: Say = lambda _: None
) -> list[Loaded]:
    """Write what was recognised, then derive what follows from it.

    Files of one system instance and kind are one commit: all of their rows become visible together,
    and rows that a newer state of a file no longer has leave the graph. A load that was interrupted
    is finished: what was committed is not written again, what follows from it is derived anew.

    Args:
        store: Where to.
        found: What the files are.
        say: Takes lines of progress.
    """
    _say_passed_over(found, say)
    if not any(one.fresh for one in found.all_exports) and not store.unfinished():
        return _by_name([*_refused(found), *map(_unchanged, found.all_exports)])
    made = _refused(found)
    with store.next_run("load") as run:
        for group in found.exports.values():
            if not any(one.fresh for one in group):
                made += map(_unchanged, group)
                continue
            good, readings, refused = _read(found, group)
            made += refused
            if good:
                plan = commit(store, good, readings, run=run)
                made += _said(good, readings, plan, say)
        derive(store, run=run, say=say)
    return _by_name(made)


def check_exports(
    store: GraphStore | None, found: Recognised, *, say: Say = lambda _: None
) -> list[Loaded]:
    """What `load_exports` would do, with nothing written.

    Args:
        store: What is stored; None for nothing yet.
        found: What the files are.
        say: Takes lines of progress.
    """
    _say_passed_over(found, say)
    made = _refused(found)
    for group in found.exports.values():
        if not any(one.fresh for one in group):
            made += map(_unchanged, group)
            continue
        good, readings, refused = _read(found, group)
        made += refused
        if good:
            made += _said(good, readings, plan_commit(store, good, readings), say)
    return _by_name(made)


def _read(
    found: Recognised, group: Sequence[Export]
) -> tuple[list[Export], list[Reading], list[Loaded]]:
    """The exports that can be read, what they hold, and those that cannot."""
    good, readings, refused = [], [], []
    for one in group:
        try:
            readings.append(one.read(found.tables_for(one)))
        except UnreadableError as error:
            refused.append(Loaded(one.name, refused=str(error)))
        else:
            good.append(one)
    return good, readings, refused


def _said(
    group: Sequence[Export], readings: Sequence[Reading], plan: Plan, say: Say
) -> list[Loaded]:
    made = []
    for one, reading in zip(group, readings, strict=True):
        if not one.fresh:
            made.append(_unchanged(one))
            continue
        made.append(Loaded(one.name, one.loader.name, reading))
        say(_line(one, reading))
    for entity, count in plan.leaving.items():
        say(f"{count:,} of {entity.__name__} are no longer in {group[0].loader.name}: removed")
    return made


def _line(one: Export, reading: Reading) -> str:
    rejected = reading.rejects["row"].nunique()
    parts = [f"{reading.rows - reading.repeated - rejected:,} rows"]
    parts += [f"{reading.repeated:,} repeated"] * bool(reading.repeated)
    parts += [f"{rejected:,} rejected"] * bool(rejected)
    parts += [f"{count:,} of them {why}" for why, count in reading.left_out.items()]
    return f"{one.name}: {one.loader.name}, {', '.join(parts)}"


def _say_passed_over(found: Recognised, say: Say) -> None:
    for line in found.passed_over:
        say(f"passed over: {line}")


def _refused(found: Recognised) -> list[Loaded]:
    return [Loaded(name, refused=reason) for name, reason in found.refused.items()]


def _unchanged(one: Export) -> Loaded:
    return Loaded(one.name, one.loader.name, unchanged=True)


def _by_name(made: Sequence[Loaded]) -> list[Loaded]:
    return sorted(made, key=lambda one: (one.name, one.loader))
