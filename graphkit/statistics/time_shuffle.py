"""Days of the same events dealt out anew: what order of things chance alone would bring."""

from typing import Final

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.int64]

_BLOCK: Final = 1 << 22
"""Cells that are held at a time."""


def shuffled_days(days: Days, since: Days, draws: int, rng: np.random.Generator) -> Days:
    """The same days among the same members, each way in which they can fall equally likely.

    Nobody gets a day before it was there: with a plain shuffle, who joined late would seem to come
    after the others. The latest to join draws first, from the days that are left to it; as later
    ones have fewer to choose from, every possible assignment is equally likely.

    Args:
        days: When each member did it.
        since: When each was there first, at most its day.
        draws: How many shuffles.
        rng: Source of chance.

    Returns:
        Draws by members.

    Example:
        >>> shuffled_days(np.array([1, 9]), np.array([0, 5]), 3, np.random.default_rng(1)).tolist()
        [[1, 9], [1, 9], [1, 9]]

    References:
        Anagnostopoulos, Kumar and Mahdian (2008), the shuffle test.
    """
    order = np.argsort(-since, kind="stable")
    latest = np.sort(days)[::-1]
    pool = np.empty((draws, len(days)), dtype=np.int64)
    dealt = np.empty((draws, len(days)), dtype=np.int64)
    every, size, taken = np.arange(draws), 0, 0
    for member in order.tolist():
        while taken < len(days) and latest[taken] >= since[member]:
            pool[:, size] = latest[taken]
            size, taken = size + 1, taken + 1
        at = rng.integers(size, size=draws)
        dealt[:, member] = pool[every, at]
        size -= 1
        pool[every, at] = pool[:, size]
    return dealt


def count_after(days: Days, later: Days, earlier: Days, tied: Days, within: int) -> Days:
    """How many members come soon after one they are tied to, in each row of days.

    Args:
        days: Draws by members.
        later: The member of each tie that may have followed.
        earlier: The one that it may have followed.
        tied: The day of each tie: it counts for what came on that day or later.
        within: Days after which nobody is said to have followed.

    Returns:
        One count a draw.

    Example:
        >>> count_after(np.array([[3, 5], [5, 3], [4, 4]]), *(np.array([x]) for x in (1, 0, 1)), 9)
        array([1, 0, 0])
    """
    found = np.zeros(len(days), dtype=np.int64)
    if not len(later):
        return found
    order = np.argsort(later, kind="stable")
    later, earlier, tied = later[order], earlier[order], tied[order]
    begins = np.flatnonzero(np.diff(later, prepend=-1))
    step = max(_BLOCK // len(later), 1)
    for first in range(0, len(days), step):
        some = days[first : first + step]
        gap = some[:, later] - some[:, earlier]
        after = (gap > 0) & (gap <= within) & (tied <= some[:, later])
        found[first : first + step] = np.logical_or.reduceat(after, begins, axis=1).sum(axis=1)
    return found
