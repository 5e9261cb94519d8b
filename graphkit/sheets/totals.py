"""What in a report is no row of it: totals, subtotals and the notices at its end."""

import dataclasses
import re
from collections.abc import Sequence
from decimal import Decimal

_SPACES = re.compile(r"\s+")
_TOTAL = re.compile(
    r"(?:(?:grand|overall|report|net)\s+)?totals?\s*:?\s*(?:\(.*\)|[\d,]+(?:\s\w+)?)?$|sum\s*:?$",
    re.IGNORECASE,
)
_PART = re.compile(r"sub[\s-]?totals?\b", re.IGNORECASE)
_NAMED = re.compile(
    r"(?P<sure>totals?\s+for|total)\s+(?P<name>.+?)(?:\s+with\s+sub-?\s?\w+)?$", re.IGNORECASE
)
_SUMMARY_WORD = re.compile(r"(sum|count|record count|average|avg|min|max)( of .+)?$", re.IGNORECASE)
_NOTICE = re.compile(
    r"confidential information|copyright\s+(\(c\)|©|\d{4})|\(?\d[\d,]* (records?|rows?)\)?$"
    r"|(accrual|cash) basis\b|\w+day, \w+ \d+, \d{4}|(report )?generated (by|on|at)\b"
    r"|filtered by\b",
    re.IGNORECASE,
)
_MONEY = r"(?:[$€£¥]|[A-Z]{3}(?=[\s\d(-]))?"
_AMOUNT = re.compile(
    rf"[-+(]*\s*{_MONEY}\s*[-+(]*\s*(?P<digits>\d[\d.,'\s]*|[.,]\d+)\s*%?\s*\)?-?\s*(?:[$€£¥]|[A-Z]{{3}})?$"
)
_DOTTED_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}$")
_NIL = frozenset({"-", "\u2013", "\u2014"})


@dataclasses.dataclass(frozen=True, slots=True)
class Label:
    """What a total says it is the total of.

    Attributes:
        column: Where it stands.
        group: The group named in it; empty for a total of everything or of what is just above.
        sure: Whether no company can be called so.
        grand: Whether it may be the report's own grand total.
    """

    column: int
    group: str = ""
    sure: bool = True
    grand: bool = False


def plain(text: str) -> str:
    """A name without regard to case and spacing."""
    return _SPACES.sub(" ", text).strip().casefold()


def is_notice(text: str) -> bool:
    """Whether a line is what a system prints below a report.

    >>> is_notice("Confidential Information - Do Not Distribute"), is_notice("Copyright Clearance")
    (True, False)
    """
    return bool(_NOTICE.match(text.strip()))


def amount(text: str) -> Decimal | None:
    """The number in a cell; None when it holds something else.

    >>> [amount(text) for text in ("$1,234.50", "(50.00)", "1.234,50", "Acme", "31.12.2024")]
    [Decimal('1234.50'), Decimal('-50.00'), Decimal('1234.50'), None, None]
    """
    text = text.strip().replace("\u00a0", " ").replace("\u202f", " ").replace("\u2212", "-")
    if text in _NIL:
        return Decimal(0)
    found = _AMOUNT.match(text)
    if found is None or _DOTTED_DAY.match(text):
        return None
    digits = re.sub(r"[\s']", "", found["digits"])
    point = max(digits.rfind("."), digits.rfind(","))
    mark = digits[point] if point >= 0 else ""
    both = "." in digits and "," in digits
    grouped = digits.count(mark) > 1 if mark else False
    if mark == "," and not both:
        grouped = grouped or bool(re.fullmatch(r"\d{1,3},\d{3}", digits))
    whole = re.sub(r"[.,]", "", digits if grouped or not mark else digits[:point])
    part = "" if grouped or not mark else digits[point + 1 :]
    if not (whole + part).isdecimal() or not (whole + part).isascii():
        return None
    size = Decimal(f"{whole or 0}.{part or 0}" if part else whole)
    return -size if "-" in text or "(" in text else size


def total_label(cells: Sequence[str]) -> Label | None:
    """What a row is the total of, when its only text is such a label and all else are amounts.

    Args:
        cells: The row.

    Returns:
        None for a row like any other: also for a "Total Tooling" that has a city.
    """
    texts = [
        (index, text)
        for index, cell in enumerate(cells)
        if (text := cell.strip()) and amount(text) is None
    ]
    if not texts or len(cells) == 1 or not all(_SUMMARY_WORD.match(text) for _, text in texts[1:]):
        return None
    column, text = texts[0]
    if _TOTAL.match(text):
        return Label(column, grand=True)
    if _PART.match(text):
        return Label(column)
    named = _NAMED.match(text)
    if named is None:
        return None
    return Label(column, plain(named["name"]), sure=named["sure"].casefold() != "total")
