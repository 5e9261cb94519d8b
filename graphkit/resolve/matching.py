"""How alike two names are, in log-odds that they mean one company.

A word counts by its rarity among the shop's own names: "Precision" says little, "Tamarack" much.
Words that only one of two names has make it shorter or longer; words that both have in the same
place, but different ones, make two companies, however alike the rest is.
"""

import collections
import dataclasses
import enum
import math
from collections.abc import Iterable
from functools import cache

from rapidfuzz.distance import OSA

from graphkit.resolve.names import Name, words


class Likeness(enum.Enum):
    """What kind of likeness two names have."""

    SAME = "same name"
    ABBREVIATED = "same name, abbreviated"
    TYPO = "same name but for a typing error"
    PART = "one name is the beginning of the other"
    MORE = "one name has more words"
    DIFFERENT = "different names"


WHOLE = frozenset({Likeness.SAME, Likeness.ABBREVIATED, Likeness.TYPO})
"""Likenesses that leave no word without a partner."""


@dataclasses.dataclass(frozen=True, slots=True)
class Match:
    """What two names say about being one company.

    Attributes:
        likeness: The kind of likeness.
        weight: Log-odds (natural logarithm).
        said: What differs, in words.
    """

    likeness: Likeness
    weight: float
    said: str


class Rarity:
    """How much each word says among the names of a shop.

    Args:
        names: One for each distinct name; the same name from five systems counts once.
    """

    _LEAST_NAMES = 100  # in a list of five names every word would look rare
    _GENERIC = 0.3
    _PARTICLE = 0.02

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = {name.words for name in names}
        self._with: dict[str, list[tuple[str, ...]]] = collections.defaultdict(list)
        for name in self._names:
            for word in set(name):
                self._with[word].append(name)
        self._seen = {word: len(found) for word, found in self._with.items()}
        self._scale = math.log(max(len(self._names), self._LEAST_NAMES))

    def of(self, word: str) -> float:
        """0 for a word in every name, to 1 for a word in one name only."""
        if word in words().particles:
            return self._PARTICLE
        seen = max(self._seen.get(word, 1), 1)
        rarity = max(1.0 - math.log(seen) / self._scale, 0.05)
        short = 0.5 if len(word) == 1 else 1.0
        return short * (min(rarity, self._GENERIC) if word in words().generic else rarity)

    def seen(self, word: str) -> int:
        """In how many distinct names a word is."""
        return self._seen.get(word, 0)

    def always_beside(self, rare: str, common: str) -> bool:
        """Whether each name with one word is also there with the other word in its place."""
        return all(
            tuple(common if word == rare else word for word in name) in self._names
            for name in self._with.get(rare, ())
        )

    def total(self, some: Iterable[str]) -> float:
        """Sum over words."""
        return sum(self.of(word) for word in some)


_CUT_OFF = 0.5
"""Weight of a name that is visibly cut off: what is missing cannot speak against it."""
_TELLING = 0.9
"""Rarity that the words in common must have, for generic ones to be left out."""
_TYPO_LENGTH = 5
_TWO_TYPOS_LENGTH = 9
_DOUBLED_LENGTH = 3
_PREFIX_LENGTH = 4


@cache
def typing_errors(one: str, other: str) -> int:
    """How many typing errors make one word the other; 0 when they are different words.

    Numbers are never misspelt, nor are short words: "Bolt" is not "Belt".
    """
    if any(letter.isdigit() for letter in one + other):
        return 0
    shorter = min(len(one), len(other))
    if shorter < _DOUBLED_LENGTH:
        return 0
    if abs(len(one) - len(other)) == 1 and (_plural(one, other) or _doubled(one, other)):
        return 1
    if shorter < _TYPO_LENGTH:
        return 0
    allowed = 2 if shorter >= _TWO_TYPOS_LENGTH else 1
    return OSA.distance(one, other, score_cutoff=allowed) % (allowed + 1)


def _plural(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return longer == shorter + "s"


def _doubled(one: str, other: str) -> bool:
    """Whether one word is the other with a letter twice."""
    shorter, longer = sorted((one, other), key=len)
    return any(
        longer[i] == longer[i - 1] and longer[:i] + longer[i + 1 :] == shorter
        for i in range(1, len(longer))
    )


@cache
def _skeleton_of(short: str, full: str) -> bool:
    """Whether a word without inner vowels is another, as "mfg" is "manufacturing"."""
    least = 3
    if len(short) < least or short[0] != full[0] or short[-1] != full[-1]:
        return False
    if any(letter in "aeiou" for letter in short[1:]) or len(full) <= len(short) + 1:
        return False
    rest = iter(full)
    return all(letter in rest for letter in short)


@dataclasses.dataclass(frozen=True, slots=True)
class _Pairing:
    """Which words of two names belong together, what it cost, and which are left over."""

    shared: tuple[str, ...]
    typos: int
    first_letters: int
    shortened: int
    left: tuple[str, ...]
    right: tuple[str, ...]


class Matcher:
    """Compares names by the rarity of their words.

    Args:
        rarity: How much each word says.
    """

    def __init__(self, rarity: Rarity) -> None:
        self.rarity = rarity
        self._known: dict[tuple[Name, Name], Match] = {}

    def match(self, one: Name, other: Name) -> Match:
        """How alike two names are; the order of the two does not matter."""
        key = (one, other) if one.words <= other.words else (other, one)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._compare(*key)
        return found

    def _compare(self, one: Name, other: Name) -> Match:
        if one.words == other.words or one.squeezed == other.squeezed:
            last = len(one.words) - 1
            if last in one.cut and last in other.cut:
                return Match(Likeness.PART, 1.0, "both are cut off")
            return Match(Likeness.SAME, self._whole(one.words), "")
        pairing = _without_particles(self._pair(one, other))
        if not pairing.left and not pairing.right:
            return self._all_paired(pairing)
        if self._split_otherwise(one, other):
            return Match(
                Likeness.TYPO, self._whole(one.words) - 2.0, f"{_text(one)} / {_text(other)}"
            )
        if not pairing.left or not pairing.right:
            return self._one_longer(one, other, pairing)
        return self._conflict(pairing)

    def _whole(self, some: Iterable[str]) -> float:
        """Weight of a name that agrees in all words: 4 for generic ones, 7 for rare ones."""
        return 4.0 + 1.5 * min(self.rarity.total(some), 2.0)

    def _split_otherwise(self, one: Name, other: Name) -> bool:
        """Whether only the spaces differ, but for one typing error."""
        if len(one.words) == len(other.words):
            return False
        least = 8
        a, b = one.squeezed, other.squeezed
        digits = any(letter.isdigit() for letter in a + b)
        return min(len(a), len(b)) >= least and not digits and OSA.distance(a, b) == 1

    def _pair(self, one: Name, other: Name) -> _Pairing:
        free = list(range(len(other.words)))
        unpaired = []
        shared: list[str] = []
        for i, word in enumerate(one.words):
            same = next((j for j in free if other.words[j] == word), None)
            if same is None:
                unpaired.append(i)
            else:
                free.remove(same)
                shared.append(word)
        typos = first_letters = shortened = 0
        left = []
        for i in unpaired:
            near = self._nearest(one, i, other, free, alone=not shared and len(unpaired) == 1)
            if near is None:
                left.append(one.words[i])
                continue
            j, errors = near
            free.remove(j)
            word = max(one.words[i], other.words[j], key=len)
            shared.append(word)
            typos += errors
            shortened += errors == 0
            first_letters += errors > 0 and one.words[i][0] != other.words[j][0]
        right = tuple(other.words[j] for j in free)
        return _Pairing(tuple(shared), typos, first_letters, shortened, tuple(left), right)

    def _nearest(
        self, one: Name, i: int, other: Name, free: list[int], *, alone: bool
    ) -> tuple[int, int] | None:
        """The position in `other` of a misspelt or shortened word, and its typing errors."""
        for j in free:
            a, b = one.words[i], other.words[j]
            if self._misspelt(a, b):
                return j, typing_errors(a, b)
        for j in free:
            a, b = one.words[i], other.words[j]
            if (i in one.cut and b.startswith(a)) or (j in other.cut and a.startswith(b)):
                return j, 0
            short, full = sorted((a, b), key=len)
            if _skeleton_of(short, full):
                return j, 0
            unknown = self.rarity.seen(short) <= 1 and len(short) >= _PREFIX_LENGTH
            if unknown and not alone and i > 0 and full.startswith(short):
                return j, 0
        return None

    def _misspelt(self, a: str, b: str) -> bool:
        """Whether one word is the other with a typing error.

        Two words that both stand in several names of their own are two words, however near:
        "Actuation" and "Activation". A word that somebody always misspells has no names of its own.
        """
        if typing_errors(a, b) == 0:
            return False
        rare, common = sorted((a, b), key=lambda word: (self.rarity.seen(word), word))
        few = self.rarity.seen(rare) <= 1
        return _plural(a, b) or few or self.rarity.always_beside(rare, common)

    def _all_paired(self, pairing: _Pairing) -> Match:
        weight = self._whole(pairing.shared) - 0.5 * pairing.shortened
        weight -= 1.2 * pairing.typos + 1.5 * pairing.first_letters
        if pairing.typos:
            return Match(Likeness.TYPO, weight, "")
        kind = Likeness.ABBREVIATED if pairing.shortened else Likeness.SAME
        return Match(kind, weight, "")

    def _one_longer(self, one: Name, other: Name, pairing: _Pairing) -> Match:
        shorter = one if not pairing.left else other
        longer = other if shorter is one else one
        missing = pairing.left or pairing.right
        common = self.rarity.total(pairing.shared)
        begins = _begins(shorter, longer)
        lacking = (2.0 if begins else 3.0) * max(self.rarity.of(word) for word in missing)
        numbered = 3.0 * any(word.isdigit() for word in missing)
        weight = 2.0 * min(common, 1.5) - lacking - numbered - 1.2 * pairing.typos
        if not pairing.shared:
            return Match(Likeness.DIFFERENT, -4.0, "no word in common")
        if all(word in words().particles or word in words().optional for word in missing):
            weight = self._whole(pairing.shared) - 1.0 - 1.2 * pairing.typos
            return Match(Likeness.ABBREVIATED, weight, f"only one has {' '.join(missing)}")
        if begins and len(shorter.words) - 1 in shorter.cut:
            weight = _CUT_OFF - 1.2 * pairing.typos
            return Match(Likeness.PART, weight, f"cut off before {' '.join(missing)}")
        filler = common >= _TELLING and all(word in words().generic for word in missing)
        kind = Likeness.PART if begins or filler else Likeness.MORE
        return Match(kind, weight, f"only one has {' '.join(missing)}")

    def _conflict(self, pairing: _Pairing) -> Match:
        """Different words in both names: the less telling side bounds how different they are."""
        telling = min(
            max(self.rarity.of(word) for word in side) for side in (pairing.left, pairing.right)
        )
        weight = -2.0 - 4.0 * telling + 1.2 * min(self.rarity.total(pairing.shared), 1.5)
        sides = pairing.left, pairing.right
        if all(any(_numbered(word) for word in side) for side in sides):
            weight -= 4.0
        said = f"{' '.join(pairing.left)} / {' '.join(pairing.right)}"
        return Match(Likeness.DIFFERENT, weight, said)


def _without_particles(pairing: _Pairing) -> _Pairing:
    """The pairing without left-over small words, unless nothing else is left over on that side."""
    small = words().particles
    left = tuple(word for word in pairing.left if word not in small)
    right = tuple(word for word in pairing.right if word not in small)
    if left == pairing.left and right == pairing.right:
        return pairing
    if not left and not right:
        return dataclasses.replace(pairing, left=pairing.left + pairing.right, right=())
    return dataclasses.replace(pairing, left=left, right=right)


def _numbered(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _begins(shorter: Name, longer: Name) -> bool:
    """Whether a name is the beginning of another, word by word."""
    pairs = zip(shorter.words, longer.words, strict=False)
    return all(b.startswith(a) or typing_errors(a, b) > 0 for a, b in pairs)


def _text(name: Name) -> str:
    return " ".join(name.words)
