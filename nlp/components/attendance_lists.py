"""Lists of who is at a show: "IMTS list: Bolt yes, Acme not coming, Zenith undecided"."""

import re
from collections.abc import Iterator
from typing import Final

from nlp.components.document import Polarity, Relation
from nlp.components.view import View

_LIST: Final = re.compile(r"\b(?:list|roster|who'?s (?:at|going)|next w(?:ee)?k)\b", re.IGNORECASE)
_ANSWERS: Final[tuple[tuple[re.Pattern[str], Polarity], ...]] = (
    (
        re.compile(
            r"\b(?:undecided|maybe|don'?t know|thinks?|not sure|if|might|tbd)\b", re.IGNORECASE
        ),
        "hedged",
    ),
    (
        re.compile(
            r"\b(?:no|not|bail(?:ed|ing)|skip(?:s|ped|ping)?|won'?t|cancel\w*|isn'?t|out)\b",
            re.IGNORECASE,
        ),
        "negated",
    ),
)


def listed(
    view: View, show: int, match: re.Match[str], following: View | None
) -> Iterator[Relation]:
    """Who is on the list of a show: "IMTS list: Bolt yes, Acme not coming, Zenith undecided"."""
    first = view.masked[: match.start()].strip(" #\"'")
    if not _LIST.search(view.masked) or any(True for _ in view.marks("CP", 0, match.start())):
        return
    if first and not _LIST.search(first):
        return
    for where, start in ((view, match.end()), *([(following, 0)] if following else [])):
        for head, mark in where.marks("CP", start):
            before = re.split(r"[,;.]", where.masked[start : mark.start()])[-1]
            clause = before + re.split(r"[,;.]", where.masked[mark.end() :])[0]
            said: Polarity = next(
                (meant for words, meant in _ANSWERS if words.search(clause)), "asserted"
            )
            yield where.relation(head, "ATTENDED", show, said, 0.7)
