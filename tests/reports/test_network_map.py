"""A map says of each node and tie what is known, when it was and which row says so."""

import datetime as dt

import pytest

from graphkit.drawing import Fact, Measure
from graphkit.findings import Evidence, Finding, Level, Ref
from graphkit.reports.network.parts import around
from graphkit.reports.network_map import network_map
from graphkit.schema import File, HasSignal, Industry, Invoice, Order, OrderLine, Person, Supplies
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import SOURCE, put, put_companies

DAY = dt.date(2025, 12, 31)


@pytest.fixture(scope="module")
def snap(tmp_path_factory):
    """Acme supplies Atlas; Loner is a customer without ties; of Prospect only Ann is known."""
    with open_store(tmp_path_factory.mktemp("shop") / "graph.duckdb") as store:
        put(store, File, id=[SOURCE.file_id], path=["rows.csv"])
        put(store, Industry, id=["Valves"], name=["Valves"])
        put_companies(store, ["Acme", "Loner"], industry=["Valves", None])
        put_companies(store, ["Atlas", "Prospect"], customers=False)
        put(
            store,
            Supplies,
            from_id=["erp:Acme"] * 3,
            to_id=["erp:Atlas"] * 3,
            on=[dt.date(2025, 3, 4), dt.date(2025, 3, 20), dt.date(2025, 6, 1)],
            text_id=["a", "b", "c"],
            polarity=["asserted"] * 3,
        )
        put(store, Person, id=["Ann"], name=["Ann"], account=["erp:Prospect"], title=["Buyer"])
        days = [dt.date(2024, 2, 1), dt.date(2025, 11, 3)]
        put(store, Order, id=["1", "2"], account=["erp:Acme"] * 2, ordered_on=days)
        put(
            store,
            OrderLine,
            id=["1-1", "2-1"],
            order=["1", "2"],
            account=["erp:Acme"] * 2,
            ordered_on=days,
            amount=[50_000_000, 12_340_000],
        )
        put(
            store,
            Invoice,
            id=["i1", "i2", "i3"],
            account=["erp:Acme"] * 3,
            invoiced_on=[dt.date(2025, 2, 1)] * 3,
            due_on=[dt.date(2025, 3, 1)] * 3,
            paid_on=[dt.date(2025, 3, 1), dt.date(2025, 4, 1), None],
            amount=[1_000_000, 1_000_000, 3_000_000],
            open_amount=[0, 0, 3_000_000],
        )
        put(
            store,
            HasSignal,
            from_id=["erp:Acme"],
            to_id=["LAYOFFS"],
            on=[dt.date(2025, 5, 5)],
            sentence=["They let people go."],
            polarity=["asserted"],
        )
        yield Snapshot(store, DAY)


def finding(**fields):
    told = {
        "kind": "slowing-customer",
        "level": Level.ALERT,
        "subject": Ref("Company", "Acme", "Acme"),
        "statement": "Acme orders less.",
        "as_of": DAY,
        "evidence": (
            Evidence("orders lost", 4.5, "orders", (f"{SOURCE.file_id}:2", f"{SOURCE.file_id}:3")),
        ),
        "advice": "Call.",
        "cypher": "MATCH (n) RETURN n",
        "alarming": True,
    }
    return Finding(**(told | fields))


CLUSTER = finding(
    kind="customer-cluster",
    subject=Ref("Cluster", "cl-1", "Valves"),
    statement="Valves: 1 customer belongs together.",
    details={"members": [{"id": "Acme", "name": "Acme"}]},
    alarming=False,
)


@pytest.fixture(scope="module")
def drawing(snap):
    return network_map(snap, [finding(), CLUSTER])


def node(drawing, name):
    return drawing.nodes.set_index("name").loc[name]


def spread(drawing, names):
    nodes = drawing.nodes.set_index("name")
    return max(nodes.loc[names, "y"].abs().max(), nodes.loc[names, "x"].abs().max())


def test_what_only_people_tie_does_not_take_room_from_the_map(drawing):
    assert {"Acme", "Loner", "Atlas", "Prospect"} <= set(drawing.nodes["name"])
    assert spread(drawing, ["Acme", "Loner", "Atlas"]) == pytest.approx(1)


def test_the_company_that_a_map_is_about_is_kept_whatever_ties_it(snap):
    drawing = network_map(snap, [], around(snap.ref("Prospect"), 2))

    assert drawing.centre == "Company Prospect"
    assert drawing.centre in set(drawing.nodes["id"])


def test_a_fact_names_its_row_and_day_and_whether_a_column_states_it(drawing):
    known = node(drawing, "Acme")["facts"]

    assert Fact("Industry: Valves", source="rows.csv row 2") in known
    assert Fact("Last order: 2025-11-03", source="rows.csv row 3", on=dt.date(2025, 11, 3)) in known
    said = Fact(
        'A sign of layoffs: "They let people go."', False, "rows.csv row 2", dt.date(2025, 5, 5)
    )
    assert said in known
    assert Fact("In erp: Acme", source="rows.csv row 2") in known
    assert Fact("Title: Buyer", source="rows.csv row 2") in node(drawing, "Ann")["facts"]


def test_a_tie_has_a_month_for_each_time_that_it_was_said(drawing):
    edges = drawing.edges.set_index(["source", "target"])
    tie = edges.loc[("Company Acme", "Company Atlas")]

    march, june = 2025 * 12 + 2, 2025 * 12 + 5
    assert tie["months"] == [march, march, june]
    assert (tie["first"], tie["last"]) == (dt.date(2025, 3, 4), dt.date(2025, 6, 1))
    assert tie["rows"] == ["rows.csv row 2-4"]
    assert tie["relation"] == "supplies"
    assert tie["detail"] == "2025-03-04 to 2025-06-01, 3 times (rows.csv row 2-4)"


def test_customers_can_be_filtered_by_what_they_ordered_and_how_they_pay(drawing):
    assert [one.column for one in drawing.measures] == [
        "ordered",
        "orders",
        "last_order",
        "paid_late",
        "open",
        "overdue",
    ]
    assert drawing.measures[0] == Measure("ordered", "Ordered in twelve months", "USD")
    acme = node(drawing, "Acme")
    assert (acme["ordered"], acme["orders"], acme["last_order"]) == (1234, 1, dt.date(2025, 11, 3))
    assert (acme["paid_late"], acme["open"], acme["overdue"]) == (pytest.approx(66.7), 300, 300)
    assert drawing.nodes.set_index("name")["ordered"].isna()["Atlas"]


def test_a_finding_rings_its_node_and_is_told_with_the_rows_behind_it(drawing):
    (told,) = drawing.findings

    assert node(drawing, "Acme")["level"] == "alert"
    assert (told.node, told.statement, told.advice) == (
        "Company Acme",
        "Acme orders less.",
        "Call.",
    )
    assert told.why == ("orders lost: 4.5 (rows.csv row 2-3)",)
    assert told.cypher == "MATCH (n) RETURN n"


def test_a_cluster_says_what_holds_it_together(drawing):
    (group,) = drawing.groups

    assert node(drawing, "Acme")["group"] == group.name == "Valves"
    assert group.told == "1 customer belongs together."


def test_what_something_is_told_of_is_on_the_map_even_if_nothing_ties_it(snap):
    alone = finding(subject=Ref("Company", "Prospect", "Prospect"))

    drawing = network_map(snap, [alone])

    assert node(drawing, "Prospect")["level"] == "alert"
