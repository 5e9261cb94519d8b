"""What Neo4j's plan of a query says: its operators, and where each begins to look."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_LABEL = re.compile(r":[A-Z][A-Za-z_|]*")
_INDEX = re.compile(r":([A-Z]\w*\(\w+\))")
ONE_ROW = frozenset(
    {
        "Argument",
        "EagerAggregation",
        "Limit",
        "NodeUniqueIndexSeek",
        "NodeUniqueIndexSeek(Locking)",
        "Top1",
    }
)
"""Operators of a side of a product that is one row at most."""


def operators(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every step of a plan."""
    yield plan
    for one in plan.get("children", []):
        yield from operators(one)


def name_of(step: Mapping[str, Any]) -> str:
    """The operator of a step, such as NodeByLabelScan."""
    return str(step["operatorType"]).partition("@")[0]


def faults(plan: Mapping[str, Any]) -> list[str]:
    """Steps that look at every node, or join everything with everything.

    A product of which each row of one side meets one row of the other costs nothing.
    """
    found = []
    for step in operators(plan):
        name = name_of(step)
        wide = name == "CartesianProduct" and not any(map(_one_row, step["children"]))
        if name in {"AllNodesScan", "DirectedAllRelationshipsScan"} or wide:
            found.append(name)
    return found


def _one_row(step: Mapping[str, Any]) -> bool:
    """Whether a step brings one row: an aggregate over all, or what an id finds."""
    name = name_of(step)
    if name == "EagerAggregation":
        return not _grouped(step)
    if name in {"Projection", "Filter", "CacheProperties"}:
        return _one_row(step["children"][0])
    return name in ONE_ROW


def _grouped(step: Mapping[str, Any]) -> bool:
    """Whether an aggregation is by something: what it is by stands before what is added up."""
    details = str(step["args"].get("Details", ""))
    return not details.startswith(("max(", "min(", "count(", "sum(", "collect("))


def shape(plan: Mapping[str, Any]) -> tuple[Any, ...]:
    """A plan as a tree of its operators, each with the labels and types that it looks at."""
    details = str(plan["args"].get("Details", ""))
    seen = tuple(sorted(set(_LABEL.findall(details))))
    return name_of(plan), seen, tuple(shape(one) for one in plan.get("children", []))


def indexes(plan: Mapping[str, Any]) -> set[str]:
    """The indexes that a plan looks into, as Order(ordered_on)."""
    looked = " ".join(
        str(step["args"].get("Details", "")) for step in operators(plan) if "Index" in name_of(step)
    )
    return set(_INDEX.findall(looked))


def scanned(plan: Mapping[str, Any]) -> set[str]:
    """The labels of which a plan looks at every node."""
    return {
        str(step["args"]["Details"]).partition(":")[2]
        for step in operators(plan)
        if name_of(step) == "NodeByLabelScan"
    }
