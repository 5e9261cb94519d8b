"""Quotes, orders and invoices that two systems report are counted once."""

import datetime as dt

import pytest

from graphkit.analyses.measures.month_panel import month_panel
from graphkit.pipeline.conflicts import conflicts, counted_once, counted_once_text
from graphkit.schema import ConflictsWith, Invoice, Order, OrderLine, Quote, Repeats, SettledBy
from graphkit.snapshot import Snapshot
from tests.pipeline.two_systems import INVOICES, ORDERS, QUOTES, Shop

pytestmark = pytest.mark.slow

DAY = dt.date(2025, 6, 30)


@pytest.fixture
def shop(tmp_path):
    """A shop with nothing loaded."""
    made = Shop(tmp_path)
    with made.store:
        yield made


def counted(shop, entity, on=DAY):
    return sorted(Snapshot(shop.store, on).frame(entity)["id"])


def disputed(shop):
    rows = shop.store.read(ConflictsWith)
    return set(zip(rows["from_id"], rows["to_id"], rows["about"], strict=True))


def books(shop, *rows):
    shop.load("books", "invoices.csv", INVOICES, *rows)


def erp(shop, *rows):
    shop.load("erp", "invoices.csv", INVOICES, *rows)


def test_an_invoice_in_two_systems_is_one_and_filled_from_the_other(shop):
    books(
        shop,
        "INV-0901,03/03/2025,Tamarack Gear Inc,04/02/2025,500.00,0.00,USD,",
        "INV-0902,03/05/2025,Tamarack Gear Inc,04/04/2025,70.00,0.00,USD,",
    )
    erp(shop, "901,2025-03-01,Tamarack Gear,,500.00,,USD,2025-04-20")

    assert counted(shop, Invoice) == ["books:INV-0901", "books:INV-0902"]
    [first] = Snapshot(shop.store, DAY).frame(Invoice)["paid_on"].dropna()
    assert first == dt.date(2025, 4, 20)
    assert disputed(shop) == set()


def test_what_is_filled_is_hidden_until_it_was_known(shop):
    books(shop, "901,03/03/2025,Tamarack Gear,04/02/2025,500.00,0.00,USD,")
    books(shop, "902,03/03/2025,Tamarack Gear,04/02/2025,70.00,0.00,USD,")
    erp(shop, "901,2025-03-03,Tamarack Gear,,500.00,,USD,2025-04-20")

    early = Snapshot(shop.store, dt.date(2025, 4, 10))

    assert early.frame(Invoice)["paid_on"].isna().all()
    assert "books:901" in early.settled_later


def test_a_row_stays_while_the_one_that_counts_is_not_there_yet(shop):
    shop.precedence = ["books"]
    books(shop, "901,03/05/2025,Tamarack Gear,04/02/2025,500.00,0.00,USD,")
    erp(shop, "901,2025-03-03,Tamarack Gear,,500.00,,USD,")

    assert counted(shop, Invoice, dt.date(2025, 3, 4)) == ["erp:901"]
    assert counted(shop, Invoice) == ["books:901"]


@pytest.mark.parametrize(
    ("row", "about"),
    [
        ("901,2025-03-03,Tamarack Gear,,520.00,,USD,", "amount"),
        ("901,2025-05-03,Tamarack Gear,,500.00,,USD,", "day"),
        ("901,2025-03-03,Tamarack Gear,,500.00,,EUR,", "currency"),
    ],
)
def test_what_differs_in_one_thing_conflicts_and_both_count(shop, row, about):
    books(shop, "901,03/03/2025,Tamarack Gear,04/02/2025,500.00,0.00,USD,")
    erp(shop, row)

    assert disputed(shop) == {("erp:901", "books:901", about)}
    assert len(counted(shop, Invoice)) == 2
    assert shop.store.count(Repeats) == 0


@pytest.mark.parametrize(
    "row",
    [
        "901,2025-03-03,Quarry Lane Holdings,,500.00,,USD,",
        "901,2025-05-03,Tamarack Gear,,520.00,,USD,",
        "901,2025-03-03,Tamarack Gear,,-500.00,,USD,",
    ],
)
def test_two_plants_that_number_alike_have_two_invoices(shop, row):
    books(shop, "901,03/03/2025,Tamarack Gear,04/02/2025,500.00,0.00,USD,")
    erp(shop, row)

    assert len(counted(shop, Invoice)) == 2
    assert disputed(shop) == set()


def test_precedence_says_which_counts_and_else_who_tells_more(shop):
    books(shop, "901,03/03/2025,Tamarack Gear,04/02/2025,500.00,0.00,USD,")
    shop.precedence = ["erp", "books"]
    rows = [
        "901,2025-03-03,Tamarack Gear,,500.00,,USD,",
        "902,2025-03-04,Tamarack Gear,,600.00,,USD,",
    ]
    erp(shop, *rows[:1])
    assert counted(shop, Invoice) == ["erp:901"]

    shop.precedence = ()
    erp(shop, *rows)
    assert counted(shop, Invoice) == ["erp:901", "erp:902"]


def test_an_order_is_the_same_when_its_lines_add_up_to_the_total_of_another_system(shop):
    shop.load(
        "erp",
        "orders.csv",
        ORDERS,
        "SO-17,1,2025-03-03,Tamarack Gear,P1,Milling,10,5.00,Shipped",
        "SO-17,2,2025-03-03,Tamarack Gear,P2,Turning,10,7.00,Shipped",
    )
    shop.load("books", "orders.csv", ORDERS, "17,1,03/04/2025,Tamarack Gear,,,1,120.00,Shipped")

    assert counted(shop, Order) == ["erp:SO-17"]
    assert counted(shop, OrderLine) == ["erp:SO-17/1", "erp:SO-17/2"]
    panel = month_panel(Snapshot(shop.store, DAY))
    assert panel.orders.sum() == 1
    assert panel.amount.sum() == 1_200_000


def test_an_order_that_one_system_calls_cancelled_is_cancelled(shop):
    shop.precedence = ["books"]
    shop.load("erp", "orders.csv", ORDERS, "17,1,2025-03-03,Tamarack Gear,P1,,9,9000,Cancelled")
    shop.load("books", "orders.csv", ORDERS, "17,1,03/04/2025,Tamarack Gear,P1,,9,9000,Open")

    assert counted(shop, Order) == ["erp:17"]
    assert month_panel(Snapshot(shop.store, DAY)) is None


def test_a_quote_in_two_systems_is_one(shop):
    shop.load("erp", "quotes.csv", QUOTES, "Q-31,2025-03-03,Tamarack Gear,P1,10,5.00,Won")
    shop.load("crm", "quotes.csv", QUOTES, "31,03/03/2025,Tamarack Gear,P1,10,5.00,Open")

    assert counted(shop, Quote) == ["crm:31"]


def test_a_payment_settles_the_invoice_that_counts_and_no_repeat_of_it(shop):
    books(shop, "901,03/03/2025,Tamarack Gear,04/02/2025,500.00,,USD,")
    erp(shop, "901,2025-03-03,Tamarack Gear,,500.00,,USD,")
    shop.load(
        "books",
        "payments.csv",
        "Payment Date,Customer,Invoice Number,Amount,Payment Method",
        "04/05/2025,Tamarack Gear,901,500.00,Check",
        "04/06/2025,Tamarack Gear,,500.00,Check",
        kind="finance.payments",
    )

    assert shop.store.read(SettledBy)["from_id"].tolist() == ["books:901"]


def test_loading_again_changes_nothing_and_one_system_repeats_nothing_of_its_own(shop):
    row = "901,03/03/2025,Tamarack Gear,04/02/2025,500.00,0.00,USD,"
    books(shop, row)
    shop.load("books", "more.csv", INVOICES, row, row.replace("901", "0901"))
    assert shop.store.count(Repeats) == 0

    erp(shop, "901,2025-03-03,Tamarack Gear,,500.00,,USD,")
    before = shop.store.read(Repeats)
    erp(shop, "901,2025-03-03,Tamarack Gear,,500.00,,USD,", "8,2025-03-03,Other,,1.00,,USD,")
    assert shop.store.read(Repeats).equals(before)


def test_status_counts_repeats_and_names_file_and_row_of_both_sides_of_a_conflict(shop):
    books(
        shop,
        "901,03/03/2025,Tamarack Gear,04/02/2025,500.00,0.00,USD,",
        "902,03/03/2025,Tamarack Gear,04/02/2025,70.00,0.00,USD,",
    )
    erp(
        shop,
        "901,2025-03-03,Tamarack Gear,,500.00,,USD,",
        "902,2025-03-03,Tamarack Gear,,75.00,,USD,",
        "903,2025-03-03,Tamarack Gear,,75.00,,USD,",
    )

    assert counted_once(shop.store) == {"Quote": 0, "Order": 0, "Invoice": 1}
    [one] = conflicts(shop.store)
    assert (one["what"], one["about"]) == ("Invoice", "amount")
    assert [(one[side]["system"], one[side]["row"]) for side in ("first", "second")] == [
        ("erp", 3),
        ("books", 3),
    ]
    said = counted_once_text(counted_once(shop.store), [one])
    assert "counted once: 1 invoice\n" in said
    assert "invoice 902, another amount: invoices.csv row 3 and invoices.csv row 3" in said
    assert counted_once_text(counted_once(shop.store) | {"Invoice": 0}, []) == ""
