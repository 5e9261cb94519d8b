"""Who has begun to read and talk about which topic, and may be considering to grow in it."""

import dataclasses
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

from graphkit.analyses.interest.chance import Chance, chance
from graphkit.analyses.interest.habit import CLICKS, MONTHS, OPENS, VIEWS, WORDS, Habits, habits
from graphkit.analyses.interest.ledger import Ledger
from graphkit.analyses.interest.query import cypher
from graphkit.analyses.interest.quotes import quotes_in_topics
from graphkit.analyses.interest.views_and_words import topic_names
from graphkit.analyses.wording import counted, listed, month_name, when_enough
from graphkit.findings import Effect, Evidence, Finding, Level, Ref, level_of
from graphkit.plugins import analysis
from graphkit.snapshot import Snapshot
from graphkit.statistics.multiplicity import benjamini_hochberg

INTEREST: Final = "topic-interest"
CONSIDERING: Final = "considering-growth"
LEAST_SENDS: Final = 8
_LEAST_CHANNELS: Final = 2
_LEAST_DAYS: Final = 2
_INTERVAL: Final = 0.9
_ONE: Final = {OPENS: "open", CLICKS: "click", VIEWS: "page view", WORDS: "note or post"}
_SEVERAL: Final = {WORDS: "notes and posts"}

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@analysis(
    "topics",
    question="Who has begun to read about which topic, and may be considering to grow in it?",
    needs=("HasTopic",),
    kinds=(INTEREST, CONSIDERING),
)
def topics(snap: Snapshot, *, months: int = MONTHS, least_ratio: float = 1.5) -> Iterator[Finding]:
    """Companies that read and say more of a topic than their habit would bring.

    The company is the subject, its contacts are the evidence: each contact's opens and clicks of
    the topic are held against the same contact's other mails, so that who opens much is not taken
    for somebody interested, and how much the company has always liked the topic is taken off. What
    machines opened and scanners clicked is struck out first.

    Args:
        snap: Needs HasTopic, and Opened, Clicked or Visited.
        months: Whole months that are recent, with what came after them.
        least_ratio: Signs, over those to be expected, below which nothing is told.

    Yields:
        A finding a company and topic, another where the company also speaks of the topic or asks
        for quotes in it, and one a customer of whom it cannot be told.
    """
    known = habits(snap, months)
    if known is None:
        return
    teller = _Teller(snap, known, chance(known), least_ratio)
    yield from teller.told(INTEREST)
    yield from teller.told(CONSIDERING)
    yield from teller.too_little()


@dataclasses.dataclass(frozen=True, slots=True)
class _Said:
    """A company and topic that something is told of."""

    company: int
    topic: int
    level: Level
    p: float
    q: float
    of: int


class _Teller:
    """Tells of every company and topic what is unusual.

    Args:
        snap: The graph.
        known: What was read and said.
        found: How likely that is by habit.
        least_ratio: Signs over those to be expected, below which nothing is told.
    """

    def __init__(self, snap: Snapshot, known: Habits, found: Chance, least_ratio: float) -> None:
        self._snap, self._known, self._found = snap, known, found
        self._least_ratio = least_ratio
        self._names = topic_names(snap)
        self._ledger = Ledger(snap, known)
        self._quotes = quotes_in_topics(snap, known, self._names)

    @property
    def asked(self) -> Bools:
        """Of which companies and topics there is enough to ask."""
        channels = [
            self._known.sends > 0,
            *(
                (one.expected + one.expected_before > 0)
                for name, one in self._known.channels.items()
                if name in (VIEWS, WORDS)
            ),
        ]
        several = np.sum(channels, axis=0) >= _LEAST_CHANNELS
        return np.asarray((self._known.sends >= LEAST_SENDS) | several, dtype=bool)

    def told(self, kind: str) -> Iterator[Finding]:
        """The findings of one kind, each kind a family of its own."""
        asked, p = self.asked, self._found.p
        if kind == CONSIDERING:
            p = np.where(self._hinted(), p, 1.0)
        q = benjamini_hochberg(np.where(asked, p, np.nan).ravel()).reshape(p.shape)
        of = int(asked.sum())
        per_company = asked.sum(axis=1)
        for company, topic in np.argwhere(asked).tolist():
            # One in twenty of every topic of every company would be a crowd: a watch stands out
            # among the questions that are asked of the same company.
            alone = min(float(p[company, topic]) * int(per_company[company]), 1.0)
            level = level_of(alone, float(q[company, topic]))
            if level is None or self._ratio(company, topic).value < self._least_ratio:
                continue
            if self._ledger.days(company, topic) < _LEAST_DAYS:
                continue
            chances = float(p[company, topic]), float(q[company, topic])
            said = _Said(company, topic, level, *chances, of)
            yield self._interest(said) if kind == INTEREST else self._considering(said)

    def _hinted(self) -> Bools:
        """Where the company both reads about a topic and speaks of it, or asks for quotes in it."""
        channels = self._known.channels
        reads = sum(one.recent for name, one in channels.items() if name != WORDS)
        return np.asarray((reads > 0) & (channels[WORDS].recent + self._quotes.counts > 0))

    def _ratio(self, company: int, topic: int) -> Effect:
        """Signs over those to be expected, with the interval of a Poisson count."""
        channels = self._known.channels.values()
        seen = sum(float(one.recent[company, topic]) for one in channels)
        usual = self._expected(company, topic)
        low = stats.chi2.ppf((1 - _INTERVAL) / 2, 2 * seen) / 2 if seen else 0.0
        high = stats.chi2.ppf((1 + _INTERVAL) / 2, 2 * seen + 2) / 2
        return Effect(
            seen / usual, float(low) / usual, float(high) / usual, "signs / signs by habit"
        )

    def _expected(self, company: int, topic: int) -> float:
        usual = sum(float(one.expected[company, topic]) for one in self._known.channels.values())
        return max(usual * float(self._found.liking[company, topic]), 1e-6)

    def _interest(self, said: _Said) -> Finding:
        subject, topic = self._refs(said)
        return self._finding(
            said,
            INTEREST,
            f"{subject.name} has begun to take an interest in {topic.name}: since"
            f" {month_name(self._known.since.astype('datetime64[M]'))} {self._signs(said)}, where"
            f" its habit would bring {self._expected(said.company, said.topic):.1f} signs.",
            f"{self._whom(said)} what it works on in {topic.name}, and show what we do in it.",
        )

    def _considering(self, said: _Said) -> Finding:
        subject, topic = self._refs(said)
        quotes = int(self._quotes.counts[said.company, said.topic])
        asks = f", and it asked for {counted(quotes, 'quote')} in it" if quotes else ""
        return self._finding(
            said,
            CONSIDERING,
            f"{subject.name} may be considering to grow in {topic.name}: since"
            f" {month_name(self._known.since.astype('datetime64[M]'))} {self._signs(said)}{asks}."
            " That is a hypothesis: nobody said so.",
            f"{self._whom(said)} whether something is planned in {topic.name}, before anybody else"
            " is asked to quote.",
        )

    def _finding(self, said: _Said, kind: str, statement: str, advice: str) -> Finding:
        subject, topic = self._refs(said)
        since = str(self._known.since)
        return Finding(
            kind=kind,
            level=said.level,
            subject=subject,
            object=topic,
            statement=statement,
            as_of=self._snap.as_of,
            evidence=tuple(self._figures(said, kind)),
            effect=self._ratio(said.company, said.topic),
            p=said.p,
            q=said.q,
            n=int(self._known.sends[said.company, said.topic]),
            test=self._test(said, kind),
            advice=advice,
            cypher=cypher(subject.id, topic.id),
            details={
                "since": since,
                "liked_before": round(float(self._found.liking[said.company, said.topic]), 2),
                "ledger": self._ledger.told(said.company, said.topic),
                "notes": self._notes(),
            },
        )

    def _figures(self, said: _Said, kind: str) -> Iterator[Evidence]:
        at = said.company, said.topic
        for name, one in self._known.channels.items():
            seen, usual = int(one.recent[at]), float(one.expected[at] * self._found.liking[at])
            yield Evidence(
                f"{name} since {self._known.since} (by habit {usual:.1f})",
                seen,
                name,
                self._ledger.sources(*at, name),
            )
        struck = sum(one["struck_out"] for one in self._ledger.told(*at))
        yield Evidence("opens, clicks and views struck out", struck)
        if kind == CONSIDERING and self._quotes.counts[at]:
            yield Evidence(
                "quotes asked for in the topic",
                int(self._quotes.counts[at]),
                "quotes",
                self._quotes.sources(*at),
            )

    def _signs(self, said: _Said) -> str:
        """Such as "3 opens, 1 click and 2 notes and posts"."""
        found = []
        for name, one in self._known.channels.items():
            count = int(one.recent[said.company, said.topic])
            if count:
                several = _SEVERAL.get(name, f"{_ONE[name]}s")
                found.append(f"{count} {_ONE[name] if count == 1 else several}")
        return " and ".join([part for part in (", ".join(found[:-1]), found[-1]) if part])

    def _whom(self, said: _Said) -> str:
        keen = self._ledger.keenest(said.company, said.topic)
        if keen:
            return f"Ask {listed(keen)}"
        return "Ask whom you know there, by telephone rather than by mail,"

    def _test(self, said: _Said, kind: str) -> str:
        both = " (1 where it reads only, or speaks of it only)" if kind == CONSIDERING else ""
        return (
            "exact chance of so many signs (an open and a click on top of it count 1 each, a page"
            " view 2, a note, post or project 5) if each contact's opens and clicks fell on the"
            " topic as on its other mails (hypergeometric) and views and texts as those of all"
            f" others, times how much the company liked the topic before{both};"
            f" Benjamini-Hochberg over {counted(said.of, 'question')}"
        )

    def _notes(self) -> list[str]:
        """What is assumed of recipients and clocks."""
        mail = self._known.mail
        if mail is None:
            return []
        notes = [mail.clocks.told]
        if not mail.listed:
            notes.append(
                "There is no list of recipients: every contact that had been seen before a campaign"
                " is taken to have got it."
            )
        return notes

    def _refs(self, said: _Said) -> tuple[Ref, Ref]:
        topic = self._known.topics[said.topic]
        subject = self._snap.ref(self._known.companies[said.company])
        return subject, Ref("Topic", topic, self._names[topic])

    def too_little(self) -> Iterator[Finding]:
        """Customers of whom it cannot be told."""
        enough = np.asarray(self.asked.any(axis=1))
        place = {company: at for at, company in enumerate(self._known.companies.tolist())}
        for company in sorted(self._snap.customers.index):
            at = place.get(company)
            if at is None or not enough[at]:
                sends = int(self._known.sends[at].max(initial=0)) if at is not None else 0
                yield self._cannot_tell(company, sends)

    def _cannot_tell(self, company: str, sends: int) -> Finding:
        subject = self._snap.ref(company)
        mail = self._known.mail
        wait = -1
        if mail is not None and sends:
            span = (np.datetime64(self._snap.as_of) - mail.days.min()).astype(int) / 30.4
            wait = int(np.ceil((LEAST_SENDS - sends) * max(span, 1.0) / sends))
        when = when_enough(self._snap.last_whole_month, wait)
        return Finding(
            kind=INTEREST,
            level=Level.CANNOT_TELL,
            subject=subject,
            statement=(
                f"What {subject.name} reads about cannot be told from"
                f" {counted(sends, 'mail')} of any one topic to its contacts; {when}."
            ),
            as_of=self._snap.as_of,
            evidence=(Evidence("mails of the topic most sent", sends, "mails"),),
            n=sends,
            test=f"needs {LEAST_SENDS} mails of a topic, or {_LEAST_CHANNELS} channels",
            advice="Take its contacts onto the mailing list.",
            details={"months_until_enough": wait},
        )
