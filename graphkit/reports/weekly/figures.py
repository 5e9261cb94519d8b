"""The numbers of the week, and how they compare."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.measures.month_panel import lines_that_count, orders_that_count
from graphkit.analyses.measures.quoted import Quoted
from graphkit.analyses.payment_table import Billed
from graphkit.analyses.wording import counted, money
from graphkit.snapshot import Snapshot, amounts, days_of

_YEAR: Final = 365
Days = npt.NDArray[np.datetime64]
Floats = npt.NDArray[np.float64]


@dataclasses.dataclass(frozen=True, slots=True)
class Figure:
    """One number of the week.

    Attributes:
        label: What it is.
        value: It, as a number; money in ten-thousandths.
        shown: It, as it is shown.
        usual: What it is compared with, likewise a number; None where there is nothing.
        beside: How it compares, in words.
        unit: Such as orders or USD.
    """

    label: str
    value: float
    shown: str
    usual: float | None
    beside: str
    unit: str


def week_figures(snap: Snapshot, then: Snapshot | None, since: dt.date) -> tuple[Figure, ...]:
    """Orders, what was billed, what is overdue and the quotes that are out.

    What happens day by day stands beside what so many days of the year before brought as a rule;
    what stands on a day beside what it was then. What no export has is left out.

    Args:
        snap: What is known.
        then: What was known on the day that it is compared with; None when nothing was.
        since: That day.
    """
    return tuple(_figures(snap, then, _Span(since, snap.as_of)))


@dataclasses.dataclass(frozen=True, slots=True)
class _Span:
    """The days after one day up to another."""

    since: dt.date
    until: dt.date

    def sum(self, days: Days, values: Floats) -> tuple[float, float | None, str]:
        """What was added up in it, what so many days of the year before bring, and the words."""
        first = np.datetime64(self.since) + 1
        now = float(values[(days >= first) & (days <= np.datetime64(self.until))].sum())
        year = (days < first) & (days >= first - _YEAR)
        if not year.any() or days.min() > first - _YEAR:
            return now, None, self._named(days, now)
        length = (self.until - self.since).days
        return now, float(values[year].sum()) * length / _YEAR, self._named(days, now)

    def _named(self, days: Days, now: float) -> str:
        if now == 0 and len(days):
            return f"the last of {days.max()}"
        return ""


def _figures(snap: Snapshot, then: Snapshot | None, span: _Span) -> Iterator[Figure]:
    orders = orders_that_count(snap)
    if len(orders):
        days = days_of(orders["ordered_on"])
        yield _flow("Orders", *span.sum(days, np.ones(len(days))), "orders")
        lines = lines_that_count(snap)
        worth = np.nan_to_num(amounts(lines, snap.currency))
        if worth.any():
            ordered = span.sum(days_of(lines["ordered_on"]), worth)
            yield _flow("Ordered", *ordered, snap.currency)
    bills = Billed.of(snap)
    if len(bills.day):
        billed = span.sum(bills.day, np.nan_to_num(bills.amount))
        yield _flow("Billed", *billed, snap.currency)
        before = None if then is None else _overdue(Billed.of(then))
        state = _state("Overdue", _overdue(bills), before, span.since, snap.currency)
        named = filter(None, [_most(bills), state.beside])
        yield dataclasses.replace(state, beside="; ".join(named))
    quoted = Quoted.of(snap)
    if quoted is not None:
        was = Quoted.of(then) if then is not None else None
        out = float((~quoted.decided).sum())
        before = None if was is None else float((~was.decided).sum())
        yield _state("Quotes out", out, before, span.since, "quotes")


def _overdue(billed: Billed) -> float:
    return float(billed.late.overdue(billed.snap.as_of).sum()) if len(billed.day) else 0.0


def _most(billed: Billed) -> str:
    """Who has most overdue: nobody else is worth a call so much, and late payers may be no news."""
    each = billed.late.overdue(billed.snap.as_of)
    if not each.any():
        return ""
    most = int(each.argmax())
    name = billed.snap.names[billed.customers[most]]
    return f"{money(float(each[most]), billed.snap.currency)} of {name}"


def _told(value: float, unit: str) -> str:
    if unit in {"orders", "quotes"}:
        return f"{value:,.0f}"
    return money(value, unit)


def _flow(label: str, value: float, usual: float | None, note: str, unit: str) -> Figure:
    beside = "" if usual is None else f"{_told(usual, unit)} is usual"
    return Figure(
        label, value, _told(value, unit), usual, "; ".join(filter(None, [beside, note])), unit
    )


def _state(label: str, value: float, before: float | None, since: dt.date, unit: str) -> Figure:
    beside = "" if before is None else f"{_told(before, unit)} on {since}"
    return Figure(label, value, _told(value, unit), before, beside, unit)


def period(since: dt.date, until: dt.date) -> str:
    """How long it is since, in words.

    >>> period(dt.date(2026, 6, 23), dt.date(2026, 6, 30))
    '7 days'
    """
    return counted((until - since).days, "day")
