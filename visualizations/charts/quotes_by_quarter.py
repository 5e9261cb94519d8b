"""Quotes won, lost and open, quarter by quarter."""

from typing import Final

import altair as alt

from graphkit.colors import CHART
from graphkit.drawing import Chart
from graphkit.plugins import chart
from visualizations.vega.look import INNER
from visualizations.vega.quarters import quarter_x
from visualizations.vega.svg import svg, values

_STATES: Final = {"won": "good", "lost": "bad", "open": "open"}


@chart("quotes-by-quarter")
def draw(chart: Chart) -> str:
    """Stacked bars, the quotes that were won at the foot, with their numbers.

    Args:
        chart: Table with at (number of the quarter), won, lost and open.
    """
    table, rows = chart.table, []
    for row in table[["at", *_STATES]].itertuples(index=False):
        foot = 0
        for place, count in enumerate(row[1:]):
            if count:
                state = list(_STATES)[place]
                ends = {"from": foot, "to": foot + int(count), "middle": foot + count / 2}
                rows.append({"at": int(row[0]), "state": state, "told": str(count), **ends})
            foot += int(count)
    most = max(int(table[list(_STATES)].sum(axis=1).max()), 1)
    base = alt.Chart(values(rows)).encode(x=quarter_x(table["at"].tolist()))
    color = alt.Color(
        "state:N",
        sort=list(_STATES),
        title=None,
        scale=alt.Scale(domain=list(_STATES), range=[CHART[one] for one in _STATES.values()]),
        legend=alt.Legend(orient="top", offset=6),
    )
    y = alt.Y("from:Q", title="quotes", axis=alt.Axis(tickCount=min(most, 5), format="~r"))
    bars = base.mark_bar(stroke=CHART["card"], strokeWidth=1).encode(y=y, y2="to:Q", color=color)
    layers = [bars]
    if len(table) <= _FEW:
        numbers = base.mark_text(color=CHART["card"], fontWeight="bold")
        room = numbers.transform_filter(f"(datum.to - datum.from) / {most} > 0.09")
        layers.append(room.encode(y="middle:Q", text="told:N"))
    return svg(chart, alt.layer(*layers).properties(width=INNER, height=180))


_FEW: Final = 14
"""Quarters whose bars have room for a number."""
