"""Trade shows with their edition, from shows.toml, hashtags, and names that say they are a show."""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.document import Mention, reading
from nlp.components.editions import Series, stated_year, worked_out_year
from nlp.components.phrases import Found, PhraseTable, words
from nlp.lexicon_files import read_lexicon

VERSION: Final = "1"
_UNLISTED_CONFIDENCE: Final = 0.6

_SPEAKS_OF_A_SHOW_BEFORE: Final = re.compile(
    r"\b(?:at|to|from|for|of|the|skip(?:s|ped|ping)?|attend(?:s|ed|ing)?|visit(?:s|ed|ing)?|"
    r"do(?:ing)?|did|hit(?:ting)?|miss(?:ed|ing)?|exhibit(?:s|ed|ing)?|walk(?:ed|ing)?|hello|and|or|"
    r"pass(?:ed|ing)?\s+on|after|before|during|since|til|till|until|post|pre|our|goes|went|"
    r"see\s+you\s+@|@|bail(?:ed|ing)?\s+on)\s*[#\"']?\s*$",
    re.IGNORECASE,
)
_SPEAKS_OF_A_SHOW_AFTER: Final = re.compile(
    r"^\s*(?:show|booth|floor|expo|week|day\b|was|is|were|next|last|this|trade|conference|badge|"
    r"recap|leads?|attendees|exhibitors?|[:!?.,]|$|-)",
    re.IGNORECASE,
)
_SHOW_TALK: Final = re.compile(
    r"\b(?:booth|show|expo|hall|floor|week|stopped by|stop by|come see|see you|exhibit\w*|"
    r"attend\w*|"
    r"visit(?:ed|ors?)|day \d|live from|wrap)\b",
    re.IGNORECASE,
)
_UNLISTED: Final = re.compile(
    r"\b(?:[A-Z][\w&+'/-]*\s+(?:(?:of|and|&|for|\+)\s+)?){1,6}"
    r"(?:Expo|EXPO|Show|SHOW|Summit|Conference|Fair|Symposium|Convention|Exhibition|Exposition|Congress|"
    r"Tradeshow|Trade Show|Airshow)\b"
)
_OPENERS: Final = re.compile(
    r"^(?:(?:The|At|In|From|Met|Saw|Visited|Visiting|Attending|Attended|Heading|Back|Great|See|Our|Skipping|"
    r"Skipped|Going|Join|Live|Last|Next|This|Had|Good|Busy|Annual|Post|After|Before|And|With|For|Exhibiting|"
    r"Loved|Enjoyed|Missed|Hello|Trade|No|\w+'s)\s+)+"
)


class Nickname(NamedTuple):
    """A way to write a show, and whether it is an ordinary word too."""

    series: Series
    written: str
    is_word: bool


@Language.factory("graphkit_shows", default_config={"folder": None, "unlisted": True})
def make_shows(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,
    folder: str | None,
    unlisted: bool,  # noqa: FBT001 - a setting in spaCy's config
) -> "ShowFinder":
    """The component that finds trade shows and works out their year."""
    return ShowFinder(name, folder=folder, unlisted=unlisted)


class ShowFinder:
    """Finds trade shows.

    Args:
        name: Name of the component.
        folder: The shop's own folder of lexicon files.
        unlisted: Whether "Gulf Coast Pump Expo" is a show although no file lists it.
    """

    def __init__(self, name: str, *, folder: str | None = None, unlisted: bool = True) -> None:
        self._component = f"{name}/{VERSION}"
        self._unlisted = unlisted
        self._table: PhraseTable[Nickname] = PhraseTable(number_may_follow=True)
        for table in read_lexicon("shows", folder):
            for series_name, entry in table.items():
                self._learn(_series(series_name, entry), entry)

    def _learn(self, series: Series, entry: dict[str, Any]) -> None:
        bare = [series.name] if entry.get("word") else []
        words_too = {*bare, *entry.get("words", [])}
        for written in (series.name, *entry.get("aliases", []), *entry.get("words", [])):
            nickname = Nickname(series, written, written in words_too)
            self._table.add(written, nickname)
            # Hashtags and hasty writers leave the spaces out: #PackExpo.
            self._table.add("".join(filter(str.isalnum, written)), nickname)

    def __call__(self, doc: Doc) -> Doc:
        """Add what is found to the doc's reading."""
        found = [*self._listed(doc)]
        if self._unlisted:
            found += self._by_shape(doc, found)
        reading(doc).prefer(found)
        return doc

    def _listed(self, doc: Doc) -> Iterator[Mention]:
        text = doc.text
        for item in self._table.find(text, words(text)):
            for nickname in item.values:
                if not nickname.is_word or _meant_as_show(text, item, nickname.written):
                    yield self._mention(doc, nickname.series, item.start, item.end, 0.97)
                    break

    def _by_shape(self, doc: Doc, listed: list[Mention]) -> Iterator[Mention]:
        for match in _UNLISTED.finditer(doc.text):
            opener = _OPENERS.match(match[0])
            start = match.start() + (opener.end() if opener else 0)
            name = doc.text[start : match.end()]
            if " " not in name or any(m.start < match.end() and start < m.end for m in listed):
                continue
            written = reading(doc).context.date
            series = Series(name, month=written.month if written else 1)
            yield self._mention(doc, series, start, match.end(), _UNLISTED_CONFIDENCE)

    def _mention(
        self, doc: Doc, series: Series, start: int, end: int, confidence: float
    ) -> Mention:
        read = reading(doc)
        year: int | None = None
        if stated := stated_year(doc.text, start, end):
            year, start, end = stated
        elif read.context.date is not None:
            first, last = read.sentence_at(start)
            year, sure = worked_out_year(
                series, doc.text[first:last], start - first, read.context.date
            )
            confidence *= sure
        canonical = series.name if year is None else f"{series.name} {year}"
        return Mention(
            start,
            end,
            "TRADE_SHOW",
            canonical,
            self._component,
            round(confidence, 3),
            node=series.name,
            value=year,
            unit="" if year is None else "year",
        )


def _series(name: str, entry: dict[str, Any]) -> Series:
    return Series(
        name,
        every=int(entry.get("every", 1)),
        held=int(entry.get("held", 2024)),
        month=int(entry.get("month", 6)),
        moved={int(year): int(month) for year, month in entry.get("moved", {}).items()},
    )


def _meant_as_show(text: str, found: Found[Nickname], written: str) -> bool:
    """Whether a name that is also an ordinary word means the show here."""
    surface = text[found.start : found.end]
    before, after = text[: found.start], text[found.end :]
    hashtag = before.endswith("#")
    if after[:1].isdigit() or stated_year(text, found.start, found.end):
        return hashtag or surface != surface.lower()
    if hashtag:
        return surface != surface.lower() or bool(_SHOW_TALK.search(text))
    if surface not in {written, written.upper()}:
        return False
    return bool(
        _SPEAKS_OF_A_SHOW_BEFORE.search(before[-24:])
        or (surface != surface.lower() and _SPEAKS_OF_A_SHOW_AFTER.match(after[:16]))
    )
