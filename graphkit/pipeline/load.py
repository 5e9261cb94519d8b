"""Exports become rows of the graph: recognised, read, checked, and written kind by kind."""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import cast

import pandas as pd

from graphkit import registry
from graphkit.batch import Batch, Reading, Source
from graphkit.errors import AccessRefusedError, UnknownNameError, UnreadableError
from graphkit.pipeline.choose import choose
from graphkit.pipeline.derive import derive
from graphkit.plugins import Loader
from graphkit.schema import Entity, File, Rejected
from graphkit.sheet_files import read_sheets
from graphkit.sheets import Sheet
from graphkit.store.base import Changes, GraphStore, Scope

Say = Callable[[str], None]
"""Takes a line of progress."""

READABLE = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"})
"""Endings of the files that are tried in a folder; a file named on the command line always is."""


@dataclasses.dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file.

    Attributes:
        path: The file's name.
        loader: The loader that read it; empty when none did.
        reading: What was read; None when the file was refused or is unchanged.
        refused: Why it was not read; empty when it was.
        unchanged: Whether the same file was loaded before.
    """

    path: str
    loader: str = ""
    reading: Reading | None = None
    refused: str = ""
    unchanged: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class _Candidate:
    """A sheet and the loader for it; `sheet` is None while the same bytes are stored already."""

    path: Path
    source: Source
    loader: Loader
    content: str
    sheet: Sheet | None

    def read(self) -> Reading:
        """What the sheet holds; opens the file when that was not needed before."""
        sheet = self.sheet
        if sheet is None:
            fits = [one for one in read_sheets(self.path) if self.loader.recognise(one) is not None]
            sheet = fits[0]
        return self.loader.read(sheet, self.source)


def files_below(paths: Iterable[Path]) -> list[Path]:
    """The files named, and every readable file in the folders named, sorted.

    Raises:
        UnreadableError: There is none.
    """
    found: list[Path] = []
    asked = sorted(paths)
    for path in asked:
        if path.is_dir():
            inside = (one for one in path.rglob("*") if one.suffix.casefold() in READABLE)
            found += sorted(
                one for one in inside if one.is_file() and not one.name.startswith((".", "~$"))
            )
        else:
            found.append(path)
    if not found:
        raise UnreadableError(
            "there is no export in it (looked for " + " ".join(sorted(READABLE)) + ")",
            where=", ".join(str(path) for path in asked),
        )
    return found


def load(
    store: GraphStore,
    paths: Sequence[Path],
    *,
    instance: str = "",
    kind: str = "",
    currency: str = "USD",
    dry_run: bool = False,
    say: Say = lambda _: None,
) -> list[Loaded]:
    """Load exports into the store, then derive companies, settlements and text facts.

    Files of one system instance and kind are one commit: all of their rows become visible together,
    and rows of the same kind and days that they no longer have leave the graph.

    Args:
        store: Where to.
        paths: Files or folders.
        instance: Name of the system instance, where a shop has two of one kind.
        kind: Name of the loader, where two fit.
        currency: ISO currency of amounts that name none.
        dry_run: Read and check everything, write nothing.
        say: Takes lines of progress.

    Returns:
        What became of each file, in the order of their names.

    Raises:
        GraphkitError: Nothing that was named can be read; the message has each file's reason.
    """
    loaders = _loaders(kind)
    books = store.read(File)
    found: list[Loaded] = []
    groups: dict[tuple[str, str], list[_Candidate]] = {}
    for path in files_below(paths):
        try:
            for one in _candidates(path, loaders, books, instance=instance, currency=currency):
                groups.setdefault((one.source.instance, one.source.kind), []).append(one)
        except UnreadableError as error:
            found.append(Loaded(str(path), refused=str(error)))
            say(f"{path.name}: not read: {error.message}")
    if not groups:
        raise UnreadableError("\n".join(one.refused for one in found))
    if dry_run:
        found += [_dry(one) for group in groups.values() for one in group]
        return sorted(found, key=lambda one: one.path)
    interrupted = bool(store.unfinished())
    fresh = {key: [one.sheet is not None for one in group] for key, group in groups.items()}
    if not interrupted and not any(any(flags) for flags in fresh.values()):
        found += [_unchanged(one) for group in groups.values() for one in group]
        return sorted(found, key=lambda one: one.path)
    with store.next_run("load") as run:
        for key, group in groups.items():
            if any(fresh[key]):
                found += _load_group(store, group, books, run=run, say=say)
            else:
                found += [_unchanged(one) for one in group]
        derive(store, run=run, say=say)
    return sorted(found, key=lambda one: one.path)


def _loaders(kind: str) -> list[Loader]:
    loaders = registry.loaders()
    if not kind:
        return loaders
    chosen = [one for one in loaders if one.name == kind]
    if not chosen:
        raise UnknownNameError.of("loader", kind, [one.name for one in loaders])
    return chosen


def _candidates(
    path: Path, loaders: Sequence[Loader], books: pd.DataFrame, *, instance: str, currency: str
) -> list[_Candidate]:
    """The sheets of a file with the loader for each; a file whose bytes are known stays closed."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise AccessRefusedError(
            f"cannot be read: {error.strerror}", where=str(path), next_step="close it in Excel"
        ) from error
    digest = hashlib.sha256(content).hexdigest()

    def candidate(loader: Loader, sheet: Sheet | None) -> _Candidate:
        source = Source.of(
            system=loader.system,
            kind=loader.kind,
            path=path.name,
            content=content,
            instance=instance,
            currency=currency,
        )
        return _Candidate(path, source, loader, digest, sheet)

    stored = books[books["content"] == digest]
    versions = {_version(one): one for one in loaders}
    known = [candidate(versions[one], None) for one in stored["reading"] if one in versions]
    known = [one for one in known if one.source.file_id in set(stored["id"])]
    if known:
        return known
    made = []
    refused: list[UnreadableError] = []
    for sheet in read_sheets(path):
        try:
            made.append(candidate(choose(sheet, loaders).loader, sheet))
        except UnreadableError as error:
            refused.append(error)
    if not made:
        raise refused[0]
    return made


def _version(loader: Loader) -> str:
    return f"{loader.name} {loader.version}"


def _unchanged(one: _Candidate) -> Loaded:
    return Loaded(str(one.path), one.loader.name, unchanged=True)


def _dry(one: _Candidate) -> Loaded:
    if one.sheet is None:
        return _unchanged(one)
    return Loaded(str(one.path), one.loader.name, one.read())


def _load_group(
    store: GraphStore, group: Sequence[_Candidate], books: pd.DataFrame, *, run: int, say: Say
) -> list[Loaded]:
    """One commit: the files of one system instance and kind.

    All are read, also the unchanged ones, since the rows that left are those that none of them has.
    """
    readings = [one.read() for one in group]
    file_ids = tuple(
        books.loc[
            (books["instance"] == group[0].source.instance)
            & (books["kind"] == group[0].source.kind),
            "id",
        ]
    )
    made = []
    with store.transaction():
        for entity in _entities(readings):
            pieces = [batch for one in readings for batch in one.batches if batch.entity is entity]
            batch = Batch.of(entity, pd.concat([one.frame for one in pieces], ignore_index=True))
            _write(store, batch, file_ids, run=run, say=say)
        for one, reading in zip(group, readings, strict=True):
            _write_books(store, one, reading, run=run)
            made.append(Loaded(str(one.path), one.loader.name, reading))
    for one, reading in zip(group, readings, strict=True):
        say(_line(one, reading))
    return made


def _entities(readings: Sequence[Reading]) -> list[type[Entity]]:
    return list(dict.fromkeys(batch.entity for one in readings for batch in one.batches))


def _write(
    store: GraphStore, batch: Batch, file_ids: tuple[str, ...], *, run: int, say: Say
) -> Changes:
    """Write a batch; rows of the same kind and days that it does not have leave the graph.

    An export that shares no row at all with what is stored for the same days is another part of the
    data (the mails of another campaign, the other half of the customers), not a newer state of it:
    then nothing is removed.
    """
    entity = batch.entity
    if not (entity.sourced and entity.event and file_ids and len(batch)):
        return store.write(batch, run=run)
    days = batch.frame[entity.event].dropna()
    scope = Scope(file_ids, _day(days.min()), _day(days.max()))
    stored = store.read(entity, ["id", "file_id"], where=("file_id", file_ids))
    if stored.empty or not bool(stored["id"].isin(batch.frame["id"]).any()):
        return store.write(batch, run=run)
    changes = store.replace(batch, scope, run=run)
    if changes.removed:
        say(f"{changes.removed} rows of {entity.__name__} left the export and the graph")
    return changes


def _day(value: object) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else cast("dt.date", value)


def _write_books(store: GraphStore, one: _Candidate, reading: Reading, *, run: int) -> None:
    rejects = reading.rejects
    store.write(
        Batch.of(
            File,
            {
                "id": [one.source.file_id],
                "system": [one.source.system],
                "instance": [one.source.instance],
                "kind": [one.source.kind],
                "path": [one.source.path],
                "content": [one.content],
                "loaded_at": [dt.datetime.now(dt.UTC).replace(tzinfo=None)],
                "rows": [reading.rows],
                "loaded": [reading.rows - reading.repeated - rejects["row"].nunique()],
                "repeated": [reading.repeated],
                "rejected": [rejects["row"].nunique()],
                "amount": [reading.amount],
                "first_on": [dt.date.fromisoformat(reading.first_on) if reading.first_on else None],
                "last_on": [dt.date.fromisoformat(reading.last_on) if reading.last_on else None],
                "reading": [_version(one.loader)],
            },
        ),
        run=run,
    )
    stored = store.read(Rejected, ["id"], where=("file_id", [one.source.file_id]))
    store.remove(Rejected, stored["id"].tolist())
    if len(rejects):
        key = one.source.file_id + ":" + rejects["row"].astype(str) + ":" + rejects["column"]
        columns = rejects.assign(id=key, file_id=one.source.file_id)
        store.write(Batch.of(Rejected, columns), run=run)


def _line(one: _Candidate, reading: Reading) -> str:
    rejected = reading.rejects["row"].nunique()
    parts = [f"{reading.rows - reading.repeated - rejected:,} rows"]
    parts += [f"{reading.repeated} repeated"] * bool(reading.repeated)
    parts += [f"{rejected} rejected"] * bool(rejected)
    return f"{one.path.name}: {one.loader.name}, {', '.join(parts)}"
