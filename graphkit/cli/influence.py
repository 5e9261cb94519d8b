"""Whom to win first: through which few customers interest would reach most others."""

import textwrap

import click

from graphkit.cli.context import Context
from graphkit.cli.options import as_of, in_database_above, redact, results

_WIDTH = 80
_ASSUMED = (
    "How likely a tie carries is assumed by its kind and age, not measured: nothing here was seen"
    " to spread."
)


@click.command("influence")
@click.option("-k", "count", default=5, show_default=True, help="How many customers.")
@click.option("--half-life", default=365.0, show_default=True, help="Days until a tie counts half.")
@in_database_above
@as_of
@redact
@results
@click.pass_obj
def command(context: Context, *, count: int, half_life: float) -> None:
    """Show whom to win first for something new: who would carry interest to most other customers.

    Beside it stands how many would be reached from as many customers with most ties: where these
    do as well, it says so.

    \b
    Examples:
      graphkit influence
      graphkit influence -k 3 --json
    """
    from graphkit.analyses.influence import whom_to_win_first

    with context.open_store() as store:
        snap = context.snapshot(store)
        found = whom_to_win_first(snap, count=count, half_life=half_life)
    rows = [
        {
            "rank": rank,
            "company": one.company.name,
            "id": one.company.id,
            "ties": one.ties,
            "alone": round(one.alone.value, 2),
            "together": round(one.together.value, 2),
            "low": round(one.together.low, 2),
            "high": round(one.together.high, 2),
        }
        for rank, one in enumerate(found.first, start=1)
    ]
    lines = [
        f"{row['rank']}. {row['company']} could reach about {row['alone']:.0f} customers, with"
        f" those before {row['together']:.0f} ({row['ties']} ties)"
        for row in rows
    ]
    text = "\n".join([f"As of {snap.as_of}", "", *lines, "", textwrap.fill(found.told, _WIDTH)])
    context.emit(
        "influence",
        rows,
        as_of=snap.as_of,
        text=text,
        warnings=[_ASSUMED],
        more={
            "told": found.told,
            "engine": found.engine or "graphkit",
            "customers": found.customers,
            "by_ties": round(found.by_ties.value, 2),
            "by_pagerank": round(found.by_pagerank.value, 2),
            "gained": [round(one, 2) for one in (found.gained.low, found.gained.high)],
        },
    )
