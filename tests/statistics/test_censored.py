"""Days late when some invoices are still open."""

import numpy as np
import pytest
from scipy import stats

from graphkit.statistics.censored import Times, later_than_before, median, shift

ALL = np.ones(9, dtype=bool)


def test_the_median_counts_open_invoices_as_longer():
    days = np.array([0.0, 2.0, 4.0, 6.0, 8.0])
    ended = np.array([True, True, True, False, False])

    assert median(days, ended).value == 4.0
    assert median(days, np.array([True, False, False, False, False])).value == float("inf")


def test_one_disputed_invoice_does_not_move_the_median():
    assert median(np.array([0.0, 0, 1, 0, 2, 200]), np.ones(6, dtype=bool)).value == 0.0


def test_a_shift_of_ten_days_is_estimated_as_ten():
    before = np.arange(9.0)

    found = shift(before + 10, ALL, before, ALL)

    assert found.value == pytest.approx(10.0)
    assert found.low < 10 < found.high


def test_invoices_still_open_raise_the_shift_instead_of_being_dropped():
    before = np.arange(9.0)
    recent = before + 10
    cut = np.minimum(recent, 12.0)
    ended = recent <= 12

    dropped = shift(recent[ended], ended[ended], before, ALL)
    kept = shift(cut, ended, before, ALL)

    assert dropped.value < kept.value
    assert kept.value >= 9


def payments(rng: np.random.Generator, customers: int, later: float) -> tuple[Times, np.ndarray]:
    """Forty earlier and six recent invoices each, of which the recent ones are cut off early."""
    days = rng.lognormal(3.4, 0.22, (customers, 46)) - 30
    days[:, 40:] += later
    cut = np.full(days.shape, np.inf)
    cut[:, 40:] = rng.uniform(-15, 60, (customers, 6))
    who = np.repeat(np.arange(customers), 46)
    recent = np.tile(np.arange(46) >= 40, customers)
    return Times(who, np.round(np.minimum(days, cut)).ravel(), (days <= cut).ravel()), recent


def test_customers_who_pay_as_before_are_accused_at_most_one_time_in_twenty():
    times, recent = payments(np.random.default_rng(9), 4000, 0.0)

    scores = later_than_before(times, recent, 4000)

    assert 0.02 < (scores > 1.645).mean() < 0.06
    assert (scores > 3.09).mean() < 0.004


def test_two_weeks_later_is_found_though_recent_invoices_are_open():
    times, recent = payments(np.random.default_rng(10), 200, 14.0)

    assert (later_than_before(times, recent, 200) > 1.645).mean() > 0.7


def test_the_score_agrees_with_scipys_log_rank_in_direction_and_size():
    times, recent = payments(np.random.default_rng(11), 1, 14.0)
    groups = [
        stats.CensoredData(
            uncensored=times.days[one & times.ended], right=times.days[one & ~times.ended]
        )
        for one in (recent, ~recent)
    ]

    theirs = -stats.logrank(*groups).statistic
    ours = later_than_before(times, recent, 1)[0]

    assert np.sign(ours) == np.sign(theirs) == 1
    assert ours == pytest.approx(theirs, rel=0.4)


def test_no_invoices_give_no_score():
    empty = Times(np.array([], dtype=np.int64), np.array([]), np.array([], dtype=bool))

    assert np.isnan(later_than_before(empty, np.array([], dtype=bool), 2)).all()
