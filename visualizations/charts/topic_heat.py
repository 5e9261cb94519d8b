"""What is read and said of each topic, month by month."""

from typing import Final

import altair as alt

from graphkit.colors import CHART, HEAT
from graphkit.drawing import Chart
from graphkit.plugins import chart
from visualizations.vega.look import SIZE, WIDTH
from visualizations.vega.months import month_names
from visualizations.vega.names import named_y
from visualizations.vega.svg import svg, values

_LEFT: Final = 150
_DARK: Final = 0.55


@chart("topic-heat")
def draw(chart: Chart) -> str:
    """A field a topic and month, the darker the more, with its number in it.

    Args:
        chart: Table with topic and a column of counts for each of the mark `months`; marks months
            (number of the month by column).
    """
    months, table = chart.marks["months"], chart.table
    most = max(int(table[list(months)].to_numpy().max()), 1)
    rows = [
        {"at": at, "month": month, "count": int(count), "told": str(int(count)) if count else ""}
        for column, month in months.items()
        for at, count in enumerate(table[column])
    ]
    listed = list(months.values())
    base = alt.Chart(values(rows)).encode(
        x=alt.X("month:O", axis=month_names(listed), scale=alt.Scale(domain=listed)),
        y=named_y(table["topic"].tolist()),
    )
    color = alt.Color("count:Q", scale=alt.Scale(domain=[0, most], range=list(HEAT)), legend=None)
    light = alt.condition(
        f"datum.count > {_DARK * most}", alt.value("#ffffff"), alt.value(CHART["text"])
    )
    numbers = base.mark_text(fontSize=SIZE - 2).encode(text="told:N", color=light)
    layers = [base.mark_rect(stroke=CHART["card"]).encode(color=color), numbers]
    size = {"width": WIDTH - _LEFT, "height": 28 * len(table)}
    return svg(chart, alt.layer(*layers).properties(**size))
