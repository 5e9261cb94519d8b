"""Forecasts of series of known truth, with their spread."""

import numpy as np
import pytest

from graphkit.statistics.forecasting import MEAN, enough, outlook
from graphkit.statistics.rolling import NAIVE, Past, level_moved, rolling
from graphkit.statistics.smoothing import METHODS, imapa, tsb
from graphkit.statistics.spread import sum_spread

AHEAD = 6


def noisy(mean, months=36, *, seed=1, series=8, scatter=0.25):
    """Series around a mean by month, and what then comes."""
    chance = np.random.default_rng(seed)
    course = np.broadcast_to(mean, (series, months + AHEAD))
    values = course * chance.lognormal(-(scatter**2) / 2, scatter, course.shape)
    return values[:, :months], values[:, months:]


def past_of(values, **known):
    return Past(values, 0, values, **known)


def naive(values):
    return values[:, -12:][:, :AHEAD]


def covered(spread, came):
    low, high = (spread.quantile(level)[: len(came)] for level in (0.1, 0.9))
    return ((came >= low) & (came <= high)).mean()


def test_steady_demand_is_foreseen_much_better_than_by_last_year():
    ours = theirs = 0.0
    for seed in range(6):
        values, came = noisy(100.0, seed=seed)
        middle = outlook(past_of(values), AHEAD).months.quantile(0.5)[:-1]
        ours += np.abs(middle - came).sum()
        theirs += np.abs(naive(values) - came).sum()
    assert ours < 0.85 * theirs


def test_a_season_is_seen_and_carried_on():
    season = np.tile([1.0] * 6 + [2.0] * 6, 4)[: 36 + AHEAD]
    values, _ = noisy(100 * season, scatter=0.1)
    middle = outlook(past_of(values[:, :30]), AHEAD).months.quantile(0.5)[:-1]

    assert middle.mean() == pytest.approx(200, rel=0.1)  # July to December


def test_what_fell_lately_is_not_taken_for_what_it_was():
    mean = np.where(np.arange(36 + AHEAD) < 30, 100.0, 50.0)
    values, _ = noisy(mean, scatter=0.1)
    middle = outlook(past_of(values), AHEAD).months.quantile(0.5)[:-1]

    assert middle.mean() < 75


def test_intervals_hold_what_comes_in_about_four_of_five_months():
    held, measured = [], []
    for seed in range(4):
        values, came = noisy(100.0, seed=seed, series=60)
        found = outlook(past_of(values), AHEAD)
        held.append(covered(found.months, came))
        measured.append(found.coverage[:-1].mean())
    assert 0.73 <= np.mean(held) <= 0.85
    assert 0.73 <= np.mean(measured) <= 0.85


def test_all_series_are_foreseen_at_the_level_to_which_they_fell_together():
    mean = np.where(np.arange(36 + AHEAD) < 30, 100.0, 80.0)
    said = [
        outlook(past_of(noisy(mean, seed=seed, series=12)[0]), AHEAD).months.centre[:-1].mean()
        for seed in range(6)
    ]
    assert np.mean(said) == pytest.approx(80, rel=0.05)


def test_a_change_of_level_is_told_from_chance_and_takes_half_a_year_before_it():
    steady = [level_moved(past_of(noisy(100.0, seed=seed)[0]), 6) for seed in range(60)]
    mean = np.where(np.arange(36 + AHEAD) < 30, 100.0, 70.0)
    fell = [level_moved(past_of(noisy(mean, seed=seed)[0]), 6) for seed in range(60)]

    assert np.mean(steady) < 0.25
    assert np.mean(fell) > 0.95
    assert level_moved(past_of(noisy(mean)[0][:, 20:]), 11) == 0
    assert level_moved(past_of(np.full((2, 36), 5.0)), 6) == 0


def test_a_fall_of_the_last_half_year_leaves_the_season_as_it_was():
    season = np.tile([1.0] * 6 + [1.3] * 6, 4)[: 36 + AHEAD]
    fell = np.where(np.arange(36 + AHEAD) < 30, 1.0, 0.5)
    for level in (1.0, fell):
        *_, found = past_of(noisy(100 * season * level, scatter=0.05)[0]).calendars(AHEAD)
        assert found[:6].mean() / found[6:12].mean() == pytest.approx(1 / 1.3, rel=0.02)


def test_sums_lie_within_p10_and_p90_in_four_of_five_cases_where_stretches_are_few():
    held, series, origins = [], 20, 13
    for seed in range(60):
        past = 100 + np.random.default_rng(seed).normal(size=(series, origins + 2 * AHEAD))
        came = np.array([past[:, at : at + AHEAD] for at in range(origins)])
        found = sum_spread(np.full_like(came, 100.0), came, np.full((series, AHEAD), 100.0))
        total = past[:, -AHEAD:].sum(axis=1)
        low, high = (found.quantile(level)[:, 0] for level in (0.1, 0.9))
        held.append(((total >= low) & (total <= high)).mean())
    assert 0.78 <= np.mean(held) <= 0.83


def test_no_series_is_foreseen_worse_than_by_last_year_in_the_past():
    spikes = np.ones(48)
    spikes[[3, 15, 27, 39]] = 9.0  # its own season, which the others do not have
    values = np.vstack([noisy(100.0, seed=2)[0], 50 * spikes[:36]])
    found = outlook(past_of(values), AHEAD)

    assert (found.error[:-1] <= found.naive_error[:-1] + 1e-9).all()
    assert NAIVE in found.methods[-2]


def test_series_add_up_to_their_sum():
    found = outlook(past_of(noisy(np.array([[10.0], [100.0]]), series=2)[0]), AHEAD)

    np.testing.assert_allclose(found.months.centre[:-1].sum(axis=0), found.months.centre[-1])
    np.testing.assert_allclose(found.months.centre.sum(axis=1), found.together.centre[:, 0])


def test_no_origin_knows_what_came_after_it():
    values = noisy(100.0)[0]
    changed = values.copy()
    changed[:, 30:] *= 7.0
    one, other = (rolling(past_of(each), AHEAD) for each in (values, changed))

    np.testing.assert_array_equal(one.said[: 30 - 12 + 1], other.said[: 30 - 12 + 1])


def test_working_days_explain_what_follows_them():
    days = np.where(np.arange(42) % 7 < 3, 15.0, 25.0)
    values, _ = noisy(4 * days, scatter=0.02)
    found = outlook(past_of(values, days=days), AHEAD)

    np.testing.assert_allclose(found.months.centre[0], 4 * days[36:], rtol=0.1)
    assert "working days" in found.methods[0]


def test_a_short_past_is_repeated_and_says_so():
    values = noisy(100.0, months=20)[0]
    found = outlook(past_of(values), AHEAD)

    assert not enough(20, AHEAD)
    assert set(found.methods) == {NAIVE}
    np.testing.assert_array_equal(found.months.centre[:-1], values[:, 8:14])
    assert np.isnan(found.coverage).all()
    assert set(outlook(past_of(values[:, :7]), AHEAD).methods) == {MEAN}


def test_rare_demand_keeps_its_sum_and_is_never_below_nothing():
    chance = np.random.default_rng(4)
    values = chance.poisson(0.2, (300, 48)) * chance.integers(1, 6, (300, 48)).astype(float)
    found = outlook(past_of(values[:, :36]), 12 - AHEAD)

    assert found.months.quantile(0.1).min() >= 0
    came = values[:, 36:42].sum()
    assert found.months.centre[:-1].sum() == pytest.approx(came, rel=0.2)


def test_a_series_of_nothing_stays_nothing():
    values = np.vstack([noisy(100.0)[0], np.zeros(36)])
    found = outlook(past_of(values), AHEAD)

    assert found.months.quantile(0.9)[-2].max() == 0
    assert found.together.quantile(0.9)[-2].max() == 0


def test_the_probability_of_running_over_agrees_with_the_quantiles():
    found = outlook(past_of(noisy(100.0)[0]), AHEAD).months
    limits = found.quantile(0.9)[:, 0]

    assert found.probability_over(limits)[:, 0] == pytest.approx(0.1, abs=0.011)
    assert (found.probability_over(np.full(len(limits), np.nan)) == 0).all()
    assert found.expected_over(limits)[0, 0] > 0


@pytest.mark.parametrize("name", METHODS)
def test_every_method_says_of_steady_series_that_they_stay(name):
    said = METHODS[name](np.full((2, 30), 5.0), 4)

    np.testing.assert_allclose(said, np.full((2, 4), 5.0))


def test_what_died_out_fades_and_what_is_rare_keeps_its_mean():
    dead = np.r_[np.full(20, 4.0), np.zeros(20)][None]
    rare = np.tile([0.0, 0.0, 0.0, 8.0], 12)[None]

    assert tsb(0.1)(dead, 1)[0, 0] < 1
    assert imapa(rare, 1)[0, 0] == pytest.approx(2.0, rel=0.3)
