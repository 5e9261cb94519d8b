"""Clusters of a network of 100,000 nodes and 1,000,000 ties, beside igraph and networkx.

Run: python benchmarks/large_networks.py [--nodes 100000] [--ties 1000000] [--skip-networkx]

CPU seconds, seconds by the clock (graphkit's runs share all cores, which should do nothing else),
and the adjusted mutual information of the communities with the planted segments: of one run of
Leiden; of all that a shop of so many customers gets (the communities, and bootstraps that say which
last); of one run of igraph's Leiden (dependency group bench); and of one of
networkx's Louvain.
"""

import argparse
import time
from collections.abc import Callable
from importlib.util import find_spec

import networkx as nx
import numpy as np
import numpy.typing as npt
from clusters import adjusted_mutual_information
from crm_network import NODES, TIES, Network, crm_network
from scipy import sparse

from graphkit.analyses.clustering.stability import Stable, stable_clusters
from graphkit.statistics.engine import BUILT_IN

Ints = npt.NDArray[np.int64]

ASKED = 10


def of_igraph(network: Network) -> Ints:
    """Communities by igraph's Leiden."""
    import igraph  # noqa: PLC0415 - seldom installed

    graph = igraph.Graph(n=network.nodes, edges=np.stack([network.first, network.second], axis=1))
    found = graph.community_leiden("modularity", weights=network.strength, n_iterations=3)
    return np.array(found.membership)


def of_networkx(network: Network) -> Ints:
    """Communities by networkx's Louvain, on a graph that is there already."""
    graph = nx.Graph()
    graph.add_nodes_from(range(network.nodes))
    graph.add_weighted_edges_from(
        zip(
            network.first.tolist(),
            network.second.tolist(),
            network.strength.tolist(),
            strict=True,
        )
    )
    labels = np.empty(network.nodes, np.int64)
    began = time.process_time()
    for number, members in enumerate(nx.community.louvain_communities(graph, seed=1)):
        labels[list(members)] = number
    print(f"  (Louvain alone {time.process_time() - began:.1f} s)")
    return labels


def lasting(graph: sparse.csr_array) -> Stable:
    """All that a shop of so many customers gets."""
    row, column = graph.tocoo().coords

    def induced(present: npt.NDArray[np.bool_]) -> sparse.csr_array:
        kept = present[row] & present[column]
        begins = np.r_[0, np.cumsum(kept)][graph.indptr]
        return sparse.csr_array((graph.data[kept], column[kept], begins), shape=graph.shape)

    return stable_clusters(graph, induced)


def main() -> None:
    """Print a line a way of clustering, then what is asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--nodes", type=int, default=NODES)
    parser.add_argument("--ties", type=int, default=TIES)
    parser.add_argument("--skip-networkx", action="store_true")
    given = parser.parse_args()
    network = crm_network(given.nodes, given.ties)
    graph = network.matrix
    graph.sort_indices()
    kept: dict[str, Stable] = {}

    def all_of_it() -> Ints:
        kept["stable"] = lasting(graph)
        return kept["stable"].communities

    ways: dict[str, Callable[[], Ints]] = {
        "graphkit, one run": lambda: BUILT_IN.leiden(graph, resolution=1.0, seed=1),
        "graphkit, all of it": all_of_it,
    }
    if find_spec("igraph"):
        ways["igraph Leiden"] = lambda: of_igraph(network)
    if not given.skip_networkx:
        ways["networkx Louvain"] = lambda: of_networkx(network)
    took, clocks, agree = {}, {}, {}
    for name, way in ways.items():
        clock, began = time.perf_counter(), time.process_time()
        labels = way()
        took[name] = time.process_time() - began
        clocks[name] = clock = time.perf_counter() - clock
        agree[name] = adjusted_mutual_information(network.segment.tolist(), labels.tolist())
        print(
            f"{name:20} {took[name]:7.1f} s, {clock:.0f} s by the clock, AMI {agree[name]:.4f},"
            f" {labels.max() + 1:,} communities",
            flush=True,
        )
    found = kept["stable"]
    inside = found.labels >= 0
    sure = adjusted_mutual_information(
        network.segment[inside].tolist(), found.labels[inside].tolist()
    )
    print(
        f"lasting: {len(found.stability)} clusters at resolution {found.resolution:g} with"
        f" {inside.mean():.0%} of the nodes, AMI {sure:.4f}"
    )
    if "networkx Louvain" in took:
        for name in list(ways)[:2]:
            times, by_clock = (of["networkx Louvain"] / of[name] for of in (took, clocks))
            print(
                f"{name}: {times:.1f} times networkx, {by_clock:.1f} by the clock (asked: {ASKED})"
            )
    if "igraph Leiden" in agree:
        least = agree["igraph Leiden"]
        print(f"AMI {agree['graphkit, all of it']:.4f} (asked: that of igraph, {least:.4f})")


if __name__ == "__main__":
    main()
