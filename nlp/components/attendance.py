"""Who was, will be, or will not be at which trade show."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, Final

from nlp.components.assertion import phrase_pattern
from nlp.components.attendance_lists import listed
from nlp.components.document import ACCOUNT, Polarity, Relation
from nlp.components.view import View

_ENCOUNTER: Final = re.compile(
    r"\b(?:asked|stopped by|came by|met|saw|visited|looked|talked|spoke|wants?|watched|loved|"
    r"liked|interested|"
    r"chatted|was there|were there|swung by|dropped by|ran into|introduced|walked|signed|"
    r"demo|scanned)\b",
    re.IGNORECASE,
)
_INVITES: Final = re.compile(
    r"\b(?:come|visit|stop by|find us|see us|see you|meet us|join us|booth|swing by|drop by)\b",
    re.IGNORECASE,
)
_COMMITTED: Final = re.compile(
    r"\b(?:signed up|registered|can'?t wait|cannot wait|excited|booked|committed|confirmed|"
    r"entered|all set|"
    r"bought|have a booth|has a booth|badges?|ready|packed|packing|en route|leaving)\b",
    re.IGNORECASE,
)
_STAYED_AWAY: Final = re.compile(
    r"^\s*(?:never|didn'?t|did not|wasn'?t|was not|weren'?t|were not|won'?t|will not|isn'?t|"
    r"is not|couldn'?t|"
    r"can'?t|cannot|not|was a no[- ]show|no[- ]showed|no[- ]show)\b[^.;,]{0,20}?"
    r"(?:show|showed|come|came|coming|make it|there|attend|attending|exhibit|exhibiting|go|"
    r"going|appear|here)?\b",
    re.IGNORECASE,
)
_US_THERE: Final = re.compile(r"\b(?:we|we'?re|we'?ll|we'?ve|our|us|i|i'?ll|i'?m)\b", re.IGNORECASE)
_AS_WELL: Final = re.compile(
    r"\b(?:met|meet|meeting|saw|see|seeing|thanks|congrats|great (?:chat|talk)|visit(?:ed|ing)?)\b",
    re.IGNORECASE,
)
_LISTED: Final = re.compile(
    r"^\s*(?:,|and|&|\+|/|or|,\s*and|as well as|plus|\([^()]*\)?|\)|at|of|from|'s|with|w/|"
    r"<[PE]\d+>|\s)*\s*$"
)


class AttendanceFinder:
    """Finds who is at a show.

    Args:
        tables: The tables of relations.toml.
    """

    def __init__(self, tables: Iterable[dict[str, Any]]) -> None:
        entries = [table.get("attended", {}) for table in tables]
        self._cues = phrase_pattern(one for entry in entries for one in entry.get("cues", []))
        self._not_there = _just_before(entries, "not_there")
        self._planned = _just_before(entries, "planned")

    def find(self, sentences: list[View]) -> Iterator[Relation]:
        """ATTENDED relations of a text."""
        seen: set[tuple[int, str]] = set()
        for number, view in enumerate(sentences):
            for show, match in view.marks("S"):
                following = sentences[number + 1] if number + 1 < len(sentences) else None
                earlier = sentences[number - 1] if number else None
                found = list(listed(view, show, match, following)) or self._of_show(
                    view, show, match, earlier, following
                )
                for relation in found:
                    key = (relation.head, view.read.mentions[show].canonical)
                    if key not in seen:
                        seen.add(key)
                        yield relation

    def _of_show(
        self,
        view: View,
        show: int,
        match: re.Match[str],
        earlier: View | None,
        following: View | None,
    ) -> Iterator[Relation]:
        before = view.masked[: match.start()]
        heading = not before.strip(" #\"'")
        post = view.read.context.kind == "post"
        counting_down = post and _INVITES.search(view.text)
        if self._not_there.search(before) and not (counting_down or _met_there(view)):
            return
        if not heading and not post and not self._cues.search(view.masked):
            return
        polarity = self._polarity(view, show, before)
        heads = self._heads(view, match)
        if not heads and earlier is not None and not view.speaks_of_us():
            heads = [index for index, _ in earlier.marks("C")][-1:] if view.speaks_of_them() else []
        if post and view.read.context.account and _poster_too(view, heads):
            heads.append(ACCOUNT)
        if not heads and self._filed_under_meant(view):
            heads = [ACCOUNT]
        if not heads and post and following is not None:
            heads = [index for index, _ in following.marks("C")][:1]
        for head in heads:
            yield view.relation(head, "ATTENDED", show, _of_head(view, head, match, polarity), 0.9)
        if not heads and heading and following is not None and _ENCOUNTER.search(following.masked):
            for head, _ in following.marks("CP"):
                yield view.relation(head, "ATTENDED", show, polarity, 0.6)

    def _polarity(self, view: View, show: int, before: str) -> Polarity:
        mention = view.read.mentions[show]
        said = view.said((mention.start, mention.end))
        # An invitation is no question: "Going to IMTS? Come see us!"
        if said == "asked" and view.read.context.kind == "post" and _INVITES.search(view.text):
            return "asserted"
        if said == "asserted" and self._planned.search(before) and not _COMMITTED.search(before):
            return "hedged"
        return said

    @staticmethod
    def _heads(view: View, match: re.Match[str]) -> list[int]:
        """Companies and people in the clause: those next to the show, before it else after it."""
        left = [*view.marks("CP", 0, match.start())]
        right = [*view.marks("CP", match.end())]
        if left:
            return _group(view, left[::-1])
        return _group(view, right)

    @staticmethod
    def _filed_under_meant(view: View) -> bool:
        """Whether a note that names nobody speaks of the customer it is filed under."""
        context = view.read.context
        if context.account is None or context.kind == "post" or any(True for _ in view.marks("N")):
            return False
        return view.speaks_of_them() or not view.speaks_of_us()


def _group(view: View, marks: list[tuple[int, re.Match[str]]]) -> list[int]:
    """The first mark and those that are listed together with it."""
    group = [marks[0][0]] if marks else []
    for (_, one), (index, other) in pairwise(marks):
        low, high = sorted((one, other), key=lambda match: match.start())
        if not _LISTED.match(view.masked[low.end() : high.start()]):
            break
        group.append(index)
    return group


def _of_head(view: View, head: int, show: re.Match[str], polarity: Polarity) -> Polarity:
    """How it is meant of one of several: "Busy EASTEC, though Bolt never showed" is about Bolt."""
    for index, match in view.marks("CP", show.end()):
        if index == head and _STAYED_AWAY.match(view.masked[match.end() :]):
            return "negated"
    return polarity


def _poster_too(view: View, heads: list[int]) -> bool:
    """Whether the account that posts is there itself, also where others are named."""
    own = [head for head in heads if view.company(head) == view.read.context.account]
    if own:
        return False
    return not heads or bool(_US_THERE.search(view.masked) or _AS_WELL.search(view.masked))


def _met_there(view: View) -> bool:
    return bool(re.search(r"\b(?:met|saw|ran into)\b[^.]*\bat\b", view.masked, re.IGNORECASE))


def _just_before(entries: list[dict[str, Any]], key: str) -> re.Pattern[str]:
    phrases = [re.escape(one) for entry in entries for one in entry.get(key, [])]
    return re.compile(
        rf"\b(?:{'|'.join(phrases) or '(?!)'})\s+(?:the\s+|this\s+year'?s\s+|our\s+|next\s+|"
        rf"last\s+|#)*$",
        re.IGNORECASE,
    )
