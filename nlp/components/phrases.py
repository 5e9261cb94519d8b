"""Finding many phrases at once, however they are hyphenated, spaced or capitalised.

"5-axis", "5 axis" and "5axis" are the same words; so are "17-4PH" and "17-4 PH". A table of phrases
is a tree of words, so that a shop's thousand customers cost no more to look for than ten.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, NamedTuple, TypeVar

_WORD: Final = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
# What may stand between the words of one name without changing it.
_GLUE: Final = frozenset("-/'\"()®™*·")
_SHORT: Final = 4

V = TypeVar("V")


class Word(NamedTuple):
    """One word, number or sign of a text, with the form it is compared by."""

    key: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a text in order; letters and digits are parted, hyphens and slashes left out.

    Examples:
        >>> [word.key for word in words("17-4PH, 5-axis & Café")]
        ['17', '4', 'ph', ',', '5', 'axis', 'and', 'cafe']
    """
    return [
        Word(_plain(match[0]), match.start(), match.end())
        for match in _WORD.finditer(text)
        if match[0] not in _GLUE
    ]


def _plain(word: str) -> str:
    """Lower case without accents."""
    if word == "&":
        return "and"
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def key_of(phrase: str) -> tuple[str, ...]:
    """The words that a phrase is compared by; full stops and commas do not count."""
    return tuple(word.key for word in words(phrase) if word.key not in {".", ","})


class Found(NamedTuple, Generic[V]):
    """A phrase found in a text: the characters it takes and what it stands for."""

    start: int
    end: int
    values: tuple[V, ...]


@dataclass(slots=True)
class _Branch(Generic[V]):
    children: dict[str, "_Branch[V]"] = field(default_factory=dict)
    values: tuple[V, ...] = ()


class PhraseTable(Generic[V]):
    """Phrases and what they stand for.

    Args:
        number_may_follow: Whether a phrase may run into a number, as in "#IMTS2024".
    """

    def __init__(self, *, number_may_follow: bool = False) -> None:
        self._number_may_follow = number_may_follow
        self._root: _Branch[V] = _Branch()

    def add(self, phrase: str, value: V, *, plural: bool = False) -> None:
        """Know a phrase; with `plural`, also its plural."""
        key = key_of(phrase)
        if not key:
            return
        self._insert(key, value)
        if plural and key[-1].isalpha() and not key[-1].endswith("s"):
            self._insert((*key[:-1], key[-1] + "s"), value)

    def _insert(self, key: Sequence[str], value: V) -> None:
        branch = self._root
        for word in key:
            branch = branch.children.setdefault(word, _Branch())
        if value not in branch.values:
            branch.values = (*branch.values, value)

    def find(self, text: str, found: Sequence[Word]) -> Iterator[Found[V]]:
        """The longest phrase at every word where one begins, in order; they may overlap.

        Args:
            text: The text.
            found: Its `words`.
        """
        for first, word in enumerate(found):
            if word.key not in self._root.children or _joined(text, word.start - 1, word.start):
                continue
            best = self._walk(text, found, first)
            if best is not None:
                last, values = best
                yield Found(word.start, found[last].end, values)

    def _walk(
        self, text: str, found: Sequence[Word], first: int
    ) -> tuple[int, tuple[V, ...]] | None:
        branch = self._root
        best: tuple[int, tuple[V, ...]] | None = None
        at = first
        while at < len(found):
            word = found[at]
            deeper = branch.children.get(word.key)
            if deeper is None:
                # "St. Louis", "Mfg. Works" and "D1.1": such a stop does not part a name.
                if word.key == "." and at > first and _no_end(found, at):
                    at += 1
                    continue
                break
            branch = deeper
            if branch.values and self._ends(text, word.end):
                best = (at, branch.values)
            at += 1
        return best

    def _ends(self, text: str, end: int) -> bool:
        """Whether a phrase may end here: no letter or digit goes on."""
        if not _joined(text, end - 1, end):
            return True
        return self._number_may_follow and text[end].isdigit() and not text[end - 1].isdigit()


def _no_end(found: Sequence[Word], at: int) -> bool:
    """Whether a full stop belongs to an abbreviation or a decimal, and ends no sentence."""
    before = found[at - 1]
    if before.key.isalpha():
        return len(before.key) <= _SHORT
    after = found[at + 1] if at + 1 < len(found) else None
    return after is not None and before.end + 1 == after.start and after.key.isdigit()


def _joined(text: str, left: int, right: int) -> bool:
    """Whether two neighbouring characters belong to one word or number."""
    if left < 0 or right >= len(text):
        return False
    return text[left].isalnum() and text[right].isalnum()
