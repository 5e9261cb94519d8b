"""Findings as text for the terminal."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from graphkit.analyses.wording import listed
from graphkit.findings import Finding, Level
from graphkit.reports.gist import LEGEND, WIDTH, by_subject, gist_lines, mark, short_id

_COUNTED = {
    Level.ALERT: ("alert", "alerts"),
    Level.WATCH: ("watch", "watches"),
    Level.CANNOT_TELL: ("cannot be told yet", "cannot be told yet"),
}
"""What to call one, and several."""
WATCHES = 10
"""A list shows at most so many watches: one in twenty would be there by chance."""
IN_FULL = 10
"""A list says of so many alerts all there is to say, of the others a line."""
_HELD = "\u00a0"
"""A space at which no line ends, until the lines are made."""
_ALERTS = "Alerts: hold after correction for how many questions were asked"
_WATCH = "Watch: worth a look, some of them chance"
_NO_NOTES: Mapping[str, str] = MappingProxyType({})


def findings_text(
    findings: Sequence[Finding],
    currency: str,
    *,
    dismissed: Sequence[Finding] = (),
    everything: bool = False,
    notes: Mapping[str, str] = _NO_NOTES,
) -> str:
    """How many of each in a line; the first alerts in full, the others and ten watches in a line.

    What concerns one company stands together: its first finding, then the others.

    Args:
        findings: Ranked findings.
        currency: Of what is at stake.
        dismissed: Those that somebody dismissed.
        everything: Show all in full, every cannot-tell and what is dismissed too.
        notes: What else to say of a finding that is told in full, by its id.
    """
    if not findings and not dismissed:
        return "Nothing found. graphkit status says what the exports can answer.\n"
    unknown = [one for one in findings if one.level is Level.CANNOT_TELL]
    groups = by_subject(one for one in findings if one.level is not Level.CANNOT_TELL)
    alerts, watches = (
        [group for group in groups if group[0].level is level]
        for level in (Level.ALERT, Level.WATCH)
    )
    lines = [*textwrap.wrap(summary(findings), WIDTH, break_on_hyphens=False), LEGEND, ""]
    if everything:
        lines += _section(_ALERTS, entries(alerts, notes=notes))
        lines += _section(_WATCH, entries(watches, notes=notes))
        lines += _section("Cannot tell yet", entries([one] for one in unknown))
        lines += _section("Dismissed", entries([one] for one in dismissed))
        return "\n".join(lines).rstrip() + "\n"
    lines += _section(_ALERTS, entries(alerts[:IN_FULL], notes=notes))
    lines += _section("Further alerts", gist_lines(alerts[IN_FULL:], currency))
    lines += _section(_WATCH, gist_lines(watches[:WATCHES], currency))
    left = len(watches) - WATCHES
    rest = [f"{left:,} more to watch"] * (left > 0)
    rest += [f"{len(dismissed):,} dismissed"] * bool(dismissed)
    rest += ["what would be enough to tell the rest"] * bool(unknown)
    rest += ["every alert in full"] * (len(alerts) > IN_FULL)
    if rest:
        lines += _wrapped(f"--all shows {listed(rest)}.", "", "")
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


def _section(heading: str, lines: Sequence[str]) -> list[str]:
    return [heading, "-" * len(heading), *lines, ""] if lines else []


def entries(
    groups: Iterable[Sequence[Finding]], *, notes: Mapping[str, str] = _NO_NOTES
) -> list[str]:
    """Lines about each group of findings: its first one in full, the others by their figures.

    Args:
        groups: What to show together, in order.
        notes: What else to say of a finding, by its id.
    """
    lines = []
    for group in groups:
        first, *others = group
        lines += _lines(first, mark(group), notes.get(first.id, ""))
        also = []
        for one in others:
            level = "" if one.level is first.level else f"{one.level} "
            note = f" ({notes[one.id]})" if one.id in notes else ""
            also.append(f"{level}{_named(one)} {_effect(one)}".rstrip() + note)
        if also:
            lines += _wrapped(f"also {'; '.join(also)}", "    ", "      ")
    return lines


def _lines(finding: Finding, before: str, note: str) -> list[str]:
    lines = _wrapped(finding.statement, f"{before}  ", "    ")
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
