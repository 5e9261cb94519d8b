"""The same picture of several, side by side, on one scale or each on its own."""

from typing import Final

import altair as alt
import pandas as pd

from graphkit.colors import CHART
from graphkit.drawing import Chart
from graphkit.plugins import chart
from visualizations.vega.look import SIZE, WIDTH
from visualizations.vega.names import label_of, short
from visualizations.vega.quarters import quarter_x
from visualizations.vega.svg import svg, values

_ACROSS: Final = 2
_MARK: Final = "\u25bc "


@chart("small-multiples")
def draw(chart: Chart) -> str:
    """Bars by quarter, a small picture each; those that are told of are named with a mark.

    Args:
        chart: Table with side (an id), name, at (number of the quarter) and value (empty where
            there is none); marks unit, told (ids that something is told of) and lately (number of
            the first quarter of the last year).
    """
    table, told = chart.table, chart.marks["told"]
    names = dict(zip(table["side"], table["name"], strict=True))
    place = {side: at for at, side in enumerate(names)}
    titles = [(_MARK if side in told else "") + short(name) for side, name in names.items()]
    rows = [
        {
            "at": int(at),
            "title": place[side],
            "value": None if pd.isna(value) else float(value),
            "age": "now" if at >= chart.marks["lately"] else "before",
        }
        for side, at, value in zip(table["side"], table["at"], table["value"], strict=True)
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
    header = alt.Header(
        title=None,
        labelExpr=label_of(titles),
        labelAnchor="start",
        labelFontWeight="bold",
        labelPadding=3,
    )
    grid = alt.Facet("title:O", header=header)
    faceted = picture.facet(facet=grid, columns=_ACROSS, data=values(rows), spacing=14)
    return svg(chart, faceted.resolve_scale(y="independent", x="shared"))
