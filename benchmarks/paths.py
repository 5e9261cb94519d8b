"""The five best chains between two nodes of a large network, beside igraph's.

Run: python benchmarks/paths.py [--pairs 100] [--nodes 100000] [--ties 1000000]

The peer is igraph's k shortest paths (Yen), from dependency group bench. Ties have no date and any
number of hops will do, since igraph knows no such rules; costs of the chains must be the same. Then
what paths of at most four hops cost, as `graphkit paths` asks for them, with and without days.
"""

import argparse
import dataclasses
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt
from crm_network import NODES, TIES, Network, crm_network

from graphkit.analyses.path_search import Links, best_chains

Ints = npt.NDArray[np.int64]
Pair = tuple[int, int]

COUNT, CARRIES, DAYS = 5, 0.4, 1_000
ANY_HOPS = 50
ASKED, EQUAL = 25, 1e-9
NO_DAYS = np.empty(0, np.int64)


def links_of(network: Network) -> Links:
    """Each tie as two links without a date."""
    start = np.r_[network.first, network.second]
    end = np.r_[network.second, network.first]
    order = np.lexsort((end, start))
    probability = 1 - (1 - CARRIES) ** np.r_[network.strength, network.strength][order]
    return Links(
        nodes=network.nodes,
        start=start[order],
        end=end[order],
        probability=probability,
        days=[NO_DAYS] * len(order),
        sourced=np.ones(len(order), dtype=bool),
    )


def dated(links: Links, seed: int = 3) -> Links:
    """The same with up to three days on each link."""
    chance = np.random.default_rng(seed)
    days = np.sort(chance.integers(0, DAYS, (len(links.start), 3)), axis=1)
    counts = chance.integers(1, 4, len(days)).tolist()
    return dataclasses.replace(
        links, days=[one[:many] for one, many in zip(days, counts, strict=True)]
    )


def seconds(job: Callable[[Pair], list[float]], pairs: list[Pair]) -> tuple[float, list[Any]]:
    """CPU seconds of a pair, and what came of each."""
    began = time.process_time()
    found = [job(pair) for pair in pairs]
    return (time.process_time() - began) / len(pairs), found


def main() -> None:
    """Print seconds a pair beside what is asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--nodes", type=int, default=NODES)
    parser.add_argument("--ties", type=int, default=TIES)
    given = parser.parse_args()
    network = crm_network(given.nodes, given.ties)
    links = links_of(network)
    ends = np.random.default_rng(2).choice(given.nodes, (given.pairs, 2), replace=False)
    pairs: list[Pair] = [(int(one), int(other)) for one, other in ends]

    def costs(graph: Links, pair: Pair, **rules: int) -> list[float]:
        source, target = pair
        found = best_chains(graph, [source], target, count=COUNT, **rules)
        return [float(graph.cost[list(one)].sum()) for one in found]

    print(f"{given.nodes:,} nodes, {given.ties:,} ties, {COUNT} chains of {len(pairs)} pairs")
    own, ours = seconds(lambda pair: costs(links, pair, max_hops=ANY_HOPS, min_sourced=1), pairs)
    print(f"graphkit, any hops            {own:.4f} s a pair", flush=True)
    with_days = dated(links)
    for name, graph in (("", links), (", days in order", with_days)):
        took, found = seconds(lambda pair, graph=graph: costs(graph, pair), pairs)
        some = sum(map(len, found)) / len(found)
        print(f"graphkit, up to 4 hops{name} {took:.4f} s a pair, {some:.1f} chains", flush=True)
    if find_spec("igraph"):
        import igraph  # noqa: PLC0415 - seldom installed

        graph = igraph.Graph(n=given.nodes, edges=np.stack([network.first, network.second], axis=1))
        cost = -np.log(1 - (1 - CARRIES) ** network.strength)
        graph.es["cost"] = cost

        def peer(pair: Pair) -> list[float]:
            found = graph.get_k_shortest_paths(
                *pair, k=COUNT, mode="all", weights="cost", output="epath"
            )
            return [float(cost[one].sum()) for one in found]

        theirs_took, theirs = seconds(peer, pairs)
        apart = max(
            np.abs(np.subtract(one, two)).max() for one, two in zip(ours, theirs, strict=True)
        )
        print(f"igraph, any hops              {theirs_took:.4f} s a pair")
        print(
            f"{theirs_took / own:.0f} times (asked: {ASKED}); costs {apart:.0e} apart at most"
            f" (asked: {EQUAL:g})"
        )


if __name__ == "__main__":
    main()
