"""Lists of open items: history of what was open, and when invoices were paid."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from graphkit import registry
from graphkit.analyses.measures.lateness import lateness
from graphkit.batch import Source
from graphkit.schema import Balance, Invoice, PaidBetween, SettledBy
from graphkit.sheets import Sheet
from graphkit.snapshot import Snapshot
from tests.pipeline.two_systems import INVOICES, Shop

pytestmark = pytest.mark.slow

AGING = "Num,Customer,Date,Due Date,Amount,Open Balance"
MARCH, APRIL, MAY = dt.date(2025, 3, 31), dt.date(2025, 4, 30), dt.date(2025, 5, 31)
ONE = "901,Tamarack Gear,03/03/2025,04/02/2025,500.00,500.00"
TWO = "902,Tamarack Gear,03/20/2025,04/19/2025,70.00,70.00"
OTHER = "903,Quarry Lane Holdings,03/20/2025,04/19/2025,30.00,30.00"


@pytest.fixture
def shop(tmp_path):
    """A shop with nothing loaded."""
    made = Shop(tmp_path)
    with made.store:
        yield made


def aging(shop, day, *rows):
    shop.load("quickbooks", f"ar_aging_{day}.csv", AGING, *rows)


def late(shop, on):
    """Least and most days late, and whether paid, by invoice."""
    snap = Snapshot(shop.store, on)
    found = lateness(snap, sorted(snap.names))
    numbers = snap.frame(Invoice).set_index("id")["number"]
    return {
        number: (least, most, paid)
        for number, least, most, paid in zip(
            numbers[found.rows["id"]],
            found.times.days.tolist(),
            found.most.tolist(),
            found.times.ended.tolist(),
            strict=True,
        )
    }


def owed(shop, on):
    snap = Snapshot(shop.store, on)
    return lateness(snap, sorted(snap.names)).balances.sum() / 10_000


def bounds(shop):
    rows = shop.store.read(PaidBetween)
    return {
        one: (after, by)
        for one, after, by in zip(rows["from_id"], rows["after"], rows["by"], strict=True)
    }


def test_what_is_open_on_one_day_and_not_on_the_next_was_paid_between(shop):
    aging(shop, MARCH, ONE, TWO, OTHER)
    aging(shop, APRIL, TWO, OTHER)

    assert bounds(shop) == {"quickbooks:901": (MARCH, APRIL)}
    assert late(shop, APRIL) == {
        "901": (-1.0, 28.0, True),
        "902": (11.0, 11.0, False),
        "903": (11.0, 11.0, False),
    }
    assert owed(shop, APRIL) == 100


def test_a_list_of_open_items_removes_no_invoice(shop):
    aging(shop, MARCH, ONE, TWO, OTHER)
    aging(shop, APRIL, TWO, OTHER)

    assert sorted(shop.store.read(Invoice)["number"]) == ["901", "902", "903"]
    assert shop.store.count(Balance) == 5


def test_as_of_a_day_between_the_lists_the_invoice_is_open(shop):
    aging(shop, MARCH, ONE, TWO, OTHER)
    aging(shop, APRIL, TWO, OTHER)

    between = dt.date(2025, 4, 15)
    assert late(shop, between)["901"][2] is False
    assert owed(shop, between) == 600


def test_the_order_of_loading_does_not_matter(shop):
    aging(shop, MAY, OTHER)
    aging(shop, MARCH, ONE, TWO.replace(",70.00,70.00", ",70.00,40.00"), OTHER)
    aging(shop, APRIL, TWO.replace(",70.00,70.00", ",70.00,20.00"), OTHER)

    assert bounds(shop) == {"quickbooks:901": (MARCH, APRIL), "quickbooks:902": (APRIL, MAY)}
    assert owed(shop, APRIL) == 50


def test_an_invoice_that_is_open_again_was_not_paid(shop):
    aging(shop, MARCH, ONE, OTHER)
    aging(shop, APRIL, OTHER)
    aging(shop, MAY, ONE, TWO, OTHER)

    assert bounds(shop) == {}
    assert late(shop, MAY)["901"] == (59.0, 59.0, False)


def test_a_list_of_one_customer_says_nothing_about_the_others(shop):
    more = [f"91{n},Customer {n} Ltd,03/20/2025,04/19/2025,30.00,30.00" for n in range(5)]
    aging(shop, MARCH, ONE, OTHER, *more)
    aging(shop, APRIL, OTHER)

    assert bounds(shop) == {}


def test_still_open_is_known_up_to_the_last_list_only(shop):
    aging(shop, APRIL, ONE)
    rows = ["1,1,2025-06-20,Tamarack Gear,P1,Milling,10,5.00,Open"]
    orders = "Order Number,Line,Order Date,Customer,Part Number,Process,Qty,Unit Price,Status"
    shop.load("erp", "orders.csv", orders, *rows)

    assert late(shop, dt.date(2025, 6, 20)) == {"901": (28.0, 28.0, False)}


def test_the_same_list_again_changes_nothing_and_a_corrected_one_only_its_own_day(shop):
    aging(shop, MARCH, ONE, TWO, OTHER)
    aging(shop, APRIL, ONE, TWO, OTHER)
    aging(shop, APRIL, ONE, OTHER)

    rows = shop.store.read(Balance)
    assert sorted(zip(rows["on"], rows["invoice"], strict=True)) == [
        (MARCH, "quickbooks:901"),
        (MARCH, "quickbooks:902"),
        (MARCH, "quickbooks:903"),
        (APRIL, "quickbooks:901"),
        (APRIL, "quickbooks:903"),
    ]
    assert bounds(shop) == {"quickbooks:902": (MARCH, APRIL)}


def test_a_list_of_open_items_leaves_what_other_lists_say_of_an_invoice(shop):
    shop.load(
        "quickbooks",
        "invoices.csv",
        f"{INVOICES},Terms",
        "901,03/03/2025,Tamarack Gear,04/02/2025,500.00,500.00,USD,,Net 30",
        "800,01/03/2025,Tamarack Gear,02/02/2025,20.00,0.00,USD,01/30/2025,Net 30",
    )
    aging(shop, MARCH, ONE)

    rows = shop.store.read(Invoice).set_index("number")
    assert rows.loc["901", "terms"] == "Net 30"
    assert rows.loc["800", "paid_on"] == dt.date(2025, 1, 30)


def test_a_list_of_all_invoices_still_removes_what_left_it_and_is_no_history(shop):
    rows = [
        "901,03/03/2025,Tamarack Gear,04/02/2025,500.00,500.00,USD,",
        "902,03/04/2025,Tamarack Gear,04/03/2025,500.00,0.00,USD,",
        "903,03/05/2025,Tamarack Gear,04/04/2025,500.00,500.00,USD,",
    ]
    shop.load("quickbooks", "invoices.csv", INVOICES, *rows)
    shop.load("quickbooks", "invoices.csv", INVOICES, rows[0], rows[2].replace("500.00,U", "0,U"))

    assert sorted(shop.store.read(Invoice)["number"]) == ["901", "903"]
    assert shop.store.count(Balance) == 0


def test_an_open_credit_memo_is_taken_off_what_is_owed(shop):
    aging(shop, MARCH, ONE, "88,Tamarack Gear,03/25/2025,,-40.00,-40.00")

    assert owed(shop, MARCH) == 460
    assert set(late(shop, MARCH)) == {"901"}


def test_a_credit_memo_that_is_no_longer_open_was_used_and_is_taken_off_no_more(shop):
    aging(shop, MARCH, ONE, OTHER, "88,Tamarack Gear,03/25/2025,,-40.00,-40.00")
    aging(shop, APRIL, ONE.replace("500.00,500.00", "500.00,460.00"), OTHER)

    assert owed(shop, MARCH) == 490
    assert owed(shop, APRIL) == 490


def test_a_payment_of_a_day_on_which_an_invoice_was_open_went_to_another(shop):
    aging(shop, APRIL, ONE, "904,Tamarack Gear,04/01/2025,05/01/2025,90.00,90.00")
    listed = "800,03/04/2025,Tamarack Gear,04/03/2025,500.00,,USD,"
    shop.load("quickbooks", "invoices.csv", INVOICES, listed)
    header = "Payment Date,Customer,Invoice Number,Amount,Payment Method"
    payment = "04/05/2025,Tamarack Gear,,500.00,Check"
    shop.load("quickbooks", "payments.csv", header, payment, kind="finance.payments")

    assert shop.store.read(SettledBy)["from_id"].tolist() == ["quickbooks:800"]


def test_an_aging_report_with_a_settled_row_is_still_one(shop):
    aging(shop, MARCH, ONE, TWO, OTHER)
    aging(shop, APRIL, ONE.replace("500.00,500.00", "500.00,0.00"), OTHER)

    assert sorted(shop.store.read(Invoice)["number"]) == ["901", "902", "903"]
    assert bounds(shop) == {
        "quickbooks:901": (MARCH, APRIL),
        "quickbooks:902": (MARCH, APRIL),
    }


def test_the_day_stands_in_the_title_of_the_report():
    cells = dict(
        zip(AGING.split(","), zip(ONE.split(","), TWO.split(","), strict=True), strict=True)
    )
    frame = pd.DataFrame({name: pd.array(column, "string") for name, column in cells.items()})
    titles = ("A/R Aging Detail", "River Bend Machining", "As of March 31, 2025")
    sheet = Sheet("report.csv", "", frame, np.array([5, 6]), titles=titles)
    [loader] = [one for one in registry.loaders() if one.name == "quickbooks.invoices"]
    source = Source.of(system="quickbooks", kind="invoices", path="report.csv", content=b"x")

    reading = loader.read(sheet, source)

    [lists] = [batch.frame for batch in reading.batches if batch.entity is Balance]
    assert set(lists["on"]) == {MARCH}
    assert reading.as_of == str(MARCH)


def test_a_list_that_is_loaded_after_a_later_one_changes_nothing_that_is_open(shop):
    aging(shop, MAY, ONE.replace("500.00,500.00", "500.00,120.00"))
    aging(shop, APRIL, ONE, TWO)
    shop.load("quickbooks", "open invoices.csv", AGING, TWO.replace("70.00,70.00", "70.00,60.00"))

    rows = shop.store.read(Invoice).set_index("number")["open_amount"]
    assert rows.to_dict() == {"901": 1_200_000, "902": 600_000}
