"""Columns of other tables as values, for the tables that are made of them.

A cell that cannot be read counts as empty here: the file that it stands in is not the one that is
loaded, and a header with an odd hour must not cost an order.
"""

import numpy as np
import pandas as pd
import pyarrow as pa

from graphkit.schema import Kind
from loaders.amounts import NUMBER, says_decimal_comma
from loaders.cells import FLAG, Habits, distinct, parse
from loaders.days import DAY, day_first_votes
from loaders.tables import cleaned, columns_called


def texts(table: pd.DataFrame, *names: str) -> pd.Series:
    """The first of some columns that has something, row by row; "" where none has.

    Args:
        table: Cells of a table.
        names: Headings; one that is not there is empty.
    """
    found = np.full(len(table), "", dtype=object)
    for name in names:
        if columns_called(table, (name,)):
            found = np.where(
                found == "", _cleaned(table, name).to_numpy(zero_copy_only=False), found
            )
    return pd.Series(found, dtype=Kind.TEXT.dtype)


def keys(table: pd.DataFrame, *names: str) -> pd.Series:
    """The same in lower case, as keys are compared."""
    return texts(table, *names).str.lower()


def newest(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Each row once, where several exports of a table overlap: the last with its key stays.

    Args:
        table: Cells of a table.
        name: Heading of its key; without it rows that are equal throughout are one.
    """
    if not columns_called(table, (name,)):
        return table.drop_duplicates(ignore_index=True)
    again = keys(table, name).duplicated(keep="last").to_numpy(bool)
    return table[~again].reset_index(drop=True)


def numbers(table: pd.DataFrame, name: str) -> np.ndarray:
    """A column of numbers; NaN where it is empty."""
    if not columns_called(table, (name,)):
        return np.full(len(table), np.nan)
    cells = _cleaned(table, name)
    read = parse(NUMBER, cells, Habits(decimal_comma=says_decimal_comma(distinct(cells)) > 0))
    return np.asarray(read.values.cast(pa.float64()).to_numpy(zero_copy_only=False))


def days(table: pd.DataFrame, name: str) -> np.ndarray:
    """A column of days (datetime64[D]); NaT where it is empty."""
    if not columns_called(table, (name,)):
        return np.full(len(table), "NaT", dtype="datetime64[D]")
    cells = _cleaned(table, name)
    day_first, month_first = day_first_votes(distinct(cells))
    read = parse(DAY, cells, Habits(day_first=day_first > month_first))
    return np.asarray(read.values.to_numpy(zero_copy_only=False), dtype="datetime64[D]")


def flags(table: pd.DataFrame, name: str, *, empty: np.ndarray) -> np.ndarray:
    """A column of yes and no.

    Args:
        table: Cells of a table.
        name: Heading.
        empty: What each row is where the cell, or the column, is empty.
    """
    if not columns_called(table, (name,)):
        return empty
    read = parse(FLAG, _cleaned(table, name), Habits()).values
    known = np.asarray(read.is_valid())
    return np.where(known, np.asarray(read.fill_null(fill_value=False)), empty)


def _cleaned(table: pd.DataFrame, name: str) -> pa.Array:
    return cleaned(table[columns_called(table, (name,))[0]])


def last_days(rows: pd.DataFrame, by: list[str], *, due: str, done: str) -> pd.DataFrame:
    """The last day due by key, and the last day done where nothing is open any more, as cells.

    Args:
        rows: The key, two columns of days, and whether each row is `open`.
        by: Columns of the key.
        due: Column with the day due.
        done: Column with the day done.
    """
    last = rows.groupby(by).max().reset_index()
    finished = last[done].mask(last["open"].astype(bool))
    return last[by].assign(
        **{
            due: written(last[due].to_numpy("datetime64[D]")),
            done: written(finished.to_numpy("datetime64[D]")),
        }
    )


def written(values: np.ndarray) -> pd.Series:
    """Numbers or days as cells again; empty where there is none."""
    if values.dtype.kind == "M":
        shown = pd.Series(np.datetime_as_string(values, unit="D"), dtype=Kind.TEXT.dtype)
        return shown.mask(np.isnat(values), "")
    shown = pd.Series([f"{one:.10g}" for one in values.tolist()], dtype=Kind.TEXT.dtype)
    return shown.mask(np.isnan(values), "")
