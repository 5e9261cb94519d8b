"""Smaller lots more often, told apart from decline and from growth, in shops of known truth."""

import numpy as np
import pytest

from graphkit.analyses.smaller_lots import smaller_lots
from graphkit.findings import Level
from tests.shop import Customer, steady

MONTHS = 36
RISE = np.linspace(0, 1, MONTHS)


def customer(name, orders, lot, seed=1, **options):
    """A customer by its orders a month and its mean lot, month by month; both scatter."""
    chance = np.random.default_rng(seed)
    placed = chance.poisson(np.broadcast_to(orders, MONTHS))
    lots = np.repeat(np.broadcast_to(lot, MONTHS), placed)
    pieces = np.maximum(chance.lognormal(np.log(lots), 0.4), 1).astype(int).tolist()
    return Customer(name, placed.tolist(), pieces=pieces, **options)


def background(count=30):
    return [customer(f"Steady {at}", 3, 80, seed=100 + at) for at in range(count)]


def found(shop, *others, level=Level.ALERT, **options):
    shop.fill([*background(), *others])
    told = smaller_lots(shop.snapshot(), **options)
    return {one.subject.name: one for one in told if one.level is level}


def test_who_orders_a_quarter_of_the_lot_four_times_as_often_is_the_only_alert(shop):
    alerts = found(shop, customer("Badger", 2 + 6 * RISE, 160 / (1 + 3 * RISE)))

    assert list(alerts) == ["Badger"]
    one = alerts["Badger"]
    assert one.effect.low <= one.effect.value <= one.effect.high < 0.75
    assert one.p <= one.q <= 0.10
    assert "the volume is about the same" in one.statement
    assert one.details["orders_a_month_now"] > 2 * one.details["orders_a_month_before"]
    assert one.details["lot_now"] < one.details["lot_before"] / 2
    assert one.value > 0
    assert '{id: "Badger"}' in one.cypher


@pytest.mark.parametrize(
    ("orders", "lot"),
    [
        (3, 160 / (1 + 3 * RISE)),  # smaller lots, not more often: it orders less
        (6 / (1 + 2 * RISE), 160 / (1 + 3 * RISE)),  # less of both
        (2 + 6 * RISE, 80),  # growth in lots as large as ever
        (2 + 6 * RISE, 80 * (1 + 2 * RISE)),  # growth in both
        (2 + 6 * RISE, 80 - 4 * RISE),  # lots all but the same
    ],
    ids=["decline", "fading", "growth", "boom", "hardly smaller"],
)
def test_decline_and_growth_are_something_else(shop, orders, lot):
    assert found(shop, customer("Cedar", orders, lot)) == {}


@pytest.mark.parametrize(
    ("lot", "words"),
    [
        (400 / (1 + 3 * RISE) ** 2.5, "less in all"),
        (160 / (1 + 0.8 * RISE), "more in all"),
    ],
)
def test_what_became_of_the_volume_is_said(shop, lot, words):
    one = found(shop, customer("Badger", 2 + 8 * RISE, lot))["Badger"]

    assert words in one.statement


def test_of_a_shop_in_which_nothing_happens_hardly_anybody_is_named(shop):
    shop.fill([customer(f"Steady {at}", 3, 80, seed=at) for at in range(120)])

    told = list(smaller_lots(shop.snapshot()))

    assert not [one for one in told if one.level is Level.ALERT]
    assert len(told) <= 0.05 * 120


def test_who_ordered_little_cannot_be_told_and_it_is_said_when(shop):
    few = Customer("Few", [1, 0, 1, 0, 1, 1], pieces=[50, 40, 60, 30])
    one = found(shop, few, level=Level.CANNOT_TELL)["Few"]

    assert one.n == 4
    assert "cannot be told from 4 order lines in 6 months" in one.statement
    assert "would not be seen; enough by September 2029" in one.statement
    assert len(one.evidence[0].sources) == 4


@pytest.mark.parametrize("cancelled", [False, True])
def test_cancelled_lots_never_were(shop, cancelled):
    kept, small = [3] * MONTHS, [0] * 18 + [6] * 18
    orders = [one + more for one, more in zip(kept, small, strict=True)]
    pieces = [
        80 if number < kept[month] else 8
        for month, count in enumerate(orders)
        for number in range(count)
    ]
    gone = frozenset(at for at, count in enumerate(pieces) if count == 8 and cancelled)

    alerts = found(shop, Customer("Cedar", orders, pieces=pieces, cancelled=gone))

    assert list(alerts) == ([] if cancelled else ["Cedar"])


def test_the_figures_lead_to_their_rows(shop):
    one = found(shop, customer("Badger", 2 + 6 * RISE, 160 / (1 + 3 * RISE)))["Badger"]
    lot, orders, pieces = one.evidence[:3]

    assert lot.label == "pieces a line from July 2023 to June 2024"
    assert orders.value * 12 == pytest.approx(len(lot.sources), abs=0.2)
    assert pieces.value / lot.value == pytest.approx(len(lot.sources), abs=0.5)


def test_without_pieces_nothing_is_said(shop):
    shop.fill([Customer("Badger", steady(1), pieces=0)])

    assert list(smaller_lots(shop.snapshot())) == []
