"""Communities and PageRank computed within a Neo4j that has Graph Data Science."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

import numpy as np
from scipy import sparse

from graphkit.statistics.engine import BUILT_IN, DAMPING, Floats, Ints, renumbered
from graphkit.store.bolt import Bolt

_VERSION = "SHOW FUNCTIONS YIELD name WHERE name = 'gds.version' RETURN count(*) AS found"
_PROJECT = """
UNWIND range(0, size($start) - 1) AS link
WITH gds.graph.project(
  $name, $start[link], $end[link],
  {relationshipProperties: {weight: $weight[link]}},
  {undirectedRelationshipTypes: $undirected}
) AS projected
RETURN projected.nodeCount AS nodes
"""
_LEIDEN = """
CALL gds.leiden.stream($name, {
  relationshipWeightProperty: 'weight', gamma: $resolution, randomSeed: $seed, concurrency: 1
})
YIELD nodeId, communityId
RETURN collect(nodeId) AS nodes, collect(communityId) AS found
"""
_PAGERANK = """
CALL gds.pageRank.stream($name, {
  relationshipWeightProperty: 'weight', dampingFactor: $damping, maxIterations: 200,
  tolerance: 1e-12, concurrency: 1
})
YIELD nodeId, score
RETURN collect(nodeId) AS nodes, collect(score) AS found
"""
_DROP = "CALL gds.graph.drop($name, false) YIELD graphName RETURN graphName"


class DataScience:
    """An engine that hands graphs above a size to Graph Data Science, where it answers.

    Smaller ones, and all where it does not answer, are computed by graphkit itself. Leiden runs on
    one thread and from its seed, or no two runs would be alike; its partitions are as good as
    graphkit's, and not the same ones.

    Args:
        bolt: The conversation with the database.
        above: How many nodes a graph may have at most to be computed here.
    """

    def __init__(self, bolt: Bolt, above: int) -> None:
        self._bolt = bolt
        self._above = above
        self._one_at_a_time = threading.Lock()

    @cached_property
    def version(self) -> str:
        """Which Graph Data Science answers; empty where there is none."""
        with self._one_at_a_time:
            if not self._bolt.read(_VERSION)["found"]:
                return ""
            return str(self._bolt.read("RETURN gds.version() AS version")["version"])

    def named(self, nodes: int) -> str:
        """See `statistics.engine.Engine`."""
        if nodes <= self._above or not self.version:
            return ""
        return f"Neo4j Graph Data Science {self.version}"

    def leiden(self, graph: sparse.csr_array, *, resolution: float, seed: int) -> Ints:
        """See `statistics.engine.Engine`."""
        size = graph.shape[0]
        if graph.nnz == 0 or not self.named(size):
            return BUILT_IN.leiden(graph, resolution=resolution, seed=seed)
        links = sparse.triu(graph).tocoo()
        labels = np.arange(size, dtype=np.int64)
        start, end = links.coords
        with self._projected(start, end, links.data, undirected=True) as name:
            found = self._bolt.ask_writer(_LEIDEN, name=name, resolution=resolution, seed=seed)
        # A node without links is not there; its own number is no community's.
        labels[found["nodes"]] = size + np.array(found["found"], dtype=np.int64)
        return renumbered(labels)

    def pagerank(self, start: Ints, end: Ints, weight: Floats, nodes: int) -> Floats:
        """See `statistics.engine.Engine`."""
        if not self.named(nodes):
            return BUILT_IN.pagerank(start, end, weight, nodes)
        rank = np.full(nodes, 1 - DAMPING)
        with self._projected(end, start, weight, undirected=False) as name:
            found = self._bolt.ask_writer(_PAGERANK, name=name, damping=DAMPING)
        rank[found["nodes"]] = found["found"]
        # Who comes to a node without a way on goes on anywhere: the same ranks, in proportion.
        return np.asarray(rank / rank.sum())

    @contextmanager
    def _projected(
        self, start: Ints, end: Ints, weight: Floats, *, undirected: bool
    ) -> Iterator[str]:
        """The name of a graph in the memory of the server, which is dropped in the end.

        All goes to the server that writes: another one of a cluster would not know the graph.
        """
        name = f"graphkit-{uuid.uuid4().hex}"
        with self._one_at_a_time:
            try:
                self._bolt.ask_writer(
                    _PROJECT,
                    name=name,
                    start=start.tolist(),
                    end=end.tolist(),
                    weight=weight.tolist(),
                    undirected=["*"] if undirected else [],
                )
                yield name
            finally:
                self._bolt.ask_writer(_DROP, name=name)
