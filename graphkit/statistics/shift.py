"""Whether a mean has moved up of late, against permutations of a customer's own months."""

import dataclasses
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_NEVER: Final = -np.inf
_TIE: Final = 1e-9  # differences below this are rounding
_KNOWN_WELL: Final = 100
"""Permutations with as clear a rise after which a p-value is known to a tenth of itself."""
_FIRST: Final = 250
_BLOCK: Final = 1_000  # permutations at a time, so that they fit a processor's cache


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
        counts: Of how many, month by month; the same for all questions. Whole numbers.
        shortest: Months of the shortest window.
        longest: Of the longest one.
        least: A window is used where this many are in it and as many before it.
        permutations: How many at most; a question gets no more when a hundred of them show as
            clear a rise.
        seed: Of the permutations.

    References:
        Westfall and Young (1993), for the maximum over windows; Phipson and Smyth (2010), for
        counting the observed order among the permutations; Besag and Clifford (1991), for drawing
        no more where the p-value is known.
    """
    windows = np.arange(shortest, min(longest, len(counts) - 1) + 1)
    reach = slice(shortest - 1, shortest - 1 + len(windows))
    lines = counts.astype(np.int64)
    p = np.full(len(sums), np.nan)
    window = np.zeros(len(sums), np.int64)
    as_it_was = _Windows(lines, np.arange(len(counts))[::-1, None], reach, least)
    if not as_it_was.enough.any():
        return Shift(p, window)
    clear = np.stack([as_it_was.clearness(one) for one in sums])
    window[:] = windows[clear[:, :, 0].argmax(axis=1)]
    observed = clear.max(axis=1) - _TIE
    asked = np.arange(len(sums))
    reached = np.ones(len(sums))  # by the months as they were
    drawn = 1
    for order in _orders(len(counts), permutations, seed):
        permuted = _Windows(lines, order, reach, least)
        for one in asked.tolist():
            best = permuted.clearness(sums[one]).max(axis=0)
            reached[one] += (best >= observed[one]).sum()
        drawn += order.shape[1]
        p[asked] = reached[asked] / drawn
        asked = asked[reached[asked] < _KNOWN_WELL]
        if not len(asked):
            break
    return Shift(p, window)


class _Windows:
    """The last months in several orders of the months, ready to say how clear a rise is in each.

    Attributes:
        enough: Windows by orders: whether there is enough in the window and before it.

    Args:
        counts: Of how many, month by month.
        order: Months by orders, the last one first, so that windows are running sums.
        reach: The windows that are looked at.
        least: A window is used where this many are in it and as many before it.
    """

    def __init__(self, counts: Ints, order: Ints, reach: slice, least: float) -> None:
        self._last, self._reach = order[: reach.stop], reach
        recent = _running(counts, self._last)[reach]
        # There are few numbers that a window can hold, and very many windows: what follows from the
        # number is looked up. What scatters is the root of 1/n + 1/m; a rise over it is
        # late * scatter - all * share.
        inside = np.arange(counts.sum() + 1)
        before = inside[::-1]
        enough = (inside >= least) & (before >= least)
        scatter = np.sqrt(1 / np.maximum(inside, 1) + 1 / np.maximum(before, 1))
        self.enough = enough[recent]
        self._short = ~self.enough
        self._scatter = scatter[recent]
        self._share = (1 / (np.maximum(before, 1) * scatter))[recent]

    def clearness(self, sums: Floats) -> Floats:
        """How many times what it scatters a mean rose: windows by orders.

        Args:
            sums: What each month adds up to.
        """
        found = _running(sums, self._last)[self._reach]
        found *= self._scatter
        found -= sums.sum() * self._share
        found[self._short] = _NEVER
        return found


def _running(values: npt.NDArray[Any], order: Ints) -> npt.NDArray[Any]:
    """Values in each of several orders, added up one after the other."""
    found = values[order]
    for at in range(1, len(found)):  # numpy's own takes three times as long along this axis
        found[at] += found[at - 1]
    return found


@lru_cache(maxsize=2)
def _orders(months: int, permutations: int, seed: int) -> tuple[Ints, ...]:
    """The months permuted, a small block first; the last month of each permutation first.

    Kept, since customers with equally many months are asked one after the other.
    """
    tiled = np.tile(np.arange(months), (permutations, 1))
    permuted = np.random.default_rng(seed).permuted(tiled, axis=1)
    lasts_first = permuted[:, ::-1].astype(np.intp)
    cuts = [at for at in (_FIRST, *range(_BLOCK, permutations, _BLOCK)) if at < permutations]
    return tuple(np.ascontiguousarray(block.T) for block in np.split(lasts_first, cuts))


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
