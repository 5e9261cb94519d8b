"""The report on capacity: hours to expect of each process, months at risk, and what drives them."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from graphkit.analyses.forecast import WHOLE_SHOP, Forecast
from graphkit.analyses.profiling.sentences import Sentence, told
from graphkit.analyses.wording import month_name
from graphkit.drawing import Draw
from graphkit.findings import Finding, Level
from graphkit.reports.charted import Table
from graphkit.reports.charts.hours_ahead import drivers, hours_ahead
from graphkit.reports.charts.told import told_of
from graphkit.reports.citations import Citations
from graphkit.reports.page import Block, Contents, page_of
from graphkit.snapshot import Snapshot

KIND: Final = "capacity-risk"
_DRAWN: Final = 12
"""Processes that have a chart; the table has all."""


def capacity_contents(
    snap: Snapshot,
    foreseen: Forecast | None,
    findings: Sequence[Finding],
    *,
    missing: Sequence[str] = (),
) -> Contents:
    """What the report says, whatever its form.

    Args:
        snap: What was known.
        foreseen: The forecast; None where there is none.
        findings: What was found of capacity, the gravest first.
        missing: What is missing, and which export or setting would bring it.
    """
    own = [one for one in findings if one.kind == KIND]
    if foreseen is None:
        lead, blocks = f"As of {snap.as_of}: there is nothing to forecast from.", []
    else:
        first, last = (month_name(foreseen.ahead[at]) for at in (0, -1))
        lead = f"As of {snap.as_of}: machine hours to expect from {first} to {last}."
        blocks = [
            Block("Months at risk", _at_risk(own, foreseen)),
            Block("All processes", table=_table(foreseen, own)),
            *_processes(snap, foreseen, own),
        ]
    return Contents("Will capacity hold?", lead, blocks, missing)


def capacity_report(
    snap: Snapshot,
    foreseen: Forecast | None,
    findings: Sequence[Finding],
    form: str,
    *,
    missing: Sequence[str] = (),
    draw: Draw | None = None,
) -> str:
    """The report as text, Markdown or a self-contained HTML page.

    Args:
        snap: What was known.
        foreseen: The forecast; None where there is none.
        findings: What was found of capacity, the gravest first.
        form: text, markdown or html.
        missing: What is missing, and which export or setting would bring it.
        draw: Makes SVG of charts; None where nothing is installed that does.

    Raises:
        UnknownNameError: No such form.
    """
    contents = capacity_contents(snap, foreseen, findings, missing=missing)
    return page_of(contents, Citations(snap.files), form, draw)


def _at_risk(own: Sequence[Finding], foreseen: Forecast) -> list[Sentence]:
    found = [told(one, advice=one.level is not Level.CANNOT_TELL) for one in own]
    if found:
        return found
    months = f"{len(foreseen.ahead)} months"
    text = f"No process is likely to run over its capacity in the next {months}."
    return [Sentence(text, basis="graphkit forecast, against [capacity] in graphkit.toml")]


def _table(foreseen: Forecast, own: Sequence[Finding]) -> Table:
    """One row a process, and one of the whole shop: all months together, as the command has it."""
    capacity = dict(
        zip((one.name for one in foreseen.hours.processes), foreseen.capacity, strict=True)
    )
    risky = {one.subject.name: one.details.get("months_at_risk", ()) for one in own}
    ahead = len(foreseen.ahead)
    rows = [
        {
            "process": one["process"],
            "capacity": ahead * capacity.get(one["process"], float("nan")),
            **{name: one[name] for name in ("p10", "p50", "p90")},
            "risk": ", ".join(risky.get(one["process"], ())),
            "method": one["method"],
        }
        for one in foreseen.processes()
    ]
    headings = {
        "process": "Process",
        "capacity": f"Capacity of {ahead} months, hours",
        "p10": "P10, hours",
        "p50": "P50",
        "p90": "P90",
        "risk": "Months at risk",
        "method": "Forecast by",
    }
    stated = any(row["capacity"] == row["capacity"] for row in rows)
    for name in () if stated else ("capacity", "risk"):
        del headings[name]
    return Table.of(pd.DataFrame(rows), headings)


def _processes(snap: Snapshot, foreseen: Forecast, own: Sequence[Finding]) -> list[Block]:
    """A block a process: those at risk first, then those with most hours to expect."""
    order = [one.subject.id for one in own]
    charts = dict(
        zip(
            (one.id for one in foreseen.hours.processes),
            hours_ahead(snap, foreseen),
            strict=True,
        )
    )
    names = {one.id: one.name for one in foreseen.hours.processes}
    expected = {
        one["process"]: one["p50"] for one in foreseen.processes() if one["process"] != WHOLE_SHOP
    }
    ranked = sorted(
        charts,
        key=lambda one: (
            order.index(one) if one in order else len(order),
            -expected.get(names[one], 0.0),
        ),
    )
    blocks = []
    for process in ranked[:_DRAWN]:
        risk = told_of(own, process, {KIND})
        blocks.append(
            Block(names[process], charts=[charts[process], drivers(snap, risk) if risk else None])
        )
    return blocks
