"""Back-tests on shops in which it is known who fell, and when."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from graphkit.analyses.hindsight import OUTCOMES
from graphkit.errors import UnknownNameError
from graphkit.findings import Effect, Level, Ref
from graphkit.pipeline.backtest import backtest
from graphkit.reports.backtest import about, backtest_text, called, conclusion, score_rows
from graphkit.statistics.share import Share
from graphkit.store import open_store
from graphkit.verdicts import CONFIRM, Claim, Verdict
from graphkit.workspace import Settings
from tests.falls import FELL, MONTHS, even, falls
from tests.shop import END, Customer, Shop, steady

pytestmark = pytest.mark.slow

KIND = "slowing-customer"


def replayed(shop, kind=KIND, said=(), as_of=END, days=None):
    def back(day):
        if days is not None:
            days.append(day)
        return shop.snapshot(day)

    [found] = backtest(shop.snapshot(as_of), back, [kind], Settings(), said, permutations=499)
    return found


@pytest.fixture(scope="module")
def with_falls(tmp_path_factory):
    """Six of fourteen customers fell."""
    with open_store(tmp_path_factory.mktemp("falls") / "graph.duckdb") as store:
        yield Shop(store).fill(falls())


@pytest.fixture(scope="module")
def days():
    """Days that the back-test looked back to."""
    return []


@pytest.fixture(scope="module")
def found(with_falls, days):
    """Its back-test."""
    return replayed(with_falls, days=days)


def test_who_fell_is_an_event_and_its_alert_comes_after_it_began_and_before_it_was_plain(
    found, days
):
    began = np.datetime64(END).astype("datetime64[M]") - (MONTHS - 1 - FELL)
    fallen = [one for one in found.events if one.key[0].startswith("Fell")]
    assert len(fallen) == 6
    assert len(found.events) <= 7
    assert all(abs((one.month + 1 - began).astype(int)) <= 3 for one in fallen)
    alerted = [one.alert for one in fallen if one.alert is not None]
    assert len(alerted) >= 5
    assert min(alerted) > began
    assert found.ours.right.value > 0.6 > found.naive.right.value
    assert 0 <= found.ours.lead <= 6
    assert days == sorted(days)
    assert all((day + dt.timedelta(days=1)).day == 1 for day in days)


def test_what_the_last_months_hold_changes_nothing_of_the_alerts_before(with_falls, found):
    def alerts(tested):
        return {one.key: one.alert for one in tested.events if one.key[0].startswith("Fell")}

    earlier = replayed(with_falls, as_of=dt.date(2026, 4, 30))

    assert alerts(earlier) == alerts(found)


def test_all_kinds_of_an_analysis_come_of_one_look_at_each_month(with_falls, found, days):
    looks = []

    def back(day):
        looks.append(day)
        return with_falls.snapshot(day)

    kinds = ["rough-times", KIND, "slowing-industry"]
    told = backtest(with_falls.snapshot(), back, kinds, Settings(), permutations=499)

    assert looks == days
    assert [one.kind for one in told] == kinds
    assert told[1] == found


def test_both_rules_stand_beside_each_other_with_intervals(with_falls, found):
    ours, naive = score_rows(found)
    names = called(with_falls.snapshot())

    assert (ours["rule"], naive["rule"]) == ("graphkit", "naive rule")
    low, high = ours["recall_interval"]
    assert low < ours["recall"] < high or ours["recall"] in (low, high)
    assert "30 % below" in backtest_text(found, names)
    assert "Fell 0: from " in backtest_text(found, names)
    assert about(found, names)["verdict"] == ""


@pytest.mark.parametrize(
    ("ours", "naive", "told"),
    [
        ((9, 9), (2, 20), "so ours is right more often"),
        ((1, 20), (9, 9), "so that one is right more often"),
        ((2, 2), (3, 6), "which is right more often cannot be told"),
        ((0, 0), (3, 6), "No alert can be judged yet"),
    ],
)
def test_the_conclusion_says_which_rule_is_worth_more_only_beyond_chance(found, ours, naive, told):
    judged = [
        dataclasses.replace(rule, right=Share.counted(*counts))
        for rule, counts in ((found.ours, ours), (found.naive, naive))
    ]

    assert told in conclusion(dataclasses.replace(found, ours=judged[0], naive=judged[1]))


def test_under_five_events_are_too_few_to_judge_and_a_confirmed_finding_is_one(shop):
    shop.fill([Customer(f"Even {at}", even(at)) for at in range(8)])
    subject = Ref("Company", "Even 3", "Even 3")
    day = dt.date(2026, 1, 31)
    claim = Claim(KIND, subject, None, Level.ALERT, Effect(0.4, 0.3, 0.5, "ratio"), day)
    said = Verdict(CONFIRM, claim, "", "ada", dt.datetime(2026, 2, 1), "k")  # noqa: DTZ001

    found = replayed(shop, said=[said])

    assert found.confirmed == 1
    assert ("Even 3", "") in {one.key for one in found.events}
    assert found.verdict.startswith("too few to judge")
    assert [one["recall"] for one in score_rows(found)] == [None, None]


def test_a_short_past_and_a_kind_without_events_say_so(shop):
    shop.fill([Customer(f"Even {at}", steady(at, months=20)) for at in range(3)])

    assert "too short" in replayed(shop).verdict
    assert "cannot tell" in backtest_text(replayed(shop, "customer-cluster"), {})
    with pytest.raises(UnknownNameError, match="slowing-customer"):
        replayed(shop, "slowing-customers")


def test_who_pays_later_after_a_month_is_told_from_who_pays_as_before(shop):
    later = Customer("Later", even(1), late=0, late_recently=20)
    snap = shop.fill([later, Customer("Same", even(2), late=30)]).snapshot()
    [condition] = OUTCOMES["paying-later"].conditions

    month = np.datetime64("2025-12")
    told = condition.came_true(condition.series(snap), month)

    assert told == {("Later", ""): True, ("Same", ""): False}
    assert condition.came_true(condition.series(snap), month + 1) == {}
