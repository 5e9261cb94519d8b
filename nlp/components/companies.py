"""Companies: the shop's own list first, then names that look like companies.

A name of the list counts wherever it stands, the fullest one first. What is left and looks like a
company is compared with the list: it is linked when one known company is near and the next one is
clearly further away, else it stays "unlinked", which is an answer too.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from rapidfuzz import fuzz, process
from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.document import Mention, Reading, reading
from nlp.components.names import (
    begins_with_a_given_name,
    does_business,
    goes_on_as_company,
    heads_a_note,
    names_in,
    sounds_like_a_company,
    well_known,
    with_legal_form,
    without_legal_form,
)
from nlp.components.phrases import Found, PhraseTable, key_of, words

VERSION: Final = "1"
CANDIDATE: Final = "NAME"
"""Label of a capitalised name that no component has recognised yet."""
PERHAPS_COMPANY: Final = "NAME OF A COMPANY"
"""Label of a name that only the language model takes for a company's."""
PERHAPS_PERSON: Final = "NAME OF A PERSON"
"""Label of a name that only the language model takes for a person's."""
# Two words of which one is no code: a standard such as ASTM B564 looks like an organisation too.
_WORDS: Final = re.compile(r"[A-Z][a-z]{2,}\s[A-Z&]|\s[A-Z][a-z]{2,}")
_SAME_WORD: Final = 75.0
_PERCENT: Final = 100.0


@Language.factory(
    "graphkit_companies",
    default_config={"known": [], "min_score": 88.0, "min_margin": 6.0},
)
def make_companies(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,
    known: list[list[str]],
    min_score: float,
    min_margin: float,
) -> "CompanyFinder":
    """The component that finds and links companies."""
    pairs = [(one[0], one[1]) for one in known]
    return CompanyFinder(name, pairs, min_score=min_score, min_margin=min_margin)


class CompanyFinder:
    """Finds and links companies.

    Args:
        name: Name of the component.
        known: Id and name of the companies the shop knows, one pair a spelling.
        min_score: Least likeness of a misspelt name, 0 to 100.
        min_margin: By how much the next company must be less like it.
    """

    def __init__(
        self,
        name: str,
        known: Iterable[tuple[str, str]],
        *,
        min_score: float = 88.0,
        min_margin: float = 6.0,
    ) -> None:
        self._component = f"{name}/{VERSION}"
        self._min_score = min_score
        self._min_margin = min_margin
        self._table: PhraseTable[str] = PhraseTable()
        self._owners: dict[str, set[str]] = {}
        self._names: dict[str, str] = {}
        for node, written in known:
            self._learn(node, written)
        self._keys = sorted(self._owners)
        self._openings = self._unique_openings()

    def _learn(self, node: str, written: str) -> None:
        bare = without_legal_form(written)
        key = key_of(bare)
        if not key:
            return
        self._names.setdefault(node, bare)
        self._table.add(bare, node)
        self._table.add(written, node)
        self._owners.setdefault(" ".join(key), set()).add(node)

    def _unique_openings(self) -> dict[str, str]:
        """Beginnings of names that only one known company has: "Kettle" of Kettle Gear Works."""
        owners: dict[str, set[str]] = {}
        for key, nodes in self._owners.items():
            parts = key.split()
            for length in range(1, len(parts)):
                owners.setdefault(" ".join(parts[:length]), set()).update(nodes)
        return {
            opening: next(iter(nodes))
            for opening, nodes in owners.items()
            if len(nodes) == 1 and opening not in self._owners
        }

    def __call__(self, doc: Doc) -> Doc:
        """Add what is found to the doc's reading."""
        read = reading(doc)
        exact = list(self._exact(doc, read))
        read.mentions = [
            one
            for one in read.mentions
            if not any(have.start <= one.start and one.end <= have.end for have in exact)
        ]
        read.prefer(exact)
        read.prefer(list(self._guessed(doc, read)))
        return doc

    def _exact(self, doc: Doc, read: Reading) -> Iterator[Mention]:
        text = doc.text
        for item in self._table.find(text, words(text)):
            node = self._pick(item.values, read)
            surface = text[item.start : item.end]
            # A company called Standard is meant only where it is written as a name.
            if " " not in surface and surface == surface.lower() and text != text.lower():
                continue
            # Zenith is not Zenith Hydraulics.
            if goes_on_as_company(text, item.end):
                continue
            yield self._mention(text, item, node, 1.0 if node else 0.5)

    def _pick(self, nodes: tuple[str, ...], read: Reading) -> str | None:
        """The one company of that name; of several the one the text is filed under, else none."""
        if len(nodes) == 1:
            return nodes[0]
        return read.context.account if read.context.account in nodes else None

    def _mention(self, text: str, item: Found[str], node: str | None, confidence: float) -> Mention:
        end = with_legal_form(text, item.end)
        surface = text[item.start : item.end]
        name = self._names.get(node, surface) if node else without_legal_form(surface)
        return Mention(
            item.start, end, "COMPANY", name, self._component, round(confidence, 3), node=node
        )

    def _guessed(self, doc: Doc, read: Reading) -> Iterator[Mention]:
        text = doc.text
        organisations = {(one.start_char, one.end_char) for one in doc.ents if one.label_ == "ORG"}
        nearby = {one.node for one in read.mentions if one.label == "COMPANY" and one.node}
        if read.context.account:
            nearby.add(read.context.account)
        for first, last in _between_names(read):
            for start, end in names_in(text, first, last):
                node, confidence = self._link(text[start:end], nearby)
                if node:
                    yield self._mention(text, Found(start, end, ()), node, confidence)
                elif guess := self._guess(text, start, end, read):
                    yield guess
                elif (start, end) in organisations and _WORDS.search(text[start:end]):
                    guess = self._mention(text, Found(start, end, ()), None, 0.5)
                    yield replace(guess, label=PERHAPS_COMPANY)
                elif _opens(text, start, end, read):
                    yield self._mention(text, Found(start, end, ()), None, 0.5)
                elif read.free(start, end):
                    yield Mention(start, end, CANDIDATE, text[start:end], self._component, 0.3)

    def _guess(self, text: str, start: int, end: int, read: Reading) -> Mention | None:
        """What a name that is on no list is by the look of it; None where that tells nothing."""
        span: Found[str] = Found(start, end, ())
        if full := well_known(text[start:end]):
            return replace(self._mention(text, span, None, 0.8), canonical=full)
        if _is_somebody(text, start, end):
            return Mention(start, end, CANDIDATE, text[start:end], self._component, 0.3)
        if _is_company(text, start, end) or _holds_a_word(text, start, end, read):
            return self._mention(text, span, None, 0.6)
        return None

    def _link(self, surface: str, nearby: set[str]) -> tuple[str | None, float]:
        """The known company that a name means, and how sure this is; None when it is unclear."""
        key = " ".join(key_of(without_legal_form(surface)))
        if not key:
            return None, 0.0
        short = [one for one in sorted(nearby) if self._opens(key, one)]
        if len(short) == 1:
            return short[0], 0.85
        if not short and key in self._openings:
            return self._openings[key], 0.7
        return self._nearest(key)

    def _opens(self, key: str, node: str) -> bool:
        return " ".join(key_of(self._names.get(node, ""))).startswith(f"{key} ")

    def _nearest(self, key: str) -> tuple[str | None, float]:
        near = process.extract(
            key,
            self._keys,
            scorer=fuzz.ratio,
            score_cutoff=self._min_score - self._min_margin,
            limit=8,
        )
        best: dict[str, float] = {}
        for found, score, _ in near:
            if _word_by_word(key, found):
                for node in self._owners[found]:
                    best[node] = max(score, best.get(node, 0.0))
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] < self._min_score:
            return None, 0.0
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < self._min_margin:
            return None, 0.0
        return ranked[0][0], ranked[0][1] / _PERCENT


def _opens(text: str, start: int, end: int, read: Reading) -> bool:
    """Whether a note begins with a name as notes begin with that of a company."""
    if read.context.kind == "post" or not read.free(start, end):
        return False
    return heads_a_note(text, start, end) or does_business(text, start, end)


def _between_names(read: Reading) -> Iterator[tuple[int, int]]:
    """The stretches of every sentence that no company or show holds yet."""
    taken = [one for one in read.mentions if one.label in {"COMPANY", "TRADE_SHOW"}]
    for first, last in read.sentences:
        at = first
        for one in taken:
            if first <= one.start < last:
                yield at, one.start
                at = one.end
        yield at, last


def _word_by_word(one: str, other: str) -> bool:
    """Whether two names have like words in like places: Granite Pump is not Granite Press."""
    left, right = one.split(), other.split()
    if len(left) != len(right):
        return one.replace(" ", "") == other.replace(" ", "")
    return all(
        fuzz.ratio(a, b) >= _SAME_WORD and (len(a) > 3 or a == b)  # noqa: PLR2004 - MD is not MK
        for a, b in zip(left, right, strict=True)
    )


_LEXICAL: Final = frozenset(
    {"MATERIAL", "PROCESS", "FINISH", "INDUSTRY", "METHOD", "MACHINE", "CERT"}
)


def _holds_a_word(text: str, start: int, end: int, read: Reading) -> bool:
    """Whether a name is more than the word of a lexicon in it: "Carson Passivation" is nobody's."""
    inside = [
        one
        for one in read.mentions
        if one.label in _LEXICAL and start <= one.start and one.end <= end
    ]
    held = sum(one.end - one.start for one in inside)
    rest = "".join(
        letter if not any(one.start <= at < one.end for one in inside) else " "
        for at, letter in enumerate(text[start:end], start=start)
    )
    others = [one for one in re.findall(r"[A-Z][a-z]{2,}", rest) if one not in _SAYS]
    return bool(inside) and held < end - start and bool(others) and bool(_OWN_WORD.search(rest))


_ROLE: Final = re.compile(
    r",?\s(?:@|at|from|over at)\s|\s\(|"
    r",\s(?:\w+\s)?(?:purchasing|qa|qc|quality|buyer|engineer|owner|"
    r"planner|sales|vp|ceo|president|manager|eng)\b",
    re.IGNORECASE,
)


def _is_somebody(text: str, start: int, end: int) -> bool:
    """Whether a name that may hold a material is a person's: "Lyle Copper, purchasing at ..."."""
    name = text[start:end]
    return (
        len(name.split()) == _TWO_NAMES
        and begins_with_a_given_name(name)
        and bool(_ROLE.match(text, end))
    )


_TWO_NAMES: Final = 2
_OWN_WORD: Final = re.compile(r"[A-Z][a-z]{3,}")
_SAYS: Final = frozenset({"Grade", "Type", "Class", "Alloy", "Hard", "Clear", "Black", "Color"})


def _is_company(text: str, start: int, end: int) -> bool:
    return sounds_like_a_company(text[start:end]) or with_legal_form(text, end) > end
