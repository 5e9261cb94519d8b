"""What is ordered month by month, and whether the shop has a season at all."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.measures.month_panel import month_panel
from graphkit.analyses.measures.periods import YEAR, Periods
from graphkit.analyses.orders import Ordered, Row, change, orders_by
from graphkit.analyses.wording import counted, when_enough
from graphkit.snapshot import Snapshot
from graphkit.statistics.seasons import MONTHS_NEEDED, calendar_profile, season_p

_CERTAIN: Final = 0.05
_NAMES: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_KEPT: Final = ("month", "orders", "lines", "pieces", "mean_lot", "amount", "currency", "hours")


@dataclasses.dataclass(frozen=True, slots=True)
class Season:
    """How calendar months differ.

    Attributes:
        index: How busy each is, January first, 1 on average; flat where it cannot be told.
        p: p-value of their differing at all; NaN with fewer than two years.
        told: What to say of it.
    """

    index: npt.NDArray[np.float64]
    p: float
    told: str


def season_of(snap: Snapshot, customer: str = "") -> Season:
    """How busy the shop, or one customer, is in each calendar month, and whether that is chance.

    Args:
        snap: Needs Order.
        customer: Company id; empty for the whole shop.
    """
    panel = month_panel(snap)
    if panel is None:
        return Season(np.ones(YEAR), float("nan"), "No month is whole yet.")
    orders = panel.orders
    if customer:
        orders = orders[[one == customer for one in panel.customers]]
    p = season_p(orders, panel.calendar_month)
    if np.isnan(p):
        when = when_enough(panel.month(panel.months - 1), MONTHS_NEEDED - panel.months)
        told = (
            f"Whether there is a season cannot be told from {counted(panel.months, 'whole month')}:"
            f" {MONTHS_NEEDED} are needed; {when}."
        )
        return Season(np.ones(YEAR), p, told)
    index = calendar_profile(orders, panel.calendar_month)
    return Season(index, p, _told(index, p))


def _told(index: npt.NDArray[np.float64], p: float) -> str:
    if p > _CERTAIN:
        return (
            f"No season is seen: the months of a year differ as they would by chance (p {p:.2f}),"
            " so plan with the average."
        )
    best, worst = int(index.argmax()), int(index.argmin())
    return (
        f"There is a season (p {p:.4f}): {_NAMES[best]} brings {index[best]:.2f} times an average"
        f" month's orders, {_NAMES[worst]} {index[worst]:.2f} times."
    )


def orders_by_month(
    snap: Snapshot, ordered: Ordered, periods: Periods, season: Season, *, since: bool
) -> list[Row]:
    """Every month with what was ordered in it, beside the same month a year before.

    Args:
        snap: The graph.
        ordered: What was ordered.
        periods: Their end tells which months are whole.
        season: How busy each calendar month is.
        since: Only the recent months of the periods and what came after.

    Returns:
        One row a month with an order; changes are None where either month is not whole.
    """
    rows = {row["month"]: row for row in orders_by(snap, ordered, "month", periods)}
    found = []
    for month in sorted(rows):
        when = np.datetime64(month, "M")
        then = rows.get(str(when - np.timedelta64(YEAR, "M")), {})
        if since and when < periods.recent:
            continue
        row, whole = rows[month], bool(periods.first <= when <= periods.last)
        compared = then if whole and when - np.timedelta64(YEAR, "M") >= periods.first else {}
        told = not np.isnan(season.p)
        found.append(
            {name: row[name] for name in _KEPT}
            | {
                f"{name}_change": change(row[name], compared.get(name))
                for name in ("orders", "amount", "hours")
            }
            | {
                "cancelled_orders": row["cancelled_orders"],
                "season": round(float(season.index[int(month[5:]) - 1]), 3) if told else None,
                "whole": whole,
            }
        )
    return found
