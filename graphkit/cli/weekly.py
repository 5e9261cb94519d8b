"""Load the inbox, say what is new and what to do, and write report, map and a mail draft."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphkit.cli.context import Context
from graphkit.cli.options import a_day, rows_only

if TYPE_CHECKING:  # imported late below, so that --help stays quick
    from graphkit.pipeline.load import Outcome
    from graphkit.pipeline.weekly import ThisWeek
    from graphkit.workspace import Workspace


@click.command("weekly")
@click.argument("folder", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--since",
    callback=a_day,
    metavar="DAY",
    help="Compare with this day; else with the last of which findings were kept, or a week before.",
)
@rows_only
@click.pass_context
def command(ctx: click.Context, folder: Path | None, *, since: dt.date | None) -> None:
    """Load the exports in FOLDER, and write what to do this week into reports/DAY.

    FOLDER is loaded as by graphkit load; without one, the inbox of [weekly] in graphkit.toml, if
    any. Then everything is analysed and compared with last time, findings are kept for next time,
    and reports/DAY gets the report (weekly.html, weekly.xlsx), the map and a mail draft to read
    over and send (weekly.eml; recipients stand in graphkit.toml). Let cron or the Task Scheduler
    run it on Monday morning.

    \b
    Exit codes:
      0  done
      1  nothing could be read, or something cannot be written
      5  done, but some rows or files could not be loaded: graphkit rejects
    The others are those of every command: see docs/commands.md.

    \b
    Examples:
      graphkit weekly exports/
      graphkit weekly
    """
    from graphkit.cli.load import SOME_REJECTED
    from graphkit.pipeline.analyse import write_back
    from graphkit.pipeline.weekly import this_week

    context: Context = ctx.obj
    outcome = _loaded(context, folder)
    workspace = context.workspace()
    with context.open_store(read_only=False) as store:
        snap = context.snapshot(store)
        week = this_week(
            store, snap, workspace.settings, lambda day: context.snapshot(store, day), since=since
        )
        _write(context, workspace, week)
        write_back(store, week.found.told)
    _show(context, week)
    if outcome is not None and any(one.incomplete for one in outcome.files):
        context.say("Some rows or files were not loaded: graphkit rejects")
        ctx.exit(SOME_REJECTED)


def _loaded(context: Context, folder: Path | None) -> "Outcome | None":
    """Load what is in the folder, or in the inbox that the settings name; nothing without one."""
    from graphkit.cli.load import Loading, recogniser
    from graphkit.pipeline.mappings import loaders_for
    from graphkit.workspace import Workspace

    known = Workspace.at(context.folder, store=context.store)
    if folder is None and known.settings.inbox:
        folder = context.folder / known.settings.inbox
    if folder is None:
        return None
    recognised = recogniser(context, [folder], loaders_for(context.folder))
    new = not (Workspace.is_in(context.folder) or context.store)
    outcome = Loading(context, recognised, known).done(new=new)
    for one in outcome.files:
        if one.refused:
            context.say(f"not read: {one.refused}")
    loaded = sum(one.loaded for one in outcome.files if not one.refused)
    context.say(f"Loaded {loaded:,} rows of {len(outcome.files):,} files from {folder}")
    return outcome


def _write(context: Context, workspace: "Workspace", week: "ThisWeek") -> None:
    """The files of the week."""
    from graphkit.pipeline.weekly import write_week

    place = Path(workspace.folder) / "reports" / str(week.snap.as_of)
    for path in write_week(
        week, place, Path(workspace.folder), recipients=workspace.settings.recipients
    ):
        context.say(f"written: {path}")


def _show(context: Context, week: "ThisWeek") -> None:
    """The five things, in a line each."""
    from graphkit.reports.weekly.page import five_lines

    report, snap = week.report, week.snap
    rows = week.tables[0].as_data()["rows"]
    text = "\n".join([f"As of {report.as_of}. {report.lead}", "", *five_lines(report)])
    context.emit("weekly", rows, as_of=snap.as_of, warnings=report.notes, text=text)
