"""The report on clusters: who belongs together."""

import click

from graphkit.cli.context import Context
from graphkit.cli.options import as_of, output, redact
from graphkit.cli.report.forms import form_of, form_option, write_report


@click.command("cluster")
@form_option
@as_of
@redact
@output
@click.pass_obj
def command(context: Context, *, form: str | None) -> None:
    """Show the clusters: who is in each, and what to do about it.

    For each its members, what holds them together, and who is between it and others. The ending
    of -o says the form: .html, .md, .txt, .xlsx or .json.

    \b
    Examples:
      graphkit report cluster
      graphkit report cluster -o clusters.html
      graphkit report cluster -o clusters.xlsx
    """
    from graphkit.pipeline.analyse import analyse
    from graphkit.pipeline.questions import EXPORTS, cautions
    from graphkit.reports.cluster import cluster_report
    from graphkit.reports.cluster_tables import cluster_tables
    from graphkit.reports.report import Report

    chosen = form_of(form, context.output)
    with context.open_store() as store:
        snap = context.snapshot(store)
        found = analyse(snap, context.workspace().settings)
        missing = cautions(store, snap, ["clusters"])
        if snap.customers.empty:
            missing.append(f"Missing: {EXPORTS['Order']}. It says who buys what from you.")
        report = Report(
            "report-cluster",
            "Customer clusters",
            snap.as_of,
            page=lambda form: cluster_report(snap, found, form),
            tables=lambda: cluster_tables(snap, found),
        )
        write_report(context, report, chosen, missing)
