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

    What concerns one company stands together: its first finding in full, the others in a line.

    Args:
        findings: Ranked findings.
        everything: Show all watches and every cannot-tell.
    """
    if not findings:
        return "Nothing found. graphkit status says what the exports can answer.\n"
    alerts = [one for one in findings if one.level is Level.ALERT]
    watches = [one for one in findings if one.level is Level.WATCH]
    unknown = [one for one in findings if one.level is Level.CANNOT_TELL]
    lines = _section(
        "Alerts: hold after correction for how many questions were asked", alerts, len(alerts)
    )
    shown = len(watches) if everything else WATCHES
    lines += _section("Watch: worth a look, some of them chance", watches, shown)
    if everything:
        lines += _section("Cannot tell yet", unknown, len(unknown))
    elif unknown:
        kinds = Counter(one.kind for one in unknown)
        told = ", ".join(f"{count} of {kind}" for kind, count in sorted(kinds.items()))
        lines.append(f"Cannot tell yet: {told} (--all shows what would be enough)")
    return "\n".join(lines).rstrip() + "\n"


def _section(heading: str, findings: Sequence[Finding], shown: int) -> list[str]:
    if not findings:
        return []
    by_subject: dict[str, list[Finding]] = {}
    for one in findings[:shown]:
        by_subject.setdefault(one.subject.id, []).append(one)
    lines = [heading, "-" * len(heading)]
    for first, *others in by_subject.values():
        lines += _lines(first)
        for other in others:
            lines += textwrap.wrap(
                f"also {other.kind}: {_figures(other)}",
                _WIDTH,
                initial_indent="    ",
                subsequent_indent="      ",
            )
    if len(findings) > shown:
        lines.append(f"    and {len(findings) - shown} more: --all shows them")
    return [*lines, ""]


def _lines(finding: Finding) -> list[str]:
    mark = _MARK[finding.level]
    text = textwrap.wrap(finding.statement, _WIDTH - 4)
    lines = [f"{mark}  {text[0]}", *(f"    {line}" for line in text[1:])]
    figures = _figures(finding)
    if figures:
        lines.append(f"    {finding.kind}: {figures}")
    if finding.advice:
        lines += textwrap.wrap(
            finding.advice, _WIDTH, initial_indent="    -> ", subsequent_indent="       "
        )
    return lines


def _figures(finding: Finding) -> str:
    figures = []
    if finding.effect is not None:
        one = finding.effect
        figures.append(f"{one.value:,.2f} {one.unit} [{one.low:,.2f} to {one.high:,.2f}]")
    figures += [f"p {_small(finding.p)}"] if finding.p is not None else []
    figures += [f"q {_small(finding.q)}"] if finding.q is not None else []
    figures += [f"n {finding.n}"] if finding.n is not None else []
    return ", ".join(figures)


def _small(chance: float) -> str:
    least = 0.001
    return "< .001" if chance < least else f"{chance:.3f}"
