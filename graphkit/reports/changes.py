"""What is new, gone or changed, as text for the terminal and as rows."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from graphkit.changes import Change, What
from graphkit.reports.gist import WIDTH, by_subject, gist_lines
from graphkit.reports.rows import finding_row
from graphkit.reports.text import IN_FULL, entries, figures

_HEADINGS = {
    What.NEW: "New",
    What.CHANGED: "Changed: surer or less sure, or by more or less than could be expected",
    What.GONE: "Gone: no longer so, or no longer sure",
    What.UNCHANGED: "As before",
}
_COUNTED = {
    What.NEW: "new",
    What.CHANGED: "changed",
    What.GONE: "gone",
    What.UNCHANGED: "as before",
}
"""What so many are called."""


def changes_text(changes: Sequence[Change], currency: str, *, everything: bool = False) -> str:
    """How many of each in a line, then new, changed and gone findings, each with what it was.

    Args:
        changes: What to show, in order.
        currency: Of what is at stake.
        everything: Each in full, not only the first of each sort.
    """
    counts = {what: sum(one.what is what for one in changes) for what in _HEADINGS}
    parts = [f"{count:,} {_COUNTED[what]}" for what, count in counts.items() if count]
    if not parts:
        return "Nothing is new, changed or gone.\n"
    lines = ["; ".join(parts) + "."]
    for what, heading in _HEADINGS.items():
        those = [one for one in changes if one.what is what]
        if not those:
            continue
        lines += ["", heading, "-" * len(heading)]
        if what is What.GONE:
            for one in those:
                lines += textwrap.wrap(
                    f"{one.finding.kind}: {one.finding.statement}",
                    WIDTH,
                    initial_indent="    ",
                    subsequent_indent="      ",
                )
        else:
            before = {one.finding.id: f"was {_was(one)}" for one in those if what is What.CHANGED}
            groups = by_subject(one.finding for one in those)
            full = len(groups) if everything else IN_FULL
            lines += entries(groups[:full], notes=before)
            lines += gist_lines(groups[full:], currency)
    return "\n".join(lines) + "\n"


def _was(change: Change) -> str:
    before = change.before or change.finding
    return ", ".join(part for part in (before.level.value, figures(before)) if part)


def change_row(change: Change, files: Mapping[str, str]) -> dict[str, Any]:
    """A finding as a row, with what became of it and how it was told before.

    Args:
        change: The change.
        files: File name by file_id.
    """
    row = finding_row(change.finding, files)
    before = change.before
    effect = before.effect if before else None
    return {
        "change": change.what.value,
        **row,
        "level_before": before.level.value if before else None,
        "effect_before": effect.value if effect else None,
        "interval_before": [effect.low, effect.high] if effect else None,
    }
