"""Corrected, combined and weighted p-values."""

import numpy as np
from scipy import stats

from graphkit.statistics.multiplicity import benjamini_hochberg, peer_weights, stouffer


def test_q_values_are_those_of_scipy_and_unasked_questions_stay_out_of_the_family():
    p = np.random.default_rng(1).random(50)

    q = benjamini_hochberg(np.r_[p, np.nan])

    np.testing.assert_allclose(q[:-1], stats.false_discovery_control(p))
    assert np.isnan(q[-1])


def test_two_weak_signs_together_are_a_clear_one():
    assert stouffer(np.array([0.05]), np.array([0.05]))[0] < 0.011
    assert stouffer(np.array([0.05]), np.array([0.5]))[0] > 0.1


def test_a_customer_whose_peers_slow_down_needs_less_evidence_of_its_own():
    p = np.full(60, 0.5)
    p[1:10] = 0.01  # all peers of the first customer
    p[-1] = np.nan
    groups = np.repeat([0, 1, 2, 3, 4, -1], 10)

    weights = peer_weights(p, [groups])

    assert weights[0] > 2
    assert weights[20] < 0.8
    assert abs(weights[:-1].mean() - 1) < 1e-9


def test_a_customers_own_p_value_does_not_enter_its_weight():
    p = np.random.default_rng(2).random(40)
    other = p.copy()
    p[0], other[0] = 0.11, 0.19
    groups = np.arange(40) // 10

    assert peer_weights(p, [groups])[0] == peer_weights(other, [groups])[0]


def test_weights_are_even_where_nothing_is_known():
    assert peer_weights(np.full(5, np.nan), [np.zeros(5, dtype=np.int64)]).tolist() == [1.0] * 5
