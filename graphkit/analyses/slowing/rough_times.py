"""Findings about customers who order less and pay later at once."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from graphkit.analyses.slowing.call_sheet import CallSheets
from graphkit.analyses.slowing.paying_later import BASELINE_INVOICES, RECENT_INVOICES
from graphkit.analyses.slowing.shop_trend import ShopTrend, level_of, quoted
from graphkit.findings import Effect, Evidence, Finding, Level, sources_of
from graphkit.statistics.multiplicity import benjamini_hochberg, peer_weights, stouffer

KIND: Final = "rough-times"
_GATE: Final = 0.2  # neither sign may be weaker than this
_CLEAR: Final = 0.1  # nor weaker than this for an alert

CYPHER: Final = """\
MATCH (c:Company {id: $id})-[:BILLED]->(i:Invoice)
OPTIONAL MATCH (i)-[s:SETTLED_BY]->(:Payment)
WITH i, max(s.on) AS paid_on
RETURN i.number AS invoice, i.due_on AS due_on, coalesce(i.paid_on, paid_on) AS paid_on
ORDER BY due_on"""


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
    """Whether neither sign is carried by the other: a joint p-value alone does not tell."""
    return bool(max(trend.drop.p[customer], trend.paying.p[customer]) <= _CLEAR)


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
    owed = sheet["open_balance"]
    rows = trend.late.rows.iloc[trend.late.span(customer)]
    lately = trend.paying.is_recent[trend.late.span(customer)]
    used = trend.paying.used[trend.late.span(customer)]
    recent, before = rows[lately], rows[used & ~lately]
    orders = trend.orders.sources(subject.id, trend.recent_since(customer), trend.recent_until)
    return Finding(
        kind=KIND,
        level=level,
        subject=subject,
        statement=(
            f"{subject.name} orders {fall:.0%} less and pays {delay.shift.value:.0f} days later"
            f" than before: signs of rough times."
        ),
        as_of=trend.snap.as_of,
        evidence=(
            Evidence("orders recently", int(drop.counts.recent[customer]), "orders", orders),
            Evidence("orders expected", round(float(drop.counts.expected[customer]), 1), "orders"),
            Evidence("pays later by", delay.shift.value, "days", sources_of(recent)),
            Evidence("usually late by", delay.before.value, "days", sources_of(before)),
            Evidence("open balance", owed, "ten-thousandths"),
        ),
        effect=Effect(delay.shift.value, delay.shift.low, delay.shift.high, "days later"),
        p=figures[0],
        q=figures[1],
        n=len(recent) + len(before),
        test=(
            f"Stouffer combination of fewer orders (p {drop.p[customer]:.4f}) and later payment"
            f" (p {trend.paying.p[customer]:.4f}, weighted log-rank, open invoices censored), both"
            f" at most {_GATE}; Benjamini-Hochberg over customers with orders and invoices"
        ),
        advice=_advice(sheet["owner"], owed=owed),
        cypher=CYPHER.replace("$id", quoted(subject.id)),
        value=trend.money_at_stake(customer) + owed,
        details={
            **sheet,
            "rate_ratio": [
                float(drop.ratio.value[customer]),
                float(drop.ratio.low[customer]),
                float(drop.ratio.high[customer]),
            ],
            "days_late_before": delay.before.value,
            "invoices": {"before": len(before), "recent": len(recent)},
        },
    )


def _advice(owner: str, *, owed: int) -> str:
    """Talk before the next shipment, and do not let more run up."""
    who = owner or "The account's owner"
    limit = "agree on how the open balance is paid and " if owed else ""
    return f"{who} and accounting call this week, {limit}ask for a deposit on the next order."


def _too_little(trend: ShopTrend, customer: int) -> Finding:
    subject, paying = trend.ref(customer), trend.paying
    recent, before = int(paying.recent[customer]), int(paying.before[customer])
    rows = trend.late.rows.iloc[trend.late.span(customer)]
    return Finding(
        kind=KIND,
        level=Level.CANNOT_TELL,
        subject=subject,
        statement=(
            f"{subject.name} orders less; whether it pays later cannot be told from {recent}"
            f" invoices due recently and {before} before."
        ),
        as_of=trend.snap.as_of,
        evidence=(Evidence("invoices", recent + before, "invoices", sources_of(rows)),),
        n=recent + before,
        test=f"needs {BASELINE_INVOICES} invoices due before and {RECENT_INVOICES} recently",
        cypher=CYPHER.replace("$id", quoted(subject.id)),
    )
