"""The weekly report as text, Markdown and a self-contained HTML page."""

import textwrap
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from graphkit.analyses.wording import money
from graphkit.changes import What
from graphkit.errors import UnknownNameError
from graphkit.findings import Finding
from graphkit.reports.gist import WIDTH
from graphkit.reports.rows import rows_by_file
from graphkit.reports.site import Site
from graphkit.reports.templating import render
from graphkit.reports.weekly.gather import Weekly
from graphkit.reports.weekly.tasks import HALVES

FORMS: Final = {"text": "weekly.txt", "markdown": "weekly.md", "html": "weekly.html"}
"""Template by form."""
_TITLES: Final = {
    What.NEW: "New besides",
    What.CHANGED: "Changed besides: surer or less sure, or by more or less than could be expected",
    What.GONE: "Gone: no longer so, or no longer sure",
}
_CITED: Final = 60
"""Letters of rows that a line of text has."""


def weekly_page(
    week: Weekly, files: Mapping[str, str], form: str, *, site: Site | None = None
) -> str:
    """The weekly report in one form.

    Args:
        week: What it says.
        files: File name by file_id.
        form: One of FORMS.
        site: The site that it is a page of, if any.

    Raises:
        UnknownNameError: No such form.
    """
    if form not in FORMS:
        raise UnknownNameError.of("form", form, list(FORMS))
    return render(
        FORMS[form],
        week=week,
        files=files,
        sections=_sections(week),
        rows_of=lambda finding: _rows(finding, files),
        site=site,
    )


def five_lines(week: Weekly) -> list[str]:
    """The things to do for a terminal: a line each, wrapped, under who does them.

    Args:
        week: What the report says.
    """
    lines = [week.heading]
    for colleague, tasks in week.colleagues.items():
        lines += ["", colleague]
        for one in tasks:
            stake = f", {money(one.at_stake, week.currency)}" if one.at_stake else ""
            lines += textwrap.wrap(
                f"{one.number}. {one.about.name} ({one.how_new}{stake}): {one.what}",
                WIDTH,
                subsequent_indent="   ",
                break_on_hyphens=False,
            )
    return lines


def _sections(week: Weekly) -> list[tuple[str, list[Finding], bool]]:
    """What is new, changed and gone and stands nowhere else on the page; what is gone in short."""
    taken = {one.id for task in week.tasks for one in (task.why, *task.also)}
    taken |= {one.id for one in week.topics}
    found = [
        (title, _besides(week.of(what), taken), what is What.GONE)
        for what, title in _TITLES.items()
    ]
    return [section for section in found if section[1]]


def _besides(findings: Sequence[Finding], taken: Collection[str]) -> list[Finding]:
    """Those that are not taken, without the halves of one that says both."""
    halves = {(one.subject.id, half) for one in findings for half in HALVES.get(one.kind, ())}
    return [
        one for one in findings if one.id not in taken and (one.subject.id, one.kind) not in halves
    ]


def _rows(finding: Finding, files: Mapping[str, str]) -> str:
    """The rows behind a finding in a line, such as "orders.csv 3-7, 12"."""
    sources = [source for one in finding.evidence for source in one.sources]
    told = []
    for name, rows in rows_by_file(sources, files).items():
        told.append(f"{name} {rows if len(rows) <= _CITED else rows[:_CITED] + ' ...'}")
    return "; ".join(told) + "."
