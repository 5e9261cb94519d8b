"""Exports become rows of the graph: recognised, read, checked, and written kind by kind."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from graphkit.batch import Reading, Reason
from graphkit.databases import NO_DATABASES, Databases
from graphkit.errors import UnreadableError
from graphkit.pipeline.commit import commit
from graphkit.pipeline.derive import derive
from graphkit.pipeline.exports import Export, Recognised
from graphkit.pipeline.recognise import recognise_exports
from graphkit.plugins import NO_TABLES, STORED, Loader, Tables
from graphkit.schema import CELLS, File, Rejected
from graphkit.store.base import Changes, GraphStore

Say = Callable[[str], None]
"""Takes a line of progress."""

Advance = Callable[[float, int], None]
"""Takes the share of all files that was read or written since the last time, and the rows read."""


@dataclasses.dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file.

    Attributes:
        name: How the file is shown.
        loader: The loader that read it; empty when none did.
        rows: Rows read; 0 when the file was refused or is unchanged.
        repeated: Rows that repeat another one.
        rejected: Rows that cannot be loaded.
        refused: Why it was not read; empty when it was.
        unchanged: Whether the same file was loaded before.
        standing: Rows of an unchanged file that were rejected then, and not corrected since.
        remarks: How many rows make less than they could, by what they lack.
        nothing: How many of the rows loaded make nothing of their own, by what they are.
        reasons: Why rows were rejected.
    """

    name: str
    loader: str = ""
    rows: int = 0
    repeated: int = 0
    rejected: int = 0
    refused: str = ""
    unchanged: bool = False
    standing: int = 0
    remarks: Mapping[str, int] = dataclasses.field(default_factory=dict)
    nothing: Mapping[str, int] = dataclasses.field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()

    @property
    def loaded(self) -> int:
        """Rows loaded."""
        return self.rows - self.repeated - self.rejected

    @property
    def incomplete(self) -> bool:
        """Whether it, or a row of it, cannot be loaded."""
        return bool(self.refused or self.rejected)


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """What a load did.

    Attributes:
        files: What became of each file, in the order of their names.
        changes: What changed in the graph, by what the exports hold ("quickbooks.invoices") and
            type.
    """

    files: Sequence[Loaded]
    changes: Mapping[str, Mapping[str, Changes]]


def load(
    store: GraphStore,
    paths: Sequence[Path],
    *,
    loaders: Sequence[Loader] = (),
    instance: str = "",
    currency: str = "USD",
    precedence: Sequence[str] = (),
    databases: Databases = NO_DATABASES,
    processes: Mapping[str, str] = MappingProxyType({}),
    say: Say = lambda _: None,
) -> Outcome:
    """Load exports into the store, then derive companies, settlements and text facts.

    Args:
        store: Where to.
        paths: Files or folders.
        loaders: Those that may read them; all that there are when empty.
        instance: Name of the system instance, where a shop has two of one kind.
        currency: ISO currency of amounts that name none.
        precedence: Instances, the one whose rows count first where two report the same.
        databases: Those that mappings with a query may ask.
        processes: Process by name of a work centre, as the shop says.
        say: Takes lines of progress.

    Raises:
        GraphkitError: Nothing that was named can be read; the message has each file's reason.
    """
    found = recognise_exports(
        paths,
        store.read(File),
        loaders=loaders,
        instance=instance,
        currency=currency,
        databases=databases,
        processes=processes,
    )
    return load_exports(store, found, precedence=precedence, say=say)


def load_exports(
    store: GraphStore,
    found: Recognised,
    *,
    precedence: Sequence[str] = (),
    say: Say = lambda _: None,
    advance: Advance = lambda _share, _rows: None,
) -> Outcome:
    """Write what was recognised, then derive what follows from it.

    Files of one system instance and kind are one commit: all of their rows become visible together,
    and rows that a newer state of a file no longer has leave the graph. A load that was interrupted
    is finished: what was committed is not written again, what follows from it is derived anew.

    Args:
        store: Where to.
        found: What the files are.
        precedence: Instances, the one whose rows count first where two report the same.
        say: Takes lines of progress.
        advance: Takes the share of the files that was read or written since, and the rows read.
    """
    for line in found.passed_over:
        say(f"passed over: {line}")
    made = [Loaded(name, refused=reason) for name, reason in found.refused.items()]
    waiting = [group for group in found.exports.values() if any(one.fresh for one in group)]
    changes: dict[str, dict[str, Changes]] = {}
    if waiting or store.unfinished():
        whole = sum(one.size for group in waiting for one in group) or 1
        with store.next_run("load") as run:
            for group in waiting:
                good, readings, refused = _read(store, found, group, whole, advance)
                made += refused
                if not good:
                    continue
                done = commit(store, good, readings, run=run)
                advance(sum(one.size for one in good) / whole / 2, 0)
                made += _said(good, readings, say)
                changes[_holds(good[0])] = done
                for line in _changed_lines(_holds(good[0]), done):
                    say(line)
            derive(store, run=run, precedence=precedence, say=say)
    unread = {one.name for one in made if one.refused}
    made += _unchanged(store, [one for one in found.all_exports if one.name not in unread])
    return Outcome(sorted(made, key=lambda one: (one.name, one.loader)), changes)


def _read(
    store: GraphStore, found: Recognised, group: Sequence[Export], whole: int, advance: Advance
) -> tuple[list[Export], list[Reading], list[Loaded]]:
    """The exports that can be read, what they hold, and those that cannot."""
    good, readings, refused = [], [], []
    stored = _stored(store, group)
    for one in group:
        try:
            reading = one.read({**found.tables_for(one), **stored})
        except UnreadableError as error:
            refused.append(Loaded(one.name, refused=str(error)))
            advance(one.size / whole, 0)
        else:
            good.append(one)
            readings.append(reading)
            advance(one.size / whole / 2, reading.rows)
    return good, readings, refused


def _stored(store: GraphStore, group: Sequence[Export]) -> Tables:
    """The stored rows that a loader reads no more where they stand in its file as they were."""
    again = next((one.loader.again for one in group if one.loader.again), None)
    if again is None or not store.count(again[0]):
        return NO_TABLES
    rows = store.read(*again, ordered=False)
    return {STORED: rows[rows[CELLS].notna().to_numpy(bool)].reset_index(drop=True)}


def _said(group: Sequence[Export], readings: Sequence[Reading], say: Say) -> list[Loaded]:
    made = [
        Loaded(
            one.name,
            one.loader.name,
            reading.rows,
            reading.repeated,
            reading.rejected,
            remarks=reading.remarks,
            nothing=reading.nothing,
            reasons=reading.reasons,
        )
        for one, reading in zip(group, readings, strict=True)
        if one.fresh
    ]
    for loaded in made:
        say(_line(loaded))
    return made


def _holds(one: Export) -> str:
    """The system instance and what a group of its files holds."""
    return f"{one.source.instance}.{one.source.kind}"


def _changed_lines(holds: str, changes: Mapping[str, Changes]) -> Iterator[str]:
    """What changed among rows that were there before; of rows of a new type there is nothing."""
    for name, one in changes.items():
        if not (one.changed or one.removed or (one.added and one.unchanged)):
            continue
        parts = [f"{one.added:,} added"] * bool(one.added)
        parts += [f"{one.changed:,} changed"] * bool(one.changed)
        parts += [f"{one.removed:,} removed, no longer in the export"] * bool(one.removed)
        yield f"{holds}: {name}: {', '.join(parts)}"


def _line(one: Loaded) -> str:
    parts = [f"{one.loaded:,} rows"]
    parts += [f"{one.repeated:,} repeated"] * bool(one.repeated)
    parts += [f"{one.rejected:,} rejected"] * bool(one.rejected)
    parts += [f"{count:,} of them {why}" for why, count in one.remarks.items()]
    parts += [told_nothing(one.nothing)] * bool(one.nothing)
    return f"{one.name}: {one.loader}, {', '.join(parts)}"


def told_nothing(nothing: Mapping[str, int]) -> str:
    """Of how many of the rows loaded nothing is made, and what they are.

    >>> told_nothing({"templates": 2, "components of another job": 12})
    'nothing made of 14 (2 templates; 12 components of another job)'
    >>> told_nothing({"templates": 2})
    'nothing made of 2 (templates)'
    """
    parts = [f"{count:,} {why}" for why, count in nothing.items()]
    said = "; ".join(parts if len(parts) > 1 else nothing)
    return f"nothing made of {sum(nothing.values()):,} ({said})"


def _unchanged(store: GraphStore, exports: Sequence[Export]) -> list[Loaded]:
    """What became of the files that were loaded before as they are."""
    before = {one.source.file_id: one for one in exports if not one.fresh}
    rejects = store.read(Rejected, ["file_id", "row"], where=("file_id", [*before]))
    standing = rejects.drop_duplicates()["file_id"].value_counts()
    return [
        Loaded(one.name, one.loader.name, unchanged=True, standing=int(standing.get(file_id, 0)))
        for file_id, one in before.items()
    ]
