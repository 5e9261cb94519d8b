"""Which nodes of a map stand together."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphkit.statistics.engine import BUILT_IN

Ints = npt.NDArray[np.int64]

LOOSE = -1
"""Of a node that nothing ties and that is in no cluster."""
_STEPS = 6
"""So far from a cluster a node still joins it."""
_PLAIN = 1500
"""Above so many nodes modularity would join communities that are small beside all of them."""


def together(groups: Sequence[str], ties: sparse.csr_array) -> Ints:
    """A number for each node, the same for those that stand together; LOOSE for nobody's.

    A node without a cluster joins the one that it is tied to most. What is tied, but to no cluster,
    stands with its community.

    Args:
        groups: Cluster of each node; empty for none.
        ties: Symmetric strengths.
    """
    names = sorted({one for one in groups if one})
    number = {name: at for at, name in enumerate(names)}
    member = np.array([number.get(one, LOOSE) for one in groups], dtype=np.int64)
    for _ in range(_STEPS):
        joined = _joined(member, ties)
        if np.array_equal(joined, member):
            break
        member = joined
    rest = np.flatnonzero((member == LOOSE) & (np.diff(ties.indptr) > 0))
    if rest.size:
        alone = sparse.csr_array(ties[rest][:, rest])
        finer = max(1.0, np.sqrt(len(rest) / _PLAIN))
        member[rest] = len(names) + BUILT_IN.leiden(alone, resolution=finer, seed=0)
    known = member != LOOSE
    member[known] = np.unique(member[known], return_inverse=True)[1]
    return member


def _joined(member: Ints, ties: sparse.csr_array) -> Ints:
    """Every node's cluster, after those without one joined the nearest."""
    count = int(member.max(initial=LOOSE)) + 1
    links = ties.tocoo()
    asks = (member[links.row] == LOOSE) & (member[links.col] != LOOSE)
    if not asks.any():
        return member
    pairs, at = np.unique(
        links.row[asks].astype(np.int64) * count + member[links.col[asks]], return_inverse=True
    )
    pull = np.bincount(at, weights=links.data[asks])
    order = np.lexsort((pairs, -np.round(pull, 9)))  # of equal ones the first
    who, first = np.unique(pairs[order] // count, return_index=True)
    joined = member.copy()
    joined[who] = pairs[order][first] % count
    return joined
