"""How findings put figures into words: months, days, counts, money and lists of names."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

import numpy as np

from graphkit.declaration import MONEY_UNIT

NOT_STATED: Final = "(not stated)"
"""What stands in a table where the exports name none."""
FAR: Final = 60
"""Months; what takes longer is never."""
_MM_PER_INCH: Final = 25.4


def month_name(month: np.datetime64) -> str:
    """A month as people write it.

    >>> month_name(np.datetime64("2026-03"))
    'March 2026'
    """
    return f"{_day(month):%B %Y}"


def months_named(first: np.datetime64, last: np.datetime64) -> str:
    """When, from the first month to the last.

    >>> months_named(np.datetime64("2025-07"), np.datetime64("2025-12"))
    'from July to December 2025'
    >>> months_named(np.datetime64("2025-11"), np.datetime64("2026-02"))
    'from November 2025 to February 2026'
    >>> months_named(np.datetime64("2025-12"), np.datetime64("2025-12"))
    'in December 2025'
    """
    if first >= last:
        return f"in {month_name(last)}"
    same_year = _day(first).year == _day(last).year
    begin = f"{_day(first):%B}" if same_year else month_name(first)
    return f"from {begin} to {month_name(last)}"


def _day(month: np.datetime64) -> dt.date:
    day: dt.date = month.astype("datetime64[D]").item()
    return day


def when_enough(last: np.datetime64, wait: int) -> str:
    """When there will be enough to tell.

    Args:
        last: The last month there is.
        wait: How many more it takes; negative, or more than `FAR`, for never.

    >>> when_enough(np.datetime64("2026-03"), 2)
    'enough by May 2026'
    >>> when_enough(np.datetime64("2026-03"), -1)
    'at this pace there will never be enough, so ask'
    """
    if not 0 <= wait <= FAR:
        return "at this pace there will never be enough, so ask"
    return f"enough by {month_name(last + np.timedelta64(wait, 'M'))}"


def whole(number: float) -> float:
    """To the nearest whole number, a half upwards: once, so that a figure reads alike everywhere.

    >>> whole(20.5), whole(23.5), whole(float("inf"))
    (21.0, 24.0, inf)
    """
    return float(np.floor(number + 0.5))


def counted(count: float, one: str) -> str:
    """A count with its noun.

    >>> counted(1, "open quote"), counted(0, "order"), counted(1200, "order")
    ('1 open quote', '0 orders', '1,200 orders')
    """
    return f"{count:,.0f} {one}" if count == 1 else f"{count:,.0f} {one}s"


def money(amount: float, currency: str) -> str:
    """An amount without cents.

    Args:
        amount: In ten-thousandths.
        currency: ISO code.

    >>> money(110_755_000, "USD")
    '11,076 USD'
    """
    return f"{whole(amount / MONEY_UNIT):,.0f} {currency}"


def tolerance(mm: float) -> str:
    """Half the band as prints have it, in either unit.

    >>> tolerance(0.0254)
    '\u00b10.025 mm (\u00b10.001 in)'
    """
    return f"\u00b1{mm:.2g} mm (\u00b1{mm / _MM_PER_INCH:.1g} in)"


def listed(names: Sequence[str]) -> str:
    """Names as one reads them out; told apart by ";" where a name has a comma or "and" itself.

    >>> listed(["Apex", "Bolt", "Cedar"])
    'Apex, Bolt and Cedar'
    >>> listed(["Apex", "Bolt", "Cedar, Inc."])
    'Apex; Bolt; and Cedar, Inc.'
    """
    if len(names) < 2:  # noqa: PLR2004 - nothing to tell apart
        return "".join(names)
    if any("," in name or " and " in name for name in names):
        return f"{'; '.join(names[:-1])}; and {names[-1]}"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def quoted(text: str) -> str:
    """An id as a Cypher string.

    >>> quoted("erp:C1")
    '"erp:C1"'
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
