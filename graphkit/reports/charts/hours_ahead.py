"""Machine hours to expect of each process, against the capacity, and who drives them."""

from typing import Any, Final

import numpy as np
import pandas as pd

from graphkit.analyses.evidence_cypher import lines_of
from graphkit.analyses.forecast import Forecast
from graphkit.analyses.wording import month_name
from graphkit.drawing import Chart
from graphkit.findings import Finding
from graphkit.reports.charts.sourced import cell_of, read_from
from graphkit.snapshot import Snapshot

AHEAD: Final = "hours-ahead"
DRIVERS: Final = "then-and-now"
_MONTHS: Final = 24
"""Months of the past that are drawn."""


def hours_ahead(snap: Snapshot, foreseen: Forecast) -> list[Chart]:
    """One chart a process, as `graphkit forecast` has its figures.

    Args:
        snap: What was known.
        foreseen: The forecast.
    """
    rows = foreseen.rows()
    ahead = len(foreseen.ahead)
    return [
        _chart(snap, foreseen, at, rows[at * ahead : (at + 1) * ahead])
        for at in range(len(foreseen.hours.processes))
    ]


def _chart(
    snap: Snapshot,
    foreseen: Forecast,
    at: int,
    rows: list[dict[str, Any]],
) -> Chart:
    hours, process = foreseen.hours, foreseen.hours.processes[at]
    begin = max(hours.panel.months - _MONTHS, 0)
    table = pd.DataFrame([*_past(snap, foreseen, at, begin), *map(_ahead, rows)])
    capacity = rows[0]["capacity"]
    headings = {
        "month": "Month",
        "hours": "Hours ordered",
        "a_year_before": "A year before",
        "p10": "P10",
        "p50": "P50",
        "p90": "P90",
        "over": "Chance of more than the capacity, %",
        "read": "Where it was read",
    }
    if capacity is None:
        del headings["over"]
    return Chart(
        AHEAD,
        _title(process.name, rows),
        _description(rows),
        table,
        headings,
        {"capacity": capacity},
        read_from(snap, hours.sources(at, begin, hours.panel.months)),
        lines_of(process),
    )


def _past(snap: Snapshot, foreseen: Forecast, at: int, begin: int) -> list[dict[str, Any]]:
    hours = foreseen.hours
    return [
        {
            "at": _number(hours.panel.month(month)),
            "month": month_name(hours.panel.month(month)),
            "hours": round(float(hours.hours[at, month]), 1),
            "read": cell_of(snap, hours.sources(at, month, month + 1)),
        }
        for month in range(begin, hours.panel.months)
    ]


def _ahead(row: dict[str, Any]) -> dict[str, Any]:
    month = np.datetime64(row["month"], "M")
    over = row["probability_over"]
    return {
        "at": _number(month),
        "month": month_name(month),
        **{name: row[name] for name in ("a_year_before", "p10", "p50", "p90")},
        "over": None if over is None else round(100 * over),
        "read": "forecast",
    }


def _number(month: np.datetime64) -> int:
    return int(month.astype(int)) + 1970 * 12


def _title(process: str, rows: list[dict[str, Any]]) -> str:
    least, most = (pick(row["p50"] for row in rows) for pick in (min, max))
    told = f"{process}: {least:,.0f} to {most:,.0f} hours a month are to be expected"
    capacity = rows[0]["capacity"]
    return told if capacity is None else f"{told}, of {capacity:,.0f} that there are"


def _description(rows: list[dict[str, Any]]) -> str:
    first, last = (month_name(np.datetime64(rows[at]["month"], "M")) for at in (0, -1))
    said = (
        "Bars: machine hours of the orders of each month. Shaded: what is to be expected from"
        f" {first} to {last}; the point is as likely to be exceeded as not, the line reaches from"
        " what is exceeded in nine cases of ten to what is exceeded in one."
    )
    capacity = rows[0]["capacity"]
    return said if capacity is None else f"{said} Dashed: the capacity, {capacity:,.0f} hours."


def drivers(snap: Snapshot, found: Finding) -> Chart | None:
    """Whose hours of a process rose most, as its finding says.

    Args:
        snap: What was known.
        found: That a capacity may not hold.

    Returns:
        The chart; None where the finding names nobody.
    """
    known = found.details.get("drivers", ())
    if not known:
        return None
    table = pd.DataFrame(
        {
            "name": [one["name"] for one in known],
            "before": [one["hours_a_month_before"] for one in known],
            "now": [one["hours_a_month_now"] for one in known],
        }
    )
    return Chart(
        DRIVERS,
        f"Whose hours of {found.subject.name} rose most",
        "The hollow point is a year before, the full one the last six months, in machine hours a"
        " month.",
        table,
        {
            "name": "Customer",
            "before": "Hours a month before",
            "now": "Hours a month now",
        },
        {"unit": "machine hours a month"},
        read_from(snap, {row for one in found.evidence for row in one.sources}),
        found.cypher,
    )
