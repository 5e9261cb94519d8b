"""What was read from one text so far: its context, mentions, cues and relations.

Components hand these on through `reading(doc)`. Spans are character offsets into `doc.text`,
since a tokeniser cuts "+/-.0005" and "17-4PH" where no machinist would.
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from spacy.tokens import Doc

Polarity = Literal["asserted", "negated", "hedged", "past", "conditional", "reported", "asked"]

_KEY: Final = "graphkit"

READING_VERSION: Final = "4"
"""Raised when a rule changes, so that texts are read again."""

US: Final = -1
"""Stands for the shop itself as head or tail of a relation."""

ACCOUNT: Final = -2
"""Stands for the account a text belongs to, where the text does not name it."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a text before it is read.

    Attributes:
        id: Id of the text.
        kind: note, post or project; anything else is read like a note.
        date: Day it was written; None leaves editions of shows to stated years.
        account: Id of the company it is filed under or posted by; None when nobody said.
        author: Who wrote it.
        given: Mentions that people labelled, in characters of the text as stored.
    """

    id: str = ""
    kind: str = "note"
    date: dt.date | None = None
    account: str | None = None
    author: str | None = None
    given: "tuple[Mention, ...]" = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names something.

    Attributes:
        start: First character.
        end: One past the last.
        label: COMPANY, TRADE_SHOW, TOLERANCE and so on.
        canonical: Normalised name or value.
        component: The component that found it.
        confidence: 0 to 1; exact names are 1, guesses by shape about one half.
        node: Id of the known company or person; None when it is not one we know.
        polarity: How the text means it.
        value: Lower (or only) figure of a quantity, in `unit`.
        upper: Upper figure of a range or tolerance band, in `unit`.
        unit: mm, um, ea, days, percent, HRC or an ISO currency.
    """

    start: int
    end: int
    label: str
    canonical: str
    component: str
    confidence: float = 1.0
    node: str | None = None
    polarity: Polarity = "asserted"
    value: float | None = None
    upper: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """Two mentions and what the text says of them.

    Attributes:
        head: Index of a mention, or US or ACCOUNT.
        label: ATTENDED, SUPPLIES, WORKS_AT and so on.
        tail: Index of a mention, or US or ACCOUNT.
        polarity: How the text means it.
        start: First character of the evidence.
        end: One past its last character.
        confidence: 0 to 1.
    """

    head: int
    label: str
    tail: int
    polarity: Polarity
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Signal:
    """What a text says of how a company is doing, such as that it is slow to pay.

    Attributes:
        head: Index of the mention of the company, or US or ACCOUNT.
        name: SLOW_PAY, ORDERS_DOWN and so on, as signals.toml names them.
        component: The component that found it.
        polarity: How the text means it.
        start: First character of the words that say so.
        end: One past their last.
        confidence: 0 to 1.
    """

    head: int
    name: str
    component: str
    polarity: Polarity
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that says how its surroundings are meant, and the stretch over which it says so."""

    start: int
    end: int
    polarity: Polarity
    scope: tuple[int, int]


@dataclass(slots=True)
class Reading:
    """Everything read from one text."""

    context: Context = field(default_factory=Context)
    mentions: list[Mention] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    topics: list[Mention] = field(default_factory=list)

    def sentence_at(self, position: int) -> tuple[int, int]:
        """Start and end of the sentence that holds a character."""
        for start, end in self.sentences:
            if start <= position < end:
                return start, end
        return (0, 0) if not self.sentences else self.sentences[-1]

    def free(self, start: int, end: int) -> bool:
        """Whether no mention overlaps a stretch."""
        return all(item.end <= start or item.start >= end for item in self.mentions)

    def prefer(self, found: list[Mention]) -> None:
        """Add mentions; where two overlap the longer one stays, of equals the one found first."""
        ranked = sorted(
            enumerate([*self.mentions, *found]),
            key=lambda item: (item[1].start - item[1].end, item[0]),
        )
        kept: list[Mention] = []
        for _, mention in ranked:
            if all(mention.end <= other.start or mention.start >= other.end for other in kept):
                kept.append(mention)
        self.mentions = sorted(kept, key=lambda item: item.start)

    def restate(self, index: int, polarity: Polarity) -> None:
        """Change how one mention is meant."""
        self.mentions[index] = replace(self.mentions[index], polarity=polarity)


def reading(doc: "Doc") -> Reading:
    """The reading that travels with a doc; made on first use."""
    found = doc.user_data.get(_KEY)
    if not isinstance(found, Reading):
        found = Reading(sentences=[(0, len(doc.text))] if doc.text else [])
        doc.user_data[_KEY] = found
    return found
