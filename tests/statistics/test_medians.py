"""The interval of a median holds for a handful of skewed values."""

import numpy as np
import pytest

from graphkit.statistics.medians import median_of_few


@pytest.mark.parametrize("count", [5, 8, 17])
def test_the_interval_holds_the_median_as_often_as_it_says(count):
    draws = np.random.default_rng(3).lognormal(0, 1.5, (2_000, count))
    found = [median_of_few(row) for row in draws]

    held = np.mean([one.low <= 1 <= one.high for one in found])
    assert held >= 0.88


def test_a_value_that_is_only_known_to_be_larger_is_infinite():
    found = median_of_few(np.array([1.0, 2.0, 3.0, 4.0, np.inf]))

    assert (found.value, found.high) == (3.0, np.inf)
    assert median_of_few(np.array([1.0, np.inf])).value == np.inf
