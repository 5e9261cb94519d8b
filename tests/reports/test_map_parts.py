"""A map shows the whole network or a part of it, and what became of it between two days."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from graphkit.analyses.paths import find_paths
from graphkit.changes import changes
from graphkit.findings import Evidence, Finding, Level, Ref
from graphkit.reports.network.difference import changed, difference, first_days, told_changes
from graphkit.reports.network.network import network
from graphkit.reports.network.parts import alarmed, along, around, of_cluster, whole
from graphkit.reports.network_map import drawn
from graphkit.schema import (
    Attended,
    Employee,
    Order,
    OrderLine,
    Person,
    Supplies,
    TalkedTo,
    TradeShow,
)
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import put, put_companies

THEN, NOW = dt.date(2024, 12, 31), dt.date(2025, 12, 31)
SHOWS = ["IMTS 2024", "IMTS 2025"]
ORDERS = {
    "Acme": [dt.date(2024, 3, 1), dt.date(2025, 3, 1)],
    "Bolt": [dt.date(2023, 6, 1), dt.date(2024, 5, 1)],  # has left
    "Core": [dt.date(2025, 6, 1)],  # has come
    "Dart": [dt.date(2024, 8, 1), dt.date(2025, 8, 1)],
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Ann of ours knows Ivan of Acme, which supplies Orbit; Dart is near nobody of these."""
    with open_store(tmp_path_factory.mktemp("shop") / "graph.duckdb") as store:
        put(store, Employee, id=["Ann"], name=["Ann Lee"])
        put_companies(store, list(ORDERS))
        put_companies(store, ["Orbit"], customers=False)
        put(store, TradeShow, id=SHOWS, series=["IMTS"] * 2, year=[2024, 2025])
        put(store, Person, id=["ivan"], name=["Ivan Ber"], account=["erp:Acme"])
        placed = [(name, day) for name, days in ORDERS.items() for day in days]
        accounts, days = [f"erp:{name}" for name, _ in placed], [day for _, day in placed]
        ids = [str(one) for one in range(len(placed))]
        put(store, Order, id=ids, account=accounts, ordered_on=days)
        put(store, OrderLine, id=ids, order=ids, account=accounts, ordered_on=days)
        put(
            store,
            Attended,
            from_id=["erp:Dart", "erp:Core"],
            from_type=["Account"] * 2,
            to_id=SHOWS,
            on=[dt.date(2024, 9, 10), dt.date(2025, 9, 10)],
            polarity=["asserted"] * 2,
            text_id=["a", "b"],
        )
        put(
            store,
            Supplies,
            from_id=["erp:Acme"],
            to_id=["erp:Orbit"],
            on=[dt.date(2025, 2, 1)],
            polarity=["asserted"],
        )
        put(store, TalkedTo, from_id=["Ann"], to_id=["ivan"], on=[dt.date(2024, 3, 1)])
        yield store


@pytest.fixture(scope="module")
def now(store):
    return Snapshot(store, NOW)


def finding(company, level=Level.ALERT, **fields):
    told = {
        "kind": "slowing-customer",
        "level": level,
        "subject": Ref("Company", company, company),
        "statement": f"{company} orders less.",
        "as_of": NOW,
        "evidence": (Evidence("orders", 3),),
        "alarming": True,
    }
    return Finding(**(told | fields))


def cluster(name, *members):
    return finding(
        name,
        kind="customer-cluster",
        subject=Ref("Cluster", name, name),
        details={"members": [{"id": one, "name": one} for one in members]},
        alarming=False,
    )


def names(part):
    return set(part.network.nodes["name"])


def test_the_whole_network_has_every_customer(now):
    part = whole(network(now, []))

    assert {*ORDERS, *SHOWS, "Orbit", "Ann Lee", "Ivan Ber"} == names(part)
    assert part.caption.startswith("As of 2025-12-31: 4 customers")


@pytest.mark.parametrize(
    ("hops", "shown"),
    [
        (0, {"Acme"}),
        (1, {"Acme", "Orbit", "Ivan Ber"}),
        (2, {"Acme", "Orbit", "Ivan Ber", "Ann Lee"}),
    ],
)
def test_around_a_company_is_what_is_so_many_steps_away(now, hops, shown):
    part = around(now.ref("Acme"), hops)(network(now, []))

    assert names(part) == shown
    assert part.centre == "Company Acme"


def test_a_cluster_is_shown_with_what_its_members_are_tied_to(now):
    pair = cluster("Pair", "Core", "Dart")

    part = of_cluster(pair)(network(now, [pair]))

    assert names(part) == {"Core", "Dart", *SHOWS}
    assert [one.name for one in part.network.groups] == ["Pair"]


def test_chains_are_shown_with_what_is_near_them_and_the_types_that_they_pass(now):
    found = find_paths(now, "Acme", start="Ann Lee")

    part = along(found)(network(now, []))

    assert part.paths == (("Employee Ann", "Person ivan", "Company Acme"),)
    assert names(part) == {"Ann Lee", "Ivan Ber", "Acme", "Orbit"}
    assert "Person" not in part.hidden
    assert "Topic" in part.hidden
    assert part.emphasis == "path"


def test_what_calls_for_concern_is_shown_with_its_neighbours(now):
    calm = finding("Dart", alarming=False)

    part = alarmed(network(now, [finding("Acme"), calm]))

    assert names(part) == {"Acme", "Orbit", "Ivan Ber"}
    assert part.emphasis == "findings"
    assert "1 finding that calls for concern, about 1 node" in part.caption


def test_where_nothing_calls_for_concern_everything_is_shown_and_says_so(now):
    part = alarmed(network(now, []))

    assert set(ORDERS) < names(part)
    assert part.caption == "As of 2025-12-31: nothing calls for concern."


@pytest.fixture(scope="module")
def both(store, now):
    """Acme's watch became an alert, Dart's alert is gone, and of Core something is told."""
    then = Snapshot(store, THEN)
    before = [finding("Acme", Level.WATCH), finding("Dart"), cluster("Old name", "Acme", "Bolt")]
    after = [finding("Acme"), finding("Core"), cluster("New name", "Acme", "Bolt")]
    found = changes(before, after)
    united = difference(network(then, before), network(now, after), found, first_days(now))
    told = told_changes(found, united.nodes["id"].tolist(), now.files)
    return changed(dataclasses.replace(united, findings=told), THEN)


def test_a_difference_marks_who_has_come_left_and_changed(both):
    nodes = both.network.nodes.set_index("name")

    assert nodes["change"].to_dict() == {
        "Acme": "changed",
        "Bolt": "gone",
        "Core": "new",
        "Dart": "changed",
        "Orbit": "new",
        "Ann Lee": "",
        "Ivan Ber": "",
        "IMTS 2024": "",
        "IMTS 2025": "new",
    }
    assert nodes.loc["Core", "facts"][0].text == "New since 2024-12-31"
    assert nodes.loc["Acme", "facts"][0].text == "On 2024-12-31 a watch, now an alert"
    gone = "Gone: 1 order in the twelve months to 2024-12-31, none in those to 2025-12-31"
    assert nodes.loc["Bolt", "facts"][0].text == gone


def test_a_cluster_with_another_name_is_no_change(both):
    nodes = both.network.nodes.set_index("name")

    assert nodes.loc["Acme", "group"] == nodes.loc["Bolt", "group"] == "New name"
    assert [one.name for one in both.network.groups] == ["New name"]


def test_a_difference_marks_ties(both):
    edges = both.network.edges.set_index(["source", "target"])["change"]

    assert edges["Company Acme", "Company Orbit"] == "new"
    assert edges["Company Core", "TradeShow IMTS 2025"] == "new"
    assert edges["Employee Ann", "Person ivan"] == "changed"  # nobody talked for a year


def test_a_difference_tells_what_became_of_findings(both):
    told = {one.node: (one.change, one.before) for one in both.network.findings}

    assert told == {
        "Company Acme": ("changed", "Acme orders less."),
        "Company Core": ("new", ""),
        "Company Dart": ("gone", ""),
    }


def test_a_difference_says_in_words_how_much_is_new(both):
    assert both.title == "What changed from 2024-12-31 to 2025-12-31"
    assert "1 customer new, 1 gone and 2 changed" in both.caption
    assert "1 finding new, 1 gone and 1 changed" in both.caption


def test_what_only_the_earlier_day_had_stays_drawn(both):
    drawing, _ = drawn(both)
    bolt = drawing.nodes.set_index("name").loc["Bolt"]

    assert np.isfinite([bolt["x"], bolt["y"]]).all()


def test_a_difference_of_a_shop_in_which_nothing_happened_is_empty(store):
    day = dt.date(2025, 10, 1)
    one, other = (Snapshot(store, at) for at in (day, day + dt.timedelta(1)))

    part = changed(difference(network(one, []), network(other, []), [], first_days(other)), day)

    assert part.caption.endswith("nothing is new, gone or changed.")
