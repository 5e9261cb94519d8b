"""What is ordered, when and how much, by customer, process, part or month, and what changed."""

import dataclasses
import datetime as dt
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.measures.month_panel import lines_that_count, orders_that_count
from graphkit.analyses.measures.periods import Periods, last_year, since_day
from graphkit.analyses.wording import NOT_STATED
from graphkit.declaration import MONEY_UNIT
from graphkit.errors import UsageError
from graphkit.schema import Finish, Industry, Material, Order, OrderLine, Part, Process
from graphkit.snapshot import Snapshot, amounts, days_of, in_currency

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Row = dict[str, Any]
Figure = float | None

NO_FINISH: Final = "(none)"
_OF_LINES: Final = {
    "process": (Process, "name"),
    "material": (Material, "name"),
    "finish": (Finish, "name"),
    "part": (Part, "number"),
}
"""What lines have, and orders have only by their lines."""
BREAKDOWNS: Final = ("customer", "industry", *_OF_LINES, "month")


@dataclasses.dataclass(frozen=True, slots=True)
class Ordered:
    """Orders and their lines, those that count and those that were cancelled.

    Attributes:
        orders: Orders of known companies that were not cancelled.
        lines: Their lines that were not cancelled.
        gone: Orders of known companies that were cancelled, as a whole or line by line.
        gone_lines: The lines of those.
        nobodys: How many orders name no customer; they are in none of the others.
        elsewhere: How many lines have an amount in another currency, which is left out.
    """

    orders: pd.DataFrame
    lines: pd.DataFrame
    gone: pd.DataFrame
    gone_lines: pd.DataFrame
    nobodys: int
    elsewhere: int

    @classmethod
    def of(cls, snap: Snapshot, customer: str = "") -> "Ordered":
        """The orders of the shop, or of one customer.

        Args:
            snap: Needs Order; OrderLine for all but the number of orders.
            customer: Company id; empty for all.
        """
        orders = orders_that_count(snap)
        lines = lines_that_count(snap)
        every = snap.frame(Order)
        known = every["company"].notna().to_numpy(dtype=bool)
        gone = every[known & ~every["id"].isin(orders["id"]).to_numpy(dtype=bool)]
        gone_lines = snap.frame(OrderLine)
        gone_lines = gone_lines[gone_lines["order"].isin(gone["id"]).to_numpy(dtype=bool)]

        def theirs(rows: pd.DataFrame) -> pd.DataFrame:
            return rows[(rows["company"] == customer).to_numpy(dtype=bool)] if customer else rows

        lines = theirs(lines)
        elsewhere = int((lines["amount"].notna() & ~in_currency(lines, snap.currency)).sum())
        nobodys = int((~known).sum())
        return cls(theirs(orders), lines, theirs(gone), theirs(gone_lines), nobodys, elsewhere)


def compared(snap: Snapshot, since: dt.date | None = None) -> Periods:
    """Which months are compared: the last twelve with those before, or those since a day.

    Args:
        snap: Needs Order.
        since: A day; None for the last twelve months.

    Raises:
        UsageError: Nothing was ordered, or no whole month has passed since.
    """
    days = days_of(orders_that_count(snap)["ordered_on"])
    if not len(days):
        raise UsageError("No customer has ordered anything.", next_step="graphkit status")
    return last_year(snap, days) if since is None else since_day(snap, days, np.datetime64(since))


def orders_by(snap: Snapshot, ordered: Ordered, by: str, periods: Periods) -> list[Row]:
    """Orders, lots, money and machine hours of each, most money first, and how they changed.

    Totals are of all orders up to the day; the recent months and those before are whole months. An
    order with lines of two processes counts once with each. Lines that state no machine time add
    no hours.

    Args:
        snap: The graph.
        ordered: What was ordered.
        by: One of `BREAKDOWNS`.
        periods: Which months are compared.

    Returns:
        One row each; money in the workspace's currency, shares and changes as fractions, None where
        a figure is not known.
    """
    of_lines = by in _OF_LINES
    lines = ordered.lines.assign(key=_keys(snap, by, ordered.lines))
    placed, gone = (
        rows.assign(
            key=_keys(snap, by, rows), order=rows["order" if of_lines else "id"]
        ).drop_duplicates(["order", "key"])
        for rows in (
            (ordered.lines, ordered.gone_lines) if of_lines else (ordered.orders, ordered.gone)
        )
    )
    keys = sorted({*placed["key"], *gone["key"]})
    place = pd.Index(keys, dtype=object)
    of_order, of_line, of_gone = (
        place.get_indexer(pd.Index(rows["key"], dtype=object)).astype(np.int64)
        for rows in (placed, lines, gone)
    )
    pieces = lines["quantity"].to_numpy(dtype=np.float64, na_value=0.0)
    minutes = lines["minutes"].to_numpy(dtype=np.float64, na_value=np.nan)
    days, when = days_of(placed["ordered_on"]), days_of(lines["ordered_on"])
    orders = _Sums.of(len(keys), of_order, days, np.ones(len(placed)), periods)
    money = _Sums.of(len(keys), of_line, when, amounts(lines, snap.currency), periods)
    hours = _Sums.of(len(keys), of_line, when, pieces * minutes / 60, periods)
    lots = np.bincount(of_line, minlength=len(keys))
    made = np.bincount(of_line, weights=pieces, minlength=len(keys))
    void = np.bincount(of_gone, minlength=len(keys))
    ranking = money.total if money.known.any() else orders.total
    whole = float(ranking.sum())
    first, last = _first_and_last(len(keys), of_order, days)
    names, unknown = _names(snap, by), NO_FINISH if by == "finish" else NOT_STATED
    rows = [
        {
            by: names.get(key, key) if key else unknown,
            "id": key or None,
            **orders.counted("orders", at),
            "lines": int(lots[at]),
            "pieces": round(float(made[at])),
            "mean_lot": round(float(made[at] / lots[at]), 1) if lots[at] else None,
            **money.measured("amount", at, unit=MONEY_UNIT),
            "currency": snap.currency,
            "share": round(float(ranking[at]) / whole, 4) if whole else None,
            **hours.measured("hours", at),
            "first_order": first[at].item(),
            "last_order": last[at].item(),
            "cancelled_orders": int(void[at]),
        }
        for at, key in enumerate(keys)
    ]
    return sorted(rows, key=lambda row: (-(row["amount"] or 0), -row["orders"], str(row[by])))


def month_by_month(snap: Snapshot, ordered: Ordered, by: str, months: int) -> dict[str, list[int]]:
    """Orders, or order lines where lines have what is asked for, in each of the last whole months.

    Args:
        snap: The graph.
        ordered: What was ordered.
        by: One of `BREAKDOWNS`, but not month.
        months: How many months.

    Returns:
        Counts, the oldest month first, by the id that `orders_by` gives; without what has none.
    """
    rows = ordered.lines if by in _OF_LINES else ordered.orders
    first = snap.last_whole_month - np.timedelta64(months - 1, "M")
    month = (days_of(rows["ordered_on"]).astype("datetime64[M]") - first).astype(np.int64)
    keys = _keys(snap, by, rows)
    inside = (month >= 0) & (month < months) & (keys != "")
    counts: dict[str, list[int]] = {}
    for key, at in zip(keys[inside], month[inside], strict=True):
        counts.setdefault(str(key), [0] * months)[at] += 1
    return counts


@dataclasses.dataclass(frozen=True, slots=True)
class _Sums:
    """Something added up for each: in all, in the recent months, and in those before."""

    total: Floats
    recent: Floats
    before: Floats
    known: Bools
    compared: bool

    @classmethod
    def of(cls, size: int, at: Ints, days: Days, values: Floats, periods: Periods) -> "_Sums":
        there = ~np.isnan(values)

        def added(which: Bools) -> Floats:
            kept = which & there
            return np.bincount(at[kept], weights=values[kept], minlength=size).astype(np.float64)

        return cls(
            added(there),
            added(periods.in_recent(days)),
            added(periods.in_before(days)),
            np.bincount(at[there], minlength=size) > 0,
            periods.before is not None,
        )

    def counted(self, name: str, at: int) -> Row:
        """The figures of one, by name, as counts."""
        return self._row(name, *(int(each[at]) for each in (self.total, self.recent, self.before)))

    def measured(self, name: str, at: int, *, unit: int = 1) -> Row:
        """The figures of one, by name, in a unit; None where nothing says them.

        Whole units, such as hours, are told with one decimal, and money with cents.
        """
        if not self.known[at]:
            return self._row(name, None, None, None)
        digits = 1 if unit == 1 else 2
        total, recent, before = (
            round(float(each[at]) / unit, digits) for each in (self.total, self.recent, self.before)
        )
        return self._row(name, total, recent, before)

    def _row(self, name: str, total: Figure, recent: Figure, before: Figure) -> Row:
        if not self.compared:
            before = None
        return {
            name: total,
            f"recent_{name}": recent,
            f"before_{name}": before,
            f"{name}_change": change(recent, before),
        }


def change(recent: Figure, before: Figure) -> Figure:
    """By what share something rose or fell; None where there was nothing before.

    >>> change(120.0, 100.0), change(5.0, 0.0)
    (0.2, None)
    """
    return round(recent / before - 1, 4) if before and recent is not None else None


def _keys(snap: Snapshot, by: str, rows: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Whose each row is: an id, or a month; empty where it is not stated."""
    if by == "month":
        months = days_of(rows["ordered_on"]).astype("datetime64[M]")
        return np.asarray(months.astype(str).astype(object))
    if by == "customer":
        return np.asarray(rows["company"].to_numpy(object))
    if by == "industry":
        known = snap.companies["industry"].dropna()
        return np.asarray(rows["company"].map(known.to_dict()).astype(object).fillna("").to_numpy())
    return np.asarray(rows[by].fillna("").to_numpy(object))


def _names(snap: Snapshot, by: str) -> dict[str, str]:
    """What each is called, by its id."""
    if by == "month":
        return {}
    if by == "customer":
        return snap.names
    entity, column = (Industry, "name") if by == "industry" else _OF_LINES[by]
    rows = snap.frame(entity)
    return dict(zip(rows["id"], rows[column], strict=True))


def _first_and_last(size: int, at: Ints, days: Days) -> tuple[Days, Days]:
    """The first and the last day of each; NaT where there is none."""
    first = np.full(size, np.datetime64("NaT"), dtype="datetime64[D]")
    last = first.copy()
    np.fmin.at(first, at, days)
    np.fmax.at(last, at, days)
    return first, last


def by_change(rows: list[Row]) -> list[Row]:
    """The same rows, the largest rise or fall first: of money, or of orders where none is stated.

    Args:
        rows: See `orders_by`.
    """
    what = "amount" if any(row["amount"] for row in rows) else "orders"

    def moved(row: Row) -> float:
        return float(abs((row[f"recent_{what}"] or 0) - (row[f"before_{what}"] or 0)))

    return sorted(rows, key=moved, reverse=True)
