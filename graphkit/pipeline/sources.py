"""Which report to export from each system, and which questions it helps to answer."""

import dataclasses
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from graphkit import registry
from graphkit.batch import Reading, Source
from graphkit.pipeline.asked import QUESTIONS
from graphkit.plugins import Loader, Tables
from graphkit.sheets import Sheet
from graphkit.sheets.files import sheets_of
from graphkit.sheets.members import Member

_PARAGRAPH = "\n\n"
_COMPLETES = "lookup"
"""The kind of exports that only complete others."""


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """An export of a system.

    Attributes:
        system: The system.
        name: The loader that reads it.
        kind: What it holds.
        how: Which report to export, click by click, and which date range.
        useless: Why it tells nothing, and which one to make instead; else empty.
        unlocks: The questions that it helps to answer.
        goes_with: Exports of the same system that complete it.
        plain: Whether it is a plain sheet, whichever system or person wrote it.
    """

    system: str
    name: str
    kind: str
    how: str
    useless: str
    unlocks: tuple[str, ...]
    goes_with: tuple[str, ...]
    plain: bool


def systems() -> list[str]:
    """The systems, and plain sheets, whose exports are known."""
    return sorted({one.system for one in registry.loaders()})


def reports(system: str = "") -> list[Report]:
    """Every export that is known, by system, the one to make first before the others.

    What one unlocks follows from what its example becomes: a question is helped by an export that
    brings any of what it needs. First come those that help to answer most, then those that most
    others are completed by, last those that tell nothing.

    Args:
        system: One system; all when empty.
    """
    found = [
        Report(
            system=one.system,
            name=one.name,
            kind=one.kind,
            how=one.report,
            useless=one.useless,
            unlocks=() if one.useless or one.kind == _COMPLETES else _unlocks(one),
            goes_with=tuple(name for name in one.wants if name != one.table),
            plain=bool(one.headings),
        )
        for one in registry.loaders()
        if system in ("", one.system)
    ]
    wanted = Counter((one.system, name) for one in found for name in one.goes_with)

    def rank(one: Report) -> tuple[str, bool, int, int, str]:
        completes = wanted[one.system, one.name.partition(".")[2]]
        return one.system, bool(one.useless), -len(one.unlocks), -completes, one.name

    return sorted(found, key=rank)


def said_once(found: Sequence[Report]) -> str:
    """The first paragraphs of how to export that are the same for every export of a system.

    Args:
        found: Exports of one system.
    """
    told = [one.how.split(_PARAGRAPH) for one in found if one.how]
    if len(told) < 2:  # noqa: PLR2004 - of one alone there is nothing to say once
        return ""
    pieces = takewhile(lambda same: len(set(same)) == 1, zip(*told, strict=False))
    return _PARAGRAPH.join(same[0] for same in pieces)


def _unlocks(loader: Loader) -> tuple[str, ...]:
    """The questions of which an export brings something that they need."""
    brings = _brings(loader)
    return tuple(
        one.text
        for one in QUESTIONS
        if any(need in brings for group in one.needs for need in group)
    )


def _brings(loader: Loader) -> set[str]:
    """The types, and their columns as TYPE.column, to which the loader's example gives values."""
    found = set()
    for batch in _example_read(loader).batches:
        if len(batch):
            name = batch.entity.__name__
            filled = batch.frame.columns[batch.frame.notna().any()]
            found |= {name, *(f"{name}.{column}" for column in filled)}
    if "Account.industry" in found:
        found.add("Company.industry")
    return found


def _example_read(loader: Loader) -> Reading:
    """What a loader makes of its own example, with the files that it looks into."""
    source = Source.of(system=loader.system, kind=loader.kind, path="example", content=b"")
    return loader.read(example_sheet(loader.example), source, example_tables(loader))


def example_tables(loader: Loader) -> Tables:
    """The cells of the files that the example of a loader looks into, by table."""
    return {table: example_sheet(text).cells for table, text in loader.companions.items()}


def example_sheet(text: str) -> Sheet:
    """The sheet of a small CSV text."""
    return sheets_of(Member(Path("example.csv"), "example.csv"), text.encode())[0]
