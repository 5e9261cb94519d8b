"""Days, months, quarters and seasons by which something is to happen, from the text's own day.

"By Thurs" in a note of a Monday is that week's Thursday, "Q1" in October next year's first quarter.
What lies in the past ("yesterday", "back in May") is no date to remember.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.document import Mention, reading

VERSION: Final = "1"
_MONTHS: Final = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_DAYS: Final = {name.lower(): number for number, name in enumerate(calendar.day_abbr)}
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_NUMBERED: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"
_YEAR: Final = r"(?:,?\s+(?P<year>20\d\d))?"
_WEEKDAY: Final = (
    r"(?P<weekday>mon|tues?|wed|thurs?|thu|fri|sat|sun)(?:day|nesday|sday|urday|rsday)?\b"
)
_TO_COME: Final = (
    r"(?:by|due|until|till?|thru|through|before|for|on|in|starting|start|ship|ships|shipping|"
    r"deliver(?:y|ed|s)?|need(?:ed|s)?(?: it| them)?|want(?:ed|s)?(?: it| them)?|"
    r"launch(?:es|ing)?|to|after|"
    r"around|end of|early|mid|late|next|this|coming|out|slip(?:s|ped)?|and|by the end of|"
    r"no later than|beginning of|first week of|week of)"
)
_BY: Final = r"(?:by|bis|until|due|on|before|for|remainder|rest|balance)"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w/-]){_MONTH}\.?\s+{_NUMBERED}{_YEAR}(?![\w/-])",
        rf"(?<![\w/-]){_NUMBERED}\s+(?:of\s+)?{_MONTH}{_YEAR}(?![\w/-])",
        r"(?<![\w./-])(?P<iso>20\d\d-[01]\d-[0-3]\d)\b",
        rf"\b{_BY}\s(?P<span>(?P<slashed>\d{{1,2}}/\d{{1,2}}(?:/(?:20)?\d\d)?))(?![\w/])",
        rf"\b{_BY}\s(?P<span>(?P<dotted>\d{{1,2}}\.\d{{1,2}}\.(?:20\d\d)?))(?!\d)",
        rf"\b{_TO_COME}\s+(?:the\s+)?(?P<span>{_MONTH}{_YEAR})",
        rf"\b{_TO_COME}\s+(?:the\s+)?(?P<span>{_WEEKDAY})",
        r"(?<![\w/-])(?P<span>Q(?P<quarter>[1-4])(?:\s+(?:of\s+)?(?P<year>20\d\d))?)\b",
        rf"\b{_TO_COME}\s+(?:the\s+)?(?P<span>(?P<season>spring|summer|fall|autumn|winter){_YEAR})\b",
        r"\b(?P<span>(?-i:EOM|EOY|EOQ)|(?P<ending>end of (?:the |this )?(?:month|year|quarter)))\b",
        r"\b(?P<span>next\s+(?P<next>month|week|quarter))\b",
    )
)
_BEHIND: Final = re.compile(
    r"\b(?:last|back in|since|was in|during)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


@Language.factory("graphkit_dates")
def make_dates(nlp: Language, name: str) -> "DateFinder":  # noqa: ARG001 - spaCy passes it
    """The component that finds the days by which something is to happen."""
    return DateFinder(name)


class DateFinder:
    """Finds dates that are to come.

    Args:
        name: Name of the component.
    """

    def __init__(self, name: str) -> None:
        self._component = f"{name}/{VERSION}"

    def __call__(self, doc: Doc) -> Doc:
        """Add what is found to the doc's reading; a text without a day gives no date."""
        read = reading(doc)
        if read.context.date is not None:
            found = list(self._found(doc.text, read.context.date))
            read.prefer([one for one in found if read.free(one.start, one.end)])
        return doc

    def _found(self, text: str, today: dt.date) -> Iterator[Mention]:
        for pattern in _PATTERNS:
            for match in pattern.finditer(text):
                start, end = match.span("span") if "span" in pattern.groupindex else match.span()
                if _BEHIND.search(text[max(0, start - 14) : start]):
                    continue
                told = worked_out({k: v for k, v in match.groupdict().items() if v}, today)
                if told:
                    yield Mention(start, end, "DATE", told, self._component, 0.8)


def worked_out(parts: dict[str, str], today: dt.date) -> str | None:
    """What the parts of a date mean on some day; None when there is no such day.

    Args:
        parts: iso, slashed, dotted, month, day, weekday, quarter, season, ending, next or span,
            and year.
        today: The day on which the text was written.

    Examples:
        >>> monday = dt.date(2024, 7, 29)
        >>> worked_out({"weekday": "Thurs"}, monday), worked_out({"quarter": "1"}, monday)
        ('2024-08-01', '2025-Q1')
        >>> worked_out({"month": "Nov", "day": "22"}, monday), worked_out({"span": "EOM"}, monday)
        ('2024-11-22', '2024-07-31')
    """
    try:
        return _worked_out(parts, today)
    except ValueError:  # there is no 31st of February
        return None


def _worked_out(parts: dict[str, str], today: dt.date) -> str | None:
    year = int(parts["year"]) if "year" in parts else None
    if "iso" in parts:
        return dt.date.fromisoformat(parts["iso"]).isoformat()
    for kind, sign in (("slashed", "/"), ("dotted", ".")):
        if kind in parts:
            first, second, *rest = (int(one) for one in parts[kind].strip(".").split(sign))
            month, day = (first, second) if kind == "slashed" else (second, first)
            return _day(month, day, rest[0] % 100 + 2000 if rest else None, today)
    if "month" in parts:
        month = _MONTHS[parts["month"][:3].lower()]
        if "day" in parts:
            return _day(month, int(parts["day"]), year, today)
        return f"{year or today.year + (month < today.month)}-{month:02}"
    return _period(parts, year, today)


def _period(parts: dict[str, str], year: int | None, today: dt.date) -> str:
    if "weekday" in parts:
        ahead = (_DAYS[parts["weekday"][:3].lower()] - today.weekday()) % 7
        return (today + dt.timedelta(days=ahead or 7)).isoformat()
    if "quarter" in parts:
        quarter = int(parts["quarter"])
        return f"{year or today.year + (quarter * 3 < today.month)}-Q{quarter}"
    if "season" in parts:
        return _season(parts["season"].lower(), year, today)
    return _ending(parts, today)


def _day(month: int, day: int, year: int | None, today: dt.date) -> str:
    found = dt.date(year or today.year, month, day)
    if year is None and found < today - dt.timedelta(days=7):
        found = dt.date(today.year + 1, month, day)
    return found.isoformat()


_LAST_MONTH: Final = {"spring": 5, "summer": 8, "fall": 11, "autumn": 11, "winter": 2}


def _season(season: str, year: int | None, today: dt.date) -> str:
    later = year or today.year + (_LAST_MONTH[season] < today.month)
    return f"{later}-{'fall' if season == 'autumn' else season}"


def _ending(parts: dict[str, str], today: dt.date) -> str:
    what = (parts.get("ending") or parts.get("next") or parts["span"]).lower()
    if "next" in parts:
        if what == "week":
            return (today + dt.timedelta(days=7 - today.weekday())).isoformat()
        months = 1 if what == "month" else 3
        first = today.replace(day=1) + dt.timedelta(days=31 * months + 1)
        return f"{first:%Y-%m}" if what == "month" else f"{first.year}-Q{(first.month + 2) // 3}"
    month = today.month
    if what.endswith(("year", "eoy")):
        month = 12
    elif what.endswith(("quarter", "eoq")):
        month = (today.month + 2) // 3 * 3
    return today.replace(month=month, day=calendar.monthrange(today.year, month)[1]).isoformat()
