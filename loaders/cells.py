"""Cells of a column to values of one kind: a value, an empty cell, or a reason; nothing else.

Parsers see each distinct spelling once, so that a million rows cost as much as their variety.
"""

import dataclasses
import re
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graphkit.schema import Kind

_BLANKS = ["n/a", "#n/a", "null", "(null)", "(blank)", "\\n", "-", "--", "---", "\u2013", "\u2014"]
"""What exports write for nothing, apart from nothing."""


@dataclasses.dataclass(frozen=True, slots=True)
class Habits:
    """How a file writes what could be read in two ways.

    Attributes:
        day_first: Whether 03/05/2025 is the third of May.
        decimal_comma: Whether 1.234 is a thousand and more.
    """

    day_first: bool = False
    decimal_comma: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Parsed:
    """A column read.

    Attributes:
        values: The values, texts as a dictionary; empty where the cell is blank or bad.
        bad: Which cells could not be read.
    """

    values: pa.Array
    bad: np.ndarray


@dataclasses.dataclass(frozen=True, slots=True)
class Parser:
    """How cells of one sort are read.

    Attributes:
        kind: What comes out.
        wanted: What a good cell is, with an example, for the message about a bad one.
        read: Distinct spellings (trimmed, blanks as "") and the file's habits to values.
    """

    kind: Kind
    wanted: str
    read: Callable[[pa.Array, Habits], Parsed]


def clean(cells: pa.Array) -> pa.Array:
    """Cells without space around them, and "" for whatever stands for nothing."""
    spaced = pc.replace_substring_regex(cells, "[\\s\u00a0\u202f]+", " ")
    trimmed = pc.utf8_trim_whitespace(spaced)
    trimmed = pc.replace_substring_regex(trimmed, "^'([=+@-])", r"\1")  # text in a spreadsheet
    nothing = pc.is_in(pc.utf8_lower(trimmed), value_set=pa.array(_BLANKS))
    return pc.if_else(nothing, "", trimmed)


def distinct(cells: pa.Array) -> pa.Array:
    """Each spelling of a column once, cleaned."""
    return clean(cells.dictionary_encode().dictionary)


def parse(parser: Parser, cells: pa.Array, habits: Habits) -> Parsed:
    """A column read by a parser.

    Args:
        parser: Reads the spellings.
        cells: The column as text.
        habits: How the file writes dates and numbers.
    """
    encoded = cells.dictionary_encode()
    read = parser.read(clean(encoded.dictionary), habits)
    values = read.values.cast(parser.kind.arrow)
    bad = read.bad[np.asarray(encoded.indices)]
    if parser.kind is not Kind.TEXT:
        return Parsed(values.take(encoded.indices), bad)
    once = values.dictionary_encode()  # two spellings may say the same
    places = once.indices.take(encoded.indices)
    return Parsed(pa.DictionaryArray.from_arrays(places, once.dictionary), bad)


def each(kind: Kind, read_one: Callable[[str], object]) -> Callable[[pa.Array, Habits], Parsed]:
    """A reader made of a function of one spelling; None means that it cannot be read."""

    def read(spellings: pa.Array, _: Habits) -> Parsed:
        texts = spellings.to_pylist()
        values = [read_one(text) if text else None for text in texts]
        bad = [bool(text) and value is None for text, value in zip(texts, values, strict=True)]
        return Parsed(pa.array(values, kind.arrow), np.array(bad, dtype=bool))

    return read


def _text(spellings: pa.Array, _: Habits) -> Parsed:
    values = pc.if_else(pc.equal(spellings, ""), pa.scalar(None, pa.string()), spellings)
    return Parsed(values, np.zeros(len(spellings), dtype=bool))


TEXT = Parser(Kind.TEXT, "text", _text)


NAME = Parser(Kind.TEXT, "a name", _text)
"""Text of which all spellings of a file that differ in case are one (see `spelled_once`)."""


def spelled_once(cells: pa.Array) -> pa.Array:
    """Names with one spelling for all that differ in case: mixed case, whatever comes first.

    Args:
        cells: A column of names, as a dictionary; of the whole file, whichever rows are read of it.
    """
    chosen: dict[str, str] = {}
    texts = clean(cells.dictionary).to_pylist()
    for text in texts:
        known = chosen.get(text.casefold(), text)
        chosen[text.casefold()] = min(known, text, key=_loud)
    names = pa.array([chosen[text.casefold()] for text in texts], pa.string())
    return pa.DictionaryArray.from_arrays(cells.indices, names)


def _loud(text: str) -> tuple[bool, bool, str]:
    return text.isupper(), text.islower(), text


_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")


def _email(text: str) -> str | None:
    found = _EMAIL.fullmatch(text.removeprefix("mailto:").strip("<> "))
    return found[0].casefold() if found else None


EMAIL = Parser(Kind.TEXT, "an e-mail address such as pat@example.com", each(Kind.TEXT, _email))

_DOMAIN = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?(?:[^/@]*@)?(?:www\d?\.)?([^/:?#\s]+\.[^/:?#\s.]+)")


def _domain(text: str) -> str | None:
    found = _DOMAIN.match(text.casefold())
    return found[1].strip(".") if found else None


DOMAIN = Parser(Kind.TEXT, "a web domain such as example.com", each(Kind.TEXT, _domain))

_YES = frozenset(
    {"yes", "y", "true", "t", "1", "-1", "x", "unsubscribed", "opted out", "opted-out"}
)
_NO = frozenset({"no", "n", "false", "f", "0", "subscribed", "opted in", "opted-in"})


def _flag(text: str) -> bool | None:
    folded = text.casefold()
    return True if folded in _YES else False if folded in _NO else None


FLAG = Parser(Kind.FLAG, "yes or no", each(Kind.FLAG, _flag))
