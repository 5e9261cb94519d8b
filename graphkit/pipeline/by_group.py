"""What findings of company groups say of their companies."""

import dataclasses
import re
from collections.abc import Mapping, Sequence

from graphkit.analyses.wording import listed, quoted
from graphkit.findings import Finding, Level
from graphkit.group_snapshot import GroupSnapshot
from graphkit.verdicts import Judged

_NO_GROUP = (
    "No two customers belong to one group, so these are the findings by company. A group is read"
    " from the column Parent Company of the CRM's companies."
)

_NODE = re.compile(r'\((?P<one>\w+):Company \{id: (?P<id>"(?:[^"\\]|\\.)*")\}\)')


def of_groups(snap: GroupSnapshot, found: Judged) -> Judged:
    """Findings whose queries ask the graph for the companies of each group.

    The graph has no groups of this sort: in it every company stands for itself.

    Args:
        snap: The groups.
        found: What was found on it.
    """
    members = {
        quoted(one.id): f"[{', '.join(map(quoted, one.members))}]" for one in snap.groups.values()
    }
    told = []
    for one in found.told:
        group, details = snap.groups.get(one.subject.id), dict(one.details)
        if group is not None:
            details["group"] = list(group.customers)
        cypher = _of_members(one.cypher, members)
        told.append(dataclasses.replace(one, cypher=cypher, details=details))
    return Judged(told, found.dismissed)


def _of_members(cypher: str, members: Mapping[str, str]) -> str:
    """A query with the companies of a group wherever it has the group.

    Args:
        cypher: The query.
        members: Ids of companies as a Cypher list, by the id of a group as a Cypher string.
    """

    def of_node(hit: re.Match[str]) -> str:
        ids = members.get(hit["id"])
        return f"({hit['one']}:Company WHERE {hit['one']}.id IN {ids})" if ids else hit[0]

    return _NODE.sub(of_node, cypher)


def groups_named(snap: GroupSnapshot, findings: Sequence[Finding]) -> list[str]:
    """Which companies the groups are that something is told of, a sentence each.

    Args:
        snap: The groups.
        findings: What is told.
    """
    if not snap.groups:
        return [_NO_GROUP]
    about = {one.subject.id for one in findings if one.level is not Level.CANNOT_TELL}
    return [
        f"{group.name}: {listed(group.customers)}."
        for group in snap.groups.values()
        if group.id in about
    ]
