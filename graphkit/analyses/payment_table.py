"""What is billed, owed and overdue, and how late it is paid: by customer, industry or in all."""

import dataclasses
import datetime as dt
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.measures.lateness import GRACE, Lateness, lateness
from graphkit.analyses.slowing.paying_later import BASELINE_INVOICES
from graphkit.analyses.wording import NOT_STATED, whole
from graphkit.declaration import MONEY_UNIT
from graphkit.schema import Industry, Invoice
from graphkit.snapshot import Snapshot, amounts, days_of
from graphkit.statistics.censored import median
from graphkit.statistics.proportions import chance_of_next

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Row = dict[str, Any]

BREAKDOWNS: Final = ("customer", "industry", "shop")
LEAST_INVOICES: Final = BASELINE_INVOICES
"""Invoices that fell due in a year, to say how late they are as a rule."""
SHOP: Final = "the whole shop"


@dataclasses.dataclass(frozen=True, slots=True)
class Billed:
    """Every invoice of known customers, and how late each was paid.

    Attributes:
        snap: The graph.
        customers: Company ids, sorted.
        late: Days late of those that say when they were due.
        customer: Whose each invoice is, by position.
        amount: Ten-thousandths of the workspace's currency; below zero for a credit memo, NaN in
            another currency.
        day: Day of each invoice.
    """

    snap: Snapshot
    customers: list[str]
    late: Lateness
    customer: Ints
    amount: Floats
    day: npt.NDArray[np.datetime64]

    @classmethod
    def of(cls, snap: Snapshot) -> "Billed":
        """The invoices up to the day.

        Args:
            snap: Needs Invoice.
        """
        bills = snap.frame(Invoice)
        bills = bills[bills["company"].notna().to_numpy(dtype=bool)]
        who = bills["company"].to_numpy(object)
        customers, at = np.unique(who.astype(str), return_inverse=True)
        names = customers.tolist()
        return cls(
            snap,
            names,
            lateness(snap, names),
            at.astype(np.int64),
            amounts(bills, snap.currency),
            days_of(bills["invoiced_on"]),
        )


def payments_by(billed: Billed, by: str, *, grace: float = GRACE) -> list[Row]:
    """Invoices, what is owed and overdue, and how late it is paid, this year and the year before.

    A year is the twelve months to the day; an invoice belongs to that in which it fell due. The
    median counts open invoices as late so far and counting (Kaplan-Meier), so that who stopped
    paying shows; it is not known while most of them are open.

    Args:
        billed: The invoices.
        by: One of `BREAKDOWNS`.
        grace: Days after the due date that nobody calls late.

    Returns:
        Most overdue first; money in the workspace's currency, days from due to paid. The chance
        that the next invoice is late follows from all that fell due so far.
    """
    group, keys, names = _groups(billed, by)
    size, late, today = len(names), billed.late, np.datetime64(billed.snap.as_of)

    def total(at: Ints, values: Floats) -> Floats:
        return np.bincount(at, weights=values, minlength=size).astype(np.float64)

    year, before = years_to(billed.snap.as_of)
    of_bill, due_of = group[billed.customer], group[late.times.customer]
    known = np.nan_to_num(billed.amount)
    overdue = late.overdue(billed.snap.as_of)
    open_ones = (late.open > 0) & (late.due < today) & (overdue[late.times.customer] > 0)
    oldest = np.zeros(size)
    np.maximum.at(oldest, due_of[open_ones], (today - late.due[open_ones]).astype(np.float64))
    money = {
        "billed": total(of_bill, np.where(_within(billed.day, year), known, 0.0)),
        "before_billed": total(of_bill, np.where(_within(billed.day, before), known, 0.0)),
        "open_balance": total(group, late.balances),
        "overdue": total(group, overdue),
    }
    invoices = np.bincount(of_bill[billed.amount > 0], minlength=size)
    members = np.bincount(group, minlength=size)
    past_grace = late.times.days > grace
    told = past_grace | late.times.ended
    hits, of = (total(due_of, one.astype(np.float64)) for one in (past_grace & told, told))
    next_late = chance_of_next(hits, of, hits.sum() / max(of.sum(), 1.0))
    rows = []
    order = np.argsort(due_of, kind="stable")
    ends = np.searchsorted(due_of[order], np.arange(size + 1))
    for at in range(size):
        its = order[ends[at] : ends[at + 1]]
        now = _how_late(late, its[_within(late.due[its], year)], grace)
        then = _how_late(late, its[_within(late.due[its], before)], grace)
        typical, usual = now["median_days_late"], then["median_days_late"]
        enough = min(now["fell_due"], then["fell_due"]) >= LEAST_INVOICES
        compared = enough and typical is not None and usual is not None
        rows.append(
            {
                by: names[at],
                "id": keys[at] or None,
                "customers": int(members[at]),
                "invoices": int(invoices[at]),
                **{name: round(float(of[at]) / MONEY_UNIT, 2) for name, of in money.items()},
                "currency": billed.snap.currency,
                "oldest_overdue_days": int(oldest[at]) or None,
                "chance_next_late": round(float(next_late[at]), 4),
                **now,
                **{f"before_{name}": value for name, value in then.items()},
                "days_later": typical - usual if compared else None,
                "note": _note(now),
            }
        )
    return sorted(rows, key=lambda row: (-row["overdue"], -row["open_balance"], row[by]))


def _groups(billed: Billed, by: str) -> tuple[Ints, list[str], list[str]]:
    """The group of each customer, and id and name of each group."""
    snap = billed.snap
    if by == "shop":
        return np.zeros(len(billed.customers), dtype=np.int64), [""], [SHOP]
    if by == "customer":
        names = [snap.names[one] for one in billed.customers]
        return np.arange(len(billed.customers)), billed.customers, names
    known = snap.companies["industry"].dropna().to_dict()
    rows = snap.frame(Industry)
    called = dict(zip(rows["id"], rows["name"], strict=True))
    keys, at = np.unique([known.get(one, "") for one in billed.customers], return_inverse=True)
    ids = [str(one) for one in keys]
    return at.astype(np.int64), ids, [called.get(one, one) or NOT_STATED for one in ids]


Span = tuple[np.datetime64, np.datetime64]


def years_to(as_of: dt.date) -> tuple[Span, Span]:
    """The year that ends with a day and the one before: first day, and the day after the last.

    Args:
        as_of: The day.
    """
    end = as_of + dt.timedelta(days=1)

    def ago(years: int) -> np.datetime64:
        first = end.replace(year=end.year - years, day=1)  # there is not always a 29 February
        return np.datetime64(first) + np.timedelta64(end.day - 1, "D")

    return (ago(1), ago(0)), (ago(2), ago(1))


def _within(days: npt.NDArray[np.datetime64], span: Span) -> Bools:
    return np.asarray((days >= span[0]) & (days < span[1]))


def _how_late(late: Lateness, which: Ints, grace: float) -> Row:
    """How late some invoices were paid; None where it cannot be said."""
    days, ended = late.times.days[which], late.times.ended[which]
    beyond = days > grace
    told = beyond | ended  # an open one may still be in time
    row: Row = {
        "fell_due": len(which),
        "share_late": round(float(beyond[told].mean()), 4) if told.any() else None,
    }
    figures: list[float | None] = [None, None, None]
    if len(which):
        found = median(days, ended)
        figures = [
            whole(one) if np.isfinite(one) else None for one in (found.value, found.low, found.high)
        ]
    names = ("median_days_late", "median_low", "median_high")
    return row | dict(zip(names, figures, strict=True))


def _note(now: Row) -> str:
    """What to mind of a row."""
    if now["fell_due"] < LEAST_INVOICES:
        return f"too few: {now['fell_due']} of {LEAST_INVOICES}"
    return "most are open" if now["median_days_late"] is None else ""
