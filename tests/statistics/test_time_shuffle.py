"""Days dealt out anew among those who were there."""

from collections import Counter

import numpy as np
import pytest

from graphkit.statistics.time_shuffle import count_after, shuffled_days


def test_every_way_in_which_the_days_can_fall_is_equally_likely():
    days, since = np.array([1, 4, 6, 9]), np.array([0, 3, 0, 5])
    dealt = shuffled_days(days, since, 12_000, np.random.default_rng(1))
    ways = Counter(map(tuple, dealt.tolist()))

    # The last to come has 6 or 9, the second then two of 4, 6 and 9, the others what is left.
    assert len(ways) == 2 * 2 * 2
    assert max(ways.values()) / min(ways.values()) < 1.2
    assert (dealt >= since).all()
    assert (np.sort(dealt, axis=1) == days).all()


def test_days_dealt_out_by_chance_are_seldom_taken_for_spread():
    seen = []
    for seed in range(300):
        draw = np.random.default_rng(seed)
        since = draw.integers(0, 400, 30)
        days = shuffled_days(since + 100, since, 1, draw)[0]
        ties = draw.integers(0, 30, (2, 60))
        ties = ties[:, ties[0] != ties[1]]
        every = np.vstack([days, shuffled_days(days, since, 99, draw)])
        counts = count_after(every, ties[0], ties[1], np.zeros(ties.shape[1], dtype=np.int64), 90)
        seen.append((counts >= counts[0]).mean() <= 0.05)

    assert np.mean(seen) == pytest.approx(0.04, abs=0.035)


def test_who_comes_after_several_counts_once():
    days = np.array([[1, 2, 3]])
    later, earlier = np.array([2, 2, 1]), np.array([0, 1, 2])

    assert count_after(days, later, earlier, np.zeros(3, dtype=np.int64), 9).tolist() == [1]


def test_a_tie_of_a_later_day_carries_nothing():
    days, one, other = np.array([[1, 5]]), np.array([1]), np.array([0])

    assert count_after(days, one, other, np.array([6]), 9).tolist() == [0]
    assert count_after(days, one, other, np.array([5]), 9).tolist() == [1]


def test_what_comes_long_after_is_not_said_to_have_followed():
    days, one, other = np.array([[1, 50], [1, 11], [1, 12]]), np.array([1]), np.array([0])

    assert count_after(days, one, other, np.array([0]), 10).tolist() == [0, 1, 0]
