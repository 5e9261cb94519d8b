"""Whether a query does nothing but read the graph, by Neo4j's own plan of it."""

import re
from collections.abc import Collection, Iterator, Mapping
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
_FUNCTIONS: Final = (
    "gds.version",
    "gds.similarity.",
    "apoc.coll.",
    "apoc.date.",
    "apoc.math.",
    "apoc.number.",
    "apoc.text.",
)
"""Functions of plugins, or how they begin, that make values of values. Others run texts as
queries, read files, or keep graphs in the server's memory, and the plan says only their names."""
_WITHIN_EXPRESSION: Final = re.compile(r"ResolvedCall\(([^(]*)\(")
"""A procedure in a subquery that is part of an expression: such a subquery has no steps."""


def check_only_reads(explained: ResultSummary, functions: Collection[str]) -> None:
    """Refuse a query that changes something, or reaches for more than the graph.

    Args:
        explained: What EXPLAIN says of it.
        functions: Names of the functions that are not Neo4j's own.

    Raises:
        UsageError: It does.
    """
    if explained.query_type != _READS or explained.plan is None:
        raise UsageError("graphkit query only reads: this would change the graph or the server.")
    called = {f"{one.casefold()}(": one for one in functions if not one.startswith(_FUNCTIONS)}
    for step in _steps(explained.plan):
        beyond = _beyond(step, called)
        if beyond:
            raise UsageError(f"graphkit query only reads the graph, and this uses {beyond}.")


def _steps(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for child in plan.get("children", ()):
        yield from _steps(child)


def _beyond(step: Mapping[str, Any], functions: Mapping[str, str]) -> str:
    """What a step reaches for beside the graph, in words; empty when nothing.

    Texts of the query are parameters of its plan, so they are not taken for what it does.
    """
    name = str(step["operatorType"]).partition("@")[0]
    details = str(step["args"].get("Details", ""))
    said = details.casefold().replace("`", "")
    if name == "LoadCSV" or "load csv" in said:
        return "LOAD CSV, which reads the server's files and network"
    if name.startswith(("Show", "Terminate")) and name not in _SHOWN:
        return "SHOW or TERMINATE, which ask the server"
    procedures = _WITHIN_EXPRESSION.findall(details)
    if "ProcedureCall" in name:
        procedures.append(details.partition("(")[0])
    for called in procedures:
        if called not in _PROCEDURES:
            return f"the procedure {called}"
    return next((f"the function {one}" for call, one in functions.items() if call in said), "")
