"""Single orders that make a customer's year: many times its usual, and much of what it ordered."""

from typing import Any, Final

import numpy as np
import pandas as pd

from graphkit.analyses.orders import Ordered
from graphkit.declaration import MONEY_UNIT
from graphkit.snapshot import Snapshot, amounts, days_of

LEAST_ORDERS: Final = 6
"""Orders from which one can tell what is usual."""
_TIMES: Final = 5.0
_SHARE: Final = 0.25
_FAR: Final = 3.5
"""Robust standard deviations from the median, in logarithms (Iglewicz and Hoaglin)."""
_SCALE: Final = 1.4826
_YEAR: Final = 365


def giant_orders(
    snap: Snapshot, ordered: Ordered, *, times: float = _TIMES, share: float = _SHARE
) -> list[dict[str, Any]]:
    """Orders that are many times the customer's usual and a notable share of its year.

    Usual is the median of its orders; an order is giant when it is `times` that, lies further from
    it than 3.5 robust standard deviations (of logarithms, by the median absolute deviation, so that
    who always orders now little, now much has no giants), and is at least `share` of the year in
    which it lies. Years are counted back from the day. Such an order makes a year look good and the
    next one look bad.

    Args:
        snap: The graph.
        ordered: What was ordered; customers with fewer than six orders are left out.
        times: How many times the usual.
        share: Of the money of its year.

    Returns:
        One row an order, the latest first; money in the workspace's currency.

    References:
        Iglewicz and Hoaglin (1993), outliers by the median absolute deviation.
    """
    rows = _by_order(snap, ordered)
    if rows.empty:
        return []
    logs = np.log(rows["amount"].to_numpy(dtype=np.float64))
    who = rows["company"].to_numpy(object)
    usual = pd.Series(logs).groupby(who).transform("median").to_numpy(dtype=np.float64)
    away = logs - usual
    scatter = pd.Series(np.abs(away)).groupby(who).transform("median").to_numpy(dtype=np.float64)
    count = pd.Series(logs).groupby(who).transform("size").to_numpy(dtype=np.float64)
    part = (rows["amount"] / rows.groupby(["company", "year"])["amount"].transform("sum")).to_numpy(
        dtype=np.float64
    )
    giant = (count >= LEAST_ORDERS) & (away >= np.log(times)) & (part >= share)
    giant &= away >= _FAR * _SCALE * scatter
    numbers = dict(zip(ordered.orders["id"], ordered.orders["number"], strict=True))
    found = [
        {
            "customer": snap.names[company],
            "id": company,
            "order": numbers[order],
            "ordered_on": day.date(),
            "amount": round(float(amount) / MONEY_UNIT, 2),
            "currency": snap.currency,
            "times_usual": round(float(np.exp(far)), 1),
            "share_of_year": round(float(its), 4),
            "years_ago": int(year),
        }
        for (company, order, day, amount, year), far, its in zip(
            rows.loc[giant, ["company", "order", "day", "amount", "year"]].itertuples(index=False),
            away[giant],
            part[giant],
            strict=True,
        )
    ]
    return sorted(found, key=lambda one: (-one["ordered_on"].toordinal(), one["order"]))


def _by_order(snap: Snapshot, ordered: Ordered) -> pd.DataFrame:
    """Orders with what they are worth, where it is known: company, order, day, amount, year."""
    lines = ordered.lines.assign(worth=amounts(ordered.lines, snap.currency))
    rows = (
        lines.groupby("order")
        .agg(company=("company", "first"), amount=("worth", "sum"), day=("ordered_on", "min"))
        .reset_index()
    )
    rows = rows[(rows["amount"] > 0).to_numpy(dtype=bool)].reset_index(drop=True)
    day = days_of(rows["day"])
    years = (np.datetime64(snap.as_of) - day).astype(np.int64) // _YEAR
    return rows.assign(day=day, year=years)
