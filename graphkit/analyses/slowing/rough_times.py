"""Findings about customers who order less and pay later at once."""

import dataclasses
from collections.abc import Iterator
from typing import Final

import numpy as np

from graphkit.analyses.evidence_cypher import orders_and_invoices_of
from graphkit.analyses.payment_figures import days_late, owed
from graphkit.analyses.slowing.call_sheet import CallSheets, call_advice
from graphkit.analyses.slowing.order_figures import order_figures, window_named
from graphkit.analyses.slowing.paying_later import BASELINE_INVOICES, RECENT_INVOICES
from graphkit.analyses.slowing.shop_trend import ShopTrend
from graphkit.analyses.wording import counted, money, month_name, whole
from graphkit.declaration import MONEY_UNIT
from graphkit.findings import Effect, Evidence, Finding, Level, level_of, sources_of
from graphkit.statistics.multiplicity import benjamini_hochberg, peer_weights, stouffer

KIND: Final = "rough-times"
_GATE: Final = 0.2  # neither sign may be weaker than this
_CLEAR: Final = 0.1  # nor weaker than this for an alert


def rough_times(trend: ShopTrend, sheets: CallSheets) -> Iterator[Finding]:
    """Who is probably short of money, and of whom payments cannot tell.

    Args:
        trend: The shop, tested.
        sheets: What to have at hand before calling.
    """
    p = _joint(trend)
    q = benjamini_hochberg(p)
    for customer in range(len(trend.panel.customers)):
        if not np.isnan(p[customer]):
            level = level_of(p[customer], q[customer])
            if level is Level.ALERT and not _both_clear(trend, customer):
                level = Level.WATCH
            if level is not None:
                figures = float(p[customer]), float(q[customer])
                yield _rough(trend, sheets, customer, level, figures)
        elif _slows(trend, customer) and len(trend.late.rows):
            yield _too_little(trend, customer)


def _both_clear(trend: ShopTrend, customer: int) -> bool:
    """Whether neither sign is carried by the other: a joint p-value alone does not tell.

    The delay must also be one: where its interval reaches zero it may be none.
    """
    clear = max(trend.drop.p[customer], trend.paying.p[customer]) <= _CLEAR
    return bool(clear and trend.delay(customer).shift.low > 0)


def _slows(trend: ShopTrend, customer: int) -> bool:
    drop = trend.drop
    return bool(drop.tested[customer] and drop.p[customer] <= _GATE and trend.fell(customer))


def _joint(trend: ShopTrend) -> np.ndarray:
    """Both signs in one p-value; 1 where one of them is missing, NaN where it was not tested."""
    paying = trend.paying
    p = stouffer(trend.drop.p, paying.p)
    p = np.minimum(p / peer_weights(p, [trend.industry]), 1.0)
    for customer in np.flatnonzero(~np.isnan(p)).tolist():
        both = _slows(trend, customer) and paying.p[customer] <= _GATE
        if not both or trend.delay(customer).shift.value < trend.options.least_shift:
            p[customer] = 1.0
    return p


def _rough(
    trend: ShopTrend,
    sheets: CallSheets,
    customer: int,
    level: Level,
    figures: tuple[float, float],
) -> Finding:
    subject, drop = trend.ref(customer), trend.drop
    delay, sheet = trend.delay(customer), sheets.of(customer)
    fall = 1 - float(drop.ratio.value[customer])
    its = trend.late.span(customer)
    lately = trend.paying.is_recent[its]
    recent, before = int(lately.sum()), int((trend.paying.used[its] & ~lately).sum())
    since = month_name(trend.paying.since[customer])
    later, low, high = (whole(one) for one in dataclasses.astuple(delay.shift))
    return Finding(
        kind=KIND,
        level=level,
        subject=subject,
        statement=(
            f"{subject.name} orders {fall:.0%} less"
            f" {window_named(trend, int(drop.window[customer]))} and pays"
            f" {counted(later, 'day')} later than before ({counted(recent, 'invoice')} due since"
            f" {since}, {before} before): signs of rough times."
        ),
        as_of=trend.snap.as_of,
        evidence=_evidence(trend, customer),
        effect=Effect(later, low, high, "days later"),
        p=figures[0],
        q=figures[1],
        n=recent + before,
        test=(
            f"Stouffer combination of fewer orders (p {drop.p[customer]:.4f}) and later payment"
            f" (p {trend.paying.p[customer]:.4f}, weighted log-rank, open invoices censored), both"
            f" at most {_GATE}; Benjamini-Hochberg over customers with orders and invoices"
        ),
        advice=call_advice(sheet, _settle(sheet["overdue"], trend.snap.currency)),
        cypher=orders_and_invoices_of(subject),
        alarming=True,
        value=trend.money_at_stake([customer], 1 - fall) + sheet["open_balance"],
        details={
            **sheet,
            "rate_ratio": [
                float(drop.ratio.value[customer]),
                float(drop.ratio.low[customer]),
                float(drop.ratio.high[customer]),
            ],
            "days_late_before": None if np.isinf(delay.before.value) else delay.before.value,
            "invoices": {"before": before, "recent": recent},
        },
    )


def _evidence(trend: ShopTrend, customer: int) -> tuple[Evidence, ...]:
    """Orders, days late and what is owed, with their rows."""
    drop, late, paying = trend.drop, trend.late, trend.paying
    its = late.span(customer)
    rows, lately = late.rows.iloc[its], paying.is_recent[its]
    before, recent = sources_of(rows[paying.used[its] & ~lately]), sources_of(rows[lately])
    delay = trend.delay(customer)
    return (
        *order_figures(trend, drop.counts, np.array([customer]), int(drop.window[customer])),
        Evidence("pays later by", whole(delay.shift.value), "days", recent),
        days_late("usually late by", delay.before.value, before),
        days_late("lately late by", delay.recent.value, recent),
        *owed(late, customer, trend.snap.as_of, trend.snap.currency),
    )


def _settle(overdue: int, currency: str) -> str:
    """Talk before the next shipment, and do not let more run up."""
    if whole(overdue / MONEY_UNIT) < 1:
        return "With accounting, ask for a deposit on the next order."
    return (
        f"With accounting, agree on how the {money(overdue, currency)} overdue are paid and ask"
        " for a deposit on the next order."
    )


def _too_little(trend: ShopTrend, customer: int) -> Finding:
    subject, paying = trend.ref(customer), trend.paying
    recent, before = int(paying.recent[customer]), int(paying.before[customer])
    rows = trend.late.rows.iloc[trend.late.span(customer)]
    return Finding(
        kind=KIND,
        level=Level.CANNOT_TELL,
        subject=subject,
        statement=(
            f"{subject.name} orders less; whether it pays later cannot be told from"
            f" {counted(recent, 'invoice')} due recently and {before} before."
        ),
        as_of=trend.snap.as_of,
        evidence=(Evidence("invoices", recent + before, "invoices", sources_of(rows)),),
        n=recent + before,
        test=f"needs {BASELINE_INVOICES} invoices due before and {RECENT_INVOICES} recently",
        cypher=orders_and_invoices_of(subject),
    )
