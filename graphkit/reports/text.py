"""Findings as text for the terminal."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from graphkit.findings import Finding, Level

MARK = {Level.ALERT: "!!", Level.WATCH: " !", Level.CANNOT_TELL: " ?"}
"""What stands before a finding."""
_COUNTED = {
    Level.ALERT: ("alert", "alerts"),
    Level.WATCH: ("watch", "watches"),
    Level.CANNOT_TELL: ("cannot be told yet", "cannot be told yet"),
}
"""What to call one, and several."""
WIDTH = 80
"""Of a line, in characters."""
WATCHES = 10
"""A list shows at most so many watches: one in twenty would be there by chance."""
_TYPED = 6
"""Characters of an id that tell it from the others of a shop."""
_HELD = "\u00a0"
"""A space at which no line ends, until the lines are made."""
_NO_NOTES: Mapping[str, str] = MappingProxyType({})


def findings_text(
    findings: Sequence[Finding],
    *,
    dismissed: Sequence[Finding] = (),
    everything: bool = False,
) -> str:
    """How many of each in a line, then alerts, at most ten watches, and how much cannot be told.

    What concerns one company stands together: its first finding in full, the others in a line.

    Args:
        findings: Ranked findings.
        dismissed: Those that somebody dismissed.
        everything: Show all watches, every cannot-tell and what is dismissed.
    """
    if not findings and not dismissed:
        return "Nothing found. graphkit status says what the exports can answer.\n"
    told = [one for one in findings if one.level is not Level.CANNOT_TELL]
    unknown = [one for one in findings if one.level is Level.CANNOT_TELL]
    groups = by_subject(told)
    alerts = [group for group in groups if group[0].level is Level.ALERT]
    watches = [group for group in groups if group[0].level is Level.WATCH]
    lines = [*textwrap.wrap(summary(findings), WIDTH, break_on_hyphens=False), ""]
    lines += _section(
        "Alerts: hold after correction for how many questions were asked", alerts, len(alerts)
    )
    shown = len(watches) if everything else WATCHES
    lines += _section("Watch: worth a look, some of them chance", watches, shown)
    if everything:
        lines += _section("Cannot tell yet", [[one] for one in unknown], len(unknown))
        lines += _section("Dismissed", [[one] for one in dismissed], len(dismissed))
    elif unknown:
        lines.append("--all shows what would be enough to tell the rest.")
    if dismissed and not everything:
        lines.append(f"{len(dismissed):,} dismissed: --all shows them.")
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
    lines += entries(groups[:shown])
    if len(groups) > shown:
        lines.append(f"    and {len(groups) - shown} more: --all shows them")
    return [*lines, ""]


def entries(
    groups: Iterable[Sequence[Finding]], *, notes: Mapping[str, str] = _NO_NOTES
) -> list[str]:
    """Lines about each group of findings: its first one in full, the others by their figures.

    Args:
        groups: What to show together, in order.
        notes: What else to say of a finding, by its id.
    """
    lines = []
    for first, *others in groups:
        lines += _lines(first, notes.get(first.id, ""))
        also = []
        for one in others:
            level = "" if one.level is first.level else f"{one.level} "
            note = f" ({notes[one.id]})" if one.id in notes else ""
            also.append(f"{level}{_named(one)} {_effect(one)}".rstrip() + note)
        if also:
            lines += _wrapped(f"also {'; '.join(also)}", "    ", "      ")
    return lines


def by_subject(findings: Iterable[Finding]) -> list[list[Finding]]:
    """What was found about each company, industry or cluster together.

    Args:
        findings: In the order in which they are to stay.
    """
    found: dict[str, list[Finding]] = {}
    for one in findings:
        found.setdefault(one.subject.id, []).append(one)
    return list(found.values())


def _lines(finding: Finding, note: str) -> list[str]:
    lines = _wrapped(finding.statement, f"{MARK[finding.level]}  ", "    ")
    lines += _wrapped(f"{_named(finding)} {figures(finding)}".rstrip(), "    ", "      ")
    lines += _wrapped(note, "    ", "      ")
    return lines + _wrapped(finding.advice, "    -> ", "       ")


def _wrapped(text: str, first: str, others: str) -> list[str]:
    lines = textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=others)
    return [line.replace(_HELD, " ") for line in lines]


def _named(finding: Finding) -> str:
    """The kind, and the id as it is typed after `dismiss` and `confirm`."""
    what = f" ({finding.object.name})" if finding.object else ""
    return f"{finding.kind}{what} [{short_id(finding)}]:"


def short_id(finding: Finding) -> str:
    """So much of an id as people type."""
    return finding.id[:_TYPED]


def figures(finding: Finding) -> str:
    """Effect with interval, how sure, and of how much: q of an alert, p of a watch."""
    parts = [_effect(finding)]
    corrected = finding.level is Level.ALERT and finding.q is not None
    sure = ("q", finding.q) if corrected else ("p", finding.p)
    parts += [f"{sure[0]} {_small(sure[1])}".replace(" ", _HELD)] if sure[1] is not None else []
    parts += [f"n{_HELD}{finding.n:,}"] if finding.n is not None else []
    return ", ".join(part for part in parts if part)


def _effect(finding: Finding) -> str:
    one = finding.effect
    if one is None:
        return ""
    value, low, high = (_short(number) for number in (one.value, one.low, one.high))
    return f"{value} {one.unit} [{low} to {high}]"


def _small(chance: float) -> str:
    least = 0.001
    return "< .001" if chance < least else f"{chance:.3f}"


def _short(number: float) -> str:
    """Two digits where the number is small, one where it is not, none for a whole one: 0.23, 24."""
    small = 10
    if float(number).is_integer():
        return f"{number:,.0f}"
    return f"{number:,.2f}" if abs(number) < small else f"{number:,.1f}"
