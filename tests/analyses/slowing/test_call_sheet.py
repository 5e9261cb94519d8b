"""What to have at hand before calling a customer."""

import datetime as dt

import pytest

from graphkit.analyses.slowing.call_sheet import CallSheets, call_advice
from graphkit.analyses.slowing.shop_trend import Options, ShopTrend
from graphkit.schema import Employee, OrderLine, Person, Quote
from tests.graph_rows import put, put_companies
from tests.shop import END, Customer, order_days

MONTHS = [4] * 30 + [1] * 6


@pytest.fixture
def sheet_of(shop):
    """The call sheet of Badger, after more rows were put into the shop."""

    def make(*rows, **company):
        shop.fill([Customer("Badger", MONTHS)])
        if company:
            put_companies(shop.store, ["Badger"], **company)
        for entity, columns in rows:
            put(shop.store, entity, **columns)
        trend = ShopTrend.of(shop.snapshot(), Options(5, 0.65, 5.0, 99, 1))
        return CallSheets(trend).of(0)

    return make


def lines(**columns):
    """The lines of Badger's orders anew, with further columns."""
    days = order_days(MONTHS)
    ids = [f"Badger-{at}" for at in range(len(days))]
    made = {name: [value(day) for day in days] for name, value in columns.items()}
    common = {"id": [f"{one}/1" for one in ids], "order": ids, "line": ["1"] * len(ids)}
    return OrderLine, {
        **common,
        "account": ["erp:Badger"] * len(ids),
        "ordered_on": days,
        "part": ["pin"] * len(ids),
        "quantity": [1.0] * len(ids),
        **made,
    }


def lately(day):
    return day >= dt.date(2025, 7, 2)


def test_the_owner_and_a_contact_with_an_address_are_named(sheet_of):
    people = {
        "id": ["1", "2"],
        "name": ["No Address", "Ann Buyer"],
        "email": [None, "ann@badger.example"],
        "title": [None, "Buyer"],
        "account": ["erp:Badger"] * 2,
    }

    sheet = sheet_of(
        (Person, people), (Employee, {"id": ["emp"], "name": ["Joe Seller"]}), owner=["emp"]
    )

    assert sheet["owner"] == "Joe Seller"
    assert sheet["contact"]["name"] == "Ann Buyer"


def test_who_does_not_want_mail_is_never_named(sheet_of):
    gone = {
        "id": ["1"],
        "name": ["Opted Out"],
        "email": ["out@badger.example"],
        "account": ["erp:Badger"],
        "opted_out": [True],
    }

    assert sheet_of((Person, gone))["contact"] == {}


def test_our_late_deliveries_are_said(sheet_of):
    late = lines(
        promised_on=lambda day: day + dt.timedelta(days=20),
        shipped_on=lambda day: day + dt.timedelta(days=30 if lately(day) else 15),
    )

    assert "we shipped 100% of its lines late since" in sheet_of(late)["ours"][0]


def test_our_dearer_parts_are_said(sheet_of):
    dearer = lines(unit_price=lambda day: 120_000 if lately(day) else 100_000)

    assert sheet_of(dearer)["ours"][0].startswith("its parts are 20% dearer since")


def test_the_quotes_that_it_turned_down_and_those_still_open_are_said(sheet_of):
    days = [END - dt.timedelta(days=40 * at) for at in range(20)]
    quotes = {
        "id": [f"q{at}" for at in range(20)],
        "number": [f"q{at}" for at in range(20)],
        "account": ["erp:Badger"] * 20,
        "quoted_on": days,
        "status": ["open", *["lost"] * 9, *["won"] * 10],
        "amount": [5_000_000] * 20,
    }

    sheet = sheet_of((Quote, quotes))

    assert sheet["open_quotes"] == {"count": 1, "amount": 5_000_000}
    assert sheet["ours"][0].startswith("it turned down 100% of our quotes since")


@pytest.mark.parametrize(
    ("lately", "told"),
    [
        (1, "It asks for fewer quotes too: 1 since 2026-01-01 where "),
        (12, "It still asks for quotes: 12 since 2026-01-01 where "),
    ],
)
def test_whether_it_still_asks_for_quotes_is_said_with_those_turned_down(sheet_of, lately, told):
    days = [dt.date(2025, 12, 20) - dt.timedelta(days=30 * at) for at in range(24)]
    days += [dt.date(2026, 2, 1) + dt.timedelta(days=at) for at in range(lately)]
    quotes = {
        "id": [f"q{at}" for at in range(len(days))],
        "number": [f"q{at}" for at in range(len(days))],
        "account": ["erp:Badger"] * len(days),
        "quoted_on": days,
        "status": [*["won"] * 24, *["lost"] * lately],
    }

    sheet = sheet_of((Quote, quotes))
    usual = (
        24
        / (dt.date(2026, 1, 1) - days[23]).days
        * (dt.date(2026, 7, 1) - dt.date(2026, 1, 1)).days
    )

    assert sheet["quoting"]["usual"] == pytest.approx(usual, abs=0.1)
    assert told in call_advice(sheet)
    assert f"{lately} of the {lately} decided turned down." in call_advice(sheet)


def test_nothing_is_said_where_nothing_is_known(sheet_of):
    sheet = sheet_of()

    assert sheet["ours"] == []
    assert sheet["quoting"] == {}
    assert sheet["contact"] == {}
    assert sheet["owner"] == ""
    assert sheet["last_order"] == "2026-06-01"


def test_parts_are_asked_about_with_the_last_day_on_which_any_of_them_was_ordered(sheet_of):
    def part(day):
        return "nut" if lately(day) else ("bolt" if day < dt.date(2025, 3, 1) else "ring, large")

    sheet = sheet_of(lines(part=part))
    last = {one["name"]: one["last_ordered"] for one in sheet["stopped_parts"]}

    assert last["bolt"] < last["ring, large"]
    assert call_advice(sheet) == (
        "The account's owner calls the buyer and asks about bolt; and ring, large, not ordered"
        f" since {last['ring, large']}."
    )


def test_where_nothing_stopped_the_customer_is_asked_what_has_changed(sheet_of):
    assert "asks what has changed." in call_advice(sheet_of())


def test_one_open_quote_is_one_and_two_are_two(sheet_of):
    def quotes(count):
        return Quote, {
            "id": [f"q{at}" for at in range(count)],
            "number": [f"q{at}" for at in range(count)],
            "account": ["erp:Badger"] * count,
            "quoted_on": [END] * count,
            "status": ["open"] * count,
        }

    sheet = sheet_of(quotes(1))

    assert call_advice(sheet).endswith("Follow up 1 open quote.")
    assert call_advice(sheet | {"open_quotes": {"count": 2}}).endswith("Follow up 2 open quotes.")
