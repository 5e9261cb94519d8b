"""Where names, e-mail addresses and telephone numbers stand in a text, and the text without them.

What is looked for is a sequence of words, however they are written: "Doe, Jane", "jane.doe" and
"Jane A. Doe" are the same two words. Time grows with the length of the text and no faster.
"""

import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

PERSON, MAIL, PHONE, KEPT = "person", "e-mail", "phone", ""
"""What a stretch of text is; KEPT for the name of a company, which stays."""

_WORD = re.compile(r"[^\W_]+")
_MAIL = re.compile(r"(?<![\w.+%'-])[\w.+%'-]++@[\w-]+(?:\.[\w-]+)*")
_PHONE = re.compile(
    r"(?<![\d.,])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?!\d)"
    r"|(?<!\w)\+\d[\d ().-]{6,18}\d(?!\d)"
)
_EXTENSION = re.compile(r"(?i)\s*(?:ext|extension|x|durchwahl)\.?\s*\d.*$")
_LONGEST = 8
"""Words of the longest name that is looked for."""
_FEWEST_DIGITS = 7
_NATIONAL = 10
_GAP = 3
"""Signs that may stand between two groups of a telephone number."""


class Stretch(NamedTuple):
    """A stretch of text that is not to be shown, and what it is."""

    start: int
    end: int
    kind: str
    value: str


@dataclasses.dataclass(frozen=True, slots=True)
class Masked:
    """A text without what was masked, and where what is left of it now stands.

    Attributes:
        text: The text.
        cuts: Start, end and length of the replacement of each stretch that was masked.
    """

    text: str
    cuts: tuple[tuple[int, int, int], ...] = ()

    def moved(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a span of the old text is in the new one; None where a part of it was masked."""
        shift = 0
        for cut, until, length in self.cuts:
            if start < until and cut < end:
                return None
            if until <= start:
                shift += length - (until - cut)
        return start + shift, end + shift

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the old text is in the new one, replacements that touch it included."""
        shift, low, high = 0, None, None
        for cut, until, length in self.cuts:
            if low is None and start < until:
                low = shift + (min(cut, start))
            if high is None and end <= cut:
                high = shift + end
            shift += length - (until - cut)
            if high is None and end <= until:
                high = shift + until
        return start + shift if low is None else low, end + shift if high is None else high


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return [one.casefold() for one in _WORD.findall(text)]


def sequence_of(text: str) -> str:
    """The words by which a name or address is found; middle initials say too little.

    >>> sequence_of("Jane A. Doe")
    'jane doe'
    """
    words = words_of(text)
    slim = [*words[:1], *(one for one in words[1:] if len(one) > 1)]
    return " ".join(slim if len(slim) > 1 else words)


def spellings_of(name: str) -> set[str]:
    """The sequences that a full name may be written as, its last part first included.

    >>> sorted(spellings_of("Jane A. Doe"))
    ['doe jane', 'jane doe']
    """
    sequence = sequence_of(name)
    first, _, last = sequence.rpartition(" ")
    return {one for one in (sequence, f"{last} {first}" if first else "") if one}


def digits_of(phone: str) -> set[str]:
    """The digits of a telephone number as they may be written, with and without the country's."""
    digits = re.sub(r"\D", "", _EXTENSION.sub("", phone))
    if len(digits) < _FEWEST_DIGITS:
        return set()
    return {digits, digits[-_NATIONAL:]}


class Finder:
    """Finds what is not to be shown.

    Args:
        kind_of: What a sequence of words is; None when it is nothing.
        begins: Whether a sequence that is known begins with a word.
        is_phone: Whether some digits are a known telephone number.
        by_pattern: Whether whatever looks like an address or number of telephone counts.
    """

    def __init__(
        self,
        kind_of: Callable[[str], str | None],
        begins: Callable[[str], bool],
        is_phone: Callable[[str], bool],
        by_pattern: Callable[[str], str | None],
    ) -> None:
        self._kind_of = kind_of
        self._begins = begins
        self._is_phone = is_phone
        self._by_pattern = by_pattern

    def masked(self, text: str, shown: Callable[[str, str], str]) -> Masked:
        """The text with a replacement for each stretch found.

        Args:
            text: Any text.
            shown: What stands in place of something of a kind and a value.
        """
        pieces, cuts, at = [], [], 0
        for one in self.stretches(text):
            new = shown(one.kind, one.value)
            pieces += [text[at : one.start], new]
            cuts.append((one.start, one.end, len(new)))
            at = one.end
        return Masked("".join([*pieces, text[at:]]), tuple(cuts)) if cuts else Masked(text)

    def stretches(self, text: str) -> list[Stretch]:
        """What is found, in order; no two overlap."""
        found = sorted([*self._patterns(text), *self._known(text)], key=lambda one: one.start)
        kept: list[Stretch] = []
        for one in found:  # the longer of two that overlap hides more
            if kept and one.start < kept[-1].end:
                if one.end - one.start > kept[-1].end - kept[-1].start:
                    kept[-1] = one
            else:
                kept.append(one)
        return [one for one in kept if one.kind]

    def _patterns(self, text: str) -> Iterator[Stretch]:
        if "@" in text:
            for found in _MAIL.finditer(text):
                if kind := self._by_pattern(found[0]):
                    yield Stretch(*found.span(), kind, found[0].casefold())
        for found in _PHONE.finditer(text):
            digits = re.sub(r"\D", "", found[0])[-_NATIONAL:]
            if kind := self._by_pattern(digits):
                yield Stretch(*found.span(), kind, digits)

    def _known(self, text: str) -> Iterator[Stretch]:
        words = list(_WORD.finditer(text))
        at = 0
        while at < len(words):
            found = self._sequence_at(words, at) or self._phone_at(words, at)
            if found is None:
                at += 1
                continue
            length, kind, value = found
            yield Stretch(words[at].start(), words[at + length - 1].end(), kind, value)
            at += length

    def _sequence_at(self, words: Sequence[re.Match[str]], at: int) -> tuple[int, str, str] | None:
        """How many words from one on are the longest that is known, its kind, and the words."""
        first = words[at][0].casefold()
        if not self._begins(first):
            return None
        # One word in small letters is a word, such as "will" or "mark".
        shortest = 2 if words[at][0] == first and first.isalpha() else 1
        whole: list[str] = []
        slim: list[str] = []
        best = None
        for length, found in enumerate(words[at : at + _LONGEST], start=1):
            word = found[0].casefold()
            whole.append(word)
            if length == 1 or len(word) > 1:
                slim.append(word)
            tried = [whole, slim] if len(slim) > 1 and len(word) > 1 else [whole]
            for sequence in map(" ".join, tried):
                kind = self._kind_of(sequence)
                if kind is not None and length >= shortest:
                    best = (length, kind, sequence)
        return best

    def _phone_at(self, words: Sequence[re.Match[str]], at: int) -> tuple[int, str, str] | None:
        digits, best = "", None
        for length, word in enumerate(words[at : at + _LONGEST], start=1):
            before = words[at + length - 2].end() if length > 1 else word.start()
            if not word[0].isdecimal() or word.start() - before > _GAP:
                break
            digits += word[0]
            if len(digits) >= _FEWEST_DIGITS and self._is_phone(digits):
                best = (length, PHONE, digits[-_NATIONAL:])
        return best
