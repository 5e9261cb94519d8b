"""Orders and the mean lot by month, with what was usual and the months that are looked at."""

from typing import Final

import altair as alt

from graphkit.colors import CHART
from graphkit.drawing import Chart
from graphkit.plugins import chart
from visualizations.vega.look import INNER
from visualizations.vega.months import month_x
from visualizations.vega.svg import svg, values

_AGES: Final = ("early", "before", "now")


@chart("orders-over-time")
def draw(chart: Chart) -> str:
    """Bars of orders a month above points of the mean lot; the window has its own ground.

    Args:
        chart: Table with at (number of the month), orders, lot (empty without one) and age (now,
            before or early); marks baseline (usual orders a month), from and to (the months that
            say what is usual, `to` the one after), and since (first month of the window); each
            None where there is none.
    """
    table = chart.table[["at", "orders", "lot", "age"]]
    data = values(table.assign(begin=table["at"] + 0.12, end=table["at"] + 0.88, none=0))
    first, last = int(table["at"].min()), int(table["at"].max())
    upper = alt.layer(
        *_window(chart, last),
        *_bars(data, month_x("begin", first, last, labels=False)),
        *_baseline(chart),
    )
    panels = [upper.properties(width=INNER, height=150)]
    if table["lot"].notna().any():
        dots = values(table.dropna(subset=["lot"]).assign(middle=table["at"] + 0.5))
        lots = _lots(dots, month_x("middle", first, last))
        lower = alt.layer(*_window(chart, last), *lots)
        panels.append(lower.properties(width=INNER, height=80))
    return svg(chart, alt.vconcat(*panels, spacing=12))


def _window(chart: Chart, last: int) -> list[alt.Chart]:
    since = chart.marks["since"]
    if since is None:
        return []
    ground = alt.Chart(values([{"from": since, "to": last + 1}]))
    return [ground.mark_rect(color=CHART["window"]).encode(x="from:Q", x2="to:Q")]


def _bars(data: alt.InlineData, x: alt.X) -> list[alt.Chart]:
    color = alt.Color(
        "age:N",
        scale=alt.Scale(domain=list(_AGES), range=[CHART[one] for one in _AGES]),
        legend=None,
    )
    y = alt.Y("orders:Q", title="orders a month", axis=alt.Axis(tickCount=4, format="~r"))
    bars = alt.Chart(data).mark_rect()
    return [bars.encode(x=x, x2="end:Q", y=y, y2="none:Q", color=color)]


def _baseline(chart: Chart) -> list[alt.Chart]:
    """What was usual: a dashed line, over the months that say so and on to the last."""
    usual = chart.marks["baseline"]
    if usual is None:
        return []
    row = {"from": chart.marks["from"], "to": chart.marks["to"], "usual": usual}
    line = alt.Chart(values([row])).encode(x="from:Q", x2="to:Q", y="usual:Q")
    return [line.mark_rule(color=CHART["mark"], strokeWidth=2, strokeDash=[6, 4])]


def _lots(data: alt.InlineData, x: alt.X) -> list[alt.Chart]:
    y = alt.Y("lot:Q", title="pieces a line", axis=alt.Axis(tickCount=3, format="~s"))
    line = alt.Chart(data).mark_line(
        point=alt.OverlayMarkDef(size=14, color=CHART["now"]),
        color=CHART["before"],
        strokeWidth=1,
    )
    return [line.encode(x=x, y=y)]
