"""The report on clusters: who belongs together."""

import click

from graphkit.cli.context import Context
from graphkit.cli.options import as_of, output, redact
from graphkit.cli.report.forms import form_of, form_option


@click.command("cluster")
@form_option
@as_of
@redact
@output
@click.pass_obj
def command(context: Context, *, form: str | None) -> None:
    """Show the clusters: who is in each, and what to do about it.

    For each its members, what holds them together, and who is between it and others. The ending
    of -o says the form: .html, .md or .txt.

    \b
    Examples:
      graphkit report cluster
      graphkit report cluster -o clusters.html
      graphkit report cluster --format markdown -o clusters.md
    """
    from graphkit.pipeline.analyse import analyse
    from graphkit.pipeline.questions import EXPORTS, cautions
    from graphkit.reports.cluster import cluster_report

    chosen = form_of(form, context.output)
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
