"""How late invoices are paid, then and now, in bands of days."""

import math
from typing import Final

import altair as alt

from graphkit.colors import CHART
from graphkit.drawing import Chart
from graphkit.plugins import chart
from visualizations.vega.look import INNER, SIZE
from visualizations.vega.svg import svg, values

_WHEN: Final = ("before", "now")


@chart("payment-delay")
def draw(chart: Chart) -> str:
    """Two bars a band: its share of the invoices before, and of those now.

    Args:
        chart: Table with band, and per cent of each time as before_share and now_share (empty where
            there were no invoices); marks before and now say when.
    """
    table = chart.table
    rows = [
        {"band": band, "at": at, "when": chart.marks[when], "share": share, "told": f"{share:.0f}"}
        for at, when in enumerate(_WHEN)
        for band, share in zip(table["band"], table[f"{when}_share"], strict=True)
        if not math.isnan(share)
    ]
    order = [chart.marks[one] for one in _WHEN]
    base = alt.Chart(values(rows)).encode(
        x=alt.X(
            "share:Q",
            title="% of the invoices",
            axis=alt.Axis(tickCount=5, format="~r"),
            scale=alt.Scale(nice=True),
        ),
        y=alt.Y("band:N", sort=table["band"].tolist(), title=None, axis=alt.Axis(ticks=False)),
        yOffset=alt.YOffset("when:N", sort=order),
    )
    color = alt.Color(
        "when:N",
        sort=order,
        title=None,
        scale=alt.Scale(domain=order, range=[CHART[one] for one in _WHEN]),
        legend=alt.Legend(orient="top", direction="vertical", offset=6),
    )
    numbers = base.mark_text(align="left", dx=4, fontSize=SIZE - 1, color=CHART["text"])
    layers = [base.mark_bar().encode(color=color), numbers.encode(text="told:N")]
    height = 38 * len(table)
    return svg(chart, alt.layer(*layers).properties(width=INNER - 60, height=height))
