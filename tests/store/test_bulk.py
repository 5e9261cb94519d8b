"""A graph that was exported as files and imported by Neo4j's own tool is the graph that was pushed.

One small shop with rows that are hard to write as CSV, in two real servers.
"""

import datetime as dt
import shutil

import pandas as pd
import pytest
from click.testing import CliRunner
from neo4j import GraphDatabase

from graphkit import local_neo4j
from graphkit.cli import cli
from graphkit.errors import GraphkitError, UsageError
from graphkit.local_neo4j import settings
from graphkit.local_neo4j.filling import fill
from graphkit.pipeline.analyse import analyse, write_back
from graphkit.pipeline.push import push
from graphkit.schema import (
    Account,
    Attended,
    Campaign,
    Company,
    Employee,
    File,
    HasTopic,
    Mentions,
    Meta,
    Note,
    Page,
    Person,
    Quote,
    Run,
    Topic,
    Visited,
)
from graphkit.snapshot import Snapshot, latest_day
from graphkit.store import cypher, open_store
from graphkit.store.base import Changes
from graphkit.store.bulk import write_import
from graphkit.store.import_files import ARGUMENTS, ImportFolder
from graphkit.store.neo4j import Neo4jStore
from graphkit.workspace import Settings
from tests.graph_rows import put
from tests.neo4j_server import empty

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

QUICKLY = Settings(
    options={
        "slowdown": {"permutations": 199},
        "quotes": {"permutations": 199},
        "leanings": {"permutations": 199},
        "clusters": {"bootstraps": 10},
    }
)
DAY = dt.date(2026, 3, 10)
TEXTS = [
    "",
    " ",
    'say "hi"',
    '"',
    "a,b;c",
    "one\nline\r\nand another",
    "\\",
    '\\"',
    "\x1e",
    "\x1f",
    "\x00",
    "null",
    "'); MATCH (n) DETACH DELETE n //",
    "=1+1",
    "\ufeffŻółć 機械 🔩",
]
LISTS = [[], [""], ["", ""], ["\x1e"], ["\x1e", ""], ["a\x1fb", "c;d"], ["x\ny"], ['"', ","]]


def plant(store):
    """Rows that CSV, the importer or the drawing could get wrong."""
    names = [f"t{number}" for number in range(len(TEXTS))]
    put(store, Employee, id=[*names, *TEXTS[1:]], name=[*TEXTS, *TEXTS[1:]])
    put(store, Note, id=names, text=TEXTS, author=["nobody yet", *TEXTS[1:]], account=names)
    lists = [f"l{number}" for number in range(len(LISTS))]
    put(store, Company, id=lists, name=lists, aliases=LISTS, is_customer=[True, False] * 4)
    put(store, File, id=[*lists, "none"], replaces=[*LISTS, None])
    numbers = [2**63 - 1, -(2**63), 2**53 + 1, None]
    reals = [5e-324, -1.7976931348623157e308, 0.1, None]
    days = [dt.date(1, 1, 1), dt.date(9999, 12, 31), DAY, DAY]
    ids = ["q1", "q2", "q3", "q4"]
    put(store, Quote, id=ids, amount=numbers, quantity=reals, quoted_on=days, part=["p"] * 4)
    times = [dt.datetime.combine(day, dt.time(23, 59, 59, 999_999)) for day in days[:2]]
    put(store, Campaign, id=["c1", "c2"], sent_at=times)
    put(store, Page, id=["/empty", "/5-axis"], title=[None, "5-axis"])
    put(store, Topic, id=["t"], name=["Titanium"])
    known = store.read(Account, ["id"])["id"][0]
    visitors = [known, "erp:never seen", known]
    put(store, Visited, from_id=visitors, to_id=["/5-axis", "/5-axis", "/gone"])
    put(
        store, Attended, from_id=[known, "who"], from_type=["Account", "Person"], to_id=["IMTS"] * 2
    )
    put(
        store,
        HasTopic,
        from_id=["same", "same"],
        from_type=["Campaign", "Page"],
        to_id=["t", "t"],
    )
    put(
        store,
        Mentions,
        from_id=["t0"] * 3,
        from_type=["Note"] * 3,
        to_id=[known, "erp:never seen", "IMTS"],
        to_type=["Account", "Account", "TradeShow"],
        start=[1, 2, 3],
    )


def everything(store):
    """Every node with its labels, and every relationship with both ends: ids and properties."""
    nodes = store.query("MATCH (n) RETURN labels(n) AS labels, properties(n) AS row")
    found = [(sorted(one.labels), sorted(one.row.items())) for one in nodes.itertuples()]
    ties = store.query(
        "MATCH (a)-[r]->(b) RETURN labels(a) AS start, a.id AS from_id, type(r) AS kind, "
        "properties(r) AS row, labels(b) AS end, b.id AS to_id"
    )
    for one in ties.itertuples():
        start, end = (*sorted(one.start), one.from_id), (*sorted(one.end), one.to_id)
        found.append((one.kind, start, end, sorted(one.row.items())))
    return sorted(found, key=repr)


def without_books(graph):
    """Without when it was pushed, and which of its commits came last."""
    return [one for one in graph if one[0] not in (["Run"], ["Meta"])]


def opened(server):
    return Neo4jStore(server.uri, user=server.user, password=server.password)


@pytest.fixture(scope="module")
def workspace(small_shop, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bulk") / "work"
    shutil.copytree(small_shop, folder)
    with open_store(folder / "graph.duckdb") as store:
        write_back(store, analyse(Snapshot(store, latest_day(store)), QUICKLY))
        plant(store)
    return folder


@pytest.fixture
def embedded(workspace):
    with open_store(workspace / "graph.duckdb", read_only=True) as store:
        yield store


def typed(workspace, *words):
    """What a command prints on standard error; its errors are raised."""
    done = CliRunner().invoke(cli, ["-w", str(workspace), *map(str, words)], catch_exceptions=False)
    assert done.exit_code == 0
    return done.stderr


@pytest.fixture(scope="module")
def files(workspace, tmp_path_factory):
    folder = tmp_path_factory.mktemp("import")
    said = typed(workspace, "neo4j", "export", folder)
    assert "neo4j-admin database import full @import.args neo4j" in said
    return folder


@pytest.fixture(scope="module")
def imported(workspace, files, private_passwords, quick_java):
    del private_passwords, quick_java
    typed(workspace, "neo4j", "import", files)
    server = local_neo4j.up(workspace / "neo4j")
    try:
        with opened(server) as store:
            yield store
    finally:
        local_neo4j.down(workspace / "neo4j")


@pytest.fixture(scope="module")
def pushed(workspace, neo4j_server):
    empty(neo4j_server)
    place = workspace / "graph.duckdb"
    with open_store(place, read_only=True) as source, opened(neo4j_server) as store:
        push(source, store)
        yield store


def test_every_node_and_relationship_is_that_of_a_push(imported, pushed):
    both = (imported, pushed)
    one, other = (without_books(everything(store)) for store in both)

    assert len(one) > 1_000
    assert one == other
    for entity in (Meta, Run):
        books = [store.read(entity).drop(columns="started_at", errors="ignore") for store in both]
        pd.testing.assert_frame_equal(*books)


def test_it_is_opened_with_every_constraint_and_index(imported):
    shown = imported.query("SHOW INDEXES YIELD name, state RETURN name, state")

    made = {row.name for row in shown.itertuples() if row.state == "ONLINE"}
    assert made >= set(cypher.schema_names())
    assert imported.unfinished() == ""


def test_marks_of_an_import_go_once_and_what_looks_like_one_stays(pushed, neo4j_server):
    auth = (neo4j_server.user, neo4j_server.password)
    with GraphDatabase.driver(neo4j_server.uri, auth=auth) as driver:
        driver.execute_query("DROP INDEX graphkit_Order_ordered_on")
    before = pushed.read(Company, ["aliases"])

    with opened(neo4j_server) as again:
        pd.testing.assert_frame_equal(again.read(Company, ["aliases"]), before)
    assert ["\x1e"] in [list(one) for one in before["aliases"].dropna()]


def test_its_findings_are_those_of_a_pushed_graph(imported, pushed):
    told = [analyse(Snapshot(store, DAY), QUICKLY) for store in (imported, pushed)]

    assert told[0] != []
    assert told[0] == told[1]


def test_a_push_into_it_finds_everything_there(imported, embedded):
    changes = push(embedded, imported)

    assert sum(one.unchanged for one in changes.values()) > 1_000
    assert {
        name for name, one in changes.items() if one != Changes(unchanged=one.unchanged)
    } == set()


def test_a_graph_in_neo4j_is_exported_as_the_same_files(pushed, files, tmp_path):
    write_import(pushed, tmp_path)

    names = sorted(one.name for one in files.iterdir())
    assert sorted(one.name for one in tmp_path.iterdir()) == names
    for name in names:
        if name != "Run.csv":
            assert (tmp_path / name).read_bytes() == (files / name).read_bytes(), name


def test_nobody_stands_in_an_export_that_is_redacted(workspace, embedded, tmp_path):
    typed(workspace, "neo4j", "export", tmp_path, "--redact")

    people = embedded.read(Person, ["name", "email"]).stack().dropna().unique()
    written = "".join(one.read_text("utf-8") for one in tmp_path.iterdir())
    assert len(people) > 10
    assert [one for one in people if one in written] == []


def test_a_server_that_runs_is_left_alone(imported, workspace, files):
    assert imported.unfinished() == ""
    with pytest.raises(UsageError, match="running"):
        typed(workspace, "neo4j", "import", files)


def test_a_folder_that_is_no_export_is_refused(workspace, tmp_path):
    with pytest.raises(UsageError, match=r"import\.args"):
        typed(workspace, "neo4j", "import", tmp_path)


def test_an_import_that_failed_says_why_and_can_be_done_again(
    tmp_path, private_passwords, quick_java
):
    del private_passwords, quick_java
    (tmp_path / "Page.csv").write_text("id:ID(Page)\n/5-axis\n/5-axis\n", "utf-8")
    (tmp_path / ARGUMENTS).write_text("--nodes=Page=Page.csv\n--bad-tolerance=0\n", "utf-8")
    with pytest.raises(GraphkitError, match=r"5-axis' is defined more than once"):
        fill(tmp_path / "neo4j", tmp_path, ARGUMENTS)

    assert not (tmp_path / "neo4j" / "data" / "databases" / "neo4j").exists()
    assert not (tmp_path / "neo4j" / settings.IMPORT_BEGUN).exists()
    (tmp_path / "Page.csv").write_text("id:ID(Page)\n/5-axis\n", "utf-8")
    fill(tmp_path / "neo4j", tmp_path, ARGUMENTS)
    with pytest.raises(UsageError, match="has a graph already"):
        fill(tmp_path / "neo4j", tmp_path, ARGUMENTS)


def test_lists_that_use_every_character_that_could_part_them_are_refused(tmp_path):
    with pytest.raises(GraphkitError, match="every control character"):
        ImportFolder(tmp_path, [["".join(map(chr, range(32)))]])


def test_an_export_that_is_cut_short_is_not_taken_for_the_one_before_it(embedded, tmp_path):
    write_import(embedded, tmp_path)
    assert (tmp_path / ARGUMENTS).exists()
    (tmp_path / "Meta.csv").unlink()
    (tmp_path / "Meta.csv").mkdir()

    with pytest.raises(GraphkitError, match="cannot be written"):
        write_import(embedded, tmp_path)

    assert not (tmp_path / ARGUMENTS).exists()
