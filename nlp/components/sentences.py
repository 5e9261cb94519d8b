"""Sentences as salespeople write them: fragments, headings, missing full stops."""

import re
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.document import reading

_BREAK: Final = re.compile(r"[.!?…]+[\"')\]]*(?=\s)|\n+|\s[•▪·]\s")
_ABBREVIATED: Final = re.compile(
    r"(?:^|[\s(])(?:inc|ltd|co|corp|llc|mfg|bros|intl|st|mt|ft|no|nos|vs|approx|dept|est|ext|attn|mr|mrs|"
    r"ms|dr|jr|sr|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tue|wed|thu|fri|qty|min|max|"
    r"dia|thk|rev|dwg|fig|e\.g|i\.e|etc|[A-Z]|u\.s)\.$",
    re.IGNORECASE,
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    r"""Start and end of each sentence, without the spaces between them.

    A full stop ends a sentence unless it ends an abbreviation that goes on in lower case or with a
    number, so that "Acme Inc. said" stays one sentence and "met Bolt Inc. They want" does not.

    Examples:
        >>> text = "Acme Inc. was late. bore +/-.0005\nNet 30"
        >>> [text[start:end] for start, end in sentence_spans(text)]
        ['Acme Inc. was late.', 'bore +/-.0005', 'Net 30']
    """
    spans = []
    start = 0
    for match in _BREAK.finditer(text):
        if _goes_on(text, match):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return [trimmed for span in spans if (trimmed := _trim(text, *span))[0] < trimmed[1]]


def _goes_on(text: str, match: re.Match[str]) -> bool:
    if match[0] != ".":
        return False
    rest = text[match.end() :].lstrip()
    if not _ABBREVIATED.search(text[max(0, match.start() - 12) : match.end()]):
        return False
    initial = text[match.start() - 1].isupper() and not text[max(0, match.start() - 2)].isalnum()
    return bool(rest) and (initial or rest[0].islower() or rest[0].isdigit())


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@Language.component("graphkit_sentences")
def sentences(doc: Doc) -> Doc:
    """Part a doc into sentences, for the reading and for spaCy's own components alike."""
    spans = sentence_spans(doc.text)
    reading(doc).sentences = spans
    starts = {start for start, _ in spans}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    return doc
