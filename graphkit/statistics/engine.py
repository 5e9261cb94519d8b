"""What computes communities and PageRank of a graph: here, or where the graph is kept."""

from typing import Final, Protocol

import graspologic_native
import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

HUGE: Final = 20_000  # nodes, above which runs are few and short
DAMPING: Final = 0.85
_CYCLES: Final = (
    3  # Leiden repeats until little changes; more cycles changed nothing on small graphs
)
_CYCLES_OF_MANY: Final = (
    2  # a third changes as little where there are many nodes, and costs as much
)
_ROUNDS: Final = 100


class Engine(Protocol):
    """Computes on graphs."""

    def named(self, nodes: int) -> str:
        """Who computes on a graph of so many nodes; empty for graphkit itself."""

    def leiden(self, graph: sparse.csr_array, *, resolution: float, seed: int) -> Ints:
        """One run of Leiden; a node without links is a community of its own.

        Args:
            graph: Symmetric weights.
            resolution: Above 1 for more and smaller communities than modularity has.
            seed: Order in which nodes move.

        Returns:
            Community of each node, numbered in order of first appearance.

        References:
            Traag, Waltman and van Eck (2019).
        """

    def pagerank(self, start: Ints, end: Ints, weight: Floats, nodes: int) -> Floats:
        """How often one comes by each node who walks the links backwards, as likely as they weigh.

        Args:
            start: Node that each link leaves.
            end: Node that it leads to.
            weight: How likely it is to be walked.
            nodes: How many nodes there are.

        Returns:
            Shares, which add up to 1.
        """


class BuiltIn:
    """graphkit itself: the same on every machine and for every store."""

    def named(self, nodes: int) -> str:
        """See `Engine.named`: nothing has to be said of it."""
        del nodes
        return ""

    def leiden(self, graph: sparse.csr_array, *, resolution: float, seed: int) -> Ints:
        """See `Engine.leiden`."""
        size = graph.shape[0]
        if graph.nnz == 0:  # the library does not take an empty graph
            return np.arange(size, dtype=np.int64)
        _, found = graspologic_native.leiden_csr(
            graph.indptr.astype(np.int64),
            graph.indices.astype(np.int32),
            graph.data.astype(np.float64),
            size,
            resolution=resolution,
            iterations=_CYCLES if size <= HUGE else _CYCLES_OF_MANY,
            seed=seed,
        )
        labels = np.fromiter((found[node] for node in range(size)), dtype=np.int64, count=size)
        return renumbered(labels)

    def pagerank(self, start: Ints, end: Ints, weight: Floats, nodes: int) -> Floats:
        """See `Engine.pagerank`."""
        given = np.bincount(end, weight, nodes)
        rank = np.full(nodes, 1 / nodes)
        for _ in range(_ROUNDS):
            share = np.where(given > 0, rank / np.where(given > 0, given, 1.0), 0.0)
            walked = np.bincount(start, share[end] * weight, nodes)
            rank = (1 - DAMPING + DAMPING * rank[given == 0].sum()) / nodes
            rank = rank + DAMPING * walked
        return rank


BUILT_IN: Final = BuiltIn()


def renumbered(labels: Ints) -> Ints:
    """Labels in order of first appearance, so that equal partitions are equal arrays."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]
