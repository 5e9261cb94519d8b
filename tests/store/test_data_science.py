"""Graph Data Science in a real Neo4j: as good as graphkit's own engine, and named where used."""

import datetime as dt
import os

import numpy as np
import pytest
from neo4j.exceptions import ClientError
from scipy import sparse

from graphkit import local_neo4j, passwords
from graphkit.analyses.clustering import words
from graphkit.analyses.clustering.partition import partition
from graphkit.analyses.influence import whom_to_win_first
from graphkit.errors import GraphkitError, StoreUnreachableError, UsageError
from graphkit.local_neo4j import settings
from graphkit.local_neo4j.lockfile import PLUGINS, locked
from graphkit.local_neo4j.plugins import place_plugins
from graphkit.schema import Follows
from graphkit.simulator.difficulty import adjusted_mutual_information
from graphkit.snapshot import Snapshot
from graphkit.statistics.engine import BUILT_IN
from graphkit.store import data_science, open_store
from graphkit.store.bolt import Bolt
from graphkit.store.data_science import DataScience
from graphkit.store.neo4j import Neo4jStore
from tests.analyses.clustering.test_partition import planted
from tests.graph_rows import put, put_companies

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]


@pytest.fixture(scope="module")
def home(tmp_path_factory, private_passwords, quick_java):
    """The folder of a running server with Graph Data Science."""
    del private_passwords, quick_java
    folder = tmp_path_factory.mktemp("science") / "neo4j"
    try:
        local_neo4j.up(folder, plugins={"gds": True}, say=print)
    except GraphkitError as problem:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no Graph Data Science on this machine: {problem}")
    yield folder
    local_neo4j.down(folder)


@pytest.fixture(scope="module")
def server(home):
    return local_neo4j.connection(home)


@pytest.fixture(scope="module")
def bolt(server):
    opened = Bolt(server.uri, user=server.user, password=server.password)
    yield opened
    opened.close()


def groups(count=20, each=15, seed=1):
    """A graph of groups that hang together, one node without links, and the group of each node."""
    chance = np.random.default_rng(seed)
    group = np.repeat(np.arange(count), each)
    likely = np.where(group[:, None] == group[None, :], 0.5, 3 / len(group))
    drawn = np.triu(chance.random(likely.shape) < likely, 1) * chance.uniform(0.5, 1, likely.shape)
    alone = sparse.block_diag([drawn + drawn.T, np.zeros((1, 1))])
    return sparse.csr_array(alone), [*group.tolist(), count]


def in_memory(bolt):
    """The names of the graphs that the server keeps in its memory."""
    listed = "CALL gds.graph.list() YIELD graphName RETURN collect(graphName) AS names"
    return bolt.read(listed)["names"]


@pytest.mark.parametrize("resolution", [1.0, 2.5])
def test_communities_are_as_good_as_graphkit_s_own_and_the_same_in_every_run(bolt, resolution):
    graph, truth = groups()
    engine = DataScience(bolt, above=300)

    found = engine.leiden(graph, resolution=resolution, seed=3)

    own = BUILT_IN.leiden(graph, resolution=resolution, seed=3)
    assert adjusted_mutual_information(found.tolist(), own.tolist()) > 0.95
    assert adjusted_mutual_information(found.tolist(), truth) > 0.95
    assert (found[:-1] != found[-1]).all()
    assert (engine.leiden(graph, resolution=resolution, seed=3) == found).all()
    engine.close()


def test_pagerank_is_graphkit_s_own_also_where_ways_end(bolt):
    chance = np.random.default_rng(2)
    start, end = chance.integers(0, 500, 3000), chance.integers(0, 400, 3000)
    weight = chance.uniform(0.05, 1, 3000)

    found = DataScience(bolt, above=0).pagerank(start, end, weight, 520)

    own = BUILT_IN.pagerank(start, end, weight, 520)
    assert found == pytest.approx(own, rel=1e-4)


def test_up_to_the_stated_size_graphkit_computes_itself(bolt, monkeypatch):
    monkeypatch.setattr(data_science, "_PROJECT", "RETURN 1 / 0")
    graph, _ = groups()
    engine = DataScience(bolt, above=301)

    assert (engine.named(301), engine.named(302)) == ("", "Neo4j Graph Data Science 2.13.9")
    own = BUILT_IN.leiden(graph, resolution=1.0, seed=3)
    assert (engine.leiden(graph, resolution=1.0, seed=3) == own).all()


def test_a_graph_that_failed_leaves_nothing_in_the_memory_of_the_server(bolt, monkeypatch):
    bad = "CALL gds.leiden.stream($name, {gamma: 'much'}) YIELD nodeId RETURN count(*) AS n"
    monkeypatch.setattr(data_science, "_LEIDEN", bad)
    graph, _ = groups()

    with pytest.raises(StoreUnreachableError, match="without --in-database-above"):
        DataScience(bolt, above=0).leiden(graph, resolution=1.0, seed=3)

    assert in_memory(bolt) == []


def test_many_seeds_ask_about_one_graph_that_is_sent_once(bolt, monkeypatch):
    (graph, _), (other, _) = groups(), groups(seed=2)
    asked = []
    ask = Bolt.ask_writer

    def seen(bolt, statement, **given):
        asked.append(statement)
        return ask(bolt, statement, **given)

    monkeypatch.setattr(Bolt, "ask_writer", seen)
    engine = DataScience(bolt, above=0)
    for seed in range(3):
        engine.leiden(graph, resolution=1.0, seed=seed)
    assert sum("gds.graph.project" in text for text in asked) == 1

    found = engine.leiden(other, resolution=1.0, seed=3)
    assert len(in_memory(bolt)) == 1
    engine.close()
    engine.close()
    assert in_memory(bolt) == []
    fresh = DataScience(bolt, above=0)
    assert (fresh.leiden(other, resolution=1.0, seed=3) == found).all()
    fresh.close()


def test_a_graph_that_is_sent_again_after_a_lost_answer_takes_its_own_place(bolt, monkeypatch):
    graph, _ = groups()
    ask = Bolt.ask_writer

    def twice(bolt, statement, **given):
        if "gds.graph.project" in statement:
            ask(bolt, statement, **given)
        return ask(bolt, statement, **given)

    monkeypatch.setattr(Bolt, "ask_writer", twice)
    engine = DataScience(bolt, above=0)
    assert len(engine.leiden(graph, resolution=1.0, seed=3)) == graph.shape[0]
    engine.close()
    assert in_memory(bolt) == []


def test_what_cannot_be_dropped_does_not_hide_why_a_computation_failed(bolt, monkeypatch):
    monkeypatch.setattr(data_science, "_LEIDEN", "RETURN 1 / 0")
    monkeypatch.setattr(data_science, "_DROP", "CALL gds.graph.drop('none such', true)")
    graph, _ = groups()
    with pytest.raises(ClientError, match="by zero"):
        DataScience(bolt, above=0).leiden(graph, resolution=1.0, seed=3)

    monkeypatch.undo()
    for name in in_memory(bolt):
        bolt.ask_writer("CALL gds.graph.drop($name) YIELD graphName RETURN 1", name=name)


@pytest.mark.parametrize(
    "text",
    [
        "UNWIND [1] AS one WITH gds.graph.project('kept', one, one) AS made RETURN made.nodeCount",
        "RETURN [x IN [1] | COLLECT { RETURN `gds`.`graph` . /**/ `exists`('kept') AS e }] AS n",
    ],
)
def test_a_query_does_nothing_with_the_memory_of_the_server(bolt, text):
    with pytest.raises(UsageError, match=r"the function gds\.graph\."):
        bolt.query(text, {})

    assert in_memory(bolt) == []
    assert bolt.query("RETURN gds.version() AS version", {})["version"].tolist() == ["2.13.9"]


def test_clusters_say_who_found_them(bolt, monkeypatch):
    monkeypatch.setattr("graphkit.analyses.clustering.stability.LARGE", 4)
    monkeypatch.setattr("graphkit.analyses.clustering.stability.HUGE", 10)
    families, _ = planted()

    found = partition(families, bootstraps=4, rewirings=3, engine=DataScience(bolt, above=10))

    assert words.tested(found).startswith(
        "Leiden, by Neo4j Graph Data Science 2.13.9, over many seeds"
    )
    assert "by Neo4j" not in words.tested(partition(families, bootstraps=4, rewirings=3))


def test_whom_to_win_first_says_who_computed_pagerank(bolt, tmp_path):
    day = dt.date(2025, 12, 31)
    with open_store(tmp_path / "graph.duckdb") as store:
        put_companies(store, ["Hub", "Fan", "Friend"])
        fans = ["erp:Fan", "erp:Friend"]
        put(store, Follows, from_id=fans, to_id=["erp:Hub"] * 2, on=[day] * 2)

        told, own = (
            whom_to_win_first(Snapshot(store, day, engine=engine), samples=1000)
            for engine in (DataScience(bolt, above=0), BUILT_IN)
        )

    assert told.told == f"{own.told} PageRank by Neo4j Graph Data Science 2.13.9."
    assert told.first == own.first


def test_where_there_is_none_graphkit_computes_itself_and_names_nobody(empty_neo4j):
    server, (graph, _) = empty_neo4j, groups()
    own = BUILT_IN.leiden(graph, resolution=1.0, seed=3)
    with Neo4jStore(server.uri, user=server.user, password=server.password) as store:
        engine = store.engine(0)

        assert engine.named(1000) == ""
        assert (engine.leiden(graph, resolution=1.0, seed=3) == own).all()


def test_the_choice_is_remembered_and_shown(home):
    state = settings.read_state(home)

    assert state.plugins == ("gds",)
    assert state.chosen(plugins={"apoc": True}).plugins == ("apoc", "gds")
    assert state.chosen(plugins={"gds": False}).plugins == ()
    assert local_neo4j.status(home).plugins == ("gds",)


def test_a_plugin_that_is_chosen_no_longer_goes_and_the_user_s_own_stays(home, tmp_path):
    del home  # which has fetched them
    chosen = settings.State("x", plugins=("gds",))
    folder = place_plugins(tmp_path, chosen, print)
    (folder / "own.jar").write_bytes(b"of the user")
    assert all(jar.is_in(folder) for jar in locked(PLUGINS["gds"]))

    place_plugins(tmp_path, chosen.chosen(plugins={"gds": False}), print)
    assert [one.name for one in folder.glob("*.jar")] == ["own.jar"]


def test_a_plugin_that_stops_the_server_is_named(private_passwords, quick_java, tmp_path):
    del private_passwords, quick_java
    (tmp_path / "data" / "databases" / "system").mkdir(parents=True)  # it has a password
    settings.write_state(tmp_path, settings.State("stopped"))
    passwords.keep("stopped", passwords.generate())
    bad = tmp_path / "plugins" / "broken.jar"
    bad.parent.mkdir(parents=True)
    bad.write_bytes(b"no jar")

    with pytest.raises(StoreUnreachableError, match=r"did not start.*remove .*broken\.jar"):
        local_neo4j.up(tmp_path)
