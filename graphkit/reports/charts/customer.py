"""The charts of one customer, by the section of its page that they belong to."""

from collections.abc import Mapping, Sequence

from graphkit.drawing import Chart
from graphkit.findings import Finding
from graphkit.reports.charts.mix_over_quarters import mix_over_quarters
from graphkit.reports.charts.orders_over_time import orders_over_time
from graphkit.reports.charts.payment_delay import payment_delay
from graphkit.reports.charts.quotes_by_quarter import quotes_by_quarter
from graphkit.reports.charts.topic_heat import topic_heat
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
    return {
        "top": [orders_over_time(snap, company, findings)],
        "orders": [quotes_by_quarter(snap, company, findings)],
        "pays": [payment_delay(snap, company, findings)],
        "leans": [mix_over_quarters(snap, company, findings)],
        "reads": [topic_heat(snap, [company], whose=snap.names.get(company, company))],
    }
