"""Processes, materials, finishes, methods, machines, certificates and industries, from lexicon files.

The files in `lexicons/` are for a machinist to edit: a canonical name and how people write it. A shop
adds its own words in files of the same names in a folder of its own.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.document import Mention, digest, reading
from nlp.errors import LexiconError
from nlp.phrases import Found, PhraseTable, words

VERSION: Final = "1"
LEXICONS: Final = (
    "processes",
    "materials",
    "finishes",
    "methods",
    "machines",
    "certificates",
    "industries",
)

# A bare number is an alloy unless something counts with it: "303 sleeves", but "303 pcs", "PO 303".
_COUNTED_BEFORE: Final = re.compile(
    r"(?:[$€£#+±.\d/]|\b(?:po|so|inv|invoice|order|quote|job|part|line|no|number|booth|hall|room|stand|"
    r"qty|rev|op|p/n|pn|ext|hwy|suite|drawing|dwg|lot|about|over|under|than|for|by|to|through|another|"
    r"only|last|next|past|first))\s*[:.#]?\s*$",
    re.IGNORECASE,
)
_COUNTED_AFTER: Final = re.compile(
    r"^\s*(?:[-%./,]?\d|%|\$|['\"]|(?:pcs?|pieces?|ea|each|parts?|units?|days?|d|wks?|weeks?|months?|mo|"
    r"hours?|hrs?|min|in|inch|inches|mm|cm|ft|lbs?|kg|people|employees|ppl|years?|sets?|k|a|per|more|"
    r"times|of|orders?|invoices?|x)\b)",
    re.IGNORECASE,
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


def lexicon_text(name: str, folder: str | None = None) -> str:
    """The text of a lexicon file, followed by the shop's own file of that name where there is one.

    Args:
        name: Such as "processes".
        folder: The shop's folder of lexicon files; None for none.
    """
    return "\n".join(path_text for path_text in _texts(name, folder))


def read_lexicon(name: str, folder: str | None = None) -> list[dict[str, Any]]:
    """The tables of a lexicon: ours, then the shop's own.

    Raises:
        LexiconError: A file is not TOML; says which file and line.
    """
    tables = []
    for text in _texts(name, folder):
        try:
            tables.append(tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            raise LexiconError(f"{name}.toml", str(error)) from error
    return tables


def _texts(name: str, folder: str | None) -> list[str]:
    ours = resources.files("nlp").joinpath("lexicons", f"{name}.toml")
    texts = [ours.read_text(encoding="utf-8")]
    own = Path(folder) / f"{name}.toml" if folder else None
    if own is not None and own.is_file():
        texts.append(own.read_text(encoding="utf-8"))
    return texts


@lru_cache(maxsize=8)
def lexicon_version(folder: str | None = None) -> str:
    """Changes whenever any lexicon file changes, so that texts are read again."""
    names = (*LEXICONS, "shows", "topics", "assertion", "relations")
    return digest(*(lexicon_text(name, folder) for name in names))


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
            raise LexiconError(f"{lexicon}.toml", 'no label = "..." at the top')
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
            return Mention(found.start, found.end, term.label, term.name, self._component, 0.95)
        return None


def _is_counted(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 16) : start], text[end : end + 16]
    return bool(_COUNTED_BEFORE.search(before) or _COUNTED_AFTER.match(after))


