"""Times of which some are only known to be longer: medians, shifts, and a test of later payment.

Everything works on flat arrays with one entry an invoice and the customer's number beside it, so
that ten thousand customers cost no loop.
"""

import dataclasses

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclasses.dataclass(frozen=True, slots=True)
class Times:
    """Days of invoices, some still running.

    Attributes:
        customer: Whose, 0 to customers - 1.
        days: Days from due to paid, negative when early; for open invoices days so far.
        ended: False where it is still open, so that it will be longer.
    """

    customer: Ints
    days: Floats
    ended: Bools


@dataclasses.dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its interval; infinite where the data do not bound it."""

    value: float
    low: float
    high: float


def later_than_before(times: Times, recent: Bools, customers: int) -> Floats:
    """How much later the recent invoices are paid than the earlier ones, in standard deviations.

    At every day on which something was paid, the share of recent ones among what was paid then is
    compared with their share among what could have been paid. Weighted by the share still unpaid
    (Peto-Prentice), so that one disputed invoice at the far end counts little. Its variance is that
    of the draws at each day, and holds when the recent invoices are cut off more often, as they
    are.

    Args:
        times: All invoices.
        recent: Which are recent.
        customers: How many customers there are.

    Returns:
        One normal score a customer, positive when recent ones are paid later; NaN without data.

    References:
        Prentice (1978); Harrington and Fleming (1982), the family of weighted log-rank tests.
    """
    order = np.lexsort((times.days, times.customer))
    who, days = times.customer[order], times.days[order]
    ended = times.ended[order].astype(np.float64)
    late = recent[order].astype(np.float64)
    if not len(who):
        return np.full(customers, np.nan)
    starts = np.flatnonzero(np.r_[True, (who[1:] != who[:-1]) | (days[1:] != days[:-1])])
    at = who[starts]
    paid, paid_late = np.add.reduceat(ended, starts), np.add.reduceat(ended * late, starts)
    unpaid = _still_there(np.add.reduceat(np.ones(len(who)), starts), at, customers)
    unpaid_late = _still_there(np.add.reduceat(late, starts), at, customers)
    share = unpaid_late / unpaid
    spread = paid * share * (1 - share) * (unpaid - paid) / np.maximum(unpaid - 1, 1)
    weight = np.exp(_running(np.log1p(-paid / (unpaid + 1)), at))
    excess = np.bincount(at, weights=weight * (paid * share - paid_late), minlength=customers)
    variance = np.bincount(at, weights=weight**2 * spread, minlength=customers)
    known = variance > 1e-9  # noqa: PLR2004 - nothing was drawn
    return np.where(known, excess / np.sqrt(np.where(known, variance, 1.0)), np.nan)


def _running(values: Floats, group: Ints) -> Floats:
    """Cumulative sums that begin anew with each group; groups are contiguous."""
    sums = np.cumsum(values)
    first = np.r_[True, group[1:] != group[:-1]]
    before = (sums - values)[first]
    return np.asarray(sums - before[np.cumsum(first) - 1])


def _still_there(counts: Floats, group: Ints, groups: int) -> Floats:
    """How many of the group are at this entry or after it."""
    total = np.bincount(group, weights=counts, minlength=groups)
    return np.asarray(total[group] - _running(counts, group) + counts)


def median(days: Floats, ended: Bools, *, level: float = 0.90) -> Estimate:
    """The day by which half of the invoices are paid, open ones counted as longer.

    Args:
        days: Days from due to paid, or so far.
        ended: False where still open.
        level: Of the interval.

    Returns:
        Infinite where less than half are known to be paid.

    References:
        Kaplan and Meier (1958); Brookmeyer and Crowley (1982), for the interval.
    """
    when, index = np.unique(days, return_inverse=True)
    paid = np.bincount(index, weights=ended.astype(np.float64), minlength=len(when))
    left = np.bincount(index, minlength=len(when))[::-1].cumsum()[::-1]
    unpaid = np.cumprod(1 - paid / left)
    greenwood = np.cumsum(paid / np.maximum(left * (left - paid), 1e-9))
    sigma = unpaid * np.sqrt(greenwood)
    reach = stats.norm.isf((1 - level) / 2)

    def first(reached: Bools) -> float:
        return float(when[reached.argmax()]) if reached.any() else float("inf")

    value = first(unpaid <= 0.5)  # noqa: PLR2004 - the median
    low, high = first(unpaid - reach * sigma <= 0.5), first(unpaid + reach * sigma <= 0.5)  # noqa: PLR2004
    return Estimate(value, min(low, value), max(high, value))


def shift(
    recent: Floats,
    recent_ended: Bools,
    before: Floats,
    before_ended: Bools,
    *,
    level: float = 0.90,
) -> Estimate:
    """By how many days the recent invoices are paid later: the shift that undoes the difference.

    The Hodges-Lehmann estimate over those pairs of a recent and an earlier invoice of which it is
    known which took longer. Where the data do not bound the interval it ends at the outermost pair.

    Args:
        recent: Days of the recent ones.
        recent_ended: False where still open.
        before: Days of the earlier ones.
        before_ended: False where still open.
        level: Of the interval.

    References:
        Hodges and Lehmann (1963); Gehan (1965), for pairs with a censored member.
    """
    if not len(recent) or not len(before):
        return Estimate(0.0, -np.inf, np.inf)
    pairs = recent[:, None] - before[None, :]
    longer = np.sort(pairs[:, before_ended].ravel())
    shorter = np.sort(pairs[recent_ended, :].ravel())
    at = np.unique(np.r_[longer, shorter])
    if not len(at):
        return Estimate(0.0, -np.inf, np.inf)
    above = (
        len(longer)
        - (np.searchsorted(longer, at, "left") + np.searchsorted(longer, at, "right")) / 2
    )
    below = (np.searchsorted(shorter, at, "left") + np.searchsorted(shorter, at, "right")) / 2
    balance = above - below  # falls with the shift
    sizes = len(recent), len(before)
    reach = stats.norm.isf((1 - level) / 2) * np.sqrt(
        _informative(len(longer) + len(shorter), sizes) * (sum(sizes) + 1) / 3
    )

    def crossing(height: float) -> float:
        level_with = at[balance == height]
        if len(level_with):
            return float((level_with[0] + level_with[-1]) / 2)
        over, under = at[balance > height], at[balance < height]
        ends = (over[-1:], under[:1]) if len(over) and len(under) else (at[:1], at[:1])
        if not len(under):
            ends = (at[-1:], at[-1:])
        return float((ends[0][0] + ends[1][0]) / 2)

    value = crossing(0.0)
    return Estimate(value, min(crossing(reach), value), max(crossing(-reach), value))


def _informative(known_sides: int, sizes: tuple[int, int]) -> float:
    """Pairs whose order is known, a pair known from one side only as half of one."""
    return min(known_sides / 2, sizes[0] * sizes[1])
