"""A sheet read by a mapping: cells parsed, bad rows set aside with the reason, the rest built."""

import dataclasses
import json
from collections.abc import Mapping as Map
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pyarrow as pa

from graphkit.batch import REJECTS, Reading, Source
from graphkit.declaration import empty_column
from graphkit.encoded import together
from graphkit.errors import UnreadableError
from graphkit.plugins import NO_TABLES, Tables
from graphkit.report_titles import day_of_titles
from graphkit.schema import MONEY_UNIT, Kind
from graphkit.sheets import Sheet
from loaders.again import Again, stored_again
from loaders.amounts import MONEY, currency_of
from loaders.cells import NAME, Habits, distinct, parse, spelled_once
from loaders.columns import Columns, cells_of, columns_of
from loaders.habits import ORDER, habits_of
from loaders.left_out import counted, left_out
from loaders.mapping import Mapping
from loaders.processes import named_by_shop
from loaders.recognition import by_heading, from_file_name, heading, recognise
from loaders.shape import Complaint, Rows
from loaders.tables import filled_down, joined, present

_MOST = 2**63 - 1


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
    if mapping.fill_down:
        there = by_heading(sheet)
        above = tuple(there[heading(one)] for one in mapping.fill_down if heading(one) in there)
        sheet = dataclasses.replace(sheet, cells=filled_down(sheet.cells, above))
    wide = joined(sheet, mapping.system, mapping.lookups, tables, mapping.read)
    columns = columns_of(mapping, wide, recognition.columns)
    source = dataclasses.replace(source, titles=sheet.titles)
    cells = _encoded(mapping, named_by_shop(cells_of(mapping, wide, columns), tables))
    _add_currency(mapping, cells)
    _drop_unnumbered(mapping, cells)
    habits, notes, guessed = habits_of(mapping, cells, columns)
    again = stored_again(mapping, wide, source, tables, cells=cells, habits=habits)
    at = sheet.rows.astype(np.int64)
    sheet, wide = _only(sheet, ~again.mask), _only(wide, ~again.mask)
    fresh = {name: column.filter(pa.array(~again.mask)) for name, column in cells.items()}
    rows, complaints = _parsed(mapping, sheet, source, fresh, habits)
    rows = dataclasses.replace(rows, cells=again.cells_of_others())
    rows = mapping.kind.complete(rows)
    complaints += _incomplete(mapping, rows)
    complaints += mapping.kind.check(rows)
    complaints = (*_alone(mapping, wide, tables), *complaints)
    left = left_out(mapping, wide, tables, rows)
    nothing = np.logical_or.reduce([np.zeros(len(rows), dtype=bool), *left.values()])
    complaints += _halves(mapping, rows, _refused(rows, complaints) & ~nothing)
    refused = _refused(rows, complaints) & ~nothing
    rejects = _rejects(mapping, sheet, complaints, columns, refused)
    whole = ~refused & ~nothing
    good = rows.where(whole)
    kept = good if mapping.lines else good.where(~_repeats(mapping, good, sheet, whole))
    things = mapping.kind.together(kept) if mapping.lines and mapping.kind.together else kept
    return Reading(
        batches=again.kept(
            mapping, mapping.kind.build(things), again.naming(mapping, kept, cells, habits, at)
        ),
        rejects=rejects,
        rows=len(rows) + int(again.mask.sum()),
        repeated=len(good) - len(kept) + again.repeated,
        amount=_amount(mapping, things, again),
        stated=_stated(sheet, _summed(mapping, columns), habits),
        first_on=_day(mapping, things, again, last=False),
        last_on=_day(mapping, things, again, last=True),
        as_of=str(day_of_titles(sheet.titles) or ""),
        notes=notes,
        remarks={
            **_counted(guessed, again.mask, whole),
            **mapping.kind.remarks(kept),
        },
        nothing=counted(mapping, left, len(kept)),
    )


def _refused(rows: Rows, complaints: tuple[Complaint, ...]) -> np.ndarray:
    """The rows that anything is wrong with."""
    refused = np.zeros(len(rows), bool)
    for one in complaints:
        refused |= one.mask
    return refused


def _halves(mapping: Mapping, rows: Rows, refused: np.ndarray) -> tuple[Complaint, ...]:
    """Lines of a thing of which another line is refused: the rest alone would say too little."""
    if not mapping.lines or not refused.any():
        return ()
    codes = _codes(mapping, rows)
    whole = refused | ~np.isin(codes, codes[refused])
    reason = f"another line of the same {mapping.kind.key[-1]} was rejected"
    return (Complaint(~whole, mapping.kind.key[-1], reason),)


def _alone(mapping: Mapping, sheet: Sheet, tables: Tables) -> tuple[Complaint, ...]:
    """Rows that belong to a row of another file which is not there."""
    masks = [present(sheet, mapping.system, one, tables) for one in mapping.belongs_to]
    known = [mask for mask in masks if mask is not None]
    if not known:
        return ()
    names = " or ".join(one.table for one in mapping.belongs_to)
    here = " and ".join(name.rpartition(".")[2] for name in mapping.belongs_to[0].here)
    reason = f"no row of {names} has this {here}, so it belongs to nothing"
    return (Complaint(~np.logical_or.reduce(known), here, reason),)


def _encoded(mapping: Mapping, cells: Map[str, pa.Array]) -> dict[str, pa.Array]:
    """The cells as places in a list of distinct spellings, found once for all that follows."""
    with ThreadPoolExecutor() as pool:  # most of the work is Arrow's, which lets others go on
        encoded = pool.map(lambda column: column.dictionary_encode(), cells.values())
        found = dict(zip(cells, encoded, strict=True))
    names = [name for name in found if mapping.kind.field(name).parser is NAME]
    return {**found, **{name: spelled_once(found[name]) for name in names}}


def _add_currency(mapping: Mapping, cells: dict[str, pa.Array]) -> None:
    """A currency for each row from the signs at its amounts, where no column has it."""
    if "currency" not in mapping.kind.field_names or "currency" in cells:
        return
    for name, column in cells.items():
        if mapping.kind.field(name).parser is MONEY:
            encoded = column.dictionary_encode()
            signs = [currency_of(text) for text in encoded.dictionary.to_pylist()]
            if any(signs):
                found = pa.array(signs, pa.string()).take(encoded.indices)
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
    with ThreadPoolExecutor() as pool:  # most of the work is Arrow's, which lets others go on
        read = pool.map(
            lambda one: parse(one[0].parser, one[1], habits),
            zip(fields, cells.values(), strict=True),
        )
    for name, field, parsed in zip(cells, fields, read, strict=True):
        columns[name] = pd.Series(pd.arrays.ArrowExtensionArray(parsed.values))
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


def _incomplete(mapping: Mapping, rows: Rows) -> tuple[Complaint, ...]:
    """Rows that have none of the fields of which they need one."""
    found = []
    for group in mapping.kind.any_of:
        empty = np.logical_and.reduce([rows.get(name).isna().to_numpy(bool) for name in group])
        wanted = " or ".join(mapping.kind.field(name).doc for name in group)
        has = next((name for name in group if name in rows.columns), group[0])
        found.append(Complaint(empty, has, f"empty, but {wanted} is needed"))
    return tuple(found)


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
    return pd.Series(_codes(mapping, rows)).duplicated(keep="last").to_numpy(bool)


def _codes(mapping: Mapping, rows: Rows) -> np.ndarray:
    """A number for the key of each row, equal for equal keys."""
    return together([rows.encoded(name) for name in mapping.kind.key])


def _rejects(
    mapping: Mapping,
    sheet: Sheet,
    complaints: tuple[Complaint, ...],
    columns: Columns,
    refused: np.ndarray,
) -> pd.DataFrame:
    """One row for each record that was refused, with the first thing that is wrong with it.

    What only the file's name says becomes a column, so that the row is whole without the file.
    """
    named = {
        mapping.kind.field(name).headings[0]: value
        for name, value in from_file_name(mapping, sheet).items()
    }
    at = np.flatnonzero(refused)
    which = np.full(len(refused), -1)
    for index, complaint in reversed(list(enumerate(complaints))):
        which[complaint.mask] = index
    records = sheet.cells.iloc[at].to_dict(orient="records")
    made = []
    for position, record in zip(at.tolist(), records, strict=True):
        complaint = complaints[which[position]]
        column = columns.first(complaint.field)
        content = json.dumps({**named, **record}, ensure_ascii=False)
        value = str(record.get(column, ""))
        made.append((int(sheet.rows[position]), column, value, complaint.reason, content))
    return pd.DataFrame(made, columns=list(REJECTS))


def _amount(mapping: Mapping, rows: Rows, again: Again) -> int | None:
    """What the rows add up to, those included that are stored.

    Raises:
        UnreadableError: That is more than can be kept.
    """
    name = mapping.kind.amount
    if not name or name not in rows.columns:
        return None
    stored = again.stored[name] if len(again.stored) else empty_column(Kind.MONEY, 0)
    total = sum(_sum(column) for column in (rows.columns[name], stored))
    if abs(total) > _MOST:
        raise UnreadableError(
            f"its amounts add up to {total // MONEY_UNIT:,}, which is more than can be kept",
            where=rows.source.path,
            next_step=f"look for amounts that are wrong in the column of {name}",
        )
    return total


def _sum(column: pd.Series) -> int:
    """An exact sum: that of many amounts may be more than each of them can be."""
    numbers = column.dropna().to_numpy(dtype=np.int64)
    high, low = np.divmod(numbers, 1 << 32)
    return (int(high.sum()) << 32) + int(low.sum())


def _counted(
    guessed: Map[str, np.ndarray], stored: np.ndarray, whole: np.ndarray
) -> dict[str, int]:
    """How many rows were read by the mapping's word alone: stored ones, and others that are whole.

    Args:
        guessed: Which rows of the file, by what to say of them.
        stored: Which rows of the file are stored as they stand.
        whole: Which of the others can be loaded.
    """
    counts = {
        why: int(mask[stored].sum() + (mask[~stored] & whole).sum())
        for why, mask in guessed.items()
    }
    return {why: count for why, count in counts.items() if count}


def _only(sheet: Sheet, mask: np.ndarray) -> Sheet:
    """Some rows of a sheet."""
    if mask.all():
        return sheet
    return dataclasses.replace(sheet, cells=sheet.cells[mask], rows=sheet.rows[mask])


def _summed(mapping: Mapping, columns: Columns) -> str:
    """The heading whose cells add up to the report's own total."""
    field = mapping.kind.amount
    of_lines = mapping.lines and field not in columns.by_field
    return columns.first("line_amount" if of_lines else field)


def _stated(sheet: Sheet, column: str, habits: Habits) -> int | None:
    """What the report itself says its amounts add up to."""
    parsed = parse(MONEY, pa.array([sheet.totals.get(column, "")]), habits)
    value: int | None = parsed.values[0].as_py()
    return value


def _day(mapping: Mapping, rows: Rows, again: Again, *, last: bool) -> str:
    name = mapping.kind.event
    if not name:
        return ""
    days = rows.get(name, Kind.DATE)
    if len(again.stored):
        days = pd.concat([days, again.stored[name]], ignore_index=True)
    found = days.max() if last else days.min()
    return "" if pd.isna(found) else found.isoformat()[:10]
