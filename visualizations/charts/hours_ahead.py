"""Machine hours so far and to expect, against the capacity that is stated."""

import altair as alt

from graphkit.colors import CHART
from graphkit.drawing import Chart
from graphkit.plugins import chart
from visualizations.vega.look import INNER
from visualizations.vega.months import month_x
from visualizations.vega.svg import svg, values


@chart("hours-ahead")
def draw(chart: Chart) -> str:
    """Bars of what was ordered, then points with their interval, and a line for the capacity.

    Args:
        chart: Table with at (number of the month), hours (empty ahead), p10, p50 and p90 (empty
            before); mark capacity (hours a month, or None).
    """
    table = chart.table[["at", "hours", "p10", "p50", "p90"]]
    table = table.assign(begin=table["at"] + 0.12, end=table["at"] + 0.88, none=0.0)
    table = table.assign(middle=table["at"] + 0.5)
    first, last = int(table["at"].min()), int(table["at"].max())
    ahead = table.dropna(subset=["p50"])
    y = alt.Y("hours:Q", title="machine hours", axis=alt.Axis(tickCount=5, format=",~r"))
    past = alt.Chart(values(table.dropna(subset=["hours"]))).mark_rect(color=CHART["before"])
    layers = [
        _ground(int(ahead["at"].min()) if len(ahead) else last + 1, last),
        past.encode(x=month_x("begin", first, last), x2="end:Q", y=y, y2="none:Q"),
        *_ahead(values(ahead)),
        *_capacity(chart.marks["capacity"], first, last),
    ]
    return svg(chart, alt.layer(*layers).properties(width=INNER, height=190))


def _ground(first: int, last: int) -> alt.Chart:
    ground = alt.Chart(values([{"from": first, "to": last + 1}]))
    marked: alt.Chart = ground.mark_rect(color=CHART["window"]).encode(x="from:Q", x2="to:Q")
    return marked


def _ahead(data: alt.InlineData) -> list[alt.Chart]:
    base = alt.Chart(data)
    spread = base.mark_rule(strokeWidth=5, color=CHART["before"])
    points = base.mark_point(filled=True, size=60, color=CHART["now"], opacity=1)
    return [
        spread.encode(x="middle:Q", y="p10:Q", y2="p90:Q"),
        points.encode(x="middle:Q", y="p50:Q"),
    ]


def _capacity(hours: float | None, first: int, last: int) -> list[alt.Chart]:
    if hours is None:
        return []
    row = {"from": first, "to": last + 1, "capacity": hours}
    line = alt.Chart(values([row]))
    rule = line.mark_rule(color=CHART["mark"], strokeWidth=2, strokeDash=[6, 4])
    return [rule.encode(x="from:Q", x2="to:Q", y="capacity:Q")]
