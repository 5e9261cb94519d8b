"""Draw the network as one HTML page that opens in any browser."""

from pathlib import Path

import click

from graphkit.cli.context import Context
from graphkit.pipeline.analyse import analyse
from graphkit.pipeline.present import write_map


@click.command("map")
@click.option("--focus", default="", metavar="NAME", help="Only what is near this company.")
@click.option("--hops", default=2, show_default=True, help="How near, in steps, with --focus.")
@click.pass_obj
def command(context: Context, *, focus: str, hops: int) -> None:
    """Draw customers and what ties them: end customers, shows, methods, topics and people.

    Customers of one cluster stand together; those with an alert or a watch carry a ring. The page
    needs no network.

    \b
    Examples:
      graphkit map
      graphkit map --focus "Badger Hydraulics" --hops 1 -o badger.html
    """
    workspace = context.workspace()
    path = context.output or Path(workspace.folder) / "map.html"
    with context.open_store() as store:
        snap = context.snapshot(store)
        found = analyse(snap, workspace.settings)
        write_map(snap, found, path, focus=focus, hops=hops)
    context.say(f"Map: {path}  (open it in a browser)")
