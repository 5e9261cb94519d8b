"""What is ordered quarter by quarter: which processes, and how tight."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.evidence_cypher import every_line, lines_of
from graphkit.analyses.leaning.mix import Mix, shares, toleranced, tolerances
from graphkit.analyses.measures.month_panel import MonthPanel, lines_that_count, month_panel
from graphkit.drawing import Chart
from graphkit.findings import Finding, sources_of
from graphkit.reports.charts.quarters import quarter_name, quarters_of
from graphkit.reports.charts.sourced import read_from, rows_of
from graphkit.reports.charts.told import told_of
from graphkit.snapshot import Snapshot, days_of

KIND: Final = "mix-over-quarters"
_KINDS: Final = ("process-shift", "tighter-tolerance")
_SHOWN: Final = 7
"""Processes that have a colour; the others are added up."""
_QUARTERS: Final = 16
_OTHERS: Final = "other processes"

Floats = npt.NDArray[np.float64]


def mix_over_quarters(
    snap: Snapshot, company: str = "", findings: Sequence[Finding] = ()
) -> Chart | None:
    """Which share of the order lines is of which process, and the mean tolerance, by quarter.

    Args:
        snap: Needs OrderLine with process or tolerance.
        company: Company id; empty for all.
        findings: What was found; a move of this customer to a process or tighter work is the title.

    Returns:
        The chart; None where no line of a whole month says either.
    """
    panel = month_panel(snap)
    if panel is None or (company and company not in panel.customers):
        return None
    lines = lines_that_count(snap)
    own = lines[(lines["company"] == company).to_numpy(dtype=bool)] if company else lines
    at = panel.customers.index(company) if company else slice(None)
    quarter = quarters_of(panel.first + np.arange(panel.months))
    mixes = shares(snap, panel, lines, "process")
    processes = _percentages(mixes, at, quarter)
    tight = _tolerances(panel, lines, at, quarter) if len(toleranced(own)) else np.array([])
    if not processes and not tight.size:
        return None
    table, series = _table(snap, own, (quarter, processes, tight))
    told = told_of(findings, company, _KINDS)
    whose = f" of {snap.names[company]}" if company else ""
    named = {column: f"{name}, % of lines" for column, name in series.items()}
    return Chart(
        KIND,
        told.statement if told else f"Processes and tolerances{whose} by quarter",
        _description(table, series),
        table,
        {
            "quarter": "Quarter",
            "lines": "Lines",
            **named,
            "tolerance": "Tolerance, geometric mean, \u00b1 mm",
            "read": "Where it was read",
        },
        {"series": series},
        read_from(snap, sources_of(own)),
        lines_of(snap.ref(company)) if company else every_line(),
    )


def _percentages(
    mixes: Sequence[Mix], at: int | slice, quarter: npt.NDArray[np.int64]
) -> dict[str, Floats]:
    """Per cent of the lines of each quarter by process, the most first, all others last."""
    if not mixes:
        return {}
    lines = _by_quarter(mixes[0].counts[at], quarter)
    sums = {one.value.name: _by_quarter(one.sums[at], quarter) for one in mixes if one.value}
    most = sorted(sums, key=lambda name: (-float(sums[name].sum()), name))
    most = [name for name in most if sums[name].sum() > 0]
    if not most:
        return {}
    kept = most if len(most) <= _SHOWN + 1 else most[:_SHOWN]
    found = {name: sums[name] for name in kept}
    if len(kept) < len(most):
        found[_OTHERS] = np.sum([sums[name] for name in most[_SHOWN:]], axis=0)
    return {name: 100 * one / np.maximum(lines, 1.0) for name, one in found.items()}


def _by_quarter(counts: Floats, quarter: npt.NDArray[np.int64]) -> Floats:
    months = counts.sum(axis=0) if counts.ndim > 1 else counts
    return np.bincount(quarter - quarter[0], weights=months).astype(np.float64)


def _tolerances(
    panel: MonthPanel, lines: pd.DataFrame, at: int | slice, quarter: npt.NDArray[np.int64]
) -> Floats:
    """Geometric mean in mm by quarter; NaN in one without."""
    mix = tolerances(panel, lines)
    sums, counts = (_by_quarter(one[at], quarter) for one in (mix.sums, mix.counts))
    mean = np.where(counts > 0, sums / np.maximum(counts, 1.0), np.nan)
    return np.asarray(10.0**-mean)


def _table(
    snap: Snapshot,
    own: pd.DataFrame,
    figures: tuple[npt.NDArray[np.int64], dict[str, Floats], Floats],
) -> tuple[pd.DataFrame, dict[str, str]]:
    """One row a quarter since the first line, and the name of each process by column."""
    quarter, processes, tight = figures
    every = np.arange(quarter[0], quarter[-1] + 1)
    ordered = quarters_of(days_of(own["ordered_on"]))
    series = {f"share_{at}": name for at, name in enumerate(processes)}
    columns: dict[str, Any] = {
        "at": every,
        "quarter": [quarter_name(int(one)) for one in every],
        "lines": [int((ordered == one).sum()) for one in every],
    }
    columns |= {column: np.round(processes[name], 1) for column, name in series.items()}
    columns["tolerance"] = [_figures(one) for one in tight] if tight.size else [np.nan] * len(every)
    columns["read"] = [rows_of(snap, own[ordered == one]) for one in every]
    table = pd.DataFrame(columns).tail(_QUARTERS)
    begun = table["lines"].to_numpy().cumsum() > 0
    return table[begun].reset_index(drop=True), series


def _figures(value: float) -> float:
    return float(f"{value:.3g}")


def _description(table: pd.DataFrame, series: dict[str, str]) -> str:
    said = []
    if series:
        column, name = next(iter(series.items()))
        said.append(
            f"Bars: which share of a quarter's order lines is of which process; {name} is"
            f" {table[column].iloc[0]:.0f} % in {table['quarter'].iloc[0]} and"
            f" {table[column].iloc[-1]:.0f} % in {table['quarter'].iloc[-1]}."
        )
    tight = table.dropna(subset=["tolerance"])
    if len(tight):
        first, last = (tight["tolerance"].iloc[at] for at in (0, -1))
        said.append(
            f"Points: the mean tolerance, half the band, \u00b1{first:.2g} mm in"
            f" {tight['quarter'].iloc[0]} and \u00b1{last:.2g} mm in {tight['quarter'].iloc[-1]}."
        )
    return " ".join(said)
