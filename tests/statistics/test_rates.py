"""Rate ratios, their intervals, and what could have been seen."""

import numpy as np
import pytest

from graphkit.statistics.rates import Counts, dispersion, rate_ratio, smallest_visible_drop


def counts(recent: float, before: float) -> Counts:
    one = np.ones(1)
    return Counts(one * recent, one * before, one * 5.0, one * 30.0)


def test_half_the_orders_a_month_is_a_ratio_of_a_half():
    ratio = rate_ratio(counts(10, 120), np.ones(1))

    assert ratio.value[0] == pytest.approx(0.5)
    assert 0.25 < ratio.low[0] < 0.5 < ratio.high[0] < 0.85


def test_the_interval_covers_the_truth_nine_times_in_ten_on_bursty_orders():
    rng = np.random.default_rng(8)
    mean = np.where(np.arange(36) >= 31, 0.5, 1.0) * 3.0
    orders = rng.poisson(mean * rng.standard_gamma(2.0, (3000, 36)) / 2.0).astype(float)
    before = np.broadcast_to(np.arange(36) < 31, orders.shape)
    level = orders[:, :31].mean(axis=1, keepdims=True)
    spread = dispersion(orders, np.broadcast_to(level, orders.shape), before)
    many = np.ones(3000)
    ratio = rate_ratio(
        Counts(orders[:, 31:].sum(axis=1), orders[:, :31].sum(axis=1), many * 5, many * 31), spread
    )

    covered = ((ratio.low <= 0.5) & (ratio.high >= 0.5)).mean()
    assert 0.86 < covered < 0.97


def test_a_customer_who_stopped_has_a_ratio_of_zero_and_an_upper_end():
    ratio = rate_ratio(counts(0, 60), np.ones(1))

    assert ratio.value[0] == ratio.low[0] == 0.0
    assert 0.0 < ratio.high[0] < 0.35


def test_regular_orders_have_no_dispersion_below_that_of_chance():
    orders = np.full((3, 24), 2.0)

    assert dispersion(orders, orders, np.ones_like(orders, dtype=bool)).tolist() == [1.0] * 3


def test_the_more_orders_the_smaller_the_drop_that_can_be_seen():
    few = smallest_visible_drop(counts(0, 30), np.ones(1))[0]
    many = smallest_visible_drop(counts(0, 300), np.ones(1))[0]
    none = smallest_visible_drop(counts(0, 4), np.ones(1))[0]

    assert many < few <= 1.0 < none
