"""Found again from what it made, resolution makes the same: so it may be left out (see derive)."""

import random

import pandas as pd
import pytest

from graphkit.resolve import Resolution
from tests.resolve.conftest import Shop


def assert_same(one: Resolution, other: Resolution) -> None:
    pd.testing.assert_frame_equal(one.companies, other.companies)
    pd.testing.assert_frame_equal(one.joined, other.joined)
    pd.testing.assert_frame_equal(one.industries, other.industries)
    pd.testing.assert_frame_equal(one.review, other.review)
    assert one.redirects == other.redirects


@pytest.mark.parametrize("seed", range(3))
def test_whatever_was_merged_split_added_or_gone_a_second_time_changes_nothing(
    crowd: Shop, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a course of events, no secret
    seen: set[str] = set()
    crowd.resolved()
    for step in range(12):
        first, second = chance.sample(sorted(crowd.rows), 2)
        kind = chance.choice(["merge", "merge", "split", "never", "gone", "new"])
        if kind == "gone":
            del crowd.rows[first]
        elif kind == "new":
            crowd.add(f"notes:~{step}", crowd.rows[first].get("name", "Hazel Bearings"))
        else:
            crowd.decide(kind, first, second)

        once = crowd.resolved()
        assert_same(once, crowd.resolved())
        seen |= {*once.redirects}
    assert seen, "no id was ever retired, so the test shows less than it says"


def test_a_merge_that_was_taken_back_and_made_again_changes_nothing_the_second_time(
    crowd: Shop,
) -> None:
    before = crowd.resolved()
    for kind in ("merge", "split", "merge", "never"):
        crowd.decide(kind, "erp:C00", "erp:C07")
        once = crowd.resolved()
        assert_same(once, crowd.resolved())
        assert bool(once.redirects) == (kind == "merge")

    assert crowd.resolved().companies["id"].tolist() == before.companies["id"].tolist()
