"""How Neo4j goes about each recipe and each query of a finding, in a graph in a shop's proportions.

PLANS_COMPANIES=4000 makes it a million relationships, which takes two minutes.
"""

import os

import pytest
from neo4j import GraphDatabase

from graphkit import recipes
from graphkit.analyses.clustering.query import shared_by_members
from graphkit.analyses.concentration import reaching
from graphkit.analyses.evidence_cypher import (
    invoices_of,
    lines_of,
    orders_and_invoices_of,
    orders_of,
    quotes_of,
)
from graphkit.analyses.interest.query import cypher as signs_of
from graphkit.analyses.spread import exposure_of
from graphkit.findings import Ref
from graphkit.store.neo4j import Neo4jStore
from tests.neo4j_plans import faults, indexes, operators, scanned
from tests.neo4j_server import empty
from tests.shop_graph import fill

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

ALL = recipes.recipes()
SOME = {name: Ref(name, f"{name[0].lower()}1", "") for name in ("Company", "Industry", "Process")}
OF_FINDINGS = {
    **{f"orders of {name}": orders_of(SOME[name]) for name in ("Company", "Industry")},
    **{f"invoices of {name}": invoices_of(SOME[name]) for name in ("Company", "Industry")},
    **{f"lines of {name}": lines_of(SOME[name]) for name in ("Company", "Process")},
    **{f"quotes of {name}": quotes_of(SOME[name]) for name in ("Company", "Process")},
    **{f"reaching {name}": reaching(SOME[name], "2025-01-01") for name in ("Company", "Industry")},
    "orders and invoices": orders_and_invoices_of(SOME["Company"]),
    "signs": signs_of("c1", "t1"),
    "exposure": exposure_of("c1", "t1"),
    "members": shared_by_members("k1"),
}
SEARCHED = {
    "changed-findings": {"Told(telling)"},
    "concentration": {"Order(ordered_on)"},
    "customers": {"Order(ordered_on)"},
    "finish-leanings": {"Order(ordered_on)"},
    "late-industries": {"Invoice(invoiced_on)"},
    "lost-quotes": {"Quote(quoted_on)"},
    "machine-hours": {"Order(ordered_on)"},
    "open-balances": {"Invoice(invoiced_on)"},
    "ordered": {"Order(ordered_on)"},
    "process-leanings": {"Order(ordered_on)"},
    "rough-times": {"Order(ordered_on)"},
    "slowing-customers": {"Order(ordered_on)"},
    "slowing-industries": {"Order(ordered_on)"},
    "smaller-lots": {"Order(ordered_on)"},
    "where-from": {"Order(number)", "Invoice(number)", "Quote(number)"},
    "who-pays-late": {"Invoice(invoiced_on)"},
    "will-capacity-hold": {"Order(ordered_on)"},
}
"""The indexes by which recipes find a number, a telling, a last day or the days since another."""
FEW = frozenset(
    [
        "Campaign",
        "Cluster",
        "Company",
        "Customer",
        "Employee",
        "Finding",
        "Industry",
        "Material",
        "Method",
        "Page",
        "Process",
        "Signal",
        "TradeShow",
        "Topic",
    ]
)
"""Of what a shop has thousands at most: a name in any spelling is looked for among all of them,
which no index of Neo4j does (a text index heeds capitals) and which takes milliseconds."""
BY_NAME = (
    "heard-from",
    "new-methods",
    "ordered",
    "path",
    "read-about",
    "signals",
    "trade-shows",
    "whom-we-know",
)
"""Recipes in which a name selects few: they begin there and not with all orders or people."""
COMPANIES = int(os.environ.get("PLANS_COMPANIES", "400"))
"""Four hundred are enough: with ten times as many the same steps begin in the same places."""


@pytest.fixture(scope="module")
def explained(neo4j_server):
    """The plan of each recipe and query by name."""
    server = neo4j_server
    empty(server)
    with Neo4jStore(server.uri, user=server.user, password=server.password):
        pass  # makes the indexes
    auth = (server.user, server.password)
    with GraphDatabase.driver(server.uri, auth=auth, notifications_min_severity="OFF") as to:
        assert fill(to, companies=COMPANIES) >= 250 * COMPANIES
        asked = {one.name: (one.cypher, dict(one.defaults)) for one in ALL.values()}
        asked |= {name: (text, {}) for name, text in OF_FINDINGS.items()}
        return {
            name: to.execute_query(f"EXPLAIN {text}", given).summary.plan
            for name, (text, given) in asked.items()
        }


def test_none_looks_at_every_node_or_joins_everything_with_everything(explained):
    assert {name: faults(plan) for name, plan in explained.items() if faults(plan)} == {}


def test_numbers_days_and_tellings_are_found_by_an_index(explained):
    assert {
        name: wanted - indexes(explained[name])
        for name, wanted in SEARCHED.items()
        if wanted - indexes(explained[name])
    } == {}


def test_a_name_is_looked_for_among_few(explained):
    assert {
        name: scanned(explained[name]) - FEW for name in BY_NAME if scanned(explained[name]) - FEW
    } == {}


def test_the_query_of_a_finding_begins_where_an_id_leads(explained):
    assert {
        name: scanned(explained[name]) for name in OF_FINDINGS if scanned(explained[name])
    } == {}
    assert all(
        any("NodeUniqueIndexSeek" in step["operatorType"] for step in operators(explained[name]))
        for name in OF_FINDINGS
    )
