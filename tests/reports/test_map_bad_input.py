"""Whatever a shop and its names are like, a map has a place for everybody."""

import datetime as dt

import numpy as np
import pytest

from graphkit.errors import NothingLoadedError
from graphkit.findings import Evidence, Finding, Level, Ref
from graphkit.reports.network_map import network_map
from graphkit.schema import Supplies
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import put, put_companies
from visualizations.pyvis_map import draw

DAY = dt.date(2025, 12, 31)
NAMES = {
    "long": "Gesellschaft " * 23 + "x",
    "right to left": "شركة المعادن الدقيقة",
    "mixed": "\u202eevil\u202c ltd",
    "emoji": "🛠️🛠️ Machining 👩‍🏭",
    "markup": "</script><img src=x onerror=alert(1)>",
    "formula": "=1+1",
    "dot": ".",
}


def snapshot(tmp_path, fill):
    store = open_store(tmp_path / "graph.duckdb")
    fill(store)
    return Snapshot(store, DAY)


def places(drawing):
    return drawing.nodes[["x", "y"]].to_numpy(dtype=float)


def test_a_shop_without_companies_has_no_map_and_says_what_to_load(tmp_path):
    with pytest.raises(NothingLoadedError, match="Nothing is loaded yet"):
        network_map(snapshot(tmp_path, lambda _: None), [])


def test_a_shop_with_one_customer_has_a_map(tmp_path):
    snap = snapshot(tmp_path, lambda store: put_companies(store, ["Acme"]))

    drawing = network_map(snap, [])

    assert drawing.nodes["name"].tolist() == ["Acme"]
    assert places(drawing).tolist() == [[0, 0]]
    assert "1 customer and" in drawing.caption
    assert "Acme" in draw(drawing)


def test_a_shop_that_knows_companies_but_no_customer_has_an_empty_map(tmp_path):
    snap = snapshot(tmp_path, lambda store: put_companies(store, ["Acme"], customers=False))

    drawing = network_map(snap, [])

    assert drawing.nodes.empty
    assert "0 customers" in drawing.caption
    assert draw(drawing).startswith("<!DOCTYPE html>")


def test_three_hundred_clusters_of_one_stand_apart(tmp_path):
    names = [f"Customer {one}" for one in range(300)]
    snap = snapshot(tmp_path, lambda store: put_companies(store, names))
    clusters = [
        Finding(
            kind="customer-cluster",
            level=Level.ALERT,
            subject=Ref("Cluster", name, f"Cluster of {name}"),
            statement=f"Cluster of {name}: alone.",
            as_of=DAY,
            evidence=(Evidence("members", 1),),
            details={"members": [{"id": name, "name": name}]},
        )
        for name in names
    ]

    drawing = network_map(snap, clusters)

    assert len(drawing.groups) == 300
    assert np.isfinite(places(drawing)).all()
    assert len(np.unique(places(drawing).round(3), axis=0)) == 300


def test_names_that_are_long_hostile_or_written_otherwise_stay_as_they_are(tmp_path):
    def fill(store):
        put_companies(store, list(NAMES.values()))
        ends = [f"erp:{name}" for name in NAMES.values()]
        put(store, Supplies, from_id=ends[:-1], to_id=ends[1:], polarity=["asserted"] * 6)

    drawing = network_map(snapshot(tmp_path, fill), [])

    assert set(drawing.nodes["name"]) == set(NAMES.values())
    assert np.isfinite(places(drawing)).all()
    assert len(drawing.edges) == 6
    page = draw(drawing)
    assert NAMES["markup"] not in page
    assert NAMES["right to left"] in page
