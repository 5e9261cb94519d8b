"""What leads to what over links that are there with a probability: drawn many times at once."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint64]

_WORD: Final = 64
"""Draws are bits of a word, so that one operation looks at so many at once."""
_AT_ONCE: Final = 4096
"""Links whose draws are made together; bounds the memory."""


@dataclasses.dataclass(frozen=True, slots=True)
class Upstream:
    """The nodes that may lead to some goals, and the links between them.

    Attributes:
        nodes: Sorted; the goals among them.
        goal: Which of them are goals.
        links: Positions of the links that lead from one of them to another.
        start: Of each of these links, as a position in `nodes`.
        end: Likewise.
    """

    nodes: Ints
    goal: Bools
    links: Ints
    start: Ints
    end: Ints

    def share(self, weight: Floats, most_links: int) -> Floats:
        """What part of each node's flow arrives at a goal when it spreads by weights.

        Args:
            weight: Of every link, as a part of what its start sends on.
            most_links: Longest chain.
        """
        arrives = self.goal.astype(np.float64)
        for _ in range(most_links):
            sent = weight[self.links] * arrives[self.end]
            passed = np.bincount(self.start, weights=sent, minlength=len(self.nodes))
            arrives = np.where(self.goal, 1.0, np.minimum(passed, 1.0))
        return arrives


class UncertainLinks:
    """Directed links, each there or not in each of many draws, independently of the others.

    Args:
        start: Node that each link leaves.
        end: Node that it leads to.
        probability: That it is there.
        nodes: How many nodes there are.
        draws: How many, rounded up to a multiple of 64.
        seed: Of the draws.
    """

    def __init__(
        self,
        start: Ints,
        end: Ints,
        probability: Floats,
        nodes: int,
        *,
        draws: int = 2048,
        seed: int = 1,
    ) -> None:
        self._start, self._end = start, end
        self._words = -(-draws // _WORD)
        self._by_end = np.argsort(end, kind="stable")
        self._begins = np.searchsorted(end[self._by_end], np.arange(nodes + 1))
        self._there = _drawn(probability, self._words, seed)

    @property
    def draws(self) -> int:
        """How many there are."""
        return self._words * _WORD

    def upstream(self, goals: Ints, most_links: int) -> Upstream:
        """What may lead to any of the goals.

        Args:
            goals: Nodes.
            most_links: Longest chain.
        """
        nodes = new = np.unique(goals)
        for _ in range(most_links):
            new = np.setdiff1d(self._start[self._into(new)], nodes)
            nodes = np.union1d(nodes, new)
        links = self._into(nodes)
        links = links[np.isin(self._start[links], nodes)]
        links = links[np.argsort(self._start[links], kind="stable")]
        start, end = (np.searchsorted(nodes, ends[links]) for ends in (self._start, self._end))
        return Upstream(nodes, np.isin(nodes, goals), links, start, end)

    def leads(self, upstream: Upstream, most_links: int) -> Bools:
        """In which draws each node leads to a goal: nodes by draws.

        Args:
            upstream: See `upstream`.
            most_links: Longest chain.
        """
        leads = np.zeros((len(upstream.nodes), self._words), dtype=np.uint64)
        leads[upstream.goal] = np.iinfo(np.uint64).max
        there = self._there[upstream.links]
        begins = np.flatnonzero(np.diff(upstream.start, prepend=-1))
        for _ in range(most_links if len(begins) else 0):
            on = np.bitwise_or.reduceat(there & leads[upstream.end], begins, axis=0)
            leads[upstream.start[begins]] |= on
        return np.unpackbits(leads.view(np.uint8), axis=1).astype(bool)

    def _into(self, nodes: Ints) -> Ints:
        """The links that lead to these nodes."""
        first, last = self._begins[nodes], self._begins[nodes + 1]
        count = last - first
        shift = np.repeat(first - np.cumsum(count) + count, count)
        return np.asarray(self._by_end[np.arange(int(count.sum())) + shift])


def _drawn(probability: Floats, words: int, seed: int) -> Words:
    chance = np.random.default_rng(seed)
    found = np.zeros((len(probability), words), dtype=np.uint64)
    for first in range(0, len(probability), _AT_ONCE):
        part = probability[first : first + _AT_ONCE, None]
        there = chance.random((len(part), words * _WORD), dtype=np.float32) < part
        found[first : first + _AT_ONCE] = np.packbits(there, axis=1).view(np.uint64)
    return found
