"""Groups that stand out from the shop."""

import numpy as np

from graphkit.statistics.label_permutation import groups_that_stand_out

GROUPS = np.repeat(np.arange(8), 10)


def scores(seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=80)


def test_a_group_that_falls_stands_out_and_no_other_does():
    fallen = scores() + np.where(GROUPS == 3, 1.8, 0.0)

    found = groups_that_stand_out(fallen, GROUPS)

    assert [one.group for one in found if one.q <= 0.10 and one.robust] == [3]
    assert [one.group for one in found] == list(range(8))


def test_two_groups_that_fall_at_once_do_not_hide_each_other():
    fallen = scores() + np.where(np.isin(GROUPS, [3, 5]), 1.6, 0.0)

    found = groups_that_stand_out(fallen, GROUPS)

    assert [one.group for one in found if one.q <= 0.10 and one.robust] == [3, 5]


def test_when_the_whole_shop_falls_no_group_is_blamed():
    plain = [(one.p, one.q) for one in groups_that_stand_out(scores(), GROUPS)]
    fallen = [(one.p, one.q) for one in groups_that_stand_out(scores() * 0.5 + 1.2, GROUPS)]

    assert min(q for _, q in plain) > 0.10
    assert min(q for _, q in fallen) > 0.10


def test_one_member_does_not_make_a_group():
    loud = scores() * 0.3
    loud[GROUPS == 2] = 0.0
    loud[20] = 50.0

    found = groups_that_stand_out(loud, GROUPS)

    assert not [one for one in found if one.group == 2 and one.robust]
