"""Who uses or tries which method, who is interested in what, and what goes with whom."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, Final

from nlp.components.assertion import clause_start, phrase_pattern
from nlp.components.changes import old_and_new
from nlp.components.document import US, Mention, Polarity, Relation
from nlp.components.view import View, headed

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
    "PROJECT": "WORKS_ON",
    "MONEY": "OWES",
}
# Money that is owed, and not a price, a budget or what was paid.
_OWED: Final = re.compile(
    r"\b(?:owes?|owing|owed|invoices?|past due|overdue|unpaid|outstanding|open|late|balance|behind|"
    r"receivables?|short[- ]pa(?:id|ys?))\b",
    re.IGNORECASE,
)
_NOT_OWED: Final = re.compile(
    r"\b(?:paid|pays|price|prices|quoted?|budget|po|worth|order|orders|raised|invests?|invested|"
    r"/ea|each|a piece|savings?|saves?|caught up)\b",
    re.IGNORECASE,
)
# A certificate that is held, and not one that is asked for or worked towards.
_NOT_HELD: Final = re.compile(
    r"\b(?:need(?:s|ed)?|require[sd]?|requirement|paperwork|ask(?:s|ed|ing)? (?:for|if|about)|must|"
    r"til|till|until|without|working (?:on|toward|towards)|applying|applied for|wants?|expired|"
    r"lapsed|audit (?:in|next|for|on)|going for|pursuing|flow ?downs?)\b",
    re.IGNORECASE,
)
# What was so, or is what something is compared with: "was net 45", "40 a week vs 200 a month".
_WAS: Final = re.compile(
    r"\b(?:(?:was|were)(?: (?:gonna|going to|supposed to) be)?|"
    r"used to(?: be| buy| take| order| run| get| send)?|instead of|not|rather than|"
    r"up from|down from|vs\.?|versus|compared to|from|replacing|old|previously|formerly|"
    r"last (?:yr|year|quarter|month|time)(?: =|:)?|we ran|split|dropped|drop)\s+"
    r"(?:an?\s+|always\s+|the\s+|their\s+|just\s+|only\s+|usual\s+|one\s+|fat\s+|big\s+)*$",
    re.IGNORECASE,
)
_WAS_AFTER: Final = re.compile(
    r"^\s*(?:at a \w+\s+)?(?:(?:to|->|\u2192|becomes?|became)\s*\d|was the old days|"
    r"[^.;,\d]{0,20}\b(?:last (?:yr|year|time|quarter|month|season|order|"
    r"spring|fall|winter|summer)|"
    r"previously|back then|once upon a time|in the old days|before that)\b)",
    re.IGNORECASE,
)
_TO_SIZE: Final = re.compile(r"^\s*(?:to|->|\u2192)\s*[\d.]", re.IGNORECASE)
_TO: Final = re.compile(r"^[^.;]{0,20}?(?:\bto\b|->|\u2192)", re.IGNORECASE)
_COMPARED: Final = frozenset(
    {"QUANTITY", "PAYMENT_TERMS", "LEAD_TIME", "TOLERANCE", "MATERIAL", "FINISH", "PROCESS"}
)
_TO_BE_QUOTED: Final = re.compile(
    r"\b(?:rfqs?|quote|quotes|quoting|price|pricing|bid|bids|est\.? for|estimate|budgetary|"
    r"samples? for|wonder(?:s|ing)?|could be|can (?:you|we|it)|penciled in|eau|annual usage|"
    r"potential|what would|looking for|shopping|numbers? on|might|target(?:ing)?|"
    r"forecast(?:s|ing)?)\b"
    r"(?!.*\b(?:po|ordered|orders?|bought|released?|signed|cut)\b)",
    re.IGNORECASE | re.DOTALL,
)
_TO_BE_BOUGHT: Final = re.compile(
    r"\b(?:pric(?:ing|ed)|quot(?:ing|ed)|eyeing|shopping for|looking (?:at|for)|look at|wants?|"
    r"considering|costing|dreaming of|budgeted|adding|getting|order(?:ed|ing)|"
    r"buy|buying|hiring|wonders? about)\b[^.;]{0,35}$",
    re.IGNORECASE,
)
_TO_COME: Final = re.compile(
    r"^[^.;]{0,30}\b(?:lands?|landing|delivery|coming|on order|ordered|arriving|arrives|"
    r"next (?:month|year|quarter)|on the (?:way|boat)|soon|being delivered|in the works)\b",
    re.IGNORECASE,
)
_SHORTLY: Final = 120
"""Characters before a quantity within which a quote for it is asked for."""
_OR: Final = re.compile(r"\s*(?:or|or maybe|or perhaps|vs\.?|versus)\s*", re.IGNORECASE)
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
        for view, heading in headed(sentences, without=supplied):
            for index, mention in view.mentions("METHOD", *_BELONGS):
                head = _owner(view, mention, heading, supplied)
                if head is not None and self._is_said(view, mention):
                    yield self._relation(view, head, index, mention)

    def _relation(self, view: View, head: int, index: int, mention: Mention) -> Relation:
        said = _meant(view, mention)
        if mention.label != "METHOD":
            return view.relation(head, _BELONGS[mention.label], index, said, 0.6)
        before = view.text[view.start : mention.start]
        asks, uses = _last(self._asks, before), _last(self._uses, before)
        kind = view.read.context.kind
        if (asks > uses and kind != "project") or (uses < 0 and kind == "post"):
            return view.relation(head, "INTERESTED_IN", index, said, 0.8)
        return view.relation(head, "USES_METHOD", index, said, 0.85 if uses >= 0 else 0.55)

    def _is_said(self, view: View, mention: Mention) -> bool:
        """Whether the sentence says of somebody what it names: nobody orders "3 of 50"."""
        sentence = view.text[view.start : view.end]
        if mention.label == "QUANTITY":
            return " of " not in mention.canonical
        if mention.label == "MONEY":
            return bool(_OWED.search(sentence)) and not _NOT_OWED.search(sentence)
        if mention.label == "CERT":
            return not _NOT_HELD.search(sentence)
        if mention.label == "PROCESS":  # who asks about a process does not use it yet
            before = view.text[view.start : mention.start]
            return _last(self._asks, before) <= _last(self._uses, before)
        return True


def _meant(view: View, mention: Mention) -> Polarity:
    """How it is meant that somebody has something: what was so and is no more is denied."""
    said = view.said((mention.start, mention.end))
    if said == "negated" and _in_change(view, mention, 1):
        return "asserted"  # "moved off cadmium to zinc-nickel"
    if said != "asserted":
        return said
    before = view.text[view.start : mention.start]
    after = view.text[mention.end : view.end]
    was = _WAS.search(before) if mention.label in _COMPARED else None
    if was and (was[0].lower().split()[0] != "from" or _TO.match(after)):
        return "negated"
    if mention.label == "MATERIAL" and _TO_SIZE.match(after):
        return said  # "4140 to 28-32 HRC" is hardened, not replaced
    if mention.label in _COMPARED and (_WAS_AFTER.match(after) or _in_change(view, mention, 0)):
        return "negated"
    return "hedged" if _is_open(view, mention, before, after) else said


def _in_change(view: View, mention: Mention, place: int) -> bool:
    """Whether it is the old (0) or the new (1) of two that the sentence compares."""
    return any(
        compared[place] is mention
        for (_, one), (_, other) in pairwise(view.mentions(mention.label))
        if (compared := old_and_new(view.text, one, other))
    )


def _is_open(view: View, mention: Mention, before: str, after: str) -> bool:
    """Whether it is asked for, on its way, or one of two that are weighed."""
    if mention.label == "QUANTITY":
        earlier = view.text[max(0, mention.start - _SHORTLY) : mention.start]
        breaks = mention.canonical.count("/") > 1  # "25/50/100" are breaks of a price
        quoted = _TO_BE_QUOTED.search(earlier) or _QUOTED_AFTER.match(after)
        return breaks or bool(quoted)
    if mention.label == "MACHINE":
        return bool(_TO_COME.match(after) or _TO_BE_BOUGHT.search(before))
    if mention.label == "PAYMENT_TERMS":
        return bool(_ASKED_FOR.search(before))
    if mention.label == "PROCESS":
        clause = clause_start(view.text, view.start, mention.start)
        if _TRIED.search(view.text, clause, mention.start):
            return True
    if mention.label in {"MATERIAL", "FINISH", "PROCESS"}:
        return any(
            one.label == mention.label
            and (
                _OR.fullmatch(view.text, one.end, mention.start)
                or _OR.fullmatch(view.text, mention.end, one.start)
            )
            for _, one in view.mentions(mention.label)
        )
    return False


_TRIED: Final = re.compile(
    r"\b(?:(?:wants?|would like|hop(?:es|ing)|plans?|going|ask(?:s|ed|ing)?) to (?:try|test|trial)|"
    r"thinking (?:about|of)|ask(?:s|ed|ing) (?:us |me )?(?:about|abt|for|if|re|whether)|all ears|"
    r"pitched|wants? (?:numbers|to (?:see|learn|know|talk))|curious|hot for|interest(?:ed)? in|"
    r"demo|trials?|"
    r"look(?:s|ed|ing) (?:at|into)|check(?:s|ed|ing) out|learn(?:ing)?|explor(?:es|ed|ing)|"
    r"evaluat(?:es|ed|ing)|consider(?:s|ed|ing)|watch(?:ed|ing)|never (?:done|tried|run|had|used)|"
    r"wonder(?:s|ed|ing)?|open to|keen (?:on|to)|eyeing|excited about|impressed by|loved|saw)\b"
    r"[^.;]{0,30}$",
    re.IGNORECASE,
)
_QUOTED_AFTER: Final = re.compile(
    r"^[^.;]{0,16}\b(?:to quote|per set|would (?:run|cost)|breaks?|if)\b", re.IGNORECASE
)
_ASKED_FOR: Final = re.compile(
    r"\b(?:wants?|wanted|ask(?:s|ed|ing)?|request(?:s|ed|ing)?|propos(?:e|es|ed|ing)|offer(?:s|ed|ing)?|"
    r"push(?:es|ed|ing) for|would like|trying to get|try(?:ing)? for)\b[^.;]{0,30}$",
    re.IGNORECASE,
)


def _owner(view: View, mention: Mention, heading: int | None, supplied: set[int]) -> int | None:
    """The company before it in the sentence, else whom the sentence is about."""
    if _OUR.search(view.text[view.start : mention.start]) and view.read.context.kind != "post":
        return US if mention.label == "MACHINE" else None
    companies = view.companies(without=supplied)
    before = [index for index, one in companies if one.end <= mention.start]
    return before[-1] if before else view.about(mention.end, heading, without=supplied)


def _cues(entries: list[dict[str, Any]], key: str) -> re.Pattern[str]:
    return phrase_pattern(one for entry in entries for one in entry.get(key, {}).get("cues", []))


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)
