"""Figures in notes: what they have in common."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
RANGE: Final = r"\s?(?:-|to)\s?"
SCALES: Final = {
    "k": 1e3,
    "grand": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mm": 1e6,
    "mil": 1e6,
    "million": 1e6,
}
_RATES: Final = {
    "piece": "ea",
    "pc": "ea",
    "pcs": "ea",
    "each": "ea",
    "part": "ea",
    "unit": "ea",
    "year": "yr",
    "annum": "yr",
    "month": "mo",
    "hour": "hr",
    "week": "wk",
    "quarter": "qtr",
    "pound": "lb",
}


class Figure(NamedTuple):
    """A normalised figure.

    Attributes:
        canonical: As it is shown, such as "net 30" or "±0.0005 in".
        value: Its only or lower value, in `unit`; None where it has none, such as a fit.
        upper: Its upper value, for ranges and tolerance bands.
        unit: mm, um, ea, days, percent, a hardness scale or an ISO currency.
    """

    canonical: str
    value: float | None = None
    upper: float | None = None
    unit: str = ""


class Shape(NamedTuple):
    """A kind of figure: its label, what it looks like, and how it is normalised."""

    label: str
    pattern: re.Pattern[str]
    normal: Callable[[re.Match[str]], Figure]


def number(text: str) -> float:
    """The value of digits with thousands separators.

    Examples:
        >>> number("1,250.5"), number(".0005")
        (1250.5, 0.0005)
    """
    return float(text.replace(",", ""))


def plain(value: float) -> str:
    """A number without needless zeros.

    Examples:
        >>> plain(40000.0), plain(0.0005)
        ('40000', '0.0005')
    """
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"


def group(match: re.Match[str], *names: str) -> str:
    """The first of several groups that took part in a match; empty when none did."""
    for name in names:
        if name in match.re.groupindex and match[name]:
            return match[name].strip()
    return ""


def rate(per: str) -> str:
    """What follows a price or a number of pieces that is of each time or piece: "/mo", "/ea"."""
    word = per.lower().strip(" ./")
    return f"/{_RATES.get(word, word)}" if word else ""


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern that does not mind capitals."""
    return re.compile(pattern, re.IGNORECASE)
