"""How a text means what it says: asserted, negated, hedged, conditional, reported, past or asked.

A cue speaks of its clause: "Bolt won't be at IMTS, but Acme will" denies the one and not the other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.document import Cue, Mention, Polarity, Reading, reading
from nlp.lexicon_files import read_lexicon

# Which cue decides where several hold: the first of these.
_RANK: Final[tuple[Polarity, ...]] = (
    "negated",
    "hedged",
    "asked",
    "conditional",
    "reported",
    "past",
)
_BREAK: Final = re.compile(
    r";|\s[-\u2013\u2014]+\s|\u2014|,?\s(?:but|however|although|though|whereas|while|yet|because|"
    r"so we|so they|so i)\b|\)",
    re.IGNORECASE,
)
_SIGNS: Final = " .,;:!?)\n"
_JOINT: Final = re.compile(
    r"[\s.,;:!?)\-\u2013\u2014]*(?P<word>\b(?:but|and|however|although|though|whereas|while|yet|"
    r"because)\b[\s,]*)?$",
    re.IGNORECASE,
)
_OF_BEFORE: Final = re.compile(r"\s*(?:(?:that|it|this|which|those|they)\b.*)?", re.IGNORECASE)
"""How a clause begins that speaks of the one before: "but that's a typo"."""
_FEW_WORDS: Final = 2
"""Words before a denial that has no subject of its own: "the boss killed it"."""
_LIST: Final = re.compile(r",\s*(?:and\s|or\s|nor\s)?|\s(?:and|&)\s", re.IGNORECASE)
_NAMED: Final = frozenset({"COMPANY", "PERSON", "EMPLOYEE", "TRADE_SHOW"})
_WHO: Final = frozenset(
    {"COMPANY", "PERSON", "EMPLOYEE", "NAME", "NAME OF A COMPANY", "NAME OF A PERSON"}
)


class _Pattern(NamedTuple):
    """Every phrase of one polarity and direction as one pattern."""

    polarity: Polarity
    forward: bool
    pattern: re.Pattern[str]


@Language.factory("graphkit_assertion", default_config={"folder": None})
def make_assertion(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,  # noqa: ARG001 - likewise
    folder: str | None,
) -> "AssertionMarker":
    """The component that finds cues and says how each mention is meant."""
    return AssertionMarker(folder=folder)


class AssertionMarker:
    """Finds cues of negation, doubt and the like, with the stretch that each speaks of.

    Args:
        folder: The shop's own folder of lexicon files.
    """

    def __init__(self, *, folder: str | None = None) -> None:
        tables = read_lexicon("assertion", folder)
        ignored = [phrase for table in tables for phrase in table.get("ignore", [])]
        self._ignored = phrase_pattern(ignored)
        self._patterns = [
            _Pattern(polarity, direction == "forward", phrase_pattern(phrases))
            for polarity in _RANK
            for direction in ("forward", "backward")
            if (phrases := _phrases(tables, polarity, direction))
        ]

    def __call__(self, doc: Doc) -> Doc:
        """Add the cues to the doc's reading, and to each mention how it is meant."""
        read = reading(doc)
        earlier = 0
        for sentence in read.sentences:
            cues = self._cues(doc.text, sentence, earlier, read.mentions)
            read.cues += _longest(cues, read.mentions)
            earlier = sentence[0]
        for index, mention in enumerate(read.mentions):
            read.restate(index, polarity_of(read, mention.start, mention.end))
        read.topics = [
            replace(one, polarity=polarity_of(read, one.start, one.end)) for one in read.topics
        ]
        return doc

    def _cues(
        self, text: str, sentence: tuple[int, int], earlier: int, mentions: list[Mention]
    ) -> Iterator[Cue]:
        first, last = sentence
        ignored = [match.span() for match in self._ignored.finditer(text, first, last)]
        inside = [one for one in mentions if first <= one.start < last]
        named = [one for one in inside if one.label in _NAMED]
        for polarity, forward, pattern in self._patterns:
            for match in pattern.finditer(text, first, last):
                start, end = match.span()
                if any(a < end and start < b for a, b in ignored):
                    continue
                # "Cannot" in a company's name denies nothing.
                if any(one.start <= start and end <= one.end for one in named):
                    continue
                scope = _scope(text, (start, end), sentence, inside, polarity, forward=forward)
                if not (forward or inside) and _echoes(text, (first, start), polarity):
                    scope = earlier, scope[1]  # "Bolt lays off 30. Not confirmed."
                if not forward or scope[0] < end or text[slice(*scope)].strip(_SIGNS):
                    yield Cue(start, end, polarity, scope)  # "electropolish, maybe" looks back
        if text[last - 1 : last] == "?":
            yield Cue(last - 1, last, "asked", (_clause_start(text, first, last - 1, inside), last))


def _scope(
    text: str,
    span: tuple[int, int],
    sentence: tuple[int, int],
    mentions: list[Mention],
    polarity: Polarity,
    *,
    forward: bool,
) -> tuple[int, int]:
    """The stretch that a phrase speaks of: its clause, from the phrase on or all of it."""
    (start, end), (first, last) = span, sentence
    # "200 a month if it clears" is as open as "if it clears, 200 a month".
    if polarity == "conditional" or (polarity == "reported" and forward):
        return sentence
    clause_end = _clause_end(text, end, last, mentions)
    colon = text.find(": ", end, clause_end)  # "No bronze: seats in Nitronic 60"
    if polarity == "negated" and colon >= 0 and text[end:colon].strip():
        clause_end = colon
    if text[start:end].lower() == "not":
        clause_end = _contrast(text, end, clause_end, mentions)
    # "IMTS: not going" looks back, "not going to IMTS" ahead.
    if forward:
        return end, clause_end
    begin = _clause_start(text, first, start, mentions)
    if not any(begin <= one.start < clause_end for one in mentions):
        joint = _JOINT.search(text, first, begin)
        if joint and (not joint["word"] or _OF_BEFORE.fullmatch(text, begin, start)):
            # "wanted anodize, decided against it"
            begin = _clause_start(text, first, joint.start(), mentions)
    return begin, clause_end


def _contrast(text: str, end: int, clause_end: int, mentions: list[Mention]) -> int:
    """Where "not" ends when it only sets one thing against the next: "not brass, bronze"."""
    for one in mentions:
        if not text[end : one.start].strip() and text[one.end : one.end + 1] == ",":
            return min(clause_end, one.end)
    return clause_end


def _echoes(text: str, before: tuple[int, int], polarity: Polarity) -> bool:
    """Whether a phrase speaks of the sentence before its own, which is no question.

    Args:
        text: The text.
        before: What its own sentence says before it.
        polarity: What it says.
    """
    first, start = before
    if text[:first].rstrip().endswith("?"):
        return False
    return polarity == "hedged" or (
        polarity == "negated" and len(text[first:start].split()) <= _FEW_WORDS
    )


def _longest(cues: Iterable[Cue], mentions: list[Mention]) -> list[Cue]:
    """Of cues that overlap the longest: "not sure" is doubt and no denial.

    Of those that are as long the one that speaks of something: "they skipped it" and "it, skipped".
    """

    def rank(cue: Cue) -> tuple[int, bool, int]:
        first, last = cue.scope
        return (
            cue.start - cue.end,
            not any(first <= one.start < last for one in mentions),
            cue.start,
        )

    kept: list[Cue] = []
    for cue in sorted(cues, key=rank):
        if all(cue.end <= one.start or cue.start >= one.end for one in kept):
            kept.append(cue)
    return sorted(kept, key=lambda one: one.start)


def polarity_of(read: Reading, start: int, end: int, *, within: bool = True) -> Polarity:
    """How a stretch is meant: by the strongest cue that speaks of it, else asserted.

    Args:
        read: What was read so far.
        start: First character.
        end: One past the last.
        within: Whether cues in the stretch itself count; "hasn't paid" denies nothing else.
    """
    cues = [
        cue
        for cue in read.cues
        if cue.scope[0] <= start
        and end <= cue.scope[1]
        and (within or cue.end <= start or end <= cue.start)
    ]
    doubts = [cue for cue in cues if cue.polarity == "hedged"]
    return strongest(
        "hedged"
        if cue.polarity == "negated" and any(_doubted(cue, doubt) for doubt in doubts)
        else cue.polarity
        for cue in cues
    )


def _doubted(denial: Cue, doubt: Cue) -> bool:
    """Whether a denial itself is in doubt: "might skip IMTS"."""
    return doubt.end <= denial.start <= doubt.end + _BESIDE


_BESIDE: Final = 2
"""Characters between a doubt and what it doubts: "might skip", but not "maybe, but will not"."""


def strongest(polarities: Iterable[Polarity]) -> Polarity:
    """Of several polarities the one that counts: negated before hedged, asserted last."""
    found = set(polarities)
    return next((one for one in _RANK if one in found), "asserted")


_NOTHING: Final = re.compile(r"(?!)")
"""Where there are no phrases, none is found."""


def phrase_pattern(
    phrases: Iterable[str], lists: Mapping[str, Sequence[str]] | None = None
) -> re.Pattern[str]:
    """One pattern for many phrases, the longest first.

    Apostrophes may be missing, spaces may be many, "..." stands for up to five words, # for a
    figure, {a|b} for one of several spellings and {name} for one of a list; "!with" at the end is
    no part of the phrase, and no such word may come after it.

    Args:
        phrases: The phrases.
        lists: Words by the name of their list.

    Examples:
        >>> phrase_pattern(["caught up !with"]).findall("caught up with Bo, who is caught up")
        ['caught up']
        >>> phrase_pattern(["won't", "cut ... from"]).findall("wont, and cut the show from it")
        ['wont', 'cut the show from']
        >>> phrase_pattern(["pay{|s|ing} {late|slow}"]).findall("pays late, paying slow")
        ['pays late', 'paying slow']
        >>> phrase_pattern(["from {abroad}"], {"abroad": ["China", "Italy"]}).findall("from Italy")
        ['from Italy']
    """
    patterns = {_as_pattern(one, lists or {}) for one in phrases}
    parts = sorted(patterns, key=lambda one: (-len(one), one))
    if not parts:
        return _NOTHING
    return re.compile(rf"(?<![\w'])(?:{'|'.join(parts)})(?![\w'])", re.IGNORECASE)


def _as_pattern(phrase: str, lists: Mapping[str, Sequence[str]]) -> str:
    phrase, _, not_before = phrase.partition(" !")
    pieces = []
    for part in re.split(r"(\{[^{}]*\})", phrase):
        words = lists.get(part[1:-1], ()) if part.startswith("{") else ()
        words = words or (part[1:-1].split("|") if "|" in part else ())
        pieces.append(f"(?:{'|'.join(map(_spelled, words))})" if words else _spelled(part))
    if not_before:
        pieces.append(rf"(?!\s+{_spelled(not_before)}\b)")
    return "".join(pieces)


def _spelled(words: str) -> str:
    escaped = re.escape(words).replace("'", "'?").replace(r"\-", "[- ]?")
    escaped = escaped.replace(r"\#", r"\d[\d,.]*")
    return escaped.replace(r"\ \.\.\.\ ", r"(?:\s+\S+){0,5}?\s+").replace(r"\ ", r"\s+")


def _phrases(tables: list[dict[str, Any]], polarity: str, direction: str) -> list[str]:
    return [one for table in tables for one in table.get(polarity, {}).get(direction, [])]


def _clause_end(text: str, start: int, last: int, mentions: list[Mention]) -> int:
    """Where the clause that begins at `start` ends."""
    match = _BREAK.search(text, start, last)
    end = match.start() if match else last
    for comma in _LIST.finditer(text, start, end):
        if not _list_goes_on(comma, mentions):
            return comma.start()
    return end


def _clause_start(text: str, first: int, end: int, mentions: list[Mention]) -> int:
    """Where the clause that ends at `end` begins."""
    begin = clause_start(text, first, end)
    for comma in _LIST.finditer(text, begin, end):
        if not _list_goes_on(comma, mentions):
            begin = comma.end()
    return begin


def clause_start(text: str, first: int, end: int) -> int:
    """Where the clause that holds the character at `end` begins, whatever commas part it."""
    return max((match.end() for match in _BREAK.finditer(text, first, end)), default=first)


def _list_goes_on(comma: re.Match[str], mentions: list[Mention]) -> bool:
    """Whether a comma or "and" stands between two things of a kind, and ends no clause."""
    start, end = comma.span()
    if any(one.start < end and start < one.end for one in mentions):
        return True
    before = [one for one in mentions if one.end <= start]
    after = [one for one in mentions if one.start >= end]
    is_comma = comma[0].lstrip().startswith(",")
    if not before or not after:
        return not is_comma
    if is_comma:
        beside = start - before[-1].end <= 1 and after[0].start == end
        return beside and before[-1].label == after[0].label
    # "and Acme is going" begins a clause unless Acme is one more of what came before.
    return not (after[0].label in _WHO and before[-1].label not in _WHO and after[0].start == end)
