"""What each setting of a mapping may hold; whatever else stands there is refused, and where."""

import re
import tomllib
from collections.abc import Mapping as Map
from typing import Any

from graphkit.errors import UnknownNameError, UsageError

TEXT = "a text"
TEXTS = "a heading, or a list of headings"
FLAG = "true or false"

SETTINGS: Map[str, str] = {
    "system": TEXT, "kind": TEXT, "table": TEXT, "version": TEXT, "useless": TEXT, "report": TEXT,
    "database": TEXT, "query": TEXT, "example": TEXT, "lines": FLAG, "signs": TEXTS,
    "needs": TEXTS, "also": TEXTS, "against": TEXTS, "fill_down": TEXTS,
}  # fmt: skip
"""What stands at the top, and what it is."""

SECTIONS: Map[str, str] = {
    "columns": TEXTS, "texts": TEXTS, "values": "a text, number or true or false",
    "file_name": "a pattern with one group", "companions": TEXT,
}  # fmt: skip
"""Sections of which each key is a field, or a table, and what stands behind it."""

_LINK = ("table", "on")
PARTS: Map[str, tuple[str, ...]] = {
    "dates": ("day_first",),
    "lookup": _LINK,
    "belongs_to": _LINK,
    "part_of": (*_LINK, "because"),
    "leave_out": ("column", "is", "because"),
}
"""Sections that have keys of their own; all but dates have a section for each table or reason."""


def parsed(text: str, where: str) -> dict[str, Any]:
    """The settings of a mapping, each of the sort that it has to be.

    Args:
        text: The TOML.
        where: The file's name, for messages.

    Raises:
        UsageError: It is no TOML, or a setting holds something else than it may.
        UnknownNameError: It has a setting that there is not.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"this is no TOML: {error}", where=where) from error
    known = [*SETTINGS, *SECTIONS, *PARTS]
    for key, value in table.items():
        if key in SETTINGS:
            _check(value, SETTINGS[key], key, where)
        elif key in SECTIONS:
            for name, one in _section(value, key, where).items():
                _check(one, SECTIONS[key], f"{key}.{name}", where)
        elif key == "dates":
            _check_part(value, key, key, where)
        elif key in PARTS:
            for name, one in _section(value, key, where).items():
                _check_part(one, key, f"{key}.{name}", where)
        else:
            raise UnknownNameError.of("setting", key, known, where=where)
    return table


def _section(value: object, key: str, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UsageError(f"[{key}] must be a section", where=where)
    return value


def _check_part(value: object, key: str, name: str, where: str) -> None:
    """One table that is looked into, or one reason to leave rows out."""
    for inner, one in _section(value, name, where).items():
        if inner not in PARTS[key]:
            raise UnknownNameError.of(f"key in [{name}]", inner, list(PARTS[key]), where=where)
        if inner == "on" and isinstance(one, dict):
            for here, there in one.items():
                _check(there, TEXT, f"{name}.on.{here}", where)
        else:
            sort = (
                FLAG if inner == "day_first" else TEXTS if inner in ("on", "is", "column") else TEXT
            )
            _check(one, sort, f"{name}.{inner}", where)


def _check(value: object, sort: str, key: str, where: str) -> None:
    fits = isinstance(value, str)
    if sort == FLAG:
        fits = isinstance(value, bool)
    elif sort == TEXTS:
        fits = fits or (isinstance(value, list) and all(isinstance(one, str) for one in value))
    elif sort == SECTIONS["values"]:
        fits = isinstance(value, str | int | float)
    if not fits:
        raise UsageError(f"{key} must be {sort}, and not {value!r}", where=where)


_PIECES = re.compile(r"\\.|\[\^?\]?(?:\\.|[^]\\])*\]|\{\d+(?:,\d+)?\}|.", re.DOTALL)
"""What a pattern is written of: escapes, sets, counts and single characters."""
_MANY = r"\{(?:\d+,)?\d\d+\}"
"""A count of ten or more."""


def repeats_within(pattern: str) -> bool:
    r"""Whether a regular expression repeats a group that holds a repeat or a choice.

    Only such a one needs time that doubles with each character of a name that it nearly fits.

    >>> [repeats_within(one) for one in ("(a+)+$", "((a|b))*", "(a{1,9})*")]
    [True, True, True]
    >>> [repeats_within(one) for one in (r"(\w[+*]\+){2,}", "(?:a+){1,4}(b*)", "(a{3})+")]
    [False, False, False]
    """
    pieces = _PIECES.findall(pattern)
    inside = [False]
    for piece, following in zip(pieces, [*pieces[1:], ""], strict=True):
        if piece == "(":
            inside.append(False)
        elif piece == ")" and len(inside) > 1:
            held = inside.pop()
            if held and (following in ("+", "*", "{") or re.fullmatch(_MANY, following)):
                return True
            inside[-1] |= held
        elif piece in ("+", "*", "{", "|") or (piece.startswith("{") and "," in piece):
            inside[-1] = True
    return False
