"""People: known contacts and colleagues, then names that the text treats as a person's."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.components.companies import CANDIDATE, PERHAPS_COMPANY, PERHAPS_PERSON
from nlp.components.document import Mention, Reading, reading
from nlp.components.names import begins_with_a_given_name
from nlp.components.phrases import PhraseTable, words

VERSION: Final = "1"

_BEFORE: Final = re.compile(
    r"\b(?:met|meet|saw|called|call (?:with|from|to)|lunch (?:with|w/)|dinner (?:with|w/)|"
    r"coffee (?:with|w/)|"
    r"spoke (?:to|with)|talked (?:to|with)|chatted with|ran into|bumped into|emailed|texted|"
    r"visited with|per|"
    r"contact(?: is)?|buyer|engineer|manager|owner|president|ask(?:ed)?(?: for)?|told|tell|"
    r"thanks|thx|hi|mr\.?|ms\.?|mrs\.?|"
    r"dr\.?|introduced (?:me |us )?to|voicemail for|according to|working with|"
    r"meeting (?:with|w/)|golf with|thank you|thank|cc|attn:?|regards,|cheers,|best,|"
    r"sincerely,|rgds,|brgds,)\s*$|[-\u2013\u2014/~]\s*$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"^\s*(?:,?\s*(?:the |their |our )?(?:buyer|engineer|owner|president|vp|ceo|purchasing|"
    r"quality manager|plant manager|"
    r"planner|purchasing manager)\b|says?\b|said\b|mentioned\b|told\b|thinks?\b|wants\b|"
    r"asked\b|warned\b|confirmed\b|"
    r"heard\b|hopes?\b|expects?\b|called\b|emailed\b|texted\b|was telling\b|complained\b|"
    r"left\b|(?:is|was) (?:no longer|leaving|retiring)\b|(?:just |has |recently )(?:joined|"
    r"left|retired|quit|moved|started)\b|"
    r"(?:moved|went|jumped) (?:over )?from\b|is (?:the|their|our) (?:new )?(?:buyer|engineer|"
    r"manager|owner|contact)\b|retired\b|"
    r"in (?:ar|ap|purchasing|quality|engineering|accounting|shipping|receiving|sales)\b|"
    r"no longer\b|promised\b|admitted\b|hinted\b|joined\b|replaced\b|stopped by\b|came by\b)",
    re.IGNORECASE,
)
_OF_COMPANY: Final = re.compile(
    r"^\s*(?:\(|@|/|,)?\s*(?:at|from|of|with|w/|over at|in purchasing at|,)?\s*$", re.IGNORECASE
)
_PERSONAL: Final = re.compile(
    r"^[A-Z][a-z]+(?:[ -](?:[A-Z]\.?|[A-Z][a-z']+|O'[A-Z][a-z]+|Mc[A-Z][a-z]+)){0,2}$"
)


@Language.factory("graphkit_people", default_config={"known": []})
def make_people(
    nlp: Language,  # noqa: ARG001 - spaCy passes it
    name: str,
    known: list[list[str]],
) -> "PeopleFinder":
    """The component that finds people."""
    return PeopleFinder(name, [(one[0], one[1], one[2]) for one in known])


class PeopleFinder:
    """Finds people.

    Args:
        name: Name of the component.
        known: Id, name and company (id, or empty for our own employees) of everybody known.
    """

    def __init__(self, name: str, known: Iterable[tuple[str, str, str]]) -> None:
        self._component = f"{name}/{VERSION}"
        self._table: PhraseTable[str] = PhraseTable()
        self._firsts: dict[tuple[str, str], set[str]] = {}
        self._company: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for node, written, company in known:
            if len(written.split()) > 1:
                self._table.add(written, node)
            self._company[node], self._names[node] = company, written
            first = written.split()[0].lower() if written.split() else ""
            self._firsts.setdefault((company, first), set()).add(node)

    def __call__(self, doc: Doc) -> Doc:
        """Add what is found to the doc's reading."""
        read = reading(doc)
        companies = self._companies(read)
        known = [
            one for one in self._known(doc.text, companies) if _is_free(read, one.start, one.end)
        ]
        _give_way(read, known)
        read.prefer(known)
        _give_way(read, guessed := list(self._guessed(doc, read, companies)))
        read.prefer(guessed)
        _give_way(read, strangers := list(self._in_a_post(doc, read)))
        read.prefer(strangers)
        return doc

    @staticmethod
    def _companies(read: Reading) -> list[str]:
        named = [one.node for one in read.mentions if one.label == "COMPANY" and one.node]
        return [*named, *([read.context.account] if read.context.account else [])]

    def _known(self, text: str, companies: list[str]) -> Iterator[Mention]:
        for item in self._table.find(text, words(text)):
            surface = text[item.start : item.end]
            if not surface[0].isupper():
                continue
            here = [node for node in item.values if self._company[node] in companies]
            nodes = here or list(item.values)
            node = nodes[0] if len(nodes) == 1 else None
            yield self._mention(item.start, item.end, surface, node, 1.0 if node else 0.6)

    def _guessed(self, doc: Doc, read: Reading, companies: list[str]) -> Iterator[Mention]:
        text = doc.text
        entities = list(doc.ents)  # each look at doc.ents goes through the whole text
        persons = {(one.start_char, one.end_char) for one in entities if one.label_ == "PERSON"}
        for one in [item for item in read.mentions if item.label in {CANDIDATE, PERHAPS_COMPANY}]:
            surface = text[one.start : one.end]
            if not _PERSONAL.match(surface):
                continue
            node = self._by_first_name(surface, companies)
            if node:
                yield self._mention(one.start, one.end, self._names[node], node, 0.75)
            elif (
                self._treated_as_person(text, one, read)
                or ((one.start, one.end) in persons and _beside_company(text, one, read))
                or _signs(text, one, read)
            ):
                yield self._mention(_titled(text, one.start), one.end, surface, None, 0.7)
            elif begins_with_a_given_name(surface):
                yield self._mention(one.start, one.end, surface, None, 0.65)
            elif one.label == CANDIDATE and " " in surface and _unlike_a_place(entities, one):
                # In a shop's notes a pair of words that is nobody's name is most often a company's.
                yield replace(one, label=PERHAPS_COMPANY, confidence=0.5)
            elif one.label == CANDIDATE and " " in surface and (one.start, one.end) in persons:
                # A model's guess alone: it gives way where the name stands in a company's place.
                yield replace(one, label=PERHAPS_PERSON, confidence=0.5, component=self._component)

    def _in_a_post(self, doc: Doc, read: Reading) -> Iterator[Mention]:
        """Names that only the model takes for people's: of strangers nothing else tells."""
        if read.context.kind != "post":
            return
        for one in doc.ents:
            stretch = one.start_char, one.end_char
            if (
                one.label_ == "PERSON"
                and _PERSONAL.match(one.text)
                and all(
                    item.label in {CANDIDATE, PERHAPS_COMPANY, PERHAPS_PERSON}
                    or item.end <= stretch[0]
                    or stretch[1] <= item.start
                    for item in read.mentions
                )
            ):
                yield self._mention(*stretch, one.text, None, 0.5)

    def _by_first_name(self, surface: str, companies: list[str]) -> str | None:
        nodes = {
            node
            for company in companies
            for node in self._firsts.get((company, surface.lower()), set())
        }
        return next(iter(nodes)) if len(nodes) == 1 else None

    @staticmethod
    def _treated_as_person(text: str, one: Mention, read: Reading) -> bool:
        before, after = text[max(0, one.start - 30) : one.start], text[one.end : one.end + 30]
        name = text[one.start : one.end]
        # "Told Ormsby Crane" may mean a company, "told Gail Underhill" and "met" anybody cannot.
        told = _BEFORE.search(before) or _AFTER.match(after) or _is_addressed(text, one)
        sure = (
            " " not in name
            or begins_with_a_given_name(name)
            or _MET.search(before)
            or _ROLE_AFTER.match(after)
        )
        if told and sure:
            return True
        if _named_after_a_company(text, one, read) or _acts_beside_a_company(text, one, read):
            return True
        return any(
            item.label in {"COMPANY", PERHAPS_COMPANY, CANDIDATE}
            and item.start >= one.end
            and _OF_COMPANY.match(text[one.end : item.start])
            and text[one.end : item.start].strip() not in {"", ","}
            for item in read.mentions
        )

    def _mention(
        self, start: int, end: int, name: str, node: str | None, confidence: float
    ) -> Mention:
        label = "EMPLOYEE" if node and not self._company[node] else "PERSON"
        return Mention(start, end, label, name, self._component, confidence, node=node)


_ACTS: Final = re.compile(
    r"^\s+(?:says?|said|hates?|likes?|loves?|quit|swears?|swore|thinks|thought|knows|knew|claims|"
    r"figures|brought|called|calls|told|tells|texted|emailed|retired|promises|grumbled|laughed|"
    r"over there|there|in (?:purchasing|quality|ap|ar|engineering|receiving|shipping))\b",
    re.IGNORECASE,
)
_MET: Final = re.compile(
    r"\b(?:met|meet|saw|(?:lunch|dinner|coffee|breakfast|golf|call|meeting) (?:with|w/)|"
    r"spoke (?:to|with)|talked (?:to|with)|chatted with|ran into|bumped into|attn:?|regards,|"
    r"introduced (?:me |us )?to|thank you|thanks|thx|voicemail for|buyer|engineer|manager|owner|"
    r"president|planner|contact|foreman|mr|ms|mrs|dr|ceo)\.?\s*$",
    re.IGNORECASE,
)
_ROLE_AFTER: Final = re.compile(
    r"^\s*,?\s*(?:(?:is|was|has|just|recently|the|their|our|a|new)\s+)*(?:buyer|engineer|owner|"
    r"president|vp|ceo|purchasing|quality|plant|planner|left|retired|retiring|joined|no longer|"
    r"moved|leaving)\b",
    re.IGNORECASE,
)


def _acts_beside_a_company(text: str, one: Mention, read: Reading) -> bool:
    """Whether a single name does something in a text that speaks of a company by another name."""
    if " " in text[one.start : one.end] or not _ACTS.match(text[one.end :]):
        return False
    companies = [item for item in read.mentions if item.label == "COMPANY"]
    name = text[one.start : one.end].casefold()
    return bool(companies) and not any(
        name in item.canonical.casefold().split() for item in companies
    )


def _named_after_a_company(text: str, one: Mention, read: Reading) -> bool:
    """Whether it is who is spoken to there: "Bolt Gear (Priya)", "Bolt Gear's Priya"."""
    closed = text[one.end : one.end + 1] in {")", ","}
    between = [
        text[item.end : one.start].strip()
        for item in read.mentions
        if item.label in {"COMPANY", PERHAPS_COMPANY} and item.end <= one.start
    ]
    return bool(between) and (between[-1] == "'s" or (closed and between[-1] == "("))


_SALUTED: Final = re.compile(r"^\s*,\s+(?=\w)")


def _is_addressed(text: str, one: Mention) -> bool:
    """Whether a first name opens or ends a text: "Marcy, the 2% is fine. Lou"."""
    name = text[one.start : one.end]
    if " " in name or not begins_with_a_given_name(name):
        return False
    if not text[: one.start].strip():
        return bool(_SALUTED.match(text[one.end : one.end + 4]))
    ends = not text[one.end :].strip(" .!\n")
    return ends and bool(re.search(r"[.!?\n]\s*$", text[: one.start]))


_PLACES: Final = frozenset({"GPE", "LOC", "FAC", "DATE", "NORP", "LANGUAGE"})


def _unlike_a_place(entities: Iterable[Span], one: Mention) -> bool:
    return not any(
        entity.label_ in _PLACES and entity.start_char < one.end and one.start < entity.end_char
        for entity in entities
    )


def _beside_company(text: str, one: Mention, read: Reading) -> bool:
    """Whether a company follows after a comma, as under a mail."""
    return any(
        item.label == "COMPANY" and text[one.end : item.start].strip() == ","
        for item in read.mentions
        if item.start > one.end
    )


def _signs(text: str, one: Mention, read: Reading) -> bool:
    """Whether it is who writes: "... by Friday. Jost, Bolt Gear", or "Tino, Bolt Gear: ..."."""
    opens = not text[: one.start].strip() or text[: one.start].rstrip()[-1] in ".!?"
    return opens and any(
        item.label == "COMPANY"
        and text[one.end : item.start].strip() == ","
        and (not text[item.end :].strip(" .!\n") or text[item.end : item.end + 1] == ":")
        for item in read.mentions
        if item.start > one.end
    )


_TITLE: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.?\s$")


def _titled(text: str, start: int) -> int:
    """Where a name begins together with "Mr."."""
    title = _TITLE.search(text[max(0, start - 6) : start])
    return start - len(title[0]) if title else start


def _is_free(read: Reading, start: int, end: int) -> bool:
    """Whether no company or show holds a stretch; known people win over anything else."""
    return not any(
        one.start < end
        and start < one.end
        and one.label in {"COMPANY", "TRADE_SHOW"}
        and one.confidence > 0.6  # noqa: PLR2004 - above a guess
        for one in read.mentions
    )


def _give_way(read: Reading, found: list[Mention]) -> None:
    """Take out what the people found stand on."""
    read.mentions = [
        one
        for one in read.mentions
        if not any(have.start < one.end and one.start < have.end for have in found)
    ]
