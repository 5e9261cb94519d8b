"""Who orders less, who is in rough times, and whether an industry is slowing."""

import click

from graphkit.cli.context import Context
from graphkit.pipeline.analyse import analyse


@click.command("slowdown")
@click.option(
    "--all", "everything", is_flag=True, help="Also each cannot-tell, not only their count."
)
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
        context.emit_findings("slowdown", found, snap, everything=everything)
