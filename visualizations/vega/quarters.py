"""Quarters along an axis: numbers in their order, so that each has its own bar."""

from collections.abc import Sequence

import altair as alt

from visualizations.vega.look import SIZE
from visualizations.vega.names import label_of


def quarter_x(quarters: Sequence[int], *, name: str = "at", room: int = 8) -> alt.X:
    """An axis with a place for each quarter, of which as many are named as there is room for.

    Args:
        quarters: Numbers of quarters: year * 4 + quarter - 1.
        name: The column with them.
        room: How many names there is room for.
    """
    every = range(min(quarters), max(quarters) + 1)
    apart = -(-len(every) // room)
    names = {at: f"Q{at % 4 + 1} {at // 4 % 100:02}" for at in every[::-1][::apart]}
    axis = alt.Axis(
        labelExpr=label_of(names),
        title=None,
        ticks=False,
        labelAngle=0,
        labelFontSize=SIZE - 1,
        labelOverlap=False,
    )
    scale = alt.Scale(domain=list(every), paddingInner=0.15, paddingOuter=0.1)
    return alt.X(f"{name}:O", axis=axis, scale=scale)
