"""All analyses, ranked: what deserves attention, and what is new of it."""

import datetime as dt
from collections.abc import Sequence

import click

from graphkit import registry
from graphkit.changes import What, changes
from graphkit.cli.context import Context
from graphkit.cli.options import a_day, as_of, redact, results
from graphkit.errors import UnknownNameError, UsageError
from graphkit.findings import Finding
from graphkit.pipeline.analyse import analyse, write_back
from graphkit.pipeline.questions import cautions
from graphkit.reports.changes import change_row, changes_text
from graphkit.snapshot import Snapshot
from graphkit.store.base import GraphStore


@click.command("findings")
@click.option("--kind", "kinds", multiple=True, help="Only this kind; may be given several times.")
@click.option("--since", callback=a_day, metavar="DAY", help="What is new, changed or gone since.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also each cannot-tell, not only their count; with --since also what is as before.",
)
@as_of
@redact
@results
@click.pass_obj
def command(
    context: Context, *, kinds: tuple[str, ...], since: dt.date | None, everything: bool
) -> None:
    """Run every analysis and show what it found, most important first.

    The findings are written back to the graph, so that queries and maps show them too.

    --since DAY compares with what would have been found at the end of that day, from the rows and
    decisions of today: it takes twice as long.

    \b
    Examples:
      graphkit findings
      graphkit findings --kind slowing-industry
      graphkit findings --since 2025-09-30
      graphkit findings --as-of 2025-06-30 --json
    """
    known = sorted({kind for one in registry.analyses() for kind in one.kinds})
    for kind in kinds:
        if kind not in known:
            raise UnknownNameError.of("kind of finding", kind, known)
    settings = context.workspace().settings
    with context.open_store(read_only=context.as_of is not None) as store:
        snap = context.snapshot(store)
        former = None if since is None else _before(context, store, since, snap.as_of)
        found = analyse(snap, settings)
        if context.as_of is None:  # a look back is not what the graph should show today
            write_back(store, found)
        wanted = [one for one in found if not kinds or one.kind in kinds]
        warnings = cautions(store, snap)
        if former is None:
            context.emit_findings(
                "findings", wanted, snap, everything=everything, warnings=warnings
            )
            return
        then = [one for one in analyse(former, settings) if not kinds or one.kind in kinds]
        _emit_changes(
            context, (former, then), (snap, wanted), everything=everything, warnings=warnings
        )


def _before(context: Context, store: GraphStore, since: dt.date, today: dt.date) -> Snapshot:
    """What was known on the earlier day.

    Raises:
        UsageError: It is no earlier day.
    """
    if since >= today:
        raise UsageError(
            f"{since} is no day before {today}, the day whose findings are compared with it.",
            next_step="an earlier day after --since, or a later one after --as-of",
        )
    return context.snapshot(store, since)


_Day = tuple[Snapshot, Sequence[Finding]]


def _emit_changes(
    context: Context, then: _Day, now: _Day, *, everything: bool, warnings: Sequence[str]
) -> None:
    (former, before), (snap, found) = then, now
    told = [one for one in changes(before, found) if everything or one.what is not What.UNCHANGED]
    context.emit(
        "findings",
        [change_row(one, snap.files) for one in told],
        as_of=snap.as_of,
        warnings=warnings,
        text=f"As of {snap.as_of}, since {former.as_of}\n\n{changes_text(told)}",
        more={"since": former.as_of},
    )
