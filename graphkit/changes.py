"""What is new, gone or changed between the findings of two days."""

import dataclasses
import enum
from collections.abc import Iterable, Mapping

from graphkit.findings import Finding, Level, ranked

_SLIGHT = 0.1
"""Part of an effect that is certain, and so has no interval, by which it may drift."""


class What(enum.StrEnum):
    """What became of a finding; in this order they are told."""

    NEW = "new"
    """It was not told then."""
    CHANGED = "changed"
    """Its level is another, or its effect lies outside the interval of then."""
    GONE = "gone"
    """It is told no more."""
    UNCHANGED = "unchanged"
    """It is told as it was."""


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One finding on two days.

    Attributes:
        what: What became of it.
        finding: As it is told now; of one that is gone as it was told then.
        before: As it was told then; None for a new one.
    """

    what: What
    finding: Finding
    before: Finding | None = None


def changes(then: Iterable[Finding], now: Iterable[Finding]) -> list[Change]:
    """Every alert and watch of either day with what became of it: new, changed, gone, unchanged.

    A cannot-tell says nothing of anybody: who could not be told of then and is told of now is new.
    A cluster is the same one as long as more than half of all its members, then or now, stay.

    Args:
        then: Findings as of the earlier day.
        now: Findings as of the later one.

    Returns:
        Each kind of change ranked.
    """
    former = {one.id: one for one in then if one.level is not Level.CANNOT_TELL}
    current = [one for one in now if one.level is not Level.CANNOT_TELL]
    found = [_change(one, _former_of(one, former)) for one in current]
    still = {one.before.id for one in found if one.before is not None}
    gone = [one for key, one in former.items() if key not in still]
    found += [Change(What.GONE, one, one) for one in gone]
    rank = {id(one): at for at, one in enumerate(ranked(one.finding for one in found))}
    order = list(What)
    return sorted(found, key=lambda one: (order.index(one.what), rank[id(one.finding)]))


def outside(value: float, low: float, high: float) -> bool:
    """Whether an effect has left its interval, or moved by a tenth where it was certain.

    One that is not known is nowhere.

    Args:
        value: The effect now.
        low: Lower end of the interval that it had.
        high: Upper end.

    >>> outside(24.0, 20.0, 28.0), outside(30.0, 20.0, 28.0), outside(30.0, 20.0, float("inf"))
    (False, True, False)
    >>> outside(24.8, 24.7, 24.7), outside(30.0, 24.7, 24.7)
    (False, True)
    """
    slack = _SLIGHT * abs(low) if low == high else 0.0
    return value < low - slack or value > high + slack


def _change(now: Finding, before: Finding | None) -> Change:
    if before is None:
        return Change(What.NEW, now)
    moved = before.level is not now.level
    if before.effect is not None and now.effect is not None:
        moved |= outside(now.effect.value, before.effect.low, before.effect.high)
    return Change(What.CHANGED if moved else What.UNCHANGED, now, before)


def _former_of(one: Finding, former: Mapping[str, Finding]) -> Finding | None:
    if one.id in former:
        return former[one.id]
    mine = _members(one)
    alike = (other for other in former.values() if other.kind == one.kind)
    same = (
        other for other in alike if 2 * len(mine & _members(other)) > len(mine | _members(other))
    )
    return next(same, None)  # groups do not overlap, so there is one at most


def _members(one: Finding) -> set[str]:
    return {str(member["id"]) for member in one.details.get("members", ())}
