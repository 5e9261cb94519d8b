"""The page of a customer as tables, for a workbook and for JSON."""

from collections.abc import Mapping

import numpy as np

from graphkit.analyses.profile import Profile
from graphkit.findings import Finding
from graphkit.reports.rows import rows_by_file
from graphkit.reports.tables import Cells, Column, Table, evidence_table, findings_table


def customer_tables(profile: Profile, files: Mapping[str, str], currency: str) -> tuple[Table, ...]:
    """What is known, sentence by sentence with its rows; orders by month; the findings about it.

    Args:
        profile: What is known of the company.
        files: File name by file_id.
        currency: Of what is at stake.
    """
    said = [one for section in profile.sections for one in section.sentences]
    findings = {one.finding.id: one.finding for one in said if one.finding is not None}
    told: list[Finding] = list(findings.values())
    return (
        _sentences(profile, files),
        _months(profile),
        findings_table(told, files, currency),
        evidence_table(told, files),
    )


def _sentences(profile: Profile, files: Mapping[str, str]) -> Table:
    columns = (
        Column("section", "Question"),
        Column("sentence", "What is known"),
        Column("quote", "In whose words"),
        Column("advice", "What to do"),
        Column("finding", "Id of the finding"),
        Column("basis", "Other basis"),
        Column("file", "File"),
        Column("rows", "Rows"),
    )
    rows = [
        {
            "section": section.title,
            "sentence": one.text,
            "quote": one.quote,
            "advice": one.advice,
            "finding": one.finding.id if one.finding else None,
            "basis": one.basis,
            "file": name,
            "rows": which,
        }
        for section in profile.sections
        for one in section.sentences
        for name, which in (rows_by_file(one.sources, files) or {"": ""}).items()
    ]
    title = f"What is known of {profile.company.name}, and where it was read"
    return Table("known", title, columns, rows)


def _months(profile: Profile) -> Table:
    columns = (Column("month", "Month", Cells.DATE), Column("orders", "Orders", Cells.WHOLE))
    pace = profile.pace
    months = pace.first + np.arange(len(pace.orders)) if pace else np.array([], "datetime64[M]")
    rows = [
        {"month": month, "orders": count}
        for month, count in zip(
            months.astype("datetime64[D]").tolist(), pace.orders if pace else (), strict=True
        )
    ]
    return Table("orders", "Orders by month; each month by its first day", columns, rows)
