"""Months along an axis: numbers, so that no clock or time zone moves them."""

import calendar
from collections.abc import Sequence
from typing import Final

import altair as alt

from visualizations.vega.names import label_of

_FEW: Final = 14
"""Months of which each third has its name; of more only the years have."""
_NAMED: Final = 8
"""Years that have room beside each other."""
_PLACES: Final = 5
"""Months that have room below a field of them."""


def month_x(column: str, first: int, last: int, *, labels: bool = True) -> alt.X:
    """An axis with the years, or with months where there are few.

    Args:
        column: Holds numbers of months: year * 12 + month - 1, a month reaching to the next.
        first: The first month.
        last: The last one.
        labels: Whether the months have names, as they have below the lowest of several pictures.
    """
    if last - first < _FEW:
        names = {at: _month(at) for at in range(first, last + 1, 1 + (last - first) // 5)}
    else:
        years = range(-(-first // 12), last // 12 + 1)
        names = {12 * year: str(year) for year in years[:: 1 + len(years) // _NAMED]}
    axis = alt.Axis(
        values=list(names),
        labelExpr=label_of(names),
        labelAlign="left",
        labels=labels,
        title=None,
        grid=False,
    )
    return alt.X(
        f"{column}:Q",
        axis=axis,
        scale=alt.Scale(domain=[first, last + 1], nice=False, zero=False),
    )


def month_names(months: Sequence[int]) -> alt.Axis:
    """An axis of months that each have a place of their own, some of them named.

    Args:
        months: Their numbers, ascending.
    """
    apart = -(-len(months) // _PLACES)
    names = {at: _month(at) for at in list(months)[::-1][::apart]}
    return alt.Axis(
        labelExpr=label_of(names),
        title=None,
        ticks=False,
        domain=False,
        labelAngle=0,
        labelOverlap=False,
    )


def _month(at: int) -> str:
    return f"{calendar.month_abbr[at % 12 + 1]} {at // 12 % 100:02}"
