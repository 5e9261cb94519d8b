"""Findings as text for the terminal."""

import textwrap
from collections import Counter
from collections.abc import Sequence

from graphkit.findings import Finding, Level

_MARK = {Level.ALERT: "!!", Level.WATCH: " !", Level.CANNOT_TELL: " ?"}
_WIDTH = 80
WATCHES = 10
"""A list shows at most so many watches: one in twenty would be there by chance."""


def findings_text(findings: Sequence[Finding], *, everything: bool = False) -> str:
    """Alerts, then at most ten watches, then how much cannot be told.

    Args:
        findings: Ranked findings.
        everything: Show all watches and every cannot-tell.
    """
    lines = []
    alerts = [one for one in findings if one.level is Level.ALERT]
    watches = [one for one in findings if one.level is Level.WATCH]
    unknown = [one for one in findings if one.level is Level.CANNOT_TELL]
    for heading, group, shown in (
        ("Alerts: hold after correction for how many questions were asked", alerts, len(alerts)),
        ("Watch: worth a look, some of them chance", watches, WATCHES),
        ("Cannot tell yet", unknown if everything else [], len(unknown)),
    ):
        if not group:
            continue
        lines += [heading, "-" * len(heading)]
        for one in group if everything else group[:shown]:
            lines += _lines(one)
        if len(group) > shown and not everything:
            lines.append(f"    and {len(group) - shown} more: --all shows them")
        lines.append("")
    if unknown and not everything:
        kinds = Counter(one.kind for one in unknown)
        told = ", ".join(f"{count} of {kind}" for kind, count in sorted(kinds.items()))
        lines.append(f"Cannot tell yet: {told} (--all shows what would be enough)")
    if not findings:
        lines.append("Nothing found. graphkit status says what the exports can answer.")
    return "\n".join(lines).rstrip() + "\n"


def _lines(finding: Finding) -> list[str]:
    mark = _MARK[finding.level]
    text = textwrap.wrap(f"{finding.statement}", _WIDTH - 4)
    lines = [f"{mark}  {text[0]}", *(f"    {line}" for line in text[1:])]
    figures = []
    if finding.effect is not None:
        one = finding.effect
        figures.append(f"{one.value:,.2f} {one.unit} [{one.low:,.2f} to {one.high:,.2f}]")
    figures += [f"p {finding.p:.3f}"] if finding.p is not None else []
    figures += [f"q {finding.q:.3f}"] if finding.q is not None else []
    figures += [f"n {finding.n}"] if finding.n is not None else []
    if figures:
        lines.append(f"    {finding.kind}: {', '.join(figures)}")
    if finding.advice:
        lines += textwrap.wrap(
            finding.advice, _WIDTH, initial_indent="    -> ", subsequent_indent="       "
        )
    return lines
