"""What was to be expected follows from the figures that are shown."""

import math

import numpy as np
import pytest

from graphkit.analyses.slowdown import slowdown
from graphkit.findings import Level
from tests.shop import Customer, falling, steady


@pytest.fixture
def findings(shop):
    """A shop that rests every December, with a market of which one customer's name has a comma."""
    december = (np.arange(36) + 6) % 12 == 11  # the first month is July

    def resting(orders):
        return [int(n) for n in np.where(december, np.array(orders) // 3, orders)]

    quiet = [Customer(f"Steady {n}", resting(steady(100 + n)), industry="Rail") for n in range(30)]
    names = ["Apex", "Bolt, Inc.", "Cedar", "Drift", "Ember", "Flint", "Gale"]
    fallen = [
        Customer(name, resting(falling(500 + n, rate=5.0, to=0.2)), industry="Oil")
        for n, name in enumerate(names)
    ]
    shop.fill([*quiet, *fallen, Customer("Alone", steady(7), industry="Salt")])
    return list(slowdown(shop.snapshot()))


def told(findings, kind):
    return [one for one in findings if one.kind == kind and one.level is not Level.CANNOT_TELL]


@pytest.mark.parametrize("kind", ["slowing-customer", "slowing-industry"])
def test_usual_orders_times_months_times_calendar_are_what_was_to_be_expected(findings, kind):
    said = told(findings, kind)
    assert said
    for one in said:
        figures = {each.label: each.value for each in one.evidence}
        expected = figures["orders expected: usual x months x calendar"]
        calendar = figures["calendar of shop and market, these months against those before"]
        product = figures["usual orders"] * figures["months in the window"] * calendar
        assert product == pytest.approx(expected, rel=0.01)
        assert f"{expected} were to be expected" in one.statement


def test_usual_orders_are_those_before_by_the_months_before(findings):
    for one in told(findings, "slowing-customer"):
        before = next(each for each in one.evidence if each.label.startswith("orders before"))
        usual = next(each for each in one.evidence if each.label == "usual orders")
        months = int(before.label.split()[-2])
        assert usual.value == pytest.approx(before.value / months, abs=0.006)


@pytest.mark.parametrize("kind", ["slowing-customer", "slowing-industry"])
def test_orders_are_counted_now_before_and_a_year_before_with_their_rows(findings, kind):
    for one in told(findings, kind):
        rows = {each.label: each for each in one.evidence if each.label.startswith("orders ")}
        window = next(label for label in rows if label.endswith("to June 2026"))
        year_ago = next(label for label in rows if label.endswith("to June 2025"))
        before = next(label for label in rows if label.startswith("orders before"))
        assert window.removeprefix("orders ") in one.statement
        assert year_ago.startswith("orders a year before, ")
        for label in (window, year_ago, before):
            assert rows[label].value == len(set(rows[label].sources))


def test_the_advice_for_a_market_tells_names_with_commas_apart(findings):
    (one,) = told(findings, "slowing-industry")

    named = one.advice.removeprefix("Ask ").split(" how the market is.")[0]
    assert ("; and " in named) == ("Bolt, Inc." in named)
    assert "Plan on less work from Oil and watch what its customers owe." in one.advice


def test_one_customer_of_a_market_orders_and_several_order(findings):
    (alone,) = [one for one in findings if one.subject.name == "Salt"]

    assert "only 1 of its customers orders often enough" in alone.statement


def test_figures_are_numbers(findings):
    for one in findings:
        assert all(math.isfinite(e.value) for e in one.evidence if not isinstance(e.value, str))
