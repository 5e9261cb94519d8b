"""What is special about the Neo4j store: relationships, companies, refusals, pieces."""

import datetime as dt
import subprocess
import sys

import pandas as pd
import pytest
from neo4j import GraphDatabase

from graphkit.batch import Batch, Source
from graphkit.errors import AccessRefusedError, StoreUnreachableError, UsageError
from graphkit.pipeline.push import push
from graphkit.schema import (
    ADDED_SINCE,
    SCHEMA_VERSION,
    Account,
    Company,
    Finish,
    Follows,
    Industry,
    Is,
    Kind,
    Meta,
    Order,
    OrderLine,
    Page,
    Part,
    Quote,
    Visited,
)
from graphkit.store import cypher, drawing, open_store
from graphkit.store.base import Changes
from graphkit.store.bolt import Bolt
from graphkit.store.neo4j import Neo4jStore
from tests.graph_rows import put

pytestmark = pytest.mark.neo4j

MARCH = dt.date(2026, 3, 10)


@pytest.fixture
def store(empty_neo4j):
    with Neo4jStore(
        empty_neo4j.uri, user=empty_neo4j.user, password=empty_neo4j.password
    ) as opened:
        yield opened


def open_again(server):
    return Neo4jStore(server.uri, user=server.user, password=server.password)


def source(content="a"):
    return Source.of(system="erp", kind="orders", path="a.csv", content=content.encode())


def accounts(*names):
    return Batch.of(Account, {"id": list(names), "system": ["erp"] * len(names)})


def companies(**customers):
    columns = {
        "id": list(customers),
        "name": [name.title() for name in customers],
        "is_customer": list(customers.values()),
        "aliases": [[] for _ in customers],
    }
    return Batch.of(Company, columns)


def joined(**company_by_account):
    columns = {
        "from_id": list(company_by_account),
        "to_id": list(company_by_account.values()),
        "score": [1.0] * len(company_by_account),
        "reason": ["same name"] * len(company_by_account),
    }
    return Batch.of(Is, columns)


def orders(**account_by_number):
    columns = {
        "id": list(account_by_number),
        "number": list(account_by_number),
        "account": list(account_by_number.values()),
        "ordered_on": [MARCH] * len(account_by_number),
        "row": list(range(2, len(account_by_number) + 2)),
    }
    return Batch.of(Order, columns, source=source())


def pairs(store, text):
    """What a query of two columns answers, sorted."""
    return sorted(tuple(row) for row in store.query(text).itertuples(index=False))


PLACED = "MATCH (c:Company)-[:PLACED]->(o:Order) RETURN c.id AS company, o.id AS order"


def test_links_are_drawn_as_relationships_and_follow_a_changed_column(store):
    line = {
        "id": ["l1", "l2"],
        "order": ["o1", "o1"],
        "line": ["1", "2"],
        "ordered_on": [MARCH, MARCH],
        "part": ["p1", "p2"],
        "finish": ["Anodise", None],
        "quantity": [5.0, 6.0],
    }
    store.write(orders(o1="x"), run=1)
    store.write(Batch.of(Part, {"id": ["p1", "p2"], "number": ["P1", "P2"]}), run=1)
    store.write(Batch.of(Finish, {"id": ["Anodise"], "name": ["Anodise"]}), run=1)
    store.write(Batch.of(OrderLine, line, source=source()), run=1)

    of_part = "MATCH (l:OrderLine)-[:OF_PART]->(p) RETURN l.id AS line, p.id AS part"
    finish = "MATCH (l:OrderLine)-[:HAS_FINISH]->(f) RETURN l.id AS line, f.id AS finish"
    has_line = "MATCH (o:Order)-[:HAS_LINE]->(l) RETURN o.id AS order, l.id AS line"
    assert pairs(store, has_line) == [("o1", "l1"), ("o1", "l2")]
    assert pairs(store, of_part) == [("l1", "p1"), ("l2", "p2")]
    assert pairs(store, finish) == [("l1", "Anodise")]

    line["part"], line["finish"] = ["p2", "p2"], [None, "Anodise"]
    assert store.write(Batch.of(OrderLine, line, source=source()), run=2) == Changes(changed=2)
    assert pairs(store, of_part) == [("l1", "p2"), ("l2", "p2")]
    assert pairs(store, finish) == [("l2", "Anodise")]


def test_what_an_account_did_is_drawn_at_its_company_and_moves_with_a_merge(store):
    store.write(orders(o1="a1", o2="a2"), run=1)
    store.write(Batch.of(Page, {"id": ["/5-axis"]}), run=1)
    visit = {"from_id": ["a1"], "to_id": ["/5-axis"], "on": [MARCH], "seconds": [9.0]}
    follow = {"from_id": ["a1"], "to_id": ["a2"], "on": [MARCH]}
    store.write(Batch.of(Visited, visit, source=source()), run=1)
    store.write(Batch.of(Follows, follow, source=source()), run=1)
    store.write(accounts("a1", "a2"), run=1)
    before = store.read(Visited), store.read(Follows)

    store.set_all(companies(ace=True, bolt=False), run=1)
    store.set_all(joined(a1="ace", a2="bolt"), run=1)
    visited = "MATCH (c:Company)-[:VISITED]->(p:Page) RETURN c.id AS company, p.id AS page"
    follows = "MATCH (c:Company)-[:FOLLOWS]->(d:Company) RETURN c.id AS one, d.id AS other"
    assert pairs(store, PLACED) == [("ace", "o1"), ("bolt", "o2")]
    assert pairs(store, visited) == [("ace", "/5-axis")]
    assert pairs(store, follows) == [("ace", "bolt")]

    with store.transaction():
        store.set_all(companies(bolt=True), run=2)
        store.set_all(joined(a1="bolt", a2="bolt"), run=2)
    assert pairs(store, PLACED) == [("bolt", "o1"), ("bolt", "o2")]
    assert pairs(store, visited) == [("bolt", "/5-axis")]
    assert pairs(store, follows) == [("bolt", "bolt")]
    assert pairs(store, "MATCH (c:Company) RETURN c.id AS id, labels(c) AS l") == [
        ("bolt", ["Company", "Customer"])
    ]
    for one, other in zip(before, (store.read(Visited), store.read(Follows)), strict=True):
        pd.testing.assert_frame_equal(one, other)

    store.set_all(joined(a2="bolt"), run=3)
    assert pairs(store, PLACED) == [("bolt", "o2")]
    assert pairs(store, visited) == []
    assert len(store.read(Visited)) == 1


def test_facts_written_after_resolution_are_drawn_at_once(store):
    store.write(accounts("a1"), run=1)
    store.set_all(companies(ace=True), run=1)
    store.set_all(joined(a1="ace"), run=1)

    store.write(orders(o1="a1"), run=2)

    assert pairs(store, PLACED) == [("ace", "o1")]


def test_what_nothing_has_said_yet_is_no_row_until_it_is_said(store):
    columns = companies(ace=True).frame.assign(
        industry=pd.Series(["Medical"], dtype=Kind.TEXT.dtype)
    )
    store.write(Batch(Company, columns), run=1)
    assert store.count(Industry) == 0
    assert store.read(Industry).empty

    medical = Batch.of(Industry, {"id": ["Medical"], "name": ["Medical"]})
    assert store.write(medical, run=1) == Changes(added=1)
    assert store.remove(Industry, ["Medical"]) == 1
    assert store.count(Industry) == 0
    assert store.write(medical, run=2) == Changes(added=1)
    drawn = "MATCH (c:Company)-[:IN_INDUSTRY]->(i) RETURN c.id AS company, i.name AS industry"
    assert pairs(store, drawn) == [("ace", "Medical")]


def test_a_removed_row_that_nothing_names_leaves_no_trace(store):
    store.write(accounts("a1"), run=1)
    store.set_all(companies(ace=True), run=1)
    store.set_all(joined(a1="ace"), run=1)

    store.remove(Company, ["ace"])
    store.remove(Is, store.read(Is)["id"].tolist())
    store.remove(Account, ["a1"])

    everything = store.query("MATCH (n) WHERE NOT n:Meta RETURN count(n) AS n")
    assert everything["n"].tolist() == [0]


def test_ids_are_unique_and_accounts_are_followed_by_an_index(store):
    shown = store.query("SHOW INDEXES YIELD name, state RETURN name, state")

    made = {row.name for row in shown.itertuples() if row.state == "ONLINE"}
    assert made >= set(cypher.schema_names())


def ask(server, *statements):
    auth = (server.user, server.password)
    with GraphDatabase.driver(server.uri, auth=auth) as driver:
        return [driver.execute_query(text).records for text in statements]


def test_the_books_have_their_constraint_before_the_first_row_is_written(
    store, empty_neo4j, monkeypatch
):
    ask(empty_neo4j, "MATCH (n) DETACH DELETE n", "DROP CONSTRAINT graphkit_Meta_id")
    shown = "SHOW CONSTRAINTS YIELD name WHERE name = 'graphkit_Meta_id' RETURN count(*) AS n"
    made = []
    write = Bolt.write

    def seen(bolt, statement, **given):
        made.append(store.query(shown)["n"][0])
        return write(bolt, statement, **given)

    monkeypatch.setattr(Bolt, "write", seen)
    with open_again(empty_neo4j):
        assert set(made) == {1}


def test_a_role_that_may_not_see_indexes_opens_the_graph_all_the_same(
    store, empty_neo4j, monkeypatch
):
    store.write(accounts("a1"), run=1)
    read = Bolt.read

    def refusing(bolt, statement, **given):
        if statement.startswith("SHOW INDEXES"):
            raise AccessRefusedError("as an Enterprise Edition says it")
        return read(bolt, statement, **given)

    monkeypatch.setattr(Bolt, "read", refusing)
    with open_again(empty_neo4j) as again:
        assert again.count(Account) == 1


def operators(plan):
    """The names of a plan's operators, such as NodeUniqueIndexSeek."""
    children = plan.get("children", [])
    return {plan["operatorType"].partition("@")[0]}.union(*map(operators, children))


@pytest.mark.parametrize("entity", [Order, OrderLine, Visited, Follows])
@pytest.mark.parametrize("rows", [0, 50])  # few are when Neo4j likes best to walk through them all
def test_what_is_done_by_id_or_by_account_never_scans_a_type(store, empty_neo4j, entity, rows):
    keys = [f"k{number}" for number in range(rows)]
    if rows:
        own = {"id": keys} if cypher.is_node(entity) else {"from_id": keys, "to_id": keys}
        put(store, entity, **own)
    statements = [cypher.read_listed(entity, ["id"]), cypher.renew(entity)]
    drawn = list(drawing.followers().get(entity.label, ()))
    if cypher.is_node(entity):
        statements += [cypher.write_nodes(entity), *cypher.delete_nodes(entity)]
        statements += [link.erase() for link in drawing.links_of(entity)]
        drawn += [link.draw() for link in drawing.links_of(entity)]
    else:
        start, end = entity.ends[0][0], entity.ends[1][0]
        statements.append(cypher.write_relationships(entity, start, end))
        statements.append(cypher.delete_relationships(entity))
    auth = (empty_neo4j.user, empty_neo4j.password)
    with GraphDatabase.driver(empty_neo4j.uri, auth=auth) as driver:
        driver.execute_query("CALL db.clearQueryCaches()")
        given = {"ids": [], "rows": [], "accounts": []}
        for text in (*statements, *drawn):
            explained = driver.execute_query(f"EXPLAIN {text}", given)
            used = operators(explained.summary.plan)
            assert not {name for name in used if "Scan" in name}, text
            # An account has one company: that product is meant.
            assert "CartesianProduct" not in used or text in drawn
    assert store.count(entity) == rows


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:Company {id: 'x'})",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n) SET n.name = 'x' RETURN n",
        "DROP CONSTRAINT graphkit_Company_id",
        "CREATE USER eve SET PASSWORD 'longenough'",
        "MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS RETURN 1",
    ],
)
def test_a_query_never_changes_anything(store, text):
    store.write(accounts("a1"), run=1)

    with pytest.raises(UsageError):
        store.query(text)

    assert store.count(Account) == 1
    assert len(store.query("SHOW CONSTRAINTS YIELD name WHERE name = 'graphkit_Company_id'")) == 1


def test_a_mistake_in_a_query_is_said_in_neo4j_s_words(store):
    with pytest.raises(UsageError, match="Invalid input"):
        store.query("MATCH n RETURN")


def test_answers_come_in_plain_values(store):
    row = store.query(
        "RETURN date('2026-03-10') AS d, localdatetime('2026-03-10T12:30') AS t, "
        "[1, null, 'x'] AS l, {b: date('2026-01-01')} AS m, duration('P1D') AS p"
    ).iloc[0]

    assert row["d"] == MARCH
    assert row["t"] == dt.datetime(2026, 3, 10, 12, 30)  # noqa: DTZ001 - wall time
    assert row["l"] == [1, None, "x"]
    assert row["m"] == {"b": dt.date(2026, 1, 1)}
    assert row["p"] == "P1D"


def test_a_block_larger_than_the_server_s_memory_is_committed_in_pieces(
    store, monkeypatch, neo4j_server
):
    monkeypatch.setattr("graphkit.store.bolt.LARGEST_TRANSACTION", 20)
    monkeypatch.setattr("graphkit.store.neo4j.BATCH", 10)
    auth = (neo4j_server.user, neo4j_server.password)
    many = orders(**{f"o{number:03d}": "a" for number in range(55)})

    with GraphDatabase.driver(neo4j_server.uri, auth=auth) as other, store.transaction():
        store.write(many, run=1)
        seen = other.execute_query("MATCH (o:Order) RETURN count(o) AS n").records[0]["n"]
        assert 0 < seen < 55

    assert store.count(Order) == 55
    assert store.write(many, run=2) == Changes(unchanged=55)
    assert store.read(Order, ["id"])["id"].tolist() == sorted(many.frame["id"])


@pytest.mark.parametrize("size", [1, 3, 7, 8])
def test_what_is_read_in_pages_is_whole_and_has_no_placeholders(store, monkeypatch, size):
    monkeypatch.setattr("graphkit.store.neo4j.PAGE", size)
    numbers = [f"o{number}" for number in range(7)]
    put(store, Quote, id=numbers, order=[None, "gone", *numbers[2:]])
    put(store, Order, id=numbers[2:], account=["a", "a", "b", "b", "c"])

    assert store.read(Order, ["id"])["id"].tolist() == numbers[2:]
    assert store.read(Order, ["id"], where=("account", ["b", "c"]))["id"].tolist() == numbers[4:]
    assert sorted(store.read(Order, ["id"], ordered=False)["id"]) == numbers[2:]
    assert store.count(Order) == 5


def test_a_graph_of_a_newer_version_is_refused(store, empty_neo4j):
    store.write(Batch.of(Meta, {"id": ["schema_version"], "value": ["999"]}), run=1)

    with pytest.raises(StoreUnreachableError, match="schema version 999"):
        Neo4jStore(empty_neo4j.uri, user=empty_neo4j.user, password=empty_neo4j.password)


def test_a_graph_that_lacks_only_new_types_is_brought_up_to_date(store, empty_neo4j):
    store.write(Batch.of(Meta, {"id": ["schema_version"], "value": [str(ADDED_SINCE)]}), run=1)

    user, password = empty_neo4j.user, empty_neo4j.password
    with Neo4jStore(empty_neo4j.uri, user=user, password=password) as again:
        assert again.read(Meta)["value"].tolist() == [str(SCHEMA_VERSION)]


def test_a_graph_of_before_a_type_changed_is_refused(store, empty_neo4j):
    before = str(ADDED_SINCE - 1)
    store.write(Batch.of(Meta, {"id": ["schema_version"], "value": [before]}), run=1)

    with pytest.raises(StoreUnreachableError, match="empty the database"):
        Neo4jStore(empty_neo4j.uri, user=empty_neo4j.user, password=empty_neo4j.password)


def test_a_wrong_password_is_refused_access_with_exit_code_4(neo4j_server):
    with pytest.raises(AccessRefusedError) as refused:
        Neo4jStore(neo4j_server.uri, user="neo4j", password="wrong")  # noqa: S106
    assert refused.value.exit_code == 4


def test_a_server_that_is_down_is_unreachable_with_exit_code_3(unused_port):
    with pytest.raises(StoreUnreachableError, match="graphkit neo4j up") as down:
        Neo4jStore(f"bolt://127.0.0.1:{unused_port}", user="neo4j", password="any")  # noqa: S106
    assert down.value.exit_code == 3


@pytest.fixture
def unused_port():
    from graphkit.local_neo4j.settings import free_port  # noqa: PLC0415

    return free_port(9)


def test_an_address_without_a_password_says_which_variable_to_set(monkeypatch, empty_neo4j):
    monkeypatch.delenv("GRAPHKIT_NEO4J_PASSWORD", raising=False)
    with pytest.raises(AccessRefusedError, match="GRAPHKIT_NEO4J_PASSWORD"):
        open_store(empty_neo4j.uri)

    monkeypatch.setenv("GRAPHKIT_NEO4J_PASSWORD", empty_neo4j.password)
    with open_store(empty_neo4j.uri) as opened:
        assert opened.count(Meta) <= 1


def test_a_pushed_graph_is_equal_and_a_second_push_changes_nothing(store, tmp_path):
    with open_store(tmp_path / "graph.duckdb") as embedded:
        embedded.write(accounts("a1", "a2"), run=1)
        embedded.set_all(companies(ace=True, bolt=False), run=1)
        embedded.set_all(joined(a1="ace", a2="bolt"), run=1)
        embedded.write(orders(o1="a1", o2="a2"), run=1)
        store.write(orders(o9="a9"), run=1)

        changes = push(embedded, store)

        assert changes["Order"] == Changes(added=2, removed=1)
        assert set(push(embedded, store).values()) <= {
            Changes(unchanged=number) for number in range(5)
        }
        for entity in (Account, Company, Is, Order):
            one, other = embedded.read(entity), store.read(entity)
            columns = [name for name in one.columns if name != "run"]
            pd.testing.assert_frame_equal(one[columns], other[columns])
    assert pairs(store, PLACED) == [("ace", "o1"), ("bolt", "o2")]
    assert store.unfinished() == ""


LOAD = """
import sys
from tests.store.test_neo4j_store import orders
from graphkit.store.neo4j import Neo4jStore
uri, password = sys.argv[1:]
store = Neo4jStore(uri, user="neo4j", password=password)
run = store.next_run("load").__enter__()
store.write(orders(**{f"o{number}": "a" for number in range(100)}), run=run)
print("written", flush=True)
with store.transaction():
    store.write(orders(late="a"), run=run)
    print("in the middle", flush=True)
    sys.stdin.read()
"""


def test_a_killed_load_is_found_and_the_next_one_finishes_it(store, empty_neo4j):
    command = [sys.executable, "-c", LOAD, empty_neo4j.uri, empty_neo4j.password]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as loading:  # noqa: S603
        assert loading.stdout.readline() == b"written\n"
        assert loading.stdout.readline() == b"in the middle\n"
        loading.kill()

    assert store.unfinished() == "load"
    everything = orders(**{f"o{number}": "a" for number in range(100)}, late="a")
    with store.next_run("load") as run:
        assert store.write(everything, run=run) == Changes(added=1, unchanged=100)
    assert store.unfinished() == ""
    assert store.count(Order) == 101
