"""Reports: who belongs together, and what to do about it."""

import click

from graphkit.cli.context import Context
from graphkit.cli.options import as_of, output
from graphkit.pipeline.analyse import analyse
from graphkit.pipeline.questions import EXPORTS, cautions
from graphkit.reports.cluster import FORMS, cluster_report


@click.group("report")
def command() -> None:
    """Write a report as text, Markdown or a self-contained HTML page.

    \b
    Examples:
      graphkit report cluster
      graphkit report cluster -o clusters.html
    """


@command.command("cluster")
@click.option("--format", "form", type=click.Choice(sorted(FORMS)), help="By the ending of -o.")
@as_of
@output
@click.pass_obj
def cluster(context: Context, *, form: str | None) -> None:
    """Show the clusters: members, what holds them together, who is between, what to do.

    \b
    Examples:
      graphkit report cluster
      graphkit report cluster -o clusters.html
      graphkit report cluster --format markdown -o clusters.md
    """
    endings = {".html": "html", ".htm": "html", ".md": "markdown"}
    ending = context.output.suffix.casefold() if context.output else ""
    chosen = form or endings.get(ending, "text")
    with context.open_store() as store:
        snap = context.snapshot(store)
        found = analyse(snap, context.workspace().settings)
        text = cluster_report(snap, found, chosen)
        missing = cautions(store, snap, ["clusters"])
        if snap.customers.empty:
            missing.append(f"Missing: {EXPORTS['Order']}. It says who buys what from you.")
    with context.out() as stream:
        stream.write(text)
    for line in missing:
        context.say(line)
