"""Who pays late as a rule, and who has begun to, in shops of known truth."""

import pytest

from graphkit.analyses.payments import LATE, LATER, payments
from graphkit.findings import Level
from graphkit.schema import Invoice
from tests.graph_rows import put
from tests.shop import END, Customer, steady


def background(count=20):
    return [
        Customer(f"Steady {at}", steady(100 + at), late=3, late_recently=3) for at in range(count)
    ]


def found(shop, kind, *others, level=Level.ALERT, **options):
    shop.fill([*background(), *others])
    return {
        one.subject.name: one
        for one in payments(shop.snapshot(), **options)
        if one.kind == kind and one.level is level
    }


def test_who_has_always_paid_late_is_the_only_one_who_does(shop):
    alerts = found(shop, LATE, Customer("Drift", steady(1), late=30, late_recently=30))

    assert list(alerts) == ["Drift"]
    one = alerts["Drift"]
    assert one.effect.low <= one.effect.value <= one.effect.high
    assert one.effect.value == pytest.approx(30, abs=3)
    assert one.p <= one.q <= 0.10
    assert f"{one.details['late']} of {one.n} invoices more than 10 days" in one.statement
    assert one.statement.endswith("half of them 30 days late or more.")
    assert one.evidence[0].value == pytest.approx(30, abs=3)
    assert len(one.evidence[0].sources) >= one.n
    assert '{id: "Drift"}' in one.cypher


def test_who_has_always_paid_late_pays_no_later_than_before(shop):
    assert found(shop, LATER, Customer("Drift", steady(1), late=30, late_recently=30)) == {}


def test_who_begins_to_pay_late_is_told_with_by_how_much(shop):
    alerts = found(shop, LATER, Customer("Badger", steady(2, 5.0), late=3, late_recently=28))

    assert list(alerts) == ["Badger"]
    one = alerts["Badger"]
    assert one.effect.value == pytest.approx(25, abs=4)
    assert one.effect.low > 0
    before, lately = one.evidence[:2]
    assert before.value < 8
    assert lately.value > 20
    assert len(before.sources) + len(lately.sources) == one.n
    assert "days later than before since" in one.statement


def test_who_stops_paying_is_seen_by_what_is_open(shop):
    gone = Customer("Gone", steady(3, 5.0), late=3, late_recently=400)

    one = found(shop, LATER, gone)["Gone"]

    assert one.evidence[1].value == "most are still open"
    assert one.evidence[2].label == "open balance"
    assert one.evidence[2].value > 0
    assert "are overdue now" in one.advice
    assert one.value > 0


def test_no_more_is_overdue_than_is_owed_once_credit_is_taken_off(shop):
    gone = Customer("Gone", steady(3, 5.0), late=3, late_recently=400)
    without = found(shop, LATER, gone)["Gone"]
    credit = round(10_000 * without.evidence[2].value) - 10_000_000
    put(
        shop.store,
        Invoice,
        id=["credit"],
        number=["credit"],
        account=["erp:Gone"],
        invoiced_on=[END],
        due_on=[END],
        amount=[-credit],
        open_amount=[-credit],
    )

    one = next(one for one in payments(shop.snapshot()) if one.subject.name == "Gone")

    balance, overdue = [each for each in one.evidence if each.unit == "USD"]
    assert balance.label == "open balance"
    assert balance.value == 1000
    assert overdue.value == 1000
    assert "1,000 USD are overdue now" in one.advice


def test_a_few_days_are_no_shift_worth_telling(shop):
    little = Customer("Little", steady(4, 6.0), late=3, late_recently=6)

    assert "Little" not in found(shop, LATER, little, least_shift=5.0)


def test_what_counts_as_late_is_up_to_the_shop(shop):
    shop.fill([*background(), Customer("Cedar", steady(5), late=14, late_recently=14)])
    snap = shop.snapshot()

    by_grace = {
        grace: {one.subject.name for one in payments(snap, grace=grace) if one.level is Level.ALERT}
        for grace in (5.0, 20.0)
    }

    assert by_grace == {5.0: {"Cedar"}, 20.0: set()}


def test_of_who_was_billed_little_it_cannot_be_told(shop):
    one = found(
        shop,
        LATE,
        Customer("Few", [1, 1, 1, 0, 0], late=3, late_recently=3),
        level=Level.CANNOT_TELL,
    )["Few"]

    assert one.n == 3
    assert "cannot be told from 3 invoices that fell due: 9 are needed" in one.statement
    assert len(one.evidence[0].sources) == 3


def test_nothing_is_told_of_what_was_not_known_yet(shop):
    shop.fill([*background(), Customer("Badger", steady(2, 5.0), late=3, late_recently=28)])

    earlier = shop.snapshot(END.replace(year=END.year - 1))

    assert not [one for one in payments(earlier) if one.level is Level.ALERT]
