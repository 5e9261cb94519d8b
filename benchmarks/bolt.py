"""What a graph costs over Bolt beside a bare driver loop that does nothing but the same MERGE.

People, campaigns and which campaign went to whom, through the store's own `write` and `set_all`,
with row hashes, comparison with what is stored, and all constraints and indexes. The bare loop
has the same constraints and indexes, the same rows and the same number of them a statement; its
rows lie ready as Python dicts, and only its calls of the driver are timed. Both have a server that
was started for them. Figures are ratios within one run, since machines differ.

Also: the same graph by Neo4j's own import; and a push of a shop, with all that is drawn of links.

Run: python benchmarks/bolt.py [RELATIONSHIPS] [--rounds N] [--only bolt|import|push]
"""

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import neo4j
import numpy as np
import pyarrow as pa
from large_shop import LargeShop

from graphkit import local_neo4j
from graphkit.batch import Batch, Source
from graphkit.encoded import series_of
from graphkit.local_neo4j.filling import fill
from graphkit.pipeline.push import push
from graphkit.schema import Campaign, Entity, Person, Relationship, SentTo
from graphkit.store import cypher
from graphkit.store.bulk import write_import
from graphkit.store.embedded import EmbeddedStore
from graphkit.store.exchange import rows_of
from graphkit.store.import_files import ARGUMENTS
from graphkit.store.neo4j import BATCH, Neo4jStore

NODES_IN, EACH = 5, 1_000
"""One node for so many relationships; people that a campaign went to."""
LINES_EACH, TIES_A_LINE = 100, 50
"""Order lines of a customer; relationships of the graph for one order line of the shop."""
MEMORY = "2g"
SOURCE = Source.of(system="mail", kind="sent", path="sent.csv", content=b"sent")
TICK = os.sysconf("SC_CLK_TCK")
Costs = dict[str, tuple[float, float, float]]
"""Seconds by the clock, of this process and of the server, by step."""


def texts(prefix: str, numbers: np.ndarray) -> pa.Array:
    """Texts such as p:12 for numbers."""
    return pa.array([f"{prefix}{one}" for one in numbers.tolist()], pa.string())


def graph(relationships: int) -> list[Batch]:
    """People, campaigns and who was sent which."""
    campaigns = max(1, relationships // EACH)
    people = max(EACH, relationships // NODES_IN - campaigns)
    who, which = np.arange(people), np.arange(campaigns)
    made = Batch.of(
        Person,
        {
            "id": series_of(texts("mail:", who)),
            "name": series_of(texts("Rosalind Montoya ", who)),
            "title": series_of(texts("Buyer ", who % 50)),
            "email": series_of(texts("rosalind.montoya@", who)),
            "phone": series_of(texts("+1 814 555 ", who)),
            "opted_out": series_of(pa.array(who % 17 == 0)),
            "row": series_of(pa.array(who + 2)),
        },
        source=SOURCE,
    )
    sent_at = np.datetime64("2024-01-01T09:00", "us") + which.astype("timedelta64[D]")
    mailed = Batch.of(
        Campaign,
        {
            "id": series_of(texts("mail:c", which)),
            "title": series_of(texts("news ", which)),
            "subject": series_of(texts("What is new in week ", which)),
            "sent_at": series_of(pa.array(sent_at, pa.timestamp("us"))),
            "row": series_of(pa.array(which + 2)),
        },
        source=SOURCE,
    )
    sent = np.arange(campaigns * EACH)
    went = Batch.of(
        SentTo,
        {
            "from_id": series_of(texts("mail:c", sent // EACH)),
            "to_id": series_of(texts("mail:", sent * 7_919 % people)),
            "row": series_of(pa.array(sent + 2)),
        },
        source=SOURCE,
    )
    return [made, mailed, went]


def processor_of(pid: int) -> float:
    """Seconds that the processors have worked for a process."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


class Server:
    """A Neo4j of its own, and what each step takes of the clock and of both processes."""

    def __init__(self, home: Path) -> None:
        self.home, self.reached = home, local_neo4j.up(home, memory=MEMORY)
        self.pid = local_neo4j.status(home).pid or 0
        self.costs: Costs = {}

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Add what the block takes to a step."""
        clock, ours, its = time.perf_counter(), time.process_time(), processor_of(self.pid)
        yield
        took = (
            time.perf_counter() - clock,
            time.process_time() - ours,
            processor_of(self.pid) - its,
        )
        before = self.costs.get(step, (0.0, 0.0, 0.0))
        self.costs[step] = (before[0] + took[0], before[1] + took[1], before[2] + took[2])

    def store(self) -> Neo4jStore:
        """The graph in it."""
        return Neo4jStore(self.reached.uri, user=self.reached.user, password=self.reached.password)


@contextmanager
def a_server() -> Iterator[Server]:
    """A server without rows, with every constraint and index."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "neo4j"
        server = Server(home)
        try:
            server.store().close()
            yield server
        finally:
            local_neo4j.down(home)


def bare_merge(entity: type[Entity]) -> str:
    """The statement of the bare loop."""
    label = cypher.quoted(entity.label)
    if not issubclass(entity, Relationship):
        return f"UNWIND $rows AS row MERGE (x:{label} {{id: row.id}}) SET x += row"
    start, end = (ends[0] for ends in entity.ends)
    return (
        f"UNWIND $rows AS row MATCH (a:{start} {{id: row.from_id}}) "
        f"MATCH (b:{end} {{id: row.to_id}}) "
        f"MERGE (a)-[x:{label} {{id: row.id}}]->(b) SET x += row"
    )


def bare_collect(entity: type[Entity]) -> str:
    """All columns of a type in one record."""
    columns = ", ".join(f"collect(x.{one}) AS {one}" for one in entity.properties)
    return f"MATCH {cypher.pattern(entity)} RETURN {columns}"


def bare(batches: list[Batch]) -> Costs:
    """Load and read with the driver alone."""
    with a_server() as server:
        auth = (server.reached.user, server.reached.password)
        with neo4j.GraphDatabase.driver(server.reached.uri, auth=auth) as driver:
            for batch in batches:
                statement = bare_merge(batch.entity)
                for start in range(0, len(batch), BATCH):
                    rows = rows_of(batch.entity, batch.frame.iloc[start : start + BATCH])
                    with server.timed("load"), driver.session() as session:
                        session.execute_write(
                            lambda one, text=statement, ready=rows: one.run(
                                text, rows=ready
                            ).consume()
                        )
            for batch in batches:
                with server.timed("read"), driver.session() as session:
                    session.run(bare_collect(batch.entity)).single()
        return server.costs


def by_graphkit(batches: list[Batch]) -> Costs:
    """Load, read, load again and push again through the store."""
    with a_server() as server, server.store() as store:
        for step in ("load", "load again"):
            with server.timed(step), store.next_run("load") as run:
                for batch in batches:
                    found = store.write(batch, run=run)
                    wanted = found.added if step == "load" else found.unchanged
                    assert wanted == len(batch), found
        with server.timed("push again"), store.next_run("push") as run:
            for batch in batches:
                assert store.set_all(batch, run=run).unchanged == len(batch)
        with server.timed("read"):
            for batch in batches:
                assert len(store.read(batch.entity)) == len(batch)
        return server.costs


def compare(batches: list[Batch], rounds: int) -> None:
    """Print every step, and the promises beside the median of each ratio."""
    for batch in batches:
        print(f"{len(batch):>9,} {batch.entity.label}, {len(batch.entity.properties)} properties")
    ratios: dict[str, list[float]] = {}
    for _ in range(rounds):
        alone, ours = bare(batches), by_graphkit(batches)
        for name, costs in (("bare", alone), ("graphkit", ours)):
            for step, (clock, client, server) in costs.items():
                print(
                    f"{name:9} {step:10} {clock:7.2f} s, processors: {client:7.2f} s here, "
                    f"{server:7.2f} s the server",
                    flush=True,
                )
        for step, name, other in (
            ("load", "load / bare (at most 3)", alone["load"]),
            ("read", "read / bare collect() (at most 2)", alone["read"]),
            ("load again", "load again / load (under .33)", ours["load"]),
            ("push again", "push again / load (under .33)", ours["load"]),
        ):
            for what, ratio in (
                ("clock", ours[step][0] / other[0]),
                ("processors", sum(ours[step][1:]) / sum(other[1:])),
            ):
                ratios.setdefault(f"{name}, {what}", []).append(ratio)
    for name, found in ratios.items():
        print(f"{name:45} {statistics.median(found):.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory here {peak:,.0f} MB")


def by_import(batches: list[Batch]) -> None:
    """Print what the same graph costs as files for Neo4j's own import."""
    with tempfile.TemporaryDirectory() as name:
        folder, home = Path(name) / "files", Path(name) / "neo4j"
        with EmbeddedStore(Path(name) / "graph.duckdb") as store:
            for batch in batches:
                store.write(batch, run=1)
            clock = time.perf_counter()
            write_import(store, folder)
            exported = time.perf_counter() - clock
        clock, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        fill(home, folder, ARGUMENTS)
        took, after = time.perf_counter() - clock, resource.getrusage(resource.RUSAGE_CHILDREN)
        processors = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        server = Server(home)
        try:
            with server.timed("open"), server.store() as store:
                assert [store.count(one.entity) for one in batches] == [*map(len, batches)]
        finally:
            local_neo4j.down(home)
    print(
        f"as files {exported:.2f} s, imported {took:.2f} s ({processors:.2f} s of processors), "
        f"opened with all indexes {server.costs['open'][0]:.2f} s"
    )


def by_push(lines: int) -> None:
    """Print what it costs to push a shop, whose link columns are drawn as relationships."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "graph.duckdb"
        with EmbeddedStore(path) as shop:
            LargeShop(shop, max(20, lines // LINES_EACH), lines).write()
        with EmbeddedStore(path, read_only=True) as shop, a_server() as server:
            with server.store() as store:
                for step in ("push", "push again"):
                    with server.timed(step):
                        changes = push(shop, store)
            drawn = local_neo4j.status(server.home).relationships
        rows = sum(one.unchanged for one in changes.values())
    print(f"a shop of {lines:,} order lines: {rows:,} rows, {drawn:,} relationships")
    for step, (clock, client, its) in server.costs.items():
        print(
            f"{step:10} {clock:7.2f} s, processors: {client:7.2f} s here, {its:7.2f} s the server"
        )


def main() -> None:
    """Measure at the size asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("relationships", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", choices=("bolt", "import", "push"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        null = "keyring.backends.null.Keyring"
        os.environ |= {"XDG_DATA_HOME": name, "PYTHON_KEYRING_BACKEND": null}
        batches = graph(asked.relationships)
        if asked.only in {None, "bolt"}:
            compare(batches, asked.rounds)
        if asked.only in {None, "import"}:
            by_import(batches)
        if asked.only in {None, "push"}:
            by_push(asked.relationships // TIES_A_LINE)


if __name__ == "__main__":
    main()
