"""Where machine hours will go, and whether the capacity that is stated will hold."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.capacity_risk import RiskTeller
from graphkit.analyses.capacity_untold import no_capacity
from graphkit.analyses.measures.machine_hours import MachineHours, machine_hours
from graphkit.analyses.measures.stated import by_process
from graphkit.findings import Finding
from graphkit.plugins import analysis
from graphkit.snapshot import Snapshot
from graphkit.statistics.forecasting import Outlook, outlook
from graphkit.statistics.rolling import Past

KIND: Final = "capacity-risk"

_YEAR: Final = 12

Floats = npt.NDArray[np.float64]


@dataclasses.dataclass(frozen=True, slots=True)
class Forecast:
    """Machine hours to expect of each process in the months to come.

    Attributes:
        hours: What was ordered so far.
        outlook: What to expect, process by process, and last of the whole shop.
        capacity: Hours a month that each process has; NaN where it is not stated.
        ahead: The months to come.
    """

    hours: MachineHours
    outlook: Outlook
    capacity: Floats
    ahead: tuple[np.datetime64, ...]

    def rows(self) -> list[dict[str, Any]]:
        """One row a process and month, in that order, with what it was a year before."""
        low, middle, high = (self.outlook.months.quantile(level) for level in (0.1, 0.5, 0.9))
        ago = self.hours.panel.months - _YEAR
        limits = np.append(self.capacity, np.nan)
        over = self.outlook.months.probability_over(limits)
        return [
            {
                "process": process.name,
                "month": str(month),
                "a_year_before": _hours(self.hours.hours[row, ago + column])
                if 0 <= ago + column < self.hours.panel.months
                else None,
                "p10": _hours(low[row, column]),
                "p50": _hours(middle[row, column]),
                "p90": _hours(high[row, column]),
                "capacity": _known(self.capacity[row]),
                "probability_over": None
                if np.isnan(self.capacity[row])
                else round(float(over[row, column]), 2),
            }
            for row, process in enumerate(self.hours.processes)
            for column, month in enumerate(self.ahead)
        ]

    def processes(self) -> list[dict[str, Any]]:
        """One row a process, and last one of the whole shop: all months together, and how sure."""
        low, middle, high = (
            self.outlook.together.quantile(level)[:, 0] for level in (0.1, 0.5, 0.9)
        )
        names = [*(one.name for one in self.hours.processes), WHOLE_SHOP]
        return [
            {
                "process": name,
                "p10": _hours(low[row]),
                "p50": _hours(middle[row]),
                "p90": _hours(high[row]),
                "method": self.outlook.methods[row],
                "past_error": _known(self.outlook.error[row]),
                "naive_error": _known(self.outlook.naive_error[row]),
                "coverage": _known(self.outlook.coverage[row]),
            }
            for row, name in enumerate(names)
        ]


WHOLE_SHOP: Final = "whole shop"


def forecast(
    snap: Snapshot, *, months: int = 6, capacity: Mapping[str, float] | None = None
) -> Forecast | None:
    """Machine hours of each process in the next months, from one in ten below to one in ten above.

    Hours count in the month in which they are ordered. The season is that of the shop's orders,
    which are counted more surely than hours; working days (Monday to Friday) are reckoned with
    where that made past errors smaller.

    Args:
        snap: Needs Order and OrderLine with process and minutes.
        months: How many to look ahead, the first after the last whole one.
        capacity: Hours a month, by name of a process.

    Returns:
        None where no line of a whole month says process and machine time.

    Raises:
        UnknownNameError: A capacity is of no process that the shop has.
    """
    hours = machine_hours(snap)
    if hours is None:
        return None
    stated = by_process(snap, capacity or {}, "[capacity]")
    panel = hours.panel
    begins = [panel.day(at) for at in range(panel.months + months + 1)]
    days = np.busday_count(begins[:-1], begins[1:]).astype(np.float64)
    past = Past(hours.hours, panel.calendar_month, panel.orders, days)
    return Forecast(
        hours,
        outlook(past, months),
        np.array([stated.get(one.id, np.nan) for one in hours.processes]),
        tuple(panel.month(panel.months + at) for at in range(months)),
    )


@analysis(
    "forecast",
    question="Will the capacity of each process hold?",
    needs=("OrderLine",),
    kinds=(KIND,),
)
def capacity_risk(
    snap: Snapshot,
    *,
    months: int = 6,
    capacity: Mapping[str, float] | None = None,
    alert: float = 0.5,
    watch: float = 0.25,
) -> Iterator[Finding]:
    """Processes in which a month may take more hours than there are, and who drives it.

    A probability, not a test: the share of the forecast's spread above what is stated. Far below
    the capacity is no news; `forecast` shows it.

    Args:
        snap: Needs Order and OrderLine with process and minutes.
        months: How many to look ahead.
        capacity: Hours a month, by name of a process; the section [capacity] of graphkit.toml.
        alert: Probability from which a month is an alert.
        watch: Probability from which a month is a watch.

    Yields:
        One finding a process with such a month; or a single one that it cannot be told, where no
        capacity is stated.
    """
    foreseen = forecast(snap, months=months, capacity=capacity)
    if foreseen is None:
        return
    teller = RiskTeller(snap, foreseen.hours, foreseen.outlook, foreseen.ahead)
    stated = np.flatnonzero(np.isfinite(foreseen.capacity)).tolist()
    if not stated:
        yield no_capacity(snap, foreseen.hours, KIND)
    for process in stated:
        found = teller.risk(KIND, process, float(foreseen.capacity[process]), (alert, watch))
        if found is not None:
            yield found


def _hours(value: float) -> float:
    return round(float(value), 1)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 3)
