"""Shares of a whole, the largest first, with how far each may be off."""

import altair as alt

from graphkit.colors import CHART
from graphkit.drawing import Chart
from graphkit.plugins import chart
from visualizations.vega.look import SIZE, WIDTH
from visualizations.vega.names import named_y
from visualizations.vega.svg import svg, values


@chart("shares")
def draw(chart: Chart) -> str:
    """A bar each with its number, and a thin line over its interval.

    Args:
        chart: Table with name, share, low and high in per cent; marks unit, drawn (how many of the
            rows) and limit (per cent from which it is told, or None).
    """
    table = chart.table.head(chart.marks["drawn"])
    figures = table[["share", "low", "high"]].astype(float).itertuples(index=False)
    rows = [
        {"at": at, "share": share, "low": low, "high": high, "told": f"{share:.1f}"}
        for at, (share, low, high) in enumerate(figures)
    ]
    base = alt.Chart(values(rows)).encode(y=named_y(table["name"].tolist()))
    x = alt.X("share:Q", title=chart.marks["unit"], axis=alt.Axis(tickCount=5, format="~r"))
    numbers = {"x": "high:Q", "text": "told:N"}
    halo = base.mark_text(align="left", dx=5, fontSize=SIZE, stroke=CHART["card"], strokeWidth=4)
    layers = [
        base.mark_bar(color=CHART["before"]).encode(x=x),
        *_limit(chart.marks["limit"]),
        base.mark_rule(color=CHART["text"], strokeWidth=2).encode(x="low:Q", x2="high:Q"),
        halo.encode(**numbers),
        base.mark_text(align="left", dx=5, fontSize=SIZE).encode(**numbers),
    ]
    return svg(chart, alt.layer(*layers).properties(width=WIDTH - 200, height=26 * len(rows)))


def _limit(limit: float | None) -> list[alt.Chart]:
    if limit is None:
        return []
    line = alt.Chart(values([{"limit": limit}]))
    return [line.mark_rule(color=CHART["mark"], strokeDash=[6, 4]).encode(x="limit:Q")]
