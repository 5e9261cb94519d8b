"""What is owed and how late it is paid, worked out by hand; and markets that pay late."""

import datetime as dt

import pytest

from graphkit.analyses.payment_table import SHOP, Billed, payments_by
from graphkit.analyses.payments import LATE, payments
from graphkit.findings import Level
from graphkit.schema import Industry, Invoice
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import put, put_companies
from tests.shop import Customer, shop, steady

__all__ = ["shop"]
END = dt.date(2025, 12, 31)
DOLLARS = 10_000


def bill(company, due, late, amount=100, currency=None):
    """Thirty days net, paid so many days late; open for None."""
    day = dt.date.fromisoformat(due)
    paid = None if late is None else day + dt.timedelta(days=late)
    return {
        "company": company,
        "invoiced_on": day - dt.timedelta(days=30),
        "due_on": day,
        "paid_on": paid,
        "amount": amount * DOLLARS,
        "open_amount": 0 if paid and paid <= END else amount * DOLLARS,
        "currency": currency,
    }


@pytest.fixture
def billing(tmp_path):
    """Fills a store with invoices, and gives what was known at a day."""
    with open_store(tmp_path / "graph.duckdb") as store:

        def filled(rows, *, as_of=END, markets=None):
            markets = markets or {}
            names = sorted({one["company"] for one in rows})
            known = sorted(set(markets.values())) or ["none"]
            put(store, Industry, id=known, name=known)
            put_companies(store, names, industry=[markets.get(one) for one in names])
            ids = [str(at) for at in range(len(rows))]
            put(
                store,
                Invoice,
                id=ids,
                number=ids,
                account=[f"erp:{one['company']}" for one in rows],
                **{name: [one[name] for one in rows] for name in rows[0] if name != "company"},
            )
            return Snapshot(store, as_of)

        yield filled


def monthly(company, late, year=2025, **columns):
    return [bill(company, f"{year}-{m:02}-10", late, **columns) for m in range(1, 11)]


def table(snap, by="customer", **options):
    return {row[by]: row for row in payments_by(Billed.of(snap), by, **options)}


def test_every_figure_of_a_customer_is_the_one_worked_out_by_hand(billing):
    rows = [
        *monthly("Acme", 4, 2024),
        *monthly("Acme", 12),
        bill("Acme", "2025-12-10", None, amount=300),
        bill("Acme", "2026-01-10", None, amount=50),
    ]

    acme = table(billing(rows))["Acme"]

    assert (acme["invoices"], acme["customers"]) == (22, 1)
    assert acme["chance_next_late"] == round((11 + 11 / 21) / 22, 4)
    assert (acme["billed"], acme["before_billed"]) == (1_250.0, 1_000.0)
    assert (acme["open_balance"], acme["overdue"]) == (350.0, 300.0)
    assert acme["oldest_overdue_days"] == 21
    assert (acme["fell_due"], acme["before_fell_due"]) == (11, 10)
    assert (acme["share_late"], acme["before_share_late"]) == (1.0, 0.0)
    assert (acme["median_days_late"], acme["before_median_days_late"]) == (12.0, 4.0)
    assert acme["median_low"] <= 12.0 <= acme["median_high"]
    assert acme["days_later"] == 8.0
    assert acme["note"] == ""


def test_the_most_overdue_come_first_and_grace_is_up_to_the_shop(billing):
    rows = [*monthly("Acme", 12), *monthly("Bolt", 1), bill("Bolt", "2025-11-01", None)]
    snap = billing(rows)

    assert list(table(snap)) == ["Bolt", "Acme"]
    assert table(snap, grace=15.0)["Acme"]["share_late"] == 0.0


def test_who_stopped_paying_has_no_median_and_that_is_said(billing):
    row = table(billing(monthly("Gone", None)))["Gone"]

    assert row["median_days_late"] is None
    assert row["days_later"] is None
    assert row["note"] == "most are open"
    assert row["overdue"] == 1_000.0


def test_of_few_invoices_no_change_is_told(billing):
    rows = [*monthly("Few", 2, 2024), *monthly("Few", 30)[:3]]

    row = table(billing(rows))["Few"]

    assert row["days_later"] is None
    assert row["note"] == "too few: 3 of 6"


def test_industries_and_the_shop_add_up_to_the_customers(billing):
    rows = [
        *monthly("Acme", 3, amount=10),
        *monthly("Bolt", 25, amount=20),
        *monthly("Cedar", None, amount=40),
        bill("Acme", "2025-12-01", None, amount=7, currency="EUR"),
    ]
    snap = billing(rows, markets={"Acme": "Rail", "Bolt": "Rail"})

    customers, industries, whole = (table(snap, by) for by in ("customer", "industry", "shop"))

    assert list(industries) == ["(not stated)", "Rail"]
    assert industries["Rail"]["customers"] == 2
    for name in ("invoices", "billed", "open_balance", "overdue", "fell_due"):
        sums = [sum(row[name] for row in rows.values()) for rows in (customers, industries, whole)]
        assert sums[0] == sums[1] == sums[2], name
    assert whole[SHOP]["overdue"] == 400.0
    assert whole[SHOP]["billed"] == 9 * (10 + 20 + 40)  # one each was billed the year before


def test_a_credit_memo_lowers_what_is_owed_and_billed(billing):
    rows = [*monthly("Acme", 1), bill("Acme", "2025-11-20", None, amount=500)]
    rows.append(bill("Acme", "2025-11-25", None, amount=-200))

    acme = table(billing(rows))["Acme"]

    assert (acme["open_balance"], acme["overdue"]) == (300.0, 300.0)
    assert acme["billed"] == 900 + 500 - 200  # one was billed the year before
    assert acme["invoices"] == 11


def test_what_was_paid_after_the_day_is_open_on_it(billing):
    snap = billing(monthly("Acme", 60), as_of=dt.date(2025, 6, 30))

    acme = table(snap)["Acme"]

    assert (acme["open_balance"], acme["overdue"]) == (300.0, 200.0)
    assert acme["invoices"] == 7


def markets_of(found, level):
    return {
        one.subject.name: one
        for one in found
        if one.kind == LATE and one.subject.type == "Industry" and one.level is level
    }


def test_a_market_whose_customers_pay_late_is_told_and_one_late_account_is_no_market(shop):
    late = [
        Customer(f"Late {at}", steady(at, 1.0), "Oil", late=30, late_recently=30) for at in range(8)
    ]
    others = [
        Customer(f"Steady {at}", steady(50 + at, 1.0), "Rail", late=2, late_recently=2)
        for at in range(7)
    ]
    giant = Customer("Giant", steady(99, 20.0), "Rail", late=30, late_recently=30)
    few = Customer("Few", steady(98), "Farms", late=30, late_recently=30)
    shop.fill([*late, *others, giant, few])

    found = list(payments(shop.snapshot()))

    alerts = markets_of(found, Level.ALERT)
    assert list(alerts) == ["Oil"]
    oil = alerts["Oil"]
    assert "8 of 8 customers pay more than half of their invoices" in oil.statement
    assert oil.effect.value == pytest.approx(30, abs=3)
    assert oil.effect.low <= oil.effect.value <= oil.effect.high
    assert oil.p == pytest.approx(0.5**8)
    assert oil.n == 8
    assert oil.evidence[0].sources
    assert markets_of(found, Level.WATCH) == {}
    assert list(markets_of(found, Level.CANNOT_TELL)) == ["Farms"]
