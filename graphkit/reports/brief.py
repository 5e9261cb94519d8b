"""Findings in a line each, for the terminal."""

import textwrap
from collections.abc import Sequence

from graphkit.findings import Finding, Level
from graphkit.reports.gist import LEGEND, WIDTH, by_subject, gist_lines
from graphkit.reports.text import WATCHES, summary


def brief_text(
    findings: Sequence[Finding], currency: str, *, dismissed: int = 0, everything: bool = False
) -> str:
    """One line about each customer, industry or cluster: what is at stake, what it is, its id.

    Args:
        findings: Ranked findings; what is at stake comes first within alerts and watches.
        currency: Of what is at stake.
        dismissed: How many are left out because somebody dismissed them.
        everything: Show all watches, not only ten.
    """
    groups = by_subject(one for one in findings if one.level is not Level.CANNOT_TELL)
    alerts, watches = (
        [group for group in groups if group[0].level is level]
        for level in (Level.ALERT, Level.WATCH)
    )
    shown = watches if everything else watches[:WATCHES]
    lines = [*textwrap.wrap(summary(findings), WIDTH, break_on_hyphens=False), LEGEND, ""]
    lines += gist_lines([*alerts, *shown], currency)
    if len(watches) > len(shown):
        lines.append(f"and {len(watches) - len(shown)} more to watch: --all shows them")
    if dismissed:
        lines.append(f"{dismissed:,} dismissed: graphkit findings --all shows them")
    return "\n".join(lines) + "\n"
