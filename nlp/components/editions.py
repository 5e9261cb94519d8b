"""Which edition of a trade show a text speaks of.

"Great week at IMTS", written in September 2024, is IMTS 2024; "see you at IMTS", written a month
later, is IMTS 2026, since the show is held every second year.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

_MONTHS: Final = 12
_STATED_AFTER: Final = re.compile(
    r"^[\s,]{0,2}(?:show|expo|edition|'|in|for|-|\()?[\s(]{0,2}(?:'|-)?((?:19|20)\d\d)(?![\d-]|\.\d)",
    re.IGNORECASE,
)
# "IMTS24" and "IMTS '24", and "IMTS 24." where the stretch ends; but not "at IMTS 12 people".
_SHORT_AFTER: Final = re.compile(
    r"^(?:(?:\s?'|-)?([123]\d)(?![\w/:%]|[.,]\d)|\s([123]\d)(?=\s?(?:[,.;:!?)]|$)(?!\d)))"
)
_STATED_BEFORE: Final = re.compile(r"((?:19|20)\d\d)(?:\s+edition of(?: the)?|'s)?\s$")
_YEAR: Final = re.compile(
    r"\b(?:in|for|until|till|til|by|of|back in|since|again)\s+((?:19|20)\d\d)\b", re.IGNORECASE
)
_NEXT: Final = re.compile(
    r"\bnext\s+(?:yr|year|time|one|edition)\b|\bnext\s+(?:show|expo)\b|\bthe\s+next\s*$"
    r"|\bcoming\s+(?:yr|year)\b|\bnext\s*$",
    re.IGNORECASE,
)
_LAST: Final = re.compile(
    r"\blast\s+(?:yr|year|time|one|edition|show)\b|\bprevious\s+(?:year|edition)\b|\ba\s+year\s+ago\b"
    r"|\blast\s*$|\blast\s+(?:spring|summer|fall|autumn|winter)\b",
    re.IGNORECASE,
)
_THIS: Final = re.compile(
    r"\bthis\s+(?:yr|year|week|month|spring|summer|fall|autumn|winter)\b", re.IGNORECASE
)
_PAST: Final = re.compile(
    r"\b(?:was|were|had|met|saw|went|came|visited|stopped|walked|ran into|bumped into|"
    r"attended|exhibited|"
    r"talked|spoke|chatted|showed|did|great (?:week|show|time|crowd|turnout|event|few days)|"
    r"thanks|thx|"
    r"thank you|that'?s a wrap|wrapped|wrap up|recap|back from|home from|returned|after|"
    r"since|skipped|"
    r"missed|passed on|didn'?t|did not|wasn'?t|weren'?t|follow(?:ed|ing)?[- ]up|leads? from|"
    r"takeaways|"
    r"picked up|collected|asked|looked|loved|demoed|what a|busy (?:week|show|days?))\b",
    re.IGNORECASE,
)
_FUTURE: Final = re.compile(
    r"\b(?:will|won'?t|going|goes|gonna|'ll|heading|headed|headin|plan(?:s|ning)?|see (?:you|"
    r"ya|us)|"
    r"come (?:see|by|visit|find)|coming|visit us|find us|join us|stop by|meet us|look for us|"
    r"register(?:ed|ing)?|"
    r"sign(?:ed|ing)? up|book(?:ed|ing)?|skip(?:s|ping)|sitting out|upcoming|ahead of|before|"
    r"prep(?:ping)?|getting ready|ready for|"
    r"countdown|days? (?:away|until|to go)|weeks? (?:away|until|to go)|can'?t wait|excited|"
    r"looking forward|"
    r"hop(?:e|es|ing)|might|may|exhibiting|attending|pass(?:es|ing)? on|tickets?|"
    r"travel budget|next week|"
    r"next month|tomorrow|soon|in time for)\b",
    re.IGNORECASE,
)
# Said on the last day of a show or soon after it: the edition nearest to the text's date.
_JUST_NOW: Final = re.compile(
    r"\b(?:great|good|busy|amazing|awesome|fantastic|what a|wonderful|successful|incredible|"
    r"solid|long|fun|"
    r"productive)\s+(?:\w+\s+)?(?:week|show|days?|time|turnout|crowd|event)\b|\bstopped by\b|"
    r"\bthat'?s a wrap\b|\bwrapp(?:ed|ing) up\b|\blive from\b|\bday (?:one|two|three|[1-5])\b|"
    r"\b(?:back|home|fresh) from\b|\bthis week\b|\btoday\b|\bright now\b|\bhere at\b",
    re.IGNORECASE,
)


class Tense(Enum):
    """Whether a text looks back at a show or forward to it."""

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Series:
    """A trade show and when it is held.

    Attributes:
        name: Canonical name, such as IMTS.
        every: Years from one edition to the next.
        held: Any year in which it took place.
        month: Month it is usually held in, 1 to 12.
        moved: Month of the editions that were held at another time, by year.
    """

    name: str
    every: int = 1
    held: int = 2024
    month: int = 6
    moved: dict[int, int] = field(default_factory=dict)

    def takes_place(self, year: int) -> bool:
        """Whether there is an edition in a year."""
        return (year - self.held) % self.every == 0

    def month_of(self, year: int) -> int:
        """Month of the edition of a year."""
        return self.moved.get(year, self.month)

    def edition(self, written: dt.date, tense: Tense) -> int:
        """Year of the edition that a text of a day looks back at or forward to.

        Args:
            written: Day of the text.
            tense: OPEN picks the edition nearest to that day.
        """
        years = [
            year
            for year in range(written.year - 2 * self.every, written.year + 2 * self.every + 1)
            if self.takes_place(year)
        ]
        away = {
            year: (year - written.year) * _MONTHS + self.month_of(year) - written.month
            for year in years
        }
        # In the month of the show itself, either tense means that edition.
        if tense is Tense.PAST:
            return max(year for year in years if away[year] <= 0)
        if tense is Tense.FUTURE:
            return min(year for year in years if away[year] >= 0)
        return min(years, key=lambda year: (abs(away[year]), year))


def stated_year(text: str, start: int, end: int) -> tuple[int, int, int] | None:
    """A year written next to a show's name, with the stretch that name and year take together.

    Examples:
        >>> stated_year("Met at IMTS '24, hall 3", 7, 11)
        (2024, 7, 15)
        >>> stated_year("our 2026 IMTS booth", 9, 13)
        (2026, 4, 13)
    """
    after = text[end : end + 14]
    if match := _STATED_AFTER.match(after):
        # In "IMTS in 2026" the year stands apart from the name.
        apart = any(map(str.isalpha, match[0]))
        return int(match[1]), start, end if apart else end + match.end()
    if match := _SHORT_AFTER.match(after):
        return 2000 + int(match[1] or match[2]), start, end + match.end()
    if match := _STATED_BEFORE.search(text[max(0, start - 20) : start]):
        return int(match[1]), start - (len(match.string) - match.start()), end
    return None


def tense_of(sentence: str) -> Tense:
    """Whether a sentence looks back or forward; OPEN when it says neither or both."""
    if _JUST_NOW.search(sentence):
        return Tense.OPEN
    past, future = bool(_PAST.search(sentence)), bool(_FUTURE.search(sentence))
    if past == future:
        return Tense.OPEN
    return Tense.PAST if past else Tense.FUTURE


def worked_out_year(
    series: Series, sentence: str, position: int, written: dt.date
) -> tuple[int, float]:
    """The year of an edition that a sentence does not write next to the name.

    Args:
        series: The show.
        sentence: The sentence.
        position: Where in it the show's name begins.
        written: Day of the text.

    Returns:
        The year, and how sure this is from 0 to 1.
    """
    near = sentence[max(0, position - 40) : position + 60]
    before = sentence[:position].rstrip()
    if (match := _YEAR.search(sentence)) and series.takes_place(int(match[1])):
        return int(match[1]), 0.9
    if _NEXT.search(near) or re.search(r"\bnext$", before, re.IGNORECASE):
        upcoming = series.edition(dt.date(written.year + 1, 1, 1), Tense.FUTURE)
        return upcoming, 0.85
    if _LAST.search(near) or re.search(r"\blast$", before, re.IGNORECASE):
        return series.edition(dt.date(written.year - 1, _MONTHS, 1), Tense.PAST), 0.85
    if _THIS.search(near) and series.takes_place(written.year):
        return written.year, 0.9
    tense = tense_of(sentence)
    return series.edition(written, tense), 0.7 if tense is Tense.OPEN else 0.8
