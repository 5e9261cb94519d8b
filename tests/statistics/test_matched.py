"""Matched others, and mean differences of known truth."""

import numpy as np
import pytest

from graphkit.statistics.matched import mean_difference, nearest


def test_the_nearest_in_size_is_taken_of_the_same_group_where_it_is_near_enough():
    size = np.log([100.0, 105.0, 140.0, 1000.0, 101.0])
    group = np.array([0, 1, 0, 0, -1])

    chosen = nearest(size, group, np.array([1, 2, 3, 4]), np.array([0]), count=3)

    assert chosen.tolist() == [[2, 4, 1]]


def test_who_has_no_group_is_matched_by_size_alone():
    size = np.log([100.0, 500.0, 110.0])

    assert nearest(
        size, np.array([-1, -1, 3]), np.array([1, 2]), np.array([0]), count=1
    ).tolist() == [[2]]


def test_nobody_is_chosen_twice_and_each_has_one_before_anybody_has_two():
    size = np.log([100.0, 101.0, 100.0, 103.0, 90.0, 50.0])

    chosen = nearest(size, np.zeros(6), np.array([2, 3, 4, 5]), np.array([0, 1]), count=3)

    assert chosen.shape == (2, 2)
    assert sorted(chosen.ravel().tolist()) == [2, 3, 4, 5]
    assert sorted(chosen[:, 0].tolist()) == [2, 3]


def test_a_difference_of_nothing_is_seldom_clear_and_its_interval_holds_nothing():
    chance = np.random.default_rng(4)
    found = [mean_difference(chance.normal(0, 1, 12), draws=499) for _ in range(300)]

    assert np.mean([p <= 0.05 for _, p in found]) == pytest.approx(0.05, abs=0.03)
    assert np.mean([one.low <= 0 <= one.high for one, _ in found]) == pytest.approx(0.9, abs=0.04)


def test_a_clear_difference_is_found():
    one, p = mean_difference(np.random.default_rng(4).normal(2, 1, 12))

    assert one.low < 2 < one.high
    assert p < 0.01
