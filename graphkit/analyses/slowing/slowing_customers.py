"""Findings about customers who order less than they used to."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from graphkit.analyses.evidence_cypher import orders_of
from graphkit.analyses.slowing.call_sheet import CallSheets, call_advice
from graphkit.analyses.slowing.order_drop import (
    BASELINE_MONTHS,
    BASELINE_ORDERS,
    EXPECTED_ORDERS,
    months_until_enough,
    windows_around,
)
from graphkit.analyses.slowing.order_figures import order_figures, window_named
from graphkit.analyses.slowing.shop_trend import ShopTrend
from graphkit.analyses.wording import counted, when_enough
from graphkit.findings import Effect, Evidence, Finding, Level, level_of
from graphkit.statistics.multiplicity import benjamini_hochberg

KIND: Final = "slowing-customer"
_MOVED: Final = 0.85  # a group that keeps this share of its orders has moved them


def slowing_customers(trend: ShopTrend, sheets: CallSheets) -> Iterator[Finding]:
    """Who orders less, and of whom it cannot be told.

    Args:
        trend: The shop, tested.
        sheets: What to have at hand before calling.
    """
    drop = trend.drop
    p = np.minimum(drop.p / trend.weights, 1.0)
    q = benjamini_hochberg(p)
    wait = months_until_enough(trend.panel, drop, trend.options.window)
    for customer in range(len(trend.panel.customers)):
        if not drop.tested[customer]:
            yield _too_little(trend, customer, int(wait[customer]))
        elif trend.fell(customer):
            level = level_of(p[customer], q[customer])
            if level is not None:
                figures = float(p[customer]), float(q[customer])
                yield _slowing(trend, sheets, customer, level, figures)


def _slowing(
    trend: ShopTrend,
    sheets: CallSheets,
    customer: int,
    level: Level,
    figures: tuple[float, float],
) -> Finding:
    drop, subject = trend.drop, trend.ref(customer)
    window = int(drop.window[customer])
    sheet = sheets.of(customer)
    details: dict[str, Any] = {
        **sheet,
        "window_months": window,
        "weight": round(float(trend.weights[customer]), 2),
        "p_alone": float(drop.p[customer]),
    }
    moved = _moved_to(trend, customer)
    ratio = float(drop.ratio.value[customer])
    statement = (
        f"{subject.name} {_fall(float(drop.counts.recent[customer]), ratio)}"
        f" {window_named(trend, window)} where {drop.counts.expected[customer]:.1f} were to be"
        " expected"
    )
    if moved:
        level, details["moved_to"] = Level.WATCH, moved
        statement += f"; but {moved} of the same group grew, so it may have moved"
    return Finding(
        kind=KIND,
        level=level,
        subject=subject,
        statement=f"{statement}.",
        as_of=trend.snap.as_of,
        evidence=_evidence(trend, customer),
        effect=Effect(
            ratio,
            float(drop.ratio.low[customer]),
            float(drop.ratio.high[customer]),
            "recent rate / rate before",
        ),
        p=figures[0],
        q=figures[1],
        n=int(drop.counts.before[customer] + drop.counts.recent[customer]),
        test=_test(trend, customer),
        advice=call_advice(sheet),
        cypher=orders_of(subject),
        alarming=True,
        value=trend.money_at_stake([customer], ratio),
        details=details,
    )


def _fall(recent: float, ratio: float) -> str:
    if recent == 0:
        return "has stopped ordering: no order"
    return f"orders {1 - ratio:.0%} less: {counted(recent, 'order')}"


def _test(trend: ShopTrend, customer: int) -> str:
    windows = windows_around(trend.options.window)
    return (
        f"{trend.options.permutations:,} permutations of its own months, deseasonalised by the"
        f" shop's and its market's calendar, one-sided, the clearest of windows of"
        f" {min(windows)} to {max(windows)} months; p {trend.drop.p[customer]:.4f} divided by"
        f" {trend.weights[customer]:.2f} for how others of its market and payment fare (1 on"
        f" average); Benjamini-Hochberg over {int(trend.drop.tested.sum())} customers"
    )


def _evidence(trend: ShopTrend, customer: int) -> tuple[Evidence, ...]:
    """Orders in the window and before it, with their rows, and how bursty they are."""
    drop = trend.drop
    window = int(drop.window[customer])
    return (
        *order_figures(trend, drop.counts, np.array([customer]), window),
        Evidence("burstiness", round(float(drop.spread[customer]), 2), "variance / mean"),
    )


def _moved_to(trend: ShopTrend, customer: int) -> str:
    """A company of the same group that grew by what this one lost; empty when there is none."""
    same = np.flatnonzero(trend.group == trend.group[customer])
    others = same[same != customer]
    if not len(others):
        return ""
    counts = trend.drop.counts
    kept = counts.recent[same].sum() / max(float(counts.expected[same].sum()), 1e-9)
    growth = counts.recent[others] - counts.expected[others]
    if kept < _MOVED or growth.max() <= 0:
        return ""
    return trend.ref(int(others[growth.argmax()])).name


def _too_little(trend: ShopTrend, customer: int, wait: int) -> Finding:
    """Of whom it cannot be told, why, and when it can."""
    subject, panel, drop = trend.ref(customer), trend.panel, trend.drop
    orders = int(panel.orders[customer].sum())
    months = int(panel.months - panel.start[customer])
    visible = float(drop.visible[customer])
    limit = (
        f"a drop of less than {visible:.0%} would not be seen"
        if visible <= 1
        else "not even a complete stop would be seen"
    )
    when = when_enough(panel.month(panel.months - 1), wait)
    rows = trend.orders.sources(subject.id)
    return Finding(
        kind=KIND,
        level=Level.CANNOT_TELL,
        subject=subject,
        statement=(
            f"Whether {subject.name} slows down cannot be told from {counted(orders, 'order')} in"
            f" {counted(months, 'month')}: {limit}; {when}."
        ),
        as_of=trend.snap.as_of,
        evidence=(Evidence("orders", orders, "orders", rows),),
        n=orders,
        test=(
            f"needs {BASELINE_MONTHS} months and {BASELINE_ORDERS} orders before the recent window"
            f" and {EXPECTED_ORDERS:.0f} to be expected in it"
        ),
        cypher=orders_of(subject),
        details={"smallest_visible_drop": min(visible, 1.01), "months_until_enough": wait},
    )
