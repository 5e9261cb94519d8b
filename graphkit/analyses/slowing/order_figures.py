"""The orders behind a drop, such that a reader can work out what was to be expected."""

import numpy as np
import numpy.typing as npt

from graphkit.analyses.slowing.shop_trend import ShopTrend
from graphkit.analyses.wording import counted, months_named
from graphkit.findings import Evidence
from graphkit.statistics.rates import Counts
from graphkit.statistics.seasons import YEAR

Ints = npt.NDArray[np.int64]


def window_named(trend: ShopTrend, window: int) -> str:
    """The recent window in words, such as "from July to December 2025".

    Args:
        trend: The shop.
        window: Months.
    """
    months = trend.panel.months
    return months_named(trend.panel.month(months - window), trend.panel.month(months - 1))


def order_figures(
    trend: ShopTrend, counts: Counts, members: Ints, window: int
) -> tuple[Evidence, ...]:
    """Orders in the window, before it, and a year before, with their rows, and what was expected.

    What was expected is the usual orders a month, times the months, times what the calendar of the
    shop and the market brings in these months against those before; each is shown.

    Args:
        trend: The shop.
        counts: Orders in the window and before it, one entry a customer.
        members: Whose orders; positions of customers.
        window: Months in the window, the same for all members.
    """
    panel = trend.panel
    begin = panel.months - window
    months = begin - panel.start[members]
    usual = float((counts.before[members] / np.maximum(months, 1)).sum())
    expected = float(counts.expected[members].sum())
    calendar = expected / max(usual * window, 1e-9)
    then = begin - YEAR
    old = members[panel.start[members] <= then]
    figures = [
        Evidence(
            f"orders {window_named(trend, window)}",
            int(counts.recent[members].sum()),
            "orders",
            _rows(trend, members, begin, panel.months),
        ),
        Evidence(
            f"orders before, in {counted(int(months.max()), 'month')}",
            int(counts.before[members].sum()),
            "orders",
            _rows(trend, members, 0, begin),
        ),
        Evidence("usual orders", round(usual, 2), "a month"),
        Evidence("months in the window", window, "month" if window == 1 else "months"),
        Evidence(
            "calendar of shop and market, these months against those before",
            round(calendar, 3),
            "times",
        ),
        Evidence("orders expected: usual x months x calendar", round(expected, 1), "orders"),
    ]
    if len(old):
        named = months_named(panel.month(then), panel.month(then + window - 1))
        year_ago = int(panel.orders[old, then : then + window].sum())
        rows = _rows(trend, old, then, then + window)
        figures.append(Evidence(f"orders a year before, {named}", year_ago, "orders", rows))
    return tuple(figures)


def _rows(trend: ShopTrend, members: Ints, first: int, end: int) -> tuple[str, ...]:
    """Where the orders of some months were read, customer by customer."""
    found: list[str] = []
    for one in members.tolist():
        since, until = trend.panel.day(first), trend.panel.day(end)
        found += trend.orders.sources(trend.panel.customers[one], since, until)
    return tuple(found)
