"""Several files of one system that belong together: looked up, joined, left to one another.

An ERP keeps an order in several tables: its header, its lines, the jobs that make them. A mapping
names the tables that its own sheet looks up; they are the other files of the system in one load.
"""

import dataclasses
from collections.abc import Callable, Collection, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graphkit.encoded import as_arrow
from graphkit.plugins import Tables
from graphkit.schema import Kind
from graphkit.sheets import Sheet, folded
from loaders.cells import clean


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """How rows of one table find theirs in another.

    Attributes:
        table: The other table.
        here: Headings whose values are looked for; after other lookups they may be "Job.Customer".
        there: Headings of the other table that have them.
        because: What rows are that the other table has as part of its own; else empty.
    """

    table: str
    here: tuple[str, ...]
    there: tuple[str, ...]
    because: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Derived:
    """A table that no file is, made of some that are.

    Attributes:
        needs: Tables that it is made of, with the headings that it reads of each; those that are
            missing are left out.
        make: Makes it; None when there is nothing to make it of.
    """

    needs: Mapping[str, tuple[str, ...]]
    make: Callable[[Tables], pd.DataFrame | None]


DERIVED: dict[tuple[str, str], Derived] = {}
"""Derived tables by system and name."""


def derives(
    system: str, table: str, *, needs: Mapping[str, tuple[str, ...]]
) -> Callable[[Callable[[Tables], pd.DataFrame | None]], Callable[[Tables], pd.DataFrame | None]]:
    """Register a function that makes a table of a system from others."""

    def register(
        make: Callable[[Tables], pd.DataFrame | None],
    ) -> Callable[[Tables], pd.DataFrame | None]:
        DERIVED[system, table] = Derived(needs, make)
        return make

    return register


def files_of(system: str, table: str) -> tuple[str, ...]:
    """The tables that have to be exported for a table: itself, or what it is derived from."""
    derived = DERIVED.get((system, table))
    return tuple(derived.needs) if derived else (table,)


def headings_of(system: str, table: str, read: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """The headings that are read of the files of a table: those of it, or of what it is made of.

    Args:
        system: The system.
        table: A file of it, or a derived table.
        read: The headings that are read of the table.
    """
    derived = DERIVED.get((system, table))
    return derived.needs if derived else {table: read}


def table_of(system: str, table: str, tables: Tables) -> pd.DataFrame | None:
    """A table of the load, or one derived from them; None when it is not there."""
    if table in tables:
        return tables[table]
    derived = DERIVED.get((system, table))
    return derived.make(tables) if derived else None


def columns_called(cells: pd.DataFrame, names: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a table that are called so; empty when one of them is not there."""
    there = {folded(str(name)): str(name) for name in reversed(list(cells.columns))}
    found = tuple(there[folded(name)] for name in names if folded(name) in there)
    return found if len(found) == len(names) else ()


def joined(
    sheet: Sheet,
    system: str,
    links: Mapping[str, Link],
    tables: Tables,
    wanted: Collection[str],
) -> Sheet:
    """A sheet with the columns that it looks up, under headings such as "SO_Header.Order_Date".

    Where a key comes twice in the other table, its last row counts. Lookups whose table is not in
    the load add nothing.

    Args:
        sheet: A header and rows.
        system: The system that wrote it.
        links: By the name that goes before the headings, in the order in which they are followed.
        tables: The files of the system.
        wanted: The headings that are read.
    """
    cells = sheet.cells
    headings = {folded(one) for one in wanted}
    for name, link in links.items():
        other = table_of(system, link.table, tables)
        here = columns_called(cells, link.here)
        there = () if other is None else columns_called(other, link.there)
        if other is None or not len(other) or not here or not there:
            continue
        at = _rows_with(other, there, keys_of(cells, here))
        read = [column for column in other if folded(f"{name}.{column}") in headings]
        found = other[read].take(np.maximum(at, 0))
        missing = at < 0
        columns = {
            f"{name}.{column}": found[column].mask(missing, "").to_numpy(object) for column in found
        }
        fresh = pd.DataFrame(columns, index=cells.index, dtype=Kind.TEXT.dtype)
        cells = pd.concat([cells, fresh], axis="columns")
    return dataclasses.replace(sheet, cells=cells)


def present(sheet: Sheet, system: str, link: Link, tables: Tables) -> np.ndarray | None:
    """Which rows find theirs in another table; None when that table is not in the load."""
    other = table_of(system, link.table, tables)
    here = columns_called(sheet.cells, link.here)
    there = () if other is None else columns_called(other, link.there)
    if other is None or not here or not there:
        return None
    return _rows_with(other, there, keys_of(sheet.cells, here)) >= 0


def keys_of(cells: pd.DataFrame, names: tuple[str, ...]) -> pd.Series:
    """The key of each row: its cells without space and case; empty where any of them is."""
    parts = [pc.utf8_lower(cleaned(cells[name])) for name in names]
    empty = np.logical_or.reduce([np.asarray(pc.equal(part, "")) for part in parts])
    whole = parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, "\x1f")
    return pd.Series(whole.to_numpy(zero_copy_only=False)).mask(empty)


def cleaned(column: pd.Series) -> pa.Array:
    """A column of cells without space around them, and "" for whatever stands for nothing."""
    encoded = as_arrow(column).cast(pa.string()).fill_null("").dictionary_encode()
    return clean(encoded.dictionary).take(encoded.indices)


def _rows_with(other: pd.DataFrame, there: tuple[str, ...], wanted: pd.Series) -> np.ndarray:
    """The last row of another table that has each key; -1 for none."""
    keys = keys_of(other, there)
    last = pd.Series(np.arange(len(other)), index=keys).loc[keys.notna().to_numpy()]
    last = last[~last.index.duplicated(keep="last")]
    return last.reindex(wanted).fillna(-1).to_numpy(dtype=np.int64)


def filled_down(cells: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    """Cells with what stands once above several lines repeated on each of them.

    A row of which the first of the headings is empty goes on with the row above; there the others
    are filled where they are empty.

    Args:
        cells: Cells of a sheet.
        names: Headings of what stands once, the one that is never empty on a first line before all.
    """
    there = [name for name in names if name in cells]
    if not there:
        return cells
    blank = (cells[there[0]].fillna("").str.strip() == "").to_numpy(dtype=bool)
    first = np.maximum.accumulate(np.where(blank, -1, np.arange(len(cells))))
    filled = cells.copy()
    for name in there:
        own = cells[name].fillna("")
        above = own.take(np.maximum(first, 0)).to_numpy(object)
        empty = blank & (first >= 0) & (own.str.strip() == "").to_numpy(dtype=bool)
        filled[name] = own.mask(empty, pd.Series(above, index=own.index, dtype=own.dtype))
    return filled
