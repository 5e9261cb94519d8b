"""The same findings from a real Neo4j, and their queries run there as they are printed."""

import dataclasses

import pytest

from graphkit.analyses.slowdown import slowdown
from graphkit.findings import Level
from graphkit.store.neo4j import Neo4jStore
from tests.shop import Customer, Shop, falling, steady

pytestmark = pytest.mark.neo4j


@pytest.fixture
def customers():
    quiet = [
        Customer(f"Steady {n}", steady(100 + n), industry="Rail", late=2, late_recently=2)
        for n in range(12)
    ]
    fallen = [
        Customer(f"Oil {n}", falling(500 + n, to=0.2), industry="Oil", late=2, late_recently=20)
        for n in range(6)
    ]
    return [*quiet, *fallen]


def test_neo4j_gives_the_findings_of_the_embedded_store_and_shows_each_by_its_query(
    shop, customers, empty_neo4j
):
    here = list(slowdown(shop.fill(customers).snapshot()))
    server = empty_neo4j
    with Neo4jStore(server.uri, user=server.user, password=server.password) as store:
        there = list(slowdown(Shop(store).fill(customers).snapshot()))
        kinds = {one.kind for one in there if one.level is not Level.CANNOT_TELL}
        shown = {one.id: len(store.query(one.cypher)) for one in there}

    assert [dataclasses.asdict(one) for one in there] == [dataclasses.asdict(one) for one in here]
    assert kinds == {"slowing-customer", "rough-times", "slowing-industry"}
    assert min(shown.values()) > 0
