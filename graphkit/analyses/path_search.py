"""The best loopless chains of links whose days do not run backwards, on plain arrays."""

import heapq
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_ALWAYS = np.iinfo(np.int64).min  # before every day


@dataclass(frozen=True, slots=True)
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


@dataclass(order=True, frozen=True, slots=True)
class _Partial:
    """A chain from a source that is not finished; ordered by the best it can become."""

    bound: float
    nodes: tuple[int, ...]
    links: tuple[int, ...]
    cost: float
    day: int  # the earliest on which the last dated link can have carried


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
    backwards once (A*; Hart, Nilsson and Raphael 1968).

    Args:
        links: The graph.
        sources: Nodes to begin at.
        target: Node to end at.
        count: How many chains.
        max_hops: Most links in a chain.
        min_sourced: Fewest links of it that a row of a file states.
    """
    cost = -np.log(links.probability)
    bounds = _bounds(links, cost, target, max_hops)
    begins = np.searchsorted(links.start, np.arange(links.nodes + 1))
    heap = [
        _Partial(bounds[max_hops][one], (one,), (), 0.0, _ALWAYS)
        for one in sorted(set(sources))
        if one != target and np.isfinite(bounds[max_hops][one])
    ]
    heapq.heapify(heap)
    closed = frozenset(sources)
    found: dict[tuple[int, ...], tuple[int, ...]] = {}
    while heap and len(found) < count:
        best = heapq.heappop(heap)
        if best.nodes[-1] == target:
            if links.sourced[list(best.links)].sum() >= min_sourced:
                found.setdefault(best.nodes, best.links)
            continue
        left = max_hops - len(best.links) - 1
        if left >= 0:
            for longer in _extended(best, links, cost, bounds[left], begins):
                if longer.nodes[-1] not in closed:
                    heapq.heappush(heap, longer)
    return list(found.values())


def _bounds(links: Links, cost: Floats, target: int, max_hops: int) -> list[Floats]:
    """For each number of hops left, the least cost from every node to the target."""
    reach = np.full(links.nodes, np.inf)
    reach[target] = 0.0
    found = [reach]
    for _ in range(max_hops):
        further = found[-1].copy()
        np.minimum.at(further, links.start, cost + found[-1][links.end])
        found.append(further)
    return found


def _extended(
    best: _Partial, links: Links, cost: Floats, bound: Floats, begins: Ints
) -> Iterator[_Partial]:
    """The chain with one more link, where loops, days and hops left allow it."""
    last = best.nodes[-1]
    for link in range(int(begins[last]), int(begins[last + 1])):
        end = int(links.end[link])
        if end in best.nodes or not np.isfinite(bound[end]):
            continue
        day = _fits(links.days[link], best.day)
        if day is not None:
            spent = best.cost + float(cost[link])
            # Rounded, so that equal chains come in the order of their nodes on every machine.
            reachable = round(spent + float(bound[end]), 9)
            yield _Partial(reachable, (*best.nodes, end), (*best.links, link), spent, day)


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
