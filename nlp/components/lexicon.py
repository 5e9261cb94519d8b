"""Processes, materials, finishes, methods, machines, certificates, industries: lexicon files.

The files in `lexicons/` are for a machinist to edit: a canonical name and how people write it. A
shop adds its own words in files of the same names in a folder of its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc

from graphkit.errors import UnreadableError
from nlp.components.document import Mention, reading
from nlp.components.phrases import Found, PhraseTable, words
from nlp.lexicon_files import LEXICONS, read_lexicon

VERSION: Final = "1"
# A bare number is an alloy unless something counts with it: "303 sleeves", but "303 pcs", "PO 303".
_COUNTED_BEFORE: Final = re.compile(
    r"(?:[$€£#+±.\d/]$|\b(?:po|so|inv|invoice|order|quote|job|part|line|no|number|booth|hall|room|stand|"
    r"qty|rev|op|p/n|pn|ext|hwy|suite|drawing|dwg|lot|about|over|under|than|through|another|"
    r"only|last|next|past|first)\s*[:.#]?\s*$)",
    re.IGNORECASE,
)
_COUNTED_AFTER: Final = re.compile(
    r"^\s*(?:[-%./,]?\d|%|\$|['\"]|(?:pcs?|pieces?|ea|each|parts?|units?|days?|d|wks?|weeks?|months?|mo|"
    r"hours?|hrs?|min|in|inch|inches|mm|cm|ft|lbs?|kg|people|employees|ppl|years?|sets?|k|a|per|more|"
    r"times|of|orders?|invoices?|x)\b)",
    re.IGNORECASE,
)

_MODEL: Final = re.compile(
    r"[\s-]((?:[A-Z]{1,4}[ -]?)?\d{1,4}[A-Za-z]{0,2}|[A-Za-z]{1,3}-?\d{1,4}\w?|[A-Z]{2,4})\b"
    r"(?!\s?%)"
)


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a lexicon.

    Attributes:
        label: What kind of thing, such as PROCESS.
        name: Canonical name.
        exact: The only spelling that counts, or empty when capitals do not matter.
        bare_number: Whether it is a number that is a material only where nothing counts with it.
    """

    label: str
    name: str
    exact: str = ""
    bare_number: bool = False


@Language.factory("graphkit_lexicon", default_config={"lexicons": list(LEXICONS), "folder": None})
def make_lexicon(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,
    lexicons: list[str],
    folder: str | None,
) -> "LexiconMatcher":
    """The component that finds the words of the lexicon files."""
    return LexiconMatcher(name, lexicons, folder)


class LexiconMatcher:
    """Finds the words of lexicon files.

    Args:
        name: Name of the component.
        lexicons: Which files, by name.
        folder: The shop's own folder of lexicon files.
    """

    def __init__(self, name: str, lexicons: Sequence[str], folder: str | None = None) -> None:
        self._component = f"{name}/{VERSION}"
        self._table: PhraseTable[Term] = PhraseTable()
        for lexicon in lexicons:
            for table in read_lexicon(lexicon, folder):
                self._learn(lexicon, table)

    def _learn(self, lexicon: str, table: Mapping[str, Any]) -> None:
        label = str(table.get("label", ""))
        if not label:
            raise UnreadableError(
                "no label at the top.", where=f"{lexicon}.toml", next_step='label = "PROCESS"'
            )
        for name, spellings in table.get("terms", {}).items():
            for spelling in (name, *spellings):
                self._table.add(spelling, Term(label, name), plural=True)
        for name, spellings in table.get("exact", {}).items():
            for spelling in spellings:
                self._table.add(spelling, Term(label, name, exact=spelling))
        for name, spellings in table.get("numbers", {}).items():
            for spelling in spellings:
                self._table.add(spelling, Term(label, name, bare_number=True))

    def __call__(self, doc: Doc) -> Doc:
        """Add what is found to the doc's reading."""
        text = doc.text
        found = [
            mention
            for item in self._table.find(text, words(text))
            if (mention := self._mention(text, item)) is not None
        ]
        reading(doc).prefer(found)
        return doc

    def _mention(self, text: str, found: Found[Term]) -> Mention | None:
        surface = text[found.start : found.end]
        for term in found.values:
            if term.exact and surface != term.exact:
                continue
            if term.bare_number and _is_counted(text, found.start, found.end):
                continue
            return self._with_model(text, found, term)
        return None

    def _with_model(self, text: str, found: Found[Term], term: Term) -> Mention:
        """The mention; a maker takes its model along: "Haas UMC-500"."""
        end, name = found.end, term.name
        if term.label == "MACHINE" and (model := _MODEL.match(text[end : end + 24])):
            end += model.end()
            name = f"{name} {model[1]}"
        return Mention(found.start, end, term.label, name, self._component, 0.95)


def _is_counted(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 16) : start], text[end : end + 16]
    return bool(_COUNTED_BEFORE.search(before) or _COUNTED_AFTER.match(after))
