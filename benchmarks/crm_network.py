"""A network like that of a large CRM: companies, people, industries, shows, topics and processes.

Every node belongs to one of the segments, which are of unlike size; about three ties in
four stay inside. Few nodes have very many ties: a show, a topic, a process.
"""

import dataclasses

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NODES, TIES, SEGMENTS = 100_000, 1_000_000, 250
INSIDE = 0.8  # some of these are drawn twice, and count once
SPREAD_OF_SIZES, SPREAD_OF_TIES, HUBS, HUB = 0.5, 0.7, 0.04, 10.0


@dataclasses.dataclass(frozen=True)
class Network:
    """Ties between nodes, each pair once.

    Attributes:
        first: One end.
        second: The other.
        strength: Of each tie, around 1.
        segment: Of each node.
    """

    first: Ints
    second: Ints
    strength: Floats
    segment: Ints

    @property
    def nodes(self) -> int:
        """How many there are."""
        return len(self.segment)

    @property
    def matrix(self) -> sparse.csr_array:
        """Strengths, both ways."""
        ends = (np.r_[self.first, self.second], np.r_[self.second, self.first])
        both = np.r_[self.strength, self.strength]
        return sparse.csr_array((both, ends), shape=(self.nodes, self.nodes))


def crm_network(
    nodes: int = NODES, ties: int = TIES, segments: int = SEGMENTS, seed: int = 1
) -> Network:
    """Draw one.

    Args:
        nodes: How many.
        ties: How many.
        segments: How many.
        seed: Of the draws.
    """
    chance = np.random.default_rng(seed)
    size = chance.lognormal(0, SPREAD_OF_SIZES, segments)
    segment = np.sort(chance.choice(segments, nodes, p=size / size.sum()))
    weight = chance.lognormal(0, SPREAD_OF_TIES, nodes)
    weight[chance.random(nodes) < HUBS] *= HUB
    total = np.r_[0.0, np.cumsum(weight)]
    begins = np.searchsorted(segment, np.arange(segments + 1))
    keys = np.empty(0, np.int64)
    while len(keys) < ties:
        first = np.searchsorted(total, chance.uniform(0, total[-1], ties), side="right") - 1
        inside = chance.random(ties) < INSIDE
        low = np.where(inside, total[begins[segment[first]]], 0.0)
        high = np.where(inside, total[begins[segment[first] + 1]], total[-1])
        second = np.searchsorted(total, chance.uniform(low, high), side="right") - 1
        second = np.minimum(second, nodes - 1)
        apart = first != second
        least, most = np.minimum(first, second)[apart], np.maximum(first, second)[apart]
        keys = np.unique(np.r_[keys, least * nodes + most])
    keys = np.sort(chance.permutation(keys)[:ties])
    return Network(keys // nodes, keys % nodes, chance.exponential(1.0, ties) + 0.05, segment)
