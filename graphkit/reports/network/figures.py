"""Figures of companies by which a map is filtered."""

from typing import Any, Final

import numpy as np
import pandas as pd

from graphkit.analyses.measures.lateness import GRACE, lateness
from graphkit.analyses.measures.month_panel import orders_that_count
from graphkit.declaration import MONEY_UNIT
from graphkit.drawing import Measure
from graphkit.reports.ordered import YEAR, ordered_last_year
from graphkit.schema import Invoice, Kind
from graphkit.snapshot import Snapshot, days_of

_MONEY: Final = "money"
_LABELS: Final = {
    "ordered": ("Ordered in twelve months", _MONEY),
    "orders": ("Orders in twelve months", "orders"),
    "last_order": ("Last order", ""),
    "paid_late": (f"Invoices of twelve months more than {GRACE:.0f} days late", "%"),
    "open": ("Open balance", _MONEY),
    "overdue": ("Overdue", _MONEY),
}


def figures(snap: Snapshot) -> pd.DataFrame:
    """What each company ordered and owes; a column that would be empty is left out.

    Args:
        snap: What was known.

    Returns:
        Some of the columns of `_LABELS`, in that order; indexed by Company id.
    """
    columns = {**_ordering(snap), **_paying(snap)}
    found = pd.DataFrame(columns, index=snap.companies.index)
    return found.dropna(axis=1, how="all")


def measures(nodes: pd.DataFrame, currency: str) -> tuple[Measure, ...]:
    """What the nodes of a map can be filtered by.

    Args:
        nodes: With some of the columns of `figures`.
        currency: The workspace's.
    """
    return tuple(
        Measure(name, label, currency if unit == _MONEY else unit)
        for name, (label, unit) in _LABELS.items()
        if name in nodes and nodes[name].notna().any()
    )


def _ordering(snap: Snapshot) -> dict[str, "pd.Series[Any]"]:
    orders = orders_that_count(snap)
    since = np.datetime64(snap.as_of) - np.timedelta64(YEAR, "D")
    days = days_of(orders["ordered_on"])
    buyer = orders["company"].astype(object)
    recent = buyer[days > since].value_counts()
    last = pd.Series(days.astype("datetime64[s]"), index=buyer.index).groupby(buyer).max()
    known = pd.Series(ordered_last_year(snap), dtype=float)
    ever = pd.Series(0.0, index=last.index)  # who ordered before and not since has ordered nothing
    return {
        "ordered": known if known.empty else ever.add(known, fill_value=0.0),
        "orders": ever.add(recent, fill_value=0.0),
        "last_order": last.astype(Kind.TIME.dtype).astype(Kind.DATE.dtype).astype(object),
    }


def _paying(snap: Snapshot) -> dict[str, "pd.Series[Any]"]:
    billed = sorted(set(snap.frame(Invoice)["company"].dropna()))
    if not billed:
        return {}
    late = lateness(snap, billed)
    beyond = late.times.days > GRACE
    since = np.datetime64(snap.as_of) - np.timedelta64(YEAR, "D")
    # One that is open and not late yet may still be paid in time.
    told = (beyond | late.times.ended) & (late.due > since)
    count = np.bincount(late.times.customer[told], minlength=len(billed))
    hits = np.bincount(late.times.customer[told & beyond], minlength=len(billed))
    with np.errstate(invalid="ignore"):
        share = 100.0 * hits / count
    index = pd.Index(billed)
    return {
        "paid_late": pd.Series(share.round(1), index=index),
        "open": pd.Series(late.balances / MONEY_UNIT, index=index),
        "overdue": pd.Series(late.overdue(snap.as_of) / MONEY_UNIT, index=index),
    }
