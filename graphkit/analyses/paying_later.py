"""Which customers pay later than they used to, open invoices counted as longer."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

from graphkit.analyses.censored import Estimate, Times, later_than_before, median, shift
from graphkit.analyses.lateness import Lateness

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

BASELINE_INVOICES: Final = 6
RECENT_INVOICES: Final = 3


@dataclasses.dataclass(frozen=True, slots=True)
class PayingLater:
    """One entry a customer.

    Attributes:
        score: How much later the recent invoices are paid, as a normal score; NaN without enough.
        p: Its one-sided p-value; NaN without enough.
        before: Invoices that fell due before the recent window.
        recent: Invoices that fell due in it.
        is_recent: Per invoice of the Lateness, whether it is recent.
        used: Per invoice, whether it was due at all.
    """

    score: Floats
    p: Floats
    before: Ints
    recent: Ints
    is_recent: Bools
    used: Bools

    @property
    def tested(self) -> Bools:
        """Whom there was enough to tell of."""
        return ~np.isnan(self.p)


@dataclasses.dataclass(frozen=True, slots=True)
class Delay:
    """Days late of one customer: typical before, typical recently, and the shift between them."""

    before: Estimate
    recent: Estimate
    shift: Estimate


def paying_later(
    late: Lateness, customers: int, *, since: np.datetime64, as_of: np.datetime64
) -> PayingLater:
    """Compare invoices that fell due in the recent window with those due before.

    Invoices not due yet say nothing about lateness and are left out.

    Args:
        late: Days late of every invoice.
        customers: How many customers there are.
        since: First day of the recent window.
        as_of: The last day.
    """
    used = late.due <= as_of
    is_recent = used & (late.due >= since)
    who = late.times.customer
    before = np.bincount(who[used & ~is_recent], minlength=customers)
    recent = np.bincount(who[is_recent], minlength=customers)
    times = Times(who[used], late.times.days[used], late.times.ended[used])
    score = later_than_before(times, is_recent[used], customers)
    enough = (before >= BASELINE_INVOICES) & (recent >= RECENT_INVOICES)
    score = np.where(enough, score, np.nan)
    return PayingLater(score, stats.norm.sf(score), before, recent, is_recent, used)


def delay_of(late: Lateness, paying: PayingLater, customer: int) -> Delay:
    """How late one customer pays, before and recently.

    Args:
        late: Days late of every invoice.
        paying: What was found.
        customer: Whose.
    """
    its = (late.times.customer == customer) & paying.used
    recent, before = its & paying.is_recent, its & ~paying.is_recent
    days, ended = late.times.days, late.times.ended
    return Delay(
        median(days[before], ended[before]),
        median(days[recent], ended[recent]),
        shift(days[recent], ended[recent], days[before], ended[before]),
    )
