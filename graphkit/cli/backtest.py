"""What the alerts of one kind would have been worth on the shop's own past."""

import click

from graphkit.cli import completing
from graphkit.cli.context import Context
from graphkit.cli.options import as_of, redact, results

permutations = click.option(
    "--permutations",
    type=click.IntRange(min=99),
    metavar="N",
    help="Fewer than usual are quicker, and find less.",
)
"""For commands that replay months."""


def replayed_with(permutations: int | None) -> list[str]:
    """What the reader of a replay should mind.

    Args:
        permutations: How many were asked for; None for those of the settings.
    """
    if permutations is None:
        return []
    return [f"Replayed with {permutations:,} permutations, as was asked for."]


@click.command("backtest")
@click.argument("kind", shell_complete=completing.kinds)
@permutations
@as_of
@redact
@results
@click.pass_obj
def command(context: Context, *, kind: str, permutations: int | None) -> None:
    """Replay the alerts of KIND month by month, and see which came true.

    Each month is analysed with what was known at its end, and judged by the half-year after it:
    how many alerts came true, how many events had an alert, how early; beside a naive rule such as
    "30 % down". Under five events are too few to judge. Confirmed findings count as events.

    \b
    Examples:
      graphkit backtest slowing-customer
      graphkit backtest paying-later --json
    """
    from graphkit.pipeline.backtest import backtest
    from graphkit.pipeline.judge import verdicts_in
    from graphkit.reports.backtest import about, backtest_text, called, score_rows

    settings = context.workspace().settings
    with context.open_store() as store:
        today = context.snapshot(store)
        [found] = backtest(
            today,
            lambda day: context.snapshot(store, day),
            [kind],
            settings,
            verdicts_in(store),
            permutations=permutations,
            tick=lambda month: context.say(f"Replaying {month}"),
        )
        names = called(today)
    context.emit(
        "backtest",
        score_rows(found),
        as_of=today.as_of,
        warnings=replayed_with(permutations),
        text=f"As of {today.as_of}\n\n{backtest_text(found, names)}",
        more=about(found, names),
    )
