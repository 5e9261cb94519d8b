"""The weekly report: what is new, and five things to do."""

import datetime as dt

import click

from graphkit.cli.context import Context
from graphkit.cli.options import a_day, as_of, output, redact
from graphkit.cli.report.forms import form_of, form_option, write_report


@click.command("weekly")
@click.option(
    "--since",
    callback=a_day,
    metavar="DAY",
    help="Compare with this day; else with the last of which findings were kept, or a week before.",
)
@form_option
@as_of
@redact
@output
@click.pass_obj
def command(context: Context, *, since: dt.date | None, form: str | None) -> None:
    """Say what is new, and five things to do this week.

    What changed or is gone too. Each of the five with whom to call, who of yours calls, why, what
    is at stake and what to have at hand; then the numbers of the week, months in which capacity may
    not hold, shows to come, and what could not be told. What was told before is not told again
    every week: it stays in a line, as open. The ending of -o says the form: .html, .md, .txt, .xlsx
    or .json.

    \b
    Examples:
      graphkit report weekly
      graphkit report weekly -o monday.html
      graphkit report weekly --since 2026-05-31 -o june.xlsx
    """
    from graphkit.pipeline.weekly import report_of, this_week

    chosen = form_of(form, context.output)
    settings = context.workspace().settings
    with context.open_store() as store:
        snap = context.snapshot(store)
        found = this_week(
            store, snap, settings, lambda day: context.snapshot(store, day), since=since
        )
        write_report(context, report_of(found), chosen, found.report.notes)
