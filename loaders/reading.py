"""A sheet read by a mapping: cells parsed, bad rows set aside with the reason, the rest built."""

import dataclasses
from collections.abc import Mapping as Map

import numpy as np
import pandas as pd
import pyarrow as pa

from graphkit.batch import Reading, Source
from graphkit.declaration import empty_column
from graphkit.encoded import series_of
from graphkit.errors import UnreadableError
from graphkit.plugins import NO_TABLES, Tables
from graphkit.schema import Kind
from graphkit.sheets import Sheet
from graphkit.sheets.titles import day_of_titles
from graphkit.threads import side_by_side
from loaders.accounting import amount, day, guesses, stated
from loaders.again import stored_again
from loaders.amounts import MONEY, currency_of
from loaders.cells import NAME, Habits, distinct, parse, spelled_once
from loaders.columns import cells_of, columns_of
from loaders.habits import ORDER, habits_of
from loaders.left_out import counted, left_out
from loaders.mapping import Mapping
from loaders.processes import named_by_shop
from loaders.recognition import by_heading, heading, recognise
from loaders.rejecting import alone, excessive, halves, incomplete, refused, rejects
from loaders.shape import Complaint, Rows
from loaders.tables import filled_down, joined


def read(mapping: Mapping, sheet: Sheet, source: Source, tables: Tables = NO_TABLES, /) -> Reading:
    """What a sheet holds, as batches; rows read = loaded + repeated + rejected.

    Args:
        mapping: Describes the sheet.
        sheet: A header and rows.
        source: Where the rows come from.
        tables: The other files of the system, which the mapping may look into.

    Raises:
        UnreadableError: A column that it cannot do without is missing, here or in another file.
    """
    recognition = recognise(mapping, sheet)
    if recognition is None or recognition.missing:
        lacking = recognition.missing if recognition else ("any column that it needs",)
        raise UnreadableError(
            f"this is no {mapping.name}: no column {' and '.join(lacking)}",
            where=sheet.path,
        )
    sheet = _filled_down(mapping, sheet)
    wide = joined(sheet, mapping.system, mapping.lookups, tables, mapping.read)
    columns = columns_of(mapping, wide, recognition.columns)
    source = dataclasses.replace(source, titles=sheet.titles)
    cells = _encoded(mapping, named_by_shop(cells_of(mapping, wide, columns), tables))
    _add_currency(mapping, cells)
    _drop_unnumbered(mapping, cells)
    habits, notes, guessed = habits_of(mapping, cells, columns)
    again = stored_again(mapping, wide, source, tables, cells=cells, habits=habits)
    at = sheet.rows.astype(np.int64)
    others = _only(wide, ~again.mask)
    sheet = others if sheet is wide else _only(sheet, ~again.mask)
    fresh = _cells_of(cells, ~again.mask)
    rows, complaints = _parsed(mapping, sheet, source, fresh, habits)
    rows = dataclasses.replace(rows, cells=again.cells_of_others())
    rows = mapping.kind.complete(rows)
    complaints += (*incomplete(mapping, rows), *excessive(mapping, rows))
    complaints += mapping.kind.check(rows)
    complaints = (*alone(mapping, others, tables), *complaints)
    left = left_out(mapping, others, tables, rows)
    nothing = np.logical_or.reduce([np.zeros(len(rows), dtype=bool), *left.values()])
    complaints += halves(mapping, rows, refused(rows, complaints) & ~nothing)
    rejected = refused(rows, complaints) & ~nothing
    whole = ~rejected & ~nothing
    good = rows.where(whole)
    kept = good if mapping.lines else good.where(~_repeats(mapping, good, sheet, whole))
    things = mapping.kind.together(kept) if mapping.lines and mapping.kind.together else kept
    return Reading(
        batches=again.kept(
            mapping, mapping.kind.build(things), again.naming(mapping, kept, cells, habits, at)
        ),
        rejects=rejects(mapping, sheet, complaints, columns, rejected),
        rows=len(rows) + int(again.mask.sum()),
        repeated=len(good) - len(kept) + again.repeated,
        amount=amount(mapping, things, again),
        stated=stated(mapping, sheet, columns, habits),
        first_on=day(mapping, things, again, last=False),
        last_on=day(mapping, things, again, last=True),
        as_of=str(day_of_titles(sheet.titles) or ""),
        notes=notes,
        remarks={**guesses(guessed, again.mask, whole), **mapping.kind.remarks(kept)},
        nothing=counted(mapping, left, len(kept)),
    )


def _filled_down(mapping: Mapping, sheet: Sheet) -> Sheet:
    """The sheet with what stands once above several lines repeated on each of them."""
    if not mapping.fill_down:
        return sheet
    there = by_heading(sheet)
    above = tuple(there[heading(one)] for one in mapping.fill_down if heading(one) in there)
    return dataclasses.replace(sheet, cells=filled_down(sheet.cells, above))


def _encoded(mapping: Mapping, cells: Map[str, pa.Array]) -> dict[str, pa.Array]:
    """The cells as places in a list of distinct spellings, found once for all that follows."""
    encoded = side_by_side(lambda column: column.dictionary_encode(), cells.values())
    found = dict(zip(cells, encoded, strict=True))
    names = [name for name in found if mapping.kind.field(name).parser is NAME]
    return {**found, **{name: spelled_once(found[name]) for name in names}}


def _add_currency(mapping: Mapping, cells: dict[str, pa.Array]) -> None:
    """A currency for each row from the signs at its amounts, where no column has it."""
    if "currency" not in mapping.kind.field_names or "currency" in cells:
        return
    for name, column in cells.items():
        if mapping.kind.field(name).parser is MONEY:
            signs = [currency_of(text) for text in column.dictionary.to_pylist()]
            if any(signs):
                found = pa.array(signs, pa.string()).take(column.indices)
                cells["currency"] = found.dictionary_encode()
                return


def _drop_unnumbered(mapping: Mapping, cells: dict[str, pa.Array]) -> None:
    """A column of line numbers in which nothing stands is none."""
    line = mapping.kind.key[-1] if mapping.kind.again else ""
    if line in cells and not any(distinct(cells[line]).to_pylist()):
        del cells[line]


def _parsed(
    mapping: Mapping, sheet: Sheet, source: Source, cells: Map[str, pa.Array], habits: Habits
) -> tuple[Rows, tuple[Complaint, ...]]:
    order = ORDER[habits.day_first]
    columns: dict[str, pd.Series] = {}
    complaints = []
    fields = [mapping.kind.field(name) for name in cells]
    read = side_by_side(
        lambda one: parse(one[0].parser, one[1], habits),
        zip(fields, cells.values(), strict=True),
    )
    for name, field, parsed in zip(cells, fields, read, strict=True):
        columns[name] = series_of(parsed.values)
        dated = field.parser.kind in (Kind.DATE, Kind.TIME)
        note = f" (this file writes dates as {order})" if dated else ""
        if parsed.bad.any():
            reason = f"not {field.parser.wanted}{note}"
            complaints.append(Complaint(parsed.bad, name, reason))
        empty = np.asarray(parsed.values.is_null()) & ~parsed.bad
        if field.required and empty.any():
            complaints.append(Complaint(empty, name, f"empty, but {field.doc} is needed"))
    at = pd.Series(sheet.rows.astype(np.int64), dtype=Kind.INTEGER.dtype)
    always = empty_column(Kind.INTEGER, len(at))
    return Rows(source, at, columns, always), tuple(complaints)


def _repeats(mapping: Mapping, rows: Rows, sheet: Sheet, whole: np.ndarray) -> np.ndarray:
    """Rows that a later one with the same key repeats or replaces; equal rows of a lookup.

    Args:
        mapping: Describes the sheet.
        rows: The rows of the sheet that are whole.
        sheet: A header and rows; only a lookup, which has no key, is compared cell by cell.
        whole: Which rows of the sheet these are.
    """
    if not mapping.kind.fields:
        return sheet.cells[whole].duplicated(keep="last").to_numpy(bool)
    if not mapping.kind.key:
        return np.zeros(len(rows), dtype=bool)
    return pd.Series(mapping.kind.numbered(rows)).duplicated(keep="last").to_numpy(bool)


def _cells_of(cells: Map[str, pa.Array], mask: np.ndarray) -> Map[str, pa.Array]:
    """The cells of some rows, with the spellings that these have and no others."""
    if mask.all():
        return cells
    wanted = pa.array(mask)
    kept = side_by_side(
        lambda column: column.filter(wanted).dictionary_decode().dictionary_encode(),
        cells.values(),
    )
    return dict(zip(cells, kept, strict=True))


def _only(sheet: Sheet, mask: np.ndarray) -> Sheet:
    """Some rows of a sheet."""
    if mask.all():
        return sheet
    return dataclasses.replace(sheet, cells=sheet.cells[mask], rows=sheet.rows[mask])
