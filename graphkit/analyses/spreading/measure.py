"""Whether first signs of interest came soon after a contact's more often than chance has it."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.interest.views_and_words import topic_names
from graphkit.analyses.spreading.adoptions import NEVER, Adoptions, adoptions
from graphkit.analyses.spreading.contacts import Contacts, contacts
from graphkit.findings import Ref
from graphkit.snapshot import Snapshot
from graphkit.statistics.censored import Estimate
from graphkit.statistics.ranking import auc_within
from graphkit.statistics.share import Share
from graphkit.statistics.time_shuffle import count_after, shuffled_days

LEAST: Final = 20
"""First signs of companies in contact with others, below which nothing is said."""
OBSERVED: Final = 0.05
WEAK: Final = 0.6
COIN: Final = 0.5
_CUTS: Final = 8
"""Days of the past on which exposure is looked at."""
_MONTH: Final = 365.25 / 12
_LEAST_DID: Final = 5
"""Companies that took something up afterwards, below which no AUC is told."""

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True)
class Spread:
    """First signs of one topic, or of all.

    Attributes:
        adoptions: First signs.
        could: Those of companies that were in contact with others by then.
        after: Those that came soon after a contact's.
        expected: How many by chance: the same days, dealt out anew among the same companies.
        p: In what share of the shuffles, this one counted, there are as many, or as many more than
            with all contacts reversed, whichever is larger.
        auc: How often exposure told the one of two companies that took a topic up within the next
            months; None where too few did.
        exposed: Of those exposed on days of the past, the share that took the topic up then.
        others: The same of those in contact with companies of which none had.
    """

    adoptions: int
    could: int
    after: int
    expected: float
    p: float
    auc: Estimate | None
    exposed: Share
    others: Share

    @property
    def enough(self) -> bool:
        """Whether it can be told at all."""
        return self.could >= LEAST

    @property
    def observed(self) -> bool:
        """Whether more came after a contact's than in 95 % of the shuffles."""
        return self.enough and self.p <= OBSERVED


@dataclasses.dataclass(frozen=True, slots=True)
class Spreads:
    """What is known of the spread of interest.

    Attributes:
        taken_up: First signs of interest.
        contacts: Who could have heard from whom.
        names: The topics.
        topics: What was found of each.
        whole: What was found of all together.
    """

    taken_up: Adoptions
    contacts: Contacts
    names: tuple[Ref, ...]
    topics: tuple[Spread, ...]
    whole: Spread

    @property
    def worth_telling(self) -> bool:
        """Whether to name the exposed: spread was observed, and exposure did better than a coin."""
        auc = self.whole.auc
        return self.whole.observed and (auc is None or auc.value > COIN)


def spread_of_interest(
    snap: Snapshot, *, draws: int = 999, months: int = 3, seed: int = 1
) -> Spreads | None:
    """Whether interest came soon after a contact's, and how well exposure told who would be next.

    The days of a topic's first signs are dealt out anew among the companies that showed it. That
    keeps how popular a topic is and when it was. Companies in contact are alike, and alike ones
    show interest at about the same time: so there must also be more of those that came after whom
    they hear from than of those that came before.

    Args:
        snap: Needs HasTopic; Clicked, Visited or texts; Follows, Liked, Shared or Project.
        draws: How many shuffles.
        months: Within which one comes soon after the other, and after which exposure is half.
        seed: Of the shuffles.

    Returns:
        None when no company showed interest in any topic, or none is in contact with another.

    References:
        Anagnostopoulos, Kumar and Mahdian (2008); Shalizi and Thomas (2011) for its limits.
    """
    taken_up = adoptions(snap)
    tied = contacts(snap, taken_up.companies, round(months * _MONTH))
    if taken_up.rows.empty or not len(tied.to):
        return None
    past = _past(snap, taken_up, tied, months)
    called = topic_names(snap)
    found, total = [], np.zeros((2, draws + 1), dtype=np.int64)
    for topic in range(len(taken_up.topics)):
        rng = np.random.default_rng([seed, topic])
        counts = _counts(taken_up, tied, topic, draws, rng)
        total += counts
        its = (taken_up.rows["topic"] == topic).to_numpy(dtype=bool)
        found.append(_spread(taken_up, tied, its, counts, past.only(past.topic == topic)))
    every = np.ones(len(taken_up.rows), dtype=bool)
    return Spreads(
        taken_up,
        tied,
        tuple(Ref("Topic", one, called[one]) for one in taken_up.topics.tolist()),
        tuple(found),
        _spread(taken_up, tied, every, total, past),
    )


def _counts(
    taken_up: Adoptions, tied: Contacts, topic: int, draws: int, rng: np.random.Generator
) -> Ints:
    """First signs soon after a contact's, and how many more than with all contacts reversed.

    As it was, then in each shuffle.
    """
    first = taken_up.days(topic)
    who = np.flatnonzero(first < NEVER)
    place = np.full(len(first), -1)
    place[who] = np.arange(len(who))
    both = (place[tied.to] >= 0) & (place[tied.of] >= 0)
    shuffled = shuffled_days(first[who], taken_up.since[who], draws, rng)
    days = np.vstack([first[who], shuffled])
    to, of = place[tied.to[both]], place[tied.of[both]]
    after = count_after(days, to, of, tied.day[both], tied.soon)
    return np.stack([after, after - count_after(days, of, to, tied.day[both], tied.soon)])


@dataclasses.dataclass(frozen=True, slots=True)
class _Past:
    """Who was exposed to what on days of the past, and who took it up then; one a row."""

    score: Floats
    came: Bools
    topic: Ints
    cut: Ints
    company: Ints

    def only(self, rows: Bools) -> "_Past":
        return _Past(*(getattr(self, one.name)[rows] for one in dataclasses.fields(self)))

    @property
    def auc(self) -> Estimate | None:
        if len(np.unique(self.company[self.came])) < _LEAST_DID:
            return None
        group = self.topic * _CUTS + self.cut
        return auc_within(self.score, self.came, group, self.company)

    def share(self, *, exposed: bool) -> Share:
        came = self.came[(self.score > 0) == exposed]
        return Share.counted(int(came.sum()), len(came))


def _past(snap: Snapshot, taken_up: Adoptions, tied: Contacts, months: int) -> _Past:
    """Companies in contact with others that had not taken a topic up yet, on days of the past."""
    ends = snap.last_whole_month + 1 - months * np.arange(_CUTS + 1)
    days = ends.astype("datetime64[D]").astype(np.int64) - 1
    begun = int(taken_up.rows["day"].min())
    in_contact = tied.since(len(taken_up.companies))
    pieces = []
    for topic in range(len(taken_up.topics)):
        first = taken_up.days(topic)
        for cut in range(_CUTS):
            day, until = int(days[cut + 1]), int(days[cut])
            if day <= begun:
                break
            asked = (in_contact <= day) & (taken_up.since <= day) & (first > day)
            who = np.flatnonzero(asked)
            score = tied.exposure(first, day)[who]
            came = first[who] <= until
            pieces.append((score, came, np.full(len(who), topic), np.full(len(who), cut), who))
    columns = zip(*pieces, strict=True) if pieces else ([np.zeros(0)] for _ in range(5))
    score, came, *rest = (np.concatenate(column) for column in columns)
    return _Past(score, came.astype(bool), *(one.astype(np.int64) for one in rest))


def _spread(taken_up: Adoptions, tied: Contacts, rows: Bools, counts: Ints, past: _Past) -> Spread:
    """What the counts of some first signs come to; the first of each row is what was."""
    company, day = (taken_up.rows[one].to_numpy(np.int64)[rows] for one in ("company", "day"))
    return Spread(
        adoptions=int(rows.sum()),
        could=int((tied.since(len(taken_up.companies))[company] <= day).sum()),
        after=int(counts[0, 0]),
        expected=float(counts[0, 1:].mean()),
        p=float((counts >= counts[:, :1]).mean(axis=1).max()),
        auc=past.auc,
        exposed=past.share(exposed=True),
        others=past.share(exposed=False),
    )
