"""The report on industries, or on one."""

import click

from graphkit.cli.context import Context
from graphkit.cli.options import as_of, output, redact
from graphkit.cli.report.forms import form_of, form_option


@click.command("industry")
@click.argument("name", required=False, default="")
@form_option
@as_of
@redact
@output
@click.pass_obj
def command(context: Context, name: str, *, form: str | None) -> None:
    """Show industries side by side, or the customers of one.

    Orders and payments, what was found, on whom revenue hangs; of the industry NAME, whether who is
    in trouble is so alone or with the market. The ending of -o says the form: .html, .md or .txt.

    \b
    Examples:
      graphkit report industry -o industries.html
      graphkit report industry "Packaging Machinery"
    """
    from graphkit.pipeline.analyse import analyse
    from graphkit.pipeline.charting import drawer
    from graphkit.pipeline.questions import cautions, unanswerable
    from graphkit.reports.industry import industry_report

    chosen = form_of(form, context.output)
    asked = ["payments", "slowdown"]
    with context.open_store() as store:
        snap = context.snapshot(store)
        found = analyse(snap, context.workspace().settings, asked)
        answers = ("graphkit payments --by industry", "slowing-industries")
        lacking = [line for one in answers for line in unanswerable(store, one)]
        missing = list(dict.fromkeys([*cautions(store, snap, asked), *lacking]))
        text = industry_report(snap, found, chosen, name=name, missing=missing, draw=drawer())
    with context.out() as stream:
        stream.write(text)
    for line in missing:
        context.say(line)
