"""Which of two figures was so before, and which is so now: "net 45, was net 30", "800 to 300"."""

import re
from typing import Final

from nlp.components.document import Mention

_APART: Final = 60
"""Characters between two figures that are compared with each other."""
_BECOMES: Final = re.compile(
    r"\bto\s*(?:only |just |about |an? |the )?$|->|\u2192|"
    r"\b(?:replaced|superseded|swapped|switched|changed) (?:out )?(?:by|with|w/|for)\s*$",
    re.IGNORECASE,
)
_NOW: Final = re.compile(
    r"\b(?:now|today|newest|becomes?|became|this (?:year|yr|quarter|month))\b", re.IGNORECASE
)
_WORDS: Final = frozenset({"PROCESS", "FINISH"})
"""What may well stand beside another of its kind: "milling now in house, turning stays out"."""
_WAS: Final = re.compile(
    r"(?:\b(?:(?:was|were)(?: (?:gonna|going to|supposed to) be)?|used to be|vs\.?|versus|"
    r"instead of|rather than|up from|down from|"
    r"compared to|it was|had been|last (?:year|yr|quarter|month|time))|\((?:up |down )?from)"
    r"\s(?:the |an? |usual |only |one |fat |same |just |always )*$|\bwe ran\s$",
    re.IGNORECASE,
)
_ONCE: Final = re.compile(
    r"\b(?:used to (?:be|buy|order|take|run|pay)|was|were|had been|"
    r"last (?:year|yr|quarter|month|time))\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)


def old_and_new(text: str, one: Mention, other: Mention) -> tuple[Mention, Mention] | None:
    """The one that was so and the one that is so now; None where they are not compared.

    Args:
        text: The whole text.
        one: A figure.
        other: One of the same kind that follows it.
    """
    between = text[one.end : other.start]
    if len(between) > _APART or _differ(_time(one), _time(other)) or _kind(one) != _kind(other):
        return None
    if _WAS.search(between):
        return other, one
    if _BECOMES.search(between):
        return one, other
    if one.label in _WORDS:
        return None
    if _NOW.search(between) or _ONCE.search(text[max(0, one.start - _APART) : one.start]):
        return one, other
    return None


def _time(mention: Mention) -> str:
    """In what time so many pieces are bought: "mo" of "2000 ea/mo"; empty where nobody says."""
    return mention.canonical.partition("/")[2] if mention.label == "QUANTITY" else ""


def _kind(mention: Mention) -> str:
    """Which of several things a finish is: "carburize to 58-62 HRC" changes nothing."""
    first = mention.canonical.partition(" ")[0]
    return first if mention.label == "FINISH" and first in {"Ra", "Rz", "hardness"} else ""


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other
