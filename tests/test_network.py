"""The graph of a snapshot says who is tied to whom, how strongly, since when and by which rows."""

import datetime as dt

import pytest

from graphkit.network import edges, to_matrix, to_networkx
from graphkit.schema import (
    Account,
    Attended,
    Company,
    Employee,
    Follows,
    Is,
    OrderLine,
    Person,
    Process,
    Supplies,
    TalkedTo,
    TradeShow,
)
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from graphkit.ties import ties
from tests.graph_rows import SOURCE, put, put_companies

DAY = dt.date(2025, 12, 31)


@pytest.fixture
def snap(tmp_path):
    with open_store(tmp_path / "graph.duckdb") as store:
        put(store, Employee, id=["Ann"], name=["Ann Lee"])
        put_companies(store, ["Acme", "Bolt"])
        put_companies(store, ["Orbit"], customers=False)
        put(store, Process, id=["Honing"], name=["Honing"])
        put(store, TradeShow, id=["IMTS 2024"], series=["IMTS"], year=[2024])
        put(store, Person, id=["ivan@acme.com"], name=["Ivan Ber"], account=["erp:Acme"])
        day = dt.date(2025, 12, 31)
        put(
            store,
            OrderLine,
            id=["1", "2", "3"],
            account=["erp:Acme", "erp:Acme", "erp:Bolt"],
            process=["Honing"] * 3,
            ordered_on=[day, day - dt.timedelta(365), day - dt.timedelta(730)],
            status=["shipped", None, "cancelled"],
        )
        put(
            store,
            Attended,
            from_id=["erp:Acme", "erp:Bolt", "ivan@acme.com"],
            from_type=["Account", "Account", "Person"],
            to_id=["IMTS 2024"] * 3,
            on=[dt.date(2024, 9, 10), dt.date(2024, 9, 20), dt.date(2024, 10, 15)],
            polarity=["asserted", "negated", "asserted"],
            text_id=["a", "b", "c"],
        )
        put(store, Supplies, from_id=["erp:Acme"], to_id=["erp:Orbit"], polarity=["asserted"])
        put(store, Follows, from_id=["erp:Bolt"], to_id=["erp:Acme"], on=[dt.date(2026, 2, 1)])
        put(store, TalkedTo, from_id=["Ann"], to_id=["ivan@acme.com"], on=[dt.date(2025, 3, 1)])
        yield Snapshot(store, DAY)


def of(found, relation):
    return found[found["relation"] == relation].to_dict("records")


def test_orders_of_one_process_are_one_edge_that_fades_with_age(snap):
    (edge,) = of(edges(snap), "USES_PROCESS")

    assert (edge["from_name"], edge["to_name"], edge["ties"]) == ("Acme", "Honing", 2)
    assert edge["strength"] == pytest.approx(1.5)
    assert (edge["first"], edge["last"]) == (dt.date(2024, 12, 31), DAY)
    assert edge["sources"] == [f"{SOURCE.file_id}:3", f"{SOURCE.file_id}:2"]


def test_whoever_said_not_to_come_was_not_at_the_show(snap):
    found = of(edges(snap), "ATTENDED")

    assert {(one["from_type"], one["from_id"]) for one in found} == {
        ("Company", "Acme"),
        ("Person", "ivan@acme.com"),
    }
    assert {one["to_name"] for one in found} == {"IMTS 2024"}


def test_all_who_were_at_a_show_were_there_at_the_same_time(snap):
    rows = ties(snap)

    assert rows[rows["relation"] == "ATTENDED"]["on"].nunique() == 1


def test_what_happens_later_ties_nobody(snap):
    assert of(edges(snap), "FOLLOWS") == []


def test_people_are_tied_to_their_company_and_to_ours(snap):
    found = edges(snap)

    (works,) = of(found, "WORKS_AT")
    assert (works["from_name"], works["to_name"]) == ("Ivan Ber", "Acme")
    assert works["strength"] == pytest.approx(0.5)
    (talked,) = of(found, "TALKED_TO")
    assert (talked["from_name"], talked["to_name"]) == ("Ann Lee", "Ivan Ber")


def test_networkx_and_matrix_hold_the_same_edges(snap):
    found = edges(snap)

    graph, matrix = to_networkx(found), to_matrix(found)

    assert graph.number_of_edges() == len(found)
    assert set(graph.nodes) == set(matrix.nodes)
    row, column = matrix.nodes.index(("Company", "Acme")), matrix.nodes.index(("Process", "Honing"))
    assert matrix.strength[row, column] == pytest.approx(1.5)
    assert matrix.symmetric[column, row] == pytest.approx(1.5)


def test_an_owner_is_tied_by_the_row_that_names_one(tmp_path):
    with open_store(tmp_path / "graph.duckdb") as store:
        put(store, Employee, id=["Ann"], name=["Ann Lee"])
        put(store, Company, id=["Acme"], name=["Acme"], is_customer=[True], owner=["Ann"])
        put(store, Account, id=["crm:1"], name=["Acme"], system=["crm"], owner=["Ann"])
        put(store, Is, from_id=["crm:1"], to_id=["Acme"])

        (owned,) = of(edges(Snapshot(store, DAY)), "OWNED_BY")

    assert (owned["from_name"], owned["to_name"]) == ("Acme", "Ann Lee")
    assert owned["sources"] == [f"{SOURCE.file_id}:2"]


def test_an_empty_graph_has_no_edges(tmp_path):
    with open_store(tmp_path / "graph.duckdb") as store:
        found = edges(Snapshot(store, DAY))

    assert found.empty
    assert to_networkx(found).number_of_nodes() == 0
    assert to_matrix(found).nodes == []
