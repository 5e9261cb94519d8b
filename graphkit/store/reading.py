"""Whether a query does nothing but read the graph, by Neo4j's own plan of it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from neo4j import ResultSummary

from graphkit.errors import UsageError

_READS: Final = "r"
_SHOWN: Final = frozenset({"ShowIndexes", "ShowConstraints"})
"""What is shown of the graph itself; users, settings and transactions are the server's."""
_PROCEDURES: Final = frozenset(
    {
        "db.labels",
        "db.relationshipTypes",
        "db.propertyKeys",
        "db.schema.visualization",
        "db.schema.nodeTypeProperties",
        "db.schema.relTypeProperties",
        "db.index.fulltext.queryNodes",
        "db.index.fulltext.queryRelationships",
        "db.index.vector.queryNodes",
        "db.index.vector.queryRelationships",
    }
)
"""Procedures that look at the graph and do nothing else. Neo4j calls many more "reading", among
them such as read files and networks, and such as change what the server remembers."""


def check_only_reads(explained: ResultSummary) -> None:
    """Refuse a query that changes something, or reaches for more than the graph.

    Args:
        explained: What EXPLAIN says of it.

    Raises:
        UsageError: It does.
    """
    if explained.query_type != _READS or explained.plan is None:
        raise UsageError("graphkit query only reads: this would change the graph or the server.")
    for step in _steps(explained.plan):
        beyond = _beyond(step)
        if beyond:
            raise UsageError(f"graphkit query only reads the graph, and this uses {beyond}.")


def _steps(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for child in plan.get("children", ()):
        yield from _steps(child)


def _beyond(step: Mapping[str, Any]) -> str:
    """What a step reaches for beside the graph, in words; empty when nothing."""
    name = str(step["operatorType"]).partition("@")[0]
    if name == "LoadCSV":
        return "LOAD CSV, which reads the server's files and network"
    if name.startswith(("Show", "Terminate")) and name not in _SHOWN:
        return "SHOW or TERMINATE, which ask the server"
    if "ProcedureCall" in name:
        called = str(step["args"].get("Details", "")).partition("(")[0]
        return "" if called in _PROCEDURES else f"the procedure {called}"
    return ""
