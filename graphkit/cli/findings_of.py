"""Commands that run one analysis, or a few, and show what they found."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from graphkit.cli.context import Context
from graphkit.cli.options import as_of, redact, results

if TYPE_CHECKING:  # imported late below, so that names are completed while one types
    from graphkit.snapshot import Snapshot
    from graphkit.verdicts import Judged


def findings_command(name: str, analyses: Sequence[str], words: str) -> click.Command:
    """A command that shows the findings of these analyses.

    Args:
        name: What it is called.
        analyses: Names of analyses.
        words: Its help, an example included.
    """

    @click.command(name, help=words)
    @click.option(
        "--all",
        "everything",
        is_flag=True,
        help="Also each cannot-tell and what is dismissed, not only their counts.",
    )
    @as_of
    @redact
    @results
    @click.pass_obj
    def command(context: Context, *, everything: bool) -> None:
        show_findings(context, name, analyses, everything=everything)

    return command


def show_findings(
    context: Context, name: str, analyses: Sequence[str], *, everything: bool
) -> None:
    """Run these analyses and show what they found.

    Args:
        context: Where, as of when and in which form.
        name: What the result is called.
        analyses: Names of analyses.
        everything: Show each cannot-tell, not only their count.
    """
    from graphkit.pipeline.analyse import analyse_all
    from graphkit.pipeline.questions import cautions

    settings = context.workspace().settings
    with context.open_store() as store:
        snap = context.snapshot(store)
        found = analyse_all(snap, settings, analyses)
        warnings = cautions(store, snap, analyses)
        emit_findings(context, name, found, snap, everything=everything, warnings=warnings)


def emit_findings(
    context: Context,
    name: str,
    found: "Judged",
    snap: "Snapshot",
    *,
    everything: bool,
    warnings: Sequence[str],
    brief: bool = False,
) -> None:
    """Print findings in the form asked for; as text with what to do about each, or in brief.

    On a terminal, below what tells of orders stands how they went month by month.

    Args:
        context: Where and in which form.
        name: What the result is called.
        found: What was found.
        snap: Of what.
        everything: Show each cannot-tell and what is dismissed.
        warnings: What the reader should mind.
        brief: A line each.
    """
    from graphkit.reports.brief import brief_text
    from graphkit.reports.rows import finding_row
    from graphkit.reports.sparkline import orders_drawn
    from graphkit.reports.text import findings_text

    rows = [finding_row(one, snap.files) for one in found.told]
    if everything:
        rows += [finding_row(one, snap.files, dismissed=True) for one in found.dismissed]
    if brief:
        left_out = len(found.dismissed)
        text = brief_text(found.told, snap.currency, dismissed=left_out, everything=everything)
    else:
        text = findings_text(
            found.told,
            snap.currency,
            dismissed=found.dismissed,
            everything=everything,
            notes=orders_drawn(snap, found.told) if context.on_screen else {},
        )
    text = f"As of {snap.as_of}\n\n{text}"
    context.emit(name, rows, as_of=snap.as_of, text=text, warnings=warnings)
