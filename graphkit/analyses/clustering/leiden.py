"""Communities of a weighted graph: what many runs of Leiden agree on, and how good they are."""

import numpy as np
from scipy import sparse

from graphkit.statistics.engine import BUILT_IN, Engine, Ints

_ROUNDS = 20  # after so many rounds of consensus the first run stands


def consensus(
    graph: sparse.csr_array,
    *,
    resolution: float,
    seeds: int,
    first: int = 0,
    engine: Engine = BUILT_IN,
) -> Ints:
    """What many runs of Leiden agree on.

    Links are weighted by the share of runs that put both ends together, those below one half are
    dropped, and Leiden runs again, until all runs are equal.

    Args:
        graph: Symmetric weights.
        resolution: See `statistics.engine.Engine.leiden`.
        seeds: How many runs.
        first: The first seed.
        engine: What runs Leiden.

    References:
        Lancichinetti and Fortunato (2012).
    """
    entries = graph.tocoo()
    row, column = entries.coords
    current = graph
    for _ in range(_ROUNDS):
        runs = np.array(
            [
                engine.leiden(current, resolution=resolution, seed=first + seed)
                for seed in range(seeds)
            ]
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
