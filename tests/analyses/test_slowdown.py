"""Customers and industries that slow down, in shops of which the truth is known."""

import dataclasses
import datetime as dt
import json

import numpy as np
import pytest

from graphkit.analyses.slowdown import slowdown
from graphkit.findings import Level
from graphkit.schema import Invoice, Order
from tests.graph_rows import put
from tests.shop import END, Customer, falling, steady

pytestmark = pytest.mark.slow


def background(count=20, *, start=100, industries=("Rail", "Marine", "Robotics", "Defense")):
    """Customers with whom nothing happens, who pay on time."""
    return [
        Customer(
            f"Steady {number}",
            steady(start + number),
            industry=industries[number % len(industries)],
            late=2,
            late_recently=2,
        )
        for number in range(count)
    ]


def found(snap, kind, *levels, **options):
    return {
        one.subject.name: one
        for one in slowdown(snap, **options)
        if one.kind == kind and one.level in (levels or (Level.ALERT,))
    }


SAID = (Level.ALERT, Level.WATCH)


def test_the_customer_who_orders_a_quarter_of_what_it_did_is_the_only_alert(shop):
    shop.fill([*background(), Customer("Badger", falling(1, rate=5.0))])

    alerts = found(shop.snapshot(), "slowing-customer")

    assert list(alerts) == ["Badger"]
    one = alerts["Badger"]
    assert one.effect.low <= one.effect.value <= one.effect.high < 0.65
    assert one.q <= 0.10
    assert one.p <= one.q
    assert one.evidence[0].value == len(one.evidence[0].sources)
    assert one.value > 0
    assert '{id: "Badger"}' in one.cypher


def test_the_call_sheet_says_what_stopped_and_when(shop):
    shop.fill([*background(), Customer("Badger", [*[5] * 30, *[0] * 6])])

    one = found(shop.snapshot(), "slowing-customer")["Badger"]

    assert one.details["stopped_parts"][0]["name"] == "erp:Badger-part"
    assert one.details["stopped_processes"][0]["name"] == "CNC Milling"
    assert one.details["last_order"] == "2025-12-22"
    assert "erp:Badger-part" in one.advice
    stopped = "Badger has stopped ordering: no order from January to June 2026"
    assert one.statement.startswith(stopped)
    json.dumps(one.details)


def test_who_orders_less_and_pays_later_is_in_rough_times_and_who_only_pays_later_is_not(shop):
    both = Customer("Badger", falling(2, rate=5.0), late=2, late_recently=25)
    slow = Customer("Cedar", falling(3, rate=5.0), late=2, late_recently=2)
    late = Customer("Drift", steady(4, rate=5.0), late=2, late_recently=25)
    shop.fill([*background(), both, slow, late])

    alerts = found(shop.snapshot(), "rough-times")

    assert list(alerts) == ["Badger"]
    assert alerts["Badger"].effect.value == pytest.approx(23, abs=4)
    assert alerts["Badger"].details["days_late_before"] == pytest.approx(2, abs=2)


def test_chronic_lateness_without_change_is_no_rough_time(shop):
    shop.fill([*background(), Customer("Badger", falling(2, rate=5.0), late=40, late_recently=40)])

    assert not found(shop.snapshot(), "rough-times", *SAID)


def test_a_slowing_customer_without_recent_invoices_cannot_be_told_to_be_in_rough_times(shop):
    shop.fill([*background(), Customer("Badger", falling(2, rate=5.0))])

    assert "Badger" in found(shop.snapshot(), "rough-times", Level.CANNOT_TELL)


def market(name, count, seed, **changes):
    return [
        Customer(f"{name} {number}", falling(seed + number, to=0.35), industry=name, **changes)
        for number in range(count)
    ]


def test_the_industry_whose_customers_fall_together_is_the_only_one_blamed(shop):
    shop.fill([*background(40), *market("Oil", 8, 500, late=2, late_recently=15)])

    alerts = found(shop.snapshot(), "slowing-industry")

    assert list(alerts) == ["Oil"]
    details = alerts["Oil"].details
    assert len(details["members"]) == 8
    assert details["industry_change"] < -0.4 < details["others_change"]
    assert 0 < details["largest_account_share"] < 0.5
    assert all("days_later" in one for one in details["members"])


def test_a_drop_of_the_whole_shop_blames_no_industry(shop):
    fallen = [
        dataclasses.replace(one, orders=falling(700 + number, to=0.6))
        for number, one in enumerate(background(40))
    ]
    shop.fill(fallen)

    assert not found(shop.snapshot(), "slowing-industry", *SAID)


def test_one_large_account_that_falls_is_that_account_and_not_its_industry(shop):
    large = Customer("Goliath", falling(5, rate=20.0), industry="Oil")
    small = [Customer(f"Small {n}", steady(800 + n), industry="Oil") for n in range(4)]
    shop.fill([*background(30), large, *small])

    snap = shop.snapshot()

    assert "Goliath" in found(snap, "slowing-customer")
    assert not found(snap, "slowing-industry", *SAID)
    assert (
        "one account, Goliath"
        in found(snap, "slowing-industry", Level.CANNOT_TELL)["Oil"].statement
    )


def test_one_account_below_half_of_the_industry_does_not_carry_it_either(shop):
    large = Customer("Goliath", falling(5, rate=8.0, to=0.0), industry="Oil")
    small = [Customer(f"Small {n}", steady(800 + n), industry="Oil") for n in range(5)]
    shop.fill([*background(30), large, *small])

    assert not found(shop.snapshot(), "slowing-industry", *SAID)


def test_customers_without_an_industry_are_no_market(shop):
    unknown = [Customer(f"Nomad {n}", falling(900 + n)) for n in range(8)]
    shop.fill([*background(30), *unknown])

    assert not found(shop.snapshot(), "slowing-industry", *SAID)


def test_one_giant_cancelled_order_is_no_order(shop):
    plain = background()
    giant = Customer("Badger", [*[3] * 29, 4, *[3] * 6], cancelled=frozenset({90}), pieces=900)
    shop.fill([*plain, giant])

    assert not found(shop.snapshot(), "slowing-customer", *SAID)


def test_the_shops_december_dip_accuses_nobody(shop):
    chance = np.random.default_rng(6)
    year = np.ones(12)
    year[11] = 0.4
    calendar = (np.arange(36) + 6) % 12  # the first month is July
    shop.fill(
        Customer(f"Steady {n}", chance.poisson(3.0 * year[calendar]).tolist()) for n in range(40)
    )

    in_january = shop.snapshot(dt.date(2026, 1, 15))

    assert not found(in_january, "slowing-customer")
    assert len(found(in_january, "slowing-customer", Level.WATCH)) <= 4


def test_a_market_that_rests_every_spring_has_a_season_and_is_not_slowing(shop):
    chance = np.random.default_rng(7)
    rests = np.isin((np.arange(36) + 6) % 12, [1, 2, 3, 4, 5])
    farm = [
        Customer(f"Farm {n}", chance.poisson(np.where(rests, 1.0, 5.0)).tolist(), industry="Farm")
        for n in range(8)
    ]
    shop.fill([*background(30), *farm])

    snap = shop.snapshot()

    assert not found(snap, "slowing-industry", *SAID)
    assert not found(snap, "slowing-customer")


def test_an_unfinished_month_is_not_compared_with_whole_ones(shop):
    shop.fill(background(30))

    middle = [one for one in slowdown(shop.snapshot(dt.date(2026, 6, 3))) if one.level in SAID]
    whole = [one for one in slowdown(shop.snapshot(dt.date(2026, 5, 31))) if one.level in SAID]

    assert [one.id for one in middle] == [one.id for one in whole]


def test_too_few_orders_are_named_with_what_could_have_been_seen_and_when(shop):
    rare = Customer("Rare", [0, 0, 1, 0, 0, 0] * 6)
    young = Customer("Young", [4] * 9)
    shop.fill([*background(), rare, young])

    unknown = found(shop.snapshot(), "slowing-customer", Level.CANNOT_TELL)

    assert sorted(unknown) == ["Rare", "Young"]
    assert "so ask" in unknown["Rare"].statement
    assert "enough by February 2027" in unknown["Young"].statement
    assert 0 < unknown["Young"].details["smallest_visible_drop"] <= 1


def test_orders_that_moved_to_a_sister_company_are_no_alert(shop):
    old = Customer("Badger East", [*[5] * 31, *[0] * 5], parent="Badger West")
    new = Customer("Badger West", [*[5] * 31, *[10] * 5])
    shop.fill([*background(), old, new])

    one = found(shop.snapshot(), "slowing-customer", *SAID)["Badger East"]

    assert one.level is Level.WATCH
    assert one.details["moved_to"] == "Badger West"


def test_nothing_is_said_of_a_shop_in_which_nothing_happens(shop):
    shop.fill(background(40))

    alerts = [one for one in slowdown(shop.snapshot()) if one.level is Level.ALERT]

    assert alerts == []


def test_the_same_rows_give_the_same_findings(shop):
    shop.fill([*background(), Customer("Badger", falling(1, rate=5.0), late=2, late_recently=20)])

    assert list(slowdown(shop.snapshot())) == list(slowdown(shop.snapshot()))


def test_what_happened_after_the_day_changes_nothing(shop):
    shop.fill([*background(), Customer("Badger", falling(1, rate=5.0), late=2, late_recently=20)])
    before = list(slowdown(shop.snapshot()))
    later = END + dt.timedelta(days=20)

    put(shop.store, Order, id=["new"], number=["new"], account=["erp:Badger"], ordered_on=[later])
    put(
        shop.store,
        Invoice,
        id=["inv-new"],
        number=["inv-new"],
        account=["erp:Badger"],
        invoiced_on=[later],
        due_on=[later],
        amount=[10_000],
    )

    assert list(slowdown(shop.snapshot())) == before


def test_an_invoice_paid_after_the_day_is_open_as_of_it(shop):
    shop.fill([*background(), Customer("Badger", falling(2, rate=5.0), late=2, late_recently=60)])

    back_then = shop.snapshot(dt.date(2026, 5, 31))

    assert back_then.settled_later
    assert found(back_then, "slowing-customer", *SAID)["Badger"].details["open_balance"] > 0


def test_orders_alone_are_enough(shop):
    shop.fill(
        [
            *[dataclasses.replace(one, late=None) for one in background()],
            Customer("Badger", falling(1, rate=5.0)),
        ]
    )

    findings = list(slowdown(shop.snapshot()))

    assert [one.subject.name for one in findings if one.level is Level.ALERT] == ["Badger"]
    assert {one.kind for one in findings} <= {"slowing-customer", "slowing-industry"}
