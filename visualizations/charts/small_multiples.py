"""The same picture of several, side by side, on one scale or each on its own."""

import json
from typing import Final

import altair as alt
import pandas as pd

from graphkit.colors import CHART
from graphkit.drawing import Chart
from graphkit.plugins import chart
from visualizations.vega.look import SIZE, WIDTH
from visualizations.vega.names import short
from visualizations.vega.quarters import quarter_x
from visualizations.vega.svg import svg

_ACROSS: Final = 2
_MARK: Final = "\u25bc "


@chart("small-multiples")
def draw(chart: Chart) -> str:
    """Bars by quarter, a small picture each; those that are told of are named with a mark.

    Args:
        chart: Table with name, at (number of the quarter) and value (empty where there is none);
            marks unit, told (names that something is told of) and lately (number of the first
            quarter of the last year).
    """
    table, told = chart.table, chart.marks["told"]
    names = list(dict.fromkeys(table["name"]))
    titles = [(_MARK if name in told else "") + short(name) for name in names]
    rows = [
        {
            "at": int(at),
            "title": names.index(name),
            "value": None if pd.isna(value) else float(value),
            "age": "now" if at >= chart.marks["lately"] else "before",
        }
        for name, at, value in zip(table["name"], table["at"], table["value"], strict=True)
    ]
    color = alt.Color(
        "age:N",
        legend=None,
        scale=alt.Scale(domain=["before", "now"], range=[CHART["before"], CHART["now"]]),
    )
    bars = alt.Chart(width=(WIDTH - 110) // _ACROSS, height=70).mark_bar()
    picture = bars.encode(
        x=quarter_x(table["at"].tolist(), room=3),
        y=alt.Y(
            "value:Q", title=None, axis=alt.Axis(tickCount=3, format=",~r", labelFontSize=SIZE - 1)
        ),
        color=color,
    )
    told_of = json.dumps({str(at): title for at, title in enumerate(titles)})
    header = alt.Header(
        title=None,
        labelExpr=f"({told_of})[datum.value]",
        labelAnchor="start",
        labelFontWeight="bold",
        labelPadding=3,
    )
    grid = alt.Facet("title:O", header=header)
    faceted = picture.facet(
        facet=grid, columns=_ACROSS, data=alt.InlineData(values=rows), spacing=14
    )
    return svg(chart, faceted.resolve_scale(y="independent", x="shared"))
