"""Rows that were not loaded, and why."""

import click

from graphkit.cli.context import Context
from graphkit.cli.options import results
from graphkit.schema import File, Rejected


@click.command("rejects")
@results
@click.pass_obj
def command(context: Context) -> None:
    """Show every row that was not loaded: file, row, column, value and reason.

    \b
    Examples:
      graphkit rejects
      graphkit rejects --csv -o to-correct.csv
    """
    with context.open_store() as store:
        rejected = store.read(Rejected)
        books = store.read(File, ["id", "path"])
    files = dict(zip(books["id"], books["path"], strict=True))
    rejected = rejected.assign(file=rejected["file_id"].map(files))
    rejected = rejected.sort_values(["file", "row", "column"])
    columns = ["file", "row", "column", "value", "reason"]
    rows = [
        {str(name): value for name, value in row.items()}
        for row in rejected[columns].to_dict("records")
    ]
    context.emit("rejects", rows, title="Not loaded")
