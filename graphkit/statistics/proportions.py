"""Shares of few: intervals, what changed by how much, and whether chance would do it."""

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.float64]


def wilson(hits: Floats, of: Floats, *, level: float = 0.90) -> tuple[Floats, Floats]:
    """The interval of a share; it holds for few and for none, 0 to 1 where there is nothing.

    Args:
        hits: How many.
        of: Of how many.
        level: Of the interval.

    Returns:
        Low and high.

    Example:
        >>> low, high = wilson(np.array([8.0]), np.array([10.0]))
        >>> low.round(2).tolist(), high.round(2).tolist()
        ([0.54], [0.93])

    References:
        Wilson (1927); Brown, Cai and DasGupta (2001).
    """
    z = float(stats.norm.isf((1 - level) / 2))
    n = np.maximum(of, 1e-9)
    share = hits / n
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    none = of <= 0
    low, high = np.maximum(centre - reach, 0.0), np.minimum(centre + reach, 1.0)
    return np.where(none, 0.0, low), np.where(none, 1.0, high)


def chance_of_next(hits: Floats, of: Floats, usual: Floats | float) -> Floats:
    """The chance that the next one is a hit too: the share so far, with one usual case added.

    Of whom little is known it is near what is usual, of whom much is known near the own share.

    Args:
        hits: How many so far.
        of: Of how many so far.
        usual: The share of everybody.

    Example:
        >>> chance_of_next(np.array([0.0, 9.0]), np.array([0.0, 9.0]), 0.2).round(2).tolist()
        [0.2, 0.92]
    """
    return np.asarray((hits + usual) / (of + 1), dtype=np.float64)


def change_of_share(
    hits: Floats, of: Floats, hits_before: Floats, of_before: Floats, *, level: float = 0.90
) -> tuple[Floats, Floats, Floats]:
    """By how much a share changed, with its interval.

    Args:
        hits: How many lately.
        of: Of how many lately.
        hits_before: How many before.
        of_before: Of how many before.
        level: Of the interval.

    Returns:
        Change, low and high.

    Example:
        >>> told = change_of_share(*(np.array([x]) for x in (2.0, 10.0, 8.0, 10.0)))
        >>> [one.round(2).tolist() for one in told]
        [[-0.6], [-0.79], [-0.23]]

    References:
        Newcombe (1998), method 10: the two Wilson intervals combined.
    """
    now, then = hits / np.maximum(of, 1e-9), hits_before / np.maximum(of_before, 1e-9)
    low, high = wilson(hits, of, level=level)
    low_then, high_then = wilson(hits_before, of_before, level=level)
    change = now - then
    below = np.sqrt((now - low) ** 2 + (high_then - then) ** 2)
    above = np.sqrt((high - now) ** 2 + (then - low_then) ** 2)
    return change, change - below, change + above


def larger_share_p(hits: Floats, of: Floats, hits_before: Floats, of_before: Floats) -> Floats:
    """Whether a share is larger than before: Fisher's exact test, one-sided.

    Args:
        hits: How many lately.
        of: Of how many lately.
        hits_before: How many before.
        of_before: Of how many before.

    Example:
        >>> float(larger_share_p(*(np.array([x]) for x in (8.0, 10.0, 2.0, 10.0)))[0].round(4))
        0.0115

    References:
        Fisher (1934).
    """
    every, hit = of + of_before, hits + hits_before
    return np.asarray(stats.hypergeom.sf(hits - 1, every, hit, of), dtype=np.float64)
