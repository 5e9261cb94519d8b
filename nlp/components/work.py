"""Who works where: "Ann Lee at Bolt", "Bolt's Ann Lee", "Ann Lee (Bolt)", "Ann left Bolt"."""

import re
from collections.abc import Iterator
from typing import Final

from nlp.components.document import ACCOUNT, US, Polarity, Relation
from nlp.components.view import View, only_company

_ROLE: Final = (
    r"(?:(?:the|their|our|a|an|new|former|old|senior|sr|jr|lead|head)\s+)*(?:[\w&/-]+\s+){0,2}?(?:buyer|engineer|manager|owner|president|"
    r"vp|ceo|coo|cfo|director|planner|purchasing|supervisor|foreman|machinist|programmer|agent|rep|contact|guy|lead|qa|qc)"
)
_PERSON: Final = r"(?P<person><P\d+>)"
_COMPANY: Final = r"(?P<company><[C]\d+>)"
_PATTERNS: Final[tuple[tuple[re.Pattern[str], Polarity, float], ...]] = (
    (
        re.compile(
            rf"{_PERSON}\s*,?\s*(?:is\s+|was\s+)?(?:no longer|isn'?t|not)\s+(?:at|with|"
            rf"w/)\s+{_COMPANY}",
            re.IGNORECASE,
        ),
        "negated",
        0.9,
    ),
    (
        re.compile(
            rf"{_PERSON}\s+(?:has\s+|just\s+|is\s+)?(?:left|quit|leaving|retired from|"
            rf"retiring from|departed|moved on from|formerly of|formerly at|formerly with|"
            rf"ex-)\s*{_COMPANY}",
            re.IGNORECASE,
        ),
        "negated",
        0.9,
    ),
    (
        re.compile(
            rf"{_PERSON}\s+(?:has\s+|just\s+)?(?:moved|went|jumped)\s+(?:over\s+)?(?:from\s+<C\d+>\s+)?to\s+{_COMPANY}",
            re.IGNORECASE,
        ),
        "asserted",
        0.85,
    ),
    (
        re.compile(
            rf"{_PERSON}\s+(?:has\s+|just\s+)?(?:joined|started at|works? (?:at|for)|"
            rf"working (?:at|for)|runs purchasing at|heads \w+ at)\s+{_COMPANY}",
            re.IGNORECASE,
        ),
        "asserted",
        0.9,
    ),
    (
        re.compile(
            rf"{_PERSON}\s*(?:,\s*{_ROLE}\s*)?(?:\(|@|/|at\b|from\b|of\b|with\b|w/|over at\b|"
            rf",\s*{_ROLE}\s+(?:at|for|of)\b)\s*(?:the\s+)?{_COMPANY}",
            re.IGNORECASE,
        ),
        "asserted",
        0.9,
    ),
    (
        re.compile(rf"{_COMPANY}(?:'s?)?\s+(?:{_ROLE}\s+)?{_PERSON}", re.IGNORECASE),
        "asserted",
        0.85,
    ),
    (
        re.compile(
            rf"{_COMPANY}\s*(?:'s\s+{_ROLE}\s*,?\s*|,\s*{_ROLE}\s*(?:is|:)?\s*|\(\s*){_PERSON}",
            re.IGNORECASE,
        ),
        "asserted",
        0.85,
    ),
)
# "Met Ann Lee, Bolt Gear"; but "per Ann Lee, Bolt wants" says only who told it.
_BESIDE: Final = re.compile(
    rf"(?<!per\s)(?<!to\s)(?<!from\s){_PERSON}\s*,\s*{_COMPANY}", re.IGNORECASE
)
_MOVED_FROM: Final = re.compile(
    rf"{_PERSON}\s+(?:has\s+|just\s+)?(?:moved|went|jumped)\s+(?:over\s+)?from\s+{_COMPANY}\s+to",
    re.IGNORECASE,
)
_NEW: Final = re.compile(
    rf"\b(?:new|their|our new)\s+{_ROLE}\s*(?:is|:|,)?\s*(?P<person><P\d+>)", re.IGNORECASE
)
_SAYS: Final = re.compile(
    r"^\s*(?:says?|said|thinks?|mentioned|told|warned|confirmed|hinted|reports?|claims?)\b(?:\s+(?:that|me|us))*\s*(?P<company><C\d+>)",
    re.IGNORECASE,
)
_SPOKE_TO: Final = re.compile(
    r"\b(?:met|meeting|saw|called|call with|lunch|dinner|breakfast|coffee|drinks|golf|golfed|spoke|"
    r"talked|chatted|visited|toured|sat down|ran into|bumped into|zoom|teams call|told|asked|"
    r"quoted|"
    r"introduced|caught up)\b[^.;]*$",
    re.IGNORECASE,
)
_SPOKE: Final = re.compile(
    r"[^.;<>]{0,12}(?:<C\d+>)?\)?\s*,?\s*\b(?:says?|said|mentioned|told|asked|warned|confirmed|hinted|"
    r"wants|called|stopped by|came by|visited|admitted|complained|thinks|promised|reports)\b",
    re.IGNORECASE,
)
_NOT_REACHED: Final = re.compile(
    r"\b(?:voice ?mail|no answer|left (?:a )?message|couldn'?t reach|could not reach|didn'?t reach|"
    r"didn'?t (?:pick up|answer)|lvm|no luck|tried to (?:call|reach))\b",
    re.IGNORECASE,
)


def works_at(sentences: list[View]) -> Iterator[Relation]:
    """WORKS_AT relations of a text, each person and company once."""
    seen: set[tuple[int, int]] = set()
    last_company: int | None = None
    for view in sentences:
        for relation in [*_stated(view), *_implied(view, last_company)]:
            pair = (relation.head, relation.tail)
            if pair not in seen:
                seen.add(pair)
                yield relation
        companies = [index for index, _ in view.marks("C")]
        last_company = companies[-1] if companies else last_company
    yield from _of_the_only_company(sentences, {person for person, _ in seen})


_SPEAKS: Final = re.compile(
    r"^\s*(?:says?|said|thinks?|hopes?|expects?|guess(?:es)?|mentioned|told)\b", re.IGNORECASE
)
_SIGNS: Final = re.compile(
    r"(?:^|[-\u2013\u2014/~.!?,\n]|thx|thanks|regards|cheers|best)\s*$", re.IGNORECASE
)


def _of_the_only_company(sentences: list[View], placed: set[int]) -> Iterator[Relation]:
    """People of whom nobody says where they work, in a text that speaks of one company.

    Who only signs the text is one of us, and whoever has a name of a person beside it is not sure.
    """
    company = only_company(sentences)
    if company is None:
        return
    for view in sentences:
        for person, mark in view.marks("P"):
            before, after = view.masked[: mark.start()], view.masked[mark.end() :]
            alone = not after.strip(" .!") and _SIGNS.search(before)
            if person in placed or alone or (view is sentences[0] and not before.strip()):
                continue
            if view.read.mentions[company].start > view.read.mentions[person].start:
                continue
            yield view.relation(person, "WORKS_AT", company, "hedged", 0.5)


def talked_to(sentences: list[View]) -> Iterator[Relation]:
    """TALKED_TO relations of a note: the author spoke with a person, whether once or often."""
    if not sentences or sentences[0].read.context.kind in {"post", "project"}:
        return
    seen: set[int] = set()
    for view in sentences:
        if _NOT_REACHED.search(view.masked):
            continue
        for person, match in view.marks("P"):
            near = view.masked[max(0, match.start() - 40) : match.start()]
            spoke = _SPOKE_TO.search(near) or _SPOKE.match(view.masked, match.end())
            if spoke and person not in seen:
                seen.add(person)
                one = view.read.mentions[person]
                yield view.relation(US, "TALKED_TO", person, view.said((one.start, one.end)), 0.8)


def _stated(view: View) -> Iterator[Relation]:
    for match in _MOVED_FROM.finditer(view.masked):
        yield _relation(view, match, "negated", 0.9)
    for pattern, polarity, confidence in (*_PATTERNS, (_BESIDE, "asserted", 0.7)):
        for match in pattern.finditer(view.masked):
            yield _relation(view, match, polarity, confidence)


def _implied(view: View, last_company: int | None) -> Iterator[Relation]:
    """A new buyer works where the talk is of; who speaks for a company probably works there."""
    account = ACCOUNT if view.read.context.account else None
    for match in _NEW.finditer(view.masked):
        company = view.before(match.start())
        where = next((one for one in (company, last_company, account) if one is not None), None)
        if where is not None:
            yield view.relation(_index(match["person"]), "WORKS_AT", where, "asserted", 0.75)
    for person, mark in view.marks("P"):
        said = _SAYS.match(view.masked[mark.end() :])
        if said is not None:
            yield view.relation(person, "WORKS_AT", _index(said["company"]), "hedged", 0.5)


def _relation(view: View, match: re.Match[str], polarity: Polarity, confidence: float) -> Relation:
    person, company = _index(match["person"]), _index(match["company"])
    return view.relation(person, "WORKS_AT", company, polarity, confidence)


def _index(mark: str) -> int:
    return int(mark[2:-1])
