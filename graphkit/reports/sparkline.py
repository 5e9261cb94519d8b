"""A series in the room of a word: how orders went, month by month."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from graphkit.analyses.month_series import Series, orders, orders_of_industries
from graphkit.analyses.wording import month_name
from graphkit.findings import Finding
from graphkit.snapshot import Snapshot

_BLOCKS: Final = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588"
_NOTHING: Final = "."
_MONTHS: Final = 36
_OF_COMPANIES: Final = frozenset({"slowing-customer", "rough-times"})
_OF_INDUSTRIES: Final = frozenset({"slowing-industry"})


def sparkline(values: Sequence[float]) -> str:
    """One block a value, as high as its share of the largest; a dot for nothing.

    Args:
        values: None below zero.

    >>> sparkline([0, 1, 4, 8])
    '.\u2581\u2584\u2588'
    """
    most = max(values, default=0)
    heights = [-(-value * len(_BLOCKS) // most) if most else 0 for value in values]  # rounded up
    return "".join(_BLOCKS[int(height) - 1] if height else _NOTHING for height in heights)


def orders_drawn(snap: Snapshot, findings: Iterable[Finding]) -> dict[str, str]:
    """How orders went, of the findings that tell of fewer, by the finding's id.

    Args:
        snap: What was known.
        findings: Any.

    Returns:
        Such as "\u2587\u2585\u2588\u2583\u2581 orders a month, July 2023 to June 2026".
    """
    told = list(findings)
    return {
        **_drawn(told, _OF_COMPANIES, orders(snap)),
        **_drawn(told, _OF_INDUSTRIES, orders_of_industries(snap)),
    }


def _drawn(
    findings: Iterable[Finding], kinds: frozenset[str], series: Series | None
) -> dict[str, str]:
    if series is None:
        return {}
    place = {subject: at for at, (subject, _) in enumerate(series.keys)}
    begin = max(0, series.sums.shape[1] - _MONTHS)
    first, last = (
        month_name(series.first + np.timedelta64(at, "M"))
        for at in (begin, series.sums.shape[1] - 1)
    )
    meant: dict[str, Finding] = {}
    for one in findings:
        if one.kind in kinds and one.subject.id in place:
            meant.setdefault(one.subject.id, one)  # of several about one, the first shows it
    return {
        one.id: f"{sparkline(series.sums[place[subject], begin:].tolist())} "
        f"orders a month, {first} to {last}"
        for subject, one in meant.items()
    }
