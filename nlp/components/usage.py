"""Who uses or tries which method, who is interested in what, and what goes with whom."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from nlp.components.assertion import phrase_pattern
from nlp.components.document import ACCOUNT, US, Mention, Relation
from nlp.components.view import View

# What stands in a text beside a company belongs to it.
_BELONGS: Final = {
    "PROCESS": "USES_PROCESS",
    "MATERIAL": "USES_MATERIAL",
    "FINISH": "REQUIRES_FINISH",
    "TOLERANCE": "REQUIRES_TOLERANCE",
    "LEAD_TIME": "HAS_LEAD_TIME",
    "PAYMENT_TERMS": "HAS_TERMS",
    "QUANTITY": "ORDERS",
    "MACHINE": "RUNS_MACHINE",
    "CERT": "HAS_CERT",
    "INDUSTRY": "IN_INDUSTRY",
}
_OUR: Final = re.compile(r"\bour\s+(?:new\s+|old\s+)?$", re.IGNORECASE)


class UsageFinder:
    """Finds what companies use, try, need and ask about.

    Args:
        tables: The tables of relations.toml.
    """

    def __init__(self, tables: Iterable[dict[str, Any]]) -> None:
        entries = list(tables)
        self._uses = _cues(entries, "uses_method")
        self._asks = _cues(entries, "interested_in")

    def find(self, sentences: list[View], supplied: set[int]) -> Iterator[Relation]:
        """USES_METHOD, INTERESTED_IN and what belongs to whom, of a text.

        Args:
            sentences: The sentences.
            supplied: Companies that another company of the text supplies: they own nothing here.
        """
        heading: int | None = None
        for view in sentences:
            for index, mention in view.mentions("METHOD", *_BELONGS):
                head = _owner(view, mention, heading, supplied)
                if head is not None and not _counts_parts(mention):
                    yield self._relation(view, head, index, mention)
            companies = [index for index, _ in view.mentions("COMPANY") if index not in supplied]
            heading = companies[-1] if companies else heading

    def _relation(self, view: View, head: int, index: int, mention: Mention) -> Relation:
        said = view.said((mention.start, mention.end))
        if mention.label != "METHOD":
            return view.relation(head, _BELONGS[mention.label], index, said, 0.6)
        before = view.text[view.start : mention.start]
        asks, uses = _last(self._asks, before), _last(self._uses, before)
        kind = view.read.context.kind
        if (asks > uses and kind != "project") or (uses < 0 and kind == "post"):
            return view.relation(head, "INTERESTED_IN", index, said, 0.8)
        return view.relation(head, "USES_METHOD", index, said, 0.85 if uses >= 0 else 0.55)

    def interest(self, view: View, start: int) -> bool:
        """Whether the words before a place ask about what stands there."""
        return _last(self._asks, view.text[view.start : start]) >= 0


def _counts_parts(mention: Mention) -> bool:
    """Whether a quantity is a share such as "3 of 50", which nobody orders."""
    return mention.label == "QUANTITY" and " of " in mention.canonical


def _owner(view: View, mention: Mention, heading: int | None, supplied: set[int]) -> int | None:
    """The company before it in the sentence, else the heading company, else the one after it."""
    if _OUR.search(view.text[view.start : mention.start]) and view.read.context.kind != "post":
        return US if mention.label == "MACHINE" else None
    companies = [one for one in view.mentions("COMPANY") if one[0] not in supplied]
    before = [index for index, one in companies if one.end <= mention.start]
    after = [index for index, one in companies if one.start >= mention.end]
    if before:
        return before[-1]
    if view.read.context.kind in {"post", "project"} and view.read.context.account:
        return ACCOUNT
    if after:
        return after[0]
    if heading is not None:
        return heading
    return ACCOUNT if view.read.context.account else None


def _cues(entries: list[dict[str, Any]], key: str) -> re.Pattern[str]:
    return phrase_pattern(one for entry in entries for one in entry.get(key, {}).get("cues", []))


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)
