"""Groups that are in a shop are told with what holds them; others are not made up."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from graphkit.analyses.clusters import clusters
from graphkit.findings import Level
from graphkit.schema import (
    Attended,
    Campaign,
    Finish,
    HasTopic,
    Industry,
    Material,
    Opened,
    OrderLine,
    Person,
    Process,
    Supplies,
    Topic,
    TradeShow,
    UsesMethod,
)
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import put, put_companies

DAY = dt.date(2025, 12, 31)
PROCESSES = ["Milling", "Turning", "Wire EDM", "Grinding", "Honing", "Lapping"]
SHOWS = ["IMTS", "FABTECH", "WESTEC", "EASTEC", "Automate", "CONEXPO"]
GROUPS, EACH = 4, 10
QUICK = {"bootstraps": 40, "rewirings": 19}


def fill(store, *, seed=1, groups=GROUPS, each=EACH, planted=True):
    """Customers in groups that share a process, a show, an end customer and an industry."""
    rng = np.random.default_rng(seed)
    group = np.repeat(np.arange(groups), each)
    names = [f"{chr(65 + one)}{number:02d}" for number, one in enumerate(group)]
    leaning = group if planted else rng.permutation(group)
    industry = [f"Industry {one}" for one in (group if planted else rng.permutation(group))]
    put(store, Industry, id=sorted(set(industry)), name=sorted(set(industry)))
    put_companies(store, names, industry=industry)
    put_companies(store, [f"End {one}" for one in range(groups)], customers=False)
    for entity, all_names in ((Process, PROCESSES), (Material, ["Steel"]), (Finish, ["Anodize"])):
        put(store, entity, id=all_names, name=all_names)
    put(
        store,
        TradeShow,
        id=[f"{name} 2025" for name in SHOWS],
        series=SHOWS,
        year=[2025] * len(SHOWS),
    )
    lines = np.repeat(np.arange(len(names)), 30)
    own = rng.random(len(lines)) < 0.6
    process = np.where(own, leaning[lines], rng.integers(len(PROCESSES), size=len(lines)))
    put(
        store,
        OrderLine,
        id=[f"line{i}" for i in range(len(lines))],
        account=[f"erp:{names[one]}" for one in lines],
        process=[PROCESSES[one] for one in process],
        material=["Steel"] * len(lines),
    )
    goes = rng.permutation(group) if not planted else group
    for entity, name_of, share in (
        (Attended, lambda one: f"{SHOWS[one]} 2025", 0.7),
        (Supplies, lambda one: f"erp:End {one}", 0.7),
    ):
        here = np.flatnonzero(rng.random(len(names)) < share)
        type_ = {"from_type": ["Account"] * len(here)} if entity is Attended else {}
        put(
            store,
            entity,
            from_id=[f"erp:{names[one]}" for one in here],
            to_id=[name_of(goes[one]) for one in here],
            text_id=[f"note{one}" for one in here],
            polarity=["asserted"] * len(here),
            **type_,
        )
        goes = rng.permutation(group) if not planted else group
    return names


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "graph.duckdb") as opened:
        yield opened


def members(finding):
    return {one["name"] for one in finding.details["members"]}


def test_planted_groups_are_told_with_what_holds_them(store):
    names = fill(store)

    found = list(clusters(Snapshot(store, DAY), **QUICK))

    assert {frozenset(members(one)) for one in found} == {
        frozenset(name for name in names if name.startswith(letter)) for letter in "ABCD"
    }
    first = next(one for one in found if "A00" in members(one))
    assert first.level is Level.ALERT
    assert first.subject.type == "Cluster"
    assert not first.subject.name.endswith("10")
    assert first.statement.startswith(f"{first.subject.name}: 10 customers, such as A0")
    assert first.effect.value >= 0.75
    assert first.p == pytest.approx(1 / 20)
    kinds = {one["type"] for one in first.details["traits"]}
    assert {"industry", "process"} <= kinds
    assert all(one["odds"] >= 2 and one["q"] <= 0.1 for one in first.details["traits"])
    assert all(one.sources for one in first.evidence[2:])
    assert first.advice
    assert first.subject.id in first.cypher


def test_the_same_shop_gives_the_same_clusters_twice(store):
    fill(store)

    first, second = (list(clusters(Snapshot(store, DAY), **QUICK)) for _ in range(2))

    assert [dataclasses.asdict(one) for one in first] == [dataclasses.asdict(one) for one in second]


def test_a_shop_whose_features_agree_on_nothing_has_no_clusters(store):
    fill(store, planted=False)

    (found,) = clusters(Snapshot(store, DAY), **QUICK)

    assert found.level is Level.CANNOT_TELL
    assert found.evidence[0].value == GROUPS * EACH


@pytest.mark.parametrize("customers", [1, 3])
def test_a_few_customers_cannot_be_told_and_it_says_how_many_it_takes(store, customers):
    fill(store, groups=1, each=customers)

    (found,) = clusters(Snapshot(store, DAY))

    assert found.level is Level.CANNOT_TELL
    assert f"at least 8 customers; there are {customers}" in found.statement


def test_ten_customers_are_analysed(store):
    fill(store, groups=2, each=5)

    assert all(one.evidence for one in clusters(Snapshot(store, DAY), **QUICK))


def test_customers_of_whom_nothing_is_known_cannot_be_told(store):
    put_companies(store, [f"C{number}" for number in range(12)])

    (found,) = clusters(Snapshot(store, DAY))

    assert "Nothing is known" in found.statement


def test_a_customer_that_has_something_of_two_groups_is_named_as_between(store):
    names = fill(store)
    put_companies(store, ["Neither"])
    halves = [PROCESSES[number % 2] for number in range(60)]
    put(
        store,
        OrderLine,
        id=[f"between{number}" for number in range(60)],
        account=["erp:Neither"] * 60,
        process=halves,
    )

    found = list(clusters(Snapshot(store, DAY), **QUICK))

    inside = set().union(*(members(one) for one in found))
    assert len(inside & set(names)) >= 36
    for name in {*names, "Neither"} - inside:
        assert any(name in one.details["between"] for one in found), name


def test_said_absence_is_no_attendance(store):
    names = fill(store)
    put(
        store,
        Attended,
        from_id=[f"erp:{name}" for name in names],
        from_type=["Account"] * len(names),
        to_id=["CONEXPO 2025"] * len(names),
        text_id=[f"not{name}" for name in names],
        polarity=["negated"] * len(names),
    )

    found = list(clusters(Snapshot(store, DAY), **QUICK))

    assert not any("CONEXPO" in str(one.details["traits"]) for one in found)


def test_what_happens_later_changes_nothing(store):
    names = fill(store)
    before = list(clusters(Snapshot(store, DAY), **QUICK))
    later = dt.date(2026, 3, 1)
    put(
        store,
        OrderLine,
        id=[f"later{name}" for name in names],
        account=[f"erp:{name}" for name in names],
        process=["Milling"] * len(names),
        ordered_on=[later] * len(names),
    )

    assert list(clusters(Snapshot(store, DAY), **QUICK)) == before


def test_methods_and_reading_are_traits_too(store):
    names = fill(store)
    group = [name for name in names if name.startswith("B")]
    put(store, Topic, id=["hard-turning", "other"], name=["hard turning", "other"])
    put(store, Campaign, id=["c1", "c2"], subject=["On hard turning", "On other things"])
    put(
        store,
        HasTopic,
        from_id=["c1", "c2"],
        from_type=["Campaign"] * 2,
        to_id=["hard-turning", "other"],
        component=["t"] * 2,
    )
    put(store, Person, id=names, account=[f"erp:{name}" for name in names])
    at = [dt.datetime(2025, 5, 1, hour) for hour in range(6)]  # noqa: DTZ001 - local time
    reads = [
        (name, "c1" if name in group else "c2", when)
        for name in names
        for when in at
        if name in group or when.hour < 4
    ]
    put(
        store,
        Opened,
        from_id=[one[0] for one in reads],
        to_id=[one[1] for one in reads],
        at=[one[2] for one in reads],
    )
    put(
        store,
        UsesMethod,
        from_id=[f"erp:{name}" for name in group],
        from_type=["Account"] * len(group),
        to_id=["peel milling"] * len(group),
        text_id=[f"m{name}" for name in group],
        polarity=["asserted"] * len(group),
    )

    found = list(clusters(Snapshot(store, DAY), **QUICK))

    traits = next(one for one in found if group[0] in members(one)).details["traits"]
    assert {"opened", "method"} <= {one["type"] for one in traits}
