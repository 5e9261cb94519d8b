"""Customers by whole months."""

import datetime as dt

import numpy as np
import pytest

from graphkit.analyses.measures.month_panel import last_month_of_orders, month_panel
from graphkit.schema import Order, OrderLine
from tests.graph_rows import put, put_companies
from tests.shop import END, Customer


def ordered(shop, name, days, **columns):
    ids = [f"{name}-{day}" for day in days]
    put(
        shop.store,
        Order,
        id=ids,
        number=ids,
        account=[f"erp:{name}"] * len(ids),
        ordered_on=days,
        **columns,
    )
    return ids


def test_orders_lines_pieces_money_and_hours_are_summed_by_customer_and_month(shop):
    shop.fill([Customer("Badger", [2, 0, 1]), Customer("Cedar", [0, 3, 0], pieces=20)])

    panel = month_panel(shop.snapshot())

    assert panel.customers == ["Badger", "Cedar"]
    assert str(panel.first) == "2026-04"
    assert panel.orders.tolist() == [[2, 0, 1], [0, 3, 0]]
    assert panel.lines.tolist() == panel.orders.tolist()
    assert panel.pieces.tolist() == [[20, 0, 10], [0, 60, 0]]
    assert panel.amount[1].tolist() == [0, 60_000_000, 0]
    assert panel.hours[1].tolist() == pytest.approx([0, 6, 0])
    assert panel.start.tolist() == [0, 1]
    assert panel.calendar_month == 3


def test_the_month_that_is_not_over_is_left_out(shop):
    shop.fill([Customer("Badger", [1, 1, 1])])

    assert month_panel(shop.snapshot(END - dt.timedelta(days=1))).months == 2
    assert month_panel(shop.snapshot(END)).months == 3


def test_a_month_that_the_export_of_orders_cuts_off_is_no_month_of_fewer_orders(shop):
    put_companies(shop.store, ["Badger"])
    first = dt.date(2026, 2, 1)
    days = [first + dt.timedelta(days=at) for at in range(100) if at % 7 < 5]  # to the 11th of May
    ordered(shop, "Badger", days)

    assert str(last_month_of_orders(shop.snapshot(END))) == "2026-04"
    assert month_panel(shop.snapshot(END)).orders.tolist() == [[20, 23, 22]]


def test_a_shop_with_few_orders_may_be_silent_for_a_month(shop):
    put_companies(shop.store, ["Badger"])
    ordered(shop, "Badger", [dt.date(2026, 4, 2), dt.date(2026, 5, 5)])

    assert month_panel(shop.snapshot(END)).months == 3


def test_a_first_month_of_which_the_export_has_only_the_end_is_left_out(shop):
    put_companies(shop.store, ["Badger"])
    ordered(shop, "Badger", [dt.date(2026, 3, 25), dt.date(2026, 4, 2), dt.date(2026, 5, 5)])

    assert str(month_panel(shop.snapshot()).first) == "2026-04"


def test_cancelled_orders_and_orders_of_cancelled_lines_only_never_happened(shop):
    put_companies(shop.store, ["Badger"])
    days = [dt.date(2026, 6, 2), dt.date(2026, 6, 3), dt.date(2026, 6, 4)]
    ids = ordered(shop, "Badger", days, status=["shipped", "cancelled", "shipped"])
    put(
        shop.store,
        OrderLine,
        id=["a", "b", "c"],
        order=ids,
        line=["1"] * 3,
        account=["erp:Badger"] * 3,
        ordered_on=days,
        quantity=[1.0, 900.0, 5.0],
        status=["shipped", "shipped", "cancelled"],
    )

    panel = month_panel(shop.snapshot())

    assert panel.orders.tolist() == [[1.0]]
    assert panel.pieces.tolist() == [[1.0]]


def test_money_of_another_currency_is_not_added_to_ours(shop):
    put_companies(shop.store, ["Badger"])
    days = [dt.date(2026, 6, 2), dt.date(2026, 6, 3)]
    ids = ordered(shop, "Badger", days)
    put(
        shop.store,
        OrderLine,
        id=["a", "b"],
        order=ids,
        line=["1"] * 2,
        account=["erp:Badger"] * 2,
        ordered_on=days,
        quantity=[1.0, 1.0],
        amount=[10_000, 70_000],
        currency=["USD", "EUR"],
    )

    assert month_panel(shop.snapshot()).amount.tolist() == [[10_000]]


def test_there_is_no_panel_without_a_whole_month_with_orders(shop):
    assert month_panel(shop.snapshot()) is None
    put_companies(shop.store, ["Badger"])
    ordered(shop, "Badger", [dt.date(2026, 6, 2)])

    assert month_panel(shop.snapshot(dt.date(2026, 6, 10))) is None
    assert np.all(month_panel(shop.snapshot()).orders == 1)


def test_a_snapshot_makes_the_panel_once_and_another_day_has_its_own(shop):
    shop.fill([Customer("Badger", [1, 2, 3])])
    snap = shop.snapshot()

    assert month_panel(snap) is month_panel(snap)
    assert month_panel(shop.snapshot(END - dt.timedelta(days=1))).months == 2
