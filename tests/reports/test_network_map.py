"""The map leaves out what no drawn line ties, except customers and what it is about."""

import datetime as dt

import pytest

from graphkit.reports.network_map import network_map
from graphkit.schema import Person, Supplies
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import put, put_companies

DAY = dt.date(2025, 12, 31)


@pytest.fixture
def snap(tmp_path):
    """Acme supplies Atlas; Loner is a customer without ties; of Prospect only Ann is known."""
    with open_store(tmp_path / "graph.duckdb") as store:
        put_companies(store, ["Acme", "Loner"])
        put_companies(store, ["Atlas", "Prospect"], customers=False)
        put(
            store,
            Supplies,
            from_id=["erp:Acme"],
            to_id=["erp:Atlas"],
            text_id=["note"],
            polarity=["asserted"],
        )
        put(store, Person, id=["Ann"], name=["Ann"], account=["erp:Prospect"])
        yield Snapshot(store, DAY)


def spread(drawing, names):
    nodes = drawing.nodes.set_index("name")
    return max(nodes.loc[names, "y"].abs().max(), nodes.loc[names, "x"].abs().max())


def test_what_only_people_tie_does_not_take_room_from_the_map(snap):
    drawing = network_map(snap, [])

    assert {"Acme", "Loner", "Atlas", "Prospect"} <= set(drawing.nodes["name"])
    assert spread(drawing, ["Acme", "Loner", "Atlas"]) == pytest.approx(1)


def test_the_company_that_a_map_is_about_is_kept_whatever_ties_it(snap):
    drawing = network_map(snap, [], focus="Prospect")

    assert drawing.centre == "Company Prospect"
    assert drawing.centre in set(drawing.nodes["id"])
