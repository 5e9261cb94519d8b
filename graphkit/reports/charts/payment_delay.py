"""How late invoices are paid, then and now."""

import dataclasses
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.evidence_cypher import every_invoice, invoices_of
from graphkit.analyses.measures.lateness import Lateness, lateness
from graphkit.analyses.payment_table import SHOP, years_to
from graphkit.analyses.profiling.paying import after_due
from graphkit.analyses.wording import counted
from graphkit.drawing import Chart
from graphkit.findings import Finding, sources_of
from graphkit.reports.charts.sourced import read_from, rows_of
from graphkit.reports.charts.told import told_of
from graphkit.schema import Invoice
from graphkit.snapshot import Snapshot
from graphkit.statistics.censored import median

KIND: Final = "payment-delay"
_LATER: Final = "paying-later"
_BANDS: Final = (
    ("on the day or before", -np.inf, 0.0),
    ("1 to 10 days late", 0.0, 10.0),
    ("11 to 30", 10.0, 30.0),
    ("31 to 60", 30.0, 60.0),
    ("more than 60", 60.0, np.inf),
)
_OPEN: Final = "still open"

Bools = npt.NDArray[np.bool_]


@dataclasses.dataclass(frozen=True, slots=True)
class _Times:
    """Which invoices are of now, which of before, and how these are called."""

    now: Bools
    before: Bools
    names: tuple[str, str]
    usual: tuple[str, str]


def payment_delay(
    snap: Snapshot, company: str = "", findings: Sequence[Finding] = ()
) -> Chart | None:
    """How many days late invoices were paid, in bands, then and now; open ones by themselves.

    Where the customer is found to pay later, now and before are the invoices of that finding; else
    those that fell due in the last twelve months and in the twelve before.

    Args:
        snap: Needs Invoice with due dates, and what tells when each was paid.
        company: Company id; empty for all.
        findings: What was found; the one on this customer's paying later is looked for.

    Returns:
        The chart; None where no invoice of these times fell due.
    """
    known = [company] if company else sorted(set(snap.frame(Invoice)["company"].dropna()))
    late = lateness(snap, known)
    later = told_of(findings, company, {_LATER})
    times = _of_finding(late, later) if later else _of_years(snap, late)
    if not (times.now | times.before).any():
        return None
    table = _table(snap, late, times)
    called = snap.names[company] if company else SHOP
    return Chart(
        KIND,
        later.statement if later else _title(called, times),
        _description(times),
        table,
        {
            "band": "Paid",
            "before": f"Invoices, {times.names[0]}",
            "before_share": "% of them",
            "now": f"Invoices, {times.names[1]}",
            "now_share": "% of them",
            "read": "Where it was read",
        },
        {
            "before": _counted(times.names[0], times.before),
            "now": _counted(times.names[1], times.now),
        },
        read_from(snap, sources_of(late.rows[times.now | times.before])),
        invoices_of(snap.ref(company)) if company else every_invoice(),
    )


def _of_finding(late: Lateness, later: Finding) -> _Times:
    """The invoices that the finding compares."""
    of = [f"{file}:{row}" for file, row in zip(late.rows["file_id"], late.rows["row"], strict=True)]
    by_label = {one.label: one for one in later.evidence}
    then, now = by_label["before late by"], by_label["lately late by"]
    masks = [np.isin(of, list(one.sources)) for one in (now, then)]
    usual = [after_due(float(one.value)) if one.unit else str(one.value) for one in (then, now)]
    return _Times(masks[0], masks[1], ("before", "lately"), (usual[0], usual[1]))


def _of_years(snap: Snapshot, late: Lateness) -> _Times:
    """The years that `graphkit payments --by customer` compares."""
    year, before = years_to(snap.as_of)
    fell_due = late.due <= np.datetime64(snap.as_of)
    masks = [fell_due & (late.due >= first) & (late.due < end) for first, end in (year, before)]
    usual = [_usual(late, mask) for mask in masks[::-1]]
    names = ("the 12 months before", "last 12 months")
    return _Times(masks[0], masks[1], names, (usual[0], usual[1]))


def _usual(late: Lateness, which: Bools) -> str:
    if not which.any():
        return "at no time"
    typical = median(late.times.days[which], late.times.ended[which]).value
    return after_due(typical) if np.isfinite(typical) else "most are still open"


def _table(snap: Snapshot, late: Lateness, times: _Times) -> pd.DataFrame:
    days, paid = late.times.days, late.times.ended
    masks = [(name, paid & (days > low) & (days <= high)) for name, low, high in _BANDS]
    rows: list[dict[str, Any]] = []
    for name, mask in [*masks, (_OPEN, ~paid)]:
        row: dict[str, Any] = {"band": name}
        for when, which in (("before", times.before), ("now", times.now)):
            count, of = int((mask & which).sum()), int(which.sum())
            row |= {when: count, f"{when}_share": round(100 * count / of, 1) if of else np.nan}
        row["read"] = rows_of(snap, late.rows[mask & (times.now | times.before)])
        rows.append(row)
    return pd.DataFrame(rows)


def _counted(name: str, which: Bools) -> str:
    return f"{name}: {counted(int(which.sum()), 'invoice')}"


def _title(called: str, times: _Times) -> str:
    before, now = times.usual
    if not times.before.any():
        return f"{called} pays half of its invoices {now}"
    if not times.now.any():
        return f"{called} paid half of its invoices {before}, and none fell due in 12 months"
    then = "as in the 12 before" if before == now else f"in the 12 before {before}"
    return f"{called} pays half of its invoices {now} in the last 12 months, {then}"


def _description(times: _Times) -> str:
    then, now = (int(one.sum()) for one in (times.before, times.now))
    return (
        f"Bars: the share of invoices by how many days after their due date they were paid; light"
        f" {times.names[0]} ({counted(then, 'invoice')}, half of them {times.usual[0]}), dark"
        f" {times.names[1]} ({counted(now, 'invoice')}, half of them {times.usual[1]}). Only"
        " invoices that fell due count; those still open stand last."
    )
