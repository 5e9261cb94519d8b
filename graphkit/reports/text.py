"""Findings as text for the terminal."""

import textwrap
from collections import Counter
from collections.abc import Sequence

from graphkit.findings import Finding, Level

_MARK = {Level.ALERT: "!!", Level.WATCH: " !", Level.CANNOT_TELL: " ?"}
_COUNTED = {
    Level.ALERT: ("alert", "alerts"),
    Level.WATCH: ("watch", "watches"),
    Level.CANNOT_TELL: ("cannot be told yet", "cannot be told yet"),
}
"""What to call one, and several."""
_WIDTH = 80
WATCHES = 10
"""A list shows at most so many watches: one in twenty would be there by chance."""


def findings_text(findings: Sequence[Finding], *, everything: bool = False) -> str:
    """How many of each in a line, then alerts, at most ten watches, and how much cannot be told.

    What concerns one company stands together: its first finding in full, the others in a line.

    Args:
        findings: Ranked findings.
        everything: Show all watches and every cannot-tell.
    """
    if not findings:
        return "Nothing found. graphkit status says what the exports can answer.\n"
    told = [one for one in findings if one.level is not Level.CANNOT_TELL]
    unknown = [one for one in findings if one.level is Level.CANNOT_TELL]
    by_subject: dict[str, list[Finding]] = {}
    for one in told:
        by_subject.setdefault(one.subject.id, []).append(one)
    alerts = [group for group in by_subject.values() if group[0].level is Level.ALERT]
    watches = [group for group in by_subject.values() if group[0].level is Level.WATCH]
    lines = [*textwrap.wrap(summary(findings), _WIDTH, break_on_hyphens=False), ""]
    lines += _section(
        "Alerts: hold after correction for how many questions were asked", alerts, len(alerts)
    )
    shown = len(watches) if everything else WATCHES
    lines += _section("Watch: worth a look, some of them chance", watches, shown)
    if everything:
        lines += _section("Cannot tell yet", [[one] for one in unknown], len(unknown))
    elif unknown:
        lines.append("--all shows what would be enough to tell the rest.")
    return "\n".join(lines).rstrip() + "\n"


def summary(findings: Sequence[Finding]) -> str:
    """How many alerts, watches and cannot-tells there are, and of which kinds, in one line.

    Args:
        findings: Any findings.
    """
    parts = []
    for level, (one_called, several) in _COUNTED.items():
        kinds = Counter(one.kind for one in findings if one.level is level)
        count = sum(kinds.values())
        named = ", ".join(f"{number:,} {kind}" for kind, number in kinds.most_common())
        called = one_called if count == 1 else several
        parts.append(f"{count:,} {called}" + f" ({named})" * bool(named))
    return "; ".join(parts) + "."


def _section(heading: str, groups: Sequence[Sequence[Finding]], shown: int) -> list[str]:
    """What was found about each subject, the gravest first."""
    if not groups:
        return []
    lines = [heading, "-" * len(heading)]
    for first, *others in groups[:shown]:
        lines += _lines(first)
        for other in others:
            level = "" if other.level is first.level else f"{other.level} "
            what = f" ({other.object.name})" if other.object else ""
            lines += textwrap.wrap(
                f"also {level}{other.kind}{what}: {_figures(other)}",
                _WIDTH,
                initial_indent="    ",
                subsequent_indent="      ",
            )
    if len(groups) > shown:
        lines.append(f"    and {len(groups) - shown} more: --all shows them")
    return [*lines, ""]


def _lines(finding: Finding) -> list[str]:
    mark = _MARK[finding.level]
    text = textwrap.wrap(finding.statement, _WIDTH - 4)
    lines = [f"{mark}  {text[0]}", *(f"    {line}" for line in text[1:])]
    figures = _figures(finding)
    if figures:
        lines += textwrap.wrap(
            f"{finding.kind}: {figures}", _WIDTH, initial_indent="    ", subsequent_indent="      "
        )
    if finding.advice:
        lines += textwrap.wrap(
            finding.advice, _WIDTH, initial_indent="    -> ", subsequent_indent="       "
        )
    return lines


def _figures(finding: Finding) -> str:
    figures = []
    if finding.effect is not None:
        one = finding.effect
        value, low, high = (_short(number) for number in (one.value, one.low, one.high))
        figures.append(f"{value} {one.unit} [{low} to {high}]")
    figures += [f"p {_small(finding.p)}"] if finding.p is not None else []
    figures += [f"q {_small(finding.q)}"] if finding.q is not None else []
    figures += [f"n {finding.n}"] if finding.n is not None else []
    return ", ".join(figures)


def _small(chance: float) -> str:
    least = 0.001
    return "< .001" if chance < least else f"{chance:.3f}"


def _short(number: float) -> str:
    """Two digits where the number is small, one where it is not, none for a whole one: 0.23, 24."""
    small = 10
    if float(number).is_integer():
        return f"{number:,.0f}"
    return f"{number:,.2f}" if abs(number) < small else f"{number:,.1f}"
