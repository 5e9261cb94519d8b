"""The shop's own year."""

import numpy as np

from graphkit.statistics.seasons import calendar_profile, exposure, season_p

JUNE = 5
DECEMBER = 11


def orders_of(
    customers: int, months: int, december: float, *, first_month: int = JUNE
) -> np.ndarray:
    season = np.where((first_month + np.arange(months)) % 12 == DECEMBER, december, 1.0)
    return np.random.default_rng(3).poisson(3.0 * season, (customers, months)).astype(float)


def test_a_december_dip_of_the_whole_shop_is_found():
    profile = calendar_profile(orders_of(120, 31, 0.5), JUNE)

    assert 0.45 < profile[DECEMBER] < 0.62
    assert np.abs(np.delete(profile, DECEMBER) - 1.04).max() < 0.15
    assert abs(profile.mean() - 1) < 1e-9


def test_a_year_and_a_half_tell_no_season():
    assert calendar_profile(orders_of(120, 18, 0.5), JUNE).tolist() == [1.0] * 12


def test_the_accidents_of_a_small_shop_are_shrunk_away():
    profile = calendar_profile(orders_of(8, 30, 1.0), JUNE)

    assert np.abs(profile - 1).max() < 0.12


def test_one_giant_account_does_not_make_the_shops_season():
    orders = orders_of(60, 36, 1.0)
    orders[0] = np.where((JUNE + np.arange(36)) % 12 == DECEMBER, 0.0, 400.0)

    assert calendar_profile(orders, JUNE)[DECEMBER] > 0.85


def test_a_market_that_orders_in_spring_has_a_season_of_its_own_and_the_others_do_not():
    rng = np.random.default_rng(13)
    spring = np.where(np.isin((JUNE + np.arange(36)) % 12, [1, 2, 3, 4]), 2.0, 0.5)
    orders = rng.poisson(3.0, (60, 36)).astype(float)
    orders[:10] = rng.poisson(3.0 * spring, (10, 36))
    market = np.repeat([0, 1, 2, 3, 4, -1], 10)

    flow = exposure(orders, market, JUNE, past=28)

    quiet = (JUNE + np.arange(36)) % 12 == DECEMBER
    assert flow[0, quiet].max() < 0.7
    assert flow[20, quiet].min() > 0.7
    assert (flow[20] == flow[-1]).all()


def test_two_customers_are_no_market():
    spring = np.where(np.arange(36) % 12 < 4, 2.0, 0.5)
    orders = np.random.default_rng(14).poisson(3.0 * spring, (2, 36)).astype(float)
    plain = np.random.default_rng(15).poisson(3.0, (60, 36)).astype(float)
    market = np.r_[0, 0, np.full(60, 1)]

    flow = exposure(np.vstack([orders, plain]), market, 0, past=28)

    assert (flow[0] == flow[-1]).all()


def test_a_dip_is_a_season_and_chance_with_growth_is_none():
    growing = np.random.default_rng(4).poisson(2 + np.arange(36) / 6, (40, 36)).astype(float)

    assert season_p(orders_of(60, 36, 0.5), JUNE) < 0.01
    assert season_p(growing, JUNE) > 0.05
    assert np.isnan(season_p(orders_of(60, 23, 0.5), JUNE))


def test_no_more_than_one_shop_in_twenty_is_told_a_season_it_has_not():
    told = [
        season_p(np.random.default_rng(seed).poisson(3.0, (12, 36)) * 1.0, JUNE, permutations=199)
        for seed in range(200)
    ]

    assert np.mean(np.array(told) <= 0.05) <= 0.08
