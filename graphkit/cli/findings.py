"""All analyses, ranked: what deserves attention, and what is new of it."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

import click

from graphkit.cli import completing
from graphkit.cli.context import Context
from graphkit.cli.findings_of import emit_findings
from graphkit.cli.options import a_day, as_of, in_database_above, redact, results
from graphkit.errors import UnknownNameError, UsageError

if TYPE_CHECKING:  # imported late below, so that kinds are completed while one types
    from graphkit.snapshot import Snapshot
    from graphkit.store.base import GraphStore
    from graphkit.verdicts import Judged


@click.command("findings")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    help="Only this kind; may be given several times.",
    shell_complete=completing.kinds,
)
@click.option("--since", callback=a_day, metavar="DAY", help="What is new, changed or gone since.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also each cannot-tell and what is dismissed; with --since also what is as before.",
)
@click.option("--brief", is_flag=True, help="A line each, what is at stake first.")
@click.option(
    "--by",
    type=click.Choice(["company", "group"]),
    default="company",
    help="Each company, or plants and subsidiaries of one parent as one.",
)
@in_database_above
@as_of
@redact
@results
@click.pass_obj
def command(
    context: Context,
    *,
    kinds: tuple[str, ...],
    since: dt.date | None,
    everything: bool,
    brief: bool,
    by: str,
) -> None:
    """Run every analysis and show what it found, most important first.

    The findings are written back to the graph, so that queries and maps show them too.

    --by group shows whether a customer fell, or only moved its orders to another plant, and what no
    plant alone has enough rows for. Those findings are not written back.

    --since DAY compares with what would have been found at the end of that day, from the rows and
    decisions of today: it takes twice as long.

    \b
    Examples:
      graphkit findings
      graphkit findings --brief
      graphkit findings --kind slowing-industry
      graphkit findings --since 2025-09-30
      graphkit findings --by group
      graphkit findings --as-of 2025-06-30 --json
    """
    from graphkit import registry
    from graphkit.group_snapshot import GroupSnapshot
    from graphkit.pipeline.analyse import write_back
    from graphkit.pipeline.by_group import groups_named
    from graphkit.pipeline.compare import since_then
    from graphkit.pipeline.questions import cautions
    from graphkit.reports.changes import change_row, changes_text

    known = sorted({kind for one in registry.analyses() for kind in one.kinds})
    for kind in kinds:
        if kind not in known:
            raise UnknownNameError.of("kind of finding", kind, known)
    if brief and since:
        raise UsageError("--brief is for the findings of one day, --since compares two.")
    today = context.as_of is None and by == "company"  # what the graph should show
    with context.open_store(read_only=not today) as store:
        snap = _seen(context, store, by)
        former = None if since is None else _before(context, store, since, snap.as_of, by)
        found = _found(context, snap)
        if today:
            write_back(store, found.told)
        wanted = _of_kinds(found, kinds)
        warnings = cautions(store, snap)
        if isinstance(snap, GroupSnapshot):
            warnings = [*groups_named(snap, wanted.told), *warnings]
        if former is None:
            emit_findings(
                context,
                "findings",
                wanted,
                snap,
                everything=everything,
                warnings=warnings,
                brief=brief,
            )
            return
        told = since_then(_of_kinds(_found(context, former), kinds), wanted, everything=everything)
        text = changes_text(told, snap.currency, everything=everything)
        context.emit(
            "findings",
            [change_row(one, snap.files) for one in told],
            as_of=snap.as_of,
            warnings=warnings,
            text=f"As of {snap.as_of}, since {former.as_of}\n\n{text}",
            more={"since": former.as_of},
        )


def _seen(context: Context, store: "GraphStore", by: str, day: dt.date | None = None) -> "Snapshot":
    """What was known on a day, of each company or of each group."""
    from graphkit.group_snapshot import GroupSnapshot

    snap = context.snapshot(store, day)
    if by == "company":
        return snap
    return GroupSnapshot(store, snap.as_of, currency=snap.currency, engine=snap.engine)


def _found(context: Context, snap: "Snapshot") -> "Judged":
    from graphkit.group_snapshot import GroupSnapshot
    from graphkit.pipeline.analyse import analyse_all
    from graphkit.pipeline.by_group import of_groups

    found = analyse_all(snap, context.workspace().settings)
    return of_groups(snap, found) if isinstance(snap, GroupSnapshot) else found


def _before(
    context: Context, store: "GraphStore", since: dt.date, today: dt.date, by: str
) -> "Snapshot":
    """What was known on the earlier day.

    Raises:
        UsageError: It is no earlier day.
    """
    from graphkit.pipeline.compare import check_order

    check_order(since, today)
    return _seen(context, store, by, since)


def _of_kinds(found: "Judged", kinds: Collection[str]) -> "Judged":
    if not kinds:
        return found
    from graphkit.verdicts import Judged

    told, dismissed = (
        [one for one in those if one.kind in kinds] for those in (found.told, found.dismissed)
    )
    return Judged(told, dismissed)
