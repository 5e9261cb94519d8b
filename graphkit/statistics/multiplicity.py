"""Many questions asked at once: corrected, combined and weighted p-values."""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SMALL: Final = 0.2  # a p-value up to this counts as a sign of something
_POWER: Final = 0.85  # share of the truly changed whose p-value is that small, about
_LEAST: Final = 0.1  # a share of changed peers below this is not told from none
_MOST: Final = 0.9
_SHRINK: Final = 5.0  # peers that the shop's own share counts for
_CAP: Final = 4.0  # no customer's evidence is made to count more than so many times


def benjamini_hochberg(p: Floats) -> Floats:
    """The share of false discoveries to expect when each p-value and all smaller ones are reported.

    Args:
        p: p-values of one family; NaN where the question could not be asked, which keeps it out of
            the family.

    Returns:
        q-values in the same order, NaN where p is.

    Example:
        >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03, np.nan])).round(2).tolist()
        [0.03, 0.04, 0.04, nan]

    References:
        Benjamini and Hochberg (1995).
    """
    q = np.full(p.shape, np.nan)
    asked = np.flatnonzero(~np.isnan(p))
    order = asked[np.argsort(p[asked], kind="stable")]
    scaled = p[order] * len(order) / np.arange(1, len(order) + 1)
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q


def stouffer(*p: Floats) -> Floats:
    """One p-value for several independent one-sided ones; NaN where any is missing.

    Args:
        p: p-values of the same questions from independent data, each in 0 to 1.

    Example:
        >>> stouffer(np.array([0.05]), np.array([0.05])).round(3).tolist()
        [0.01]

    References:
        Stouffer et al. (1949): the sum of normal scores over the root of their number.
    """
    scores = sum(stats.norm.isf(np.clip(one, 1e-12, 1 - 1e-12)) for one in p)
    return np.asarray(stats.norm.sf(scores / np.sqrt(len(p))))


def cauchy(p: Floats) -> Floats:
    """One p-value for several looks at the same data, whatever their dependence.

    Args:
        p: Looks by questions; NaN where there was too little for that look.

    Returns:
        One a question, NaN where no look had enough.

    Example:
        >>> cauchy(np.array([[0.01, 0.3], [0.02, np.nan]])).round(3).tolist()
        [0.013, 0.3]

    References:
        Liu and Xie (2020), the Cauchy combination test; p-values near 1 are bounded, since one look
        that goes the other way must not outshout the rest.
    """
    known = ~np.isnan(p)
    waves = np.where(known, np.tan((0.5 - np.clip(p, 1e-12, 0.99)) * np.pi), 0.0)
    looks = known.sum(axis=0)
    combined = 0.5 - np.arctan(waves.sum(axis=0) / np.maximum(looks, 1)) / np.pi
    return np.where(looks > 0, combined, np.nan)


def peer_weights(p: Floats, groupings: list[Ints]) -> Floats:
    """How much each question's evidence counts, judged by how its peers fare; the mean is 1.

    Where many of a customer's peers have changed, less evidence of its own is enough to believe
    that it has changed too, and elsewhere more is asked. The customer's own p-value is left out of
    its weight, and the weights average 1, so that p / weight may go through Benjamini-Hochberg.

    Args:
        p: p-values of one family, NaN where the question could not be asked.
        groupings: For each way of having peers the group of each customer; -1 for none. A grouping
            must not be made from the data that p comes from.

    Returns:
        Positive weights.

    References:
        Genovese, Roeder and Wasserman (2006), weighted Benjamini-Hochberg; Hu, Zhao and Zhou
        (2010), weights from the share of changed ones in a group; Ignatiadis et al. (2016), weights
        learnt from others than the one they are for.
    """
    asked = ~np.isnan(p)
    if not asked.any():
        return np.ones(p.shape)
    small = np.where(asked, p <= _SMALL, 0.0)
    overall = float(small[asked].mean())
    weights = np.ones(p.shape)
    for group in groupings:
        inside = asked & (group >= 0)
        size = max(int(group.max(initial=-1)) + 1, 1)
        found = np.bincount(group[inside], weights=small[inside], minlength=size)
        members = np.bincount(group[inside], minlength=size)
        others = np.where(inside, members[group] - 1, 0)
        theirs = np.where(inside, found[group] - small, 0.0)
        share = (theirs + _SHRINK * overall) / (others + _SHRINK)
        weights *= _odds(share) / _odds(np.array(overall))
    for _ in range(30):  # capping moves the mean, so it is set right again
        weights = np.clip(weights / weights[asked].mean(), 1 / _CAP, _CAP)
    return np.asarray(weights / weights[asked].mean())


def _odds(share: Floats) -> Floats:
    """Odds of a change, from the share of small p-values: unchanged ones have _SMALL of them."""
    changed = np.clip((share - _SMALL) / (_POWER - _SMALL), _LEAST, _MOST)
    return np.asarray(changed / (1 - changed))
