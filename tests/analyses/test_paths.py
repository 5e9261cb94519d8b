"""Paths say who could introduce us, through whom, when and by which rows."""

import datetime as dt
import itertools

import pytest

from graphkit.analyses.paths import find_paths
from graphkit.errors import UnknownNameError, UsageError
from graphkit.schema import (
    Attended,
    Employee,
    Follows,
    Industry,
    Knows,
    OrderLine,
    Person,
    Process,
    Supplies,
    TalkedTo,
    TradeShow,
)
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import put, put_companies

DAY = dt.date(2025, 12, 31)


@pytest.fixture
def store(tmp_path):
    """Marcy talked to Ivan of Acme in March; Acme and Bolt were at a show in October."""
    with open_store(tmp_path / "graph.duckdb") as opened:
        put(opened, Employee, id=["marcy", "joel"], name=["Marcy", "Joel"])
        put(opened, Industry, id=["Rail"], name=["Rail"])
        put_companies(opened, ["Acme", "Bolt", "Alone"], industry=["Rail"] * 3)
        put(opened, Person, id=["ivan@acme.com"], name=["Ivan Ber"], account=["erp:Acme"])
        put(opened, TalkedTo, from_id=["marcy"], to_id=["ivan@acme.com"], on=[dt.date(2025, 3, 1)])
        put(opened, TradeShow, id=["FABTECH 2025"], series=["FABTECH"], year=[2025])
        put(
            opened,
            Attended,
            from_id=["erp:Acme", "erp:Bolt"],
            from_type=["Account"] * 2,
            to_id=["FABTECH 2025"] * 2,
            on=[dt.date(2025, 10, 1), dt.date(2025, 10, 9)],
            polarity=["asserted"] * 2,
            text_id=["n1", "n2"],
        )
        yield opened


def test_a_show_links_two_companies_in_words(store):
    (path,) = find_paths(Snapshot(store, DAY), "Bolt")

    assert path.told == (
        "Marcy (ours) talked to Ivan Ber on 2025-03-01, Ivan Ber works at Acme, "
        "Acme was at FABTECH 2025, so was Bolt. It could carry to Bolt."
    )
    assert [hop.relation for hop in path.hops] == ["TALKED_TO", "WORKS_AT", "ATTENDED", "ATTENDED"]
    assert path.weakest.relation == "ATTENDED"
    assert all(hop.sources for hop in path.hops)
    assert path.hops[0].age == (DAY - dt.date(2025, 3, 1)).days
    assert path.hops[1].on is None


def test_the_probability_of_a_path_is_the_product_of_its_hops(store):
    (path,) = find_paths(Snapshot(store, DAY), "Bolt")

    product = 1.0
    for hop in path.hops:
        product *= hop.probability
    assert path.probability == pytest.approx(product)


def test_a_tie_fades_with_its_age(store):
    now = find_paths(Snapshot(store, DAY), "Bolt")[0]
    later = find_paths(Snapshot(store, DAY + dt.timedelta(365)), "Bolt")[0]

    assert later.hops[0].probability < now.hops[0].probability
    assert later.hops[1].probability == now.hops[1].probability


def test_dates_never_decrease_along_a_path(store):
    put(store, Follows, from_id=["erp:Acme"], to_id=["erp:Alone"], on=[dt.date(2025, 1, 5)])
    put(store, Follows, from_id=["erp:Bolt"], to_id=["erp:Alone"], on=[dt.date(2025, 11, 5)])

    found = find_paths(Snapshot(store, DAY), "Alone", max_hops=6)

    assert [path.hops[-1].start.name for path in found] == ["Bolt"]
    days = [hop.on for hop in found[0].hops if hop.on]
    assert all(a <= b for a, b in itertools.pairwise(days))


def test_who_said_not_to_come_links_nobody(store):
    put(
        store,
        Attended,
        from_id=["erp:Alone"],
        from_type=["Account"],
        to_id=["FABTECH 2025"],
        polarity=["negated"],
        text_id=["n3"],
    )

    assert find_paths(Snapshot(store, DAY), "Alone") == []


def test_the_same_industry_or_process_is_no_way_to_anybody(store):
    put(store, Process, id=["Honing"], name=["Honing"])
    put(
        store,
        OrderLine,
        id=["1", "2"],
        account=["erp:Acme", "erp:Alone"],
        process=["Honing", "Honing"],
    )

    assert find_paths(Snapshot(store, DAY), "Alone") == []


def test_a_path_may_start_at_a_company_or_at_one_of_ours(store):
    snap = Snapshot(store, DAY)

    assert [hop.relation for hop in find_paths(snap, "Bolt", start="Acme")[0].hops] == [
        "ATTENDED",
        "ATTENDED",
    ]
    assert find_paths(snap, "Bolt", start="joel") == []
    assert find_paths(snap, "Bolt", start="MARCY")


def test_the_more_probable_path_comes_first(store):
    put(store, Knows, from_id=["joel"], to_id=["ivan@acme.com"], on=[dt.date(2020, 1, 1)])
    put(store, Supplies, from_id=["erp:Acme"], to_id=["erp:Bolt"], polarity=["asserted"])

    found = find_paths(Snapshot(store, DAY), "Bolt")

    assert [path.probability for path in found] == sorted(
        (path.probability for path in found), reverse=True
    )
    assert found[0].hops[-1].relation == "SUPPLIES"
    assert {path.hops[0].start.name for path in found} == {"Marcy", "Joel"}


def test_an_unknown_name_is_answered_with_the_nearest(store):
    snap = Snapshot(store, DAY)

    with pytest.raises(UnknownNameError, match="Bolt"):
        find_paths(snap, "Bollt")
    with pytest.raises(UnknownNameError, match="Marcy"):
        find_paths(snap, "Bolt", start="Marcie")


def test_without_anybody_of_ours_a_start_is_asked_for(tmp_path):
    with open_store(tmp_path / "other.duckdb") as opened:
        put_companies(opened, ["Acme"])

        with pytest.raises(UsageError, match="Nobody of ours"):
            find_paths(Snapshot(opened, DAY), "Acme")
