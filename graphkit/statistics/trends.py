"""Trends of many short series at once: Mann and Kendall's test, Theil and Sen's slope.

A series is a row, its time the number of the column; NaN where it has no value, so that series of
any length, with gaps or without, stand in one table.
"""

import dataclasses
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_BLOCK: Final = 128
"""Series whose slopes are sorted together: as many as a processor's cache holds."""


@dataclasses.dataclass(frozen=True, slots=True)
class Trend:
    """One-sided p-values of a trend, one a series; 1 where the values tell nothing.

    Attributes:
        rising: That it does not rise.
        falling: That it does not fall.
    """

    rising: Floats
    falling: Floats


@dataclasses.dataclass(frozen=True, slots=True)
class Slope:
    """Change from one column to the next, one a series, with its interval; NaN where unknown."""

    value: Floats
    low: Floats
    high: Floats


def mann_kendall(values: Floats) -> Trend:
    """Whether series rise or fall, by how many pairs of their values do.

    Exact wherever no two values of a series are the same, however long it is: the normal
    approximation takes three values in order for p = .06, and they are so in one case of six. With
    ties the exact distribution is another one for each pattern of them; those take the normal one
    with the variance that ties leave (no correction for continuity).

    Args:
        values: Series by times.

    References:
        Mann (1945); Kendall (1975), chapters 4 and 5.

    Example:
        >>> mann_kendall(np.array([[1.0, 2.0, np.nan, 4.0], [2.0, 2.0, 2.0, 2.0]])).rising.round(4)
        array([0.1667, 1.    ])
    """
    score, counts, tied = _score(values), _counts(values), _tied(values)
    rising, falling = np.ones(len(values)), np.ones(len(values))
    for count in np.unique(counts[counts > 1]).tolist():
        chance, pairs = _at_most(count), count * (count - 1) // 2
        same = np.flatnonzero((counts == count) & (tied == 0))
        falls = (pairs - score[same]) // 2
        rising[same], falling[same] = chance[falls], chance[pairs - falls]
    deviation = np.sqrt(_variance(counts, tied))
    normal = np.flatnonzero((tied > 0) & (deviation > 0))
    z = score[normal] / deviation[normal]
    rising[normal], falling[normal] = special.ndtr(-z), special.ndtr(z)
    return Trend(rising, falling)


def theil_sen(values: Floats, *, level: float = 0.90) -> Slope:
    """The median slope over all pairs of a series' values, which a few wild ones do not move.

    Args:
        values: Series by times.
        level: Of the interval.

    References:
        Sen (1968), for the interval by ranks of the slopes, with ties.

    Example:
        >>> theil_sen(np.array([[1.0, 2.0, np.nan, 4.0, 5.0, 6.0, 90.0]])).value
        array([1.])
    """
    counts = _counts(values)
    pairs = counts * (counts - 1) // 2
    reach = special.ndtri((1 + level) / 2) * np.sqrt(_variance(counts, _tied(values)))
    ranks = np.stack(
        [
            (pairs - 1) // 2,
            pairs // 2,
            np.maximum(np.rint((pairs - reach) / 2).astype(np.int64) - 1, 0),
            np.minimum(np.rint((pairs + reach) / 2).astype(np.int64), pairs - 1),
        ],
        axis=1,
    )
    found = np.full((len(values), 4), np.nan)
    for first in range(0, len(values), _BLOCK):
        block = slice(first, first + _BLOCK)
        slopes = _sorted_slopes(values[block])
        if slopes.size:
            found[block] = np.take_along_axis(slopes, np.maximum(ranks[block], 0), axis=1)
    return Slope(found[:, :2].mean(axis=1), found[:, 2], found[:, 3])


def _counts(values: Floats) -> Ints:
    return np.asarray((~np.isnan(values)).sum(axis=1))


def _score(values: Floats) -> Ints:
    """Pairs that rise less pairs that fall; NaN does neither."""
    by_time = np.ascontiguousarray(values.T)
    found = np.zeros(len(values), np.int64)
    for at, now in enumerate(by_time[:-1]):
        later = by_time[at + 1 :]
        found += np.count_nonzero(later > now, axis=0)
        found -= np.count_nonzero(later < now, axis=0)
    return found


def _tied(values: Floats) -> Floats:
    """What ties take from 18 times the variance: the sum of t (t - 1) (2 t + 5) over groups of t.

    Added up value by value: the one that comes r-th in its group adds 6 (r ** 2 - 1).
    """
    ranked = np.sort(values, axis=1)
    place = np.broadcast_to(np.arange(ranked.shape[1]), ranked.shape)
    new = np.ones(ranked.shape, dtype=bool)
    new[:, 1:] = ranked[:, 1:] != ranked[:, :-1]
    rank = place - np.maximum.accumulate(np.where(new, place, 0), axis=1) + 1
    return np.asarray(6.0 * (rank**2 - 1).sum(axis=1))


def _variance(counts: Ints, tied: Floats) -> Floats:
    """Of the score where there is no trend (Kendall 1975, equation 4.9)."""
    return np.asarray((counts * (counts - 1) * (2 * counts + 5) - tied) / 18)


@lru_cache(maxsize=256)
def _at_most(count: int) -> Floats:
    """How likely at most so many pairs fall, from none, in a random order of so many values.

    One value more falls below none to all of those before it, each as likely.
    """
    chance = np.ones(1)
    for more in range(2, count + 1):
        total = np.cumsum(np.pad(chance, (0, more - 1)))
        total[more:] -= total[:-more].copy()
        chance = total / more
    return np.cumsum(chance)


def _sorted_slopes(values: Floats) -> Floats:
    """Slopes of all pairs of each series, ascending; NaN last."""
    earlier, later = np.triu_indices(values.shape[1], 1)
    slopes = values.take(later, axis=1)
    slopes -= values.take(earlier, axis=1)
    slopes /= later - earlier
    slopes.sort(axis=1)
    return slopes
