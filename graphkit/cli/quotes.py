"""What is asked, won and lost, who asks for fewer quotes, and where we lose more of them."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

import click

from graphkit.cli.context import Context
from graphkit.cli.findings_of import show_findings
from graphkit.cli.options import as_of, redact, results
from graphkit.cli.trade_table import Row, TradeTable, percent, shown, told_of, whole
from graphkit.pipeline.questions import cautions

if TYPE_CHECKING:  # imported late below, so that --help stays quick
    from graphkit.analyses.measures.quoted import Quoted
    from graphkit.findings import Finding
    from graphkit.snapshot import Snapshot

_BY: Final = ("customer", "process", "lot", "industry", "reason", "month")
_TOLD: Final = ("customer", "process")
"""Of whom a change is a finding."""


@click.command("quotes")
@click.option("--by", type=click.Choice(_BY), help="A table of all quotes instead of what changed.")
@click.option("--all", "everything", is_flag=True, help="Every row, and each cannot-tell.")
@as_of
@redact
@results
@click.pass_obj
def command(context: Context, *, by: str | None, everything: bool) -> None:
    """Show who asks for fewer quotes or turns down more, and where we lose more than before.

    With --by, show what was asked, won and lost, and the last 12 months beside all before.

    \b
    Examples:
      graphkit quotes
      graphkit quotes --by customer
      graphkit quotes --by lot
      graphkit quotes --by reason --json
    """
    from graphkit.analyses.measures.quoted import Quoted
    from graphkit.pipeline.analyse import analyse

    if by is None:
        show_findings(context, "quotes", ["quotes"], everything=everything)
        return
    with context.open_store() as store:
        snap = context.snapshot(store)
        quoted = Quoted.of(snap)
        settings = context.workspace().settings
        found = analyse(snap, settings, ["quotes"]) if by in _TOLD else []
        table = (
            _table(snap, quoted, by, told_of(found, changed))
            if quoted
            else TradeTable(f"quotes.{by}", [], {}, "Quotes.")
        )
        warnings = [] if quoted else cautions(store, snap, ["quotes"])
        table.emit(
            context, as_of=snap.as_of, warnings=warnings, everything=everything or by == "month"
        )


def _table(snap: "Snapshot", quoted: "Quoted", by: str, told: Mapping[str, str]) -> TradeTable:
    from graphkit.analyses.quote_table import YEAR, quotes_by, quotes_by_reason

    notes = [f"Cancelled and not counted: {quoted.cancelled:,}."] if quoted.cancelled else []
    when = f"Last 12: {quoted.named(min(YEAR, quoted.months))}." if quoted.months else ""
    if by == "reason":
        return TradeTable(
            "quotes.reason",
            quotes_by_reason(snap, quoted),
            _reasons(snap.currency),
            f"Why quotes are lost. {when}",
            notes,
        )
    rows = [{**row, "told": told.get(row["id"] or "", "")} for row in quotes_by(snap, quoted, by)]
    decided = sum(row["won"] + row["lost"] for row in rows)
    won = sum(row["won"] for row in rows)
    rate = f", {won / decided:.0%} of those decided won" if decided else ""
    return TradeTable(
        f"quotes.{by}",
        rows,
        _columns(by, snap.currency),
        f"Quotes by {by}: {len(quoted.day):,} asked{rate}. {when}",
        notes,
    )


def _columns(by: str, currency: str) -> dict[str, Callable[[Row], object]]:
    columns = {
        by: shown(by),
        "asked": shown("asked"),
        "won": shown("won"),
        "lost": shown("lost"),
    }
    if by == "month":
        return {
            **columns,
            "open": shown("open"),
            "win %": percent("win_rate"),
            f"{currency} asked": whole("amount"),
            f"{currency} won": whole("amount_won"),
        }
    return {
        **columns,
        "win %": percent("win_rate"),
        "90 %": _interval,
        "last 12 %": percent("recent_win_rate"),
        "before %": percent("before_win_rate"),
        "signs": _told if by in _TOLD else _signs,
    }


def _interval(row: Row) -> str:
    if row["win_rate"] is None:
        return ""
    return f"{100 * row['win_rate_low']:.0f}-{100 * row['win_rate_high']:.0f}"


def changed(one: "Finding") -> list[str]:
    """What changed of a customer or process, as `graphkit quotes` found it.

    Args:
        one: A finding of kind quoting.
    """
    words = {"loses_more": "loses more", "asks_less": "asked less"}
    return [said for name, said in words.items() if one.details.get(name)]


def _told(row: Row) -> str:
    return ", ".join(one for one in (row["note"], row["told"]) if one)


def _signs(row: Row) -> str:
    """What stands out, at q <= .10 plainly and at p <= .05 with a question mark."""
    told = [row["note"]] if row["note"] else []
    for name, words in (("lost_more", "loses more"), ("asked_less", "asked less")):
        p, q = row[f"{name}_p"], row[f"{name}_q"]
        if p is not None and min(p / 0.05, q / 0.10) <= 1:
            told.append(words if q <= 0.10 else f"{words}?")  # noqa: PLR2004 - as of findings
    return ", ".join(told)


def _reasons(currency: str) -> dict[str, Callable[[Row], object]]:
    return {
        "reason": shown("reason"),
        "lost": shown("lost"),
        "share %": percent("share"),
        f"{currency} lost": whole("amount_lost"),
        "last 12": shown("recent_lost"),
        "last 12 %": percent("recent_share"),
        "before %": percent("before_share"),
        "more often, p": shown("more_often_p"),
        "q": shown("more_often_q"),
    }
