"""The median of a few values, with an interval that holds for a few."""

import numpy as np
import numpy.typing as npt
from scipy import stats

from graphkit.statistics.censored import Estimate


def median_of_few(values: npt.NDArray[np.float64], *, level: float = 0.90) -> Estimate:
    """The median, between two of the values that hold it with at least this chance.

    How many values lie below the true median is a binomial count, whatever they are distributed
    like; the asymptotic interval of `censored.median` is far too short for five. Four values never
    reach 90 %: theirs is from the least to the largest, which holds the median in 7 of 8 cases.

    Args:
        values: At least one; infinite where it is only known to be larger than the others.
        level: Of the interval.

    References:
        Conover (1999), section 3.2.

    >>> median_of_few(np.array([10.0, 20.0, 30.0, 40.0, 5000.0]))
    Estimate(value=30.0, low=10.0, high=5000.0)
    """
    ranked = np.sort(values)
    count = len(ranked)
    rank = max(int(stats.binom.ppf((1 - level) / 2, count, 0.5)), 1)
    middle = ranked[[(count - 1) // 2, count // 2]]
    return Estimate(float(middle.mean()), float(ranked[rank - 1]), float(ranked[count - rank]))
