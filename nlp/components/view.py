"""One sentence as the relations see it: names as marks, everything else as it stands.

"Bolt Gear makes brackets for Acme" becomes "<C0> makes brackets for <C1>", so that a pattern need
not know what names look like. C is a company, N a name of unknown kind, P a person, E one of us,
S a show.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

from nlp.components.assertion import polarity_of, strongest
from nlp.components.document import ACCOUNT, US, Mention, Polarity, Reading, Relation

_MARKS: Final = {
    "COMPANY": "C",
    "NAME OF A COMPANY": "C",
    "NAME": "N",
    "NAME OF A PERSON": "N",
    "PERSON": "P",
    "EMPLOYEE": "E",
    "TRADE_SHOW": "S",
}
_MARK: Final = re.compile(r"<([CNPES])(\d+)>")
_FIRST_PERSON: Final = re.compile(
    r"\b(?:we|we'?ve|we'?re|we'?ll|we'?d|i|i'?m|i'?ve|i'?ll|us|our|ours|me|my)\b", re.IGNORECASE
)
_THIRD_PERSON: Final = re.compile(
    r"\b(?:they|they'?re|they'?ve|they'?ll|them|their|its?|he|she|he'?s|she'?s|his|her|him|"
    r"customer|these guys|"
    r"folks|everyone there)\b",
    re.IGNORECASE,
)
# A verb that says what somebody else does: "Pays late, might skip IMTS".
_OF_THE_CUSTOMER: Final = re.compile(
    r"\s*(?:still\s|never\s|always\s)?(?:pays|wants|needs|orders|owes|buys|runs|uses|makes|sells|asks|"
    r"likes|hates|plans|expects|thinks|says|is|was|has|hasn'?t|isn'?t|won'?t|doesn'?t)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class View:
    """A sentence with its names as marks.

    Attributes:
        text: The whole text.
        read: Its reading.
        start: First character of the sentence in the text.
        end: One past its last.
        masked: The sentence with marks.
    """

    text: str
    read: Reading
    start: int
    end: int
    masked: str = ""
    _cuts: list[int] = field(default_factory=list)
    _shifts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        pieces: list[str] = []
        length, at = 0, self.start
        self._cuts, self._shifts = [0], [self.start]
        for index, mention in self.mentions():
            mark = _MARKS.get(mention.label)
            if mark is None:
                continue
            pieces += [
                self.text[at : mention.start].replace("<", "(").replace(">", ")"),
                f"<{mark}{index}>",
            ]
            length += mention.start - at + len(pieces[-1])
            at = mention.end
            self._cuts.append(length)
            self._shifts.append(at - length)
        pieces.append(self.text[at : self.end].replace("<", "(").replace(">", ")"))
        self.masked = "".join(pieces)

    def mentions(self, *labels: str) -> list[tuple[int, Mention]]:
        """Index and mention of those in the sentence, of some labels or of all."""
        return [
            (index, one)
            for index, one in enumerate(self.read.mentions)
            if self.start <= one.start < self.end and (not labels or one.label in labels)
        ]

    def companies(self, *, without: Collection[int] = ()) -> list[tuple[int, Mention]]:
        """Index and mention of the companies, those included that only may be one."""
        labels = (label for label, mark in _MARKS.items() if mark == "C")
        return [one for one in self.mentions(*labels) if one[0] not in without]

    def origin(self, position: int) -> int:
        """Where a character of the masked sentence stands in the text; exact outside marks."""
        at = bisect_right(self._cuts, position) - 1
        return position + self._shifts[at]

    def marks(
        self, kinds: str, start: int = 0, end: int | None = None
    ) -> Iterator[tuple[int, re.Match[str]]]:
        """Index of the mention and match of each mark of some kinds within a stretch."""
        for match in _MARK.finditer(self.masked, start, len(self.masked) if end is None else end):
            if match[1] in kinds:
                yield int(match[2]), match

    def before(self, position: int, kinds: str = "C") -> int | None:
        """The nearest mention of some kinds that begins before a place in the masked sentence."""
        found = [index for index, match in self.marks(kinds, 0, position)]
        return found[-1] if found else None

    def said(self, *spans: tuple[int, int]) -> Polarity:
        """How stretches of the text are meant together: as the strongest of them."""
        return strongest(polarity_of(self.read, *span) for span in spans)

    def unnamed(self, masked_before: str) -> int | None:
        """Who is meant where no company is named before a verb: US, ACCOUNT or nobody known.

        A post speaks of who posts it, a project of its customer. In a note "we" is us, "they" the
        customer it is filed under, as is who "pays late"; any other sentence without a subject says
        what its author did.

        Args:
            masked_before: The masked sentence up to the verb.
        """
        context = self.read.context
        if context.kind in {"post", "project"}:
            return ACCOUNT if context.account else None
        if _FIRST_PERSON.search(masked_before):
            return US
        if context.account and (
            _THIRD_PERSON.search(masked_before) or _OF_THE_CUSTOMER.match(masked_before)
        ):
            return ACCOUNT
        return None

    def about(self, end: int, heading: int | None, *, without: Collection[int] = ()) -> int | None:
        """Whom words are about that no company stands before: ACCOUNT, or index of a company.

        A post speaks of who posts it, a project of its customer; else it is the company after the
        words, the one that the text spoke of before, or the one that it is filed under.

        Args:
            end: One past the last character of the words.
            heading: The company that the text spoke of before.
            without: Companies that it cannot be.
        """
        context = self.read.context
        if context.kind in {"post", "project"} and context.account:
            return ACCOUNT
        after = [index for index, one in self.companies(without=without) if one.start >= end]
        if after:
            return after[0]
        if heading is not None:
            return heading
        return ACCOUNT if context.account else None

    def speaks_of_us(self) -> bool:
        """Whether the sentence says we, us or our."""
        return bool(_FIRST_PERSON.search(self.masked))

    def speaks_of_them(self) -> bool:
        """Whether the sentence says they, them, he or she."""
        return bool(_THIRD_PERSON.search(self.masked))

    def company(self, index: int) -> str | None:
        """Id of the company that an end of a relation stands for, where it is known."""
        if index == ACCOUNT:
            return self.read.context.account
        return self.read.mentions[index].node if index >= 0 else None

    def relation(
        self, head: int, label: str, tail: int, polarity: Polarity, confidence: float
    ) -> Relation:
        """A relation whose evidence reaches from the one end to the other."""
        ends = [self.read.mentions[one] for one in (head, tail) if one >= 0]
        start = min((one.start for one in ends), default=self.start)
        end = max((one.end for one in ends), default=self.end)
        if min(head, tail) < 0:
            start, end = min(start, self.start), max(end, self.end)
        return Relation(head, label, tail, polarity, start, end, round(confidence, 3))


def views(text: str, read: Reading) -> list[View]:
    """Every sentence of a text as a view, in order."""
    return [View(text, read, start, end) for start, end in read.sentences]


def headed(
    sentences: list[View], *, without: Collection[int] = ()
) -> Iterator[tuple[View, int | None]]:
    """Each sentence with the company that the text spoke of before it.

    Before the first that is the only company of the text, as under a mail.

    Args:
        sentences: The sentences of a text.
        without: Companies that it cannot be, such as those that another one supplies.
    """
    heading = only_company(sentences, without=without)
    for view in sentences:
        yield view, heading
        companies = view.companies(without=without)
        heading = companies[-1][0] if companies else heading


def only_company(sentences: list[View], *, without: Collection[int] = ()) -> int | None:
    """The company of a text that names no other one, where it names it first."""
    named = [one for view in sentences for one in view.companies(without=without)]
    return named[0][0] if len({one.canonical for _, one in named}) == 1 else None
