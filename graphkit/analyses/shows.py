"""What each trade show brought: who was met there, and what they did after it beside others."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.measures.deals import Deals
from graphkit.analyses.measures.editions import Edition, editions
from graphkit.analyses.wording import counted, money
from graphkit.findings import Ref, level_of
from graphkit.snapshot import Snapshot
from graphkit.statistics.censored import Estimate
from graphkit.statistics.matched import mean_difference, nearest
from graphkit.statistics.multiplicity import benjamini_hochberg

LEAST_CUSTOMERS: Final = 5
LEAST_DAYS: Final = 90
"""That must be known before the show and after it."""
YEAR: Final = 365
_MATCHES: Final = 3
"""Customers who were not there, for each who was."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True)
class Each:
    """What the customers of one side did on average after a show; money in ten-thousandths.

    Attributes:
        customers: How many they are.
        quotes: Quotes asked for.
        quoted: Their money.
        orders: Orders.
        ordered: Their money.
        before: What they had ordered in as many days before.
    """

    customers: int
    quotes: float
    quoted: float
    orders: float
    ordered: float
    before: float


@dataclasses.dataclass(frozen=True, slots=True)
class Compared:
    """Customers who were at a show beside matched ones who are not known to have been there.

    Attributes:
        there: Those who were.
        matched: Those who were not.
        more: How much more each customer there ordered in the days after than if its orders had
            gone the way of its matched ones, in ten-thousandths, with its 90 % interval.
        p: Chance of a difference as large if it did not matter who was there.
        q: The same, corrected over all shows.
    """

    there: Each
    matched: Each
    more: Estimate
    p: float
    q: float


@dataclasses.dataclass(frozen=True, slots=True)
class Brought:
    """What one edition of a show brought.

    Attributes:
        edition: Which, and who was there.
        customers: Companies there that buy from us.
        prospects: Companies there that do not.
        contacts: People there.
        days: Days after it that are known, at most a year.
        quotes: Quotes that the companies there asked for in these days.
        quoted: Their money, in ten-thousandths.
        orders: Orders that they placed.
        ordered: Their money.
        compared: Beside others; None where that cannot be told.
        told: In words what the comparison says, or why there is none and what would be enough.
    """

    edition: Edition
    customers: tuple[Ref, ...]
    prospects: tuple[Ref, ...]
    contacts: tuple[Ref, ...]
    days: int
    quotes: int
    quoted: float
    orders: int
    ordered: float
    compared: Compared | None
    told: str


def what_shows_brought(
    snap: Snapshot, *, least_customers: int = LEAST_CUSTOMERS, draws: int = 1999, seed: int = 1
) -> list[Brought]:
    """What each edition of a show brought, the latest first.

    Every customer there that had ordered in the year before is set beside up to three others who
    had ordered about as much in that year, of its own industry where they are near enough: who is
    of another counts as far off as who orders e times as much. What it ordered in the year after is
    compared with what it would have, had its orders gone the way of theirs. Who goes to shows may
    grow for other reasons: it is an association, and no proof that the show did it.

    Args:
        snap: Needs Attended and Order.
        least_customers: With fewer there who ordered before it cannot be told.
        draws: For the p-value.
        seed: Of the draws.
    """
    deals = Deals(snap)
    there = [edition for edition in editions(snap) if not edition.coming]
    sides = [_Sides.of(snap, deals, one, least_customers) for one in there]
    found = [one.difference(draws, seed) if not one.why else None for one in sides]
    q = benjamini_hochberg(np.array([one[1] if one else np.nan for one in found]))
    asked = sum(one is not None for one in found)
    brought = [
        _brought(snap, one, side, _compared(side, difference, float(corrected)), asked)
        for one, side, difference, corrected in zip(there, sides, found, q, strict=True)
    ]
    return sorted(brought, key=lambda one: (one.edition.held, one.edition.show.name), reverse=True)


@dataclasses.dataclass(frozen=True, slots=True)
class _Sides:
    """The two sides of a comparison, as positions of companies.

    Attributes:
        deals: Quotes and orders.
        edition: The show.
        first: The day before the first of the days before it that are known.
        last: The last of the days after it that are known.
        there: Customers there who had ordered before.
        matched: For each of them others who had, nobody twice; empty where there is no comparison.
        why: Why there is none.
    """

    deals: Deals
    edition: Edition
    first: np.datetime64
    last: np.datetime64
    there: Ints
    matched: Ints
    why: str

    @classmethod
    def of(cls, snap: Snapshot, deals: Deals, edition: Edition, least: int) -> "_Sides":
        """Who is compared, or why nobody is."""
        held = edition.held_day
        day = np.timedelta64(1, "D")
        first = held - YEAR * day
        if deals.first_day is not None:
            first = max(first, deals.first_day - day)
        last = min(held + YEAR * day, np.datetime64(snap.as_of))
        before = deals.between(first, held).ordered
        active = np.flatnonzero(before > 0)
        was_there = np.isin(deals.companies, [one.id for one in edition.companies])
        there, others = active[was_there[active]], active[~was_there[active]]
        known = (int((held - first) / day), int((last - held) / day))
        why = _why_not(known, len(there), len(others), least)
        matched = np.zeros((0, 0), dtype=np.int64)
        if not why:
            size = np.log(np.maximum(before, 1.0))
            matched = nearest(size, _industries(snap, deals), others, there, count=_MATCHES)
        return cls(deals, edition, first, last, there, matched, why)

    @property
    def days(self) -> int:
        """Days after the show that are known."""
        return int((self.last - self.edition.held_day) / np.timedelta64(1, "D"))

    @property
    def _before(self) -> Floats:
        """What each company ordered in as many days before as are known after."""
        held = self.edition.held_day
        known = int((held - self.first) / np.timedelta64(1, "D"))
        return self.deals.between(self.first, held).ordered * self.days / max(known, 1)

    def difference(self, draws: int, seed: int) -> tuple[Estimate, float]:
        """By how much more each customer there ordered than if it had gone the way of its likes."""
        after = self.deals.between(self.edition.held_day, self.last).ordered
        before = self._before
        went = after[self.matched].sum(axis=1) / before[self.matched].sum(axis=1)
        pairs = after[self.there] - before[self.there] * went
        return mean_difference(pairs, draws=draws, seed=seed)

    def each(self, who: Ints) -> Each:
        """What customers did on average; one that was matched twice counts twice."""
        after = self.deals.between(self.edition.held_day, self.last)
        return Each(
            len(np.unique(who)),
            *(
                float(one[who].mean())
                for one in (after.quotes, after.quoted, after.orders, after.ordered, self._before)
            ),
        )


def _why_not(known: tuple[int, int], there: int, others: int, least: int) -> str:
    """Why there is no comparison; empty where there is one."""
    before, after = known
    if there < least:
        return (
            f"cannot tell from {counted(there, 'customer')} there who had ordered before;"
            f" {least} would be enough, so write down whom you meet"
        )
    if before < LEAST_DAYS:
        return f"cannot tell: orders are known for {counted(before, 'day')} before it only"
    if after < LEAST_DAYS:
        return f"cannot tell yet: enough in {counted(LEAST_DAYS - after, 'day')}"
    if others < there:
        return (
            f"cannot tell: {counted(there, 'customer')} who had ordered before were there and only"
            f" {others} were not"
        )
    return ""


def _industries(snap: Snapshot, deals: Deals) -> Ints:
    stated = snap.companies["industry"].reindex(deals.companies)
    codes, _ = pd.factorize(stated.to_numpy(object), use_na_sentinel=True)
    return np.asarray(codes, dtype=np.int64)


def _compared(side: _Sides, found: tuple[Estimate, float] | None, q: float) -> Compared | None:
    if found is None:
        return None
    return Compared(side.each(side.there), side.each(side.matched.ravel()), *found, q)


def _brought(
    snap: Snapshot,
    edition: Edition,
    side: _Sides,
    compared: Compared | None,
    asked: int,
) -> Brought:
    deals, customers = side.deals, set(snap.customers["id"])
    after = deals.between(edition.held_day, side.last)
    those = deals.companies.get_indexer(pd.Index([one.id for one in edition.companies]))
    return Brought(
        edition=edition,
        customers=tuple(one for one in edition.companies if one.id in customers),
        prospects=tuple(one for one in edition.companies if one.id not in customers),
        contacts=edition.people,
        days=side.days,
        quotes=round(after.quotes[those].sum()),
        quoted=float(after.quoted[those].sum()),
        orders=round(after.orders[those].sum()),
        ordered=float(after.ordered[those].sum()),
        compared=compared,
        told=_told(compared, side.days, asked, snap.currency) if compared else side.why,
    )


def _told(compared: Compared, days: int, asked: int, currency: str) -> str:
    """What the comparison says, as an association and never as a cause."""
    there, matched, more = compared.there, compared.matched, compared.more
    span = "year" if days >= YEAR else counted(days, "day")
    beside = (
        f"{counted(there.customers, 'customer')} there ordered {money(there.ordered, currency)}"
        f" each in the {span} after it ({money(there.before, currency)} in as long before),"
        f" {matched.customers} like them who are not known to have been there"
        f" {money(matched.ordered, currency)} ({money(matched.before, currency)})"
    )
    bounds = f"{_signed(more.low, currency)} to {_signed(more.high, currency)}"
    change = f"a difference of {_signed(more.value, currency)} each ({bounds})"
    if level_of(compared.p, compared.q) is None:
        return f"{beside}: {change}; among {counted(asked, 'show')} that may be chance"
    rose = "rose more" if more.value > 0 else "rose less"
    return (
        f"{beside}: those who were there {rose}, {change}; that goes with the show and need not"
        " come of it"
    )


def _signed(amount: float, currency: str) -> str:
    return ("+" if amount >= 0 else "-") + money(abs(amount), currency)
