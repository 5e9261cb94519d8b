"""Communities of a weighted graph: Leiden over many seeds, and what the runs agree on."""

import graspologic_native
import numpy as np
import numpy.typing as npt
from scipy import sparse

Ints = npt.NDArray[np.int64]

_CYCLES = 3  # Leiden repeats until little changes; more cycles changed nothing on small graphs
_CYCLES_OF_MANY = 2  # a third one changes as little where there are many nodes, and costs as much
HUGE = 20_000  # nodes, above which runs are few and short
_ROUNDS = 20  # after so many rounds of consensus the first run stands


def leiden(graph: sparse.csr_array, *, resolution: float, seed: int) -> Ints:
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
    return _renumbered(labels)


def _renumbered(labels: Ints) -> Ints:
    """Labels in order of first appearance, so that equal partitions are equal arrays."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]


def consensus(graph: sparse.csr_array, *, resolution: float, seeds: int, first: int = 0) -> Ints:
    """What many runs of Leiden agree on.

    Links are weighted by the share of runs that put both ends together, those below one half are
    dropped, and Leiden runs again, until all runs are equal.

    Args:
        graph: Symmetric weights.
        resolution: See `leiden`.
        seeds: How many runs.
        first: The first seed.

    References:
        Lancichinetti and Fortunato (2012).
    """
    entries = graph.tocoo()
    row, column = entries.coords
    current = graph
    for _ in range(_ROUNDS):
        runs = np.array(
            [leiden(current, resolution=resolution, seed=first + seed) for seed in range(seeds)]
        )
        if (runs == runs[0]).all():
            break
        together = (runs[:, row] == runs[:, column]).mean(axis=0)
        kept = together >= 0.5  # noqa: PLR2004 - more often together than apart
        current = sparse.csr_array((together[kept], (row[kept], column[kept])), shape=graph.shape)
    return np.asarray(runs[0])


def modularity(graph: sparse.csr_array, labels: Ints) -> float:
    """Share of link weight inside communities beyond what degrees alone explain (Newman 2006)."""
    total = float(graph.sum())
    if total == 0:
        return 0.0
    entries = graph.tocoo()
    row, column = entries.coords
    inside = float(entries.data[labels[row] == labels[column]].sum())
    degrees = np.bincount(labels, weights=np.asarray(graph.sum(axis=1)).ravel())
    return inside / total - float((degrees**2).sum()) / total**2
