"""What was cancelled, or is of another currency, counts nowhere."""

import datetime as dt

from graphkit.analyses.clustering.features import customer_features
from graphkit.analyses.measures.month_panel import month_panel
from graphkit.network import edges
from graphkit.reports.ordered import ordered_last_year
from graphkit.schema import Order, OrderLine, Process
from tests.graph_rows import put, put_companies
from tests.shop import END


def a_giant_order(shop, **columns):
    """An order of a hundred, and a giant one: its line carries what is given."""
    put_companies(shop.store, ["Badger"])
    put(shop.store, Process, id=["milling", "lasers"], name=["milling", "lasers"])
    day, account = END - dt.timedelta(days=28), "erp:Badger"
    common = {"account": [account] * 2, "ordered_on": [day] * 2}
    status = columns.pop("order_status", None)
    ids = ["small", "giant"]
    put(shop.store, Order, id=ids, number=ids, status=[None, status], **common)
    put(
        shop.store,
        OrderLine,
        id=["small/1", "giant/1"],
        order=ids,
        line=["1", "1"],
        process=["milling", "lasers"],
        quantity=[10.0, 1e9],
        amount=[1_000_000, 10**15],
        currency=["USD", columns.get("currency", "USD")],
        status=[None, columns.get("status")],
        **common,
    )
    return shop.snapshot()


def made(snap):
    """Names of processes that clustering sees, and those of ties."""
    seen = {name for one in customer_features(snap) if one.names for name in one.names}
    rows = edges(snap)
    return seen, set(rows.loc[rows["relation"] == "USES_PROCESS", "to_id"])


def test_a_giant_order_that_was_cancelled_as_a_whole_counts_nowhere(shop):
    snap = a_giant_order(shop, order_status="cancelled")

    panel = month_panel(snap)
    assert (panel.orders.sum(), panel.amount.sum(), panel.pieces.sum()) == (1, 1_000_000, 10)
    assert ordered_last_year(snap) == {"Badger": 100.0}
    assert made(snap) == ({"milling"}, {"milling"})


def test_a_giant_line_that_was_cancelled_counts_nowhere(shop):
    snap = a_giant_order(shop, status="cancelled")

    panel = month_panel(snap)
    assert (panel.orders.sum(), panel.amount.sum(), panel.pieces.sum()) == (1, 1_000_000, 10)
    assert ordered_last_year(snap) == {"Badger": 100.0}
    assert made(snap) == ({"milling"}, {"milling"})


def test_amounts_in_another_currency_are_in_no_sum(shop):
    snap = a_giant_order(shop, currency="EUR")

    assert month_panel(snap).amount.sum() == 1_000_000
    assert ordered_last_year(snap) == {"Badger": 100.0}
