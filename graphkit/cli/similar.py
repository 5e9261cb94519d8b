"""Customers, or companies that do not buy yet, that look like a given one, and why."""

import textwrap
from typing import TYPE_CHECKING, Any

import click

from graphkit.cli import completing
from graphkit.cli.context import Context
from graphkit.cli.options import as_of, redact, results

if TYPE_CHECKING:
    from graphkit.analyses.similar import Alike, Similar
    from graphkit.snapshot import Snapshot

_WIDTH = 80


@click.command("similar")
@click.argument("name", shell_complete=completing.companies)
@click.option("-k", "count", default=10, show_default=True, help="How many.")
@click.option(
    "--prospects", is_flag=True, help="Companies that do not buy from you, instead of customers."
)
@as_of
@redact
@results
@click.pass_obj
def command(context: Context, name: str, *, count: int, prospects: bool) -> None:
    """Show who looks like the company NAME, and what they share.

    From all that clusters are made of: what they order, where they go, whom they supply, what they
    read. Each with how many pairs of companies are as alike.

    \b
    Examples:
      graphkit similar "Aurora Falls Bearings"
      graphkit similar "Aurora Falls Bearings" --prospects -k 5
    """
    from graphkit.analyses.similar import similar
    from graphkit.pipeline.questions import cautions

    with context.open_store() as store:
        snap = context.snapshot(store)
        company = snap.find_company(name)
        found = similar(snap, company, count=count, prospects=prospects)
        warnings = cautions(store, snap, ["clusters"])
        rows = [_row(snap, rank, one) for rank, one in enumerate(found.alike, start=1)]
        text = f"As of {snap.as_of}\n\n{_told(snap, found, prospects=prospects)}"
    context.emit("similar", rows, as_of=snap.as_of, warnings=warnings, text=text)


def _row(snap: "Snapshot", rank: int, one: "Alike") -> dict[str, Any]:
    from graphkit.reports.rows import rows_by_file

    return {
        "rank": rank,
        "id": one.company,
        "name": snap.names[one.company],
        "score": one.score,
        "pairs_as_alike": one.as_alike,
        "shared": [
            {
                "type": shared.type,
                "name": shared.name,
                "carries": shared.carries,
                "specificity": shared.specificity,
                "having": shared.having,
                "known": shared.known,
                "rows": rows_by_file(shared.sources, snap.files),
            }
            for shared in one.shared
        ],
    }


def _told(snap: "Snapshot", found: "Similar", *, prospects: bool) -> str:
    from graphkit.analyses.similar import how_unusual, nobody_alike

    if not found.alike:
        return nobody_alike(found) + "\n"
    what = "companies that do not buy from you" if prospects else "customers"
    head = (
        f"Like {snap.names[found.company]}, of {found.compared:,} {what} of whom enough is known."
        f" By chance alone the first would be so alike: {how_unusual(1 / found.compared)}."
    )
    blocks = [textwrap.fill(head, _WIDTH, break_on_hyphens=False)]
    for rank, one in enumerate(found.alike, start=1):
        number = f"{rank}. "
        lines = [f"{number}{snap.names[one.company]} (as alike: {how_unusual(one.as_alike)})"]
        lines += [
            f"{' ' * len(number)}{shared.carries:4.0%}  both {shared.told}"
            for shared in one.shared[:_SHOWN]
        ]
        blocks.append("\n".join(lines))
    blocks.append(
        "The percentage is the part of all that speaks for it; the rest is what neither has."
    )
    return "\n\n".join(blocks) + "\n"


_SHOWN = 5
"""Shared things that are shown of each; --json has all."""
