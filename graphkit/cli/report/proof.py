"""The report on how good the alerts have been."""

import click

from graphkit.cli.backtest import permutations, replayed_with
from graphkit.cli.context import Context
from graphkit.cli.options import as_of, output, redact
from graphkit.cli.report.forms import form_of, form_option, write_report


@click.command("proof")
@click.option("--kind", "kinds", multiple=True, help="Only this kind; may be given several times.")
@permutations
@form_option
@as_of
@redact
@output
@click.pass_obj
def command(
    context: Context, *, kinds: tuple[str, ...], permutations: int | None, form: str | None
) -> None:
    """Show how good the alerts have been on your own past.

    Each kind as `backtest KIND` tells it: how many alerts came true beside a naive rule, how early,
    and what had none, by name. Every past month is analysed again, which takes minutes; fewer
    --permutations are quicker. The ending of -o says the form: .html, .md, .txt, .xlsx or .json.

    \b
    Examples:
      graphkit report proof -o proof.html
      graphkit report proof --kind slowing-customer --kind paying-later --permutations 499
    """
    from graphkit.pipeline.backtest import backtest
    from graphkit.pipeline.judge import verdicts_in
    from graphkit.reports.backtest import called
    from graphkit.reports.proof import proof_page
    from graphkit.reports.proof_tables import proof_tables
    from graphkit.reports.report import Report

    chosen = form_of(form, context.output)
    settings = context.workspace().settings
    with context.open_store() as store:
        today = context.snapshot(store)
        found = backtest(
            today,
            lambda day: context.snapshot(store, day),
            list(dict.fromkeys(kinds)),
            settings,
            verdicts_in(store),
            permutations=permutations,
            tick=lambda month: context.say(f"Replaying {month}"),
        )
        names, notes = called(today), replayed_with(permutations)
        report = Report(
            "report-proof",
            "How good the alerts have been",
            today.as_of,
            page=lambda form: proof_page(found, names, form, as_of=today.as_of, notes=notes),
            tables=lambda: proof_tables(found, names),
        )
        write_report(context, report, chosen)
