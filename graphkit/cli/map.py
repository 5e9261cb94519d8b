"""Draw the network as one HTML page that opens in any browser."""

from pathlib import Path

import click

from graphkit.cli.context import Context
from graphkit.cli.options import as_of, output, redact
from graphkit.pipeline.analyse import analyse
from graphkit.pipeline.present import write_map
from graphkit.pipeline.questions import cautions


@click.command("map")
@click.option("--focus", default="", metavar="NAME", help="Only what is near this company.")
@click.option("--hops", default=2, show_default=True, help="How near, in steps, with --focus.")
@as_of
@redact
@output
@click.pass_obj
def command(context: Context, *, focus: str, hops: int) -> None:
    """Draw customers and what ties them: end customers, shows, methods, topics and people.

    Customers of one cluster stand together; those with an alert or a watch carry a ring. The page
    needs no network.

    \b
    Examples:
      graphkit map
      graphkit map --focus "Jessamine Avionics" --hops 1 -o jessamine.html
    """
    workspace = context.workspace()
    path = context.output or Path(workspace.folder) / "map.html"
    with context.open_store() as store:
        snap = context.snapshot(store)
        found = analyse(snap, workspace.settings)
        write_map(snap, found, path, focus=focus, hops=hops)
        warnings = cautions(store, snap)
    for line in warnings:
        context.say(line)
    context.say(f"Map: {path}  (open it in a browser)")
