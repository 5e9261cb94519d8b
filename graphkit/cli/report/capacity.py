"""The report on capacity."""

import click

from graphkit.cli.context import Context
from graphkit.cli.options import as_of, output, redact
from graphkit.cli.report.forms import form_of, form_option, write_report


@click.command("capacity")
@form_option
@as_of
@redact
@output
@click.pass_obj
def command(context: Context, *, form: str | None) -> None:
    """Show whether capacity will hold, and who drives the hours.

    For each process the hours to expect, the months at risk and whose orders rose. The capacity is
    what [capacity] in graphkit.toml says; without it the volumes are shown. The ending of -o says
    the form: .html, .md, .txt, .xlsx or .json.

    \b
    Examples:
      graphkit report capacity
      graphkit report capacity -o capacity.html
    """
    from graphkit.analyses.forecast import forecast
    from graphkit.pipeline.analyse import analyse, options_of
    from graphkit.pipeline.charting import drawer
    from graphkit.pipeline.forecasts import forecast_warnings
    from graphkit.reports.capacity import capacity_contents, capacity_report
    from graphkit.reports.contents_tables import contents_tables
    from graphkit.reports.report import Report

    chosen = form_of(form, context.output)
    settings = context.workspace().settings
    options = options_of(settings, "forecast")
    with context.open_store() as store:
        snap = context.snapshot(store)
        months = int(options.get("months", 6))
        foreseen = forecast(snap, months=months, capacity=options.get("capacity"))
        missing = forecast_warnings(store, snap, foreseen)
        found = analyse(snap, settings, ["forecast"])
        report = Report(
            "report-capacity",
            "Will capacity hold?",
            snap.as_of,
            page=lambda form: capacity_report(
                snap, foreseen, found, form, missing=missing, draw=drawer()
            ),
            tables=lambda: contents_tables(
                capacity_contents(snap, foreseen, found, missing=missing),
                snap.files,
                snap.currency,
            ),
        )
        write_report(context, report, chosen, missing)
