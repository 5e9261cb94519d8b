"""Write the whole graph: one CSV file per type."""

from pathlib import Path

import click

from graphkit.cli.context import Context
from graphkit.cli.options import redact, results
from graphkit.pipeline.export import export_csv


@click.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@redact
@results
@click.pass_obj
def command(context: Context, folder: Path) -> None:
    """Write one CSV file per node and relationship type into FOLDER.

    \b
    Examples:
      graphkit export graph/
    """
    with context.open_store() as store:
        written = export_csv(store, folder)
    rows = [{"file": path.name, "rows": count} for path, count in written]
    context.emit("export", rows, title=f"Written to {folder}")
