"""Quotes won, lost and open, quarter by quarter."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from graphkit.analyses.evidence_cypher import every_quote, quotes_of
from graphkit.analyses.measures.quoted import Quoted
from graphkit.analyses.wording import counted
from graphkit.drawing import Chart
from graphkit.findings import Finding, sources_of
from graphkit.reports.charts.quarters import quarter_name, quarters_of
from graphkit.reports.charts.sourced import read_from, rows_of
from graphkit.reports.charts.told import told_of
from graphkit.snapshot import Snapshot

KIND: Final = "quotes-by-quarter"
_QUARTERS: Final = 16


def quotes_by_quarter(
    snap: Snapshot, company: str = "", findings: Sequence[Finding] = ()
) -> Chart | None:
    """How many quotes were asked for in each quarter, and what became of them.

    Args:
        snap: Needs Quote with its status.
        company: Company id; empty for all.
        findings: What was found; that it asks for less or turns down more is the title.

    Returns:
        The chart; None without a quote.
    """
    quoted = Quoted.of(snap)
    if quoted is None:
        return None
    if company:
        theirs = (quoted.rows["company"] == company).to_numpy(dtype=bool)
        quoted = quoted.only(np.flatnonzero(theirs).astype(np.int64))
    if not len(quoted.day):
        return None
    at = quarters_of(quoted.day)
    every = np.arange(at.min(), quarters_of(np.array([snap.as_of], "datetime64[D]"))[0] + 1)
    every = every[-_QUARTERS:]
    masks = {"won": quoted.won, "lost": quoted.lost, "open": ~quoted.decided}
    table = pd.DataFrame(
        {
            "at": every,
            "quarter": [quarter_name(int(one)) for one in every],
            **{
                name: [int((of & (at == one)).sum()) for one in every] for name, of in masks.items()
            },
            "read": [rows_of(snap, quoted.rows[at == one]) for one in every],
        }
    )
    told = told_of(findings, company, {"quoting"})
    return Chart(
        KIND,
        told.statement if told else _title(snap, company, quoted),
        "Bars: quotes by the quarter in which they were made; won at the foot, lost above, those"
        " still open on top.",
        table,
        {
            "quarter": "Quarter",
            "won": "Won",
            "lost": "Lost",
            "open": "Open",
            "read": "Where it was read",
        },
        {},
        read_from(snap, sources_of(quoted.rows)),
        quotes_of(snap.ref(company)) if company else every_quote(),
    )


def _title(snap: Snapshot, company: str, quoted: Quoted) -> str:
    whose = f" of {snap.names[company]}" if company else ""
    won, lost = int(quoted.won.sum()), int(quoted.lost.sum())
    left = int((~quoted.decided).sum())
    return f"{counted(len(quoted.day), 'quote')}{whose}: {won:,} won, {lost:,} lost, {left:,} open"
