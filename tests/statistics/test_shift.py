"""Whether a mean moved up of late, against permutations."""

import numpy as np
import pytest

from graphkit.statistics import shift
from graphkit.statistics.shift import change_interval, rise_against_permutations

MONTHS = 36


def asked(sums, counts, **options):
    known = {"shortest": 4, "longest": 18, "least": 8, "permutations": 999, **options}
    return rise_against_permutations(np.atleast_2d(sums), counts, **known)


def test_a_share_that_doubles_in_the_last_ten_months_is_seen_there():
    chance = np.random.default_rng(1)
    counts = chance.poisson(6, MONTHS).astype(float)
    share = np.where(np.arange(MONTHS) >= MONTHS - 10, 0.7, 0.3)

    found = asked(chance.binomial(counts.astype(int), share).astype(float), counts)

    assert found.p[0] <= 0.005
    assert 7 <= found.window[0] <= 13


def test_a_share_that_falls_is_no_rise():
    counts = np.full(MONTHS, 6.0)
    sums = np.where(np.arange(MONTHS) >= MONTHS - 10, 1.0, 4.0)

    assert asked(sums, counts).p[0] > 0.9


def test_where_nothing_happens_one_in_twenty_is_below_five_percent():
    chance = np.random.default_rng(2)
    counts = chance.poisson(5, MONTHS).astype(float)
    sums = chance.binomial(counts.astype(int), 0.4, (400, MONTHS)).astype(float)

    share = (asked(sums, counts).p <= 0.05).mean()

    assert 0.02 <= share <= 0.085


def test_lines_of_one_month_are_one_event():
    """Forty lines in one late month are no forty witnesses."""
    counts, sums = np.full(MONTHS, 2.0), np.zeros(MONTHS)
    counts[-2], sums[-2] = 40.0, 40.0

    assert asked(sums, counts).p[0] > 0.05


def test_with_too_few_on_either_side_there_is_no_answer():
    counts = np.zeros(MONTHS)
    counts[:3] = 5

    found = asked(np.zeros(MONTHS), counts)

    assert np.isnan(found.p[0])
    assert found.window[0] == 0


def test_the_same_question_has_the_same_answer_alone_and_among_others():
    chance = np.random.default_rng(3)
    counts = chance.poisson(5, MONTHS).astype(float)
    sums = chance.binomial(counts.astype(int), 0.4, (5, MONTHS)).astype(float)

    together = asked(sums, counts).p

    assert together.tolist() == [asked(one, counts).p[0] for one in sums]


def test_the_interval_holds_the_change_nine_times_in_ten():
    chance = np.random.default_rng(4)
    held = 0
    for _ in range(200):
        counts = chance.poisson(8, MONTHS).astype(float)
        share = np.where(np.arange(MONTHS) >= MONTHS - 12, 0.6, 0.3)
        sums = chance.binomial(counts.astype(int), share).astype(float)
        low, high = change_interval(sums, counts, 12, draws=299)
        held += low <= 0.3 <= high

    assert held / 200 == pytest.approx(0.9, abs=0.07)


def test_a_question_gets_no_more_permutations_when_its_p_value_is_known_to_a_tenth(monkeypatch):
    chance = np.random.default_rng(4)
    counts = chance.poisson(5, MONTHS).astype(float)
    share = np.where(np.arange(MONTHS) >= MONTHS - 10, np.linspace(0.3, 0.7, 60)[:, None], 0.4)
    sums = chance.binomial(counts.astype(int), share).astype(float)

    sooner = asked(sums, counts, permutations=5_000)
    monkeypatch.setattr(shift, "_KNOWN_WELL", np.inf)
    every = asked(sums, counts, permutations=5_000)

    needs_all = every.p < 100 / 5_001
    assert 5 <= needs_all.sum() <= 55
    assert (sooner.p[needs_all] == every.p[needs_all]).all()
    assert (sooner.p != every.p).any()
    assert (np.abs(sooner.p - every.p) <= 0.4 * every.p).all()
    assert (sooner.window == every.window).all()
