"""Which report to export from each system, and which questions it helps to answer."""

import dataclasses
from pathlib import Path

from graphkit import registry
from graphkit.batch import Reading, Source
from graphkit.pipeline.asked import QUESTIONS
from graphkit.plugins import Loader, Tables
from graphkit.sheet_files import sheets_of
from graphkit.sheet_members import Member
from graphkit.sheets import Sheet


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
    """

    system: str
    name: str
    kind: str
    how: str
    useless: str
    unlocks: tuple[str, ...]
    goes_with: tuple[str, ...]


def reports() -> list[Report]:
    """Every export that is known, by system.

    What one unlocks follows from what its example becomes: a question is helped by an export that
    brings any of what it needs.
    """
    return [
        Report(
            system=one.system,
            name=one.name,
            kind=one.kind,
            how=one.report,
            useless=one.useless,
            unlocks=() if one.useless else _unlocks(one),
            goes_with=tuple(name for name in one.wants if name != one.table),
        )
        for one in registry.loaders()
    ]


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
