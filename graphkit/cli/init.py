"""Make a workspace: a folder with graphkit.toml; draft a mapping for an export of one's own."""

from pathlib import Path

import click

from graphkit.cli.context import Context
from graphkit.workspace import Workspace


@click.command("init")
@click.option(
    "--mapping",
    "export",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Draft a mapping for this export, which no loader knows.",
)
@click.option(
    "--kind",
    default="",
    help="What that export holds: invoices, or the very export it is like, finance.invoices.",
)
@click.pass_obj
def command(context: Context, *, export: Path | None, kind: str) -> None:
    """Make the workspace folder a workspace; what is there stays as it is.

    With --mapping, also draft how an export is to be read: a file in its folder mappings/ that
    names each column, to be completed by you.

    \b
    Examples:
      graphkit -w shop init
      graphkit init --mapping exports/erp_quotes.csv
    """
    workspace, made = Workspace.create(context.folder, store=context.store)
    settings = workspace.folder / "graphkit.toml"
    context.say(f"{'made' if made else 'already there'}: {settings}")
    if export is None:
        context.say("Next: graphkit load EXPORTS")
        return
    from graphkit.pipeline.mappings import draft_mapping

    drafted = draft_mapping(export, workspace.folder, kind=kind)
    context.say(f"drafted: {drafted}\nNext: complete it, then graphkit load {export} --explain")
