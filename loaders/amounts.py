"""Money, quantities, durations and tolerances as people write them."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graphkit.schema import MONEY_UNIT, Kind
from loaders.cells import Habits, Parsed, Parser, each

_MM_PER_INCH = 25.4
MOST = 1e11
"""Larger numbers are no amounts of a shop, and would lose cents."""

_SIGNED = (
    r"^(?P<open>\()? ?(?P<minus>[-+\x{2212}])? ?(?:[$\x{20ac}\x{a3}\x{a5}]|[A-Za-z]{1,3}[ $])? ?"
    r"(?P<inner>[-+\x{2212}])? ?(?P<digits>[\d][\d.,' ]*|[.,]\d+) ?"
    r"(?:[$\x{20ac}\x{a3}\x{a5}]|[A-Z]{3})? ?(?P<after>-|CR|Cr)? ?(?P<close>\))?$"
)
_COUNTED = (
    r"(?i)^(?P<open>\()? ?(?P<minus>[-+\x{2212}])? ?(?P<inner>!)?"
    r"(?P<digits>[\d][\d.,' ]*|[.,]\d+) ?"
    r"(?:pcs?|pieces?|ea|each|units?|stk|minutes?|mins?|hrs?|seconds?|secs?|s|h)?\.? ?"
    r"(?P<after>-)? ?(?P<close>\))?$"
)
_POINT = r"^(?:\d+|\d{1,3}(?:[,' ]\d{3})+)?(?:\.\d*)?$"
_COMMA = r"^(?:\d+|\d{1,3}(?:[.' ]\d{3})+)?(?:,\d*)?$"


def _parts(spellings: pa.Array, form: str) -> tuple[pa.Array, np.ndarray, np.ndarray]:
    """Digits with their separators, whether negative, and whether the form fits at all."""
    found = pc.extract_regex(spellings, form)
    get = {name: found.field(index) for index, name in enumerate(_names(found))}
    fits = np.asarray(pc.is_valid(found))
    minus = pa.array(["-", "\u2212"])
    signs = [
        np.asarray(pc.fill_null(pc.is_in(get[name], value_set=minus), fill_value=False))
        for name in ("minus", "inner")
    ]
    after, opened, closed = (
        np.asarray(pc.fill_null(pc.not_equal(get[name], ""), fill_value=False))
        for name in ("after", "open", "close")
    )
    marks = np.add.reduce([*(sign.astype(int) for sign in signs), after.astype(int), opened])
    fits &= (opened == closed) & (marks <= 1)
    digits = pc.utf8_trim_whitespace(pc.fill_null(get["digits"], ""))
    return digits, marks > 0, fits


def _names(found: pa.Array) -> list[str]:
    return [field.name for field in found.type]


def says_decimal_comma(spellings: pa.Array) -> int:
    """Evidence of a column for decimal commas: spellings that can only be those, less the rest.

    Args:
        spellings: Distinct cleaned cells of a column of numbers.
    """
    digits, _, fits = _parts(spellings, _SIGNED)
    point = np.asarray(pc.match_substring_regex(digits, _POINT))
    comma = np.asarray(pc.match_substring_regex(digits, _COMMA))
    return int((fits & comma & ~point).sum()) - int((fits & point & ~comma).sum())


def _numbers(spellings: pa.Array, form: str, habits: Habits) -> tuple[np.ndarray, np.ndarray]:
    digits, negative, fits = _parts(spellings, form)
    point = np.asarray(pc.match_substring_regex(digits, _POINT))
    comma = np.asarray(pc.match_substring_regex(digits, _COMMA))
    by_comma = comma & ~point | (comma & habits.decimal_comma)
    good = fits & (point | comma) & np.asarray(pc.match_substring_regex(digits, r"\d"))
    as_point = pc.replace_substring_regex(digits, "[,' ]", "")
    as_comma = pc.replace_substring(pc.replace_substring_regex(digits, "[.' ]", ""), ",", ".")
    chosen = pc.if_else(pa.array(by_comma), as_comma, as_point)
    text = pc.if_else(pa.array(good), chosen, "0")
    values = np.asarray(pc.cast(pc.replace_substring_regex(text, r"\.$", ""), pa.float64()))
    good &= values < MOST
    return np.where(negative, -values, values), good


def _as_parsed(values: np.ndarray, good: np.ndarray, spellings: pa.Array, kind: Kind) -> Parsed:
    filled = np.asarray(pc.not_equal(spellings, ""))
    kept = np.where(good & filled, values, 0)
    return Parsed(pa.array(kept, kind.arrow, mask=~(good & filled)), filled & ~good)


def _money(spellings: pa.Array, habits: Habits) -> Parsed:
    values, good = _numbers(spellings, _SIGNED, habits)
    units = np.rint(np.where(good, values, 0) * MONEY_UNIT).astype(np.int64)
    return _as_parsed(units, good, spellings, Kind.MONEY)


def _number(spellings: pa.Array, habits: Habits) -> Parsed:
    values, good = _numbers(spellings, _COUNTED, habits)
    return _as_parsed(values, good, spellings, Kind.NUMBER)


def _count(spellings: pa.Array, habits: Habits) -> Parsed:
    values, good = _numbers(spellings, _COUNTED, habits)
    good &= values == np.rint(values)
    return _as_parsed(values.astype(np.int64), good, spellings, Kind.INTEGER)


_CURRENCIES = {"\u20ac": "EUR", "\u00a3": "GBP", "\u00a5": "JPY"}
_CODE = re.compile(
    r"(USD|EUR|GBP|CAD|AUD|CHF|JPY|MXN|SEK|NOK|DKK|PLN|CZK|CNY|INR)"
    r"|\b(CA|C|AU|A|US|MX)\$"
)
_DOLLARS = {"CA": "CAD", "C": "CAD", "AU": "AUD", "A": "AUD", "US": "USD", "MX": "MXN"}


def currency_of(amount: str) -> str:
    """The ISO currency that an amount names; empty for a bare number or a bare dollar sign.

    >>> currency_of("\u20ac 12"), currency_of("12.00 CAD"), currency_of("CA$5"), currency_of("$5")
    ('EUR', 'CAD', 'CAD', '')
    """
    for sign, code in _CURRENCIES.items():
        if sign in amount:
            return code
    found = _CODE.search(amount)
    return "" if not found else found[1] or _DOLLARS[found[2]]


_SHARE = re.compile(r"(\d+(?:[.,]\d*)?|[.,]\d+) ?(%?)")
_WHOLE = 100.0


def _share(text: str) -> float | None:
    found = _SHARE.fullmatch(text)
    if not found:
        return None
    value = float(found[1].replace(",", "."))
    share = value / _WHOLE if found[2] or value >= 1 else value
    return share if share <= 1 else None


SHARE = Parser(Kind.NUMBER, "a share such as 5 % or 0.05", each(Kind.NUMBER, _share))
MONEY = Parser(Kind.MONEY, "an amount of money such as $1,234.50", _money)
NUMBER = Parser(Kind.NUMBER, "a number such as 1,250", _number)
COUNT = Parser(Kind.INTEGER, "a whole number such as 12", _count)


_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2})(?:\.\d+)?")
_SPELLED = re.compile(
    r"(?:(\d+) ?h\w*)? ?(?:(\d+) ?m\w*)? ?(?:(\d+(?:\.\d+)?) ?s\w*)?", re.IGNORECASE
)


def _seconds(text: str) -> float | None:
    found = _CLOCK.fullmatch(text) or _SPELLED.fullmatch(text)
    if found:
        hours, minutes, seconds = (float(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    return float(text.replace(",", "")) if re.fullmatch(r"[\d,]*\d(?:\.\d+)?", text) else None


SECONDS = Parser(Kind.NUMBER, "seconds such as 75, or 1:15", each(Kind.NUMBER, _seconds))


_VALUE = r"(\d+(?:\.\d*)?|\.\d+)"
_UNIT = (
    r"\s*(mm|millimet(?:er|re)s?|in|inch(?:es)?|\"|\u201d|''|thou|mils?"
    r"|\u00b5m|\u03bcm|um|microns?)?\.?"
)
_BOTH = re.compile(rf"(?:\+\s*/?\s*-|\u00b1|-\s*/\s*\+)?\s*{_VALUE}{_UNIT}", re.IGNORECASE)
_BAND = re.compile(rf"([+-])\s*{_VALUE}{_UNIT}\s*[/,; ]\s*([+-])\s*{_VALUE}{_UNIT}", re.IGNORECASE)
_LENGTHS = {"m": 1.0, "mm": 1.0, "i": _MM_PER_INCH, "t": _MM_PER_INCH / 1000, "u": 0.001}
_WIDEST_MM = 50.0


def _millimetres(value: float, unit: str) -> float:
    folded = unit.casefold()
    if folded.startswith(("mil", "thou")) and not folded.startswith("millim"):
        return value * _LENGTHS["t"]
    if folded.startswith(("mm", "millim")):
        return value
    if folded.startswith(("\u00b5", "\u03bc", "um", "micron")):
        return value * _LENGTHS["u"]
    return value * _MM_PER_INCH


def tolerance_mm(text: str) -> float | None:
    """Half the tolerance band in millimetres; inches where no unit is written; None if unreadable.

    >>> tolerance_mm("+/- .0005"), tolerance_mm("±0.01 mm"), tolerance_mm("+.000/-.002")
    (0.0127, 0.01, 0.0254)
    """
    written = text.replace("\u2212", "-").replace(",", ".") if ";" not in text else text
    found = _BOTH.fullmatch(written)
    if found:
        half = _millimetres(float(found[1]), found[2] or "")
    elif band := _BAND.fullmatch(written):
        unit = band[6] or band[3] or ""
        upper = _millimetres(float(band[2]), unit) * (1 if band[1] == "+" else -1)
        lower = _millimetres(float(band[5]), unit) * (1 if band[4] == "+" else -1)
        half = abs(upper - lower) / 2
    else:
        return None
    return round(half, 6) if 0 < half < _WIDEST_MM else None


TOLERANCE = Parser(
    Kind.NUMBER, "a tolerance such as +/- .0005 or ±0.01 mm", each(Kind.NUMBER, tolerance_mm)
)
