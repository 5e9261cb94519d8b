"""Whom a customer supplies: "Bolt makes brackets for Acme", "Acme is Bolt's biggest account"."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from nlp.components.document import ACCOUNT, US, Polarity, Relation
from nlp.components.view import View

_WORDS: Final = r"(?:\s+[^\s<>.;:]+){0,5}?\s+"
_FEW: Final = r"(?:\s+[^\s<>.;:,]+){0,4}?\s*"
_ONE: Final = r"<[CN]\d+>"
_TAIL: Final = (
    rf"(?P<tail>{_ONE}(?:(?:\s*,\s*(?:and\s+)?|\s+(?:and|or)\s+(?:(?:for|to|with|"
    rf"from|by|at)\s+)?|\s*[&+/]\s*|\s+plus\s+|\s+as well as\s+){_ONE})*)"
)
_IS: Final = (
    r"\s*(?:is|are|was|were|'s|became|becomes|has become|have become|remains|as|"
    r"being|,)(?:\s+[\w-]+){0,3}?\s+"
)
_SUPPLIER: Final = r"(?:suppliers?|vendors?|sources?|subcontractors?|partners?|shop)"
_ADJECTIVES: Final = r"(?:\s*[\w&-]+){0,3}?\s+"
_EQUALS: Final = r"\s*(?:is|are|was|:|=|,|-|\(|being|remains|will be)?(?:\s+[a-z][\w-]*){0,2}?\s*"
# A project is for somebody: whom the customer makes it for.
_FOR: Final = re.compile(rf"\b(?P<cue>for)\s+(?:the\s+|end customer\s+)?{_TAIL}", re.IGNORECASE)


_C: Final = r"(?P<other><C\d+>)"
_SERVICES: Final = (
    r"(?:suppliers?|vendors?|plater|plating shop|heat[- ]?treater|anodizer|coater|grinder|source|"
    r"distributor|outside (?:shop|service|process)|subcontractor|sub|foundry|forge shop)"
)
# Who delivers to us, and to whom we deliver; each pattern with how it is meant.
_TO_US: Final[tuple[tuple[str, Polarity], ...]] = (
    (rf"\bour\s+(?:[\w&-]+\s+){{0,2}}?{_SERVICES}\W+(?:is\s+|was\s+|at\s+)?{_C}", "asserted"),
    (rf"{_C}\s*(?:,|\(|is|was|-)\s*our\s+(?:[\w&-]+\s+){{0,2}}?{_SERVICES}", "asserted"),
    (
        (
            rf"{_C}[^.;<>]{{0,20}}\b(?:raised?|raising|increased?|upped|hiked?)\b"
            r"[^.;<>]{0,40}(?:\$|€|\bprices?\b|%)"
        ),
        "asserted",
    ),
    (
        (
            rf"{_C}[^.;<>]{{0,30}}\b(?:sells?|ships?|delivers?|suppl(?:ies|ying)) "
            r"(?:\w+ ){0,3}?to us\b"
        ),
        "asserted",
    ),
    (
        (
            r"\b(?:we|we've|i)\s+(?:\w+\s+){0,2}?(?:buy|bought|get|got|source|ordered?)\b"
            rf"[^.;<>]{{0,40}}\bfrom\s+(?:the\s+)?{_C}"
        ),
        "asserted",
    ),
    (rf"{_C}\s+(?:has\s+)?(?:done|does|did|been doing)\s+our\b", "asserted"),
    (
        (
            rf"\b(?:shoutout|thanks|thank you|kudos)\s+to\s+{_C}\s+for\s+"
            r"(?:turning|rushing|plating|getting|squeezing|saving|doing)\b"
        ),
        "asserted",
    ),
    (rf"{_C}\s+(?:quotes?|quoted|bids?|offers?)\s+(?:\w+\s+){{0,2}}?(?:for\s+us|us)\b", "hedged"),
    (rf"\b(?:\w+ing|heat treat|edm)\s+(?:done\s+)?at\s+{_C}\s+since ours\b", "asserted"),
    (rf"\bvendor (?:scorecard|review|report|issue)\b[^.;<>]{{0,12}}{_C}", "asserted"),
)
_FROM_US: Final[tuple[tuple[str, Polarity], ...]] = (
    (
        (
            rf"{_C}[^.;<>]{{0,40}}\b(?:bought|buys?|ordered|orders|gets?|got|purchased|takes?)\b"
            r"[^.;<>]{0,60}\bfrom us\b"
        ),
        "asserted",
    ),
    (
        (
            r"\bwe\s+(?:\w+\s+){0,2}?(?:supply|supplied|ship|shipped|sell|sold|make|made|machine|run)\b"
            rf"[^.;<>]{{0,40}}?\b(?:to|for|at)?\s*{_C}"
        ),
        "asserted",
    ),
    (
        rf"{_C}[^.;]{{0,60}}\bnot\s+(?:one of\s+)?(?:ours|our customer|a customer of ours)\b",
        "negated",
    ),
    (
        (
            rf"{_C}[^.;<>]{{0,40}}\b(?:is|are|remains|stays)\s+(?:a|our)\s+(?:\w+\s+){{0,2}}?"
            r"customer\b(?! of)"
        ),
        "asserted",
    ),
)
_WITH_US: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), meant, ours)
    for patterns, ours in ((_TO_US, False), (_FROM_US, True))
    for pattern, meant in patterns
)
"""Each pattern, how it is meant, and whether we are the ones that deliver."""


class SupplyFinder:
    """Finds who supplies whom.

    Args:
        tables: The tables of relations.toml.
    """

    def __init__(self, tables: Iterable[dict[str, Any]]) -> None:
        verbs: dict[str, list[str]] = {}
        forward: list[str] = []
        backward: list[str] = []
        words: list[str] = []
        take: list[str] = []
        words_of_work: list[str] = []
        for table in tables:
            for verb, forms in table.get("verbs", {}).items():
                verbs.setdefault(verb, []).extend(forms)
            entry = table.get("supplies", {})
            forward += entry.get("forward", [])
            backward += entry.get("backward", [])
            words += entry.get("customer_words", [])
            take += entry.get("take", [])
            words_of_work += entry.get("work_words", [])
        customer = _either(words)
        self._forward = re.compile(
            rf"\b(?P<cue>{_cues(forward, verbs)}){_FEW}{_TAIL}", re.IGNORECASE
        )
        self._backward = re.compile(
            rf"{_TAIL}{_FEW}\b(?P<cue>{_cues(backward, verbs)}){_FEW}(?P<head><C\d+>)",
            re.IGNORECASE,
        )
        # "Won the Acme contract", "lost the Acme work".
        work = rf"(?:'s?)?\s+(?:[\w&-]+\s+){{0,2}}?(?:{_either(words_of_work)})\b"
        self._won = re.compile(
            rf"\b(?P<cue>{_cues(take, verbs)})\s+(?:(?:the|a|an|our|their|that|this|some|more|"
            rf"all|another|its)\s+)*{_TAIL}{work}",
            re.IGNORECASE,
        )
        self._possessed: tuple[re.Pattern[str], ...] = (
            re.compile(
                rf"{_TAIL}{_IS}(?P<head><C\d+>)(?:'s?)?{_ADJECTIVES}(?P<cue>{customer})\b",
                re.IGNORECASE,
            ),
            re.compile(
                rf"(?P<head><C\d+>)'s?{_ADJECTIVES}(?P<cue>{customer})\b{_EQUALS}{_TAIL}",
                re.IGNORECASE,
            ),
        )
        # "Acme dropped Bolt as a supplier", "Bolt is an approved Acme supplier".
        self._possessed += (
            re.compile(
                rf"{_TAIL}{_FEW}\b(?P<cue>\w+)\s+(?P<head><C\d+>)\s+as\s+(?:an?|its|their|the)\s+"
                rf"(?:[\w-]+\s+){{0,2}}?{_SUPPLIER}\b",
                re.IGNORECASE,
            ),
            re.compile(
                rf"(?P<head><C\d+>){_FEW}\b(?P<cue>is|are|was|became|being|as|not)\s+(?:an?|the)\s+"
                rf"(?:[\w-]+\s+){{0,2}}?{_TAIL}(?:'s?)?\s+(?:[\w-]+\s+)?{_SUPPLIER}\b",
                re.IGNORECASE,
            ),
        )
        self._unowned = (
            re.compile(
                rf"\b(?:their|its|his|her)\s+(?:[\w&-]+\s+){{0,2}}?(?P<cue>{customer})\b{_EQUALS}{_TAIL}",
                re.IGNORECASE,
            ),
            re.compile(
                rf"{_TAIL}\s*(?:is|are|'s|was|,|as|being)\s+(?:[\w-]+\s+){{0,2}}?(?:the|their|its|an?)\s+(?:[\w-]+\s+){{0,2}}?(?P<cue>{customer})\b(?!\s+(?:of|for|service))",
                re.IGNORECASE,
            ),
            re.compile(
                rf"\b(?P<cue>end[ -]?(?:customers?|users?|use)|oem|prime)\b{_EQUALS}{_TAIL}",
                re.IGNORECASE,
            ),
        )

    def find(self, view: View, heading: int | None = None) -> Iterator[Relation]:
        """SUPPLIES relations of a sentence, each pair once.

        Args:
            view: The sentence.
            heading: The company that the sentences before it spoke of.
        """
        seen: set[tuple[int, int]] = set()
        for relation in self._all(view, heading):
            pair = (relation.head, relation.tail)
            if pair not in seen and (pair[1], pair[0]) not in seen:
                seen.add(pair)
                yield relation

    def _all(self, view: View, heading: int | None) -> Iterator[Relation]:
        if not any(True for _ in view.marks("CN")):
            return
        yield from _with_us(view)
        for pattern in self._possessed:
            for match in pattern.finditer(view.masked):
                yield from _relations(view, match, _index(match["head"]), 0.9)
        for match in self._backward.finditer(view.masked):
            yield from _relations(view, match, _index(match["head"]), 0.85)
        patterns = [self._forward, self._won]
        if view.read.context.kind == "project":
            patterns.append(_FOR)
        for match in (one for pattern in patterns for one in pattern.finditer(view.masked)):
            yield from self._from_cue(view, match, heading)
        for pattern in self._unowned:
            for match in pattern.finditer(view.masked):
                yield from _relations(view, match, _whose(view, match, heading), 0.75)

    @staticmethod
    def _from_cue(view: View, match: re.Match[str], heading: int | None) -> Iterator[Relation]:
        head = view.before(match.start("cue"))
        before = view.masked[: match.start("cue")]
        confidence = 0.9
        if head is None:
            confidence = 0.8
            head = view.unnamed(before)
            says_so = not before.strip() and match["cue"].split()[0].endswith("s")
            if head in {None, ACCOUNT} and heading is not None and (says_so or head == ACCOUNT):
                head = heading
            elif head is None and says_so and view.read.context.account:
                head = ACCOUNT
        if head is not None and head != US:
            yield from _relations(view, match, head, confidence)


def _with_us(view: View) -> Iterator[Relation]:
    """Who delivers to us, and to whom we deliver; a post speaks of who posts it."""
    if view.read.context.kind == "post" and view.read.context.account:
        return
    for pattern, meant, we_deliver in _WITH_US:
        for match in pattern.finditer(view.masked):
            other = _index(match["other"])
            one = view.read.mentions[other]
            said = view.said((one.start, one.end)) if meant == "asserted" else meant
            head, tail = (US, other) if we_deliver else (other, US)
            yield view.relation(head, "SUPPLIES", tail, said, 0.75)


def _whose(view: View, match: re.Match[str], heading: int | None) -> int:
    """Whose customer is meant by "their customer": the company before, the heading, the account."""
    found = view.before(min(match.start("cue"), match.start("tail")))
    return next((one for one in (found, heading) if one is not None), ACCOUNT)


def _relations(
    view: View, match: re.Match[str], head: int, confidence: float
) -> Iterator[Relation]:
    if head == ACCOUNT and not view.read.context.account:
        return
    cue = (view.origin(match.start("cue")), view.origin(match.end("cue")))
    for index, _ in view.marks("CN", match.start("tail"), match.end("tail")):
        tail = view.read.mentions[index]
        if index == head or (tail.node and tail.node == view.company(head)):
            continue
        said = view.said(cue, (tail.start, tail.end))
        # "No longer Bolt's customer" stands between the two.
        if head >= 0:
            first = view.read.mentions[head]
            said = (
                view.said(cue, (tail.start, tail.end), (first.start, first.end))
                if first.start > tail.start
                else said
            )
        sure = confidence * (1.0 if tail.label == "COMPANY" else 0.85)
        yield view.relation(head, "SUPPLIES", index, said, sure)


def _index(mark: str) -> int:
    return int(mark[2:-1])


def _either(phrases: Iterable[str]) -> str:
    return "|".join(sorted((_phrase(one) for one in phrases), key=lambda one: (-len(one), one)))


def _phrase(phrase: str) -> str:
    escaped = re.escape(phrase).replace(r"\-", "[- ]?")
    return escaped.replace(r"\ \.\.\.\ ", _WORDS).replace(r"\ ", r"\s+")


def _cues(phrases: Iterable[str], verbs: dict[str, list[str]]) -> str:
    """One alternative a phrase, with the verb lists filled in."""
    parts = []
    for phrase in phrases:
        pattern = _phrase(phrase)
        for verb, forms in verbs.items():
            pattern = pattern.replace(re.escape(f"{{{verb}}}"), f"(?:{_either(forms)})")
        parts.append(pattern)
    return "|".join(sorted(parts, key=lambda one: (-len(one), one)))
