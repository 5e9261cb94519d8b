"""The weekly report as tables, for a workbook and for JSON."""

from collections.abc import Mapping, Sequence

from graphkit.declaration import MONEY_UNIT
from graphkit.findings import Finding
from graphkit.reports.tables import Cells, Column, Table, evidence_table, findings_table
from graphkit.reports.weekly.gather import Weekly
from graphkit.reports.weekly.tasks import Task


def weekly_tables(
    week: Weekly, cited: Sequence[Finding], files: Mapping[str, str]
) -> tuple[Table, ...]:
    """The things to do first, then what else the report has, and the rows behind its findings.

    Args:
        week: The report.
        cited: The findings that it speaks of.
        files: File name by file_id.
    """
    return (
        _tasks(week),
        _changes(week),
        _open(week),
        _figures(week),
        _capacity(week),
        _meetings(week),
        _missing(week),
        findings_table(cited, files, week.currency),
        evidence_table(cited, files),
    )


def _tasks(week: Weekly) -> Table:
    columns = (
        Column("number", "No.", Cells.WHOLE),
        Column("colleague", "Colleague"),
        Column("about", "About"),
        Column("what", "What to do"),
        Column("more", "And"),
        Column("company", "Call"),
        Column("contact", "Contact"),
        Column("title", "Title"),
        Column("phone", "Phone"),
        Column("email", "E-mail"),
        Column("at_stake", "At stake", Cells.MONEY, week.currency),
        Column("news", "News"),
        Column("since", "Open since", Cells.DATE),
        Column("why", "Why"),
        Column("at_hand", "Have at hand"),
        Column("findings", "Ids of its findings"),
    )
    rows = [_task(one) for one in week.tasks]
    return Table("to do", week.heading, columns, rows)


def _task(one: Task) -> dict[str, object]:
    call = one.calls[0] if one.calls else None
    contact = dict(call.contact) if call else {}
    return {
        "number": one.number,
        "colleague": one.colleague,
        "about": one.about.name,
        "what": one.what,
        "more": one.more,
        "company": call.company.name if call else None,
        "contact": contact.get("name"),
        "title": contact.get("title"),
        "phone": contact.get("phone"),
        "email": contact.get("email"),
        "at_stake": _units(one.at_stake) or None,
        "news": one.news.value,
        "since": one.since,
        "why": one.why.statement,
        "at_hand": " ".join(one.hand),
        "findings": [each.id for each in (one.why, *one.also)],
    }


def _units(amount: float) -> float:
    return round(amount / MONEY_UNIT, 2)


def _changes(week: Weekly) -> Table:
    columns = (
        Column("change", "Change"),
        Column("level", "Level"),
        Column("level_before", "Level before"),
        Column("kind", "Kind"),
        Column("about", "About"),
        Column("at_stake", "At stake", Cells.MONEY, week.currency),
        Column("statement", "Statement"),
        Column("advice", "What to do"),
        Column("finding", "Id"),
    )
    rows = [
        {
            "change": change.what.value,
            "level": one.level.value,
            "level_before": change.before.level.value if change.before else None,
            "kind": one.kind,
            "about": one.subject.name,
            "at_stake": _units(one.value) or None,
            "statement": one.statement,
            "advice": one.advice,
            "finding": one.id,
        }
        for change in week.changes
        for one in [change.finding]
    ]
    return Table("changes", week.lead, columns, rows)


def _open(week: Weekly) -> Table:
    columns = (
        Column("about", "About"),
        Column("since", "Open since", Cells.DATE),
        Column("kind", "Kind"),
        Column("at_stake", "At stake", Cells.MONEY, week.currency),
        Column("statement", "Statement"),
        Column("finding", "Id"),
    )
    rows = [
        {
            "about": one.main.subject.name,
            "since": one.since,
            "kind": one.main.kind,
            "at_stake": _units(one.at_stake) or None,
            "statement": one.main.statement,
            "finding": one.main.id,
        }
        for one in week.open
    ]
    return Table("still open", "Told before and still open", columns, rows)


def _figures(week: Weekly) -> Table:
    columns = (
        Column("label", "Number of the week"),
        Column("value", "Value", Cells.NUMBER),
        Column("beside", "Compared with", Cells.NUMBER),
        Column("unit", "Unit"),
        Column("told", "How it compares"),
    )
    rows = []
    for one in week.figures:
        unit = MONEY_UNIT if one.unit == week.currency else 1
        beside = None if one.usual is None else round(one.usual / unit, 2)
        value = round(one.value / unit, 2)
        told = {"label": one.label, "value": value, "beside": beside, "told": one.beside}
        rows.append({**told, "unit": one.unit})
    return Table("figures", "The numbers of the week", columns, rows)


def _capacity(week: Weekly) -> Table:
    columns = (
        Column("process", "Process"),
        Column("month", "Month"),
        Column("probability", "Probability of more", Cells.SHARE),
        Column("capacity", "Capacity", Cells.NUMBER, "hours a month"),
        Column("finding", "Id"),
    )
    rows = [
        {
            "process": one.finding.subject.name,
            "month": month,
            "probability": chance,
            "capacity": one.finding.details["capacity"],
            "finding": one.finding.id,
        }
        for one in week.at_risk
        for month, chance in one.months
    ]
    return Table("capacity", "Months in which capacity may not hold", columns, rows)


def _meetings(week: Weekly) -> Table:
    columns = (
        Column("show", "Show"),
        Column("company", "Whom"),
        Column("contacts", "Persons"),
        Column("call", "Or call"),
        Column("goes", "Said to go", Cells.DATE),
        Column("ordered", "Ordered in 12 months", Cells.MONEY, week.currency),
        Column("open_quoted", "Open quotes", Cells.MONEY, week.currency),
    )
    rows = [
        {
            "show": one.edition,
            "company": one.company.name,
            "contacts": list(one.contacts),
            "call": one.call,
            "goes": one.goes,
            "ordered": _units(one.ordered),
            "open_quoted": _units(one.open_quoted),
        }
        for one in week.meetings
    ]
    return Table("shows", "Whom to meet at the next shows", columns, rows)


def _missing(week: Weekly) -> Table:
    columns = (
        Column("kind", "What cannot be told"),
        Column("count", "Of how many", Cells.WHOLE),
        Column("why", "Why, or what it would answer"),
        Column("export", "Export that would bring it"),
    )
    rows: list[dict[str, object]] = [
        {"kind": one.kind, "count": one.count, "why": one.first.statement, "export": None}
        for one in week.untold
    ]
    rows += [
        {"kind": None, "count": None, "why": " ".join(questions), "export": export}
        for export, questions in week.missing.items()
    ]
    return Table("not told", "What could not be told, and what would bring it", columns, rows)
