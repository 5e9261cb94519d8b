"""Findings in a line each, for the terminal."""

import textwrap
from collections.abc import Sequence
from typing import Final

from graphkit.analyses.wording import money
from graphkit.findings import Finding, Level
from graphkit.reports.text import MARK, WATCHES, WIDTH, by_subject, short_id, summary

_ENDS: Final = (": ", " (", "; ", ", such as")
"""Where the gist of a statement ends and its figures begin."""


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
    told = [one for one in findings if one.level is not Level.CANNOT_TELL]
    groups = by_subject(told)
    stakes = [money(one.value, currency) if one.value else "" for one, *_ in groups]
    width = max(map(len, stakes), default=0)
    lines = [*textwrap.wrap(summary(findings), WIDTH, break_on_hyphens=False), ""]
    watches = 0
    for (first, *others), stake in zip(groups, stakes, strict=True):
        watches += first.level is Level.WATCH
        if watches > WATCHES and not everything:
            break
        also = "".join(f"; {one}" for one in dict.fromkeys(one.kind for one in others))
        lines.append(
            f"{MARK[first.level]} {stake:>{width}}  [{short_id(first)}] {gist(first)}{also}"
        )
    left = sum(first.level is Level.WATCH for first, *_ in groups) - WATCHES
    if left > 0 and not everything:
        lines.append(f"and {left} more to watch: --all shows them")
    if dismissed:
        lines.append(f"{dismissed:,} dismissed: graphkit findings --all shows them")
    return "\n".join(lines) + "\n"


def gist(finding: Finding) -> str:
    """What a statement says before its figures.

    Args:
        finding: The finding.
    """
    name, text = finding.subject.name, finding.statement.rstrip(".")
    begin = len(name) if text.startswith(name) else 0
    if text[begin:].startswith(": "):  # the name is a heading
        begin += 2
    ends = [at for end in _ENDS if (at := text.find(end, begin)) > 0]
    return text[: min(ends, default=len(text))]
