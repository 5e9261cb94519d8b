"""Customers by whole months: orders, lines, pieces, money and machine hours as dense arrays."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.encoded import positions
from graphkit.schema import Order, OrderLine
from graphkit.snapshot import Snapshot, amounts, cancelled, days_of, once

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_LONG_WEEKEND: Final = 4
"""Days without an order that say nothing."""
_MANY_DAYS: Final = 40
"""With fewer days on which something was ordered, a silence is no sign that an export ends."""
_FIRST_WEEK: Final = 7  # an export that starts later in a month starts with part of a month


@dataclasses.dataclass(frozen=True, slots=True)
class MonthPanel:
    """What every customer did in every whole month; arrays are customers by months.

    Attributes:
        customers: Company ids, sorted.
        first: The first month (datetime64[M]).
        start: Index of each customer's first month with an order.
        orders: Orders placed.
        lines: Order lines.
        pieces: Pieces ordered.
        amount: Ten-thousandths of the workspace's currency; amounts in others are left out.
        hours: Estimated machine hours.
    """

    customers: list[str]
    first: np.datetime64
    start: Ints
    orders: Floats
    lines: Floats
    pieces: Floats
    amount: Floats
    hours: Floats

    @property
    def months(self) -> int:
        """How many months there are."""
        return int(self.orders.shape[1])

    @property
    def calendar_month(self) -> int:
        """Calendar month of the first column, 0 for January."""
        return int(self.first.astype(np.int64)) % 12

    def sum(self, rows: pd.DataFrame, values: Floats) -> Floats:
        """Values of rows added up by customer and month; rows outside are left out.

        Args:
            rows: With company and ordered_on.
            values: One a row.
        """
        return self._grid.cells(rows).sum(values)

    def counts(self, rows: pd.DataFrame, kinds: npt.NDArray[np.integer], of: int) -> Floats:
        """How many rows of each kind there are by customer and month; kinds by customers by months.

        Args:
            rows: With company and ordered_on; rows outside are left out.
            kinds: The number of each row's kind; -1 for none.
            of: How many kinds there are.
        """
        cells = self._grid.cells(rows)
        inside = (cells.cell >= 0) & (kinds >= 0)
        size = len(self.customers) * self.months
        found = np.bincount(kinds[inside] * size + cells.cell[inside], minlength=of * size)
        return found.astype(np.float64).reshape(of, len(self.customers), self.months)

    @property
    def _grid(self) -> "_Grid":
        return _Grid(self.customers, self.first, self.months)

    def month(self, index: int) -> np.datetime64:
        """The month of a column, or of one before or after the panel."""
        return self.first + np.timedelta64(index, "M")

    def day(self, index: int) -> np.datetime64:
        """The first day of that month."""
        first: np.datetime64 = self.month(index).astype("datetime64[D]")
        return first


@once
def orders_that_count(snap: Snapshot) -> pd.DataFrame:
    """Orders of known companies that were not cancelled, as a whole or line by line."""
    orders, lines = snap.frame(Order), snap.frame(OrderLine)
    gone = cancelled(orders)
    if len(lines):
        void = cancelled(lines)
        left = orders["id"].isin(lines.loc[~void, "order"])
        gone |= (orders["id"].isin(lines.loc[void, "order"]) & ~left).to_numpy(dtype=bool)
    known = orders["company"].notna().to_numpy(dtype=bool)
    return orders[~gone & known]


@once
def lines_that_count(snap: Snapshot) -> pd.DataFrame:
    """Lines of the orders that count which were not cancelled themselves."""
    lines, orders = snap.lines, orders_that_count(snap)
    kept = lines["order"].isin(orders["id"]) & lines["company"].notna()
    return lines[kept.to_numpy(dtype=bool)]


def last_month_of_orders(snap: Snapshot) -> np.datetime64 | None:
    """The last month that the orders cover as a whole (datetime64[M]); None without orders.

    Other exports may reach further than the orders do: a month that their export cuts off is no
    month in which everybody ordered less. It is cut off when the silence from the last order to the
    end of the month is longer than any between two days with orders before it. Too few days with
    orders tell nothing.
    """
    orders = orders_that_count(snap)
    return None if orders.empty else last_month_covered(snap, days_of(orders["ordered_on"]))


def last_month_covered(snap: Snapshot, days: npt.NDArray[np.datetime64]) -> np.datetime64:
    """The last month that an export covers as a whole (datetime64[M]); see `last_month_of_orders`.

    Args:
        snap: The graph.
        days: On which something happened, of the rows of the export; at least one.
    """
    placed = np.unique(days)
    if len(placed) < _MANY_DAYS:
        return snap.last_whole_month
    usual = np.diff(placed).astype(np.int64).max(initial=_LONG_WEEKEND)
    reach = placed[-1] + np.timedelta64(int(usual) + 1, "D")
    covered: np.datetime64 = reach.astype("datetime64[M]") - np.timedelta64(1, "M")
    return min(snap.last_whole_month, covered)


def first_month_covered(days: npt.NDArray[np.datetime64]) -> np.datetime64:
    """The first month (datetime64[M]) of which an export has more than the end.

    Args:
        days: On which something happened, of the rows of the export; at least one.
    """
    first: np.datetime64 = days.min().astype("datetime64[M]")
    late = (days.min() - first.astype("datetime64[D]")).astype(int) >= _FIRST_WEEK
    return first + np.timedelta64(1, "M") if late else first


@once
def month_panel(snap: Snapshot) -> MonthPanel | None:
    """Every customer's whole months, from the shop's first one to the last that is over.

    An unfinished last month is left out (see `last_month_of_orders`), and so is a first month of
    which the export has only the end; cancelled orders never happened.

    Args:
        snap: Needs Order; OrderLine for all but the number of orders.

    Returns:
        None where there is no whole month with an order.
    """
    orders = orders_that_count(snap)
    if orders.empty:
        return None
    days = days_of(orders["ordered_on"])
    first = first_month_covered(days)
    months = int((last_month_covered(snap, days) - first).astype(np.int64)) + 1
    customers = sorted(set(orders["company"]))
    if months < 1:
        return None
    grid = _Grid(customers, first, months)
    placed = grid.cells(orders).sum(np.ones(len(orders)))
    seen = placed.any(axis=1)
    if not seen.any():
        return None
    lines = lines_that_count(snap)
    pieces = _numbers(lines["quantity"])
    money = np.nan_to_num(amounts(lines, snap.currency))
    hours = pieces * _numbers(lines["minutes"]) / 60
    cells = grid.cells(lines)
    columns = [np.ones(len(lines)), pieces, money, hours]
    return MonthPanel(
        [customers[row] for row in np.flatnonzero(seen).tolist()],
        first,
        placed[seen].astype(bool).argmax(axis=1),
        placed[seen],
        *(cells.sum(column)[seen] for column in columns),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Grid:
    """The cells of a panel."""

    customers: list[str]
    first: np.datetime64
    months: int

    def cells(self, rows: pd.DataFrame) -> "_Cells":
        """The cell of each row."""
        codes = positions(rows["company"], self.customers)
        month = (days_of(rows["ordered_on"]).astype("datetime64[M]") - self.first).astype(np.int64)
        inside = (month >= 0) & (month < self.months) & (codes >= 0)
        return _Cells(self, np.where(inside, codes * self.months + month, -1))


@dataclasses.dataclass(frozen=True, slots=True)
class _Cells:
    """In which cell of a panel each of some rows is; -1 for outside."""

    grid: _Grid
    cell: Ints

    def sum(self, values: Floats) -> Floats:
        """Values of the rows added up by customer and month."""
        inside, months = self.cell >= 0, self.grid.months
        size = len(self.grid.customers) * months
        total = np.bincount(self.cell[inside], weights=values[inside], minlength=size)
        return total.astype(np.float64).reshape(-1, months)


def _numbers(column: pd.Series) -> Floats:
    return column.to_numpy(dtype=np.float64, na_value=0.0)
