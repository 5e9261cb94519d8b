"""Make a workspace: a folder with graphkit.toml."""

import click

from graphkit.cli.context import Context
from graphkit.workspace import Workspace


@click.command("init")
@click.pass_obj
def command(context: Context) -> None:
    """Make the workspace folder a workspace; what is there stays as it is.

    \b
    Examples:
      graphkit -w shop init
    """
    workspace, made = Workspace.create(context.folder, store=context.store)
    settings = workspace.folder / "graphkit.toml"
    context.say(f"{'made' if made else 'already there'}: {settings}")
    context.say("Next: graphkit load EXPORTS")
