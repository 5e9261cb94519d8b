"""Findings of company groups: what moved between plants is nothing, what all lost is told."""

import dataclasses

import pytest

from graphkit.analyses.slowdown import slowdown
from graphkit.findings import Level, finding_id
from graphkit.group_snapshot import GroupSnapshot
from graphkit.pipeline.analyse import analyse_all
from graphkit.pipeline.by_group import groups_named, of_groups
from graphkit.store.neo4j import Neo4jStore
from graphkit.verdicts import Judged
from graphkit.workspace import Settings
from tests.shop import END, RECENT, Customer, Shop, steady

KIND = "slowing-customer"
SAID = (Level.ALERT, Level.WATCH)
OTHERS = [Customer(f"Steady {at}", steady(at), industry="Rail") for at in range(10)]
NAME = 'Acme "East"'
GROUP = f"group:{NAME}"


def stopped(seed, rate):
    """Orders a month of somebody who ordered a little, and then nothing."""
    return [*steady(seed, rate, 36 - RECENT), *[0] * RECENT]


def by_group(shop):
    snap = GroupSnapshot(shop.store, END)
    return of_groups(snap, Judged(list(slowdown(snap, permutations=499)), [])).told


def by_company(shop):
    return list(slowdown(shop.snapshot(), permutations=499))


def about(found, *ids, levels=SAID):
    """Findings of slowing customers about some of them."""
    return [
        one for one in found if one.kind == KIND and one.level in levels and one.subject.id in ids
    ]


@pytest.fixture
def small_plants():
    """Three plants of one parent: each too small to tell, all of them stopped."""
    east = Customer(NAME, stopped(1, 0.5))
    others = [Customer(f"Acme {at}", stopped(2 + at, 0.5), parent=NAME) for at in range(2)]
    return [east, *others]


def test_what_moved_from_one_plant_to_another_is_nothing_by_group(shop):
    grown = [*steady(7, 3.0, 36 - RECENT), *[7] * RECENT]
    moved = [Customer(NAME, stopped(1, 4.0)), Customer("Acme West", grown, parent=NAME)]
    shop.fill([*OTHERS, *moved])

    [one] = about(by_company(shop), NAME)
    assert (one.level, one.details["moved_to"]) == (Level.WATCH, "Acme West")
    assert about(by_group(shop), NAME, "Acme West", GROUP) == []


def test_what_no_plant_has_enough_rows_for_is_told_of_the_group_with_the_rows_of_all(
    shop, small_plants
):
    shop.fill([*OTHERS, *small_plants])
    ids = [one.name for one in small_plants]

    assert about(by_company(shop), *ids) == []
    assert len(about(by_company(shop), *ids, levels=[Level.CANNOT_TELL])) == 3
    [one] = about(by_group(shop), GROUP)
    assert one.level is Level.ALERT
    assert one.subject.name == f"{NAME} (group of 3)"
    assert one.details["group"] == sorted(ids)
    assert one.n == sum(sum(plant.orders) for plant in small_plants)
    assert one.id != finding_id(KIND, NAME)  # a verdict on the plant is none on the group
    assert r'(c:Company WHERE c.id IN ["Acme \"East\"", "Acme 0", "Acme 1"])' in one.cypher
    assert GROUP not in one.cypher


def test_a_group_with_one_customer_and_who_is_in_none_stay_as_they_are(shop):
    shop.fill([*OTHERS, Customer("Acme", stopped(1, 4.0), parent="Holding nobody knows")])
    assert about(by_company(shop), "Acme")

    assert by_group(shop) == by_company(shop)
    [said] = groups_named(GroupSnapshot(shop.store, END), [])
    assert said.startswith("No two customers belong to one group")


def test_groups_hold_grandchildren_and_a_ring_of_parents_ends(shop):
    told = {"a": "b", "b": None, "c": "a", "x": "y", "y": "x", "lone": None}
    customers = [Customer(name, [1] * 12, parent=parent) for name, parent in told.items()]
    snap = GroupSnapshot(shop.fill(customers).store, END)

    assert {one.id: one.members for one in snap.groups.values()} == {
        "group:b": ("b", "a", "c"),
        "group:x": ("x", "y"),
    }
    assert list(snap.customers.index) == ["group:b", "group:x", "lone"]
    assert snap.find_company("c") == "group:b"


def test_what_the_head_does_not_state_is_taken_of_a_plant(shop):
    plants = [Customer("a", [1] * 12), Customer("b", [1] * 12, industry="Rail", parent="a")]
    snap = GroupSnapshot(shop.fill(plants).store, END)

    assert snap.companies.loc["group:a", "industry"] == "Rail"


def test_every_analysis_runs_on_groups_and_the_same_twice(shop, small_plants):
    shop.fill([*OTHERS, *small_plants])
    settings = Settings(options={"slowdown": {"permutations": 499}})

    one, other = (analyse_all(GroupSnapshot(shop.store, END), settings) for _ in range(2))

    assert [dataclasses.asdict(each) for each in one.told] == [
        dataclasses.asdict(each) for each in other.told
    ]
    assert GROUP in {each.subject.id for each in one.told}


@pytest.mark.neo4j
def test_the_query_of_a_group_lists_the_orders_of_all_its_plants(shop, empty_neo4j, small_plants):
    [one] = about(by_group(shop.fill([*OTHERS, *small_plants])), GROUP)
    server = empty_neo4j
    with Neo4jStore(server.uri, user=server.user, password=server.password) as store:
        Shop(store).fill([*OTHERS[:1], *small_plants])
        shown = store.query(one.cypher)

    assert len(shown) == one.n
