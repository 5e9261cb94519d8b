"""How companies are doing: slow to pay, ordering less, expanding; with the words that say so."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.assertion import clause_start, polarity_of, strongest
from nlp.components.changes import old_and_new
from nlp.components.document import ACCOUNT, Mention, Polarity, Reading, Signal, reading
from nlp.components.signal_cues import Cues, SignalPhrases
from nlp.components.signal_model import SignalModel, Token, shipped_model, tokens
from nlp.components.view import View, headed, views

VERSION: Final = "3"
_CONFIDENCE: Final = 0.7
_GUESSED: Final = 0.5
"""How sure a signal is that the model reads where no phrase says so."""
_OPPOSITE: Final = {
    one: other
    for pair in (
        ("SLOW_PAY", "PAYS_ON_TIME"),
        ("ORDERS_UP", "ORDERS_DOWN"),
        ("EXPANDING", "LAYOFFS"),
    )
    for one, other in (pair, pair[::-1])
}
"""Where a phrase asserts the one, the model is not believed in the other."""
_SURE: Final = 0.7
"""The model's own probability from which on it is believed."""
_FAR: Final = 120
"""Characters before and after the words of a signal within which they are doubted or denied."""
_COMMENT: Final = 70
"""Characters of the next sentence, where it says nothing but how sure the one before it is."""
# "We", "our" or "I" right before the words: then we speak of ourselves.
_OURS: Final = re.compile(r"\b(?:we|we'?re|we'?ve|our|i|i'?m)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_JOINED: Final = re.compile(r"^\s*(?:,|and|&|\+|/|or|, and|as well as|plus)\s*$", re.IGNORECASE)
_RIGHT_ONE: Final = re.compile(r"\b(?:that|it)(?: was|'s| is)\s+(?:actually\s+)?$", re.IGNORECASE)


class Said(NamedTuple):
    """A sentence, and what stands around it.

    Attributes:
        view: The sentence.
        earlier: The one before it.
        end: One past the last character of the one after it.
        heading: The company that the text spoke of before.
        supplied: Companies that another one supplies, of which nothing is said.
    """

    view: View
    earlier: View | None
    end: int
    heading: int | None
    supplied: set[int]


@Language.factory("graphkit_signals", default_config={"folder": None, "guess": True})
def make_signals(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,
    folder: str | None,
    guess: bool,  # noqa: FBT001 - spaCy passes it by name
) -> "SignalFinder":
    """The component that finds what tells how companies are doing."""
    return SignalFinder(name, folder=folder, guess=guess)


class SignalFinder:
    """Finds signals.

    Args:
        name: Name of the component.
        folder: The shop's own folder of lexicon files.
        guess: Whether to read signals where no phrase says so, with the model of `signal_model`.
    """

    def __init__(self, name: str, *, folder: str | None = None, guess: bool = True) -> None:
        self._component = f"{name}/{VERSION}"
        self._phrases = SignalPhrases(folder)
        self._model = shipped_model() if guess else None

    def __call__(self, doc: Doc) -> Doc:
        """Add the signals to the doc's reading."""
        read = reading(doc)
        found: dict[tuple[int, str], Signal] = {}
        said = said_in(doc.text, read)
        for one in chain.from_iterable(map(self._of, said)):
            before = found.setdefault((one.head, one.name), one)
            if strongest([before.polarity, one.polarity]) != before.polarity:
                found[one.head, one.name] = one
        known = {(_whose(read, one.head), one.name) for one in found.values()}
        known |= {
            (_whose(read, one.head), _OPPOSITE[one.name])
            for one in found.values()
            if one.polarity == "asserted" and one.name in _OPPOSITE
        }
        guessed = self._guessed(self._model, read, said) if self._model else ()
        fresh = [one for one in guessed if (_whose(read, one.head), one.name) not in known]
        read.signals = [*found.values(), *fresh]
        return doc

    def _guessed(self, model: SignalModel, read: Reading, said: list[Said]) -> Iterator[Signal]:
        """Signals that no phrase says, by the wording of all that is said of a company."""
        for whose, lines in said_of(read, said).items():
            for guess in model.guesses(lines, _SURE):
                span = (guess.start, guess.end)
                [here] = [one for one in said if one.view.start <= span[0] < one.view.end]
                head = _head_of(read, here.view, whose)
                if guess.name in _AGAINST.get(_changes(here), ()):
                    continue
                if whose not in {_whose(read, one) for one in _heads(here, span)}:
                    continue
                if self._overlooked(here.view, span) or (
                    guess.name in self._phrases.by_others and _is_host(here.view, head, span)
                ):
                    continue
                polarity = strongest([self._meant(here, span, [head]), guess.polarity])
                component = f"{self._component}+model"
                yield Signal(head, guess.name, component, polarity, *span, _GUESSED)

    def _of(self, said: Said) -> Iterator[Signal]:
        view = said.view
        for cues in self._phrases.cues:
            for span, denied in _told(said, cues):
                if self._overlooked(view, span) or _within_a_name(view, span):
                    continue
                if _runs_into_another(view, span):
                    continue
                heads = _heads(said, span)
                if cues.by_others:
                    heads = [one for one in heads if not _is_host(view, one, span)]
                polarity = self._meant(said, span, heads)
                if denied and polarity == "asserted":
                    polarity = "negated"
                for head in heads:
                    yield self._signal(head, cues.name, polarity, span)
                    if polarity == "negated" and (other := _right_one(view, span[1])) is not None:
                        yield self._signal(other, cues.name, "asserted", span)
            yield from self._of_next(said, cues)
        yield from self._of_figures(said)

    def _overlooked(self, view: View, span: tuple[int, int]) -> bool:
        """Whether words belong to a phrase that tells nothing, such as "expansion joint"."""
        return any(
            one.start() < span[1] and span[0] < one.end()
            for one in self._phrases.ignored.finditer(view.text, view.start, view.end)
        )

    def _meant(self, said: Said, span: tuple[int, int], heads: list[int]) -> Polarity:
        """How the words are meant: by the cues around them, else by who doubts or denies it."""
        view = said.view
        meant = polarity_of(view.read, *span, within=False)
        if meant in {"negated", "past"}:
            return meant
        mentions = view.read.mentions
        own = {mentions[one].canonical for one in heads if one >= 0}
        others = [
            one.start
            for one in mentions
            if one.label == "COMPANY" and one.start >= span[1] and one.canonical not in own
        ]
        start = clause_start(view.text, max(view.start, span[0] - _FAR), span[0])
        end = min([span[1] + _FAR, said.end, *others])
        near = end if end - view.end <= _COMMENT else min(view.end, end)
        for polarity, before, within, after in self._phrases.around:
            if (
                before.search(view.text, start, span[0])
                or within.search(view.text, *span)
                or after.search(view.text, span[1], end if polarity == "negated" else near)
            ):
                return meant if meant != "asserted" and polarity != "negated" else polarity
        return meant

    def _of_figures(self, said: Said) -> Iterator[Signal]:
        """More or fewer pieces, or smaller lots: "was 25 a week, now 60"."""
        view = said.view
        for (_, one), (_, other) in pairwise(_figures(said)):
            change = _change(view.text, one, other)
            if not change:
                continue
            around = view.text[min(view.start, one.start) : view.end]
            of_lots = bool(_OF_LOTS.search(around))
            if (change > 0 and of_lots) or _PRICED.search(around):
                continue
            name = "ORDERS_UP" if change > 0 else "LOT_SIZE_DOWN" if of_lots else "ORDERS_DOWN"
            span = (one.start, other.end)
            heads = _heads(said, span)
            polarity = self._meant(said, span, heads)
            yield from (self._signal(head, name, polarity, span) for head in heads)

    def _of_next(self, said: Said, cues: Cues) -> Iterator[Signal]:
        view = said.view
        for match in cues.next.finditer(view.text, view.start, view.end):
            after = [one for one in view.companies() if one[1].start >= match.end()]
            for index, one in after[:1]:
                if view.text[match.end() : one.start].strip(" ") in {"", "the", "our"}:
                    polarity = self._meant(said, match.span(), [index])
                    yield self._signal(index, cues.name, polarity, (match.start(), one.end))

    def _signal(self, head: int, name: str, polarity: Polarity, span: tuple[int, int]) -> Signal:
        return Signal(head, name, self._component, polarity, *span, _CONFIDENCE)


# "Price for 250 vs 500?" weighs two lots, and changes none.
_PRICED: Final = re.compile(r"\b(?:pric(?:e|es|ing)|quot(?:e|es|ing)|rfqs?)\b", re.IGNORECASE)
_OF_LOTS: Final = re.compile(
    r"\b(?:lots?|batch(?:es)?|runs?|at a (?:time|clip|whack|throw|shot|go)|a pop|per po|kanban|"
    r"splits?|piece)\b",
    re.IGNORECASE,
)


def _figures(said: Said) -> list[tuple[int, Mention]]:
    """The quantities of a sentence, after the last one of the sentence before it."""
    before = said.earlier.mentions("QUANTITY")[-1:] if said.earlier else []
    return [*before, *said.view.mentions("QUANTITY")]


def _change(text: str, one: Mention, other: Mention) -> int:
    """Whether what is bought went up (1) or down (-1) between two figures; 0 if neither."""
    compared = old_and_new(text, one, other)
    before, now = map(_pieces, compared) if compared else (None, None)
    if before is None or now is None:
        return 0
    return (now > before) - (now < before)


def _pieces(mention: Mention) -> float | None:
    """How many pieces, whatever the time; None where that is no single figure."""
    found = re.match(r"\d[\d,]*(?= )", mention.canonical)
    return float(found[0].replace(",", "")) if found else None


def _changes(said: Said) -> int:
    """Whether the figures of a sentence go up (1) or down (-1); 0 where they tell nothing."""
    pairs = pairwise(_figures(said))
    return next(
        filter(None, (_change(said.view.text, one, two) for (_, one), (_, two) in pairs)), 0
    )


_AGAINST: Final = {1: ("LOT_SIZE_DOWN", "ORDERS_DOWN"), -1: ("ORDERS_UP",)}
"""What is not so where figures go up or down, however it is worded."""


def _is_host(view: View, head: int, span: tuple[int, int]) -> bool:
    """Whether it is whom others visit: who posts, or is named in "stopped by the Bolt booth"."""
    if head < 0:
        return head == ACCOUNT and view.read.context.kind == "post"
    one = view.read.mentions[head]
    return span[0] <= one.start and one.end <= span[1]


def _told(said: Said, cues: Cues) -> Iterator[tuple[tuple[int, int], bool]]:
    """Each stretch that tells a signal, and whether it says that it is not so."""
    view = said.view
    patterns = [(cues.denied, True), (cues.own, False)]
    if cues.needs and _names(said, cues.needs):
        patterns.append((cues.beside, False))
    for pattern, denied in patterns:
        for match in pattern.finditer(view.text, view.start, view.end):
            yield match.span(), denied


def _names(said: Said, needs: tuple[str, ...]) -> bool:
    """Whether the sentence or the one before it names something of a label, or has a word."""
    labels = [one for one in needs if one.isupper()]
    words = [one for one in needs if not one.isupper()]
    if labels and any(one.mentions(*labels) for one in (said.view, said.earlier) if one):
        return True
    text = said.view.text[said.view.start : said.view.end].lower()
    return any(one in text for one in words)


_NAMING: Final = frozenset({"COMPANY", "PERSON", "TRADE_SHOW", "MATERIAL", "CERT", "PAYMENT_TERMS"})


def _within_a_name(view: View, span: tuple[int, int]) -> bool:
    return any(
        one.start <= span[0] and span[1] <= one.end
        for _, one in view.mentions()
        if one.label in _NAMING
    )


def _runs_into_another(view: View, span: tuple[int, int]) -> bool:
    """Whether words of one company go on to the next: "Bolt's forecast is down, Cog up"."""
    companies = [one for _, one in view.companies()]
    return any(one.end <= span[0] for one in companies) and any(
        span[0] < one.start and one.end < span[1] for one in companies
    )


def _heads(said: Said, span: tuple[int, int]) -> list[int]:
    """The companies that the words speak of: those before them, else whom the sentence is about."""
    view, heading = said.view, said.heading
    companies = view.companies(without=said.supplied)
    before = [one for one in companies if one[1].end <= span[0]]
    if before:
        return _joined(view, before)
    if _OURS.search(view.text[view.start : span[0]]):
        after = any(one.start >= span[1] for _, one in companies)
        signed = view.read.context.kind == "email" and not after
        return [heading] if signed and heading is not None else []
    head = view.about(span[1], heading, without=said.supplied)
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


def said_in(text: str, read: Reading) -> list[Said]:
    """The sentences of a text, each with what stands around it.

    Args:
        text: The text.
        read: Its reading.
    """
    supplied = {one.tail for one in read.relations if one.label == "SUPPLIES"}
    sentences = views(text, read)
    found = []
    for at, (view, heading) in enumerate(headed(sentences, without=supplied)):
        earlier = sentences[at - 1] if at else None
        end = sentences[min(at + 1, len(sentences) - 1)].end
        found.append(Said(view, earlier, end, heading, supplied))
    return found


def said_of(read: Reading, said: Sequence[Said]) -> dict[str, list[list[Token]]]:
    """What a text says of each of its companies.

    Args:
        read: Its reading.
        said: Its sentences.

    Returns:
        By the canonical name of each company, or `FILED` for the one that the text is filed under,
        the words of the sentences that name it, or name none while the text speaks of it.
    """
    found: dict[str, list[list[Token]]] = {}
    for view, _, _, heading, supplied in said:
        heads = [index for index, _ in view.companies(without=supplied)]
        if not heads:
            heads = [
                one for one in [view.about(view.end, heading, without=supplied)] if one is not None
            ]
        for head in {_whose(read, one): one for one in heads}.values():
            found.setdefault(_whose(read, head), []).append(tokens(view, head))
    return found


FILED: Final = "ACCOUNT"
"""Stands for the company that a text is filed under, where the text does not name it."""


def _whose(read: Reading, head: int) -> str:
    """The name of the company that a head stands for."""
    return read.mentions[head].canonical if head >= 0 else FILED


def _head_of(read: Reading, view: View, name: str) -> int:
    """The mention of a company of some name, in a sentence if there is one, else the first."""
    if name == FILED:
        return ACCOUNT
    here = [index for index, one in view.companies() if one.canonical == name]
    return (
        here[-1]
        if here
        else next(index for index, one in enumerate(read.mentions) if one.canonical == name)
    )
