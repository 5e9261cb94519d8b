"""Orders and lots month by month, of a customer or of the whole shop."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from graphkit.analyses.evidence_cypher import every_order, orders_of
from graphkit.analyses.measures.periods import YEAR, Periods
from graphkit.analyses.order_months import orders_by_month, season_of
from graphkit.analyses.orders import Ordered, compared
from graphkit.analyses.wording import month_name, months_named
from graphkit.drawing import Chart
from graphkit.findings import Finding, sources_of
from graphkit.reports.charts.sourced import read_from, rows_of
from graphkit.reports.charts.told import told_of
from graphkit.snapshot import Snapshot, days_of

KIND: Final = "orders-over-time"
_MONTHS: Final = 60
"""Of more the last ones are drawn."""


def orders_over_time(
    snap: Snapshot, company: str = "", findings: Sequence[Finding] = ()
) -> Chart | None:
    """Orders and the mean lot by whole month, as `graphkit orders --by month` has them.

    Where the customer is found to slow down, its window is marked and its usual orders a month are
    the baseline; else the last twelve months stand beside the mean of those before.

    Args:
        snap: Needs Order; OrderLine for lots.
        company: Company id; empty for all.
        findings: What was found; the one on this customer's slowing down is looked for.

    Returns:
        The chart; None where there is no order in a whole month.
    """
    ordered = Ordered.of(snap, company)
    if ordered.orders.empty:
        return None
    periods = compared(snap)
    rows = orders_by_month(snap, ordered, periods, season_of(snap, company), since=False)
    known = {row["month"]: row for row in rows if row["whole"]}
    if not known:
        return None
    table = _table(snap, ordered, periods, known)
    slowing = told_of(findings, company, {"slowing-customer"})
    marks = _of_finding(slowing, table) if slowing else _of_years(table)
    title = slowing.statement if slowing else _title(snap, company, table)
    subject = snap.ref(company) if company else None
    return Chart(
        KIND,
        title,
        _description(table, marks),
        table,
        {
            "month": "Month",
            "orders": "Orders",
            "lines": "Lines",
            "lot": "Mean lot, pieces a line",
            "read": "Where it was read",
        },
        marks,
        read_from(snap, sources_of(ordered.orders)),
        orders_of(subject) if subject else every_order(),
    )


def _table(
    snap: Snapshot, ordered: Ordered, periods: Periods, known: dict[str, dict[str, Any]]
) -> pd.DataFrame:
    """One row a whole month since the first order, those without an order too."""
    begin = np.datetime64(min(known), "M")
    months = np.arange(begin, periods.last + 1)[-_MONTHS:]
    placed = days_of(ordered.orders["ordered_on"]).astype("datetime64[M]")
    ages = ["early"] * len(months)
    ages[-2 * YEAR :] = ["before"] * len(ages[-2 * YEAR :])
    ages[-YEAR:] = ["now"] * len(ages[-YEAR:])
    found = [known.get(str(month), {}) for month in months]
    return pd.DataFrame(
        {
            "at": (months.astype(int) + 1970 * 12).tolist(),
            "month": [month_name(month) for month in months],
            "orders": [row.get("orders", 0) for row in found],
            "lines": [row.get("lines", 0) for row in found],
            "lot": pd.Series([row.get("mean_lot") for row in found], dtype="float64"),
            "age": ages,
            "read": [rows_of(snap, ordered.orders[placed == month]) for month in months],
        }
    )


def _of_finding(slowing: Finding, table: pd.DataFrame) -> dict[str, Any]:
    usual = next(one.value for one in slowing.evidence if one.label == "usual orders")
    end = int(table["at"].max()) + 1
    since = end - int(slowing.details["window_months"])
    return {"baseline": float(usual), "from": int(table["at"].min()), "to": since, "since": since}


def _of_years(table: pd.DataFrame) -> dict[str, Any]:
    """The mean of the twelve months before the last twelve; nothing where they are not whole."""
    before = table[table["age"] == "before"]
    if len(before) < YEAR:
        return {"baseline": None, "from": None, "to": None, "since": None}
    first = int(before["at"].min())
    usual = round(float(before["orders"].mean()), 2)
    return {"baseline": usual, "from": first, "to": first + YEAR, "since": None}


def _title(snap: Snapshot, company: str, table: pd.DataFrame) -> str:
    whose = f" of {snap.names[company]}" if company else ""
    now, before = (int(table.loc[table["age"] == age, "orders"].sum()) for age in ("now", "before"))
    if (table["age"] == "before").sum() < YEAR:
        return f"Orders{whose} by month: {table['orders'].sum():,} in all"
    return f"Orders{whose}: {now:,} in the last 12 months, {before:,} in the 12 before"


def _description(table: pd.DataFrame, marks: dict[str, Any]) -> str:
    first, last = table["month"].iloc[0], table["month"].iloc[-1]
    most = int(table["orders"].to_numpy().argmax())
    bars = (
        f"Bars: orders a month from {first} to {last}, {table['orders'].iloc[most]:,} at the most,"
        f" in {table['month'].iloc[most]}; the last 12 months are dark, the 12 before light, those"
        " before grey."
    )
    said = [bars]
    if marks["baseline"] is not None:
        said.append(f"Dashed: {marks['baseline']:,.2f} orders a month were usual before.")
    if marks["since"] is not None:
        window = months_named(*(_month(at) for at in (marks["since"], int(table["at"].max()))))
        said.append(f"Shaded: the months looked at, {window}.")
    if table["lot"].notna().any():
        lots = table["lot"].dropna()
        said.append(
            f"Points below: the mean lot, from {lots.min():,.1f} to {lots.max():,.1f} pieces."
        )
    return " ".join(said)


def _month(at: int) -> np.datetime64:
    return np.datetime64(at - 1970 * 12, "M")
