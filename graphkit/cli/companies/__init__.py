"""Which spellings are one company, why, and what you decide about it."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from graphkit.cli import completing
from graphkit.cli.companies.industry import industry
from graphkit.cli.context import Context
from graphkit.cli.options import results


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
    from graphkit.schema import Company

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
    context.emit("companies", shown, text=_table(context, shown))


def _table(context: Context, companies: Sequence[Mapping[str, Any]]) -> str:
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
    return context.table_text(rows, title=f"{len(rows):,} companies")


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
    from graphkit.resolve import resolve
    from graphkit.schema import Account, Decision, Is

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
@click.argument("a", shell_complete=completing.companies)
@click.argument("b", shell_complete=completing.companies)
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
    from graphkit.cli.companies.deciding import explain_both

    explain_both(context, a, b)


@command.command("merge")
@click.argument("a", shell_complete=completing.companies)
@click.argument("b", shell_complete=completing.companies)
@results
@click.pass_obj
def merge(context: Context, a: str, b: str) -> None:
    """Decide that A and B are one company, now and after every load.

    \b
    Examples:
      graphkit companies merge "CRANMORE DYN LTD" "Cranmore Dynamics Ltd."
    """
    from graphkit.cli.companies.deciding import decide

    decide(context, "merge", a, b)


@command.command("split")
@click.argument("a", shell_complete=completing.companies)
@click.argument("b", shell_complete=completing.companies)
@results
@click.pass_obj
def split(context: Context, a: str, b: str) -> None:
    """Take A and B apart, now and after every load.

    \b
    Examples:
      graphkit companies split "CRANMORE MFG CO" "Cranmore Manufacturing Company"
    """
    from graphkit.cli.companies.deciding import decide

    decide(context, "split", a, b)


@command.command("never")
@click.argument("a", shell_complete=completing.companies)
@click.argument("b", shell_complete=completing.companies)
@results
@click.pass_obj
def never(context: Context, a: str, b: str) -> None:
    """Decide that A and B are two companies, now and for good.

    Whatever exports may still bring, they are never joined.

    \b
    Examples:
      graphkit companies never "Winterset Dynamics" "Winterset Thermal Co"
    """
    from graphkit.cli.companies.deciding import decide

    decide(context, "never", a, b)
