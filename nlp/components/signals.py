"""How companies are doing: slow to pay, ordering less, expanding; with the words that say so."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.assertion import phrase_pattern, polarity_of
from nlp.components.document import Mention, Polarity, Signal, reading
from nlp.components.view import View, headed, views
from nlp.lexicon_files import read_lexicon

VERSION: Final = "1"
_CONFIDENCE: Final = 0.7
# "We", "our" or "I" right before the words: then we speak of ourselves.
_OURS: Final = re.compile(r"\b(?:we|we'?re|we'?ve|our|i|i'?m)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_JOINED: Final = re.compile(r"^\s*(?:,|and|&|\+|/|or|, and|as well as|plus)\s*$", re.IGNORECASE)
_RIGHT_ONE: Final = re.compile(r"\b(?:that|it)(?: was|'s| is)\s+(?:actually\s+)?$", re.IGNORECASE)


class _Cues(NamedTuple):
    """What tells a signal.

    Attributes:
        name: The signal.
        own: Words about the company that the sentence speaks of.
        next: Words about the company that is named after them.
        needs: Labels of which the sentence, or the one before it, must name one.
    """

    name: str
    own: re.Pattern[str]
    next: re.Pattern[str]
    needs: tuple[str, ...]


@Language.factory("graphkit_signals", default_config={"folder": None})
def make_signals(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,
    folder: str | None,
) -> "SignalFinder":
    """The component that finds what tells how companies are doing."""
    return SignalFinder(name, folder=folder)


class SignalFinder:
    """Finds signals.

    Args:
        name: Name of the component.
        folder: The shop's own folder of lexicon files.
    """

    def __init__(self, name: str, *, folder: str | None = None) -> None:
        self._component = f"{name}/{VERSION}"
        self._cues = _all_cues(read_lexicon("signals", folder))

    def __call__(self, doc: Doc) -> Doc:
        """Add the signals to the doc's reading."""
        read = reading(doc)
        supplied = {one.tail for one in read.relations if one.label == "SUPPLIES"}
        earlier: View | None = None
        found: dict[tuple[int, str], Signal] = {}
        for view, heading in headed(views(doc.text, read), without=supplied):
            for one in self._of(view, earlier, heading, supplied):
                found.setdefault((one.head, one.name), one)
            earlier = view
        read.signals = list(found.values())
        return doc

    def _of(
        self, view: View, earlier: View | None, heading: int | None, supplied: set[int]
    ) -> Iterator[Signal]:
        for cues in self._cues:
            if cues.needs and not _names(view, earlier, cues.needs):
                continue
            for match in cues.own.finditer(view.text, view.start, view.end):
                span = match.span()
                if _within_a_name(view, span):
                    continue
                polarity = _meant(view, span)
                for head in _heads(view, span, heading, supplied):
                    yield self._signal(head, cues.name, polarity, span)
                    if polarity == "negated" and (other := _right_one(view, span[1])) is not None:
                        yield self._signal(other, cues.name, "asserted", span)
            yield from self._of_next(view, cues)
        yield from self._of_figures(view, heading, supplied)

    def _of_figures(self, view: View, heading: int | None, supplied: set[int]) -> Iterator[Signal]:
        """More or fewer pieces, or smaller lots: "was 25 a week, now 60"."""
        for (_, one), (_, other) in pairwise(view.mentions("QUANTITY")):
            if not _BECOMES.search(view.text[one.end : other.start]):
                continue
            before, now = _pieces(one), _pieces(other)
            if before is None or now is None or before == now:
                continue
            around = view.text[view.start : view.end]
            fewer = "LOT_SIZE_DOWN" if _OF_LOTS.search(around) else "ORDERS_DOWN"
            name, span = "ORDERS_UP" if now > before else fewer, (one.start, other.end)
            for head in _heads(view, span, heading, supplied):
                yield self._signal(head, name, "asserted", span)

    def _of_next(self, view: View, cues: _Cues) -> Iterator[Signal]:
        for match in cues.next.finditer(view.text, view.start, view.end):
            after = [one for one in view.companies() if one[1].start >= match.end()]
            for index, one in after[:1]:
                if view.text[match.end() : one.start].strip(" ") in {"", "the", "our"}:
                    polarity = _meant(view, match.span())
                    yield self._signal(index, cues.name, polarity, (match.start(), one.end))

    def _signal(self, head: int, name: str, polarity: Polarity, span: tuple[int, int]) -> Signal:
        return Signal(head, name, self._component, polarity, *span, _CONFIDENCE)


_BECOMES: Final = re.compile(r"\b(?:to|now|becomes?|became)\b|->|\u2192", re.IGNORECASE)
_OF_LOTS: Final = re.compile(r"\b(?:lots?|batch(?:es)?|at a time|a pop)\b", re.IGNORECASE)


def _pieces(mention: Mention) -> float | None:
    """How many pieces, whatever the time; None where that is no single figure."""
    found = re.match(r"\d[\d,]*", mention.canonical)
    return float(found[0].replace(",", "")) if found else None


def _all_cues(tables: Iterable[dict[str, Any]]) -> list[_Cues]:
    merged: dict[str, dict[str, list[str]]] = {}
    for table in tables:
        for name, entry in table.items():
            known = merged.setdefault(name, {})
            for key, phrases in entry.items():
                known.setdefault(key, []).extend(phrases)
    return [
        _Cues(
            name,
            phrase_pattern(entry.get("cues", [])),
            phrase_pattern(entry.get("of_next", [])),
            tuple(entry.get("needs", ())),
        )
        for name, entry in merged.items()
    ]


def _names(view: View, earlier: View | None, labels: tuple[str, ...]) -> bool:
    near = view.mentions(*labels) or (earlier.mentions(*labels) if earlier else [])
    return bool(near)


def _within_a_name(view: View, span: tuple[int, int]) -> bool:
    return any(
        one.start <= span[0] and span[1] <= one.end
        for _, one in view.mentions()
        if one.label in {"COMPANY", "PERSON", "TRADE_SHOW", "MATERIAL", "CERT"}
    )


# How a company is doing is often a guess, where what it orders is none.
_GUESSED: Final = re.compile(
    r"\b(?:thinks?|thought|suspects?|figures|guess(?:es)?|believes?|promises?|hint(?:s|ed)|should|"
    r"plans?|planning|wants? to|would like to|toying|costing out|worr(?:y|ies|ied)|afraid|fears?|"
    r"supposedly|rumou?rs?|word is|heard|hear|tells? me|there's talk|talk(?:s|ing)? of)\b[^.!?]*$",
    re.IGNORECASE,
)
_GUESSED_AFTER: Final = re.compile(
    r"^[^.!?]*(?:[.!?]\s+)?[^.!?]*\b(?:depends on|nothing official|not official|unofficial|"
    r"could be|might be|we'?ll see|we will see|not sure|no proof|unconfirmed|not confirmed|"
    r"waiting on|if they|if it|so (?:i|we) hear|take it for what)\b",
    re.IGNORECASE,
)
_DENIED_AFTER: Final = re.compile(
    r"^[^.!?]*[.!?]\s+(?:no,? |nope|wrong|not so|not true|not happening|they don'?t|they didn'?t|"
    r"they aren'?t|he doesn'?t|he didn'?t|false alarm|turns out (?:not|they didn'?t|it was no))",
    re.IGNORECASE,
)


def _meant(view: View, span: tuple[int, int]) -> Polarity:
    """How the words are meant: by the cues around them, else by who guesses, or denies it after."""
    said = polarity_of(view.read, *span, within=False)
    if said != "asserted":
        return said
    after = view.text[span[1] : span[1] + 120]
    if _DENIED_AFTER.match(after):
        return "negated"
    guessed = _GUESSED.search(view.text[view.start : span[0]]) or _GUESSED_AFTER.match(after)
    return "hedged" if guessed else said


def _heads(view: View, span: tuple[int, int], heading: int | None, supplied: set[int]) -> list[int]:
    """The companies that the words speak of: those before them, else whom the sentence is about."""
    companies = view.companies(without=supplied)
    before = [one for one in companies if one[1].end <= span[0]]
    if before:
        return _joined(view, before)
    if _OURS.search(view.text[view.start : span[0]]):
        after = any(one.start >= span[1] for _, one in companies)
        signed = view.read.context.kind == "email" and not after
        return [heading] if signed and heading is not None else []
    head = view.about(span[1], heading, without=supplied)
    return [] if head is None else [head]


def _joined(view: View, before: list[tuple[int, Mention]]) -> list[int]:
    """The last company, and those that "and" or a comma joins to it."""
    group = [before[-1]]
    for one in before[-2::-1]:
        if not _JOINED.match(view.text[one[1].end : group[-1][1].start]):
            break
        group.append(one)
    return [index for index, _ in group]


def _right_one(view: View, end: int) -> int | None:
    """The company that it is true of: "Bolt isn't slow to pay, that was Bolt Health"."""
    for index, one in view.companies():
        if one.start >= end and _RIGHT_ONE.search(view.text[end : one.start]):
            return index
    return None
