"""What an export was taken for, how sure, which column became what, and what was ignored."""

import dataclasses
from collections.abc import Mapping, Sequence

from graphkit.batch import Reading
from graphkit.errors import UnreadableError
from graphkit.pipeline.choose import Choice, candidates
from graphkit.pipeline.exports import Export, Recognised
from graphkit.plugins import Loader, Recognition
from graphkit.sheets import Sheet, folded


@dataclasses.dataclass(frozen=True, slots=True)
class Explained:
    """What one sheet of a file was taken for.

    Attributes:
        file: How the file is shown.
        sheet: The sheet of a workbook; else empty.
        loader: The loader; None when no loader reads it.
        recognition: How well it fits.
        next_best: The loader that fits next best, and how well.
        completes: Headings that become nothing of its own rows, but are read to complete rows of
            this or other exports.
        unread: Headings that are not read at all.
        samples: A cell of each column that is read, by heading.
        looked_into: Tables of the same system that complete it, and whether each is in the load.
        reading: What it holds; None when it cannot be read.
        refused: Why it cannot be read; empty when it can.
    """

    file: str
    sheet: str = ""
    loader: Loader | None = None
    recognition: Recognition | None = None
    next_best: tuple[str, float] | None = None
    completes: Sequence[str] = ()
    unread: Sequence[str] = ()
    samples: Mapping[str, str] = dataclasses.field(default_factory=dict)
    looked_into: Mapping[str, bool] = dataclasses.field(default_factory=dict)
    reading: Reading | None = None
    refused: str = ""


def explain_exports(found: Recognised, loaders: Sequence[Loader]) -> list[Explained]:
    """What was recognised, with its reasons; nothing is stored.

    Args:
        found: What the files are.
        loaders: Those that could have read them.
    """
    made = [Explained(name, refused=reason) for name, reason in found.refused.items()]
    made += [Explained(line.partition(":")[0], refused=line) for line in found.passed_over]
    for one in found.all_exports:
        made += [_explained(found, one, sheet, loaders) for sheet in one.all_sheets()]
    return sorted(made, key=lambda one: (one.file, one.sheet))


def _explained(
    found: Recognised, one: Export, sheet: Sheet, loaders: Sequence[Loader]
) -> Explained:
    others = [choice for choice in candidates(sheet, loaders) if choice.loader is not one.loader]
    recognition = one.loader.recognise(sheet)
    ignored = recognition.ignored if recognition else ()
    elsewhere = _read_by_others(one.loader, loaders)
    reading, refused = None, ""
    try:
        tables = found.tables_for(one)
        reading = one.loader.read(sheet, one.source, tables)
    except UnreadableError as error:
        tables, refused = {}, str(error)
    return Explained(
        file=one.name,
        sheet=sheet.name,
        loader=one.loader,
        recognition=recognition,
        next_best=_next_best(others),
        completes=[name for name in ignored if folded(name) in elsewhere],
        unread=[name for name in ignored if folded(name) not in elsewhere],
        samples=_samples(sheet, recognition),
        looked_into={name: name in tables for name in one.loader.wants if name != one.loader.table},
        reading=reading,
        refused=refused,
    )


def _read_by_others(loader: Loader, loaders: Sequence[Loader]) -> set[str]:
    """The headings that loaders of its system read when they look into its files."""
    return {
        folded(name)
        for one in loaders
        if one.system == loader.system
        for name in one.wants.get(loader.table, ())
    }


def _next_best(others: Sequence[Choice]) -> tuple[str, float] | None:
    whole = [one for one in others if not one.recognition.missing]
    return (whole[0].loader.name, whole[0].recognition.score) if whole else None


def _samples(sheet: Sheet, recognition: Recognition | None) -> dict[str, str]:
    """The first filled cell of each column that is read."""
    found = {}
    for name in recognition.columns.values() if recognition else ():
        cells = sheet.cells[name].head(200).fillna("").str.strip()
        found[name] = next((str(cell) for cell in cells if cell), "")
    return found
