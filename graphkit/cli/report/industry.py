"""The report on industries, or on one."""

import click

from graphkit.cli import completing
from graphkit.cli.context import Context
from graphkit.cli.options import as_of, output, redact
from graphkit.cli.report.forms import form_of, form_option, write_report


@click.command("industry")
@click.argument("name", required=False, default="", shell_complete=completing.industries)
@form_option
@as_of
@redact
@output
@click.pass_obj
def command(context: Context, name: str, *, form: str | None) -> None:
    """Show industries side by side, or the customers of one.

    Orders and payments, what was found, on whom revenue hangs; of the industry NAME, whether who is
    in trouble is so alone or with the market. The ending of -o says the form: .html, .md, .txt,
    .xlsx or .json.

    \b
    Examples:
      graphkit report industry -o industries.html
      graphkit report industry "Packaging Machinery"
    """
    from graphkit.pipeline.analyse import analyse
    from graphkit.pipeline.charting import drawer
    from graphkit.pipeline.questions import cautions, unanswerable
    from graphkit.reports.contents_tables import contents_tables
    from graphkit.reports.industry import industry_contents, industry_report
    from graphkit.reports.report import Report

    chosen = form_of(form, context.output)
    asked = ["payments", "slowdown"]
    with context.open_store() as store:
        snap = context.snapshot(store)
        found = analyse(snap, context.workspace().settings, asked)
        answers = ("graphkit payments --by industry", "slowing-industries")
        lacking = [line for one in answers for line in unanswerable(store, one)]
        missing = list(dict.fromkeys([*cautions(store, snap, asked), *lacking]))
        report = Report(
            "report-industry",
            name or "Industries",
            snap.as_of,
            page=lambda form: industry_report(
                snap, found, form, name=name, missing=missing, draw=drawer()
            ),
            tables=lambda: contents_tables(
                industry_contents(snap, found, name=name, missing=missing),
                snap.files,
                snap.currency,
            ),
        )
        write_report(context, report, chosen, missing)
