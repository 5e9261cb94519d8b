"""Draw the network as one HTML page that opens in any browser."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphkit.cli import completing
from graphkit.cli.context import Context
from graphkit.cli.options import a_day, as_of, output, redact
from graphkit.errors import UsageError

if TYPE_CHECKING:
    from graphkit.reports.network.parts import Part, View
    from graphkit.snapshot import Snapshot
    from graphkit.store.base import GraphStore

_HOPS = 2
_CHAINS = 3


def _days(
    ctx: click.Context, param: click.Parameter, value: tuple[str, str] | None
) -> tuple[dt.date, dt.date] | None:
    if value is None:
        return None
    first, second = (a_day(ctx, param, one) for one in value)
    return None if first is None or second is None else (first, second)


@click.command("map")
@click.option(
    "--focus",
    default="",
    metavar="NAME",
    help="Only what is near this company.",
    shell_complete=completing.companies,
)
@click.option(
    "--hops",
    type=click.IntRange(min=0),
    metavar="N",
    help=f"How near, in steps, with --focus; {_HOPS} if not said.",
)
@click.option(
    "--cluster",
    default="",
    metavar="NAME",
    help="Only this cluster and its ties.",
    shell_complete=completing.clusters,
)
@click.option(
    "--path",
    "ends",
    nargs=2,
    metavar="FROM TO",
    help="How we could get from one of ours, or a company, to a company.",
    shell_complete=completing.ours,
)
@click.option(
    "-k",
    "count",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"How many ways, with --path; {_CHAINS} if not said.",
)
@click.option("--findings", is_flag=True, help="Only what calls for concern, and its ties.")
@click.option(
    "--diff",
    nargs=2,
    callback=_days,
    metavar="DAY1 DAY2",
    help="What is new, gone and changed from one day to another.",
)
@click.option("--since", callback=a_day, metavar="DAY", help="The same from this day to the last.")
@click.option("--engine", default="sigma", show_default=True, help="What draws it: sigma or pyvis.")
@click.option("--anew", is_flag=True, help="Let nobody stand where the last map had them.")
@as_of
@redact
@output
@click.pass_obj
def command(
    context: Context,
    *,
    focus: str,
    hops: int | None,
    cluster: str,
    ends: tuple[str, str] | None,
    count: int | None,
    findings: bool,
    diff: tuple[dt.date, dt.date] | None,
    since: dt.date | None,
    engine: str,
    anew: bool,
) -> None:
    """Draw customers and what ties them: end customers, shows, methods, topics and people.

    Customers of one cluster stand together; those with an alert or a watch carry a ring. Where
    everybody stands is kept in the workspace, so that the next map looks like this one. The page
    needs no network.

    \b
    Examples:
      graphkit map
      graphkit map --focus "Jessamine Avionics" --hops 1 -o jessamine.html
      graphkit map --cluster "Aurora Falls Bearings"
      graphkit map --path "Nell Garrity" "Aurora Falls Bearings"
      graphkit map --findings
      graphkit map --diff 2025-09-30 2026-03-31 -o autumn.html
    """
    from graphkit.pipeline.maps import along_chains, around_company, map_part, of_cluster_called
    from graphkit.pipeline.present import engine_called, write_map
    from graphkit.pipeline.questions import cautions
    from graphkit.reports.network.parts import alarmed, whole

    asked = {
        "--focus": focus,
        "--cluster": cluster,
        "--path": ends,
        "--findings": findings,
        "--diff": diff,
        "--since": since,
    }
    _check(asked, {"--hops": hops, "-k": count}, context)
    picture = engine_called(engine)
    workspace = context.workspace()
    path = context.output or Path(workspace.folder) / "map.html"
    with context.open_store() as store:
        snap = context.snapshot(store, diff[1] if diff else None)
        if diff or since:
            part = _difference(context, store, snap, diff[0] if diff else since)
        else:
            view: View = alarmed if findings else whole
            if focus:
                view = around_company(snap, focus, _HOPS if hops is None else hops)
            elif cluster:
                view = of_cluster_called(snap, workspace.settings, cluster)
            elif ends:
                view = along_chains(snap, *ends, count or _CHAINS)
            part = map_part(snap, workspace.settings, view)
        today = not part.emphasis and context.as_of is None
        write_map(part, path, picture, Path(workspace.folder), anew=anew, today=today)
        warnings = cautions(store, snap)
    for line in warnings:
        context.say(line)
    context.say(part.caption)
    context.say(f"Map: {path}  (open it in a browser)")


def _difference(
    context: Context, store: "GraphStore", snap: "Snapshot", since: dt.date | None
) -> "Part":
    from graphkit.pipeline.compare import check_order
    from graphkit.pipeline.maps import difference_part

    then = context.snapshot(store, since)
    check_order(then.as_of, snap.as_of)
    return difference_part(then, snap, context.workspace().settings)


def _check(asked: Mapping[str, object], further: Mapping[str, object], context: Context) -> None:
    """Refuse options of which one would be ignored.

    Raises:
        UsageError: Two exclude each other, or one has nothing to belong to.
    """
    given = [name for name, value in asked.items() if value]
    if len(given) > 1:
        raise UsageError(f"A map shows one thing: {given[0]} or {given[1]}, not both.")
    for name, needs in (("--hops", "--focus"), ("-k", "--path")):
        if further[name] is not None and needs not in given:
            raise UsageError(f"{name} says how much {needs} shows, and needs it.")
    if context.as_of is not None and "--diff" in given:
        raise UsageError("--diff names both of its days, so --as-of says nothing more.")
