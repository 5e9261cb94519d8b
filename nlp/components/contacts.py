"""E-mail addresses, telephone numbers, and projects that have a name."""

import re
from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.document import Mention, reading

VERSION: Final = "1"
EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?<![.-])")
PHONE: Final = re.compile(
    r"(?<![\w.$#/-])(?:\+\d{1,3}[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.-])\d{3}[\s.-]\d{4}"
    r"(?:\s?(?:x|ext\.?)\s?\d{1,5})?(?![\w-])"
    r"|(?<![\w.])\+\d{1,3}(?:[\s.-]\d{2,4}){3,5}(?![\w-])",
    re.IGNORECASE,
)
_PROJECT: Final = re.compile(
    r"\b(?i:project|program(?:me)?(?:\s+name)?|code\s?name|study)\s+"
    r"(?P<capitals>[A-Z]{3,}(?:\s[IVX]+)?)\b"
    r"|\b(?P<two>[A-Z]{3,}\s[IVX]+)\s+program\b"
    r"|\b(?P<before>(?-i:Project|Program|Programme)\s+(?-i:[A-Z][\w-]*(?:\s[A-Z][\w-]*)?))"
    r"|\b(?:the|their|its|for)\s+(?P<name>[A-Z][A-Z0-9-]{1,7})\s+"
    r"(?:program(?:me)?|platform|launch|project|build)\b"
)
_NO_PROJECT: Final = frozenset(
    {"EDM", "CNC", "CMM", "QA", "QC", "PO", "RFQ", "LTA", "AP", "AR", "NPI", "FAI", "PPAP", "ERP"}
    | {"ITAR", "SPC", "OEM", "VMI", "USA", "EV"}
)


@Language.factory("graphkit_contacts")
def make_contacts(nlp: Language, name: str) -> "ContactFinder":  # noqa: ARG001 - spaCy passes it
    """The component that finds addresses, numbers and named projects."""
    return ContactFinder(name)


class ContactFinder:
    """Finds addresses, numbers and named projects.

    Args:
        name: Name of the component.
    """

    def __init__(self, name: str) -> None:
        self._component = f"{name}/{VERSION}"

    def __call__(self, doc: Doc) -> Doc:
        """Add what is found to the doc's reading; within an address nothing else is named."""
        read = reading(doc)
        for one in self._contacts(doc.text):
            read.mentions = [
                each for each in read.mentions if each.end <= one.start or each.start >= one.end
            ]
            read.prefer([one])
        read.prefer([one for one in self._projects(doc.text) if read.free(one.start, one.end)])
        return doc

    def _contacts(self, text: str) -> Iterator[Mention]:
        for pattern in (EMAIL, PHONE):
            for match in pattern.finditer(text):
                yield Mention(*match.span(), "CONTACT", match[0], self._component, 0.95)

    def _projects(self, text: str) -> Iterator[Mention]:
        for match in _PROJECT.finditer(text):
            kind = next(one for one in ("capitals", "two", "before", "name") if match[one])
            if match[kind] not in _NO_PROJECT:
                yield Mention(*match.span(kind), "PROJECT", match[kind], self._component, 0.7)
