"""All reports as one folder of pages that link to each other."""

from pathlib import Path

import click

from graphkit.cli.context import Context
from graphkit.cli.options import as_of, redact


@click.command("site")
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    help="Write them to this folder; else to site in the workspace.",
)
@click.option(
    "--customers",
    type=click.IntRange(min=0),
    default=200,
    show_default=True,
    help="How many customers have a page of their own: those with a finding first.",
)
@as_of
@redact
@click.pass_obj
def command(context: Context, folder: Path | None, *, customers: int) -> None:
    """Write all reports as one folder of pages.

    The week, findings, customers, industries, capacity, clusters and the map, to open in any
    browser, to put on a share or to print; it needs no network and no server. Open index.html. A
    site that graphkit made is replaced as a whole; a folder with anything else in it is left alone.

    \b
    Examples:
      graphkit report site
      graphkit report site -o pages --customers 50
    """
    from graphkit.pipeline.charting import drawer
    from graphkit.pipeline.site import write_site
    from graphkit.pipeline.weekly import this_week

    workspace = context.workspace()
    place = folder or Path(workspace.folder) / "site"
    with context.open_store() as store:
        snap = context.snapshot(store)
        week = this_week(store, snap, workspace.settings, lambda day: context.snapshot(store, day))
        count = write_site(
            store,
            workspace.settings,
            week,
            place,
            Path(workspace.folder),
            draw=drawer(),
            customers=customers,
            say=context.say,
        )
    context.say(f"Site: {place / 'index.html'}, {count} pages  (open it in a browser)")
