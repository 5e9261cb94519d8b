"""How much less a customer orders, how surely, and what could have been seen at all."""

import dataclasses

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.float64]

_PRIOR_MONTHS = 12.0  # months that the shop's median dispersion counts for


@dataclasses.dataclass(frozen=True, slots=True)
class Counts:
    """Orders in the recent window and before it, one entry a customer.

    Attributes:
        recent: Orders in the window.
        before: Orders before it.
        recent_months: Months in the window, as average months of the shop's calendar.
        before_months: Months before it, likewise.
    """

    recent: Floats
    before: Floats
    recent_months: Floats
    before_months: Floats

    @property
    def expected(self) -> Floats:
        """Orders to be expected in the window at the rate before it."""
        rate = self.before / np.maximum(self.before_months, 1e-9)
        return np.asarray(rate * self.recent_months)


@dataclasses.dataclass(frozen=True, slots=True)
class Ratio:
    """Recent rate over the rate before: estimate and 90 % interval, one entry a customer."""

    value: Floats
    low: Floats
    high: Floats


def dispersion(orders: Floats, expected: Floats, used: npt.NDArray[np.bool_]) -> Floats:
    """Variance of a customer's monthly orders over their mean; 1 is Poisson, bursts are more.

    The customer's own figure and the shop's median, weighed by months, since a dozen months say
    little about a variance. Never below 1.

    Args:
        orders: Customers by months.
        expected: What was to be expected, same shape.
        used: Which months count, same shape; recent ones should not.

    References:
        McCullagh and Nelder (1989), quasi-likelihood; Smyth (2004), for moderating variances.
    """
    squares = np.where(used, (orders - expected) ** 2 / np.maximum(expected, 1e-9), 0.0)
    freedom = np.maximum(used.sum(axis=1) - 1, 0)
    own = squares.sum(axis=1) / np.maximum(freedom, 1)
    known = (freedom > 0) & (np.where(used, orders, 0).sum(axis=1) > 0)
    shop = float(np.median(own[known])) if known.any() else 1.0
    moderated = (_PRIOR_MONTHS * shop + freedom * own) / (_PRIOR_MONTHS + freedom)
    return np.asarray(np.maximum(moderated, 1.0))


def rate_ratio(counts: Counts, spread: Floats, *, level: float = 0.90) -> Ratio:
    """How the recent rate of orders compares with the one before.

    Given all orders, the share that falls into the window is a proportion; its Jeffreys interval,
    with the counts divided by the dispersion, becomes that of the ratio. It holds when nothing at
    all was ordered recently, where intervals on the logarithm break down.

    Args:
        counts: Orders and months.
        spread: Dispersion (see `dispersion`).
        level: Of the interval.

    References:
        Brown, Cai and DasGupta (2001), for the Jeffreys interval.
    """
    tail = (1 - level) / 2
    recent, before = counts.recent / spread, counts.before / spread
    months = counts.before_months / np.maximum(counts.recent_months, 1e-9)

    def at(quantile: float) -> Floats:
        share = stats.beta.ppf(quantile, recent + 0.5, before + 0.5)
        return np.asarray(share / np.maximum(1 - share, 1e-12) * months)

    value = counts.recent / np.maximum(counts.expected, 1e-9)
    low = np.where(counts.recent == 0, 0.0, at(tail))
    return Ratio(value, np.minimum(low, value), np.maximum(at(1 - tail), value))


def smallest_visible_drop(counts: Counts, spread: Floats) -> Floats:
    """The smallest fall, as a share, that would be seen four times in five at p <= .05.

    Args:
        counts: Orders and months; the recent ones are not looked at, only how long they are.
        spread: Dispersion.

    Returns:
        0 to 1; above 1 where not even a complete stop would be seen.

    References:
        Cohen (1988), power of a one-sided normal test, with the variance of a quasi-Poisson count.
    """
    expected = counts.expected[:, None]
    falls = np.linspace(0.0, 1.0, 101)[None, :]
    months = (counts.recent_months / np.maximum(counts.before_months, 1e-9))[:, None]
    unchanged = np.sqrt(spread[:, None] * expected * (1 + months))
    fallen = np.sqrt(spread[:, None] * expected * (1 - falls + months))
    seen = falls * expected >= stats.norm.isf(0.05) * unchanged + stats.norm.isf(0.2) * fallen
    seen &= expected > 0
    first = np.where(seen.any(axis=1), seen.argmax(axis=1), 101)
    return np.asarray(first / 100.0)
