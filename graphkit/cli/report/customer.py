"""The page of one customer."""

import click

from graphkit.cli import completing
from graphkit.cli.context import Context
from graphkit.cli.options import as_of, output, redact
from graphkit.cli.report.forms import form_of, form_option, write_report


@click.command("customer")
@click.argument("name", shell_complete=completing.companies)
@form_option
@as_of
@redact
@output
@click.pass_obj
def command(context: Context, name: str, *, form: str | None) -> None:
    """Write the page of the company NAME.

    Charts of its orders and payments, what deserves attention now, and all that is known of it,
    every sentence with its source. The ending of -o says the form: .html, .md, .txt, .xlsx or
    .json.

    \b
    Examples:
      graphkit report customer "Aurora Falls Bearings" -o aurora.html
      graphkit report customer "Aurora Falls Bearings" --format markdown
    """
    from graphkit.pipeline.charting import drawer
    from graphkit.pipeline.pages import about_company
    from graphkit.reports.charts.customer import customer_charts
    from graphkit.reports.customer import customer_page
    from graphkit.reports.customer_tables import customer_tables
    from graphkit.reports.report import Report

    chosen = form_of(form, context.output)
    with context.open_store() as store:
        snap = context.snapshot(store)
        about = about_company(store, snap, context.workspace().settings, name)
        charts = customer_charts(snap, about.profile.company.id, about.findings)
        report = Report(
            "report-customer",
            about.profile.company.name,
            snap.as_of,
            page=lambda form: customer_page(
                about.profile, snap.files, form, charts=charts, draw=drawer()
            ),
            tables=lambda: customer_tables(about.profile, snap.files, snap.currency),
        )
        write_report(context, report, chosen, about.warnings)
