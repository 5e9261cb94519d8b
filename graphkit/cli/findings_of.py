"""Commands that run one analysis, or a few, and show what they found."""

from collections.abc import Sequence

import click

from graphkit.cli.context import Context
from graphkit.cli.options import as_of, redact, results
from graphkit.pipeline.analyse import analyse_all
from graphkit.pipeline.questions import cautions


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
    settings = context.workspace().settings
    with context.open_store() as store:
        snap = context.snapshot(store)
        found = analyse_all(snap, settings, analyses)
        warnings = cautions(store, snap, analyses)
        context.emit_findings(name, found, snap, everything=everything, warnings=warnings)
