"""Which customers order less than they used to: test, effect and what could have been seen."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.measures.month_panel import MonthPanel
from graphkit.statistics.month_permutation import drop_against_permutations
from graphkit.statistics.rates import (
    Counts,
    Ratio,
    dispersion,
    rate_ratio,
    smallest_visible_drop,
)
from graphkit.statistics.seasons import YEAR, exposure

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

BASELINE_MONTHS: Final = 12
BASELINE_ORDERS: Final = 12
EXPECTED_ORDERS: Final = 4.0


@dataclasses.dataclass(frozen=True, slots=True)
class OrderDrop:
    """One entry a customer, in the order of the panel.

    Attributes:
        p: One-sided p-value of the drop; NaN where there is too little to tell.
        window: Months in the recent window: the one in which the drop is clearest.
        counts: Orders in the window and before it.
        ratio: Recent rate over the rate before, with its 90 % interval.
        spread: Variance of the customer's monthly orders over their mean.
        visible: The smallest drop that would have been seen four times in five; above 1 for none.
        year_ago: Orders that the window held in earlier years, on average; NaN without any.
        exposure: What the calendar brings each customer in each month, 1 on average.
    """

    p: Floats
    window: Ints
    counts: Counts
    ratio: Ratio
    spread: Floats
    visible: Floats
    year_ago: Floats
    exposure: Floats

    @property
    def tested(self) -> Bools:
        """Whom there was enough to tell of."""
        return ~np.isnan(self.p)


def windows_around(window: int) -> range:
    """Lengths of recent window to look through: a month shorter to two months longer."""
    return range(max(window - 1, 1), window + 3)


def order_drop(
    panel: MonthPanel, market: Ints, *, window: int, permutations: int, seed: int
) -> OrderDrop:
    """Compare every customer's recent orders with its own months before.

    Args:
        panel: Customers by months.
        market: Each customer's market, -1 where it is not known.
        window: Usual length of the recent window in months; windows around it are looked through.
        permutations: Of each customer's months.
        seed: Of the permutations.
    """
    past = panel.months - max(windows_around(window))
    flow = exposure(panel.orders, market, panel.calendar_month, past=past)
    found = drop_against_permutations(
        panel.orders,
        flow,
        panel.start,
        windows=windows_around(window),
        least_expected=EXPECTED_ORDERS,
        permutations=permutations,
        seed=seed,
    )
    length = np.where(found.window > 0, found.window, min(window, max(panel.months - 1, 1)))
    counts = counts_in(panel, flow, length)
    usual = counts.before / np.maximum(counts.before_months, 1e-9)
    month = np.arange(panel.months)
    before = (month >= panel.start[:, None]) & (month < (panel.months - length)[:, None])
    spread = dispersion(panel.orders, flow * usual[:, None], before)
    enough = (before.sum(axis=1) >= BASELINE_MONTHS) & (counts.before >= BASELINE_ORDERS)
    return OrderDrop(
        np.where(enough, found.p, np.nan),
        length,
        counts,
        rate_ratio(counts, spread),
        spread,
        smallest_visible_drop(counts, spread),
        in_earlier_years(panel, length),
        flow,
    )


def in_earlier_years(panel: MonthPanel, length: Ints) -> Floats:
    """Orders in the same calendar months of the years before, on average; NaN without any.

    Args:
        panel: Customers by months.
        length: Months in the recent window, per customer.
    """
    month = np.arange(panel.months)
    then, years = np.zeros(len(length)), np.zeros(len(length))
    for back in range(YEAR, panel.months, YEAR):
        first = panel.months - length - back
        whole = first >= panel.start
        same = (month >= first[:, None]) & (month < (first + length)[:, None])
        then += np.where(whole, np.where(same, panel.orders, 0.0).sum(axis=1), 0.0)
        years += whole
    return np.where(years > 0, then / np.maximum(years, 1), np.nan)


def counts_in(panel: MonthPanel, flow: Floats, length: Ints) -> Counts:
    """Orders and calendar-adjusted months in the last `length` months of each customer, and before.

    Args:
        panel: Customers by months.
        flow: What each month brings each customer.
        length: Months in the recent window, per customer.
    """
    month = np.arange(panel.months)
    recent = month >= (panel.months - length)[:, None]
    before = (month >= panel.start[:, None]) & ~recent
    return Counts(
        np.where(recent, panel.orders, 0.0).sum(axis=1),
        np.where(before, panel.orders, 0.0).sum(axis=1),
        np.where(recent, flow, 0.0).sum(axis=1),
        np.where(before, flow, 0.0).sum(axis=1),
    )


def months_until_enough(panel: MonthPanel, drop: OrderDrop, window: int) -> Ints:
    """In how many months there will be enough to tell, at each customer's usual rate; -1 for never.

    Args:
        panel: Customers by months.
        drop: What was found.
        window: Usual length of the recent window.
    """
    seen = panel.months - panel.start
    rate = panel.orders.sum(axis=1) / np.maximum(seen, 1)
    needed = np.maximum(BASELINE_MONTHS, np.ceil(BASELINE_ORDERS / np.maximum(rate, 1e-9))) + window
    wait = np.maximum(needed - seen, 1)
    too_rare = rate * max(windows_around(window)) < EXPECTED_ORDERS
    return np.where(drop.tested, 0, np.where(too_rare, -1, wait)).astype(np.int64)
