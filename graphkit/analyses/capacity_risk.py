"""How it is told that a process may run over its capacity: which months, who drives it, what to do.

A finding has the forecast of its worst month as effect: P50 over capacity, from P10 to P90.
"""

import dataclasses
from typing import Any, Final

import numpy as np

from graphkit.analyses.capacity_untold import too_little
from graphkit.analyses.evidence_cypher import lines_of
from graphkit.analyses.measures.contacts import Contacts
from graphkit.analyses.measures.machine_hours import MachineHours
from graphkit.analyses.wording import counted, listed, month_name, months_named
from graphkit.findings import Effect, Evidence, Finding, Level
from graphkit.snapshot import Snapshot
from graphkit.statistics.forecasting import Outlook, enough
from graphkit.statistics.smoothing import YEAR

_LATELY: Final = 6
"""Months whose hours are compared with those of a year before."""
_NAMED: Final = 3
"""Customers that are named as drivers."""
_RISE: Final = 0.02  # of the process's hours: less drives nothing
_EVEN: Final = 0.5
"""Probability below which a month rather holds than runs over."""
_UNIT: Final = "hours / capacity in the worst month, P50 from P10 to P90"


@dataclasses.dataclass(frozen=True, slots=True)
class _Driver:
    """A customer whose hours of a process rose; hours a month."""

    customer: int
    name: str
    owner: str
    before: float
    now: float


@dataclasses.dataclass(frozen=True, slots=True)
class _Risk:
    """What the months ahead hold for one process; one entry a month."""

    capacity: float
    over: list[float]
    excess: list[float]
    low: list[float]
    middle: list[float]
    high: list[float]

    @property
    def worst(self) -> int:
        """The month most likely to run over; of several the one with most hours."""
        return max(range(len(self.over)), key=lambda at: (self.over[at], self.middle[at]))

    def months(self, least: float) -> list[int]:
        """Those that run over with at least this probability."""
        return [at for at, chance in enumerate(self.over) if chance >= least]


class RiskTeller:
    """Tells of each process whether its capacity will hold.

    Args:
        snap: The graph.
        hours: What was ordered so far.
        outlook: What to expect, process by process.
        ahead: The months to come.
    """

    def __init__(
        self,
        snap: Snapshot,
        hours: MachineHours,
        outlook: Outlook,
        ahead: tuple[np.datetime64, ...],
    ) -> None:
        self._snap, self._hours, self._outlook, self._ahead = snap, hours, outlook, ahead
        self._contacts = Contacts(snap)

    def risk(
        self, kind: str, process: int, capacity: float, least: tuple[float, float]
    ) -> Finding | None:
        """What is told of one process; None where no month is likely enough to run over.

        Args:
            kind: What it is called.
            process: Its position.
            capacity: Hours a month.
            least: Probability from which a month is an alert, and a watch.
        """
        if self._hours.panel.months < YEAR:
            return too_little(self._snap, self._hours, kind, process, capacity)
        risk = self._of(process, capacity)
        at_risk = risk.months(min(least))
        if not at_risk:
            return None
        sure = risk.over[risk.worst] >= least[0] and self._tried
        return self._told(kind, process, risk, at_risk, level=Level.ALERT if sure else Level.WATCH)

    @property
    def _tried(self) -> bool:
        return enough(self._hours.panel.months, len(self._ahead))

    def _of(self, process: int, capacity: float) -> _Risk:
        spread = self._outlook.months
        limits = np.full(len(spread.centre), np.nan)
        limits[process] = capacity
        figures = (
            spread.probability_over(limits),
            spread.expected_over(limits),
            *(spread.quantile(level) for level in (0.1, 0.5, 0.9)),
        )
        return _Risk(capacity, *(one[process].tolist() for one in figures))

    def _told(
        self, kind: str, process: int, risk: _Risk, at_risk: list[int], *, level: Level
    ) -> Finding:
        subject, worst = self._hours.processes[process], risk.worst
        drivers = self._drivers(process)
        others = f"; months at risk: {self._named(at_risk)}" if len(at_risk) > 1 else ""
        statement = (
            f"{subject.name} may run over its {risk.capacity:,.0f} machine hours in"
            f" {month_name(self._ahead[worst])}, with a probability of {risk.over[worst]:.0%}:"
            f" {risk.middle[worst]:,.0f} hours of orders are expected, in four of five cases"
            f" {risk.low[worst]:,.0f} to {risk.high[worst]:,.0f}{others}.{self._driven(drivers)}"
            f"{self._short()}"
        )
        middle, low, high = (
            one[worst] / risk.capacity for one in (risk.middle, risk.low, risk.high)
        )
        excess = sum(risk.excess[at] for at in at_risk)
        return Finding(
            kind=kind,
            level=level,
            subject=subject,
            statement=statement,
            as_of=self._snap.as_of,
            evidence=self._evidence(process, risk, drivers),
            effect=Effect(middle, low, high, _UNIT),
            n=self._hours.panel.months,
            test=self._test(process),
            advice=self._advice(risk, drivers),
            cypher=lines_of(subject),
            value=round(excess * self._hours.an_hour(process, self._snap.currency)),
            alarming=True,
            details=self._details(process, risk, at_risk, drivers),
        )

    def _named(self, months: list[int]) -> str:
        """Months one after the other as a stretch, others one by one."""
        first, last = self._ahead[months[0]], self._ahead[months[-1]]
        if len(months) == months[-1] - months[0] + 1:
            return months_named(first, last).removeprefix("from ")
        return listed([month_name(self._ahead[at]) for at in months])

    def _test(self, process: int) -> str:
        if not self._tried:
            return (
                f"{self._outlook.methods[process]}, spread as months differed so far; a"
                " probability, no test"
            )
        return (
            f"forecast by {self._outlook.methods[process]}, half of it the mean of the last months;"
            f" spread of its past errors from {counted(self._outlook.origins, 'month')} on, of"
            " which the share above the capacity is the probability; no test, so neither p nor q"
        )

    def _driven(self, drivers: list[_Driver]) -> str:
        if not drivers:
            return ""
        rose = listed(
            [f"{one.name} ({one.before:,.0f} to {one.now:,.0f} hours a month)" for one in drivers]
        )
        return f" Orders rose most from {rose}."

    def _short(self) -> str:
        if self._tried:
            return ""
        months = counted(self._hours.panel.months, "month")
        return f" Only {months} are known, so this is last year's course, and no more than a hint."

    def _advice(self, risk: _Risk, drivers: list[_Driver]) -> str:
        worst = risk.worst
        month = month_name(self._ahead[worst])
        if risk.over[worst] < _EVEN:
            return (
                f"Nothing to line up yet: promise no short lead times for {month}, and look again"
                " when that month is nearer."
            )
        short = max(risk.middle[worst] - risk.capacity, 0.0)
        longer = max(risk.high[worst] - risk.capacity, 0.0)
        plan = f"up to {longer:,.0f}" if short < 1 else f"about {short:,.0f}, up to {longer:,.0f},"
        calls = [
            f"{one.owner or 'The account owner'} calls {one.name} and asks what is coming and what"
            " may come earlier or later."
            for one in drivers[:1]
        ]
        more = (
            f"Line up {plan} extra hours for {month} (overtime, a second shift, a subcontractor),"
            " and promise no short lead times for that month before they stand."
        )
        return " ".join([*calls, more])

    def _details(
        self, process: int, risk: _Risk, at_risk: list[int], drivers: list[_Driver]
    ) -> dict[str, Any]:
        return {
            "capacity": risk.capacity,
            "months_at_risk": [str(self._ahead[at]) for at in at_risk],
            "probability_over": {
                str(month): round(chance, 2)
                for month, chance in zip(self._ahead, risk.over, strict=True)
            },
            "drivers": [
                {
                    "id": self._hours.panel.customers[one.customer],
                    "name": one.name,
                    "hours_a_month_before": round(one.before, 1),
                    "hours_a_month_now": round(one.now, 1),
                }
                for one in drivers
            ],
            "method": self._outlook.methods[process],
        }

    def _stretches(self) -> tuple[slice, slice]:
        """The last months, and the same ones of a year before, or all before while none was."""
        end = self._hours.panel.months
        last = slice(end - _LATELY, end)
        if end >= YEAR + _LATELY:
            return slice(end - YEAR - _LATELY, end - YEAR), last
        return slice(0, end - _LATELY), last

    def _drivers(self, process: int) -> list[_Driver]:
        """Customers whose hours rose most, the most first."""
        before, now = (
            self._hours.by_customer(process)[:, part].mean(axis=1) for part in self._stretches()
        )
        rise = now - before
        least = _RISE * float(now.sum())
        order = np.lexsort((np.arange(len(rise)), -rise))[:_NAMED]
        return [
            self._driver(at, float(before[at]), float(now[at]))
            for at in order.tolist()
            if rise[at] > least
        ]

    def _driver(self, customer: int, before: float, now: float) -> _Driver:
        company = self._hours.panel.customers[customer]
        owner = self._contacts.owner(company)
        return _Driver(customer, self._snap.names[company], owner, before, now)

    def _evidence(self, process: int, risk: _Risk, drivers: list[_Driver]) -> tuple[Evidence, ...]:
        worst, panel = risk.worst, self._hours.panel
        expected = month_name(self._ahead[worst])
        before, now = self._stretches()
        labels = (f"hours a month, last {_LATELY} months", "hours a month, a year before")
        if panel.months < YEAR + _LATELY:
            labels = (labels[0], "hours a month before")
        stretches = [
            Evidence(
                label,
                round(float(self._hours.hours[process, part].mean()), 1),
                "hours",
                self._hours.sources(process, part.start, part.stop),
            )
            for label, part in zip(labels, (now, before), strict=True)
        ]
        return (
            Evidence("capacity", risk.capacity, "hours a month"),
            Evidence(f"P50 of {expected}", round(risk.middle[worst], 1), "hours"),
            Evidence(f"probability of more in {expected}", round(risk.over[worst], 2), ""),
            *stretches,
            *(
                Evidence(f"more from {one.name}", round(one.now - one.before, 1), "hours a month")
                for one in drivers
            ),
        )
