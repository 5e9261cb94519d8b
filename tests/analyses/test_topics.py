"""Who has begun to read about which topic, in shops of known truth."""

import datetime as dt

import numpy as np
import pytest

from graphkit.analyses.interest.table import ledger_rows
from graphkit.analyses.topics import CONSIDERING, INTEREST, topics
from graphkit.findings import Level
from graphkit.schema import (
    Campaign,
    Clicked,
    HasTopic,
    Note,
    Opened,
    Page,
    Person,
    SentTo,
    Topic,
    Visited,
)
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import put, put_companies

END = dt.date(2025, 12, 31)
TOPICS = ("hard turning", "wire EDM", "micro-machining", "welding", "reshoring", "coolants")
MAILS = 120  # five a month for two years
SENT = [dt.datetime(2024, 1, 3, 9) + dt.timedelta(days=6 * at) for at in range(MAILS)]  # noqa: DTZ001
LATE = [at for at in range(MAILS) if SENT[at].date() >= dt.date(2025, 8, 1)]


class Mailing:
    """What contacts do with the mails of two years; a company's one contact is called like it."""

    def __init__(self, store):
        self.store = store
        self.names, self.opens, self.clicks, self.views, self.notes = [], [], [], [], []
        self.left = set()

    def contact(self, name, *, habit=0.25, keen=0.25, clicks=0.1, seed=0, delay=18_000):
        """Somebody who opens by habit, and lately the mails of the first topic as `keen`."""
        draw = np.random.default_rng([seed, len(self.names)])
        self.names.append(name)
        for at in range(MAILS):
            share = keen if at in LATE and at % len(TOPICS) == 0 else habit
            if draw.random() < share:
                after = dt.timedelta(seconds=delay + int(draw.integers(0, 50)) * (1 + delay // 50))
                self.opens.append((name, at, SENT[at] + after))
                if draw.random() < clicks:
                    self.clicks.append((name, at, SENT[at] + after, "/a"))

    def background(self, count=20):
        for at in range(count):
            name = f"Steady {at}"
            self.contact(name, seed=100 + at)
            days = [dt.date(2025, 1 + (at + 5 * view) % 12, 1 + at % 28) for view in range(3)]
            pages = ("/", "/", "/hard" if at % 3 == 0 else "/")
            self.views += [(name, day, page) for day, page in zip(days, pages, strict=True)]

    def snapshot(self, as_of=END, *, lists=False):
        put_companies(self.store, self.names)
        put(
            self.store,
            Person,
            id=[f"{name}@x" for name in self.names],
            name=[f"Ms {name}" for name in self.names],
            account=[f"erp:{name}" for name in self.names],
            opted_out=[True if name in self.left else None for name in self.names],
        )
        put(self.store, Topic, id=[*TOPICS], name=[*TOPICS])
        mails = [f"m{at}" for at in range(MAILS)]
        put(self.store, Campaign, id=mails, sent_at=SENT)
        put(self.store, Page, id=["/", "/hard"], title=["Home", "Hard turning"])
        about = [(mail, "Campaign", TOPICS[at % len(TOPICS)]) for at, mail in enumerate(mails)]
        about += [("/hard", "Page", TOPICS[0])]
        about += [(f"n{at}", "Note", TOPICS[0]) for at in range(len(self.notes))]
        ids, kinds, of = zip(*about, strict=True)
        put(self.store, HasTopic, from_id=[*ids], from_type=[*kinds], to_id=[*of])
        self._acts(lists=lists)
        return Snapshot(self.store, as_of)

    def _acts(self, *, lists):
        who, mail, when = zip(*self.opens, strict=True)
        ends = {"from_id": [f"{one}@x" for one in who], "to_id": [f"m{one}" for one in mail]}
        put(self.store, Opened, at=[*when], **ends)
        if self.clicks:
            who, mail, when, url = zip(*self.clicks, strict=True)
            ends = {"from_id": [f"{one}@x" for one in who], "to_id": [f"m{one}" for one in mail]}
            put(self.store, Clicked, at=[*when], url=[*url], **ends)
        if self.views:
            who, when, page = zip(*self.views, strict=True)
            accounts = [f"erp:{one}" for one in who]
            put(
                self.store,
                Visited,
                from_id=accounts,
                to_id=[*page],
                on=[*when],
            )
        if self.notes:
            who, when = zip(*self.notes, strict=True)
            ids = [f"n{at}" for at in range(len(who))]
            put(self.store, Note, id=ids, account=[f"erp:{one}" for one in who], written_on=[*when])
        if lists:
            pairs = [(f"m{at}", f"{name}@x") for at in range(MAILS) for name in self.names]
            put(
                self.store,
                SentTo,
                from_id=[mail for mail, _ in pairs],
                to_id=[person for _, person in pairs],
            )


@pytest.fixture
def mailing(tmp_path):
    with open_store(tmp_path / "graph.duckdb") as store:
        yield Mailing(store)


def told(snap, kind=INTEREST, level=Level.ALERT):
    return {
        (one.subject.name, one.object.name if one.object else None): one
        for one in topics(snap)
        if one.kind == kind and one.level is level
    }


def reading(mailing, name="Badger", **habits):
    """A company whose contact lately opens and clicks the first topic, and looks at its page."""
    mailing.contact(name, keen=1.0, clicks=0.3, **habits)
    mailing.views += [(name, dt.date(2025, 9, day), "/hard") for day in (3, 9, 21, 28)]
    mailing.background()


def test_who_begins_to_read_about_a_topic_is_the_only_alert(mailing):
    reading(mailing)
    alerts = told(mailing.snapshot())

    assert list(alerts) == [("Badger", "hard turning")]
    one = alerts["Badger", "hard turning"]
    assert one.object.type == "Topic"
    assert one.p <= one.q <= 0.10
    assert 1.5 <= one.effect.low <= one.effect.value <= one.effect.high
    assert one.statement.startswith("Badger has begun to take an interest in hard turning: since")
    assert "4 page views" in one.statement
    assert one.advice.startswith("Ask Ms Badger ")
    assert '{id: "Badger"}' in one.cypher
    assert sum(len(each.sources) for each in one.evidence) >= 5
    assert "no list of recipients" in " ".join(one.details["notes"])


def test_interest_that_is_also_spoken_of_is_a_hypothesis_of_growth(mailing):
    reading(mailing)
    mailing.notes = [("Badger", dt.date(2025, 10, 2))]
    mailing.notes += [(f"Steady {at}", dt.date(2024, 1 + at % 12, 5)) for at in range(10)]
    alerts = told(mailing.snapshot(), CONSIDERING)

    assert list(alerts) == [("Badger", "hard turning")]
    assert "may be considering" in alerts["Badger", "hard turning"].statement
    assert "hypothesis" in alerts["Badger", "hard turning"].statement


def test_who_only_reads_is_not_said_to_consider_growth(mailing):
    reading(mailing)

    assert told(mailing.snapshot(), CONSIDERING) == {}


def test_who_always_liked_a_topic_has_not_begun_to(mailing):
    mailing.background()
    mailing.contact("Fond", keen=0.25)
    mailing.opens += [
        ("Fond", at, SENT[at] + dt.timedelta(hours=7))
        for at in range(0, MAILS, len(TOPICS))
        if at % 4 != 2
    ]

    assert told(mailing.snapshot()) == {}


def test_machines_that_open_everything_at_once_count_by_clicks_alone(mailing):
    mailing.background()
    for at in range(5):
        mailing.contact(f"Machine {at}", habit=0.97, keen=0.97, clicks=0, delay=0)
    snap = mailing.snapshot()

    assert told(snap) == {}
    struck = [one for one in ledger_rows(snap) if one["company"] == "Machine 0"]
    assert {one["seen"] for one in struck} == {0}
    assert all("within a minute of sending" in one["why"] for one in struck)


def test_a_scanner_that_follows_every_link_is_struck_out(mailing):
    mailing.background()
    mailing.contact("Scanned", habit=0.2, keen=0.2, clicks=0)
    for at in LATE[:: len(TOPICS)]:
        when = SENT[at] + dt.timedelta(hours=3)
        mailing.clicks += [("Scanned", at, when, f"/{link}") for link in range(5)]
    snap = mailing.snapshot()

    assert told(snap) == {}
    clicks = [
        one
        for one in ledger_rows(snap)
        if one["company"] == "Scanned" and one["channel"] == "clicks"
    ]
    assert sum(one["struck_out"] for one in clicks) == 5 * len(LATE[:: len(TOPICS)])


def test_an_unsubscribed_contact_counts_and_is_not_named_for_a_call(mailing):
    reading(mailing)
    mailing.left = {"Badger"}
    one = told(mailing.snapshot())["Badger", "hard turning"]

    assert "Ms Badger" not in one.advice
    assert any(line["unsubscribed"] for line in one.details["ledger"])


def test_with_a_list_of_recipients_nothing_is_assumed(mailing):
    reading(mailing)
    one = told(mailing.snapshot(lists=True))["Badger", "hard turning"]

    assert "recipients" not in " ".join(one.details["notes"])


def test_what_was_read_after_the_day_is_not_known(mailing):
    reading(mailing)

    assert told(mailing.snapshot(dt.date(2025, 7, 31))) == {}


def test_who_makes_most_views_of_a_topic_is_not_what_is_usual_in_the_shop(mailing):
    mailing.background()
    before = [dt.date(2024, 1 + at % 12, 1 + at % 28) for at in range(300)]
    lately = [dt.date(2025, 8 + at % 5, 1 + at % 28) for at in range(30)]
    mailing.views += [(f"Steady {at % 20}", day, "/") for at, day in enumerate(before)]
    mailing.views += [("Keen", day, "/hard") for day in lately]
    mailing.contact("Keen", habit=0, keen=0)
    rows = ledger_rows(mailing.snapshot())

    keen = {one["channel"]: one for one in rows if one["company"] == "Keen"}["page views"]
    assert keen["seen"] == 30
    # Of 360 views of others 7 are of the topic and 23 of the recent months: of its 30 such, .04.
    assert keen["expected"] < 0.2


def test_in_a_shop_where_nothing_happens_nothing_is_told(mailing):
    mailing.background(45)
    snap = mailing.snapshot()

    assert told(snap) == {}
    assert len(told(snap, level=Level.WATCH)) <= 6


def test_of_a_customer_without_mail_it_is_said_that_it_cannot_be_told(mailing):
    mailing.background()
    put_companies(mailing.store, ["Silent"])
    one = told(mailing.snapshot(), level=Level.CANNOT_TELL)["Silent", None]

    assert "cannot be told from 0 mails" in one.statement
