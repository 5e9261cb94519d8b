"""Who orders less, who is in rough times, and whether an industry is slowing."""

import click

from graphkit.cli.context import Context
from graphkit.cli.options import as_of, redact, results
from graphkit.pipeline.analyse import analyse
from graphkit.pipeline.questions import cautions


@click.command("slowdown")
@click.option(
    "--all", "everything", is_flag=True, help="Also each cannot-tell, not only their count."
)
@as_of
@redact
@results
@click.pass_obj
def command(context: Context, *, everything: bool) -> None:
    """Show customers and industries that slow down, each tested against its own past.

    \b
    Examples:
      graphkit slowdown
      graphkit slowdown --as-of 2025-06-30
    """
    settings = context.workspace().settings
    with context.open_store() as store:
        snap = context.snapshot(store)
        found = analyse(snap, settings, ["slowdown"])
        warnings = cautions(store, snap, ["slowdown"])
        context.emit_findings("slowdown", found, snap, everything=everything, warnings=warnings)
