"""The model that reads signals by their wording, and that its file is what texts teach it."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from nlp.components.signal_model import PREFIXES, Classes, SignalModel, Token, grams, shipped_model
from nlp.labelled import Entity, Fact, Labelled, labelled_texts
from nlp.signal_training import TEXTS, examples, learn
from tests.nlp.conftest import Reader

HERE = Path(__file__).parent
LATE = ("is tardy", "was tardy again", "tardy as ever", "so tardy", "stays tardy", "tardy, sadly")
GROWS = ("is blooming", "was blooming", "blooming a lot", "so blooming", "blooms", "in full bloom")

NOTHING = (
    "sent a print",
    "called on Friday",
    "is in Ohio",
    "has a new buyer",
    "asked for Jo",
    "sent a drawing",
)


def _told_nothing(number: int, words: str) -> Labelled:
    return dataclasses.replace(_labelled(number, words, "x"), facts=())


def _labelled(number: int, words: str, signal: str, meant: str = "asserted") -> Labelled:
    return Labelled(
        str(number),
        f"Bolt Gear {words}",
        (Entity(0, 9, "COMPANY", "Bolt Gear"),),
        (Fact(0, "HAS_SIGNAL", signal, meant),),
        "note",
    )


@pytest.fixture(scope="module")
def learned() -> SignalModel:
    texts = [_labelled(at, words, "SLOW_PAY") for at, words in enumerate(LATE)]
    texts += [
        _labelled(10 + at, f"nope, not {words}", "SLOW_PAY", "negated")
        for at, words in enumerate(LATE)
    ]
    texts += [_labelled(20 + at, words, "EXPANDING") for at, words in enumerate(GROWS)]
    texts += [
        _labelled(30 + at, f"perhaps {words}", "EXPANDING", "hedged")
        for at, words in enumerate(GROWS)
    ]
    texts += [_told_nothing(40 + at, words) for at, words in enumerate(NOTHING)]
    return learn(examples(texts))


def _line(words: str) -> list[Token]:
    found, at = [], 0
    for word in words.split():
        start = words.index(word, at)
        at = start + len(word)
        found.append(Token(word, start, at))
    return found


@pytest.mark.parametrize(
    ("words", "signal", "meant"),
    [
        ("<self> stays so tardy", "SLOW_PAY", "asserted"),
        ("<self> nope not so tardy sadly", "SLOW_PAY", "negated"),
        ("<self> was so blooming", "EXPANDING", "asserted"),
        ("<self> perhaps in bloom again", "EXPANDING", "hedged"),
    ],
)
def test_what_was_taught_is_read_in_other_words(
    learned: SignalModel, words: str, signal: str, meant: str
) -> None:
    (guess,) = learned.guesses([_line(words)], 0.7)

    assert (guess.name, guess.polarity) == (signal, meant)
    assert {"SLOW_PAY": "tardy", "EXPANDING": "bloom"}[signal] in words[guess.start : guess.end]


@pytest.mark.parametrize("words", ["<self> sent a map", "", "\u65e5\u672c\u8a9e", "<self>"])
def test_of_what_it_knows_nothing_it_says_nothing(learned: SignalModel, words: str) -> None:
    assert learned.guesses([_line(words)], 0.7) == []


@pytest.mark.parametrize(
    "text",
    [
        "Die Firma Zahnrad GmbH zahlt immer pünktlich und baut eine neue Halle in Hof",
        "La empresa Engranes del Norte paga tarde y busca otro taller en Laredo",
        "L'usine Rouages Lyon paie en retard et cherche un autre fournisseur",
        "De firma Tandwiel BV betaalt altijd te laat en bestelt minder dan vorig jaar",
        "Zakład Tryby płaci po terminie i zamawia coraz mniej części od nas",
        "东方齿轮公司付款很慢",
        "asdf qwer zxcv tyui ghjk bnmv Bolt Gear lkjh poiu mnbv",
        "🙂🙂🙂 🚚 📦 !!!",
    ],
)
def test_no_signal_is_made_up_from_another_language_or_none(read: Reader, text: str) -> None:
    assert read(text).reading.signals == []


def test_a_model_is_the_same_after_being_stored(learned: SignalModel) -> None:
    for one, prefix in zip(learned, PREFIXES, strict=True):
        again = Classes.stored(one.arrays(prefix), prefix)
        lines = [_line("<self> was tardy , blooming")]

        assert again.names == one.names
        for name, sure in one.probabilities(lines).items():
            assert again.probabilities(lines)[name] == pytest.approx(sure, abs=0.01)


def test_a_mention_is_counted_as_what_it_is_and_not_by_its_letters() -> None:
    assert grams([Token("<self>", 0, 4)]) == [("w<self>", 0, 0)]


def test_the_file_is_what_the_labelled_texts_teach() -> None:
    """After adding texts: `make signals`."""
    known = examples([one for name in TEXTS for one in labelled_texts(HERE / name)])
    fresh, shipped = learn(known), shipped_model()

    for lines in [one.sentences for one in known[::40]]:
        for one, other in zip(fresh, shipped, strict=True):
            wanted, found = one.probabilities(lines), other.probabilities(lines)
            assert list(found) == list(wanted)
            assert np.allclose([*found.values()], [*wanted.values()], atol=0.02)


def test_no_text_that_is_held_out_is_taught() -> None:
    held_out = {one.text for path in HERE.glob("heldout*.jsonl") for one in labelled_texts(path)}

    assert len(held_out) > 250
    assert not held_out & {one.text for name in TEXTS for one in labelled_texts(HERE / name)}
