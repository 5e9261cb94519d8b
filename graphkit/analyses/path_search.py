"""The best loopless chains of links whose days do not run backwards, on plain arrays."""

import heapq
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_ALWAYS = np.iinfo(np.int64).min  # before every day


@dataclass(frozen=True)
class Links:
    """Directed links, sorted by their start.

    Attributes:
        nodes: How many nodes there are.
        start: Node that each link leaves.
        end: Node that it leads to.
        probability: That it carries, above 0 and up to 1.
        days: Ascending days (numbers) of each link; empty for one without a date.
        sourced: Whether a row of a file says so.
    """

    nodes: int
    start: Ints
    end: Ints
    probability: Floats
    days: Sequence[Ints]
    sourced: npt.NDArray[np.bool_]

    @cached_property
    def cost(self) -> Floats:
        """What adds up along a chain, least where it is most probable."""
        return -np.log(self.probability)

    @cached_property
    def begins(self) -> Ints:
        """Where each node's links begin, and where the last ones end."""
        return np.searchsorted(self.start, np.arange(self.nodes + 1))


@dataclass(order=True, frozen=True, slots=True)
class _Partial:
    """A chain from a source that may not be finished; ordered by the best it can become.

    It stands also for those that leave `parent` by a link that promises less: the next of them is
    looked for when this one has had its turn.
    """

    bound: float
    nodes: tuple[int, ...]
    links: tuple[int, ...] = ()
    cost: float = field(default=0.0, compare=False)
    day: int = field(default=_ALWAYS, compare=False)  # the earliest that the last link can be of
    parent: "_Partial | None" = field(default=None, compare=False)
    place: int = field(default=0, compare=False)  # of the last link among those of the parent


def best_chains(
    links: Links,
    sources: Collection[int],
    target: int,
    *,
    count: int,
    max_hops: int = 4,
    min_sourced: int = 2,
) -> list[tuple[int, ...]]:
    """The most probable chains from any source to the target, as positions of links.

    A chain visits no node twice, no second source, and days along it never decrease; a link without
    a date fits anywhere. Chains over the same nodes are told once, by their best links.

    The k best loopless paths are Yen's problem (1971). Days make it depend on the whole chain which
    links fit, so partial chains are extended best first instead, under a bound that is exact for
    the number of hops left: the cost to the target in so many hops with days ignored, computed
    backwards once (A*; Hart, Nilsson and Raphael 1968). The links of a node are ranked once and
    looked at one by one, so that a hub costs little.

    Args:
        links: The graph.
        sources: Nodes to begin at.
        target: Node to end at.
        count: How many chains.
        max_hops: Most links in a chain.
        min_sourced: Fewest links of it that a row of a file states.
    """
    search = _Search(links, frozenset(sources), _bounds(links, target, max_hops), max_hops)
    heap = search.begun(target)
    found: dict[tuple[int, ...], tuple[int, ...]] = {}
    while heap and len(found) < count:
        best = heapq.heappop(heap)
        nexts = [search.extended(best.parent, best.place + 1)] if best.parent else []
        if best.nodes[-1] != target:
            nexts.append(search.extended(best, 0))
        elif links.sourced[list(best.links)].sum() >= min_sourced:
            found.setdefault(best.nodes, best.links)
        for one in nexts:
            if one:
                heapq.heappush(heap, one)
    return list(found.values())


def _bounds(links: Links, target: int, max_hops: int) -> list[Floats]:
    """For each number of hops left, the least cost from every node to the target.

    No longer than until more hops make nothing cheaper.
    """
    linked = np.flatnonzero(np.diff(links.begins))
    found = [np.full(links.nodes, np.inf)]
    found[0][target] = 0.0
    while len(found) <= max_hops:
        further = found[-1].copy()
        through = np.minimum.reduceat(links.cost + further[links.end], links.begins[linked])
        further[linked] = np.minimum(further[linked], through)
        if np.array_equal(further, found[-1]):
            break
        found.append(further)
    return found


class _Search:
    """Extends chains towards a target.

    Args:
        links: The graph.
        sources: Nodes to begin at, which no chain comes back to.
        bounds: See `_bounds`.
        max_hops: Most links in a chain.
    """

    def __init__(
        self, links: Links, sources: frozenset[int], bounds: list[Floats], max_hops: int
    ) -> None:
        self._links, self._sources = links, sources
        self._bounds, self._max_hops = bounds, max_hops
        self._ranked: dict[tuple[int, int], tuple[Ints, Floats]] = {}

    def begun(self, target: int) -> list[_Partial]:
        """The chains without a link, as a heap."""
        begins = sorted(self._sources - {target})
        bound = self._bound(self._max_hops)
        return [_Partial(float(bound[one]), (one,)) for one in begins if np.isfinite(bound[one])]

    def extended(self, chain: _Partial, place: int) -> _Partial | None:
        """The chain with one more link: the best that loops and days allow, from a place on."""
        left = self._max_hops - len(chain.links) - 1
        if left < 0:
            return None
        ranked, promise = self._best_of(chain.nodes[-1], left)
        for at in range(place, len(ranked)):
            link = int(ranked[at])
            end = int(self._links.end[link])
            if end in chain.nodes or end in self._sources:
                continue
            day = _fits(self._links.days[link], chain.day)
            if day is not None:
                return _Partial(
                    # Rounded, so that equal chains come in the order of their nodes everywhere.
                    bound=round(chain.cost + float(promise[at]), 9),
                    nodes=(*chain.nodes, end),
                    links=(*chain.links, link),
                    cost=chain.cost + float(self._links.cost[link]),
                    day=day,
                    parent=chain,
                    place=at,
                )
        return None

    def _bound(self, left: int) -> Floats:
        return self._bounds[min(left, len(self._bounds) - 1)]

    def _best_of(self, node: int, left: int) -> tuple[Ints, Floats]:
        """Links of a node, best first, and the least cost of a chain that goes on by each."""
        if (node, left) not in self._ranked:
            rows = np.arange(*self._links.begins[node : node + 2])
            ends = self._links.end[rows]
            promise = self._links.cost[rows] + self._bound(left)[ends]
            order = np.lexsort((ends, np.round(promise, 9)))
            order = order[np.isfinite(promise[order])]
            self._ranked[node, left] = rows[order], promise[order]
        return self._ranked[node, left]


def _fits(days: Ints, after: int) -> int | None:
    """The first of the days that is not before `after`; `after` itself where there are none."""
    if not len(days):
        return after
    place = int(np.searchsorted(days, after))
    return int(days[place]) if place < len(days) else None


def latest_days(chain: Sequence[Ints]) -> list[int | None]:
    """For each link of a chain the latest of its days such that none is after the next one's.

    Args:
        chain: Ascending days of each link; empty for one without a date.
    """
    found: list[int | None] = []
    limit = np.iinfo(np.int64).max
    for days in reversed(chain):
        if len(days):
            limit = int(days[np.searchsorted(days, limit, side="right") - 1])
            found.append(limit)
        else:
            found.append(None)
    return found[::-1]
