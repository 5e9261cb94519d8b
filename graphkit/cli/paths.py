"""Who of ours could introduce us to a company, and through whom."""

import dataclasses
from typing import Any

import click

from graphkit.cli import completing
from graphkit.cli.context import Context
from graphkit.cli.options import as_of, redact, results
from graphkit.errors import UsageError


@click.command("paths")
@click.argument(
    "names", nargs=-1, required=True, metavar="[FROM] TO", shell_complete=completing.ours
)
@click.option("-k", "count", default=5, show_default=True, help="How many paths.")
@click.option("--max-hops", default=4, show_default=True, help="Most steps in a path.")
@click.option("--half-life", default=365.0, show_default=True, help="Days until a tie counts half.")
@as_of
@redact
@results
@click.pass_obj
def command(
    context: Context, names: tuple[str, ...], *, count: int, max_hops: int, half_life: float
) -> None:
    """Show how we could reach the company TO: who of ours knows whom, and what joins them.

    FROM is one of ours or another company; without it paths start at any of ours.

    \b
    Examples:
      graphkit paths "Aurora Falls Bearings"
      graphkit paths "Nell Garrity" "Aurora Falls Bearings" -k 3
    """
    from graphkit.analyses.paths import find_paths
    from graphkit.pipeline.introductions import (
        SPREAD,
        introductions,
        introductions_text,
    )

    if len(names) > 2:  # noqa: PLR2004 - from and to
        raise UsageError("At most two names: from whom and to whom. Put names in quotes.")
    with context.open_store() as store:
        snap = context.snapshot(store)
        paths = find_paths(
            snap,
            names[-1],
            start=names[0] if len(names) > 1 else None,
            k=count * SPREAD,
            max_hops=max_hops,
            half_life=half_life,
        )
        files = snap.files
    found = introductions(paths, count)
    rows = [
        {
            "rank": rank,
            "probability": round(one.path.probability, 4),
            "told": one.told,
            "weakest": one.path.weakest.told,
            "hops": [_hop_row(hop, files) for hop in one.path.hops],
            "also": [_hop_row(hop, files) for hop in one.others],
        }
        for rank, one in enumerate(found, start=1)
    ]
    told = f"Nothing leads to {names[-1]} in {max_hops} steps of which two are stated."
    if found:
        told = introductions_text(found, found[0].path.hops[-1].end.name)
    context.emit("paths", rows, as_of=snap.as_of, text=f"As of {snap.as_of}\n\n{told}")


def _hop_row(hop: Any, files: dict[str, str]) -> dict[str, object]:
    from graphkit.reports.rows import rows_by_file

    return {
        "from": dataclasses.asdict(hop.start),
        "relation": hop.relation,
        "to": dataclasses.asdict(hop.end),
        "on": hop.on,
        "age": hop.age,
        "probability": round(hop.probability, 4),
        "told": hop.told,
        "rows": rows_by_file(hop.sources, files),
    }
