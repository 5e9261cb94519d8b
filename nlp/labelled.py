"""Labelled texts: one JSON object a line, as they are judged by and learned from.

`{"id": "n1", "kind": "note", "date": "2026-03-31", "text": "...", "entities": [[0, 9, "COMPANY",
"Bolt Gear"], ...], "relations": [[0, "ORDERS", 1, "asserted"], ...]}`. Start and end are characters
of the text; head and tail are places in the list of entities, or "US", the shop, or "ACCOUNT", the
company that the text is filed under; the tail of HAS_SIGNAL is a signal, such as SLOW_PAY.
"""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from graphkit.errors import UnreadableError

SIGNAL: Final = "HAS_SIGNAL"
US: Final = "US"
ACCOUNT: Final = "ACCOUNT"
POLARITIES: Final = ("asserted", "negated", "hedged")
_SHAPE: Final = '{"id": "n1", "text": "...", "entities": [], "relations": []}'


class Entity(NamedTuple):
    """A stretch of text that names something."""

    start: int
    end: int
    label: str
    canonical: str


class Fact(NamedTuple):
    """What a text says of two entities, or of one entity and a signal.

    Head and tail are places in the list of entities, "US", or the name of a signal.
    """

    head: int | str
    label: str
    tail: int | str
    polarity: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and what it says.

    Attributes:
        id: Its id.
        text: The text.
        entities: What it names, in the order in which facts count them.
        facts: What it says.
        kind: note, call, email, anecdote, post or project.
        date: Day on which it was written.
        account: Name of the company that it is filed under or posted by.
    """

    id: str
    text: str
    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    kind: str = "note"
    date: dt.date | None = None
    account: str | None = None

    def as_json(self) -> str:
        """The line of a file."""
        shown = {
            "id": self.id,
            "kind": self.kind,
            "date": self.date.isoformat() if self.date else None,
            "text": self.text,
            **({"account": self.account} if self.account else {}),
            "entities": [list(one) for one in self.entities],
            "relations": [list(one) for one in self.facts],
        }
        return json.dumps(shown, ensure_ascii=False)


def labelled_texts(path: Path) -> list[Labelled]:
    """The texts of a file, with labels or without.

    Args:
        path: JSON lines.

    Raises:
        UnreadableError: A line is no text with labels; names the line and what is wrong.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # a text may hold other breaks
    except UnicodeDecodeError as error:
        raise UnreadableError("this is no UTF-8 text.", where=str(path)) from error
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}.", where=str(path)) from error
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(_labelled(json.loads(line)))
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                missing = isinstance(error, KeyError)
                what = f"{error} is missing" if missing else str(error)
                raise UnreadableError(
                    f"this is no text in the form that is read: {what}.",
                    where=f"{path}, line {number}",
                    next_step=f"write one JSON object a line, such as {_SHAPE}",
                ) from error
    return found


def _labelled(one: dict[str, Any]) -> Labelled:
    text = one["text"]
    if not isinstance(text, str):
        raise TypeError("its text is no text")
    entities = tuple(Entity(*each) for each in one.get("entities") or [])
    for each in entities:
        if not 0 <= each.start < each.end <= len(text):
            raise ValueError(f"the text has no characters {each.start} to {each.end}")
    facts = tuple(Fact(*each) for each in one.get("relations") or [])
    for fact in facts:
        _check(fact, len(entities))
    date = one.get("date")
    return Labelled(
        str(one["id"]),
        text,
        entities,
        facts,
        str(one.get("kind") or "note"),
        dt.date.fromisoformat(date) if date else None,
        one.get("account") or None,
    )


def _check(fact: Fact, count: int) -> None:
    ends = (fact.head,) if fact.label == SIGNAL else (fact.head, fact.tail)
    for end in ends:
        if end not in (US, ACCOUNT) and not (isinstance(end, int) and 0 <= end < count):
            raise ValueError(f"{fact.label} is of an entity that is not there: {end!r}")
    if fact.polarity not in POLARITIES:
        raise ValueError(f"{fact.polarity!r} is none of {', '.join(POLARITIES)}")


def written(texts: Iterable[Labelled]) -> str:
    """Texts as the lines of a file."""
    return "".join(f"{one.as_json()}\n" for one in texts)
