"""Who reaches most others when interest passes along links by chance: reverse reachable sets."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.statistics.censored import Estimate

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_CELLS: Final = 1 << 25
"""Sets times nodes that are looked at together; bounds the memory."""
_SCORE: Final = 1.6449  # of a 90 % interval


class Cascade:
    """Links over which interest passes once, each with a probability (independent cascade).

    Attributes:
        nodes: How many nodes there are.

    Args:
        start: Node that each link leaves.
        end: Node that it leads to.
        probability: That it passes, above 0 and up to 1.
        nodes: How many nodes there are.
    """

    def __init__(self, start: Ints, end: Ints, probability: Floats, nodes: int) -> None:
        order = np.argsort(end, kind="stable")
        self.nodes = nodes
        self._start, self._end = start[order], end[order]
        self._probability = probability[order]
        self._begins = np.searchsorted(self._end, np.arange(nodes + 1))
        self._most = np.zeros(nodes)
        np.maximum.at(self._most, self._end, self._probability)

    @property
    def degree(self) -> Ints:
        """How many links leave each node."""
        return np.bincount(self._start, minlength=self.nodes)

    def reverse_sets(self, goals: Ints, count: int, seed: int) -> "ReverseSets":
        """Draw goals, and of each all nodes from which interest would have come to it.

        A link into a node is not drawn one by one: how many to skip until the next that may pass
        follows the geometric distribution of the node's largest probability, and the one that is
        met is kept with its share of it (thinning).

        Args:
            goals: Nodes that are to be reached.
            count: How many sets.
            seed: Of the draws.
        """
        chance = np.random.default_rng(seed)
        batch = max(min(count, _CELLS // max(self.nodes, 1)), 1)
        parts = []
        for first in range(0, count, batch):
            roots = chance.choice(goals, min(batch, count - first))
            keys = self._reverse(roots, chance) + first * self.nodes
            parts.append(keys)
        keys = np.sort(np.concatenate(parts))
        return ReverseSets(keys // self.nodes, keys % self.nodes, count, self.nodes, len(goals))

    def _reverse(self, roots: Ints, chance: np.random.Generator) -> Ints:
        """Sets of these roots, as keys: number of the set times nodes, plus the node."""
        seen = np.zeros(len(roots) * self.nodes, dtype=bool)
        new = np.arange(len(roots)) * self.nodes + roots
        found = []
        while len(new):
            seen[new] = True
            found.append(new)
            which, links = self._passing(new % self.nodes, chance)
            further = (new - new % self.nodes)[which] + self._start[links]
            new = np.unique(further[~seen[further]])
        return np.concatenate(found)

    def _passing(self, into: Ints, chance: np.random.Generator) -> tuple[Ints, Ints]:
        """Links into nodes over which interest passes: positions in `into`, and the links."""
        which = np.flatnonzero(self._most[into] > 0)
        at = self._begins[into[which]] - 1
        kept_which, kept_links = [], []
        while len(which):
            most = self._most[into[which]]
            at = at + chance.geometric(most)
            inside = at < self._begins[into[which] + 1]
            which, at, most = which[inside], at[inside], most[inside]
            passes = chance.random(len(at)) * most < self._probability[at]
            kept_which.append(which[passes])
            kept_links.append(at[passes])
        none = np.zeros(0, dtype=np.int64)
        return np.concatenate([none, *kept_which]), np.concatenate([none, *kept_links])


@dataclasses.dataclass(frozen=True, slots=True)
class ReverseSets:
    """Of each drawn goal the nodes from which interest would have come to it.

    A node is in a set as likely as it reaches a goal drawn at random: so the share of sets that
    seeds hit is the share of goals that they reach on average.

    Attributes:
        number: The set of each entry, ascending.
        node: The node of each entry.
        count: How many sets there are.
        nodes: How many nodes there are.
        goals: How many goals there are to be reached.
    """

    number: Ints
    node: Ints
    count: int
    nodes: int
    goals: int

    def best(self, candidates: Ints, count: int) -> Ints:
        """Seeds that together hit most sets: always the next that hits most further ones.

        Args:
            candidates: Nodes that may be seeds.
            count: How many.

        Returns:
            The first chosen first; fewer where no other hits a further set.

        References:
            Borgs et al. (2014) and Tang et al. (2014), reverse reachable sets; Nemhauser, Wolsey
            and Fisher (1978), why the greedy choice is near the best.
        """
        begins = np.searchsorted(self.number, np.arange(self.count + 1))
        by_node = np.argsort(self.node, kind="stable")
        of_node = np.searchsorted(self.node[by_node], np.arange(self.nodes + 1))
        hits = np.full(self.nodes, -1, dtype=np.int64)
        hits[candidates] = np.bincount(self.node, minlength=self.nodes)[candidates]
        covered = np.zeros(self.count, dtype=bool)
        chosen: list[int] = []
        while len(chosen) < count and hits.max(initial=0) > 0:
            one = int(hits.argmax())
            chosen.append(one)
            sets = self.number[by_node[of_node[one] : of_node[one + 1]]]
            new = sets[~covered[sets]]
            covered[new] = True
            size = begins[new + 1] - begins[new]
            entries = np.arange(int(size.sum())) + np.repeat(
                begins[new] - np.cumsum(size) + size, size
            )
            hits -= np.bincount(self.node[entries], minlength=self.nodes)
        return np.array(chosen, dtype=np.int64)

    def hit(self, seeds: Ints) -> Bools:
        """Which sets hold any of the seeds."""
        wanted = np.zeros(self.nodes, dtype=bool)
        wanted[seeds] = True
        return np.bincount(self.number[wanted[self.node]], minlength=self.count) > 0

    def reach(self, seeds: Ints) -> Estimate:
        """How many goals the seeds reach on average, with the 90 % interval of drawing them.

        Args:
            seeds: Chosen from other sets than these: from the same it would be too good.
        """
        return self.mean(self.hit(seeds).astype(np.float64))

    def mean(self, values: Floats) -> Estimate:
        """The mean over sets, counted in goals.

        Args:
            values: One a set.
        """
        mean = float(values.mean())
        error = _SCORE * float(values.std()) / np.sqrt(self.count)
        return Estimate(*(self.goals * float(one) for one in (mean, mean - error, mean + error)))
