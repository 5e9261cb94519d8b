"""Communities and PageRank computed within a Neo4j that has Graph Data Science."""

import contextlib
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

import numpy as np
from neo4j.exceptions import Neo4jError
from scipy import sparse

from graphkit.errors import GraphkitError, StoreUnreachableError
from graphkit.statistics.engine import BUILT_IN, DAMPING, Floats, Ints, renumbered
from graphkit.store.bolt import Bolt

_VERSION = "SHOW FUNCTIONS YIELD name WHERE name = 'gds.version' RETURN count(*) AS found"
# An answer that is lost is asked for again, by when the graph may be there.
_PROJECT = """
CALL gds.graph.drop($name, false) YIELD graphName
WITH count(*) AS dropped
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
    graphkit's, and not the same ones. The graph of the last Leiden is kept on the server until
    there is another one, or it is closed.

    Args:
        bolt: The conversation with the database.
        above: How many nodes a graph may have at most to be computed here.
    """

    def __init__(self, bolt: Bolt, above: int) -> None:
        self._bolt = bolt
        self._above = above
        self._one_at_a_time = threading.Lock()
        self._name = ""  # of the graph in the memory of the server
        self._graph: sparse.csr_array | None = None  # which one that is, when it is kept

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
        labels = np.arange(size, dtype=np.int64)
        with self._at_work():
            name = self._name_of(graph)
            found = self._bolt.ask_writer(_LEIDEN, name=name, resolution=resolution, seed=seed)
        # A node without links is not there; its own number is no community's.
        labels[found["nodes"]] = size + np.array(found["found"], dtype=np.int64)
        return renumbered(labels)

    def pagerank(self, start: Ints, end: Ints, weight: Floats, nodes: int) -> Floats:
        """See `statistics.engine.Engine`."""
        if not self.named(nodes):
            return BUILT_IN.pagerank(start, end, weight, nodes)
        rank = np.full(nodes, 1 - DAMPING)
        with self._at_work():
            name = self._project(end, start, weight, undirected=False)
            found = self._bolt.ask_writer(_PAGERANK, name=name, damping=DAMPING)
            self._drop()
        rank[found["nodes"]] = found["found"]
        # Who comes to a node without a way on goes on anywhere: the same ranks, in proportion.
        return np.asarray(rank / rank.sum())

    def close(self) -> None:
        """Free the memory of the server; closing twice is no error."""
        with self._one_at_a_time:
            self._drop()

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        """One computation at a time; one that fails leaves no graph in the memory of the server."""
        with self._one_at_a_time:
            try:
                yield
            except BaseException as problem:
                self._drop()
                if _is_of_procedure(problem):
                    raise StoreUnreachableError(
                        f"Graph Data Science could not compute this: {problem}",
                        where=self._bolt.uri,
                        next_step="graphkit neo4j up --gds --memory 2g, or without "
                        "--in-database-above",
                    ) from problem
                raise

    def _name_of(self, graph: sparse.csr_array) -> str:
        """The name that a symmetric graph has on the server: many seeds ask about one in turn."""
        if self._graph is not graph:
            links = sparse.triu(graph).tocoo()
            start, end = links.coords
            self._project(start, end, links.data, undirected=True)
            self._graph = graph
        return self._name

    def _project(self, start: Ints, end: Ints, weight: Floats, *, undirected: bool) -> str:
        """Bring a graph into the memory of the server, instead of the one before; its name there.

        All goes to the server that writes: another one of a cluster would not know the graph.
        """
        self._drop()
        self._name = f"graphkit-{uuid.uuid4().hex}"
        self._bolt.ask_writer(
            _PROJECT,
            name=self._name,
            start=start.tolist(),
            end=end.tolist(),
            weight=weight.tolist(),
            undirected=["*"] if undirected else [],
        )
        return self._name

    def _drop(self) -> None:
        """Drop the graph that is there, if the server answers at once: nothing depends on it."""
        name, self._name, self._graph = self._name, "", None
        if name:
            with contextlib.suppress(GraphkitError, Neo4jError):
                self._bolt.ask_writer(_DROP, patient=False, name=name)


def _is_of_procedure(problem: BaseException) -> bool:
    code = problem.code if isinstance(problem, Neo4jError) else None
    return (code or "").startswith("Neo.ClientError.Procedure.")
