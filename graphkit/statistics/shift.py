"""Whether a mean has moved up of late, against permutations of a customer's own months."""

import dataclasses
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_NEVER: Final = -np.inf
_TIE: Final = 1e-9  # differences below this are rounding
_UNREMARKABLE: Final = 0.1
_BLOCK: Final = 1_000  # permutations at a time


@dataclasses.dataclass(frozen=True, slots=True)
class Shift:
    """One entry a question.

    Attributes:
        p: One-sided p-value; NaN where no window had enough.
        window: Months in the window in which the rise is clearest; 0 where p is NaN.
    """

    p: Floats
    window: Ints


def rise_against_permutations(
    sums: Floats,
    counts: Floats,
    *,
    shortest: int,
    longest: int,
    least: float,
    permutations: int = 9999,
    glance: int | None = None,
    seed: int = 1,
) -> Shift:
    """How unusual the rise of a mean in the last months is among permutations of the months.

    The mean of a stretch is its sum over its count: a share of order lines, or what a figure is on
    average. The last months are compared with all before them, in units of what two means of so
    many scatter apart; the window is the one in which the rise stands out most, and each
    permutation takes its own best window, so that looking at several is paid for. A month stays
    together, so that lines of one order are one event. Months must scatter alike: where they do
    not, as when a whole shop takes up a process, ask besides whether the rise is beyond that.

    Args:
        sums: Questions by months: what each month adds up to.
        counts: Of how many, month by month; the same for all questions.
        shortest: Months of the shortest window.
        longest: Of the longest one.
        least: A window is used where this many are in it and as many before it.
        permutations: How many.
        glance: After so many, a question that is plainly unremarkable (p above .1) gets no more;
            None for all of them on every question.
        seed: Of the permutations.

    References:
        Westfall and Young (1993), for the maximum over windows; Phipson and Smyth (2010), for
        counting the observed order among the permutations; Besag and Clifford (1991), for drawing
        fewer of them where they cannot matter.
    """
    windows = np.arange(shortest, min(longest, len(counts) - 1) + 1)
    reach = slice(shortest - 1, shortest - 1 + len(windows))
    p = np.full(len(sums), np.nan)
    window = np.zeros(len(sums), np.int64)
    clear = _clearness(sums, counts, np.arange(len(counts))[::-1, None], reach, least)
    if not np.isfinite(clear[0]).any():
        return Shift(p, window)
    window[:] = windows[clear[:, :, 0].argmax(axis=1)]
    observed = clear.max(axis=1) - _TIE
    asked = np.arange(len(sums))
    reached = np.ones(len(sums))  # by the months as they were
    drawn = 1
    for order in _orders(len(counts), permutations, seed):
        best = _clearness(sums[asked], counts, order, reach, least).max(axis=1)
        reached[asked] += (best >= observed[asked]).sum(axis=1)
        drawn += order.shape[1]
        p[asked] = reached[asked] / drawn
        if glance is not None and drawn > glance:
            asked = asked[p[asked] <= _UNREMARKABLE]
            if not len(asked):
                break
    return Shift(p, window)


def _clearness(sums: Floats, counts: Floats, order: Ints, reach: slice, least: float) -> Floats:
    """How many times what it scatters a mean rose: questions by windows by orders of the months.

    Args:
        sums: Questions by months.
        counts: Of how many, month by month.
        order: Months by orders, the last one first, so that windows are running sums.
        reach: The windows that are looked at.
        least: A window is used where this many are in it and as many before it.
    """
    last = order[: reach.stop]
    recent = np.cumsum(counts[last], axis=0)[reach]
    enough = (recent >= least) & (counts.sum() - recent >= least)
    before = np.maximum(counts.sum() - recent, 1)
    recent = np.maximum(recent, 1)
    scale = np.sqrt(1 / recent + 1 / before)
    found = np.empty((len(sums), *recent.shape))
    for at, one in enumerate(sums):
        late = np.cumsum(one[last], axis=0)[reach]
        rise = late / recent - (one.sum() - late) / before
        found[at] = np.where(enough, rise / scale, _NEVER)
    return found


@lru_cache(maxsize=4)
def _orders(months: int, permutations: int, seed: int) -> tuple[Ints, ...]:
    """The months permuted, in blocks that fit a processor's cache; the last month of each first.

    Kept, since most customers have equally many months.
    """
    tiled = np.tile(np.arange(months), (permutations, 1))
    permuted = np.random.default_rng(seed).permuted(tiled, axis=1)
    lasts_first = permuted[:, ::-1].astype(np.intp)
    return tuple(
        np.ascontiguousarray(lasts_first[at : at + _BLOCK].T)
        for at in range(0, permutations, _BLOCK)
    )


def change_interval(
    sums: Floats, counts: Floats, window: int, *, draws: int = 999, seed: int = 1
) -> tuple[float, float]:
    """90 % interval of how much the mean of the last months is above that of those before.

    Months are drawn with replacement, the last ones and those before by themselves.

    Args:
        sums: What each month adds up to.
        counts: Of how many.
        window: The last months.
        draws: How many.
        seed: Of the draws.
    """
    chance = np.random.default_rng(seed)
    split = len(counts) - window
    means = []
    for part in (np.arange(split), np.arange(split, len(counts))):
        drawn = part[chance.integers(0, len(part), (draws, len(part)))]
        of = counts[drawn].sum(axis=1)
        means.append(np.where(of > 0, sums[drawn].sum(axis=1) / np.maximum(of, 1), np.nan))
    low, high = np.nanpercentile(means[1] - means[0], [5, 95])
    return float(low), float(high)
