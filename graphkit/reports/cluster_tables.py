"""The cluster report as tables, for a workbook and for JSON."""

from collections.abc import Sequence

from graphkit.findings import Finding
from graphkit.reports.cluster import ClusterReport, gathered
from graphkit.reports.tables import Cells, Column, Table, evidence_table, findings_table
from graphkit.snapshot import Snapshot


def cluster_tables(snap: Snapshot, findings: Sequence[Finding]) -> tuple[Table, ...]:
    """Clusters, their members and traits, and the findings behind them with their rows.

    Args:
        snap: What was known.
        findings: What `analyse` found.
    """
    report = gathered(snap, findings)
    told = [one.finding for one in report.pages] + list(report.unknown)
    return (
        _clusters(report),
        _members(report),
        _traits(report),
        findings_table(told, snap.files, snap.currency),
        evidence_table(told, snap.files),
    )


def _clusters(report: ClusterReport) -> Table:
    columns = (
        Column("cluster", "Cluster"),
        Column("members", "Members", Cells.WHOLE),
        Column("ordered", "Ordered in 12 months", Cells.MONEY, report.currency),
        Column("stability", "Stability", Cells.NUMBER),
        Column("statement", "Statement"),
        Column("advice", "What to do"),
        Column("finding", "Id"),
    )
    rows = [
        {
            "cluster": one.finding.subject.name,
            "members": len(one.members),
            "ordered": one.ordered,
            "stability": one.finding.details["stability"],
            "statement": one.statement,
            "advice": one.finding.advice,
            "finding": one.finding.id,
        }
        for one in report.pages
    ]
    return Table("clusters", report.summary, columns, rows)


def _members(report: ClusterReport) -> Table:
    columns = (
        Column("cluster", "Cluster"),
        Column("customer", "Customer"),
        Column("ordered", "Ordered in 12 months", Cells.MONEY, report.currency),
        Column("strength", "In this cluster", Cells.SHARE),
        Column("marks", "Alerts and watches"),
    )
    rows: list[dict[str, object]] = [
        {
            "cluster": page.finding.subject.name,
            "customer": one.company.name,
            "ordered": one.ordered,
            "strength": one.strength,
            "marks": list(one.marks),
        }
        for page in report.pages
        for one in page.members
    ]
    rows += [
        {
            "customer": one.company.name,
            "marks": [f"{each.level}: {each.kind}" for each in one.findings],
        }
        for one in report.between
    ]
    return Table("members", "Who is in which cluster, and who in none", columns, rows)


def _traits(report: ClusterReport) -> Table:
    columns = (
        Column("cluster", "Cluster"),
        Column("type", "Trait"),
        Column("name", "Which"),
        Column("share_in", "Inside", Cells.SHARE),
        Column("share_out", "Others", Cells.SHARE),
        Column("odds", "Odds ratio", Cells.NUMBER),
        Column("q", "q", Cells.NUMBER),
    )
    rows = [
        {"cluster": page.finding.subject.name, **trait}
        for page in report.pages
        for trait in page.traits
    ]
    return Table("traits", "What holds the members of each cluster together", columns, rows)
