"""Whom to win first, in a graph of known ties."""

import datetime as dt

import pytest

from graphkit.analyses.influence import whom_to_win_first
from graphkit.schema import Attended, Employee, Follows, Person, TalkedTo, TradeShow
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import put, put_companies

DAY = dt.date(2025, 12, 31)
FANS = [f"Fan {at}" for at in range(12)]


@pytest.fixture
def store(tmp_path):
    """Twelve follow Hub, Hub follows Star; two were at a show; Marcy talked to everybody."""
    with open_store(tmp_path / "graph.duckdb") as opened:
        names = ["Hub", "Star", "Left", "Right", *FANS]
        put_companies(opened, names)
        put_companies(opened, ["Prospect"], customers=False)
        put(opened, Employee, id=["marcy"], name=["Marcy"])
        people = [f"one@{name}" for name in names]
        put(opened, Person, id=people, name=people, account=[f"erp:{name}" for name in names])
        put(opened, TalkedTo, from_id=["marcy"] * len(people), to_id=people, on=[DAY] * len(people))
        pairs = [(fan, "Hub") for fan in FANS] + [("Prospect", "Star")]
        start, end = zip(*pairs, strict=True)
        put(
            opened,
            Follows,
            from_id=[f"erp:{one}" for one in start],
            to_id=[f"erp:{one}" for one in end],
            on=[DAY] * len(pairs),
        )
        put(opened, TradeShow, id=["FABTECH 2025"], series=["FABTECH"], year=[2025])
        put(
            opened,
            Attended,
            from_id=["erp:Left", "erp:Right"],
            from_type=["Account"] * 2,
            to_id=["FABTECH 2025"] * 2,
            on=[DAY] * 2,
            polarity=["asserted", "asserted"],
            text_id=["n1", "n2"],
        )
        yield opened


def test_who_is_followed_by_most_is_won_first_and_reaches_as_many_as_follow(store):
    found = whom_to_win_first(Snapshot(store, DAY), count=2)
    first, second = found.first

    assert first.company.name == "Hub"
    assert first.alone.value == pytest.approx(1 + 12 * 0.15, abs=0.1)
    assert first.alone.low < 1 + 12 * 0.15 < first.alone.high
    assert second.company.name in {"Left", "Right"}  # not a fan, whom the first may reach
    assert second.together.value == pytest.approx(2.8 + 1 + 0.2 * 0.2, abs=0.1)


def test_our_own_people_and_who_follows_carry_nothing(store):
    found = whom_to_win_first(Snapshot(store, DAY), count=1)

    assert found.customers == 16
    assert found.first[0].alone.high < 3  # were Marcy a way, everybody would be near everybody


def test_where_as_many_with_most_ties_do_as_well_it_says_so(store):
    found = whom_to_win_first(Snapshot(store, DAY), count=1)

    assert "do as well" in found.told
    assert "of 16 customers" in found.told


def test_without_any_tie_it_says_so(tmp_path):
    with open_store(tmp_path / "other.duckdb") as opened:
        put_companies(opened, ["Acme", "Bolt"])
        found = whom_to_win_first(Snapshot(opened, DAY))

    assert found.first == ()
    assert found.told.startswith("Nothing ties any two customers")
