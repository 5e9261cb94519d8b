"""What findings say of the nodes of a map, and what holds its clusters together."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from graphkit.analyses.clustering.words import sentence
from graphkit.drawing import Group, Told
from graphkit.findings import Evidence, Finding, Level, Ref
from graphkit.reports.rows import rows_told

CLUSTER: Final = "customer-cluster"


def told_of(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that say something of somebody: no cluster, and nothing that cannot be told.

    Args:
        findings: Ranked.
    """
    return [one for one in findings if one.kind != CLUSTER and one.level is not Level.CANNOT_TELL]


def clusters(findings: Sequence[Finding]) -> list[Finding]:
    """The clusters, that with most members first.

    Args:
        findings: What `analyse` found.
    """
    found = [one for one in findings if one.kind == CLUSTER and one.details.get("members")]
    return sorted(found, key=lambda one: (-len(one.details["members"]), one.subject.name))


def groups(findings: Sequence[Finding]) -> tuple[Group, ...]:
    """The clusters as a map names them.

    Args:
        findings: What `analyse` found.
    """
    return tuple(
        Group(one.subject.name, sentence(one.statement.removeprefix(f"{one.subject.name}: ")))
        for one in clusters(findings)
    )


def levels(findings: Sequence[Finding]) -> dict[str, str]:
    """The gravest level of what is alarming, by node.

    Args:
        findings: Ranked: the gravest comes first.
    """
    found: dict[str, str] = {}
    for one in told_of(findings):
        if one.alarming:
            found.setdefault(node_of(one.subject), one.level.value)
    return found


def node_of(ref: Ref) -> str:
    """The id of the node of something.

    Args:
        ref: What a finding or page is about.
    """
    return f"{ref.type} {ref.id}"


def told(
    findings: Sequence[Finding], nodes: Collection[str], files: Mapping[str, str]
) -> tuple[Told, ...]:
    """What is told of the nodes of a map, the alarming first and of these the gravest.

    Args:
        findings: Ranked.
        nodes: Ids of those that the map shows.
        files: File name by file_id.
    """
    own = [one for one in told_of(findings) if node_of(one.subject) in nodes]
    return tuple(told_one(one, files) for one in sorted(own, key=lambda one: not one.alarming))


def told_one(one: Finding, files: Mapping[str, str]) -> Told:
    """A finding as a map tells it.

    Args:
        one: The finding.
        files: File name by file_id.
    """
    return Told(
        id=one.id,
        node=node_of(one.subject),
        kind=one.kind,
        level=one.level.value,
        alarming=one.alarming,
        statement=one.statement,
        advice=one.advice,
        why=tuple(_why(one.evidence, files)),
        cypher=one.cypher,
    )


def _why(evidence: Sequence[Evidence], files: Mapping[str, str]) -> Iterator[str]:
    for one in evidence:
        value = one.value if isinstance(one.value, str) else f"{one.value:,.12g}"
        unit = "" if one.unit in one.label else one.unit  # "orders lost: 74.6" says it already
        read = rows_told(one.sources, files)
        yield f"{one.label}: {value} {unit}".strip() + (f" ({'; '.join(read)})" if read else "")
