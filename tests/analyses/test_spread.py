"""Whether interest spreads between companies in contact, in shops of known truth."""

import datetime as dt

import numpy as np
import pytest

from graphkit.analyses.spread import KIND, spread
from graphkit.analyses.spreading.measure import spread_of_interest
from graphkit.findings import Level
from graphkit.schema import (
    Campaign,
    Clicked,
    HasTopic,
    Note,
    Opened,
    Person,
    Project,
)
from graphkit.store import open_store
from tests.analyses.town import BEGUN, DAYS, END, Town
from tests.graph_rows import put, put_companies


@pytest.fixture
def town(tmp_path):
    with open_store(tmp_path / "graph.duckdb") as store:
        yield Town(store)


def test_who_is_exposed_is_told_where_interest_was_seen_to_spread(town):
    town.pairs(40)
    town.follows += [("Exposed", "Leader 3", BEGUN), ("Exposed", "Leader 4", BEGUN)]
    town.follows += [("Unexposed", "Exposed", BEGUN)]
    snap = town.snapshot()
    whole = spread_of_interest(snap).whole
    told = list(spread(snap))

    assert whole.after == 40
    assert whole.expected < 10
    assert whole.observed
    assert [(one.subject.name, one.object.name) for one in told] == [("Exposed", "hard turning")]
    one = told[0]
    assert (one.kind, one.level) == (KIND, Level.WATCH)
    assert one.p <= 0.01
    assert "Leader 3" in one.statement
    assert one.details["contacts"]
    assert all(each.sources for each in one.evidence[:2])
    assert '{id: "Exposed"}' in one.cypher


def test_the_same_first_signs_with_their_days_shuffled_are_no_spread(town):
    town.pairs(40)
    town.shuffled()
    town.follows += [("Exposed", "Leader 3", BEGUN)]
    snap = town.snapshot()
    whole = spread_of_interest(snap).whole

    assert whole.enough
    assert not whole.observed
    assert list(spread(snap)) == []


def test_alike_companies_at_about_the_same_time_in_any_order_are_no_spread(town):
    town.pairs(60)
    swap = town.views[::4]  # of every other pair the follower comes first
    for leader, _ in swap:
        follower = leader.replace("Leader", "Follower")
        at, to = (
            next(i for i, (who, _) in enumerate(town.views) if who == one)
            for one in (leader, follower)
        )
        first, second = town.views[at][1], town.views[to][1]
        town.views[at], town.views[to] = (leader, second), (follower, first)
    whole = spread_of_interest(town.snapshot()).whole

    assert whole.after > 3 * whole.expected
    assert not whole.observed


def test_with_under_twenty_first_signs_it_is_said_once_that_it_cannot_be_told(town):
    town.pairs(15)
    told = list(spread(town.snapshot()))

    assert [one.level for one in told] == [Level.CANNOT_TELL]
    assert told[0].subject.type == "Topic"
    assert "cannot be told from 15 first signs" in told[0].statement


def test_where_nobody_is_in_contact_with_anybody_there_is_nothing_to_tell(town):
    town.pairs(40)
    town.follows.clear()

    assert list(spread(town.snapshot())) == []


def test_what_came_after_the_day_is_not_known(town):
    town.pairs(40)
    early = dt.date(2024, 12, 31)
    known = sum(day <= early for _, day in town.views)
    found = spread_of_interest(town.snapshot(early))

    assert 0 < known < 80
    assert found.whole.adoptions == known
    assert int(found.taken_up.rows["day"].max()) <= (early - dt.date(1970, 1, 1)).days


def test_a_contact_made_afterwards_exposes_nobody(town):
    town.pairs(40)
    town.follows = [(who, whom, END) for who, whom, _ in town.follows]

    assert spread_of_interest(town.snapshot()).whole.after == 0


def test_who_is_followed_hears_nothing_from_the_follower(town):
    town.pairs(40)
    town.follows = [(whom, who, day) for who, whom, day in town.follows]

    assert spread_of_interest(town.snapshot()).whole.after == 0


def test_who_has_a_project_for_somebody_is_in_contact_both_ways(town):
    town.pairs(2)
    town.follows.clear()
    town.follows.append(("Elsewhere", "Leader 1", BEGUN))
    snap = town.snapshot()
    put(
        town.store,
        Project,
        id=["one", "two"],
        name=["one", "two"],
        account=["erp:Leader 0", "erp:Follower 1"],
        end_customer=["erp:Follower 0", "erp:Leader 1"],
        started_on=[BEGUN, BEGUN],
    )
    whole = spread_of_interest(snap).whole

    assert (whole.could, whole.after) == (4, 2)


def test_opens_and_what_machines_click_are_no_signs(town):
    town.pairs(1)
    snap = town.snapshot()
    sent = dt.datetime(2024, 1, 5, 9)  # noqa: DTZ001 - local time
    people, mails = ["a@x", "b@x", "c@x"], ["m"]
    put_companies(town.store, ["A", "B", "C"])
    put(town.store, Person, id=people, account=["erp:A", "erp:B", "erp:C"])
    put(town.store, Campaign, id=mails, sent_at=[sent])
    about = {"from_id": mails, "from_type": ["Campaign"], "to_id": ["hard turning"]}
    put(town.store, HasTopic, **about)
    hours = [sent + dt.timedelta(hours=3)]
    put(town.store, Opened, from_id=people, to_id=mails * 3, at=hours * 3)
    burst = [hours[0] + dt.timedelta(seconds=at) for at in range(4)]
    put(
        town.store,
        Clicked,
        from_id=["b@x"] * 4 + ["c@x"],
        to_id=mails * 5,
        at=[*burst, hours[0]],
        url=[f"/{at}" for at in range(5)],
    )
    found = spread_of_interest(snap).taken_up

    signs = set(found.companies[found.rows["company"].to_numpy()])
    assert signs == {"Leader 0", "Follower 0", "C"}


def test_a_text_about_a_topic_is_a_sign(town):
    town.pairs(1)
    snap = town.snapshot()
    put_companies(town.store, ["Spoken of"])
    day = dt.date(2024, 5, 5)
    put(town.store, Note, id=["n"], account=["erp:Spoken of"], written_on=[day])
    about = {"from_id": ["n"], "from_type": ["Note"], "to_id": ["hard turning"]}
    put(town.store, HasTopic, **about)
    found = spread_of_interest(snap).taken_up

    assert "Spoken of" in set(found.companies[found.rows["company"].to_numpy()])


def test_exposure_that_says_who_comes_next_has_an_auc_above_a_coin(town):
    town.pairs(100)
    town.follows.append(("Exposed", "Leader 3", BEGUN))
    snap = town.snapshot()
    whole = spread_of_interest(snap).whole

    assert 0.6 < whole.auc.low <= whole.auc.value <= whole.auc.high
    assert whole.exposed.low > whole.others.high
    assert "weak" not in next(iter(spread(snap))).statement


def test_where_exposure_says_little_the_finding_calls_it_weak(town):
    town.pairs(60)
    draw = np.random.default_rng(3)
    for at in range(120):  # who looks at the page whenever, whomever it follows, or never
        town.follows.append((f"Deaf {at}", f"Leader {at % 60}", BEGUN))
        if at % 2:
            day = BEGUN + dt.timedelta(days=int(draw.integers(0, DAYS)))
            town.views.append((f"Deaf {at}", day))
    told = list(spread(town.snapshot(), most=4))

    assert [one.details["rank"] for one in told] == [1, 2, 3, 4]
    assert 0.5 < told[0].effect.value < 0.6
    assert "Exposure alone is weak: of two companies it picked" in told[0].statement


def test_where_exposure_does_no_better_than_a_coin_nobody_is_named(town):
    town.pairs(30, lag=8)
    for who, day in town.views[
        ::2
    ]:  # one who looks first, whom it follows does so later; one never
        town.follows += [(f"Ahead of {who}", who, BEGUN), (f"Deaf to {who}", who, BEGUN)]
        town.views.append((f"Ahead of {who}", max(day - dt.timedelta(days=120), BEGUN)))
    snap = town.snapshot()
    found = spread_of_interest(snap)

    assert found.whole.observed
    assert found.whole.auc.value < 0.5
    assert list(spread(snap)) == []
