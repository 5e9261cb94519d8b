"""What hangs on one customer, end customer or industry, and what a drop there would reach."""

from typing import TYPE_CHECKING, Any

import click

from graphkit.cli import completing
from graphkit.cli.context import Context
from graphkit.cli.options import as_of, redact, results

if TYPE_CHECKING:  # imported late below, so that --help stays quick
    from graphkit.analyses.measures.exposure import Exposure, Exposures
    from graphkit.snapshot import Snapshot

_PERCENT = 100.0
_UNKNOWN = 0.005  # a share of revenue below this is none
_ROOM = 90
"""Characters that all columns of places need."""
_CUSTOMERS = ("customer", "revenue", "probability", "at_most", "if_evenly", "over")
_PLACES = ("name", "type", "customers", "revenue", "share", "low", "high", "at_most", "if_evenly")


@click.command("concentration")
@click.argument("name", required=False, shell_complete=completing.places)
@click.option(
    "--drop",
    type=click.FloatRange(0, 100),
    default=20.0,
    show_default=True,
    help="By how many percent orders there fall.",
)
@click.option(
    "--least",
    type=click.FloatRange(0, 100),
    default=5.0,
    show_default=True,
    help="Smallest share shown, in percent.",
)
@as_of
@redact
@results
@click.pass_obj
def command(context: Context, *, name: str | None, drop: float, least: float) -> None:
    """Show on whom our revenue hangs; of the company or industry NAME, whom a drop would reach.

    Revenue is what was ordered in the last twelve whole months. A drop reaches who is there and who
    is stated to supply there, over at most four links; intervals of 90 % are over how sure the
    links are. at_most: all that is reached ends there. if_evenly: each customer sells evenly to all
    whom it is known to supply.

    \b
    Examples:
      graphkit concentration
      graphkit concentration "Lodestar Satellites" --drop 30
    """
    from graphkit.analyses.measures.exposure import exposures
    from graphkit.pipeline.questions import cautions

    with context.open_store() as store:
        snap = context.snapshot(store)
        found = exposures(snap)
        warnings = cautions(store, snap, ["concentration"])
        if found is not None and found.known < 1 - _UNKNOWN:
            warnings.append(
                f"Of customers with {1 - found.known:.0%} of revenue nobody has said whom they"
                " supply: graphkit findings --all names them."
            )
        one = None if found is None or name is None else found.called(name)
        rows = [] if found is None else _places(found, drop / _PERCENT, least / _PERCENT)
        if one is not None:
            rows = _customers(snap, one, drop / _PERCENT)
    title = f"As of {snap.as_of}, in {snap.currency}: a drop of {drop:g} %"
    title += f" {one.where} {one.subject.name}" if one else ""
    context.emit(
        "concentration",
        rows,
        columns=_CUSTOMERS if one else _places_shown(context),
        title=title,
        as_of=snap.as_of,
        warnings=warnings,
    )


def _places_shown(context: Context) -> tuple[str, ...]:
    """The columns of a table; on a narrow screen without what the name tells mostly."""
    narrow = context.on_screen is not None and context.on_screen < _ROOM
    return tuple(one for one in _PLACES if one != "type" or not narrow)


def _places(found: "Exposures", drop: float, least: float) -> list[dict[str, Any]]:
    """One row a company or industry, the largest share first."""
    every = [*found.of_companies(), *found.of_industries()]
    return [
        {
            "name": one.subject.name,
            "type": one.subject.type.lower(),
            "id": one.subject.id,
            "customers": len(one.reached),
            "links": one.stated,
            "revenue": _units(one.ordered.value),
            "share": round(_PERCENT * one.share.value, 2),
            "low": round(_PERCENT * one.share.low, 2),
            "high": round(_PERCENT * one.share.high, 2),
            "at_most": _units(drop * one.ordered.value),
            "if_evenly": _units(drop * one.evenly),
        }
        for one in sorted(every, key=lambda one: -one.share.value)
        if one.share.value >= least
    ]


def _customers(snap: "Snapshot", one: "Exposure", drop: float) -> list[dict[str, Any]]:
    """One row a customer that a drop would reach, who ordered most first."""
    from graphkit.reports.rows import rows_by_file

    return [
        {
            "customer": snap.names[each.company],
            "id": each.company,
            "revenue": _units(each.ordered),
            "probability": round(each.probability, 3),
            "at_most": _units(drop * each.ordered),
            "if_evenly": _units(drop * each.ordered * each.evenly),
            "over": [snap.names[link.to] for link in each.over],
            "rows": [rows_by_file(link.sources, snap.files) for link in each.over],
        }
        for each in one.reached
    ]


def _units(amount: float) -> int:
    from graphkit.declaration import MONEY_UNIT

    return round(amount / MONEY_UNIT)
