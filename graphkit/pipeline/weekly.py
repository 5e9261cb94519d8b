"""The weekly report of a store: what it is compared with, and what it says."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from graphkit.changes import What
from graphkit.drawing import Links
from graphkit.errors import GraphkitError
from graphkit.findings import Finding
from graphkit.pipeline.analyse import analyse_all
from graphkit.pipeline.compare import check_order, since_then
from graphkit.pipeline.judge import verdicts_in
from graphkit.pipeline.present import write_network
from graphkit.pipeline.questions import answerable, unfinished_month
from graphkit.pipeline.texts import unread
from graphkit.reports.report import Report
from graphkit.reports.tables import Table
from graphkit.reports.weekly.gather import Past, Weekly, weekly
from graphkit.reports.weekly.mail import mail_draft
from graphkit.reports.weekly.page import weekly_page
from graphkit.reports.weekly.subjects import last_told, told_since
from graphkit.reports.weekly.tables import weekly_tables
from graphkit.reports.workbook import workbook
from graphkit.schema import Told
from graphkit.snapshot import Snapshot, days_seen
from graphkit.store.base import GraphStore
from graphkit.verdicts import CONFIRM, DISMISS, Judged, latest
from graphkit.workspace import Settings

_WEEK = dt.timedelta(days=7)


@dataclasses.dataclass(frozen=True, slots=True)
class ThisWeek:
    """A weekly report with what it was made of.

    Attributes:
        snap: What is known.
        report: The report.
        found: All findings of today, those that are dismissed apart.
    """

    snap: Snapshot
    report: Weekly
    found: Judged

    @property
    def tables(self) -> tuple[Table, ...]:
        """The report as tables, the things to do first."""
        return weekly_tables(self.report, self.cited, self.snap.files)

    @property
    def cited(self) -> list[Finding]:
        """The findings that the report speaks of: new, changed and still open."""
        named = {one.why.id for one in self.report.tasks}
        named |= {also.id for one in self.report.tasks for also in one.also}
        named |= {one.finding.id for one in self.report.changes if one.what is not What.GONE}
        named |= {one.id for matter in self.report.open for one in matter.findings}
        named |= {one.finding.id for one in self.report.at_risk}
        return [one for one in self.found.told if one.id in named]


def this_week(
    store: GraphStore,
    snap: Snapshot,
    settings: Settings,
    back: Callable[[dt.date], Snapshot],
    *,
    since: dt.date | None = None,
) -> ThisWeek:
    """The weekly report as of a day.

    It is compared with the last day before it of which findings were kept, else with seven days
    before; what is told now and was then is as `findings --since` has it.

    Args:
        store: The store of the snapshot.
        snap: What is known.
        settings: The workspace's.
        back: What was known on a day.
        since: The day to compare with, where somebody says so.

    Raises:
        UsageError: It is no earlier day.
    """
    past = _past(store, snap, back, since)
    found = analyse_all(snap, settings)
    then = analyse_all(past.snap, settings) if past.snap else Judged([], [])
    return ThisWeek(
        snap,
        weekly(
            snap,
            past,
            since_then(then, found, everything=True),
            found.told,
            missing=_missing(store),
            notes=[*filter(None, [unread(store), unfinished_month(snap)])],
            judged=_said(store),
        ),
        found,
    )


def _past(
    store: GraphStore,
    snap: Snapshot,
    back: Callable[[dt.date], Snapshot],
    since: dt.date | None,
) -> Past:
    if since is not None:
        check_order(since, snap.as_of)
    kept = store.read(Told, ["telling", "as_of", "finding"])
    last = last_told(kept, snap.as_of)
    day = since or last or snap.as_of - _WEEK
    first, _ = days_seen(store)
    return Past(
        day,
        told=day == last,
        snap=back(day) if day >= first else None,
        since_when=told_since(kept, snap.as_of),
    )


def _missing(store: GraphStore) -> dict[str, list[str]]:
    """The questions that each export would answer, by the export."""
    found: dict[str, list[str]] = {}
    for one in answerable(store):
        if one.missing:
            found.setdefault(one.export, []).append(one.question)
    return found


def _said(store: GraphStore) -> Mapping[str, tuple[int, int]]:
    """How many findings of each kind people confirmed, and how many they dismissed."""
    said: dict[str, list[str]] = {}
    for one in latest(verdicts_in(store)).values():
        said.setdefault(one.claim.kind, []).append(one.kind)
    return {kind: (all_.count(CONFIRM), all_.count(DISMISS)) for kind, all_ in said.items()}


def report_of(week: ThisWeek) -> Report:
    """The weekly report in every form.

    Args:
        week: What it says.
    """
    return Report(
        "report-weekly",
        f"What to do this week, {week.snap.as_of}",
        week.snap.as_of,
        page=lambda form: weekly_page(week.report, week.snap.files, form),
        tables=lambda: week.tables,
    )


def write_week(
    week: ThisWeek, folder: Path, home: Path, *, recipients: Sequence[str] = ()
) -> list[Path]:
    """Write the report, the map and a mail draft; each file takes its place once it is whole.

    Args:
        week: What the report says.
        folder: Where to; it is made, and files of the same names in it are replaced.
        home: The workspace, where it is kept where nodes of the map stand.
        recipients: To whom the draft goes.

    Returns:
        What was written.

    Raises:
        GraphkitError: It cannot be written.
    """
    report, snap = report_of(week), week.snap
    page = report.page("html")
    book = workbook(report.tables(), title=report.title, as_of=report.as_of)
    files = {
        "weekly.html": page.encode(),
        "weekly.xlsx": book,
        "weekly.eml": mail_draft(week.report, page, recipients),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            part = folder / f".{name}.part"
            part.write_bytes(content)
            part.replace(folder / name)
    except OSError as error:
        raise GraphkitError(f"cannot be written: {error.strerror}", where=str(folder)) from error
    written = [folder / name for name in files]
    if not snap.companies.empty:
        links = Links("weekly.html", "This week")
        written.append(write_network(snap, week.found.told, folder / "map.html", home, links))
    return written
