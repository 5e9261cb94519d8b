"""Which customers pay later than they used to, open invoices counted as longer."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

from graphkit.analyses.measures.lateness import Lateness
from graphkit.statistics.censored import Estimate, Times, later_than_before, median, shift
from graphkit.statistics.multiplicity import cauchy

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

BASELINE_INVOICES: Final = 6
RECENT_INVOICES: Final = 3
_UNKNOWN: Final = 0.5  # the p-value of what says nothing


@dataclasses.dataclass(frozen=True, slots=True)
class PayingLater:
    """One entry a customer.

    Attributes:
        p: One-sided p-value; NaN without enough.
        since: First day of the window in which the recent invoices fell due: of those looked
            through the one in which the delay is clearest.
        before: Invoices that fell due before it.
        recent: Invoices that fell due in it.
        is_recent: Per invoice of the Lateness, whether it is recent.
        used: Per invoice, whether it was due at all.
    """

    p: Floats
    since: npt.NDArray[np.datetime64]
    before: Ints
    recent: Ints
    is_recent: Bools
    used: Bools

    @property
    def score(self) -> Floats:
        """How much later, as a normal score; positive for later, NaN without enough."""
        return np.asarray(stats.norm.isf(self.p))

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
    late: Lateness, customers: int, *, since: list[np.datetime64], as_of: np.datetime64
) -> PayingLater:
    """Compare invoices that fell due recently with those due before.

    Trouble shows in payments some time after it shows in orders, since what falls due now was
    ordered months ago; so several windows are looked through, and paid for. Invoices not due yet
    say nothing about lateness and are left out. Where only bounds of a day of payment are known,
    recent invoices count as paid as early, and earlier ones as late, as the bounds allow.

    Args:
        late: Days late of every invoice.
        customers: How many customers there are.
        since: First day of each recent window to look through.
        as_of: The last day.
    """
    used = late.due <= as_of
    who, due = late.times.customer[used], late.due[used]
    ended = late.times.ended[used]
    p = np.full((len(since), customers), np.nan)
    for look, first in enumerate(since):
        recent = due >= first
        enough = np.bincount(who[~recent], minlength=customers) >= BASELINE_INVOICES
        enough &= np.bincount(who[recent], minlength=customers) >= RECENT_INVOICES
        times = Times(who, late.cautious(late.due >= first)[used], ended)
        score = later_than_before(times, recent, customers)
        p[look] = np.where(enough, stats.norm.sf(score), np.nan)
    # Of whom only bounds are known it is not known either that they pay sooner.
    vague = np.bincount(who[(late.most > late.times.days)[used]], minlength=customers) > 0
    p = np.where(vague, np.minimum(p, _UNKNOWN), p)
    clearest = np.where(np.isnan(p), 2.0, p).argmin(axis=0)
    begins = np.array(since, dtype="datetime64[D]")[clearest]
    is_recent = used & (late.due >= begins[late.times.customer])
    return PayingLater(
        cauchy(p),
        begins,
        np.bincount(late.times.customer[used & ~is_recent], minlength=customers),
        np.bincount(late.times.customer[is_recent], minlength=customers),
        is_recent,
        used,
    )


def delay_of(late: Lateness, paying: PayingLater, customer: int) -> Delay:
    """How late one customer pays, before and recently.

    Args:
        late: Days late of every invoice.
        paying: What was found.
        customer: Whose.
    """
    its = late.span(customer)
    recent = paying.is_recent[its]
    days, ended = late.cautious(paying.is_recent)[its], late.times.ended[its]
    before = paying.used[its] & ~recent
    return Delay(
        median(days[before], ended[before]),
        median(days[recent], ended[recent]),
        shift(days[recent], ended[recent], days[before], ended[before]),
    )
