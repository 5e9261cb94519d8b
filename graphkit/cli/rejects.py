"""Rows that were not loaded, and why."""

import click

from graphkit.cli.context import Context
from graphkit.schema import File, Rejected


@click.command("rejects")
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
        files = dict(store.read(File, ["id", "path"]).itertuples(index=False))
    rejected = rejected.assign(file=rejected["file_id"].map(files))
    rejected = rejected.sort_values(["file", "row", "column"])
    columns = ["file", "row", "column", "value", "reason"]
    context.emit("rejects", rejected[columns].to_dict("records"), title="Not loaded")
