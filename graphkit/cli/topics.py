"""Who has begun to read about which topic, and may be considering to grow in it."""

import click

from graphkit.cli.context import Context
from graphkit.cli.findings_of import show_findings
from graphkit.cli.options import as_of, redact, results


@click.command("topics")
@click.option(
    "--ledger", is_flag=True, help="What was counted and struck out, by company and channel."
)
@click.option("--all", "everything", is_flag=True, help="Also each cannot-tell.")
@as_of
@redact
@results
@click.pass_obj
def command(context: Context, *, ledger: bool, everything: bool) -> None:
    """Show who has begun to read and talk about a topic, and may be considering to grow in it.

    \b
    Examples:
      graphkit topics
      graphkit topics --ledger --csv
    """
    if not ledger:
        show_findings(context, "topics", ["topics"], everything=everything)
        return
    from graphkit.analyses.interest.table import ledger_rows

    months = context.workspace().settings.options.get("topics", {}).get("months", 5)
    with context.open_store() as store:
        snap = context.snapshot(store)
        rows = ledger_rows(snap, months=months)
    context.emit("topics-ledger", rows, as_of=snap.as_of, title="Signs of interest, recent months")
