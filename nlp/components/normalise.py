"""Texts as people paste them, made readable without losing where each character stood.

Notes arrive with HTML, curly quotes, odd spaces and control characters. Components see clean text;
spans are given back in the text as it was stored, so that evidence can be shown in place.
"""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_TAGS: Final = (
    "a|b|i|u|p|em|br|hr|h[1-6]|div|span|strong|small|ul|ol|li|table|thead|tbody|tr|td|th|img|font|pre|"
    "code|html|body|head|title|blockquote|section|article|header|footer|style|script|meta|link|s|o:p"
)
_BLOCKS: Final = ("br", "p", "div", "li", "tr", "h", "table", "ul", "ol", "section", "blockquote")

# Only real tags: "bore <.500 and OD >.750" is a dimension, not HTML.
_NOISE: Final = re.compile(
    rf"(?P<hidden><(?:style|script)\b[^<>]*>.*?</(?:style|script)\s*>)"
    rf"|(?P<comment><!--.*?-->)"
    rf"|(?P<tag></?(?P<name>{_TAGS})(?:\s[^<>]*)?/?>)"
    r"|(?P<entity>&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});)"
    r"|(?P<nothing>[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]+)"
    # A ruler of dots or dashes says nothing, and the tokeniser would take it apart sign by sign.
    r"|(?P<ruler>(?P<sign>[^\w\s])(?P=sign){19,})"
    r"|(?P<control>[\x00-\x08\x0b-\x1f\x7f-\x9f]+)"
    r"|(?P<space>[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])"
    r"|(?P<mark>[\u2018\u2019\u02bc\u2032`\u201c\u201d\u2033\u2010-\u2013\u2212\uff0b\uff0d])",
    re.IGNORECASE | re.DOTALL,
)
_MARKS: Final = (
    dict.fromkeys("\u2018\u2019\u02bc\u2032`", "'")
    | dict.fromkeys("\u201c\u201d\u2033", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\uff0d", "-")
    | {"\uff0b": "+"}
)


@dataclass(frozen=True, slots=True)
class Clean:
    """A readable text and where it came from.

    Attributes:
        text: What components read.
        cuts: Positions in `text` from which on the shift below holds.
        shifts: How far further on the same character stands in the text as stored.
    """

    text: str
    cuts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the stored text that a stretch of the clean text was read from."""
        if end <= start:
            return self._origin(start), self._origin(start)
        return self._origin(start), self._origin(end - 1) + 1

    def place(self, position: int) -> int:
        """Where a character of the stored text stands, or the next one that was kept."""
        return bisect_left(range(len(self.text)), position, key=self._origin)

    def _origin(self, position: int) -> int:
        at = bisect_right(self.cuts, position) - 1
        return position + (self.shifts[at] if at >= 0 else 0)


def normalise(text: str) -> Clean:
    r"""Take out what is not text, and keep the way back.

    Args:
        text: As stored.

    Returns:
        The clean text with its offset map; the same text where there was nothing to do.

    Examples:
        >>> clean = normalise("bore &plusmn;.0005<br>ASAP")
        >>> clean.text
        'bore ±.0005\nASAP'
        >>> start, end = clean.span(12, 16)
        >>> "bore &plusmn;.0005<br>ASAP"[start:end]
        'ASAP'
    """
    pieces: list[str] = []
    cuts: list[int] = []
    shifts: list[int] = []
    length = read = 0
    for match in _NOISE.finditer(text):
        kept = text[read : match.start()]
        instead = _instead(match)
        read = match.end()
        pieces += [kept, instead]
        length += len(kept) + len(instead)
        shift = read - length
        if shift != (shifts[-1] if shifts else 0):
            cuts.append(length)
            shifts.append(shift)
    if not pieces:
        return Clean(text)
    return Clean("".join(pieces) + text[read:], tuple(cuts), tuple(shifts))


def _tag(match: re.Match[str]) -> str:
    return "\n" if match["name"].lower().startswith(_BLOCKS) else ""


_INSTEAD: Final[dict[str, Callable[[re.Match[str]], str]]] = {
    "hidden": lambda _: "",
    "comment": lambda _: "",
    "nothing": lambda _: "",
    "tag": _tag,
    "entity": lambda match: html.unescape(match[0]).replace("\u00a0", " "),
    "ruler": lambda _: " ",
    "control": lambda _: " ",
    "space": lambda _: " ",
    "mark": lambda match: _MARKS[match[0]],
}


def _instead(match: re.Match[str]) -> str:
    for kind, replacement in _INSTEAD.items():
        if match[kind] is not None:
            return replacement(match)
    raise AssertionError(match)
