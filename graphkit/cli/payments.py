"""Who and which markets pay late, who has begun to, and what is open and overdue."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import click

from graphkit.cli.context import Context
from graphkit.cli.findings_of import show_findings
from graphkit.cli.options import as_of, redact, results
from graphkit.cli.trade_table import Row, TradeTable, percent, shown, told_of, whole
from graphkit.pipeline.questions import cautions

if TYPE_CHECKING:  # imported late below, so that --help stays quick
    from graphkit.analyses.payment_table import Billed
    from graphkit.findings import Finding

_BY: Final = ("customer", "industry", "shop")


@click.command("payments")
@click.option("--by", type=click.Choice(_BY), help="A table of what is owed, instead of findings.")
@click.option("--all", "everything", is_flag=True, help="Every row, and each cannot-tell.")
@as_of
@redact
@results
@click.pass_obj
def command(context: Context, *, by: str | None, everything: bool) -> None:
    """Show who pays late, how late and since when, and who pays later than before.

    With --by, show what is open and overdue, and how late invoices were paid in the last 12 months
    beside the 12 before.

    \b
    Examples:
      graphkit payments
      graphkit payments --by customer
      graphkit payments --by industry --json
      graphkit payments --as-of 2026-03-31 --json
    """
    from graphkit.analyses.measures.lateness import GRACE
    from graphkit.analyses.payment_table import Billed
    from graphkit.pipeline.analyse import analyse, options_of

    if by is None:
        show_findings(context, "payments", ["payments"], everything=everything)
        return
    settings = context.workspace().settings
    with context.open_store() as store:
        snap = context.snapshot(store)
        warnings = cautions(store, snap, ["payments"])
        grace = float(options_of(settings, "payments").get("grace", GRACE))
        table = _table(Billed.of(snap), by, grace, analyse(snap, settings, ["payments"]))
        table.emit(context, as_of=snap.as_of, warnings=warnings, everything=everything)


def _table(billed: "Billed", by: str, grace: float, findings: "Sequence[Finding]") -> TradeTable:
    from graphkit.analyses.payment_table import payments_by

    shop = payments_by(billed, "shop", grace=grace)
    rows = shop if by == "shop" else payments_by(billed, by, grace=grace)
    told = told_of(findings, lambda one: [one.kind])
    rows = [{**row, "told": told.get(row["id"] or "", "")} for row in rows]
    return TradeTable(
        f"payments.{by}",
        rows,
        _columns(by, billed.snap.currency),
        f"What is owed and how late it is paid, most overdue first. Late is more than {grace:.0f}"
        " days after the due date; days late are those of the invoice in the middle of the last 12"
        " months, with its 90 % interval, open invoices counted as later. What `graphkit payments`"
        " finds stands last (who began to pay late of late need not show in a year); ? is a watch.",
        [] if by == "shop" else [_in_all(shop[0])] if shop else [],
        {"shop": shop[0] if shop else None},
    )


def _columns(by: str, currency: str) -> dict[str, Callable[[Row], object]]:
    return {
        by: shown(by),
        **({} if by == "customer" else {f"{currency} billed": whole("billed")}),
        f"{currency} open": whole("open_balance"),
        "overdue": whole("overdue"),
        **({"oldest": shown("oldest_overdue_days")} if by == "customer" else {}),
        "late %": percent("share_late"),
        "days late": _days,
        "later by": whole("days_later"),
        **({} if by == "shop" else {"told": shown("told")}),
    }


def _days(row: Row) -> str:
    if row["median_days_late"] is None:
        return str(row["note"])
    low, high = row["median_low"], row["median_high"]
    known = f"{low:.0f} to {high:.0f}" if None not in {low, high} else "not bounded"
    return f"{row['median_days_late']:.0f} ({known})"


def _in_all(shop: Row) -> str:
    """The whole company in a sentence."""
    told = (
        f"The whole shop: {shop['invoices']:,} invoices, {shop['billed']:,.0f} {shop['currency']}"
        f" billed in the last 12 months, {shop['open_balance']:,.0f} open,"
        f" {shop['overdue']:,.0f} overdue"
    )
    if shop["median_days_late"] is None:
        return f"{told}."
    then = shop["before_median_days_late"]
    before = f", {then:.0f} the year before" if then is not None else ""
    return f"{told}; half are paid {shop['median_days_late']:.0f} days late or more{before}."
