"""Rows that were not loaded, and why."""

from pathlib import Path

import click

from graphkit.cli.context import Context
from graphkit.cli.options import results
from graphkit.schema import File, Rejected


@click.command("rejects")
@click.option(
    "--export",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the rows to this folder, to be corrected there and loaded.",
)
@results
@click.pass_obj
def command(context: Context, *, folder: Path | None) -> None:
    """Show every row that was not loaded: file, row, column, value and reason.

    With --export, write them whole, a file for each that they stood in. Correct the cells and load
    the folder: rows that are right now load, and the others stay here.

    \b
    Examples:
      graphkit rejects
      graphkit rejects --export to-correct/
    """
    with context.open_store() as store:
        rejected = store.read(Rejected)
        books = store.read(File, ["id", "path"])
        if folder is not None:
            from graphkit.pipeline.corrections import write_corrections

            for path in write_corrections(store, folder):
                context.say(f"written: {path}")
            context.say(f"Next: correct the cells, then graphkit load {folder}")
    files = dict(zip(books["id"], books["path"], strict=True))
    rejected = rejected.assign(file=rejected["file_id"].map(files))
    rejected = rejected.sort_values(["file", "row", "column"])
    columns = ["file", "row", "column", "value", "reason"]
    rows = [
        {str(name): value for name, value in row.items()}
        for row in rejected[columns].to_dict("records")
    ]
    context.emit("rejects", rows, title="Not loaded")
    if rows and folder is None and context.form == "table":
        context.say(
            "Correct them in the export and load it again, or get them as files to correct:"
        )
        context.say("  graphkit rejects --export FOLDER")
