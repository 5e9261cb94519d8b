"""Leiden and PageRank in Neo4j's Graph Data Science, beside graphkit's own on the same machine.

Run as `python benchmarks/data_science.py`; it starts a server of its own and ends it.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy import sparse

from graphkit import local_neo4j
from graphkit.statistics.engine import BUILT_IN, Engine, Floats, Ints
from graphkit.store.bolt import Bolt
from graphkit.store.data_science import DataScience

GROUP = 50
LINKS = 15
WITHIN = 0.7


def network(nodes: int) -> tuple[Ints, Ints, Floats]:
    """Links of groups of fifty nodes, fifteen from each node, most of them within its group."""
    chance = np.random.default_rng(1)
    start = np.repeat(np.arange(nodes), LINKS)
    own = start // GROUP * GROUP + chance.integers(0, GROUP, len(start))
    end = np.where(chance.random(len(start)) < WITHIN, own, chance.integers(0, nodes, len(start)))
    real = (start != end) & (end < nodes)
    return start[real], end[real], chance.uniform(0.5, 1, int(real.sum()))


def main() -> None:
    """Print how long each takes there, as a multiple of here; the quickest of three runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=25_000)
    nodes = parser.parse_args().nodes
    start, end, weight = network(nodes)
    one_way = sparse.coo_array((weight, (start, end)), shape=(nodes, nodes)).tocsr()
    graph = sparse.csr_array(one_way + one_way.T)
    tasks: dict[str, Callable[[Engine], object]] = {
        "Leiden": lambda engine: engine.leiden(graph, resolution=2.5, seed=3),
        "PageRank": lambda engine: engine.pagerank(start, end, weight, nodes),
    }
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "neo4j"
        reached = local_neo4j.up(home, memory="1g", plugins={"gds": True}, say=print)
        bolt = Bolt(reached.uri, user=reached.user, password=reached.password)
        there = DataScience(bolt, above=0)
        print(f"{there.named(nodes)}, {nodes:,} nodes, {len(start):,} links")
        for name, task in tasks.items():
            ratio = _seconds(task, there) / _seconds(task, BUILT_IN)
            print(f"{name}: {ratio:.1f} times as long as graphkit itself")
        bolt.close()
        local_neo4j.down(home)


def _seconds(task: Callable[[Engine], object], engine: Engine) -> float:
    """How long a task takes, at its quickest: the first run there also warms the server up."""
    took = []
    for _ in range(3):
        began = time.perf_counter()
        task(engine)
        took.append(time.perf_counter() - began)
    return min(took)


if __name__ == "__main__":
    main()
