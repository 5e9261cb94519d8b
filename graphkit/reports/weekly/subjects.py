"""Whom to do something about this week: one subject once, what is new before what was told."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pandas as pd

from graphkit.changes import Change, What
from graphkit.findings import Finding, Level, graver
from graphkit.reports.gist import by_subject

CLUSTER: Final = "customer-cluster"
_DAYS: Final = 7


@dataclasses.dataclass(frozen=True, slots=True)
class Matter:
    """All that is told of one customer, industry or process.

    Attributes:
        findings: The one that says why first: what is alarming, then as findings are ranked.
        what: Whether that one is new, changed or as it was.
        since: The day since which it is told without a break; None where it is new.
    """

    findings: tuple[Finding, ...]
    what: What
    since: dt.date | None

    @property
    def main(self) -> Finding:
        """The finding that says why."""
        return self.findings[0]

    @property
    def fresh(self) -> bool:
        """Whether it is new or has changed."""
        return self.what is not What.UNCHANGED

    @property
    def at_stake(self) -> int:
        """What it means in money, in ten-thousandths; 0 when unknown."""
        return max(one.value for one in self.findings)


def matters(changes: Sequence[Change], since: Mapping[str, dt.date]) -> list[Matter]:
    """What calls for something to be done, the most urgent first.

    New or changed comes before what was told; alerts before watches; what is alarming before what
    is good to know; then more money. A watch that is no reason to worry calls for nothing, and a
    cluster is a view of the shop.

    Args:
        changes: What became of each finding.
        since: Since when each that was told before is told, by its id.
    """
    told = [one.finding for one in changes if one.what is not What.GONE]
    became = {one.finding.id: _news(one) for one in changes if one.what is not What.GONE}
    found = [
        _matter(group, became, since)
        for group in by_subject(one for one in told if one.kind != CLUSTER)
        if any(one.alarming or one.level is Level.ALERT for one in group)
    ]
    return sorted(found, key=_urgency)


def _news(change: Change) -> What:
    """What became of a finding; one that is less sure than it was is no news to act on."""
    before = change.before
    if before is not None and graver(before.level, change.finding.level):
        return What.UNCHANGED
    return change.what


def _matter(
    group: Sequence[Finding], became: Mapping[str, What], since: Mapping[str, dt.date]
) -> Matter:
    order = sorted(
        group,
        key=lambda one: (one.level is not Level.ALERT, not one.alarming, -one.value, one.kind),
    )
    main = order[0]
    grave = [one for one in order if (one.level, one.alarming) == (main.level, main.alarming)]
    news = [became[one.id] for one in grave]
    # A customer whose slowdown was told and that now pays later too is news, though no new name.
    what = became[main.id]
    if what is What.UNCHANGED and any(one is not What.UNCHANGED for one in news):
        what = What.CHANGED
    days = [since[one.id] for one in grave if one.id in since]
    return Matter(tuple(order), what, min(days, default=None) if what is not What.NEW else None)


def _urgency(one: Matter) -> tuple[object, ...]:
    main = one.main
    return (
        not one.fresh,
        main.level is not Level.ALERT,
        not main.alarming,
        -one.at_stake,
        main.kind,
        main.subject.name,
        main.subject.id,
    )


def chosen(found: Sequence[Matter], as_of: dt.date, count: int) -> list[Matter]:
    """The few to do something about this week.

    All that is new or changed, as far as there is room; places that are left go by turns, week by
    week, to what is alarming and still open, so that no week repeats the one before.

    Args:
        found: What `matters` gave.
        as_of: The day, which says whose turn it is.
        count: How many.
    """
    few = [one for one in found if one.fresh][:count]
    room = count - len(few)
    waiting = [one for one in found if not one.fresh and one.main.alarming]
    if room and waiting:
        turn = as_of.toordinal() // _DAYS * room % len(waiting)
        few += (waiting[turn:] + waiting[:turn])[:room]
    return few


def told_since(told: pd.DataFrame, as_of: dt.date) -> dict[str, dt.date]:
    """Since which day each finding of the last telling is told without a break, by its id.

    Args:
        told: Frame of schema.Told.
        as_of: Later tellings are left out.
    """
    seen = told[(told["as_of"] <= as_of).to_numpy(dtype=bool)]
    found: dict[str, dt.date] = {}
    for _, rows in sorted(seen.groupby("telling"), key=lambda pair: int(str(pair[0]))):
        day = min(rows["as_of"])
        found = {one: min(found.get(one, day), day) for one in rows["finding"]}
    return found


def last_told(told: pd.DataFrame, as_of: dt.date) -> dt.date | None:
    """The day of the last telling before a day; None when there is none.

    Args:
        told: Frame of schema.Told.
        as_of: The day.
    """
    days: Iterable[dt.date] = told["as_of"].dropna()
    return max((one for one in days if one < as_of), default=None)
