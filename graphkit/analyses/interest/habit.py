"""What each company read and said of each topic, recently and before, and what habit would bring.

A contact's opens of a topic are held against the same contact's other mails, its clicks against the
other mails that it opened: who opens much opens much of everything. Page views are held against
those of all other companies, and texts against what was written of these.
"""

import dataclasses
from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.interest.mail import Mail, mail
from graphkit.analyses.interest.views_and_words import TEXTS, pages, topics_of, views, words
from graphkit.encoded import positions
from graphkit.schema import Campaign
from graphkit.snapshot import Snapshot, once

OPENS: Final = "opens"
CLICKS: Final = "clicks"
VIEWS: Final = "page views"
WORDS: Final = "notes and posts"
POINTS: Final = {OPENS: 1, CLICKS: 1, VIEWS: 2, WORDS: 5}
"""What a sign counts for: the rarer it is, the more; a click counts on top of its open."""
_HALF: Final = 0.5
"""What nobody else looked at or wrote of counts as if half a view or text had been."""

MONTHS: Final = 5
"""Whole months that are recent unless a shop says otherwise."""

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True)
class Draws:
    """What each contact did with its mails; the last four are contacts by topics.

    Attributes:
        total: Mails with which it could.
        marked: With which of them it did.
        of_topic: Recent mails of the topic with which it could.
        of_topic_before: Earlier ones.
        marks: With which of the recent ones it did.
        marks_before: With which of the earlier ones.
    """

    total: Ints
    marked: Ints
    of_topic: Ints
    of_topic_before: Ints
    marks: Ints
    marks_before: Ints

    @property
    def rate(self) -> Floats:
        """With what share of its mails each contact did."""
        return np.asarray(self.marked / np.maximum(self.total, 1))


@dataclasses.dataclass(frozen=True, slots=True)
class Channel:
    """Signs of one channel, companies by topics.

    Attributes:
        recent: Signs in the recent window.
        before: Signs before it.
        expected: Signs in the window by habit alone, if every topic were liked alike.
        expected_before: The same before it.
    """

    recent: Floats
    before: Floats
    expected: Floats
    expected_before: Floats


@dataclasses.dataclass(frozen=True, slots=True)
class Habits:
    """Everything that companies read and said.

    Attributes:
        companies: Company ids, sorted.
        topics: Topic ids, sorted: those of our mails and pages.
        since: First day of the recent window.
        mail: Contacts and mails; None where there is no mail.
        at: Position of each contact's company.
        draws: Opens and clicks by contact.
        channels: Signs by channel.
        sends: Mails of each topic that went to contacts of each company.
        views: Page views, one a row and topic.
        words: Texts, one a row and topic.
    """

    companies: npt.NDArray[np.object_]
    topics: npt.NDArray[np.object_]
    since: np.datetime64
    mail: Mail | None
    at: Ints
    draws: Mapping[str, Draws]
    channels: Mapping[str, Channel]
    sends: Floats
    views: pd.DataFrame
    words: pd.DataFrame

    @property
    def points(self) -> Ints:
        """What the signs of the recent window add up to."""
        total = sum(POINTS[name] * one.recent for name, one in self.channels.items())
        return np.asarray(total).astype(np.int64)

    @property
    def before(self) -> tuple[Floats, Floats]:
        """Signs of reading before the window, and those that habit would have brought."""
        reading = [one for name, one in self.channels.items() if name != WORDS]
        return (
            np.asarray(sum(one.before for one in reading)),
            np.asarray(sum(one.expected_before for one in reading)),
        )


@once
def habits(snap: Snapshot, months: int) -> Habits | None:
    """What companies read and said; None when no mail or page of ours is about a topic.

    Args:
        snap: Needs HasTopic, and Opened, Clicked or Visited.
        months: Whole months that are recent, with what came after them.
    """
    of_mails, of_pages = topics_of(snap, Campaign.__name__), pages(snap)
    topics = np.unique(np.concatenate([of_mails["topic"], of_pages["topic"]]))
    if not len(topics):
        return None
    since = (snap.last_whole_month - np.timedelta64(months - 1, "M")).astype("datetime64[D]")
    known, seen, said = mail(snap), views(snap), words(snap)
    contacts = known.companies if known else np.array([], dtype=object)
    companies = np.unique(np.concatenate([contacts, seen["company"], said["company"]]))
    shape = (len(companies), len(topics))
    at = positions(pd.Series(contacts), companies)
    draws, sends = {}, np.zeros(shape)
    if known is not None:
        about = _about(known, of_mails, topics)
        draws = _draws(known, about, known.days >= since)
        sends = _by_company(known.sent.astype(np.int64) @ about, at, len(companies))
    of_texts = pd.concat([topics_of(snap, one.__name__) for one in TEXTS], ignore_index=True)
    channels = {name: _drawn(one, at, len(companies)) for name, one in draws.items()}
    fresh = seen[(seen["struck"] == "").to_numpy(dtype=bool)]
    channels[VIEWS] = _counted(fresh, of_pages, (companies, topics), since)
    channels[WORDS] = _counted(said, of_texts, (companies, topics), since)
    return Habits(
        companies=companies,
        topics=topics,
        since=since,
        mail=known,
        at=at,
        draws=draws,
        channels=channels,
        sends=sends,
        views=seen.merge(of_pages, on="about"),
        words=said.merge(of_texts[of_texts["topic"].isin(topics)], on="about"),
    )


def _about(known: Mail, of_mails: pd.DataFrame, topics: npt.NDArray[np.object_]) -> Ints:
    """Which mail is about which topic."""
    pairs = of_mails[of_mails["about"].isin(known.campaigns)]
    about = np.zeros((len(known.campaigns), len(topics)), dtype=np.int64)
    rows = np.searchsorted(known.campaigns, pairs["about"].to_numpy(object))
    about[rows, np.searchsorted(topics, pairs["topic"].to_numpy(object))] = 1
    return about


def _by_company(values: Ints | Floats, at: Ints, count: int) -> Floats:
    """Values of contacts, added up over each company's."""
    total = np.zeros((count, values.shape[1]))
    np.add.at(total, at, values)
    return total


def _draws(known: Mail, about: Ints, recent: Bools) -> dict[str, Draws]:
    """Opens among the mails sent, and clicks among those opened.

    Whose opens are a machine's has none of its own: clicks are held against all that was sent.
    """
    machine = (known.machines != "")[:, None]
    clickable = np.where(machine, known.sent, known.opened)
    return {
        OPENS: _drawing(known.sent & ~machine, known.opened, about, recent),
        CLICKS: _drawing(clickable, known.clicked & clickable, about, recent),
    }


def _drawing(could: Bools, did: Bools, about: Ints, recent: Bools) -> Draws:
    did = did & could

    def by_topic(mask: Bools, when: Bools) -> Ints:
        return np.asarray(mask[:, when].astype(np.int64) @ about[when])

    return Draws(
        total=could.sum(axis=1),
        marked=did.sum(axis=1),
        of_topic=by_topic(could, recent),
        of_topic_before=by_topic(could, ~recent),
        marks=by_topic(did, recent),
        marks_before=by_topic(did, ~recent),
    )


def _drawn(one: Draws, at: Ints, count: int) -> Channel:
    rate = one.rate[:, None]
    return Channel(
        recent=_by_company(one.marks, at, count),
        before=_by_company(one.marks_before, at, count),
        expected=_by_company(rate * one.of_topic, at, count),
        expected_before=_by_company(rate * one.of_topic_before, at, count),
    )


def _counted(
    rows: pd.DataFrame,
    of_topics: pd.DataFrame,
    names: tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]],
    since: np.datetime64,
) -> Channel:
    """Views or texts of each company and topic.

    By habit, a company's are a sample of those of all the others: so many of a topic, so many of
    late. Its own are left out, or who looks at most would be what is usual.
    """
    companies, topics = names
    owner = positions(rows["company"], companies)
    everything = np.bincount(owner, minlength=len(companies))
    late = rows["on"].to_numpy("datetime64[D]") >= since
    about = rows.assign(late=late).merge(of_topics[of_topics["topic"].isin(topics)], on="about")
    cells = np.zeros((2, len(companies), len(topics)))
    np.add.at(
        cells,
        (
            about["late"].to_numpy(dtype=np.int64),
            positions(about["company"], companies),
            positions(about["topic"], topics),
        ),
        1.0,
    )
    others = (len(rows) - everything)[:, None]
    theirs = cells.sum(axis=(0, 1)) - cells.sum(axis=0)
    usual = everything[:, None] * np.maximum(theirs, _HALF) / np.maximum(others, 1)
    own_late = np.bincount(owner, weights=late, minlength=len(companies))
    recently = (late.sum() - own_late[:, None] + _HALF) / (others + 2 * _HALF)
    return Channel(cells[1], cells[0], usual * recently, usual * (1 - recently))
