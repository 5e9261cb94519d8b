"""Industries, or customers, side by side: what each orders, and how late it pays, by quarter."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.evidence_cypher import every_invoice, every_order, invoices_of, orders_of
from graphkit.analyses.measures.month_panel import orders_that_count
from graphkit.analyses.payment_table import Billed
from graphkit.analyses.wording import whole
from graphkit.drawing import Chart
from graphkit.findings import Ref, sources_of
from graphkit.reports.charts.quarters import quarter_name, quarters_of
from graphkit.reports.charts.sourced import read_from, rows_of
from graphkit.snapshot import Snapshot, days_of
from graphkit.statistics.censored import median

KIND: Final = "small-multiples"
_QUARTERS: Final = 12
_DRAWN: Final = 12
"""Those with most rows, which are drawn."""
_YEAR: Final = 4
_FEWEST: Final = 3
"""Invoices of a quarter; a median of fewer says nothing."""

Ints = npt.NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True)
class Sides:
    """Who stands side by side.

    Attributes:
        what: Industry, or Customer.
        of: The side of each company, by its id; companies without one are left out.
        names: Name of each side.
        marked: Of which something is told, by id, with what.
        industry: The industry whose customers these are; None for all.
    """

    what: str
    of: Mapping[str, str]
    names: Mapping[str, str]
    marked: Mapping[str, str]
    industry: Ref | None = None

    @property
    def within(self) -> str:
        """The industry in words."""
        return f" of {self.industry.name}" if self.industry else ""

    def told(self, shown: Mapping[str, str]) -> str:
        """What the triangle means."""
        if not set(self.marked) & set(shown):
            return ""
        return " A triangle stands before those of which there is an alert or a watch."


def orders_side_by_side(snap: Snapshot, sides: Sides) -> Chart | None:
    """Orders by quarter, a small picture each.

    Args:
        snap: Needs Order.
        sides: Who stands side by side.

    Returns:
        The chart; None where none of them ordered.
    """
    orders = orders_that_count(snap)
    orders = orders.assign(side=orders["company"].map(dict(sides.of)).astype(object))
    orders = orders[orders["side"].notna().to_numpy(dtype=bool)]
    if orders.empty:
        return None
    at = quarters_of(days_of(orders["ordered_on"]))
    every, names = _drawn(snap, sides, orders, at)

    def figures(those: pd.DataFrame) -> dict[str, Any]:
        return {"value": len(those)}

    return Chart(
        KIND,
        f"Orders by {sides.what.lower()}{sides.within}",
        f"A small picture each {sides.what.lower()}, on its own scale: orders by quarter, the last"
        f" four quarters dark.{sides.told(names)}",
        _table(snap, orders, (at, every, names), figures),
        {"name": sides.what, "quarter": "Quarter", "value": "Orders", "read": "Where it was read"},
        _marks(sides, every, names, "orders"),
        read_from(snap, sources_of(orders)),
        orders_of(sides.industry) if sides.industry else every_order(),
    )


def payments_side_by_side(snap: Snapshot, sides: Sides) -> Chart | None:
    """Median days late by quarter in which invoices fell due, a small picture each.

    Args:
        snap: Needs Invoice with due dates.
        sides: Who stands side by side.

    Returns:
        The chart; None where no invoice of theirs fell due.
    """
    billed = Billed.of(snap)
    late = billed.late
    of_customer = np.array([sides.of.get(one) for one in billed.customers], dtype=object)
    side = of_customer[late.times.customer] if billed.customers else np.array([], dtype=object)
    bills = late.rows.assign(side=side, days=late.times.days, ended=late.times.ended, due=late.due)
    kept = (late.due <= np.datetime64(snap.as_of)) & bills["side"].notna().to_numpy(dtype=bool)
    bills = bills[kept]
    if bills.empty:
        return None
    at = quarters_of(late.due[kept])
    every, names = _drawn(snap, sides, bills, at)

    def figures(those: pd.DataFrame) -> dict[str, Any]:
        usual = np.nan
        if len(those) >= _FEWEST:
            usual = median(those["days"].to_numpy(), those["ended"].to_numpy(dtype=bool)).value
        known = np.isfinite(usual)
        return {"invoices": len(those), "value": whole(float(usual)) if known else np.nan}

    return Chart(
        KIND,
        f"Days late by {sides.what.lower()}{sides.within}",
        f"A small picture each {sides.what.lower()}, on its own scale: how many days after its due"
        " date half of the invoices of a quarter were paid, below zero for early; the last four"
        f" quarters dark. Open ones count as longer.{sides.told(names)}",
        _table(snap, bills, (at, every, names), figures),
        {
            "name": sides.what,
            "quarter": "Due in",
            "invoices": "Invoices",
            "value": "Median days late",
            "read": "Where it was read",
        },
        _marks(sides, every, names, "days late"),
        read_from(snap, sources_of(bills)),
        invoices_of(sides.industry) if sides.industry else every_invoice(),
    )


def _drawn(
    snap: Snapshot, sides: Sides, rows: pd.DataFrame, at: Ints
) -> tuple[range, dict[str, str]]:
    """The last quarters, and the sides with most rows, in the order of their names."""
    last = int(quarters_of(np.array([snap.as_of], dtype="datetime64[D]"))[0])
    every = range(max(int(at.min()), last - _QUARTERS + 1), last + 1)
    counts = rows["side"].value_counts().to_dict()
    most = sorted(counts, key=lambda one: (-counts[one], str(one)))[:_DRAWN]
    ranked = sorted(most, key=lambda one: (sides.names[str(one)].casefold(), str(one)))
    return every, {str(one): sides.names[str(one)] for one in ranked}


def _table(
    snap: Snapshot,
    rows: pd.DataFrame,
    drawn: tuple[Ints, range, Mapping[str, str]],
    figures: Callable[[pd.DataFrame], dict[str, Any]],
) -> pd.DataFrame:
    """One row a side and quarter."""
    at, every, names = drawn
    found = []
    for side, name in names.items():
        own = (rows["side"] == side).to_numpy(dtype=bool)
        for quarter in every:
            those = rows[own & (at == quarter)]
            named = {"side": side, "name": name, "at": quarter, "quarter": quarter_name(quarter)}
            found.append(named | figures(those) | {"read": rows_of(snap, those)})
    return pd.DataFrame(found)


def _marks(sides: Sides, every: range, names: Mapping[str, str], unit: str) -> dict[str, Any]:
    told = tuple(one for one in names if one in sides.marked)
    return {"unit": unit, "told": told, "lately": every[-_YEAR:][0]}
