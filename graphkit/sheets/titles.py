"""The day, or the first and the last day, that the lines above a report name."""

import calendar
import contextlib
import datetime as dt
import re
from collections.abc import Iterator, Sequence

_MONTHS = {name[:3].casefold(): number for number, name in enumerate(calendar.month_name) if name}
_NAME = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)\b",
        r"(?P<year>\d{4})(?P<number>\d\d)(?P<day>\d\d)\b",
        r"(?P<number>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})\b",
        r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})\b",
        _NAME + r"\s*(?P<day>\d{1,2})(?:st|nd|rd|th)?\b,?(?:\s*(?P<year>\d{4})\b)?",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s.-]+" + _NAME + r",?(?:[\s-]*(?P<year>\d{4})\b)?",
        _NAME + r",?(?:\s*(?P<year>\d{4})\b)?",
    )
)
_AS_OF = re.compile(
    r"\bas (?:of|at)\b:?\s*(?:\w+day,?\s+)?|^\s*(?:report )?date:\s*", re.IGNORECASE
)
_TO = re.compile(r"\s*(?:-|\u2013|\u2014|\bto\b|\bthrough\b|\bthru\b|\buntil\b)\s*", re.IGNORECASE)
_OPEN = re.compile(r"\s*(?:\.\.\.|\u2026|today\b|now\b|date\b)", re.IGNORECASE)
_COMMENT = re.compile(r"\b(?P<which>start|end) date:\s*", re.IGNORECASE)
_DECEMBER = 12
_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_. ]?([01]\d)[-_. ]?([0-3]\d)(?!\d)")


def day_of_titles(titles: Sequence[str]) -> dt.date | None:
    """The day that a report says it is as of; None when it says none.

    A day with slashes is month first, as in the country where such reports are usual, unless only
    the other order makes a day.

    Args:
        titles: The lines above the header.

    >>> day_of_titles(["A/R Aging Detail", "Acme", "As of March 31, 2024"])
    datetime.date(2024, 3, 31)
    >>> day_of_titles(["as of 03/31/2024"]) == day_of_titles(["As of 31 Mar 2024"])
    True
    """
    for title in titles:
        for found in _AS_OF.finditer(title):
            read = _read(title, found.end())
            if read is not None and (day := _last(*read[0])) is not None:
                return day
    return None


def day_of_name(path: str) -> dt.date | None:
    """The last day that a file's name has in it; None when it has none.

    >>> day_of_name("ar_2024-03-31.csv"), day_of_name("march.csv")
    (datetime.date(2024, 3, 31), None)
    """
    days = []
    for found in _IN_NAME.finditer(path):
        with contextlib.suppress(ValueError):  # digits that are no day
            days.append(dt.date(*map(int, found.groups())))
    return max(days, default=None)


def span_of_titles(titles: Sequence[str]) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day of a report's range; None for an end that it leaves open.

    Args:
        titles: The lines above the header.

    >>> span_of_titles(["Sales by Customer Detail", "January - March, 2024"])
    (datetime.date(2024, 1, 1), datetime.date(2024, 3, 31))
    >>> span_of_titles(["# Start date: 20240101", "# End date: 20240131"])
    (datetime.date(2024, 1, 1), datetime.date(2024, 1, 31))
    >>> span_of_titles(["January 1, 2024 through ..."])
    (datetime.date(2024, 1, 1), None)
    """
    first = last = None
    for title in titles:
        for span in _spans(title):
            return span
        for found in _COMMENT.finditer(title):
            read = _read(title, found.end())
            if read is None:
                continue
            if found["which"].casefold() == "start":
                first = first or _first(*read[0])
            else:
                last = last or _last(*read[0])
    if first is None and last is None:
        return _whole_month(titles)
    return first, last


_Parts = tuple[int | None, int, int | None]
"""Year, month and day, as far as they are written."""


def _read(text: str, at: int) -> tuple[_Parts, int] | None:
    """The day written at a place of a text, and where it ends."""
    for pattern in _WRITTEN:
        found = pattern.match(text, at)
        if found is None:
            continue
        parts = found.groupdict()
        name = parts.get("month")
        month = _MONTHS[name[:3].casefold()] if name else int(parts["number"] or 0)
        day = int(parts["day"]) if parts.get("day") else None
        if "number" in parts and day is not None and month > _DECEMBER >= day:
            month, day = day, month
        year = int(parts["year"]) if parts.get("year") else None
        if 1 <= month <= _DECEMBER:
            return (year, month, day), found.end()
    return None


def _spans(title: str) -> Iterator[tuple[dt.date | None, dt.date | None]]:
    """Ranges in a title: "January 1 - March 31, 2024" has the year only at its end."""
    for start in re.finditer(r"(?<![\w/.-])(?=\w)", title):
        left = _read(title, start.start())
        to = _TO.match(title, left[1]) if left else None
        if left is None or to is None:
            continue
        right = _read(title, to.end())
        if right is None:
            if left[0][0] and _OPEN.match(title, to.end()):
                yield _first(*left[0]), None
            right = _same_month(title, to.end(), left[0])
        if right is None or right[0][0] is None:
            continue
        (year, month, day), end = left[0], right[0]
        if year is None:
            year = (
                end[0]
                if end[0] is None or (month, day or 1) <= (end[1], end[2] or 31)
                else end[0] - 1
            )
        first, last = _first(year, month, day), _last(*end)
        if first is not None and last is not None and first <= last:
            yield first, last


def _same_month(title: str, at: int, left: _Parts) -> tuple[_Parts, int] | None:
    """The end of "March 1-31, 2024", which does not name the month again."""
    found = re.compile(r"(\d{1,2}),?\s+(\d{4})\b").match(title, at)
    return ((int(found[2]), left[1], int(found[1])), found.end()) if found else None


def _whole_month(titles: Sequence[str]) -> tuple[dt.date | None, dt.date | None]:
    """The month of a title that is nothing but "March 2024"."""
    for title in titles:
        read = _read(title.strip(), 0)
        if read and read[1] == len(title.strip()) and read[0][0] and read[0][2] is None:
            return _first(*read[0]), _last(*read[0])
    return None, None


def _first(year: int | None, month: int, day: int | None) -> dt.date | None:
    return _date(year, month, day or 1)


def _last(year: int | None, month: int, day: int | None) -> dt.date | None:
    if year is None or not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    return _date(year, month, day or calendar.monthrange(year, month)[1])


def _date(year: int | None, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if year is not None else None
    except ValueError:
        return None
