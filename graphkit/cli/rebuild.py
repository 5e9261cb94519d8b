"""Derive companies, settlements and text facts anew from what is stored."""

import click

from graphkit.cli.context import Context
from graphkit.pipeline.derive import RESOLVED, derive
from graphkit.schema import Meta


@click.command("rebuild")
@click.pass_obj
def command(context: Context) -> None:
    """Derive everything anew from the stored accounts and facts; decisions stay.

    \b
    Examples:
      graphkit rebuild
    """
    precedence = context.workspace().settings.precedence
    with context.open_store(read_only=False) as store, store.next_run("rebuild") as run:
        store.remove(Meta, ["texts", RESOLVED])
        derive(store, run=run, precedence=precedence, say=context.say)
