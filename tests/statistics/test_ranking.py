"""How well a score put in order who did something and who did not."""

import numpy as np
import pytest

from graphkit.statistics.ranking import auc_within


def auc_by_pairs(score, came, group):
    """The same, pair by pair."""
    won = pairs = 0.0
    for one in np.flatnonzero(came):
        for other in np.flatnonzero(~came & (group == group[one])):
            won += (score[one] > score[other]) + (score[one] == score[other]) / 2
            pairs += 1
    return won / pairs


def test_it_is_the_share_of_pairs_of_one_group_that_are_in_order():
    draw = np.random.default_rng(2)
    score, group = draw.integers(0, 5, 300).astype(float), draw.integers(0, 7, 300)
    came = draw.random(300) < 0.2
    found = auc_within(score, came, group, np.arange(300))

    assert found.value == pytest.approx(auc_by_pairs(score, came, group))


def test_a_group_in_which_all_score_high_and_do_it_proves_nothing():
    group = np.repeat([0, 1], 50)
    came = np.r_[np.arange(50) < 40, np.arange(50) < 5]
    found = auc_within(1.0 - group, came, group, np.arange(100))

    assert found.value == 0.5


def test_the_interval_of_a_coin_has_the_half_in_nine_of_ten_cases():
    held = []
    for seed in range(300):
        draw = np.random.default_rng(seed)
        who = draw.integers(0, 80, 400)  # everything of one of them together
        score = draw.random(80)[who]
        found = auc_within(score, draw.random(400) < 0.15, draw.integers(0, 4, 400), who)
        held.append(found.low <= 0.5 <= found.high)

    assert 0.84 <= np.mean(held) <= 0.97


def test_one_that_did_it_has_no_auc():
    assert auc_within(np.arange(3.0), np.arange(3) == 1, np.zeros(3, int), np.arange(3)) is None


def test_nobody_at_all_has_no_auc():
    none = np.zeros(0)
    assert auc_within(none, none.astype(bool), none.astype(int), none.astype(int)) is None
