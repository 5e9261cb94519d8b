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
        seed: Of the permutations.

    References:
        Westfall and Young (1993), for the maximum over windows; Phipson and Smyth (2010), for
        counting the observed order among the permutations.
    """
    windows = np.arange(shortest, min(longest, len(counts) - 1) + 1)
    order = _orders(len(counts), permutations, seed)
    recent = _last(counts[order], windows)
    enough = (recent >= least) & (counts.sum() - recent >= least)
    p = np.full(len(sums), np.nan)
    window = np.zeros(len(sums), np.int64)
    if not enough[0].any():
        return Shift(p, window)
    before = np.maximum(counts.sum() - recent, 1)
    scale = np.sqrt(1 / np.maximum(recent, 1) + 1 / before)
    for at, one in enumerate(sums):
        late = _last(one[order], windows)
        rise = late / np.maximum(recent, 1) - (one.sum() - late) / before
        clear = np.where(enough, rise / scale, _NEVER)
        best = clear.max(axis=1)
        p[at] = (best >= best[0] - _TIE).sum() / len(best)
        window[at] = windows[int(clear[0].argmax())]
    return Shift(p, window)


@lru_cache(maxsize=4)
def _orders(months: int, permutations: int, seed: int) -> Ints:
    """The months as they were, then permuted; most customers have equally many."""
    as_they_were = np.arange(months)
    tiled = np.tile(as_they_were, (permutations, 1))
    permuted = np.random.default_rng(seed).permuted(tiled, axis=1)
    return np.concatenate([as_they_were[None], permuted])


def _last(values: Floats, windows: Ints) -> Floats:
    """Sums of the last months of each row, a column a window."""
    summed = np.cumsum(values[:, ::-1], axis=1)
    return np.asarray(summed[:, windows - 1])


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
