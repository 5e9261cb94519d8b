"""The charts of one customer, by the section of its page that they belong to."""

from collections.abc import Mapping, Sequence

from graphkit.drawing import Chart
from graphkit.findings import Finding
from graphkit.reports.charts.orders_over_time import orders_over_time
from graphkit.snapshot import Snapshot


def customer_charts(
    snap: Snapshot, company: str, findings: Sequence[Finding]
) -> Mapping[str, Sequence[Chart | None]]:
    """Charts by section; None for those that the exports say too little for.

    Args:
        snap: What was known.
        company: Its id.
        findings: What was found.
    """
    return {"top": [orders_over_time(snap, company, findings)]}
