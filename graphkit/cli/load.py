"""Read exports (files or folders) into the graph."""

from pathlib import Path

import click

from graphkit.cli.context import Context
from graphkit.pipeline.load import Loaded, load
from graphkit.workspace import Workspace

_SOME_REJECTED = 5


@click.command("load")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--as", "instance", default="", metavar="NAME", help="Which of two such systems it is."
)
@click.option("--kind", default="", metavar="LOADER", help="Read as this, when two would fit.")
@click.option("--dry-run", is_flag=True, help="Read and check everything, write nothing.")
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], *, instance: str, kind: str, dry_run: bool
) -> None:
    """Read exports from PATHS (files or folders) into the graph.

    Each file is recognised by what is in it. Rows that cannot be read are kept apart with the
    reason (see graphkit rejects); all else loads. Loading the same files again changes nothing.

    \b
    Examples:
      graphkit load exports/
      graphkit load exports/ --dry-run
      graphkit load plant2.csv --as plant2
    """
    context: Context = ctx.obj
    workspace, made = Workspace.create(context.folder, store=context.store)
    if made:
        context.say(f"made a workspace: {workspace.folder.resolve()}")
    with workspace.open_store() as store:
        found = load(
            store,
            paths,
            instance=instance,
            kind=kind,
            currency=workspace.settings.currency,
            dry_run=dry_run,
            say=context.say,
        )
    rows = [_row(one) for one in found]
    context.emit("load", rows, title="Dry run: nothing was written" if dry_run else "Loaded")
    refused = [one for one in found if one.refused]
    for one in refused:
        context.say(f"not read: {one.refused}")
    if any(row["rejected"] for row in rows):
        context.say("Some rows were not loaded: graphkit rejects says which, and why.")
    if not dry_run and context.form == "table":
        context.say("Next: graphkit findings, graphkit report cluster, graphkit map")
    if refused or any(row["rejected"] for row in rows):
        ctx.exit(_SOME_REJECTED)


def _row(one: Loaded) -> dict[str, object]:
    reading = one.reading
    rejected = int(reading.rejects["row"].nunique()) if reading else 0
    return {
        "file": Path(one.path).name,
        "taken_for": one.loader or "not read",
        "rows": reading.rows if reading else None,
        "loaded": reading.rows - reading.repeated - rejected if reading else None,
        "repeated": reading.repeated if reading else None,
        "rejected": rejected,
        "note": one.refused or ("unchanged" if one.unchanged else ""),
    }
