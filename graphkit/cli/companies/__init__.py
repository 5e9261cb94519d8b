"""Which spellings are one company, why, and what you decide about it."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from graphkit.cli.companies.industry import decider, industry
from graphkit.cli.context import Context
from graphkit.cli.options import results
from graphkit.cli.output import table_text
from graphkit.errors import UsageError
from graphkit.pipeline.decide import record
from graphkit.pipeline.derive import resolve_all, settle_all
from graphkit.resolve import explain, resolve
from graphkit.resolve.decisions import Ruling
from graphkit.resolve.explanation import Explanation, Link, sureness
from graphkit.resolve.lookup import account_called
from graphkit.schema import Account, Company, Decision, Is
from graphkit.store.base import GraphStore


@click.group("companies")
def command() -> None:
    """Show which spellings are one company, why, and decide otherwise.

    \b
    Examples:
      graphkit companies list
      graphkit companies why "CRANMORE MFG CO" "Cranmore Manufacturing Company"
      graphkit companies industry
    """


command.add_command(industry)


@command.command("list")
@click.option("--customers", is_flag=True, help="Only those that buy from you.")
@results
@click.pass_obj
def list_(context: Context, *, customers: bool) -> None:
    """List the companies with every spelling of their names.

    \b
    Examples:
      graphkit companies list --customers
      graphkit companies list --json -o companies.json
    """
    with context.open_store() as store:
        rows = store.read(Company)
    if customers:
        rows = rows[rows["is_customer"].astype(bool)]
    rows = rows.sort_values(["name", "id"])
    shown = [
        {
            "id": row["id"],
            "name": row["name"],
            "aliases": [str(one) for one in row["aliases"]],
            "is_customer": bool(row["is_customer"]),
            "industry": row["industry"] if isinstance(row["industry"], str) else None,
        }
        for row in rows.to_dict("records")
    ]
    context.emit("companies", shown, text=_table(shown))


def _table(companies: Sequence[Mapping[str, Any]]) -> str:
    """The companies as a table for people: other spellings only, and words for yes and no."""
    rows = [
        {
            "id": one["id"],
            "name": one["name"],
            "also written": "; ".join(name for name in one["aliases"] if name != one["name"]),
            "customer": "yes" if one["is_customer"] else "no",
            "industry": one["industry"] or "",
        }
        for one in companies
    ]
    return table_text(rows, title=f"{len(rows):,} companies")


@command.command("review")
@results
@click.pass_obj
def review(context: Context) -> None:
    """List pairs that may be one company, the likeliest first.

    Decide each with graphkit companies merge or never.

    \b
    Examples:
      graphkit companies review
    """
    with context.open_store() as store:
        found = resolve(
            store.read(Account),
            previous=store.read(Is),
            decisions=store.read(Decision),
            customers=(),
        )
    rows = [
        {str(name): value for name, value in row.items()} for row in found.review.to_dict("records")
    ]
    columns = ("first_name", "second_name", "score", "reason")
    context.emit("review", rows, columns=columns, title=f"{len(rows):,} pairs to look at")
    if rows:
        pair = f'"{rows[0]["first"]}" "{rows[0]["second"]}"'
        context.say(
            f"Next: graphkit companies why {pair} says what speaks for and against one pair;\n"
            "the same with merge (they are one) or never (they are two) in place of why decides it."
        )


@command.command("why")
@click.argument("a")
@click.argument("b")
@results
@click.pass_obj
def why(context: Context, a: str, b: str) -> None:
    """Explain why A and B are, or are not, one company.

    A and B are names, domains or ids.

    \b
    Examples:
      graphkit companies why "CRANMORE MFG CO" "Cranmore Manufacturing Company"
      graphkit companies why wintersetdynamics-inc.com "WINTERSET DYN LTD"
    """
    with context.open_store() as store:
        first, second = _two_accounts(store, a, b)
        found = explain(store.read(Account), store.read(Is), store.read(Decision), first, second)
    context.emit("why", [_row(found)], text=_told(found))


@command.command("merge")
@click.argument("a")
@click.argument("b")
@results
@click.pass_obj
def merge(context: Context, a: str, b: str) -> None:
    """Decide that A and B are one company, now and after every load.

    \b
    Examples:
      graphkit companies merge "CRANMORE DYN LTD" "Cranmore Dynamics Ltd."
    """
    _decide(context, "merge", a, b)


@command.command("split")
@click.argument("a")
@click.argument("b")
@results
@click.pass_obj
def split(context: Context, a: str, b: str) -> None:
    """Take A and B apart, now and after every load.

    \b
    Examples:
      graphkit companies split "CRANMORE MFG CO" "Cranmore Manufacturing Company"
    """
    _decide(context, "split", a, b)


@command.command("never")
@click.argument("a")
@click.argument("b")
@results
@click.pass_obj
def never(context: Context, a: str, b: str) -> None:
    """Decide that A and B are two companies, now and for good.

    Whatever exports may still bring, they are never joined.

    \b
    Examples:
      graphkit companies never "Winterset Dynamics" "Winterset Thermal Co"
    """
    _decide(context, "never", a, b)


def _two_accounts(store: GraphStore, a: str, b: str) -> tuple[str, str]:
    accounts, joined, companies = store.read(Account), store.read(Is), store.read(Company)
    first, second = (account_called(one, accounts, joined, companies) for one in (a, b))
    if first == second:
        raise UsageError(f"'{a}' and '{b}' are the same account, {first}.")
    return first, second


def _decide(context: Context, kind: str, a: str, b: str) -> None:
    """Record a decision about two accounts, and resolve anew."""
    precedence = context.workspace().settings.precedence
    with context.open_store(read_only=False) as store, store.next_run(kind) as run:
        first, second = _two_accounts(store, a, b)
        with store.transaction():
            record(store, kind, first, second, who=decider(), run=run)
        resolve_all(store, run=run)
        settle_all(store, precedence=precedence, run=run)
        found = explain(store.read(Account), store.read(Is), store.read(Decision), first, second)
    context.emit("why", [_row(found)], text=found.verdict)


def _row(found: Explanation) -> dict[str, Any]:
    decision = found.decision
    return {
        "together": found.together,
        "verdict": found.verdict,
        **_step(found.pair),
        "merge_at": found.merge_at,
        "review_at": found.review_at,
        "decision": decision and _said(decision),
        "chain": [_step(one) for one in found.chain],
    }


def _step(link: Link) -> dict[str, Any]:
    return {
        "first": link.first,
        "second": link.second,
        "first_name": link.first_name,
        "second_name": link.second_name,
        "score": link.score,
        "log_odds": link.log_odds,
        "decision": link.decision and _said(link.decision),
        "signals": [
            {"signal": one.name, "weight": one.weight, "said": one.said} for one in link.signals
        ],
    }


def _said(decision: Ruling) -> str:
    return f"{decision.kind} by {decision.who} at {decision.at}"


def _told(found: Explanation) -> str:
    lines = [found.verdict, "", "Points for (+) and against (-) one company:", *_lines(found.pair)]
    all_the_same = found.together and found.pair.score < found.merge_at
    lines.append(
        f"  joined from {found.merge_at:.0%}, for a person to look at from {found.review_at:.0%}"
        + "\n  this one below that, for the reason given first" * all_the_same
    )
    if len(found.chain) > 1:
        lines += ["", "The surest way from one to the other:"]
        for one in found.chain:
            lines += _lines(one)
    return "\n".join(lines) + "\n"


def _lines(link: Link) -> list[str]:
    head = f"{link.first_name} ({link.first}) and {link.second_name} ({link.second})"
    lines = [head]
    if link.decision is not None:
        lines.append(
            f"  decided: {link.decision.kind} by {link.decision.who} on {link.decision.at[:10]}"
        )
    lines += [f"  {one.weight:+5.1f}  {one.name}: {one.said}" for one in link.signals]
    if not link.signals:
        lines.append("   nothing that both say, for or against")
    return [*lines, f"  {link.log_odds:+5.1f}  in all, that is {sureness(link.score)}"]
