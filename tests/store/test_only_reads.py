"""What `graphkit query cypher` refuses: all that does more than read the graph."""

import http.server
import threading
from types import SimpleNamespace

import pytest
from neo4j import GraphDatabase

from graphkit.errors import UsageError
from graphkit.store.neo4j import Neo4jStore
from graphkit.store.reading import check_only_reads

pytestmark = pytest.mark.neo4j

CHANGES = (
    "MATCH (n:Planted) DETACH DELETE n",
    "MATCH (n:Planted) SET n.name = 'other'",
    "MATCH (n:Planted) REMOVE n.name RETURN n",
    "MATCH (n:Planted) SET n:Company",
    "MERGE (n:Planted {name: 'second'}) RETURN n",
    "FOREACH (x IN [1] | CREATE (:Planted))",
    "MATCH (n:Planted) CALL (n) { DETACH DELETE n } IN TRANSACTIONS",
    "CALL () { CREATE (n:Planted) RETURN n } RETURN n",
    "MATCH (n:Company) RETURN n UNION CREATE (n:Planted) RETURN n",
    # prefixes, comments, escapes, several statements
    "EXPLAIN CREATE (:Planted)",
    "PROFILE CREATE (:Planted)",
    "CYPHER runtime=slotted CREATE (:Planted)",
    "CYPHER 5 planner=cost CREATE (:Planted)",
    "/* MATCH (n) RETURN n */ CREATE (:Planted)",
    "// MATCH (n) RETURN n\nCREATE (:Planted)",
    "MATCH (n:Planted) /* \n */ DELETE // \n n",
    "MATCH (n:Planted) \\u0044ELETE n",
    "\\u0043REATE (:Planted)",
    "MATCH (n:Planted) RETURN n; MATCH (n:Planted) DELETE n",
    "MATCH (n:Planted) RETURN n;\n;CREATE (:Planted)",
    "USE neo4j CREATE (:Planted)",
    # the schema and the server
    "CREATE INDEX planted FOR (n:Planted) ON (n.name)",
    "DROP CONSTRAINT graphkit_Company_id",
    "CREATE USER eve SET PASSWORD 'longenough' CHANGE NOT REQUIRED",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'longenough'",
    "TERMINATE TRANSACTION 'neo4j-transaction-1'",
    "CALL db.createLabel('Eve')",
    "CALL db.createProperty('eve')",
    "CALL db.prepareForReplanning()",
    "CALL db.clearQueryCaches()",
    "CALL db.stats.collect('QUERIES')",
    "CALL `db`.`stats`.`clear`('QUERIES')",
    "CALL () { CALL db.resampleOutdatedIndexes() RETURN 1 AS one } RETURN one",
    "CALL tx.setMetaData({a: 1})",
    "CALL dbms.killConnection('x')",
    "CALL dbms.setConfigValue('server.databases.read_only', 'neo4j')",
    "CALL apoc.cypher.doIt('CREATE (:Planted)', {})",
)
BEYOND_THE_GRAPH = (
    "SHOW USERS",
    "SHOW SETTINGS",
    "SHOW TRANSACTIONS",
    "SHOW DATABASES",
    "SHOW PROCEDURES",
    "USE system SHOW USERS",
    "USE system MATCH (n) RETURN n",
    "CALL dbms.listConfig()",
    "CALL dbms.components()",
    "CALL dbms.queryJmx('*:*')",
    "MATCH (c:Planted) CALL db.stats.retrieve('QUERIES') YIELD data RETURN data",
    "RETURN [x IN [1] | COLLECT { CALL db.stats.retrieve('QUERIES') YIELD data RETURN data }] AS d",
    "RETURN [x IN [1] | COUNT { CALL `db`.`stats`.`retrieve`('QUERIES') YIELD data }] AS d",
)


@pytest.fixture(scope="module")
def opened(neo4j_server):
    """A store with one node that nothing may change, and a driver that looks after it."""
    server = neo4j_server
    auth = (server.user, server.password)
    with GraphDatabase.driver(server.uri, auth=auth, notifications_min_severity="OFF") as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        with Neo4jStore(server.uri, user=server.user, password=server.password) as store:
            driver.execute_query("CREATE (:Planted {name: 'first'})")
            yield store, driver
        driver.execute_query("MATCH (n:Planted) DELETE n")


def state(driver):
    """Every node, and the names of all that queries could make."""
    nodes = driver.execute_query("MATCH (n) RETURN labels(n) AS of, properties(n) AS has").records
    made = [
        driver.execute_query(f"SHOW {what} YIELD {name} RETURN {name} ORDER BY {name}").records
        for what, name in (("INDEXES", "name"), ("CONSTRAINTS", "name"), ("USERS", "user"))
    ]
    labels = driver.execute_query(
        "CALL db.labels() YIELD label RETURN label ORDER BY label"
    ).records
    return sorted(map(repr, nodes)), made, labels


def test_nothing_that_changes_something_runs(opened):
    store, driver = opened
    before = state(driver)
    for text in (*CHANGES, *BEYOND_THE_GRAPH):
        with pytest.raises(UsageError):
            store.query(text)

    assert state(driver) == before


def test_neither_files_nor_the_network_of_the_server_are_read(opened, tmp_path):
    store, _ = opened
    secret = tmp_path / "secret.csv"
    secret.write_text("password\n", "utf-8")
    asked = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    with http.server.HTTPServer(("127.0.0.1", 0), Listener) as listener:
        thread = threading.Thread(target=listener.serve_forever)
        thread.start()
        places = (secret.as_uri(), f"http://127.0.0.1:{listener.server_port}/eve.csv")
        for place in places:
            for text in (
                f"LOAD CSV FROM '{place}' AS line RETURN line",
                f"LOAD CSV WITH HEADERS FROM '{place}' AS line RETURN line",
                f"CALL () {{ LOAD CSV FROM '{place}' AS line RETURN line }} RETURN line",
                f"RETURN COLLECT {{ LOAD CSV FROM '{place}' AS line RETURN line }} AS lines",
                f"MATCH (n) WHERE EXISTS {{ LOAD CSV FROM '{place}' AS line RETURN 1 }} RETURN n",
                f"RETURN [x IN [1] | COUNT {{ LOAD CSV FROM '{place}' AS line RETURN 1 }}] AS n",
                (
                    "MATCH p = shortestPath((:Planted)--(:Company)) WHERE all(x IN nodes(p) WHERE "
                    f"EXISTS {{ LOAD CSV FROM '{place}' AS line RETURN 1 }}) RETURN p"
                ),
            ):
                with pytest.raises(UsageError, match="LOAD CSV"):
                    store.query(text)
        listener.shutdown()
        thread.join()

    assert asked == []


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n:Planted) RETURN n.name AS name",
        "CYPHER planner=cost MATCH (n:Planted) RETURN n.name AS name",
        "MATCH (n:Planted {name: 'first'}) RETURN 'CREATE' AS name // DELETE n",
        "CALL db.labels() YIELD label AS name RETURN name",
        "SHOW INDEXES YIELD name",
        "RETURN 'LOAD CSV FROM' AS name",
        "RETURN [x IN [1] | COLLECT { CALL db.labels() YIELD label RETURN label }] AS name",
    ],
)
def test_what_only_reads_the_graph_runs(opened, text):
    store, _ = opened

    assert len(store.query(text)) >= 1


def planned(details):
    """What EXPLAIN says of a query with a step inside another."""
    step = {"operatorType": "Projection@neo4j", "args": {"Details": details}}
    plan = {"operatorType": "ProduceResults@neo4j", "args": {}, "children": [step]}
    return SimpleNamespace(query_type="r", plan=plan)


PLUGINS = ["apoc.cypher.runFirstColumnSingle", "apoc.text.join", "gds.graph.project", "gds.version"]


@pytest.mark.parametrize(
    ("details", "function"),
    [
        ("apoc.cypher.runFirstColumnSingle($autostring_0, {}) AS x", PLUGINS[0]),
        ("size(`apoc`.`cypher`.`runFirstColumnSingle`($autostring_0, {})) AS x", PLUGINS[0]),
        ("GDS.graph.project($autostring_0, a, b) AS g", "gds.graph.project"),
    ],
)
def test_functions_of_plugins_are_refused_by_name(details, function):
    with pytest.raises(UsageError, match=f"the function {function}"):
        check_only_reads(planned(details), PLUGINS)


def test_functions_that_make_values_of_values_are_not_refused():
    for details in ("gds.version() AS v", "apoc.text.join(x, $autostring_0) AS v", "size(x) AS n"):
        check_only_reads(planned(details), PLUGINS)
