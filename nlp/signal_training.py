"""Learns from labelled texts how signals are worded: python -m nlp.signal_training FOLDER.

Writes the model that `nlp.components.signal_model` reads. Run it when labelled texts are added; it
gives the same model each time.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

from nlp.components.pipeline import build_given, read_all
from nlp.components.signal_model import (
    FILE,
    HEDGED,
    NEGATED,
    PREFIXES,
    Classes,
    Floats,
    SignalModel,
    Token,
    asked,
    grams,
    of_letters,
    scaled,
)
from nlp.components.signals import said_in, said_of
from nlp.extract import given_context
from nlp.labelled import SIGNAL, Labelled, labelled_texts

TEXTS: Final = (
    "labelled.jsonl",
    "oblique.jsonl",
    "plain.jsonl",
    "signals.jsonl",
    "denials.jsonl",
    "manner.jsonl",
)
"""The files that it learns from: those whose signals are all labelled, and no held-out ones."""
_LEAST_TEXTS: Final = 2
"""That a gram must be in."""
_LEAST_EXAMPLES: Final = 5
_PENALTY: Final = 1 / 60
"""Of the squared weights; 1/10 and 1/300 do about as well on sets of texts kept aside."""


class Example(NamedTuple):
    """What a text says of one company, and how the signals that people read from it are meant."""

    sentences: list[list[Token]]
    signals: dict[str, str]


def examples(texts: Sequence[Labelled]) -> list[Example]:
    """What each text says of each of its companies.

    Args:
        texts: Labelled texts.
    """
    found = []
    readings = read_all(build_given(guess=False), [(one.text, given_context(one)) for one in texts])
    for one, (clean, read) in zip(texts, readings, strict=True):
        told = _signals(one)
        for whose, sentences in said_of(read, said_in(clean.text, read)).items():
            found.append(Example(sentences, told.get(whose, {})))
    return found


def _signals(one: Labelled) -> dict[str, dict[str, str]]:
    """The signals of each company of a text, by its name, or ACCOUNT, and how each is meant."""
    told: dict[str, dict[str, str]] = {}
    for fact in one.facts:
        if fact.label == SIGNAL:
            head = one.entities[fact.head].canonical if isinstance(fact.head, int) else fact.head
            told.setdefault(head, {})[str(fact.tail)] = fact.polarity
    return told


def learn(known: Sequence[Example]) -> SignalModel:
    """A model of how the signals of some texts are worded.

    Args:
        known: What texts say of companies, and the signals in it.
    """
    wording = classes([(one.sentences, {*one.signals}) for one in known])
    meaning = classes(
        [
            ([*one.sentences, [asked(name)]], {meant} & {NEGATED, HEDGED})
            for one in known
            for name, meant in one.signals.items()
        ]
    )
    return SignalModel(wording, meaning)


def classes(known: Sequence[tuple[list[list[Token]], set[str]]]) -> Classes:
    """What tells the classes of some texts.

    Args:
        known: Texts, sentence by sentence, and the classes that each is of.
    """
    counts = [Counter(gram for line in lines for gram, *_ in grams(line)) for lines, _ in known]
    often = Counter(name for _, names in known for name in names)
    names = sorted(name for name, count in often.items() if count >= _LEAST_EXAMPLES)
    told = np.array([[name in those for name in names] for _, those in known])
    within = Counter(gram for one in counts for gram in one)
    vocabulary = sorted(gram for gram, count in within.items() if count >= _LEAST_TEXTS)
    table, rarity = _table(counts, vocabulary, within)
    fitted = [_fitted(table, told[:, column]) for column in range(len(names))]
    weights = np.stack([one[:-1] for one in fitted], axis=1).astype(np.float32)
    bias = np.array([one[-1] for one in fitted], np.float32)
    return Classes(names, vocabulary, rarity, weights, bias)


def _table(
    counts: Sequence[Counter[str]], vocabulary: Sequence[str], within: Counter[str]
) -> tuple[sparse.csr_array, Floats]:
    """A row a text, a column a gram (see `scaled`); and how rare each gram is."""
    place = {gram: at for at, gram in enumerate(vocabulary)}
    often = np.array([within[gram] for gram in vocabulary])
    rarity = (np.log((1 + len(counts)) / (1 + often)) + 1).astype(np.float32)
    letters = of_letters(vocabulary)
    columns, values, ends = [], [], [0]
    for one in counts:
        those = {place[gram]: count for gram, count in one.items() if gram in place}
        places = np.array(sorted(those), np.intp)
        each = np.array([those[at] for at in places.tolist()], np.float32)
        columns.append(places)
        values.append(scaled(places, each, rarity, letters))
        ends.append(ends[-1] + len(places))
    shape = (len(counts), len(vocabulary))
    return sparse.csr_array((np.concatenate(values), np.concatenate(columns), ends), shape), rarity


def _fitted(table: sparse.csr_array, told: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Weights and bias of a logistic regression, both answers counting as much in all."""
    sign = np.where(told, 1.0, -1.0)
    importance = np.where(told, 0.5 / told.mean(), 0.5 / (1 - told.mean()))

    def loss(at: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        margin = sign * (table @ at[:-1] + at[-1])
        value = importance @ np.logaddexp(0, -margin) + _PENALTY / 2 * at[:-1] @ at[:-1]
        pull = -importance * sign / (1 + np.exp(margin))
        slope = np.append(table.T @ pull + _PENALTY * at[:-1], pull.sum())
        return float(value), slope

    found = optimize.minimize(loss, np.zeros(table.shape[1] + 1), jac=True, method="L-BFGS-B")
    return np.asarray(found.x)


def main(folder: Path) -> None:
    """Learn from the labelled texts of a folder, and write the model among the lexicons."""
    model = learn(examples([one for name in TEXTS for one in labelled_texts(folder / name)]))
    arrays: dict[str, Any] = {}
    for one, prefix in zip(model, PREFIXES, strict=True):
        arrays |= one.arrays(prefix)
    np.savez_compressed(Path(__file__).parent / "lexicons" / FILE, **arrays)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
