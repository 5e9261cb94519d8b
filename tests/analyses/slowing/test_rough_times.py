"""Who orders less and pays later, on invoices of which every day is known."""

import datetime as dt

import pytest

from graphkit.analyses.slowdown import slowdown
from graphkit.findings import Level
from graphkit.schema import Invoice, Person, Quote
from tests.graph_rows import put
from tests.shop import END, Customer, falling, steady

ON_TIME = [0, 1] * 30
SPREAD = [*range(-20, 21, 2)] * 3
FIRST_DUE = dt.date(2024, 1, 1)
LATELY = [dt.date(2026, 4, 2), dt.date(2026, 4, 9), dt.date(2026, 4, 16)]


@pytest.fixture
def rough(shop):
    """What is said of Badger, who orders less, when its last invoices are so many days late.

    None for an invoice that is still open; `open_due` are days on which further ones, of 1,107.55,
    fall due.
    """
    quiet = [Customer(f"Steady {n}", steady(100 + n), late=2, late_recently=2) for n in range(20)]

    def say(late, *open_due, before=ON_TIME, rows=()):
        shop.fill([*quiet, Customer("Badger", falling(2, rate=5.0))])
        due = [FIRST_DUE + dt.timedelta(days=10 * at) for at in range(len(before))]
        due += [*LATELY, *open_due]
        days = [*before, *late, *[None] * len(open_due)]
        paid = [
            None if one is None else day + dt.timedelta(days=one)
            for day, one in zip(due, days, strict=True)
        ]
        put(
            shop.store,
            Invoice,
            id=[f"b{at}" for at in range(len(due))],
            number=[f"b{at}" for at in range(len(due))],
            account=["erp:Badger"] * len(due),
            invoiced_on=[day - dt.timedelta(days=30) for day in due],
            due_on=due,
            paid_on=paid,
            amount=[11_075_500] * len(due),
            open_amount=[11_075_500 if one is None else 0 for one in days],
        )
        for entity, columns in rows:
            put(shop.store, entity, **columns)
        for one in slowdown(shop.snapshot()):
            if one.kind == "rough-times" and one.subject.name == "Badger":
                return one
        return None

    return say


def figure(finding, label):
    return next(one for one in finding.evidence if one.label == label)


def test_what_is_overdue_is_to_be_agreed_on_and_what_is_not_yet_due_is_not(rough):
    one = rough([20, 30, 40], dt.date(2026, 6, 29), END, dt.date(2026, 7, 15))

    assert "agree on how the 1,108 USD overdue are paid" in one.advice
    assert figure(one, "of it overdue").value == pytest.approx(1107.55)
    assert len(figure(one, "of it overdue").sources) == 1


def test_where_nothing_is_overdue_nothing_is_to_be_agreed_on(rough):
    one = rough([20, 30, 40], dt.date(2026, 7, 15))

    assert "overdue" not in one.advice
    assert "With accounting, ask for a deposit on the next order." in one.advice


def test_the_open_balance_is_shown_in_the_currency_with_its_invoices(rough):
    one = rough([20, 30, 40], dt.date(2026, 7, 15), dt.date(2026, 7, 20))

    owed = figure(one, "open balance")
    assert owed.value == pytest.approx(2215.10)
    assert isinstance(owed.value, float)
    assert owed.unit == "USD"
    assert len(owed.sources) == 2


def test_the_statement_says_which_months_and_on_how_many_invoices_it_rests(rough):
    one = rough([20, 30, 40])

    assert " to June 2026 and pays " in one.statement
    assert "later than before (3 invoices due since " in one.statement
    assert one.statement.endswith(", 60 before): signs of rough times.")
    assert one.n == 63


def test_half_a_day_is_rounded_up_everywhere(rough):
    one = rough([21, 21, 21])  # against 0 and 1 in turn: 20.5

    assert one.effect.value == 21
    assert figure(one, "pays later by").value == 21
    assert "pays 21 days later" in one.statement


def test_a_delay_that_may_be_none_is_worth_a_watch_and_no_alert(rough):
    one = rough([0, 14, 18], before=SPREAD)

    assert one.q <= 0.10
    assert one.effect.low <= 0
    assert one.level is Level.WATCH


def test_a_delay_that_is_surely_one_is_an_alert(rough):
    one = rough([6, 16, 20], before=SPREAD)

    assert one.effect.low > 0
    assert one.level is Level.ALERT


def test_while_most_of_the_recent_invoices_are_open_their_typical_delay_is_not_made_up(rough):
    one = rough([None, None, None])

    assert figure(one, "lately late by").value == "most are still open"
    assert figure(one, "usually late by").value == 0
    assert "agree on how the 3,323 USD overdue are paid" in one.advice


def test_the_call_names_the_contact_what_stopped_and_the_open_quotes(rough):
    ann = {"id": ["1"], "name": ["Ann Buyer"], "email": ["a@b.example"], "account": ["erp:Badger"]}
    quote = {
        "id": ["q"],
        "number": ["q"],
        "account": ["erp:Badger"],
        "quoted_on": [END],
        "status": ["open"],
    }

    one = rough([20, 30, 40], rows=[(Person, ann), (Quote, quote)])

    assert one.advice.startswith("The account's owner calls Ann Buyer and asks what has changed.")
    assert one.advice.endswith("Follow up 1 open quote.")
