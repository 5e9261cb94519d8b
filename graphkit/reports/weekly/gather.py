"""The weekly report, gathered: what is new, what to do, the numbers, what is to come."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from graphkit.analyses.next_shows import Meeting, whom_to_meet
from graphkit.analyses.wording import counted, whole
from graphkit.changes import Change, What
from graphkit.declaration import MONEY_UNIT
from graphkit.findings import Finding, Level
from graphkit.reports.network_map import network_map
from graphkit.reports.static_map import StaticMap, static_map
from graphkit.reports.weekly.figures import Figure, period, week_figures
from graphkit.reports.weekly.subjects import Matter, chosen, matters
from graphkit.reports.weekly.tasks import Task, by_colleague, tasks
from graphkit.schema import Attended
from graphkit.snapshot import Snapshot

COUNT: Final = 5
"""Things to do in a week."""
_TOPICS: Final = ("topic-interest", "considering-growth")
_CAPACITY: Final = "capacity-risk"
_MEETINGS: Final = 3
"""Companies to meet that a show names."""


@dataclasses.dataclass(frozen=True, slots=True)
class Past:
    """What was told before.

    Attributes:
        since: The day that is compared with.
        told: Whether something was told then; False where it is just some days ago.
        snap: What was known then; None where nothing was.
        since_when: Since when each finding is told, by its id.
    """

    since: dt.date
    told: bool
    snap: Snapshot | None
    since_when: Mapping[str, dt.date]


@dataclasses.dataclass(frozen=True, slots=True)
class AtRisk:
    """A process whose capacity may not hold.

    Attributes:
        finding: The finding.
        months: Each month at risk with its probability.
    """

    finding: Finding
    months: tuple[tuple[str, float], ...]

    @property
    def chances(self) -> str:
        """Each month with its probability, in a line."""
        return ", ".join(f"{month} {chance:.0%}" for month, chance in self.months)


@dataclasses.dataclass(frozen=True, slots=True)
class Untold:
    """What cannot be told of some.

    Attributes:
        kind: What would be told.
        count: Of how many it cannot.
        first: The first of them, with what would be enough.
    """

    kind: str
    count: int
    first: Finding


@dataclasses.dataclass(frozen=True, slots=True)
class Weekly:
    """What the templates fill in.

    Attributes:
        as_of: As of which day.
        past: What it is compared with.
        currency: Of amounts.
        tasks: The things to do, in order.
        changes: What is new, changed and gone, the gravest first.
        open: What is alarming, was told before and is not among the tasks.
        figures: The numbers of the week.
        at_risk: Processes whose capacity may not hold.
        topics: What customers have begun to read about, that is new.
        meetings: Whom to meet at shows that are to come.
        untold: What cannot be told, by kind: how many, and the first of them.
        missing: The questions that each export would answer, by the export.
        notes: What else a reader should mind.
        judged: How many findings of a kind people confirmed and dismissed, by kind.
        map: The map as one picture; None where there is no customer.
    """

    as_of: dt.date
    past: Past
    currency: str
    tasks: tuple[Task, ...]
    changes: tuple[Change, ...]
    open: tuple[Matter, ...]
    figures: tuple[Figure, ...]
    at_risk: tuple[AtRisk, ...]
    topics: tuple[Finding, ...]
    meetings: tuple[Meeting, ...]
    untold: tuple[Untold, ...]
    missing: Mapping[str, Sequence[str]]
    notes: tuple[str, ...]
    judged: Mapping[str, tuple[int, int]]
    map: StaticMap | None

    @property
    def colleagues(self) -> Mapping[str, Sequence[Task]]:
        """The things to do, by who does them."""
        return by_colleague(self.tasks)

    def aside(self, one: Matter) -> str:
        """What is at stake, and since when it is told where that is before `past`, in brackets."""
        told = [f"{whole(one.at_stake / MONEY_UNIT):,.0f} {self.currency}"] if one.at_stake else []
        told += [f"told since {one.since}"] if one.since and one.since < self.past.since else []
        return f" ({'; '.join(told)})" if told else ""

    def of(self, what: What) -> list[Finding]:
        """The findings of which this became."""
        return [one.finding for one in self.changes if one.what is what]

    @property
    def span(self) -> str:
        """Which days the numbers are of, and what is usual."""
        days = period(self.past.since, self.as_of)
        return (
            f"Orders and bills are those of the {days} to {self.as_of}; usual is what so many days"
            " of the year before brought."
        )

    @property
    def lead(self) -> str:
        """What happened since, in a sentence."""
        if self.past.snap is None:
            return "Nothing was known before, so all of it is new."
        counts = [
            f"{len(found):,} {word}"
            for word, what in (("new", What.NEW), ("changed", What.CHANGED), ("gone", What.GONE))
            if (found := self.of(what))
        ]
        last = "findings were last kept, on " if self.past.told else ""
        when = f"{last}{self.past.since} ({period(self.past.since, self.as_of)} before)"
        if not counts:
            return f"Nothing is new, changed or gone since {when}."
        return f"Since {when}: {', '.join(counts)}."

    def number_of(self, company: str) -> int:
        """The number of the thing to do about a company; 0 when there is none.

        Args:
            company: Its id.
        """
        return next((one.number for one in self.tasks if one.about.id == company), 0)

    @property
    def heading(self) -> str:
        """How many things there are to do."""
        count = len(self.tasks)
        words = ("Nothing", "One thing", "Two things", "Three things", "Four things", "Five things")
        named = words[count] if count < len(words) else f"{count} things"
        return f"{named} to do this week"

    def kind_so_far(self, kind: str) -> str:
        """What people said of findings of a kind; empty when nobody judged any."""
        confirmed, dismissed = self.judged.get(kind, (0, 0))
        if not confirmed + dismissed:
            return ""
        return (
            f"Of {counted(confirmed + dismissed, kind + ' finding')} that you judged,"
            f" {confirmed} proved right and {dismissed} you dismissed."
        )


def weekly(
    snap: Snapshot,
    past: Past,
    changes: Sequence[Change],
    found: Sequence[Finding],
    *,
    missing: Mapping[str, Sequence[str]],
    notes: Sequence[str],
    judged: Mapping[str, tuple[int, int]],
    count: int = COUNT,
) -> Weekly:
    """The report of a week.

    Args:
        snap: What is known.
        past: What it is compared with.
        changes: What became of each finding since.
        found: All findings of today, ranked.
        missing: The questions that each export would answer, by the export.
        notes: What else a reader should mind.
        judged: How many findings of a kind people confirmed and dismissed.
        count: How many things to do.
    """
    since = {one.finding.id: past.since for one in changes if one.before is not None}
    since |= {key: min(day, past.since) for key, day in past.since_when.items() if key in since}
    every = matters(changes, since)
    few = chosen(every, snap.as_of, count)
    taken = {one.main.subject.id for one in few}
    waiting = [one for one in every if one.main.subject.id not in taken]
    told = [one for one in changes if one.what is not What.UNCHANGED]
    return Weekly(
        as_of=snap.as_of,
        past=past,
        currency=snap.currency,
        tasks=tasks(snap, few),
        changes=tuple(told),
        open=tuple(one for one in waiting if not one.fresh and one.main.alarming),
        figures=week_figures(snap, past.snap, past.since),
        at_risk=tuple(_at_risk(found)),
        topics=tuple(
            one.finding for one in told if one.what is What.NEW and one.finding.kind in _TOPICS
        ),
        meetings=tuple(_meetings(snap)),
        untold=tuple(_untold(found)),
        missing=missing,
        notes=tuple(notes),
        judged=judged,
        map=None if snap.customers.empty else static_map(network_map(snap, found)),
    )


def _at_risk(found: Sequence[Finding]) -> list[AtRisk]:
    risks = [one for one in found if one.kind == _CAPACITY and one.level is not Level.CANNOT_TELL]
    return [AtRisk(one, _months(one.details)) for one in risks]


def _months(details: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    chance = details.get("probability_over", {})
    return tuple((month, chance[month]) for month in details.get("months_at_risk", ()))


def _untold(found: Sequence[Finding]) -> list[Untold]:
    those: dict[str, list[Finding]] = {}
    for one in found:
        if one.level is Level.CANNOT_TELL:
            those.setdefault(one.kind, []).append(one)
    told = [Untold(kind, len(some), some[0]) for kind, some in those.items()]
    return sorted(told, key=lambda one: (-one.count, one.kind))


def _meetings(snap: Snapshot) -> list[Meeting]:
    """Whom to meet at shows of which somebody has said that they are to come."""
    if snap.has(Attended.__name__):
        return []
    return [one for one in whom_to_meet(snap, count=_MEETINGS) if one.edition]
