"""The test for fewer orders in the last months."""

import numpy as np
import pytest

from graphkit.statistics.month_permutation import drop_against_permutations

WINDOWS = range(4, 8)


def p_values(orders: np.ndarray, *, start: np.ndarray | None = None) -> np.ndarray:
    begin = np.zeros(len(orders), dtype=np.int64) if start is None else start
    return drop_against_permutations(
        orders, np.ones(orders.shape), begin, windows=WINDOWS, permutations=1999
    ).p


def bursty(rng: np.random.Generator, customers: int, months: int = 36) -> np.ndarray:
    return rng.poisson(3.0 * rng.standard_gamma(1.5, (customers, months)) / 1.5).astype(float)


def test_bursty_customers_who_changed_nothing_are_accused_one_time_in_twenty():
    p = p_values(bursty(np.random.default_rng(4), 2000))

    assert (p <= 0.05).mean() == pytest.approx(0.05, abs=0.012)
    assert (p <= 0.01).mean() == pytest.approx(0.01, abs=0.006)


def test_a_customer_who_orders_a_third_of_what_it_did_is_found():
    rng = np.random.default_rng(5)
    orders = rng.poisson(4.0, (200, 36)).astype(float)
    orders[:, -5:] = rng.poisson(1.3, (200, 5))

    assert (p_values(orders) <= 0.05).mean() > 0.9


def test_growth_is_no_drop():
    orders = np.full((1, 30), 3.0)
    orders[:, -6:] = 9.0

    assert p_values(orders)[0] > 0.9


def test_a_customer_of_last_year_is_judged_by_its_own_months_only():
    orders = np.random.default_rng(6).poisson(4.0, (1, 36)).astype(float)
    orders[0, :18] = 0.0

    young = p_values(orders, start=np.array([18]))[0]

    assert young == p_values(orders[:, 18:])[0]


def test_too_few_expected_orders_give_no_answer():
    orders = np.zeros((1, 36))
    orders[0, ::6] = 1.0

    found = drop_against_permutations(
        orders, np.ones((1, 36)), np.array([0]), windows=WINDOWS, permutations=99
    )

    assert np.isnan(found.p[0])
    assert found.window[0] == 0


def test_a_window_needs_the_months_before_it_that_are_asked_for():
    orders = np.full((1, 16), 4.0)
    orders[0, -6:] = 0.0

    def found(least: int) -> int:
        drop = drop_against_permutations(
            orders,
            np.ones((1, 16)),
            np.array([0]),
            windows=(4, 6),
            least_before=least,
            permutations=99,
        )
        return int(drop.window[0])

    assert [found(least) for least in (10, 11, 12, 13)] == [6, 4, 4, 0]


def test_the_same_rows_give_the_same_p_values():
    orders = bursty(np.random.default_rng(7), 20)

    assert p_values(orders).tolist() == p_values(orders).tolist()


def test_a_stop_six_months_ago_is_seen_in_a_window_of_six():
    orders = np.full((1, 36), 4.0)
    orders[0, ::3] = 5.0
    orders[0, -6:] = 0.0

    found = drop_against_permutations(
        orders, np.ones((1, 36)), np.array([0]), windows=WINDOWS, permutations=999
    )

    assert found.window[0] == 6
    assert found.p[0] == pytest.approx(0.001)
