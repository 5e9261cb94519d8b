"""Quotes as they stood at the end of the day: asked, won, lost and open, and by whom."""

import dataclasses
from collections import Counter
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.measures.month_panel import first_month_covered, last_month_covered
from graphkit.analyses.wording import NOT_STATED, months_named
from graphkit.schema import Industry, Process, Quote
from graphkit.snapshot import Snapshot, amounts, days_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]

GROUPINGS: Final = ("customer", "industry", "process", "lot", "month")
_LOTS: Final = (
    (1.0, "1 to 9 pieces"),
    (10.0, "10 to 49"),
    (50.0, "50 to 199"),
    (200.0, "200 to 999"),
    (1000.0, "1,000 and more"),
)
"""Bands of lot sizes, by their least."""


@dataclasses.dataclass(frozen=True, slots=True)
class Quoted:
    """Quotes of known companies that were not cancelled; arrays have one entry a quote.

    Attributes:
        rows: The quotes.
        day: Day of each.
        won: Whether it was won.
        lost: Whether it was lost; neither won nor lost is open.
        amount: Ten-thousandths of the workspace's currency; NaN where it is not known.
        first: The first whole month (datetime64[M]).
        months: How many whole months there are.
        cancelled: How many quotes were cancelled.
    """

    rows: pd.DataFrame
    day: Days
    won: Bools
    lost: Bools
    amount: Floats
    first: np.datetime64
    months: int
    cancelled: int

    @classmethod
    def of(cls, snap: Snapshot) -> "Quoted | None":
        """The quotes up to the day; None without any.

        A quote whose order came after the day is open. Of lost ones no export says when: they are
        lost as soon as they are made.
        """
        every = snap.frame(Quote)
        every = every[every["company"].notna().to_numpy(dtype=bool)]
        status = every["status"].fillna("open").to_numpy(object)
        rows, status = every[status != "cancelled"], status[status != "cancelled"]
        if rows.empty:
            return None
        later = rows["order"].isin(snap.ordered_later).to_numpy(dtype=bool)
        day = days_of(rows["quoted_on"])
        first = first_month_covered(day)
        return cls(
            rows,
            day,
            (status == "won") & ~later,
            status == "lost",
            amounts(rows, snap.currency),
            first,
            max(int((last_month_covered(snap, day) - first).astype(np.int64)) + 1, 0),
            len(every) - len(rows),
        )

    def only(self, which: Ints) -> "Quoted":
        """Some of the quotes, over the same months.

        Args:
            which: Their positions.
        """
        return dataclasses.replace(
            self,
            rows=self.rows.iloc[which],
            day=self.day[which],
            won=self.won[which],
            lost=self.lost[which],
            amount=self.amount[which],
        )

    @property
    def decided(self) -> Bools:
        """Which were won or lost."""
        return self.won | self.lost

    @property
    def month(self) -> Ints:
        """The month of each, 0 for the first whole one; below it, or beyond the last, outside."""
        return np.asarray((self.day.astype("datetime64[M]") - self.first).astype(np.int64))

    def named(self, months: int) -> str:
        """The last so many whole months, in words."""
        last = self.first + np.timedelta64(self.months - 1, "M")
        return months_named(last - np.timedelta64(months - 1, "M"), last)

    def most(self, column: str, which: Bools) -> dict[str, int]:
        """What a column says most often, with how often.

        Args:
            column: Such as reason or company; rows where it is empty are left out.
            which: The quotes to look at.
        """
        said = Counter(self.rows.loc[which, column].dropna().tolist())
        return dict(sorted(said.items(), key=lambda one: (-one[1], one[0])))

    def last(self, months: int) -> Bools:
        """Which are in the last so many whole months."""
        return np.asarray((self.month >= self.months - months) & (self.month < self.months))

    def before(self, months: int) -> Bools:
        """Which are in the whole months before those."""
        return np.asarray((self.month >= 0) & (self.month < self.months - months))


@dataclasses.dataclass(frozen=True, slots=True)
class Grouping:
    """What quotes are told apart by.

    Attributes:
        at: The group of each quote.
        keys: Id of each group; None where it has none.
        names: Name of each group, in the order in which they are shown.
    """

    at: Ints
    keys: list[str | None]
    names: list[str]

    @property
    def size(self) -> int:
        """How many groups there are."""
        return len(self.names)

    def count(self, which: Bools) -> Floats:
        """How many of the quotes there are in each group.

        Args:
            which: The quotes to count.
        """
        return np.bincount(self.at[which], minlength=self.size).astype(np.float64)

    def total(self, values: Floats, which: Bools) -> Floats:
        """Values added up in each group, those that are not known left out.

        Args:
            values: One a quote.
            which: The quotes to add up.
        """
        kept = which & ~np.isnan(values)
        added = np.bincount(self.at[kept], weights=values[kept], minlength=self.size)
        return added.astype(np.float64)

    def by_month(self, quoted: Quoted) -> Floats:
        """Quotes of each group in each whole month.

        Args:
            quoted: The quotes.
        """
        inside = (quoted.month >= 0) & (quoted.month < quoted.months)
        cell = self.at[inside] * quoted.months + quoted.month[inside]
        size = self.size * quoted.months
        return np.bincount(cell, minlength=size).astype(np.float64).reshape(self.size, -1)


def grouped(snap: Snapshot, quoted: Quoted, by: str) -> Grouping:
    """Tell quotes apart.

    Args:
        snap: The graph.
        quoted: The quotes.
        by: One of `GROUPINGS`.
    """
    rows = quoted.rows
    if by == "lot":
        return _by_lot(rows)
    if by == "month":
        months = quoted.day.astype("datetime64[M]").astype(str)
        found, at = np.unique(months, return_inverse=True)
        return Grouping(at.astype(np.int64), [*found.tolist()], found.tolist())
    if by == "customer":
        keys, names = rows["company"], snap.names
    elif by == "industry":
        known = snap.companies["industry"].dropna().to_dict()
        keys, names = rows["company"].map(known), _names(snap.frame(Industry))
    else:
        keys, names = rows["process"], _names(snap.frame(Process))
    said = keys.astype(object).fillna("").to_numpy()
    ids = sorted(set(said), key=lambda one: (names.get(one, NOT_STATED), one))
    at = pd.Index(ids, dtype=object).get_indexer(pd.Index(said, dtype=object))
    return Grouping(
        at.astype(np.int64),
        [one or None for one in ids],
        [names.get(one, one) or NOT_STATED for one in ids],
    )


def _by_lot(rows: pd.DataFrame) -> Grouping:
    pieces = rows["quantity"].to_numpy(dtype=np.float64, na_value=np.nan)
    band = np.searchsorted([least for least, _ in _LOTS], np.maximum(pieces, 1.0), side="right") - 1
    band = np.where(np.isnan(pieces), len(_LOTS), band)
    there, at = np.unique(band, return_inverse=True)
    named = [*(name for _, name in _LOTS), NOT_STATED]
    return Grouping(
        at.astype(np.int64), [None] * len(there), [named[one] for one in there.tolist()]
    )


def _names(rows: pd.DataFrame) -> dict[str, str]:
    return dict(zip(rows["id"], rows["name"], strict=True))
