"""What order lines are of, quarter by quarter, and how tight they are."""

import altair as alt
import pandas as pd

from graphkit.colors import CHART, SERIES
from graphkit.drawing import Chart
from graphkit.plugins import chart
from visualizations.vega.look import INNER
from visualizations.vega.names import short
from visualizations.vega.quarters import quarter_x
from visualizations.vega.svg import svg, values


@chart("mix-over-quarters")
def draw(chart: Chart) -> str:
    """Stacked shares of each quarter's lines, above the mean tolerance.

    Args:
        chart: Table with at (number of the quarter), a column of per cent for each of the mark
            `series`, and tolerance (mm, empty where none is stated); marks series (name by column,
            the most first).
    """
    table, series = chart.table, chart.marks["series"]
    named = {column: short(name, 30) for column, name in series.items()}
    order = list(dict.fromkeys(named.values()))
    rows = [
        {"at": int(at), "kind": name, "place": place, "share": share}
        for place, (column, name) in enumerate(named.items())
        for at, share in zip(table["at"], table[column], strict=True)
        if share > 0
    ]
    panels = []
    if rows:
        panels.append(_shares(rows, order, table["at"].tolist()))
    stated = table.dropna(subset=["tolerance"])
    if len(stated):
        panels.append(_tolerances(stated, table["at"].tolist()))
    return svg(chart, alt.vconcat(*panels, spacing=16).resolve_scale(color="independent"))


def _shares(rows: list[dict[str, object]], order: list[str], quarters: list[int]) -> alt.Chart:
    bars: alt.Chart = (
        alt.Chart(values(rows))
        .mark_bar(stroke=CHART["card"], strokeWidth=1)
        .encode(
            x=quarter_x(quarters),
            y=alt.Y(
                "share:Q",
                title="% of lines",
                axis=alt.Axis(tickCount=4, format="~r"),
                scale=alt.Scale(domain=[0, 100]),
            ),
            color=alt.Color(
                "kind:N",
                sort=order,
                title=None,
                scale=alt.Scale(domain=order, range=list(SERIES[: len(order)])),
                legend=alt.Legend(orient="bottom", columns=2, offset=4),
            ),
            order="place:Q",
        )
        .properties(width=INNER, height=170)
    )
    return bars


def _tolerances(stated: pd.DataFrame, quarters: list[int]) -> alt.Chart:
    points: alt.Chart = (
        alt.Chart(values(stated[["at", "tolerance"]]))
        .mark_line(point=alt.OverlayMarkDef(size=40, color=CHART["now"]), color=CHART["before"])
        .encode(
            x=quarter_x(quarters),
            y=alt.Y(
                "tolerance:Q",
                title="\u00b1 mm, mean",
                axis=alt.Axis(tickCount=3, format="~r"),
            ),
        )
        .properties(width=INNER, height=80)
    )
    return points
