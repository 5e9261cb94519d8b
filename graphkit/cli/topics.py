"""Who has begun to read about which topic, and may be considering to grow in it."""

from typing import Final

import click

from graphkit.cli import completing
from graphkit.cli.context import Context
from graphkit.cli.findings_of import show_findings
from graphkit.cli.options import as_of, redact, results
from graphkit.cli.trade_table import Row, TradeTable, shown

_COLUMNS: Final = ("topic", "channel", "seen", "expected", "before", "struck_out", "why")
_OF_CONTACTS: Final = (
    "topic",
    "channel",
    "contact",
    "seen",
    "of",
    "before",
    "of_before",
    "struck_out",
    "why",
)


@click.command("topics")
@click.option("--ledger", is_flag=True, help="What was counted and struck out, by channel.")
@click.option(
    "--company",
    metavar="NAME",
    help="With --ledger: of this one, by contact.",
    shell_complete=completing.companies,
)
@click.option("--all", "everything", is_flag=True, help="Every row, and each cannot-tell.")
@as_of
@redact
@results
@click.pass_obj
def command(context: Context, *, ledger: bool, company: str | None, everything: bool) -> None:
    """Show who has begun to read and talk about a topic, and may be considering to grow in it.

    \b
    Examples:
      graphkit topics
      graphkit topics --ledger
      graphkit topics --ledger --company "Lodestar Satellites"
    """
    if ledger or company:
        _ledger(context, company, everything=everything)
    else:
        show_findings(context, "topics", ["topics"], everything=everything)


def _ledger(context: Context, company: str | None, *, everything: bool) -> None:
    from graphkit.analyses.interest.habit import MONTHS
    from graphkit.analyses.interest.table import contact_rows, ledger_rows
    from graphkit.pipeline.analyse import options_of

    months = options_of(context.workspace().settings, "topics").get("months", MONTHS)
    with context.open_store() as store:
        snap = context.snapshot(store)
        if company:
            one = snap.find_company(company)
            rows = contact_rows(snap, one, months=months)
            head = (
                f"Signs of interest of {snap.names[one]} in the recent months and before, of so"
                " many mails; what was struck out is not counted."
            )
        else:
            rows = ledger_rows(snap, months=months)
            head = (
                "Signs of interest in the recent months, most beyond habit first; what was struck"
                " out is not counted."
            )
        columns = {"company": shown("company")} if not company else {}
        columns |= {name: shown(name) for name in (_OF_CONTACTS if company else _COLUMNS)}
        if company:
            columns["contact"] = _contact
        table = TradeTable("topics.ledger", rows, columns, head)
        table.emit(context, as_of=snap.as_of, warnings=[], everything=everything)


def _contact(row: Row) -> str:
    return f"{row['contact']} (unsubscribed)" if row["unsubscribed"] else str(row["contact"])
