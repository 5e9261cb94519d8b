"""Sales notes, posts, projects and follows: what people said, and the truth of it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from graphkit.simulator import sentences, trade
from graphkit.simulator.calendar import RECENT, Calendar
from graphkit.simulator.mail import Contacts
from graphkit.simulator.plan import Scene
from graphkit.simulator.population import Population
from graphkit.simulator.words import SALESPEOPLE

PLATFORMS: Final = ("LinkedIn", "LinkedIn", "X", "Facebook", "Instagram")
_NOTE: Final = 0.7  # share of facts told in a note rather than in a post
_SAYS_YEAR: Final = 0.7  # share of mentions of a show which name its year
_INFERABLE: Final = 9  # days after a show within which "last week" still says which
Said = defaultdict[int, set[str]]


@dataclass(frozen=True, slots=True)
class Text:
    """One note or post; `customer` is -1 where only the text tells whom it is about."""

    day: dt.date
    customer: int
    author: str
    words: str


@dataclass(frozen=True, slots=True)
class Project:
    """One engineering project."""

    customer: int
    name: str
    start: dt.date
    end_customer: str
    description: str


@dataclass(slots=True)
class Talk:
    """All that was written, and which facts each customer's texts state."""

    notes: list[Text] = field(default_factory=list)
    posts: list[Text] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    shows: Said = field(default_factory=lambda: defaultdict(set))
    absent: Said = field(default_factory=lambda: defaultdict(set))
    perhaps: Said = field(default_factory=lambda: defaultdict(set))
    end_customers: Said = field(default_factory=lambda: defaultdict(set))
    methods: Said = field(default_factory=lambda: defaultdict(set))


class Writer:
    """Writes sentences about customers; keeps chance, calendar and people at hand."""

    def __init__(
        self, rng: np.random.Generator, who: Population, when: Calendar, whom: Contacts
    ) -> None:
        self.rng = rng
        self.who = who
        self.when = when
        self.whom = whom
        self.first = when.calendar_start
        ends = np.flatnonzero(np.diff(np.append(whom.customer, who.count)))
        begins = np.append(0, ends[:-1] + 1)
        self._people = list(zip(begins.tolist(), (ends + 1).tolist(), strict=True))
        self.talk = Talk()

    def pick(self, forms: tuple[str, ...]) -> str:
        """One of the forms."""
        return forms[int(self.rng.integers(len(forms)))]

    def lucky(self, share: float) -> bool:
        """True in this share of the cases."""
        return bool(self.rng.random() < share)

    def day(self, *, recent: bool = False) -> dt.date:
        """Any day, or any of the last five months."""
        span = (self.when.end - self.first).days
        length = min(RECENT * 30, span) if recent else span
        return self.when.end - dt.timedelta(days=int(self.rng.integers(0, length + 1)))

    def person(self, customer: int) -> str:
        """Somebody who works there."""
        begin, end = self._people[customer]
        at = int(self.rng.integers(begin, end))
        return f"{self.whom.given[at]} {self.whom.family[at]}"

    def fill(self, form: str, customer: int, **words: str) -> str:
        """The form with words about the customer; what is not given is drawn."""
        inches = trade.TOLERANCES[int(self.rng.integers(4))]
        return form.format(
            person=self.person(customer),
            number=int(self.rng.integers(5, 400)),
            tolerance=self.pick((f"+/- {inches:g}".replace("0.", "."), f"±{inches:.4f} in")),
            **{
                "company": self.who.identity.name[customer],
                "material": self.pick(trade.MATERIALS),
                "process": self.pick(tuple(trade.PROCESSES)),
                "finish": self.pick(trade.FINISHES[1:]),
                **words,
            },
        )

    def note(self, day: dt.date, customer: int, form: str, **words: str) -> None:
        """Add a sales note; one in five leaves the account field empty."""
        identity = self.who.identity
        company = (identity.note if self.lucky(0.15) else identity.name)[customer]
        text = self.fill(form, customer, company=company, **words)
        text = self.pick(sentences.OPENERS) + text + self.pick(sentences.CLOSERS)
        told = -1 if self.lucky(0.2) else customer
        self.talk.notes.append(Text(day, told, self.pick(SALESPEOPLE), text))

    def post(self, day: dt.date, customer: int, form: str, **words: str) -> None:
        """Add a post of the customer's own account."""
        text = self.fill(form, customer, **words)
        self.talk.posts.append(Text(day, customer, self.pick(PLATFORMS), text))


def talk(rng: np.random.Generator, scene: Scene, whom: Contacts) -> Talk:
    """Write everything that people said about each customer.

    Args:
        rng: Source of chance.
        scene: Customers, months and stories.
        whom: The contacts.

    Returns:
        Notes and posts by day, projects, and what they state.
    """
    writer = Writer(rng, scene.who, scene.when, whom)
    editions = [e for e in trade.EDITIONS if writer.first <= e.first and e.last <= scene.when.end]
    for customer in range(scene.who.count):
        _shows(writer, customer, editions)
        _supplies(writer, customer)
        _methods(writer, customer)
        _topics(writer, customer, int(scene.course.roles.topic[customer]))
        _everyday(writer, customer, troubled=bool(scene.course.roles.slowing[customer]))
    written = writer.talk
    written.notes.sort(key=lambda text: (text.day, text.words))
    written.posts.sort(key=lambda text: (text.day, text.words))
    return written


def _shows(writer: Writer, customer: int, editions: list[trade.Edition]) -> None:
    """Shows attended, not attended and undecided; each is told at least once."""
    chance = dict(zip(trade.SERIES, writer.who.series[customer].tolist(), strict=True))
    for edition in editions:
        if writer.lucky(chance[edition.series]):
            _attended(writer, customer, edition)
            writer.talk.shows[customer].add(edition.name)
        elif writer.lucky(0.012):
            _before(writer, customer, edition, sentences.ABSENT_NOTES, sentences.ABSENT_POSTS)
            writer.talk.absent[customer].add(edition.name)
        elif writer.lucky(0.008):
            _before(writer, customer, edition, sentences.PERHAPS_NOTES, ())
            writer.talk.perhaps[customer].add(edition.name)
        elif writer.lucky(0.002):
            day = edition.first - dt.timedelta(days=int(writer.rng.integers(20, 60)))
            form = writer.pick(sentences.OUR_NOTES)
            writer.talk.notes.append(
                Text(day, -1, writer.pick(SALESPEOPLE), form.format(show=edition.name))
            )


def _attended(writer: Writer, customer: int, edition: trade.Edition) -> None:
    """A note or a post, soon after or during; the year is named, or follows from the day."""
    short = f"{edition.series} '{edition.first.year % 100:02d}"
    tag = "#" + "".join(c for c in edition.series if c.isalnum()) + str(edition.first.year)
    if writer.lucky(_NOTE):
        later = int(writer.rng.integers(0, _INFERABLE))
        day = min(edition.last + dt.timedelta(days=later), writer.when.end)
        if writer.lucky(_SAYS_YEAR):
            show = writer.pick((edition.name, edition.name, short))
            writer.note(day, customer, writer.pick(sentences.ATTENDED_NOTES), show=show)
        else:
            form = writer.pick(sentences.ATTENDED_NOTES_UNDATED)
            writer.note(day, customer, form, show=edition.series)
    else:
        length = (edition.last - edition.first).days
        day = edition.first + dt.timedelta(days=int(writer.rng.integers(0, length + 1)))
        show = edition.name if writer.lucky(_SAYS_YEAR) else edition.series
        form = writer.pick(sentences.ATTENDED_POSTS)
        writer.post(day, customer, form, show=writer.pick((show, show, tag)), tag=tag)


def _before(
    writer: Writer,
    customer: int,
    edition: trade.Edition,
    notes: tuple[str, ...],
    posts: tuple[str, ...],
) -> None:
    """Something said in the weeks before a show, with its year."""
    day = max(edition.first - dt.timedelta(days=int(writer.rng.integers(3, 40))), writer.first)
    if posts and not writer.lucky(_NOTE):
        writer.post(day, customer, writer.pick(posts), show=edition.name)
    else:
        writer.note(day, customer, writer.pick(notes), show=edition.name)


def _supplies(writer: Writer, customer: int) -> None:
    """Each end customer is told in a note, a post or a project's column."""
    for end in writer.who.end_customers[customer]:
        writer.talk.end_customers[customer].add(end)
        if writer.lucky(0.25):
            method = writer.pick(tuple(writer.who.methods[customer]))
            _project(writer, customer, method, end)
        elif writer.lucky(_NOTE):
            writer.note(writer.day(), customer, writer.pick(sentences.SUPPLIES_NOTES), end=end)
        else:
            writer.post(writer.day(), customer, writer.pick(sentences.SUPPLIES_POSTS), end=end)


def _methods(writer: Writer, customer: int) -> None:
    """Three in four methods are told; the others stay unknown."""
    for method in writer.who.methods[customer]:
        if writer.lucky(0.4):
            _project(writer, customer, method, "")
        elif writer.lucky(0.6):
            told = writer.talk.methods[customer]
            told.add(method)
            if writer.lucky(_NOTE):
                form = writer.pick(sentences.METHOD_NOTES)
                writer.note(writer.day(), customer, form, method=method)
            else:
                form = writer.pick(sentences.METHOD_POSTS)
                writer.post(writer.day(), customer, form, method=method)


def _project(writer: Writer, customer: int, method: str, end: str) -> None:
    """A project that tries a method, perhaps for an end customer."""
    part = writer.pick(sentences.PROJECT_PARTS)
    description = writer.fill(writer.pick(sentences.DESCRIPTIONS), customer, method=method)
    if end and writer.lucky(0.5):
        description += writer.pick(sentences.DESCRIPTIONS_FOR).format(end=end)
    writer.talk.methods[customer].add(method)
    name = writer.pick(sentences.PROJECT_NAMES).format(part=part)
    writer.talk.projects.append(Project(customer, name, writer.day(), end, description))


def _topics(writer: Writer, customer: int, growing: int) -> None:
    """Growing interest shows in one to three recent texts; others mention a topic now and then."""
    topics = tuple(writer.who.topics)
    if growing >= 0:
        for _ in range(int(writer.rng.integers(1, 4))):
            form = writer.pick(sentences.TOPIC_NOTES)
            writer.note(writer.day(recent=True), customer, form, topic=topics[growing])
    elif writer.lucky(0.15):
        form = writer.pick(sentences.TOPIC_POSTS)
        writer.post(writer.day(), customer, form, topic=writer.pick(topics))
    elif writer.lucky(0.15):
        form = writer.pick(sentences.TOPIC_NOTES)
        writer.note(writer.day(), customer, form, topic=writer.pick(topics))


def _everyday(writer: Writer, customer: int, *, troubled: bool) -> None:
    """What says nothing much; some of those in trouble, and a few others, let it show."""
    months = writer.when.months
    for _ in range(int(writer.rng.poisson(0.07 * months))):
        writer.note(writer.day(), customer, writer.pick(sentences.EVERYDAY_NOTES))
    for _ in range(int(writer.rng.poisson(0.05 * months))):
        writer.post(writer.day(), customer, writer.pick(sentences.EVERYDAY_POSTS))
    if writer.lucky(0.4 if troubled else 0.03):
        form = writer.pick(sentences.TROUBLE_NOTES)
        writer.note(writer.day(recent=True), customer, form)
