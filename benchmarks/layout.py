"""How quickly a map is laid out, whether clusters stay together, and whether it stays as it was.

Run: python benchmarks/layout.py [--spring 1000]

Networks with planted clusters (see crm_network.py), ten ties a node. For each size: CPU seconds;
of the five nearest drawn neighbours of each node, the share in its own cluster, with the clusters
given and with none (then communities are searched for); and how far the median old node moves, as a
share of the map's width, when three companies or a tenth more come, with the last map known and
without. Beside it networkx's spring_layout at a size where that is bearable.
"""

import argparse
import time
from collections.abc import Callable, Sequence

import networkx as nx
import numpy as np
from crm_network import Floats, Ints, Network, crm_network
from scipy import sparse, spatial

from graphkit.reports.layout.places import matrix_of, positions
from graphkit.reports.layout.staying import staying

SIZES = ((500, 8), (5_000, 50), (50_000, 250))
TIES = 10
NEAREST = 5
OF_A_NEW_ONE, INSIDE = 5, 0.8


def grown(network: Network, more: int) -> Network:
    """The same with so many more nodes, four of five of their ties in one cluster."""
    chance = np.random.default_rng(5)
    old = network.nodes
    segment = network.segment[chance.integers(0, old, more)]
    begins = np.searchsorted(network.segment, segment)
    sizes = np.searchsorted(network.segment, segment, side="right") - begins
    first = np.repeat(np.arange(old, old + more), OF_A_NEW_ONE)
    own = np.repeat(begins, OF_A_NEW_ONE) + chance.integers(0, np.repeat(sizes, OF_A_NEW_ONE))
    second = np.where(chance.random(len(own)) < INSIDE, own, chance.integers(0, old, len(own)))
    return Network(
        np.r_[network.first, first],
        np.r_[network.second, second],
        np.r_[network.strength, np.ones(len(first))],
        np.r_[network.segment, segment],
    )


def ties_of(network: Network) -> sparse.csr_array:
    """Strengths, both ways."""
    return matrix_of(network.first, network.second, network.strength, network.nodes)


def names_of(network: Network, *, known: bool = True) -> tuple[list[str], list[str]]:
    """Ids and clusters of the nodes."""
    ids = [f"Company co-{one}" for one in range(network.nodes)]
    return ids, [f"cluster {one}" if known else "" for one in network.segment]


def share_of_own(places: Floats, cluster: Ints) -> float:
    """Of the nearest drawn neighbours of each, the share in its own cluster."""
    near = spatial.cKDTree(places).query(places, k=NEAREST + 1)[1][:, 1:]
    return float((cluster[near] == cluster[:, None]).mean())


def timed(lay: Callable[[], Floats]) -> tuple[Floats, float]:
    """Places and the CPU seconds that they took."""
    begin = time.process_time()
    places = lay()
    return places, time.process_time() - begin


def moved(before: Floats, after: Floats) -> float:
    """How far the median old node went, as a share of the map's width."""
    return float(np.median(np.linalg.norm(before - after[: len(before)], axis=1)) / 2)


def one_size(nodes: int, clusters: int) -> None:
    """Print the figures of one size."""
    network = crm_network(nodes, TIES * nodes, clusters)
    for known in (True, False):
        ids, groups = names_of(network, known=known)
        ties = ties_of(network)
        places, seconds = timed(lambda: positions(ids, groups, ties))  # noqa: B023 - called at once
        told = "given" if known else "searched for"
        share = share_of_own(places, network.segment)
        print(f"{nodes:6,} nodes, clusters {told}: {seconds:.2f} s CPU, {share:.3f} in their own")
    ids, groups = names_of(network)
    before = positions(ids, groups, ties_of(network))
    last = dict(zip(ids, map(tuple, before.tolist()), strict=True))
    for more in (3, nodes // 10):
        larger = grown(network, more)
        ids, groups = names_of(larger)
        ties = ties_of(larger)
        fresh = moved(before, positions(ids, groups, ties))
        kept, seconds = timed(lambda: staying(ids, groups, ties, last))  # noqa: B023 - called at once
        share = share_of_own(kept, larger.segment)
        print(
            f"       {more:,} more: median move {moved(before, kept):.4f} of the width with the"
            f" last map ({seconds:.2f} s, {share:.3f} in their own), {fresh:.4f} without"
        )


def spring(nodes: int) -> None:
    """Print the figures of networkx."""
    network = crm_network(nodes, TIES * nodes, max(nodes // 100, 4))
    graph = nx.from_scipy_sparse_array(ties_of(network))
    laid, seconds = timed(lambda: _array(nx.spring_layout(graph, seed=1), nodes))
    share = share_of_own(laid, network.segment)
    print(
        f"{nodes:6,} nodes, networkx spring_layout: {seconds:.2f} s CPU, {share:.3f} in their own"
    )
    ids, groups = names_of(network)
    ours, seconds = timed(lambda: positions(ids, groups, ties_of(network)))
    share = share_of_own(ours, network.segment)
    print(f"       the same by graphkit: {seconds:.2f} s CPU, {share:.3f} in their own")


def _array(laid: dict[int, Sequence[float]], nodes: int) -> Floats:
    return np.array([laid[one] for one in range(nodes)])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--spring", type=int, default=1_000)
    options = parser.parse_args()
    for nodes, clusters in SIZES:
        one_size(nodes, clusters)
    spring(options.spring)


if __name__ == "__main__":
    main()
