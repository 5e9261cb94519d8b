"""What a finding says in one line, and what is at stake."""

import textwrap
from collections.abc import Iterable, Sequence
from typing import Final

from graphkit.analyses.wording import money
from graphkit.findings import Finding, Level

_MARK: Final = {Level.ALERT: " *", Level.WATCH: " .", Level.CANNOT_TELL: " ?"}
_ALARMING: Final = {Level.ALERT: "!!", Level.WATCH: " !"}
LEGEND: Final = "!! and ! call for concern, * and . are good to know; a kind with ? is a watch."
_BESIDE: Final = "*!"
"""Before an alert that is good to know, beside a watch that calls for concern."""
WIDTH: Final = 80
"""Of a line, in characters."""
_TYPED: Final = 6
"""Characters of an id that tell it from the others of a shop."""
_ENDS: Final = (": ", " (", "; ", ", such as")
"""Where the gist of a statement ends and its figures begin."""


def by_subject(findings: Iterable[Finding]) -> list[list[Finding]]:
    """What was found about each company, industry or cluster together.

    Args:
        findings: In the order in which they are to stay.
    """
    found: dict[str, list[Finding]] = {}
    for one in findings:
        found.setdefault(one.subject.id, []).append(one)
    return list(found.values())


def mark(group: Sequence[Finding]) -> str:
    """What stands before findings that are told together: by the first, and by whether any alarms.

    Args:
        group: At least one.
    """
    level = group[0].level
    alarming = {one.level for one in group if one.alarming}
    if level in alarming:
        return _ALARMING.get(level, _MARK[level])
    return _BESIDE if alarming else _MARK[level]


def short_id(finding: Finding) -> str:
    """So much of an id as people type."""
    return finding.id[:_TYPED]


def gist_lines(groups: Sequence[Sequence[Finding]], currency: str) -> list[str]:
    """Each group in a line: what is at stake, its first finding in short, the kinds of the others.

    Args:
        groups: What stands together, in order.
        currency: Of what is at stake.
    """
    most = [max(one.value for one in group) for group in groups]
    stakes = [money(value, currency) if value else "" for value in most]
    width = max(map(len, stakes), default=0)
    lines = []
    for group, stake in zip(groups, stakes, strict=True):
        first, *others = group
        also = "".join(f"; {kind}" for kind in dict.fromkeys(_kind(one, first) for one in others))
        begin = f"{mark(group)} {stake:>{width}}  "
        lines += textwrap.wrap(
            f"{gist(first)}{also} [{short_id(first)}]",
            WIDTH,
            initial_indent=begin,
            subsequent_indent=" " * len(begin),
            break_on_hyphens=False,
        )
    return lines


def _kind(one: Finding, first: Finding) -> str:
    """A further kind; with ? when it is only a watch beside an alert."""
    return f"{one.kind}?" if one.level is Level.WATCH and first.level is Level.ALERT else one.kind


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
