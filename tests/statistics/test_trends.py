"""Trends of many series at once are those that scipy finds one by one."""

import itertools

import hypothesis
import hypothesis.strategies as some
import numpy as np
import pytest
from scipy import stats

from graphkit.statistics.trends import mann_kendall, theil_sen

few_values = some.sampled_from([np.nan, 0.0, 1.0, 2.0, 5.5])
any_values = some.one_of(some.just(np.nan), some.floats(-1e6, 1e6).map(lambda one: round(one, 3)))


@some.composite
def tables(draw):
    """Series with gaps: full of ties, or with hardly any."""
    times = draw(some.integers(1, 40))
    values = draw(some.sampled_from([few_values, any_values]))
    series = some.lists(values, min_size=times, max_size=times)
    return np.array(draw(some.lists(series, min_size=1, max_size=5)))


def one_by_one(table):
    for row in table:
        at = np.flatnonzero(~np.isnan(row))
        yield at, row[at]


def kendall(at, values, way):
    """What scipy says; exact without ties, which by itself it is for up to 33 values only."""
    method = "exact" if len(set(values.tolist())) == len(values) else "asymptotic"
    p = stats.kendalltau(at, values, method=method, alternative=way).pvalue if len(at) > 1 else 1.0
    return 1.0 if np.isnan(p) else p


@hypothesis.given(tables())
def test_p_values_are_those_of_scipy_series_by_series(table):
    found = mann_kendall(table)

    for way, ours in (("greater", found.rising), ("less", found.falling)):
        theirs = [kendall(at, values, way) for at, values in one_by_one(table)]
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


@hypothesis.given(tables(), some.sampled_from([0.8, 0.9, 0.95]))
def test_slopes_and_intervals_are_those_of_scipy_series_by_series(table, level):
    found = theil_sen(table, level=level)

    for row, (at, values) in enumerate(one_by_one(table)):
        ours = (found.value[row], found.low[row], found.high[row])
        if len(at) < 2:
            assert np.isnan(ours).all()
        else:
            theirs = stats.theilslopes(values, at, level)
            expected = (theirs.slope, theirs.low_slope, theirs.high_slope)
            np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("count", [2, 5, 7])
def test_without_ties_the_chance_is_counted_over_all_orders(count):
    orders = np.array(list(itertools.permutations(range(count))), dtype=float)
    score = np.sign(orders[:, None, :] - orders[:, :, None])
    score = np.triu(score, 1).sum(axis=(1, 2))

    found = mann_kendall(orders)

    np.testing.assert_allclose(found.rising, [(score >= one).mean() for one in score])
    np.testing.assert_allclose(found.falling, [(score <= one).mean() for one in score])


def test_a_series_longer_than_scipy_counts_by_itself_is_exact_too():
    rising = np.arange(60.0)
    rising[[3, 40]] = rising[[40, 3]]

    exact = stats.kendalltau(np.arange(60), rising, method="exact", alternative="greater").pvalue

    assert mann_kendall(rising[None]).rising[0] == pytest.approx(exact, rel=1e-9)


def test_chance_alone_is_told_as_a_trend_as_often_as_the_p_value_says():
    ordered = np.random.default_rng(5).poisson(2, (4_000, 30)).astype(float)

    p = mann_kendall(ordered).rising

    assert 0.035 < (p <= 0.05).mean() < 0.065


def test_a_steady_rise_has_its_slope_whatever_a_wild_value_says():
    series = 3.0 * np.arange(24)
    series[7] = 1e6

    found = theil_sen(np.array([series, -series]))

    assert found.value.tolist() == [3.0, -3.0]
    assert (found.low <= found.value).all()
    assert (found.value <= found.high).all()


def test_nothing_is_told_of_nothing():
    none = np.empty((3, 0))

    assert mann_kendall(none).rising.tolist() == [1.0] * 3
    assert np.isnan(theil_sen(none).value).all()
