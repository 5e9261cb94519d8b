"""Which files are exports, and which loader reads each: everything before the first write."""

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from graphkit import registry
from graphkit.batch import Batch, Reading, Source
from graphkit.errors import AccessRefusedError, UnknownNameError, UnreadableError
from graphkit.pipeline.choose import SURE, choose
from graphkit.plugins import Loader
from graphkit.schema import Entity
from graphkit.sheet_files import read_sheets
from graphkit.sheets import Sheet

READABLE = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"})
"""Endings of the files that are tried in a folder; a file named on the command line always is."""


@dataclasses.dataclass(frozen=True, slots=True)
class Export:
    """A file, or those sheets of a workbook that are of one kind, and the loader for it.

    Attributes:
        path: The file.
        name: How it is shown: its place in the folder that was named.
        source: Where its rows come from.
        loader: Reads it.
        content: SHA-256 of its bytes.
        sheets: What to read; empty while the same bytes are stored already.
    """

    path: Path
    name: str
    source: Source
    loader: Loader
    content: str
    sheets: tuple[Sheet, ...] = ()

    @property
    def fresh(self) -> bool:
        """Whether the store does not have it yet."""
        return bool(self.sheets)

    @property
    def reading(self) -> str:
        """The version of the loader, as the File keeps it."""
        return _version(self.loader)

    def read(self) -> Reading:
        """What it holds; opens the file when that was not needed before.

        Raises:
            UnreadableError: The loader cannot make sense of it.
        """
        sheets = self.sheets or [one for one in read_sheets(self.path) if self._fits(one)]
        return _together([self.loader.read(sheet, self.source) for sheet in sheets])

    def _fits(self, sheet: Sheet) -> bool:
        seen = self.loader.recognise(sheet)
        return seen is not None and not seen.missing and seen.score >= SURE


@dataclasses.dataclass(frozen=True, slots=True)
class Recognised:
    """What the files are, by what is in them.

    Attributes:
        exports: What can be read, by instance and kind: each group is one commit.
        refused: Why a file cannot be read, by its shown name.
        passed_over: Files and sheets that are no tables of a shop, with the reason.
    """

    exports: Mapping[tuple[str, str], Sequence[Export]]
    refused: Mapping[str, str]
    passed_over: Sequence[str]

    @property
    def all_exports(self) -> list[Export]:
        """Every export, in the order of the groups."""
        return [one for group in self.exports.values() for one in group]


def recognise_exports(
    paths: Sequence[Path],
    books: pd.DataFrame,
    *,
    instance: str = "",
    kind: str = "",
    currency: str = "USD",
) -> Recognised:
    """Find a loader for each file; a file whose bytes are stored already stays closed.

    Args:
        paths: Files or folders.
        books: The stored Files.
        instance: Name of the system instance, where a shop has two of one kind.
        kind: Name of the loader, where two fit.
        currency: ISO currency of amounts that name none.

    Raises:
        UnreadableError: Nothing that was named can be read; the message has each file's reason.
        UnknownNameError: No loader is called `kind`.
    """
    loaders = _loaders(kind)
    files, passed_over = files_below(paths)
    groups: dict[tuple[str, str], list[Export]] = {}
    refused: dict[str, str] = {}
    for path, name in files:
        known = _Known(path, name, instance, currency)
        try:
            exports, left = _exports_in(known, loaders, books)
        except UnreadableError as error:
            refused[name] = str(error)
            continue
        passed_over += left
        for one in exports:
            groups.setdefault((one.source.instance, one.source.kind), []).append(one)
    if not groups:
        raise UnreadableError("\n".join(refused.values()))
    return Recognised(groups, refused, passed_over)


def files_below(paths: Iterable[Path]) -> tuple[list[tuple[Path, str]], list[str]]:
    """The files named, and every readable file in the folders named, sorted, each once.

    Returns:
        Each file with the name to show for it; and which files of a folder are no tables.

    Raises:
        UnreadableError: There is none.
    """
    found: dict[Path, str] = {}
    others: list[str] = []
    asked = sorted(paths)
    for path in asked:
        if not path.is_dir():
            found.setdefault(path, path.name)
            continue
        inside = sorted(one for one in path.rglob("*") if one.is_file())
        for one in inside:
            name = one.relative_to(path).as_posix()
            if any(part.startswith((".", "~$")) for part in one.relative_to(path).parts):
                continue
            if one.suffix.casefold() in READABLE:
                found.setdefault(one, name)
            else:
                others.append(f"{name}: not a table")
    if not found:
        raise UnreadableError(
            "there is no export in it (looked for " + " ".join(sorted(READABLE)) + ")",
            where=", ".join(str(path) for path in asked),
        )
    return list(found.items()), others


def _loaders(kind: str) -> list[Loader]:
    loaders = registry.loaders()
    if not kind:
        return loaders
    chosen = [one for one in loaders if one.name == kind]
    if not chosen:
        raise UnknownNameError.of("loader", kind, [one.name for one in loaders])
    return chosen


@dataclasses.dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a file before it is opened."""

    path: Path
    name: str
    instance: str
    currency: str

    def source(self, loader: Loader, content: bytes) -> Source:
        return Source.of(
            system=loader.system,
            kind=loader.kind,
            path=self.name,
            content=content,
            instance=self.instance,
            currency=self.currency,
        )


def _exports_in(
    known: _Known, loaders: Sequence[Loader], books: pd.DataFrame
) -> tuple[list[Export], list[str]]:
    """The exports that a file holds, and which of its sheets are none."""
    try:
        content = known.path.read_bytes()
    except OSError as error:
        raise AccessRefusedError(
            f"cannot be read: {error.strerror}",
            where=str(known.path),
            next_step="close it in Excel, or make it readable for you",
        ) from error
    digest = hashlib.sha256(content).hexdigest()

    def export(loader: Loader, sheets: Sequence[Sheet] = ()) -> Export:
        source = known.source(loader, content)
        return Export(known.path, known.name, source, loader, digest, tuple(sheets))

    stored = books[books["content"] == digest]
    versions = {_version(one): one for one in loaders}
    there = [export(versions[one]) for one in sorted(set(stored["reading"])) if one in versions]
    there = [one for one in there if one.source.file_id in set(stored["id"])]
    if there:
        return there, []
    sheets: dict[str, list[Sheet]] = {}
    refused: list[UnreadableError] = []
    for sheet in read_sheets(known.path):
        try:
            sheets.setdefault(choose(sheet, loaders).loader.name, []).append(sheet)
        except UnreadableError as error:
            refused.append(error)
    if not sheets:
        raise refused[0]
    by_name = {one.name: one for one in loaders}
    return [export(by_name[name], found) for name, found in sheets.items()], [*map(str, refused)]


def _version(loader: Loader) -> str:
    return f"{loader.name} {loader.version}"


def _together(readings: Sequence[Reading]) -> Reading:
    """What several sheets of one kind hold."""
    if len(readings) == 1:
        return readings[0]
    days = [one.first_on for one in readings if one.first_on]
    last = [one.last_on for one in readings if one.last_on]
    amounts = [one.amount for one in readings if one.amount is not None]
    rejects = pd.concat([one.rejects for one in readings], ignore_index=True)
    return Reading(
        batches=joined(readings),
        rejects=rejects.drop_duplicates(["row", "column"]),
        rows=sum(one.rows for one in readings),
        repeated=sum(one.repeated for one in readings),
        amount=sum(amounts) if amounts else None,
        first_on=min(days, default=""),
        last_on=max(last, default=""),
        as_of=max(one.as_of for one in readings),
    )


def joined(readings: Iterable[Reading]) -> tuple[Batch, ...]:
    """One batch a type, in the order in which the readings have the types."""
    pieces: dict[type[Entity], list[pd.DataFrame]] = {}
    for one in readings:
        for batch in one.batches:
            pieces.setdefault(batch.entity, []).append(batch.frame)
    return tuple(
        Batch.of(entity, pd.concat(frames, ignore_index=True)) for entity, frames in pieces.items()
    )
