"""How fast and how good the choice of seeds is, beside plain CELF and beside the number of ties.

Run: python benchmarks/influence.py [--nodes 2000] [--seeds 10] [--sets 50000] [--simulations 50]
     [--record]

On a random network with a few large hubs, probabilities drawn between .01 and .2: CPU seconds of
reverse reachable sets and of CELF (Leskovec et al. 2007; lazy greedy, each spread simulated) in the
same run, with the ratio; the spread of both, and of seeds from ten times as many sets, all measured
on the same fresh sets. Then a network in which the best known are many but know each other, where
seeds chosen by number of ties lose.
"""

import argparse
import heapq
import time

import numpy as np
import numpy.typing as npt
from results import Results, record_option

from graphkit.statistics.cascade import Cascade, ReverseSets
from graphkit.statistics.engine import BUILT_IN

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Links = tuple[Ints, Ints, Floats]


def network(nodes: int, seed: int = 1) -> Links:
    """Eight links a node; whom they come from is skewed, so that a few have very many."""
    chance = np.random.default_rng(seed)
    weight = chance.pareto(1.5, nodes) + 0.2
    start = chance.choice(nodes, 8 * nodes, p=weight / weight.sum())
    end = chance.integers(0, nodes, 8 * nodes)
    pairs = np.unique(start * nodes + end)
    start, end = pairs // nodes, pairs % nodes
    kept = start != end
    return start[kept], end[kept], chance.uniform(0.01, 0.2, int(kept.sum()))


def clique_and_stars(stars: int = 40, leaves: int = 25, core: int = 40) -> tuple[Links, int]:
    """A core in which all know all, hardly listening, and stars whose leaves do listen."""
    start, end, probability = [], [], []
    for one in range(core):
        others = [other for other in range(core) if other != one]
        start += [one] * len(others)
        end += others
        probability += [0.02] * len(others)
    for star in range(stars):
        middle = core + star * (leaves + 1)
        start += [middle] * leaves
        end += range(middle + 1, middle + 1 + leaves)
        probability += [0.3] * leaves
    nodes = core + stars * (leaves + 1)
    return (np.array(start), np.array(end), np.array(probability)), nodes


class Simulated:
    """Spread of seeds, simulated one by one: what plain CELF does."""

    def __init__(self, links: Links, nodes: int, simulations: int) -> None:
        self._out: list[list[tuple[int, float]]] = [[] for _ in range(nodes)]
        for start, end, probability in zip(*(one.tolist() for one in links), strict=True):
            self._out[start].append((end, probability))
        self._nodes, self._simulations = nodes, simulations
        self._chance = np.random.default_rng(2)

    def spread(self, seeds: list[int]) -> float:
        """Mean number of nodes reached."""
        total = 0
        for _ in range(self._simulations):
            seen, new = set(seeds), list(seeds)
            while new:
                ties = [tie for one in new for tie in self._out[one]]
                draws = self._chance.random(len(ties)).tolist()
                new = []
                for (end, probability), draw in zip(ties, draws, strict=True):
                    if draw < probability and end not in seen:
                        seen.add(end)
                        new.append(end)
            total += len(seen)
        return total / self._simulations

    def celf(self, count: int) -> list[int]:
        """Seeds by lazy greedy choice."""
        heap = [(-self.spread([one]), one, 0) for one in range(self._nodes)]
        heapq.heapify(heap)
        chosen: list[int] = []
        reached = 0.0
        while len(chosen) < count:
            gain, one, when = heapq.heappop(heap)
            if when == len(chosen):
                chosen.append(one)
                reached -= gain
            else:
                heapq.heappush(heap, (reached - self.spread([*chosen, one]), one, len(chosen)))
        return chosen


def main() -> None:
    """Print seconds, spreads and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--nodes", type=int, default=2000)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--sets", type=int, default=50_000)
    parser.add_argument("--simulations", type=int, default=50)
    record_option(parser)
    given = parser.parse_args()
    links, every = network(given.nodes), np.arange(given.nodes)
    cascade = Cascade(*links, given.nodes)
    began = time.process_time()
    seeds = cascade.reverse_sets(every, given.sets, 1).best(every, given.seeds)
    own = time.process_time() - began
    began = time.process_time()
    theirs = np.array(Simulated(links, given.nodes, given.simulations).celf(given.seeds))
    celf = time.process_time() - began
    fresh = cascade.reverse_sets(every, 10 * given.sets, 3)
    more = cascade.reverse_sets(every, 10 * given.sets, 4).best(every, given.seeds)
    print(f"{given.nodes:,} nodes, {len(links[0]):,} links, {given.seeds} seeds")
    print(f"reverse sets {own:.2f} s, CELF {celf:.1f} s: {celf / own:.0f} times (asked: 50)")
    print(f"spread {fresh.reach(seeds).value:.1f}, of CELF's seeds {fresh.reach(theirs).value:.1f}")
    ratio = fresh.reach(seeds).value / fresh.reach(more).value
    print(f"of what ten times the sets give: {ratio:.4f} (asked: .99)")
    results = Results("influence", f"a random network of {given.nodes:,} nodes")
    results.add(
        f"Nodes reached from {given.seeds} chosen",
        fresh.reach(seeds).value,
        f"{10 * given.sets:,} fresh sets",
        unit="",
        peer="CELF (lazy greedy, simulated)",
        peer_value=fresh.reach(theirs).value,
    )
    results.add("Seconds it took", own, "1 run", unit="s", peer="CELF", peer_value=celf)
    if given.record:
        results.write()
    _compare("the same network", cascade, links, fresh, seeds)
    links, nodes = clique_and_stars()
    cascade, every = Cascade(*links, nodes), np.arange(nodes)
    seeds = cascade.reverse_sets(every, given.sets, 1).best(every, given.seeds)
    fresh = cascade.reverse_sets(every, 10 * given.sets, 3)
    _compare("a core that hardly listens", cascade, links, fresh, seeds)


def _compare(name: str, cascade: Cascade, links: Links, fresh: ReverseSets, seeds: Ints) -> None:
    """What seeds by number of ties and by PageRank reach, beside the chosen ones."""
    best = fresh.reach(seeds).value
    pagerank = BUILT_IN.pagerank(*links, cascade.nodes)
    for by, score in (("degree", cascade.degree), ("PageRank", pagerank)):
        found = fresh.reach(np.argsort(-score, kind="stable")[: len(seeds)]).value
        print(f"{name}: by {by} {found:.1f} of {best:.1f}, {1 - found / best:.1%} less")


if __name__ == "__main__":
    main()
