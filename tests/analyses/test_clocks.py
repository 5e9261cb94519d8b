"""Clocks of sending and opening are compared by where machines open."""

import numpy as np

from graphkit.analyses.interest.clocks import clocks

PEOPLE = np.random.default_rng(1).integers(60, 9 * 86400, 600)


def test_an_offset_of_zones_is_found_and_what_came_at_once_is_told_by_it():
    machines = np.random.default_rng(2).integers(4, 55, 200) - 6 * 3600
    known = clocks(np.append(PEOPLE, machines))

    assert known.offsets == (-6 * 3600,)
    assert known.at_once(machines).all()
    assert "6 hours before" in known.told


def test_a_second_offset_an_hour_off_is_taken_for_summer_time():
    machines = np.append(np.arange(5, 50), np.arange(5, 40) + 3600)

    assert clocks(np.append(PEOPLE, machines)).offsets == (0, 3600)


def test_without_a_clear_offset_nothing_counts_as_early():
    known = clocks(PEOPLE)

    assert known.offsets == ()
    assert not known.at_once(np.array([5, 30])).any()
    assert "not clear" in known.told
