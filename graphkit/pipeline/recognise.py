"""Which files are exports, and which loader reads each: everything before the first write."""

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from graphkit import registry
from graphkit.batch import Source
from graphkit.databases import NO_DATABASES, Databases
from graphkit.errors import UnreadableError
from graphkit.pipeline.choose import choose, useful
from graphkit.pipeline.exports import Export, Recognised, looked_into, place_of, placed_sheets
from graphkit.pipeline.files import files_below, members_in
from graphkit.pipeline.queries import MAPPING, answer_to
from graphkit.plugins import Loader
from graphkit.sheets import Sheet
from graphkit.sheets.members import Member
from graphkit.threads import ahead, begun


def recognise_exports(
    paths: Sequence[Path],
    books: pd.DataFrame,
    *,
    loaders: Sequence[Loader] = (),
    instance: str = "",
    currency: str = "USD",
    databases: Databases = NO_DATABASES,
    processes: Mapping[str, str] = MappingProxyType({}),
) -> Recognised:
    """Find a loader for each file; a file whose bytes are stored already stays closed.

    Args:
        paths: Files or folders.
        books: The stored Files.
        loaders: Those that may read them; all that there are when empty.
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
    digests = ahead(Member.digest, [*members_in(files, passed_over, refused)])
    loaders = loaders or registry.loaders()
    for member, digest in digests:
        known = _Known(member, instance, currency, _digest(processes))
        try:
            exports, left = (
                ([_answered(known, databases, books)], [])
                if member.path.suffix.casefold() == MAPPING
                else _exports_in(known, *digest.result(), loaders, books)
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
            if any(other.fresh for other in looked_into(one, exports))
            else one
            for one in group
        ]
        for key, group in groups.items()
    }


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

    def export(
        self, loader: Loader, digest: str, size: int, sheets: Sequence[Sheet] = ()
    ) -> Export:
        """What it holds for a loader; without sheets when it is stored already."""
        by = digest + place_of(self.member) if loader.by_name else digest
        source, reading = self.source(loader, by), self.reading(loader)
        return Export(self.member, source, loader, digest, reading, tuple(sheets), size=size)


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
    known: _Known, digest: str, size: int, loaders: Sequence[Loader], books: pd.DataFrame
) -> tuple[list[Export], list[str]]:
    """The exports that a file holds, and which of its sheets are none."""
    if there := _stored(known, digest, size, loaders, books):
        return there, []
    content = known.member.content()
    hashing = begun(hashlib.sha256, content)  # of what is read, whatever was there before
    sheets: dict[str, list[Sheet]] = {}
    refused: list[UnreadableError] = []
    for sheet in placed_sheets(known.member, content):
        try:
            loader = useful(choose(sheet, loaders), sheet)
        except UnreadableError as error:
            refused.append(error)
        else:
            sheets.setdefault(loader.name, []).append(sheet)
    if not sheets:
        raise refused[0]
    digest, size = hashing.result().hexdigest(), len(content)
    by_name = {one.name: one for one in loaders}
    found = [known.export(by_name[name], digest, size, of_one) for name, of_one in sheets.items()]
    return found, [*map(str, refused)]


def _stored(
    known: _Known, digest: str, size: int, loaders: Sequence[Loader], books: pd.DataFrame
) -> list[Export]:
    """The exports of a file whose bytes are stored, read by the loaders as they are."""
    stored = books[books["content"] == digest]
    versions = {known.reading(one): one for one in loaders}
    there = [
        known.export(versions[one], digest, size)
        for one in sorted(set(stored["reading"]))
        if one in versions
    ]
    return [one for one in there if one.source.file_id in set(stored["id"])]


def _digest(processes: Mapping[str, str]) -> str:
    """A short sign of the shop's own names; empty when it has none."""
    said = repr(sorted(processes.items())).encode()
    return hashlib.sha256(said).hexdigest()[:8] if processes else ""
