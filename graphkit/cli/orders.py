"""What, when and how much is ordered, and what changed: by customer, process, part or month."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import click

from graphkit.cli import completing
from graphkit.cli.context import Context
from graphkit.cli.options import as_of, redact, results
from graphkit.cli.trade_table import Row, TradeTable, percent, shown, whole

if TYPE_CHECKING:  # imported late below, so that --help stays quick
    from graphkit.analyses.measures.periods import Periods
    from graphkit.analyses.orders import Ordered
    from graphkit.snapshot import Snapshot

_BY: Final = ("customer", "industry", "process", "material", "finish", "part", "month")
_ROOM: Final = 110
"""Columns of a terminal on which there is room for the months."""
_MONTHS: Final = 24
_NAMED: Final = 3  # giant orders that a table names


@click.command("orders")
@click.option("--by", type=click.Choice(_BY), default="customer", show_default=True)
@click.option(
    "--customer",
    metavar="NAME",
    default="",
    help="Only of this customer.",
    shell_complete=completing.customers,
)
@click.option(
    "--since",
    metavar="DAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="What changed since this day, beside a year before.",
)
@click.option("--giants", is_flag=True, help="Single orders that make a customer's year.")
@click.option("--all", "everything", is_flag=True, help="Every row, however many there are.")
@as_of
@redact
@results
@click.pass_obj
def command(
    context: Context,
    *,
    by: str,
    customer: str,
    since: dt.datetime | None,
    giants: bool,
    everything: bool,
) -> None:
    """Show what was ordered, when and how much, and the last 12 months beside the 12 before.

    A table shows the largest; --json and --csv have every row and more columns: machine hours,
    shares, cancelled orders, both periods.

    \b
    Examples:
      graphkit orders
      graphkit orders --by process --json
      graphkit orders --by part --customer "Cranmore Manufacturing Company"
      graphkit orders --by month
      graphkit orders --since 2025-07-01
      graphkit orders --giants
    """
    from graphkit.analyses.orders import Ordered, compared, month_by_month
    from graphkit.pipeline.questions import unfinished_month

    with context.open_store() as store:
        snap = context.snapshot(store)
        periods = compared(snap, since.date() if since else None)
        company = snap.find_company(customer) if customer else ""
        ordered = Ordered.of(snap, company)
        if giants:
            table = _giants(snap, ordered)
        elif by == "month":
            table = _months(snap, ordered, periods, company, since=since is not None)
        else:
            table = _breakdown(snap, ordered, by, periods, since=since is not None)
            if context.on_screen and context.on_screen >= _ROOM:
                table = _with_months(table, month_by_month(snap, ordered, by, _MONTHS))
        warnings = [*filter(None, [unfinished_month(snap), *_left_out(ordered, snap.currency)])]
        months = by == "month"  # few, and the last ones matter most
        table.emit(context, as_of=snap.as_of, warnings=warnings, everything=everything or months)


def _left_out(ordered: "Ordered", currency: str) -> list[str]:
    """What is in no sum."""
    told = []
    if ordered.nobodys:
        told.append(f"Orders that name no customer are left out: {ordered.nobodys:,}.")
    if ordered.elsewhere:
        told.append(f"Order lines in another currency than {currency}: {ordered.elsewhere:,}.")
    return told


def _giants(snap: "Snapshot", ordered: "Ordered") -> TradeTable:
    from graphkit.analyses.giant_orders import giant_orders

    return TradeTable(
        "orders.giants",
        giant_orders(snap, ordered),
        {
            "customer": shown("customer"),
            "order": shown("order"),
            "ordered on": shown("ordered_on"),
            snap.currency: whole("amount"),
            "times its usual": shown("times_usual"),
            "share of its year %": percent("share_of_year"),
        },
        "Single orders at least 5 times a customer's usual one, far outside what it orders"
        " otherwise, and a quarter or more of its year; years are counted back from that day.",
    )


def _months(
    snap: "Snapshot", ordered: "Ordered", periods: "Periods", company: str, *, since: bool
) -> TradeTable:
    from graphkit.analyses.order_months import orders_by_month, season_of

    season = season_of(snap, company)
    rows = orders_by_month(snap, ordered, periods, season, since=since)
    partial = [row["month"] for row in rows if not row["whole"]]
    notes = [season.told]
    if partial:
        notes.append(f"Not whole, so compared with nothing: {', '.join(partial)}.")
    return TradeTable(
        "orders.month",
        rows,
        {
            "month": shown("month"),
            "orders": shown("orders"),
            "lines": shown("lines"),
            "mean lot": whole("mean_lot"),
            snap.currency: whole("amount"),
            "machine hours": whole("hours"),
            "against a year before %": percent(
                "amount_change" if _priced(rows) else "orders_change"
            ),
            "season": shown("season"),
        },
        "Orders by month.",
        notes,
    )


def _breakdown(
    snap: "Snapshot", ordered: "Ordered", by: str, periods: "Periods", *, since: bool
) -> TradeTable:
    from graphkit.analyses.giant_orders import giant_orders
    from graphkit.analyses.orders import by_change, orders_by

    rows = orders_by(snap, ordered, by, periods)
    if since:
        rows = by_change(rows)
    money, unit = ("amount", snap.currency) if _priced(rows) else ("orders", "orders")
    columns = _changes(by, money, unit) if since else _totals(by, money, unit)
    notes = _giant_notes(giant_orders(snap, ordered)) if by == "customer" else []
    gone = sum(row["cancelled_orders"] for row in rows)
    if gone and by in {"customer", "industry"}:
        notes.append(f"Cancelled and not counted: {gone:,} orders.")
    compared = "Recent months" if since else "Last 12"
    return TradeTable(
        f"orders.{by}",
        rows,
        columns,
        f"Orders by {by}, {'largest change' if since else 'most money'} first."
        f" {compared}: {periods.named}.",
        notes,
        periods.spans,
    )


def _with_months(table: TradeTable, counts: Mapping[str, Sequence[int]]) -> TradeTable:
    """The table with a line of blocks for the last months."""
    from graphkit.reports.sparkline import sparkline

    def drawn(row: Row) -> str:
        return sparkline(counts.get(str(row["id"]), ()))

    columns = {**table.columns, f"last {_MONTHS} months": drawn}
    return dataclasses.replace(table, columns=columns)


def _totals(by: str, money: str, unit: str) -> dict[str, Callable[[Row], object]]:
    """The columns of a table that shows how much there is of each."""
    hours = by == "process"
    what = "hours" if hours else money
    return {
        by: shown(by),
        "orders": shown("orders"),
        "mean lot": whole("mean_lot"),
        **({f"{unit} in all": whole(money)} if money != "orders" else {}),
        **({"machine hours": whole("hours")} if hours else {}),
        f"{'hours' if hours else unit} last 12": whole(f"recent_{what}"),
        "change %": percent(f"{what}_change"),
        **({} if hours else {"last order": shown("last_order")}),
    }


def _changes(by: str, money: str, unit: str) -> dict[str, Callable[[Row], object]]:
    """The columns of a table that shows what changed."""
    return {
        by: shown(by),
        "orders": shown("recent_orders"),
        "orders before": shown("before_orders"),
        unit: whole(f"recent_{money}"),
        f"{unit} before": whole(f"before_{money}"),
        "difference": lambda row: round(
            (row[f"recent_{money}"] or 0) - (row[f"before_{money}"] or 0)
        ),
        "change %": percent(f"{money}_change"),
    }


def _priced(rows: Sequence[Row]) -> bool:
    return any(row["amount"] for row in rows)


def _giant_notes(giants: Sequence[Row]) -> list[str]:
    """What to know of a year before one compares it."""
    lately = [one for one in giants if one["years_ago"] <= 1]
    told = [
        f"One order of {one['ordered_on']} is {one['share_of_year']:.0%} of"
        f" {one['customer']}'s year, {one['times_usual']:.0f} times its usual."
        for one in lately[:_NAMED]
    ]
    if len(lately) > _NAMED:
        told.append(f"{len(lately) - _NAMED} more such orders: graphkit orders --giants")
    return told
