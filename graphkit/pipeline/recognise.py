"""Which files are exports, and which loader reads each: everything before the first write."""

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from graphkit.batch import Batch, Reading, Source
from graphkit.databases import NO_DATABASES, Databases
from graphkit.errors import UnreadableError
from graphkit.pipeline.choose import SURE, choose, useful
from graphkit.pipeline.queries import MAPPING, answer_to, has_query
from graphkit.plugins import SHOP_PROCESSES, Loader, Tables
from graphkit.schema import Entity
from graphkit.sheet_files import sheets_of
from graphkit.sheet_members import READABLE, Member, lock_of, members_of, readable
from graphkit.sheets import Sheet


@dataclasses.dataclass(frozen=True, slots=True)
class Export:
    """A file, or those sheets of a workbook that are of one kind, and the loader for it.

    Attributes:
        member: The file, or the one within a zip file.
        source: Where its rows come from.
        loader: Reads it.
        content: SHA-256 of its bytes.
        reading: The version of the loader and of what the reading depends on besides the files, as
            the File keeps it.
        sheets: What to read; empty while the same bytes are stored already, and nothing else
            changed that they depend on.
        answer: What a database answered, where the file is a query.
        size: How much there is to read, in bytes.
    """

    member: Member
    source: Source
    loader: Loader
    content: str
    reading: str
    sheets: tuple[Sheet, ...] = ()
    answer: tuple[Sheet, ...] = ()
    size: int = 1

    @property
    def name(self) -> str:
        """How it is shown: its place in the folder or zip file that was named."""
        return self.member.name

    @property
    def fresh(self) -> bool:
        """Whether it has to be read: the store does not have it as it is now."""
        return bool(self.sheets)

    def read(self, tables: Tables) -> Reading:
        """What it holds; opens the file when that was not needed before.

        Args:
            tables: The other files of its system.

        Raises:
            UnreadableError: The loader cannot make sense of it.
        """
        return _together(
            [self.loader.read(sheet, self.source, tables) for sheet in self.all_sheets()]
        )

    def all_sheets(self) -> list[Sheet]:
        """What to read of it, also where the same bytes are stored already."""
        if self.sheets or self.answer:
            return list(self.sheets or self.answer)
        return [
            one for one in _placed_sheets(self.member, self.member.content()) if self._fits(one)
        ]

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
        processes: Process by name of a work centre, as the shop says.
    """

    exports: Mapping[tuple[str, str], Sequence[Export]]
    refused: Mapping[str, str]
    passed_over: Sequence[str]
    processes: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def all_exports(self) -> list[Export]:
        """Every export, in the order of the groups."""
        return [one for group in self.exports.values() for one in group]

    def tables_for(self, one: Export) -> Tables:
        """The cells of the files that an export looks into, by the system's name for them.

        Raises:
            UnreadableError: It only completes other files, and none of them is here.
        """
        if one.loader.kind == "lookup" and not self._is_looked_into(one):
            raise UnreadableError(
                f"{one.loader.table} only completes other exports of {one.source.system}, "
                "and none of them is in this load",
                where=one.name,
                next_step="load it together with them: graphkit load FOLDER",
            )
        found: dict[str, list[pd.DataFrame]] = {}
        for other in _looked_into(one, self.all_exports):
            cells = [sheet.cells for sheet in other.all_sheets()]
            found.setdefault(other.loader.table, []).extend(cells)
        tables = {name: pd.concat(cells, ignore_index=True) for name, cells in found.items()}
        if one.loader.by_process and self.processes:
            said = {"work_centre": [*self.processes], "process": [*self.processes.values()]}
            tables[SHOP_PROCESSES] = pd.DataFrame(said)
        return tables

    def _is_looked_into(self, one: Export) -> bool:
        return any(
            one is seen
            for other in self.all_exports
            if other is not one
            for seen in _looked_into(other, self.all_exports)
        )


def _looked_into(one: Export, exports: Sequence[Export]) -> list[Export]:
    """The files of its system that an export looks into; itself among them where it does."""
    return [
        other
        for other in exports
        if other.loader.table in one.loader.wants and other.source.instance == one.source.instance
    ]


def recognise_exports(
    paths: Sequence[Path],
    books: pd.DataFrame,
    *,
    loaders: Sequence[Loader],
    instance: str = "",
    currency: str = "USD",
    databases: Databases = NO_DATABASES,
    processes: Mapping[str, str] = MappingProxyType({}),
) -> Recognised:
    """Find a loader for each file; a file whose bytes are stored already stays closed.

    Args:
        paths: Files or folders.
        books: The stored Files.
        loaders: Those that may read them.
        instance: Name of the system instance, where a shop has two of one kind.
        currency: ISO currency of amounts that name none.
        databases: Those that mappings with a query may ask.
        processes: Process by name of a work centre, as the shop says.

    Raises:
        UnreadableError: Nothing that was named can be read; the message has each file's reason.
    """
    files, passed_over = files_below(paths)
    groups: dict[tuple[str, str], list[Export]] = {}
    refused: dict[str, str] = {}
    for member in _members(files, passed_over, refused):
        known = _Known(member, instance, currency, _digest(processes))
        try:
            exports, left = (
                ([_answered(known, databases, books)], [])
                if member.path.suffix.casefold() == MAPPING
                else _exports_in(known, loaders, books)
            )
        except UnreadableError as error:
            refused[member.name] = str(error)
            continue
        passed_over += left
        for one in exports:
            groups.setdefault((one.source.instance, one.source.kind), []).append(one)
    if not groups:
        raise UnreadableError("\n".join(refused.values() or passed_over))
    return Recognised(_reopened(groups), refused, passed_over, processes)


def _reopened(
    groups: Mapping[tuple[str, str], list[Export]],
) -> dict[tuple[str, str], list[Export]]:
    """The groups, with files that are stored already opened where one that they look into is not.

    Another header or job may say something else of the same line.
    """
    exports = [one for group in groups.values() for one in group]
    return {
        key: [
            dataclasses.replace(one, sheets=tuple(one.all_sheets()))
            if any(other.fresh for other in _looked_into(one, exports))
            else one
            for one in group
        ]
        for key, group in groups.items()
    }


def _members(
    files: Iterable[tuple[Path, str]], passed_over: list[str], refused: dict[str, str]
) -> Iterator[Member]:
    """The files, and those within zip files; adds to what is passed over and refused."""
    for path, name in files:
        try:
            members, others = members_of(path, name)
        except UnreadableError as error:
            refused[name] = str(error)
            continue
        if lock_of(path):
            others.append(f"{name}: is open in Excel; what is not saved there yet is not read")
        passed_over += others
        yield from members


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
            if readable(one.name) or has_query(one):
                found.setdefault(one, name)
            else:
                others.append(f"{name}: not a table")
    if not found:
        raise UnreadableError(
            "there is no export in it (looked for " + " ".join(sorted({*READABLE, ".zip"})) + ")",
            where=", ".join(str(path) for path in asked),
        )
    return list(found.items()), others


@dataclasses.dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a file before it is opened."""

    member: Member
    instance: str
    currency: str
    processes: str

    def reading(self, loader: Loader) -> str:
        """The version of a loader, and of the shop's own names where they count for it."""
        named = [self.processes] * bool(self.processes and loader.by_process)
        return " ".join([loader.name, loader.version, *named])

    def source(self, loader: Loader, digest: str) -> Source:
        """Where its rows come from; the digest stands for the bytes, which are long."""
        return Source.of(
            system=loader.system,
            kind=loader.kind,
            path=self.member.name,
            content=digest.encode(),
            instance=self.instance,
            currency=self.currency,
        )


def _answered(known: _Known, databases: Databases, books: pd.DataFrame) -> Export:
    """What the database says to a mapping's query; an answer that is stored is not read again."""
    loader, answer = answer_to(known.member.path, known.member.name, databases)
    source = known.source(loader, answer.digest)
    stored = books[(books["id"] == source.file_id) & (books["content"] == answer.digest)]
    sheets = (answer.sheet,)
    reading = known.reading(loader)
    read = () if reading in set(stored["reading"]) else sheets
    return Export(known.member, source, loader, answer.digest, reading, read, sheets)


def _exports_in(
    known: _Known, loaders: Sequence[Loader], books: pd.DataFrame
) -> tuple[list[Export], list[str]]:
    """The exports that a file holds, and which of its sheets are none."""
    content = known.member.content()
    digest = hashlib.sha256(content).hexdigest()
    place = _place(known.member)

    def export(loader: Loader, sheets: Sequence[Sheet] = ()) -> Export:
        source = known.source(loader, digest + place if loader.by_name else digest)
        return Export(
            known.member,
            source,
            loader,
            digest,
            known.reading(loader),
            tuple(sheets),
            size=len(content),
        )

    stored = books[books["content"] == digest]
    versions = {known.reading(one): one for one in loaders}
    there = [export(versions[one]) for one in sorted(set(stored["reading"])) if one in versions]
    there = [one for one in there if one.source.file_id in set(stored["id"])]
    if there:
        return there, []
    sheets: dict[str, list[Sheet]] = {}
    refused: list[UnreadableError] = []
    for sheet in _placed_sheets(known.member, content):
        try:
            loader = useful(choose(sheet, loaders), sheet)
        except UnreadableError as error:
            refused.append(error)
        else:
            sheets.setdefault(loader.name, []).append(sheet)
    if not sheets:
        raise refused[0]
    by_name = {one.name: one for one in loaders}
    return [export(by_name[name], found) for name, found in sheets.items()], [*map(str, refused)]


def _placed_sheets(member: Member, content: bytes) -> list[Sheet]:
    """The sheets of a file, which know in which folder it stands."""
    place = _place(member)
    return [dataclasses.replace(one, place=place) for one in sheets_of(member, content)]


def _place(member: Member) -> str:
    """A file with its folders, those within a zip file included."""
    return (member.path.resolve() / member.shown).as_posix()


def _digest(processes: Mapping[str, str]) -> str:
    """A short sign of the shop's own names; empty when it has none."""
    said = repr(sorted(processes.items())).encode()
    return hashlib.sha256(said).hexdigest()[:8] if processes else ""


def _together(readings: Sequence[Reading]) -> Reading:
    """What several sheets of one kind hold."""
    if len(readings) == 1:
        return readings[0]
    days = [one.first_on for one in readings if one.first_on]
    last = [one.last_on for one in readings if one.last_on]
    amounts = [one.amount for one in readings if one.amount is not None]
    stated = [one.stated for one in readings if one.stated is not None]
    remarks = Counter[str]()
    for one in readings:
        remarks.update(one.remarks)
    rejects = pd.concat([one.rejects for one in readings], ignore_index=True)
    return Reading(
        batches=joined(readings),
        rejects=rejects.drop_duplicates(["row", "column"]),
        rows=sum(one.rows for one in readings),
        repeated=sum(one.repeated for one in readings),
        amount=sum(amounts) if amounts else None,
        stated=sum(stated) if len(stated) == len(readings) else None,
        first_on=min(days, default=""),
        last_on=max(last, default=""),
        as_of=max(one.as_of for one in readings),
        remarks=remarks,
    )


def joined(readings: Iterable[Reading]) -> tuple[Batch, ...]:
    """One batch a type, in the order in which the readings have the types."""
    pieces: dict[type[Entity], list[Batch]] = {}
    for one in readings:
        for batch in one.batches:
            pieces.setdefault(batch.entity, []).append(batch)
    return tuple(
        batches[0]
        if len(batches) == 1
        else Batch.of(entity, pd.concat([one.frame for one in batches], ignore_index=True))
        for entity, batches in pieces.items()
    )
