"""Episodes, events and scores, on months made up by hand."""

from graphkit.analyses.backtesting import Spell, happened, score, spells
from graphkit.analyses.month_series import orders_of_industries
from tests.shop import Customer, steady

A, B = ("a", ""), ("b", "")


def months(*told):
    return [set(each) for each in told]


def test_an_alert_that_pauses_for_a_month_is_one_and_after_three_it_is_another():
    once = spells(months([A], [], [A]))
    twice = spells(months([A], [], [], [A]))

    assert once == [Spell(A, 0, 2)]
    assert twice == [Spell(A, 0, 0), Spell(A, 3, 3)]


def test_what_still_lasts_where_months_cannot_be_judged_yet_goes_on():
    told = months(*[[]] * 6, [A], *[[]] * 7)

    assert happened(told) == [Spell(A, 6, 13)]
    assert happened([*told, set(), set()]) == [Spell(A, 6, 6)]


def test_alerts_are_right_misses_are_counted_and_the_lead_is_to_the_end_of_the_half_year():
    truth = [{A: at >= 3, B: False, ("c", ""): at < 2} for at in range(12)]
    events = [Spell(A, 3, 11), Spell(("c", ""), 0, 1)]
    alerts = [Spell(A, 5, 8), Spell(B, 2, 2), Spell(("unknown", ""), 2, 2)]

    found = score(alerts, events, truth)

    assert (found.right.hits, found.right.of) == (1, 2)
    assert (found.found.hits, found.found.of) == (1, 2)
    assert found.leads == (3 + 6 - 5,)
    assert found.open == 1


def test_an_alert_of_the_last_half_year_finds_an_event_and_is_not_judged_itself():
    truth = [{A: at >= 3} for at in range(12)]
    found = score([Spell(A, 9, 11), Spell(B, 10, 10)], [Spell(A, 3, 11)], truth)

    assert (found.right.of, found.found.hits, found.open) == (0, 1, 2)


def test_where_no_industry_is_known_there_is_none_to_look_at(shop):
    found = orders_of_industries(shop.fill([Customer("a", steady(1))]).snapshot())

    assert found.keys == []
    assert found.sums.shape == (0, 36)
