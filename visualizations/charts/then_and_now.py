"""One figure of several, before and now: two points on a line each."""

import altair as alt

from graphkit.colors import CHART
from graphkit.drawing import Chart
from graphkit.plugins import chart
from visualizations.vega.look import WIDTH
from visualizations.vega.names import named_y
from visualizations.vega.svg import svg, values


@chart("then-and-now")
def draw(chart: Chart) -> str:
    """A hollow point for before and a full one for now, joined.

    Args:
        chart: Table with name, before and now; mark unit.
    """
    table = chart.table
    rows = [
        {"at": at, "before": float(before), "now": float(now)}
        for at, (before, now) in enumerate(zip(table["before"], table["now"], strict=True))
    ]
    x = alt.X(
        "before:Q",
        title=chart.marks["unit"],
        axis=alt.Axis(tickCount=5, format=",~r"),
        scale=alt.Scale(zero=True),
    )
    base = alt.Chart(values(rows)).encode(y=named_y(table["name"].tolist()))
    points = base.mark_point(size=70, strokeWidth=2, opacity=1)
    layers = [
        base.mark_rule(color=CHART["line"], strokeWidth=3).encode(x=x, x2="now:Q"),
        points.encode(x="before:Q", stroke=alt.value(CHART["open"]), fill=alt.value("white")),
        points.encode(x="now:Q", stroke=alt.value(CHART["now"]), fill=alt.value(CHART["now"])),
    ]
    return svg(chart, alt.layer(*layers).properties(width=WIDTH - 190, height=30 * len(rows)))
