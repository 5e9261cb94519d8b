"""What alerts were worth: episodes, events, how many came true, how many were found, how early."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from graphkit.analyses.hindsight import AFTER, BEFORE, LOOKED_AT, Outcome
from graphkit.analyses.month_series import Key
from graphkit.statistics.share import Share

LEAST_EVENTS: Final = 5
"""With fewer nothing is said of how good a rule is."""
QUIET: Final = 2
"""Months without an alert that end an episode, or without what happened that end an event."""
EARLY: Final = 2
"""Months that an alert may come before the event and still be about it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Spell:
    """An alert, or an event, from its first month to its last, as numbers of replayed months."""

    key: Key
    first: int
    last: int

    def meets(self, event: "Spell") -> bool:
        """Whether an alert is about an event: it is open during it, or closed just before."""
        same = self.key == event.key
        return same and self.first <= event.last and self.last >= event.first - EARLY


@dataclasses.dataclass(frozen=True, slots=True)
class Score:
    """What one rule is worth.

    Attributes:
        right: Of the alerts that can be judged by now, how many came true.
        found: Of the events, how many had an alert.
        leads: For each found event, months from the first alert about it to the end of its first
            half-year, when anybody would see it in the books; below zero where the alert was later.
        open: Alerts that are too recent to be judged, or about something with too little evidence.
    """

    right: Share
    found: Share
    leads: tuple[int, ...]
    open: int

    @property
    def lead(self) -> float | None:
        """The median of the leads."""
        return float(np.median(self.leads)) if self.leads else None


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, and when there was an alert about it.

    Attributes:
        key: About whom or what.
        month: The first month (datetime64[M]) after which the half-year was so.
        alert: Month of the first alert about it; None for a miss.
        naive: Month in which the naive rule gave one.
    """

    key: Key
    month: np.datetime64
    alert: np.datetime64 | None
    naive: np.datetime64 | None


@dataclasses.dataclass(frozen=True, slots=True)
class Backtest:
    """One kind of finding on the shop's own past.

    Attributes:
        kind: Of finding.
        outcome: How it was judged; None for a kind of which later months tell nothing.
        months: The months replayed; none where the past is too short.
        ours: What graphkit's alerts are worth.
        naive: What the naive rule's are.
        usual: How often it came true of anybody in any month: what an alert by lot would be worth.
        confirmed: Events that are there because somebody confirmed a finding.
        events: What happened.
    """

    kind: str
    outcome: Outcome | None
    months: tuple[np.datetime64, ...] = ()
    ours: Score | None = None
    naive: Score | None = None
    usual: Share | None = None
    confirmed: int = 0
    events: tuple[Event, ...] = ()

    @property
    def verdict(self) -> str:
        """Why nothing is said of how good the alerts are; empty when it is."""
        if self.outcome is None:
            return "later months cannot tell whether one was right"
        if not self.months:
            return f"the past is too short: {BEFORE + LOOKED_AT + AFTER} whole months are needed"
        if len(self.events) < LEAST_EVENTS:
            return f"too few to judge: {len(self.events)} events, {LEAST_EVENTS} are needed"
        return ""


def spells(told: Sequence[set[Key]]) -> list[Spell]:
    """What holds month by month as spells: opened once, closed after two months without.

    Args:
        told: What holds, a month each.

    >>> [(one.first, one.last) for one in spells([{("a", "")}, set(), {("a", "")}, set(), set()])]
    [(0, 2)]
    """
    found: list[Spell] = []
    begun: dict[Key, Spell] = {}
    for at, keys in enumerate(told):
        for key in sorted(keys):
            open_ = begun.get(key)
            if open_ is not None and at - open_.last <= QUIET:
                begun[key] = Spell(key, open_.first, at)
            else:
                found += [open_] if open_ else []
                begun[key] = Spell(key, at, at)
    return sorted([*found, *begun.values()], key=lambda one: (one.first, one.key))


def happened(told: Sequence[set[Key]]) -> list[Spell]:
    """Events; one that lasts to where months cannot be judged yet may go on to the end.

    Args:
        told: What came true after each month, up to the last one replayed.
    """
    last = len(told) - 1
    still = last - AFTER - QUIET
    return [
        dataclasses.replace(one, last=last) if one.last >= still else one for one in spells(told)
    ]


def score(
    alerts: Sequence[Spell], events: Sequence[Spell], truth: Sequence[Mapping[Key, bool]]
) -> Score:
    """How many alerts came true, how many events were found, and how early.

    Alerts of the last months are not judged, not even those about what had begun before: of the
    others it is not known yet, so that only right ones would be counted.

    Args:
        alerts: What a rule told.
        events: What happened.
        truth: Whether it came true of each, a month each; what cannot be said is not in it.
    """
    early = [one for one in alerts if one.first < len(truth) - AFTER]
    right = [one for one in early if any(one.meets(event) for event in events)]
    judged = [one for one in early if one in right or one.key in truth[one.first]]
    leads = []
    for event in events:
        about = [one.first for one in alerts if one.meets(event)]
        leads += [event.first + AFTER - min(about)] if about else []
    return Score(
        Share.counted(len(right), len(judged)),
        Share.counted(len(leads), len(events)),
        tuple(leads),
        len(alerts) - len(judged),
    )
