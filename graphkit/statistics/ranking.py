"""How well a score told who would do something: the share of pairs that it put in order."""

import numpy as np
import numpy.typing as npt
from scipy import stats

from graphkit.statistics.censored import Estimate

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def auc_within(
    score: Floats, came: Bools, group: Ints, who: Ints, *, level: float = 0.90
) -> Estimate | None:
    """How often the one of two that did it had the higher score: .5 is a coin, 1 always.

    Only two of the same group are compared, so that nothing is gained by knowing which group is
    large. The interval is over those that did it, everything of one of them together.

    Args:
        score: One a row; equal ones count half.
        came: Who did it.
        group: What may be compared, such as one topic on one day.
        who: Whose row it is.
        level: Of the interval.

    Returns:
        None when fewer than two different ones did it where another did not.

    Example:
        >>> score, came = np.array([3.0, 1.0, 2.0, 1.0]), np.array([True, False, True, False])
        >>> auc_within(score, came, np.zeros(4, dtype=int), np.arange(4)).value
        1.0

    References:
        Mann and Whitney (1947); the interval is that of a ratio of sums over clusters.
    """
    order = np.lexsort((score, group))
    score, came, group, who = score[order], came[order], group[order], who[order]
    below, others = _placed(score, came, group)
    did = came & (others > 0)
    if len(np.unique(who[did])) < 2:  # noqa: PLR2004 - one alone has no interval
        return None
    value = float(below[did].sum() / others[did].sum())
    _, cluster = np.unique(who[did], return_inverse=True)
    off = np.bincount(cluster, weights=below[did] - value * others[did])
    count = len(off)
    error = np.sqrt(np.square(off).sum() * count / (count - 1)) / others[did].sum()
    reach = float(stats.t.ppf((1 + level) / 2, count - 1) * error)
    return Estimate(value, max(value - reach, 0.0), min(value + reach, 1.0))


def _placed(score: Floats, came: Bools, group: Ints) -> tuple[Floats, Floats]:
    """For each sorted row how many of its group that did not do it are below, and how many at all.

    An equal one counts half below.
    """
    new_group = np.diff(group, prepend=group[:1] - 1) != 0
    new_score = new_group | (np.diff(score, prepend=np.nan) != 0)
    without = np.r_[0, np.cumsum(~came)]

    def before_and_in(begins: Bools) -> tuple[Floats, Floats]:
        first = np.flatnonzero(begins)
        run = np.cumsum(begins) - 1
        last = np.r_[first[1:], len(score)]
        return without[first][run].astype(float), (without[last] - without[first])[run].astype(
            float
        )

    group_start, in_group = before_and_in(new_group)
    score_start, equal = before_and_in(new_score)
    return score_start - group_start + equal / 2, in_group
