"""Dates and times as exports write them; day or month first is decided for the whole file."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graphkit.schema import Kind
from loaders.cells import Habits, Parsed, Parser

_CLOCK = (
    r"(?:[T ,]+(?:at )?(?P<h>\d{1,2}):(?P<i>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?"
    r" ?(?P<half>[AaPp]\.?[Mm]\.?)? ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$"
)
_NUMERIC = r"^(?P<a>\d{1,4})(?P<sep>[/.\-])(?P<b>\d{1,2})[/.\-](?P<c>\d{1,4})" + _CLOCK
_MONTH_DAY = (
    r"^(?:[A-Za-z]+,? )?(?P<name>[A-Za-z]{3,9})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})"
) + _CLOCK
_DAY_MONTH = (
    r"^(?:[A-Za-z]+,? )?(?P<d>\d{1,2})(?:st|nd|rd|th)?[ .\-/]+(?P<name>[A-Za-z]{3,9})\.?,?[ \-/]"
    r"(?P<y>\d{4}|\d{2})"
) + _CLOCK
_COMPACT = r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})$"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NEVER = (
    r"^(?:(?:0001|1753|1900)[-/.]0?1[-/.]0?1|0?1[-/.]0?1[-/.](?:0001|1753|1900)"
    r"|1899[-/.]12[-/.]30|12[-/.]30[-/.]1899|30[-/.]12[-/.]1899)(?:\D|$)"
)
"""The first day that a database or a spreadsheet knows stands for no day at all."""
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_CENTURY = 100
_FOUR_DIGITS = 1000
_PIVOT = 70
"""A year of two digits below it is of this century."""
_DECEMBER, _LONGEST, _NOON = 12, 31, 12


def _groups(spellings: pa.Array, form: str) -> dict[str, pa.Array]:
    found = pc.extract_regex(spellings, form)
    parts = {field.name: found.field(index) for index, field in enumerate(found.type)}
    return parts | {"fits": pc.is_valid(found)}


def _integers(texts: pa.Array) -> np.ndarray:
    digits = pc.if_else(pc.match_substring_regex(pc.fill_null(texts, ""), r"^\d+$"), texts, "0")
    return np.asarray(pc.cast(pc.fill_null(digits, "0"), pa.int64()))


def day_first_votes(spellings: pa.Array) -> tuple[int, int]:
    """How many spellings can only be day first, and how many only month first.

    Args:
        spellings: Distinct cleaned cells of a column of dates.
    """
    found = _groups(spellings, _NUMERIC)
    a, b = _integers(found["a"]), _integers(found["b"])
    fits = np.asarray(found["fits"]) & (a < _CENTURY) & (a > 0) & (b > 0)
    day = fits & (a > _DECEMBER) & (a <= _LONGEST) & (b <= _DECEMBER)
    month = fits & (b > _DECEMBER) & (b <= _LONGEST) & (a <= _DECEMBER)
    return int(day.sum()), int(month.sum())


def read_either_way(spellings: pa.Array) -> np.ndarray:
    """Which spellings are one day with the day first, and another with the month first.

    Args:
        spellings: Distinct cleaned cells of a column of dates.
    """
    found = _groups(spellings, _NUMERIC)
    a, b = _integers(found["a"]), _integers(found["b"])
    both = (a > 0) & (b > 0) & (a <= _DECEMBER) & (b <= _DECEMBER) & (a != b)
    dotted = np.asarray(pc.fill_null(pc.equal(found["sep"], "."), fill_value=False))
    either: np.ndarray = np.asarray(found["fits"]) & both & ~dotted
    return either


def _full_years(years: np.ndarray) -> np.ndarray:
    short = np.where(years < _PIVOT, years + 2000, years + 1900)
    return np.where(years < _CENTURY, short, years)


def _numeric(found: dict[str, pa.Array], habits: Habits) -> tuple[np.ndarray, ...]:
    """Year, month and day of dates written in digits."""
    a, b, c = (_integers(found[name]) for name in "abc")
    year_first = a >= _FOUR_DIGITS
    dotted = np.asarray(pc.fill_null(pc.equal(found["sep"], "."), fill_value=False))
    day_first = dotted | habits.day_first
    years = np.where(year_first, a, _full_years(c))
    months = np.where(year_first, b, np.where(day_first, b, a))
    days = np.where(year_first, c, np.where(day_first, a, b))
    return years, months, days


def _named(found: dict[str, pa.Array]) -> tuple[np.ndarray, ...]:
    """Year, month and day of dates with the month's name."""
    start = pc.utf8_slice_codeunits(pc.utf8_lower(pc.fill_null(found["name"], "")), 0, 3)
    month = pc.fill_null(pc.index_in(start, value_set=pa.array(_MONTHS)), -1)
    return _full_years(_integers(found["y"])), np.asarray(month) + 1, _integers(found["d"])


def _seconds(found: dict[str, pa.Array]) -> tuple[np.ndarray, np.ndarray]:
    """Seconds since midnight, and whether the time of day is one."""
    hour, minute, second = (_integers(found[name]) for name in "his")
    half = pc.utf8_lower(pc.utf8_slice_codeunits(pc.fill_null(found["half"], ""), 0, 1))
    afternoon = np.asarray(pc.equal(half, "p"))
    twelve = np.asarray(pc.not_equal(half, ""))
    good = (hour < 24) & (minute < 60) & (second < 60)  # noqa: PLR2004 - hours and minutes
    good &= ~twelve | ((hour >= 1) & (hour <= _NOON))
    hour = np.where(twelve, hour % _NOON + _NOON * afternoon, hour)
    return hour * 3600 + minute * 60 + second, good


def moments(spellings: pa.Array, habits: Habits) -> tuple[np.ndarray, np.ndarray]:
    """Date and time of each spelling (datetime64[s]), and which ones are a date.

    Args:
        spellings: Distinct cleaned cells.
        habits: Whether the day comes first.
    """
    year, month, day, seconds = (np.zeros(len(spellings), dtype=np.int64) for _ in range(4))
    good = np.zeros(len(spellings), dtype=bool)
    for form in (_NUMERIC, _MONTH_DAY, _DAY_MONTH, _COMPACT):
        found = _groups(spellings, form)
        fits = np.asarray(found["fits"]) & ~good
        if not fits.any():
            continue
        if form is _COMPACT:
            parts = tuple(_integers(found[name]) for name in "ymd")
        else:
            parts = _numeric(found, habits) if form is _NUMERIC else _named(found)
            clock, valid = _seconds(found)
            seconds = np.where(fits, clock, seconds)
            fits &= valid
        year, month, day = (
            np.where(fits, new, old) for new, old in zip(parts, (year, month, day), strict=True)
        )
        good |= fits
    good &= (year >= _FIRST_YEAR) & (year <= _LAST_YEAR) & (month >= 1) & (month <= _DECEMBER)
    months = np.where(good, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    longest = ((months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")).astype(int)
    good &= (day >= 1) & (day <= longest)
    days = months.astype("datetime64[D]") + np.where(good, day - 1, 0)
    return days.astype("datetime64[s]") + np.where(good, seconds, 0), good


def _parsed(spellings: pa.Array, habits: Habits, kind: Kind) -> Parsed:
    found, good = moments(spellings, habits)
    never = pc.match_substring_regex(spellings, _NEVER)
    filled = np.asarray(pc.and_not(pc.not_equal(spellings, ""), never))
    unit = found.astype("datetime64[D]") if kind is Kind.DATE else found.astype("datetime64[us]")
    values = pa.array(unit).cast(kind.arrow)
    keep = pa.array(good & filled)
    return Parsed(pc.if_else(keep, values, pa.scalar(None, kind.arrow)), filled & ~good)


DAY = Parser(
    Kind.DATE,
    "a date such as 03/05/2025 or 2025-03-05",
    lambda spellings, habits: _parsed(spellings, habits, Kind.DATE),
)
TIME = Parser(
    Kind.TIME,
    "a date and time such as 2025-03-05 08:30",
    lambda spellings, habits: _parsed(spellings, habits, Kind.TIME),
)
