"""What later months say of a finding: whether what it told came true, and what a naive rule says.

An alert of a month is judged by the half-year after it, beside the year that ended half a year
before it. What lies between is what the alert itself looked at: it counts on neither side, or an
alert would be right because it had looked.
"""

import dataclasses
import enum
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.leaning.mix import KINDS, TIGHTER
from graphkit.analyses.month_series import (
    Key,
    Series,
    Span,
    days_late,
    late_invoices,
    lots,
    orders,
    orders_of_industries,
    share_of,
    tightness,
)
from graphkit.analyses.payment_figures import LATE
from graphkit.analyses.payments import LATER
from graphkit.analyses.slowing import rough_times, slowing_customers, slowing_industries
from graphkit.analyses.smaller_lots import KIND as SMALLER
from graphkit.snapshot import Snapshot

Bools = npt.NDArray[np.bool_]

AFTER: Final = 6
"""Months after an alert that judge it."""
LOOKED_AT: Final = 6
"""Months up to an alert that count on neither side."""
BEFORE: Final = 12
"""Months before those."""
_BEYOND_CHANCE: Final = 2.33
"""Standard errors, that chance exceeds once in a hundred: else half of what happened would be."""
_NAIVE: Final = 3
"""Months that a naive rule compares with as many before."""


class Change(enum.Enum):
    """How a mean has to differ from the one before."""

    FALL = enum.auto()
    """At most so much of it."""
    RISE = enum.auto()
    """By at least so much."""
    ABOVE = enum.auto()
    """Whatever it was before, now above so much."""


@dataclasses.dataclass(frozen=True, slots=True)
class Condition:
    """What has to be so for a finding to have come true.

    Attributes:
        series: What is looked at.
        change: How it has to differ.
        size: By how much, half a year after.
        naive: By how much for the naive rule.
        least: Weight that there must be before, and after.
    """

    series: Callable[[Snapshot], Series | None]
    change: Change
    size: float
    naive: float
    least: tuple[float, float]

    def came_true(self, series: Series, month: np.datetime64) -> dict[Key, bool]:
        """Whether it was so after a month, of each key of which that can be said.

        Of a difference that is large enough, but no larger than months scatter, it cannot.
        """
        looked = 1 - LOOKED_AT
        before = series.span(month, looked - BEFORE, looked)
        after = series.span(month, 1, 1 + AFTER)
        if before is None or after is None:
            return {}
        so, known = self._met(before, after, self.size)
        known &= after.weight >= self.least[1]
        if self.change is not Change.ABOVE:
            difference = np.abs(after.mean - before.mean)
            known &= before.weight >= self.least[0]
            known &= ~so | (difference >= _BEYOND_CHANCE * before.error_beside(after))
        return _by_key(series.keys, so, known)

    def naive_rule(self, series: Series, month: np.datetime64) -> dict[Key, bool]:
        """What the last three months beside the three before say, of each key."""
        before = series.span(month, 1 - 2 * _NAIVE, 1 - _NAIVE)
        after = series.span(month, 1 - _NAIVE, 1)
        if before is None or after is None:
            return {}
        so, known = self._met(before, after, self.naive)
        return _by_key(
            series.keys, so, known & ((before.weight > 0) | (self.change is Change.ABOVE))
        )

    def _met(self, before: Span, after: Span, size: float) -> tuple[Bools, Bools]:
        """Of whom it is so, and of whom that is known."""
        known = ~np.isnan(after.mean)
        if self.change is Change.ABOVE:
            return after.mean > size, known
        known &= ~np.isnan(before.mean)
        if self.change is Change.FALL:
            return after.mean <= size * before.mean, known
        return after.mean - before.mean >= size, known


def _by_key(keys: Sequence[Key], so: Bools, known: Bools) -> dict[Key, bool]:
    return {keys[row]: bool(so[row]) for row in np.flatnonzero(known).tolist()}


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """How a kind of finding is judged.

    Attributes:
        event: What has to have happened, in words that follow "in the half-year after".
        naive: The naive rule in words.
        conditions: What has to be so, all of it.
    """

    event: str
    naive: str
    conditions: tuple[Condition, ...]


_HALF: Final = Condition(orders, Change.FALL, 0.5, 0.7, (12, 0))
_LATER: Final = Condition(days_late, Change.RISE, 5.0, 5.0, (6, 3))
_NAIVE_ORDERS: Final = "orders of the last three months 30 % below the three before"


def _leaning(aspect: str) -> Outcome:
    return Outcome(
        f"a {aspect} had a share of its order lines 10 points higher",
        "a share of the lines of the last three months 10 points above the three before",
        (Condition(share_of(aspect), Change.RISE, 0.1, 0.1, (8, 8)),),
    )


OUTCOMES: Final[Mapping[str, Outcome]] = MappingProxyType(
    {
        slowing_customers.KIND: Outcome(
            "the customer ordered at most half as often", _NAIVE_ORDERS, (_HALF,)
        ),
        rough_times.KIND: Outcome(
            "the customer ordered at most half as often and paid five days later",
            f"{_NAIVE_ORDERS}, and paid five days later",
            (_HALF, _LATER),
        ),
        slowing_industries.KIND: Outcome(
            "orders of the industry were down by a quarter against those of all others",
            f"{_NAIVE_ORDERS}, against those of all others",
            (Condition(orders_of_industries, Change.FALL, 0.75, 0.7, (12, 0)),),
        ),
        LATER: Outcome(
            "the customer paid five days later on average",
            "invoices due in the last three months five days later than those of the three before",
            (_LATER,),
        ),
        LATE: Outcome(
            "more than half of its invoices were more than ten days late, whatever was before",
            "more than half of the invoices due in the last three months are ten days late",
            (Condition(late_invoices, Change.ABOVE, 0.5, 0.5, (0, 3)),),
        ),
        **{kind: _leaning(aspect) for aspect, kind in KINDS.items()},
        TIGHTER: Outcome(
            "tolerances were half of what they were (the geometric mean)",
            "tolerances of the last three months 30 % below the three before",
            (Condition(tightness, Change.RISE, np.log10(2), np.log10(1 / 0.7), (8, 8)),),
        ),
        SMALLER: Outcome(
            "the mean lot was at most three quarters of what it was",
            "the mean lot of the last three months 30 % below the three before",
            (Condition(lots, Change.FALL, 0.75, 0.7, (8, 8)),),
        ),
    }
)
"""How each kind is judged; of others, such as clusters, later months tell nothing."""


def all_of(answers: list[dict[Key, bool]]) -> dict[Key, bool]:
    """Of each key whether all conditions hold; unknown where one is and none fails.

    Args:
        answers: What each condition says.

    >>> all_of([{("a", ""): True, ("b", ""): False}, {("a", ""): True}])
    {('a', ''): True, ('b', ''): False}
    """
    keys = {key for one in answers for key in one}
    found = {}
    for key in sorted(keys):
        said = [one.get(key) for one in answers]
        if False in said or None not in said:
            found[key] = False not in said
    return found
