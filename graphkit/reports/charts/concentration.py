"""On whom revenue hangs: the share of each customer, end customer and industry."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from graphkit.analyses.concentration import reaching
from graphkit.analyses.evidence_cypher import every_line
from graphkit.analyses.measures.company_rows import line_rows
from graphkit.analyses.measures.exposure import Exposure, Exposures, exposures
from graphkit.analyses.wording import months_named
from graphkit.declaration import MONEY_UNIT
from graphkit.drawing import Chart
from graphkit.reports.charts.sourced import cell_of, read_from
from graphkit.snapshot import Snapshot

KIND: Final = "shares"
_DRAWN: Final = 12
_LEAST: Final = 0.005
"""A smaller share is not listed."""


def concentration_charts(snap: Snapshot, *, share: float = 15.0) -> list[Chart]:
    """One chart of companies and one of industries, as `graphkit concentration` has their figures.

    Args:
        snap: Needs Order and OrderLine with amounts; Supplies for end customers.
        share: Per cent from which it is told as a finding.

    Returns:
        The charts; none where nothing was ordered in a year.
    """
    found = exposures(snap)
    if found is None:
        return []
    places = (
        ("customer or end customer", found.of_companies()),
        ("industry", found.of_industries()),
    )
    return [_chart(snap, found, share, (what, those)) for what, those in places if those]


def _chart(
    snap: Snapshot, found: Exposures, limit: float, places: tuple[str, Sequence[Exposure]]
) -> Chart:
    panel, (what, those) = found.panel, places
    when = months_named(panel.month(panel.months - found.months), panel.month(panel.months - 1))
    since = panel.day(panel.months - found.months)
    rows = line_rows(snap)

    def read(one: Exposure) -> tuple[str, ...]:
        span = (since, panel.day(panel.months))
        return tuple(row for each in one.reached for row in rows.sources(each.company, *span))

    listed = [one for one in those if one.share.value >= _LEAST]
    table = pd.DataFrame(
        {
            "name": [one.subject.name for one in listed],
            "customers": [len(one.reached) for one in listed],
            "revenue": [round(one.ordered.value / MONEY_UNIT) for one in listed],
            "share": [round(100 * one.share.value, 2) for one in listed],
            "low": [round(100 * one.share.low, 2) for one in listed],
            "high": [round(100 * one.share.high, 2) for one in listed],
            "read": [cell_of(snap, read(one)) for one in listed],
        }
    )
    first = listed[0] if listed else those[0]
    return Chart(
        KIND,
        f"{first.subject.name} is the {what} on which most hangs: {first.share.value:.0%} of"
        " revenue",
        f"Bars: which share of what was ordered {when} hangs on whom: what is ordered there, and"
        " by those who are stated to supply there; so shares overlap. The thin line is how far the"
        " links between companies leave it open. Dashed: from here it is told as a finding.",
        table,
        {
            "name": what.capitalize(),
            "customers": "Customers reached",
            "revenue": f"Revenue, {snap.currency}",
            "share": "Share, %",
            "low": "At least, %",
            "high": "At most, %",
            "read": "Where it was read",
        },
        {"unit": "% of revenue", "drawn": _DRAWN, "limit": limit},
        read_from(snap, [row for one in listed for row in read(one)]),
        reaching(first.subject, str(since)) if len(listed) == 1 else every_line(),
    )
