"""Quotes and orders of each customer in any stretch of days: how many, and how much money."""

import dataclasses

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.measures.month_panel import lines_that_count, orders_that_count
from graphkit.schema import Quote
from graphkit.snapshot import Snapshot, amounts, cancelled, days_of

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.datetime64]


@dataclasses.dataclass(frozen=True, slots=True)
class Dealt:
    """What each company did in a stretch of days; entries in the order of the companies.

    Attributes:
        quotes: Quotes asked for.
        quoted: Their money, in ten-thousandths of the workspace's currency.
        orders: Orders placed.
        ordered: Their money.
    """

    quotes: Floats
    quoted: Floats
    orders: Floats
    ordered: Floats


class Deals:
    """Quotes and orders that were not cancelled, ready to be added up.

    Attributes:
        companies: Ids, sorted.

    Args:
        snap: What was known.
    """

    def __init__(self, snap: Snapshot) -> None:
        self.companies = pd.Index(sorted(snap.companies["id"]))
        orders = orders_that_count(snap)
        lines = lines_that_count(snap)
        quotes = snap.frame(Quote)
        quotes = quotes[~cancelled(quotes) & quotes["company"].notna().to_numpy(bool)]
        self._orders = self._placed(orders, "ordered_on")
        self._lines = self._placed(lines, "ordered_on")
        self._quotes = self._placed(quotes, "quoted_on")
        self._amounts = np.nan_to_num(amounts(lines, snap.currency))
        self._offers = np.nan_to_num(amounts(quotes, snap.currency))
        still = (quotes["status"] == "open").to_numpy(bool, na_value=False)
        self._open = np.where(still, 1.0, 0.0)

    def _placed(self, rows: pd.DataFrame, day: str) -> "tuple[npt.NDArray[np.intp], Days]":
        codes = self.companies.get_indexer(pd.Index(rows["company"].to_numpy(object)))
        return codes, days_of(rows[day])

    @property
    def first_day(self) -> np.datetime64 | None:
        """The day of the first order; None without any."""
        days = self._orders[1]
        return days.min() if len(days) else None

    def between(self, since: np.datetime64, until: np.datetime64) -> Dealt:
        """What was asked for and ordered after a day, up to another.

        Args:
            since: The day before the first.
            until: The last day.
        """

        def added(rows: "tuple[npt.NDArray[np.intp], Days]", values: Floats | None) -> Floats:
            codes, days = rows
            inside = (days > since) & (days <= until) & (codes >= 0)
            weights = None if values is None else values[inside]
            found = np.bincount(codes[inside], weights, minlength=len(self.companies))
            return found.astype(np.float64)

        return Dealt(
            quotes=added(self._quotes, None),
            quoted=added(self._quotes, self._offers),
            orders=added(self._orders, None),
            ordered=added(self._lines, self._amounts),
        )

    @property
    def open_quotes(self) -> tuple[Floats, Floats]:
        """How many quotes each company has not decided on, and their money."""
        codes, _ = self._quotes
        known = codes >= 0
        count, money = (
            np.bincount(codes[known], values[known], len(self.companies)).astype(np.float64)
            for values in (self._open, self._open * self._offers)
        )
        return count, money
