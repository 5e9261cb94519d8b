"""The shop's own year."""

import numpy as np

from graphkit.analyses.seasons import calendar_profile, exposure

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


def test_exposure_lays_the_profile_along_the_months():
    profile = np.arange(12) / 5.5

    assert exposure(profile, DECEMBER, 3).tolist() == [profile[11], profile[0], profile[1]]
