"""Whether a group as a whole stands out from the shop: its mean score against reshuffled labels."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.statistics.multiplicity import benjamini_hochberg

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_LOUDEST: Final = 2.5  # standard deviations that one member may speak with
_FOUND: Final = 0.10
_BLOCK: Final = 500  # permutations at a time


@dataclasses.dataclass(frozen=True, slots=True)
class GroupTest:
    """What was found of one group.

    Attributes:
        group: Its number.
        mean: Mean score of its members.
        p: Share of equally many members of the shop whose mean is as high.
        q: Corrected over the groups.
        robust: Whether no single member carries it: without any one of them the mean stays
            positive, keeps half its size and has p <= .10.
    """

    group: int
    mean: float
    p: float
    q: float
    robust: bool


def groups_that_stand_out(
    scores: Floats, group: Ints, *, permutations: int = 9999, seed: int = 1
) -> list[GroupTest]:
    """Groups whose members' mean score is higher than labels drawn at random would make it.

    Labels are permuted over the whole shop: when everybody falls, no group stands out. A group that
    was found is then taken out of the pool and the others are tested again, since two groups that
    fall at once would hide each other. Scores are bounded, so that no member shouts.

    Args:
        scores: One a member; NaN where there is none.
        group: Each member's group, -1 for none. Members of groups that are not to be tested keep
            their place in the pool as -1.
        permutations: How many.
        seed: Of the permutations.

    Returns:
        One entry a group, by number.

    References:
        Good (2005), permutation tests; Barnard (1963) for counting the observed labels among the
        permutations.
    """
    known = ~np.isnan(scores)
    bounded = np.clip(scores[known], -_LOUDEST, _LOUDEST)
    labels = group[known]
    family = np.unique(labels[labels >= 0])
    pool = np.ones(len(labels), dtype=bool)
    found: dict[int, GroupTest] = {}
    while len(found) < len(family):
        left = [int(one) for one in family if int(one) not in found]
        tested = _test(bounded[pool], labels[pool], left, permutations, seed)
        settled = [found[one].p for one in sorted(found)]
        q = benjamini_hochberg(np.array([*settled, *(one.p for one in tested)]))[len(settled) :]
        tested = [dataclasses.replace(one, q=float(x)) for one, x in zip(tested, q, strict=True)]
        hits = [one for one in tested if one.q <= _FOUND and one.robust]
        if not hits:
            found |= {one.group: one for one in tested}
            break
        strongest = min(hits, key=lambda one: (one.p, -one.mean, one.group))
        found[strongest.group] = strongest
        pool &= labels != strongest.group
    return [found[one] for one in sorted(found)]


def _test(
    scores: Floats, labels: Ints, groups: list[int], permutations: int, seed: int
) -> list[GroupTest]:
    """Each group against means of as many scores drawn from the pool; q is still to be set."""
    sizes = {int((labels == one).sum()) for one in groups}
    means = _drawn_means(scores, sizes | {size - 1 for size in sizes}, permutations, seed)

    def p_value(mean: float, members: int) -> float:
        return float(((means[members] >= mean - 1e-9).sum() + 1) / (permutations + 1))

    def test(number: int) -> GroupTest:
        members = scores[labels == number]
        mean = float(members.mean())
        without = (members.sum() - members) / max(len(members) - 1, 1)
        robust = all(
            one > 0 and one >= mean / 2 and p_value(one, len(members) - 1) <= _FOUND
            for one in without.tolist()
        )
        return GroupTest(number, mean, p_value(mean, len(members)), 1.0, robust)

    return [test(number) for number in groups]


def _drawn_means(
    scores: Floats, sizes: set[int], permutations: int, seed: int
) -> dict[int, Floats]:
    """Means of the first so many of the reshuffled scores, in blocks to bound memory."""
    wanted = np.array(sorted(size for size in sizes if size > 0))
    chance = np.random.default_rng([seed, len(scores)])
    blocks = []
    for at in range(0, permutations, _BLOCK):
        rows = min(_BLOCK, permutations - at)
        drawn = chance.permuted(np.tile(scores, (rows, 1)), axis=1)[:, : wanted[-1]]
        blocks.append(np.cumsum(drawn, axis=1)[:, wanted - 1] / wanted)
    means = np.concatenate(blocks)
    return {int(size): means[:, at] for at, size in enumerate(wanted)} | {0: np.zeros(permutations)}
