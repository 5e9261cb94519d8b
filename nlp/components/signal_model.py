"""Signals by how a text is worded: what says so in words that no phrase of signals.toml has.

A logistic regression per signal over the words, pairs of words and letters of what a text says of
one company, names and figures replaced by their kind; another tells whether it is denied or
doubted. They are learned from labelled texts by `nlp.signal_training`; the weights are a file
beside the lexicons. A phrase says which words tell a signal; the model also tells it where several
words together do, and is believed only where it is rather sure.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.components.document import Polarity
from nlp.components.view import View

Floats = npt.NDArray[np.float32]
Array = npt.NDArray[np.generic]

FILE: Final = "signal_model.npz"
PREFIXES: Final = ("wording_", "meaning_")
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[$€£%?!]")
_LETTERS: Final = (3, 4, 5)
_OF_WORDS: Final = "w"
_OF_LETTERS: Final = "l"
_LONGEST_EVIDENCE: Final = 6
_MORE_LIKELY: Final = 0.5
_LEAST_KNOWN: Final = 0.5
"""Share of its words that a text must have in common with those that the model learned from."""
NEGATED: Final = "negated"
HEDGED: Final = "hedged"
# What stands for a mention; the company in question is told from all others.
_OWN: Final = "<self>"
_OTHER: Final = "<other>"
_COMPANIES: Final = frozenset({"COMPANY", "NAME OF A COMPANY"})


class Token(NamedTuple):
    """A word, figure or mention of a text, and the characters it takes."""

    word: str
    start: int
    end: int


class Guess(NamedTuple):
    """A signal that a model reads from a text.

    Attributes:
        name: The signal.
        probability: How sure the model is, 0 to 1.
        polarity: How it is meant: asserted, negated or hedged.
        start: First character of the words that tell it most.
        end: One past their last.
    """

    name: str
    probability: float
    polarity: Polarity
    start: int
    end: int


def tokens(view: View, head: int) -> list[Token]:
    """The words of a sentence in lower case, with a mark for each mention.

    Args:
        view: The sentence.
        head: Index of the mention of the company that is asked about; or ACCOUNT.
    """
    own = view.read.mentions[head].canonical if head >= 0 else None
    found: list[Token] = []
    at = view.start
    for _, one in view.mentions():
        if one.start < at:
            continue
        found += _words(view.text, at, one.start)
        mark = f"<{one.label.lower()}>"
        if one.label in _COMPANIES:
            mark = _OWN if one.canonical == own else _OTHER
        found.append(Token(mark, one.start, one.end))
        at = one.end
    return [*found, *_words(view.text, at, view.end)]


def _words(text: str, start: int, end: int) -> list[Token]:
    return [
        Token(match[0].lower(), *match.span())
        for match in _WORD.finditer(text, start, max(start, end))
    ]


def grams(sentence: Sequence[Token]) -> list[tuple[str, int, int]]:
    """What is counted of a sentence, each with the first and last of the tokens it is of.

    Examples:
        >>> [gram for gram, _, _ in grams([Token("so", 0, 2), Token("I", 3, 4)])]
        ['wso', 'wso I', 'l so', 'lso ', 'l so ', 'wI', 'l I ']
    """
    found: list[tuple[str, int, int]] = []
    for at, token in enumerate(sentence):
        found.append((_OF_WORDS + token.word, at, at))
        if at + 1 < len(sentence):
            pair = f"{_OF_WORDS}{token.word} {sentence[at + 1].word}"
            found.append((pair, at, at + 1))
        if token.word[0] != "<":
            found += ((_OF_LETTERS + part, at, at) for part in _letters(token.word))
    return found


def of_letters(vocabulary: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which grams are of letters, the others being of words.

    Args:
        vocabulary: The grams that count.
    """
    return np.asarray([gram.startswith(_OF_LETTERS) for gram in vocabulary])


def _letters(word: str) -> Iterable[str]:
    padded = f" {word} "
    for length in _LETTERS:
        if length >= len(padded):
            yield padded
            break
        for at in range(len(padded) - length + 1):
            yield padded[at : at + length]


class Classes:
    """Says which of several classes a text is of; it may be of none, or of many.

    Args:
        names: The classes.
        vocabulary: The grams that count.
        rarity: How much each counts by itself; one a gram.
        weights: How much each speaks for each class; a row a gram, a column a class.
        bias: One a class.
    """

    def __init__(
        self,
        names: Sequence[str],
        vocabulary: Sequence[str],
        rarity: Floats,
        weights: Floats,
        bias: Floats,
    ) -> None:
        self.names = tuple(names)
        self._place = {gram: at for at, gram in enumerate(vocabulary)}
        self._rarity = rarity
        self._weights = weights
        self._bias = bias
        self._of_letters = of_letters(vocabulary)

    @classmethod
    def stored(cls, arrays: Mapping[str, Array], prefix: str) -> "Classes":
        """The classes that `arrays` made the arrays of."""
        return cls(
            [str(one) for one in arrays[prefix + "names"]],
            [str(one) for one in arrays[prefix + "vocabulary"]],
            *(
                np.asarray(arrays[prefix + one], np.float32)
                for one in ("rarity", "weights", "bias")
            ),
        )

    def arrays(self, prefix: str) -> dict[str, Array]:
        """All there is of them, to be stored; weights in half precision."""
        arrays: dict[str, Array] = {
            "names": np.asarray(self.names),
            "vocabulary": np.asarray([*self._place]),
            "rarity": self._rarity.astype(np.float16),
            "weights": self._weights.astype(np.float16),
            "bias": self._bias,
        }
        return {prefix + name: array for name, array in arrays.items()}

    def knows(self, word: str) -> bool:
        """Whether a word counts by itself."""
        return _OF_WORDS + word in self._place

    def probabilities(self, sentences: Sequence[Sequence[Token]]) -> dict[str, float]:
        """How sure it is that a text is of each class, 0 to 1.

        Args:
            sentences: What it says of a company, sentence by sentence.
        """
        places, values = self._vector(
            Counter(
                self._place[gram]
                for sentence in sentences
                for gram, _, _ in grams(sentence)
                if gram in self._place
            )
        )
        sure = 1.0 / (1.0 + np.exp(-(values @ self._weights[places] + self._bias)))
        return dict(zip(self.names, sure.tolist(), strict=True))

    def evidence(self, sentences: Sequence[Sequence[Token]], name: str) -> tuple[int, int]:
        """The characters of the words that speak most for a class."""
        column = self.names.index(name)
        counted = [
            (self._place[gram], at, first, last)
            for at, sentence in enumerate(sentences)
            for gram, first, last in grams(sentence)
            if gram in self._place
        ]
        often = Counter(place for place, *_ in counted)
        places, values = self._vector(often)
        value = dict(zip(places.tolist(), values.tolist(), strict=True))
        told = [np.zeros(len(sentence)) for sentence in sentences]
        for place, at, first, last in counted:
            share = value[place] * self._weights[place, column] / often[place]
            told[at][first : last + 1] += share / (last - first + 1)
        return _most_telling(sentences, told)

    def _vector(self, often: Counter[int]) -> tuple[npt.NDArray[np.intp], Floats]:
        """The places that are not zero and their values, words and letters each of length one."""
        places = np.asarray(sorted(often), np.intp)
        counts = np.asarray([often[place] for place in places.tolist()], np.float32)
        return places, scaled(places, counts, self._rarity, self._of_letters)


class SignalModel(NamedTuple):
    """Reads signals by their wording.

    Attributes:
        wording: Tells which signals a text has.
        meaning: Tells of one of them whether it is negated or hedged.
    """

    wording: Classes
    meaning: Classes

    def guesses(self, sentences: Sequence[Sequence[Token]], least: float) -> list[Guess]:
        """The signals that a text tells of a company.

        Args:
            sentences: What it says of the company, sentence by sentence.
            least: Least probability.

        Returns:
            None of a text most of whose words no labelled text had, as one in another language.
        """
        words = [one.word for line in sentences for one in line if one.word[0].isalpha()]
        if sum(map(self.wording.knows, words)) < _LEAST_KNOWN * len(words):
            return []
        return [
            Guess(name, sure, self._meant(sentences, name), *self.wording.evidence(sentences, name))
            for name, sure in self.wording.probabilities(sentences).items()
            if sure >= least
        ]

    def _meant(self, sentences: Sequence[Sequence[Token]], name: str) -> Polarity:
        told = self.meaning.probabilities([*sentences, [asked(name)]])
        best = max(told, key=lambda one: told[one])
        if told[best] < _MORE_LIKELY:
            return "asserted"
        return "negated" if best == NEGATED else "hedged"


def asked(name: str) -> Token:
    """What tells a model which of the signals of a text is asked about."""
    return Token(f"<is {name}>", 0, 0)


def scaled(
    places: npt.NDArray[np.intp],
    counts: Floats,
    rarity: Floats,
    of_letters: npt.NDArray[np.bool_],
) -> Floats:
    """Counts by how rare each gram is, words and letters each scaled to length one."""
    values = (1.0 + np.log(counts)) * rarity[places]
    for kind in (False, True):
        those = of_letters[places] == kind
        length = float(np.sqrt(np.square(values[those]).sum()))
        if length > 0:
            values[those] /= length
    return values.astype(np.float32)


def _most_telling(
    sentences: Sequence[Sequence[Token]], told: Sequence[npt.NDArray[np.float64]]
) -> tuple[int, int]:
    """The characters of the words that tell it most: the best one, and its neighbours that help."""
    at = int(np.argmax([one.max() if len(one) else -np.inf for one in told]))
    worth, sentence = told[at], sentences[at]
    first = last = int(worth.argmax())
    while last - first + 1 < _LONGEST_EVIDENCE:
        before = worth[first - 1] if first else -np.inf
        after = worth[last + 1] if last + 1 < len(worth) else -np.inf
        if max(before, after) <= 0:
            break
        first, last = (first - 1, last) if before >= after else (first, last + 1)
    return sentence[first].start, sentence[last].end


@lru_cache(maxsize=1)
def shipped_model() -> SignalModel:
    """The model that comes with graphkit."""
    with (
        resources.as_file(resources.files("nlp").joinpath("lexicons", FILE)) as path,
        np.load(path, allow_pickle=False) as arrays,
    ):
        return SignalModel(*(Classes.stored(arrays, prefix) for prefix in PREFIXES))
