"""What each trade show brought, and whom to meet at the next one."""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from graphkit.cli.context import Context
from graphkit.cli.options import as_of, redact, results

if TYPE_CHECKING:  # imported late below, so that --help stays quick
    from graphkit.analyses.next_shows import Meeting
    from graphkit.analyses.shows import Brought, Each
    from graphkit.findings import Ref
    from graphkit.snapshot import Snapshot

_WIDTH = 80
_MEETINGS = ("show", "company", "goes", "been", "contacts", "call", "ordered", "open_quoted")
_UNDATED = (
    "No export says when a show was: its day is the middle of those on which somebody was said to"
    " be there."
)


@click.command("shows")
@click.option("--meet", is_flag=True, help="Whom to meet at the next edition of each show instead.")
@click.option(
    "-k", "count", default=10, show_default=True, help="With --meet, how many of each show."
)
@as_of
@redact
@results
@click.pass_obj
def command(context: Context, *, meet: bool, count: int) -> None:
    """Show what each trade show brought: who was there, and what they quoted and ordered after it.

    Customers there are set beside customers like them who are not known to have been there; that
    goes with the show and need not come of it.

    \b
    Examples:
      graphkit shows
      graphkit shows --meet -k 5
    """
    with context.open_store() as store:
        snap = context.snapshot(store)
        if meet:
            _meet(context, snap, count)
        else:
            _brought(context, snap)


def _brought(context: Context, snap: "Snapshot") -> None:
    from graphkit.analyses.shows import what_shows_brought

    found = what_shows_brought(snap)
    text = "\n\n".join([f"As of {snap.as_of}", *(_block(one, snap) for one in found)])
    if not found:
        text += "\n\nNobody was said to be at a trade show: sales notes and posts tell it."
    context.emit(
        "shows",
        [_row(one, snap) for one in found],
        as_of=snap.as_of,
        text=text,
        warnings=[_UNDATED] if found else [],
    )


def _block(one: "Brought", snap: "Snapshot") -> str:
    """A show as lines of text."""
    from graphkit.analyses.wording import counted, money

    who = f"{counted(len(one.customers), 'customer')}, {counted(len(one.prospects), 'prospect')}"
    names = ", ".join(_with_company(ref, snap) for ref in one.contacts) or "nobody"
    asked = f"{counted(one.quotes, 'quote')} ({money(one.quoted, snap.currency)})"
    placed = f"{counted(one.orders, 'order')} ({money(one.ordered, snap.currency)})"
    lines = [
        f"There: {who}; named: {names}.",
        f"In the {counted(one.days, 'day')} after it they asked for {asked} and placed {placed}.",
        f"{one.told[0].upper()}{one.told[1:]}.",
    ]
    wrapped = [
        textwrap.fill(line, _WIDTH, initial_indent="  ", subsequent_indent="    ") for line in lines
    ]
    return "\n".join([f"{one.edition.show.name}, about {one.edition.held:%B %Y}", *wrapped])


def _with_company(person: "Ref", snap: "Snapshot") -> str:
    """A person, with the company where that is known."""
    company = snap.names.get(snap.employers.get(person.id, ""))
    return f"{person.name} ({company})" if company else person.name


def _row(one: "Brought", snap: "Snapshot") -> dict[str, Any]:
    from graphkit.reports.rows import rows_by_file

    compared = one.compared
    return {
        "show": one.edition.show.name,
        "series": one.edition.series,
        "year": one.edition.year,
        "held": one.edition.held,
        "customers": [ref.name for ref in one.customers],
        "prospects": [ref.name for ref in one.prospects],
        "contacts": [ref.name for ref in one.contacts],
        "days_after": one.days,
        "quotes": one.quotes,
        "quoted": _units(one.quoted),
        "orders": one.orders,
        "ordered": _units(one.ordered),
        "there": _each(compared.there) if compared else None,
        "matched": _each(compared.matched) if compared else None,
        "difference": _units(compared.more.value) if compared else None,
        "low": _units(compared.more.low) if compared else None,
        "high": _units(compared.more.high) if compared else None,
        "p": compared.p if compared else None,
        "q": compared.q if compared else None,
        "told": one.told,
        "rows": rows_by_file(one.edition.sources, snap.files),
    }


def _each(side: "Each") -> dict[str, float]:
    """What one side did, for each of its customers."""
    return {
        "customers": side.customers,
        "quotes": round(side.quotes, 2),
        "quoted": _units(side.quoted),
        "orders": round(side.orders, 2),
        "ordered": _units(side.ordered),
        "ordered_before": _units(side.before),
    }


def _meet(context: Context, snap: "Snapshot", count: int) -> None:
    from graphkit.analyses.next_shows import whom_to_meet

    rows = _meetings(whom_to_meet(snap, count=count), snap)
    title = f"As of {snap.as_of}, in {snap.currency}: whom to meet at the next edition of each show"
    context.emit("meetings", rows, columns=_MEETINGS, title=title, as_of=snap.as_of)


def _meetings(found: "Sequence[Meeting]", snap: "Snapshot") -> list[dict[str, Any]]:
    from graphkit.reports.rows import rows_by_file

    return [
        {
            "show": one.edition or f"{one.series}, next",
            "series": one.series,
            "company": one.company.name,
            "id": one.company.id,
            "customer": one.customer,
            "goes": one.goes,
            "been": list(one.been),
            "contacts": list(one.contacts),
            "call": one.call,
            "ordered": _units(one.ordered),
            "open_quotes": one.open_quotes,
            "open_quoted": _units(one.open_quoted),
            "rows": rows_by_file(one.sources, snap.files),
        }
        for one in found
    ]


def _units(amount: float) -> int:
    from graphkit.declaration import MONEY_UNIT

    return round(amount / MONEY_UNIT)
