"""What the rows of a file come to: amounts, days, and how many were read by a guess."""

from collections.abc import Mapping as Map

import numpy as np
import pandas as pd
import pyarrow as pa

from graphkit.declaration import empty_column
from graphkit.errors import UnreadableError
from graphkit.schema import MONEY_UNIT, Kind
from graphkit.sheets import Sheet
from loaders.again import Again
from loaders.amounts import MONEY
from loaders.cells import Habits, parse
from loaders.columns import Columns
from loaders.mapping import Mapping
from loaders.shape import Rows

_MOST = 2**63 - 1
"""What a store can keep."""


def amount(mapping: Mapping, rows: Rows, again: Again) -> int | None:
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


def _summed(mapping: Mapping, columns: Columns) -> str:
    """The heading whose cells add up to the report's own total."""
    field = mapping.kind.amount
    of_lines = mapping.lines and field not in columns.by_field
    return columns.first("line_amount" if of_lines else field)


def stated(mapping: Mapping, sheet: Sheet, columns: Columns, habits: Habits) -> int | None:
    """What the report itself says its amounts add up to."""
    total = sheet.totals.get(_summed(mapping, columns), "")
    parsed = parse(MONEY, pa.array([total]), habits)
    value: int | None = parsed.values[0].as_py()
    return value


def day(mapping: Mapping, rows: Rows, again: Again, *, last: bool) -> str:
    """The first or last day on which something happened (ISO); empty when there is none."""
    name = mapping.kind.event
    if not name:
        return ""
    days = rows.get(name, Kind.DATE)
    if len(again.stored):
        days = pd.concat([days, again.stored[name]], ignore_index=True)
    found = days.max() if last else days.min()
    return "" if pd.isna(found) else found.isoformat()[:10]


def guesses(guessed: Map[str, np.ndarray], stored: np.ndarray, whole: np.ndarray) -> dict[str, int]:
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
