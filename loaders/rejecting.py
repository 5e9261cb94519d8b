"""What is wrong with rows, and the rows that cannot be loaded for it."""

import json

import numpy as np
import pandas as pd

from graphkit.batch import REJECTS
from graphkit.plugins import Tables
from graphkit.schema import MONEY_UNIT, Kind
from graphkit.sheets import Sheet
from loaders.amounts import MOST
from loaders.columns import Columns
from loaders.mapping import Mapping
from loaders.recognition import from_file_name
from loaders.shape import Complaint, Rows
from loaders.tables import present


def refused(rows: Rows, complaints: tuple[Complaint, ...]) -> np.ndarray:
    """The rows that anything is wrong with."""
    found = np.zeros(len(rows), bool)
    for one in complaints:
        found |= one.mask
    return found


def halves(mapping: Mapping, rows: Rows, rejected: np.ndarray) -> tuple[Complaint, ...]:
    """Lines of a thing of which another line is refused: the rest alone would say too little."""
    if not mapping.lines or not rejected.any():
        return ()
    codes = mapping.kind.numbered(rows)
    whole = rejected | ~np.isin(codes, codes[rejected])
    reason = f"another line of the same {mapping.kind.key[-1]} was rejected"
    return (Complaint(~whole, mapping.kind.key[-1], reason),)


def alone(mapping: Mapping, sheet: Sheet, tables: Tables) -> tuple[Complaint, ...]:
    """Rows that belong to a row of another file which is not there."""
    masks = [present(sheet, mapping.system, one, tables) for one in mapping.belongs_to]
    known = [mask for mask in masks if mask is not None]
    if not known:
        return ()
    names = " or ".join(one.table for one in mapping.belongs_to)
    here = " and ".join(name.rpartition(".")[2] for name in mapping.belongs_to[0].here)
    reason = f"no row of {names} has this {here}, so it belongs to nothing"
    return (Complaint(~np.logical_or.reduce(known), here, reason),)


def incomplete(mapping: Mapping, rows: Rows) -> tuple[Complaint, ...]:
    """Rows that have none of the fields of which they need one."""
    found = []
    for group in mapping.kind.any_of:
        empty = np.logical_and.reduce([rows.get(name).isna().to_numpy(bool) for name in group])
        wanted = " or ".join(mapping.kind.field(name).doc for name in group)
        has = next((name for name in group if name in rows.columns), group[0])
        found.append(Complaint(empty, has, f"empty, but {wanted} is needed"))
    return tuple(found)


def excessive(mapping: Mapping, rows: Rows) -> tuple[Complaint, ...]:
    """Rows whose quantity times price is more than an amount can be."""
    most = int(MOST * MONEY_UNIT)
    found = []
    for name in ("amount", "line_amount"):
        if name in mapping.kind.field_names:
            amounts = rows.get(name, Kind.MONEY).fillna(0).to_numpy(dtype=np.int64)
            reason = f"quantity times price is {MOST:,.0f} or more; correct one of them"
            factor = "unit_price" if "unit_price" in mapping.kind.field_names else name
            found.append(Complaint(np.abs(amounts) >= most, factor, reason))
    return tuple(found)


def rejects(
    mapping: Mapping,
    sheet: Sheet,
    complaints: tuple[Complaint, ...],
    columns: Columns,
    rejected: np.ndarray,
) -> pd.DataFrame:
    """One row for each record that was refused, with the first thing that is wrong with it.

    What only the file's name says becomes a column, so that the row is whole without the file.
    """
    named = {
        mapping.kind.field(name).headings[0]: value
        for name, value in from_file_name(mapping, sheet).items()
    }
    at = np.flatnonzero(rejected)
    which = np.full(len(rejected), -1)
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
