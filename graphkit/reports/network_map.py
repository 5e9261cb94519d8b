"""The network as a drawing: customers by cluster, and what ties them."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from graphkit.colors import COLORS
from graphkit.drawing import Drawing, Fact
from graphkit.errors import NothingLoadedError
from graphkit.findings import Finding, Level
from graphkit.network import edges
from graphkit.reports.layout import around, positions
from graphkit.reports.ordered import ordered_last_year
from graphkit.reports.rows import rows_by_file
from graphkit.snapshot import Snapshot

HIDDEN = ("Person", "Process", "Material", "Finish", "Topic")
"""Left out until asked for: everybody is tied to a few of each, which draws a grey blob."""

_NAMES = {"TradeShow": "Trade show"}
_HABITS = ("USES_PROCESS", "IN_MATERIAL", "HAS_FINISH", "READS_ABOUT")
"""Everybody does some of everything: only what is a large share of it is drawn."""
_LARGE = 0.25
_WORDS = {
    "USES_PROCESS": "orders",
    "IN_MATERIAL": "orders in",
    "HAS_FINISH": "orders with",
    "IN_INDUSTRY": "is in",
    "ATTENDED": "was at",
    "SUPPLIES": "supplies",
    "USES_METHOD": "works with",
    "READS_ABOUT": "reads about",
    "FOLLOWS": "follows",
    "LIKED": "liked posts of",
    "SHARED": "shared posts of",
    "WORKS_AT": "works at",
    "OWNED_BY": "is looked after by",
    "TALKED_TO": "talked to",
    "KNOWS": "knows",
}
_STATED = (
    "USES_PROCESS",
    "IN_MATERIAL",
    "HAS_FINISH",
    "IN_INDUSTRY",
    "WORKS_AT",
    "OWNED_BY",
    "KNOWS",
)
"""Relations that a column of an export states; the others are read from texts or habits."""


def network_map(
    snap: Snapshot, findings: Sequence[Finding], *, focus: str = "", hops: int = 2
) -> Drawing:
    """Customers, what ties them, and where something is alarming.

    Args:
        snap: What was known.
        findings: What `analyse` found: clusters place the customers, alerts and watches mark them.
        focus: Only what is within `hops` steps of this company; everything when empty.
        hops: Steps from the focus.

    Raises:
        NothingLoadedError: There is no company yet.
        UnknownNameError: No company is called as `focus` says.
    """
    if snap.companies.empty:
        raise NothingLoadedError("Nothing is loaded yet.", next_step="graphkit load FOLDER")
    ties = _drawn(edges(snap))
    centre = f"Company {snap.find_company(focus)}" if focus else ""
    if centre:
        ties = _near(ties, centre, hops)
    nodes = _nodes(snap, ties, findings, alone=centre)
    nodes[["x", "y"]] = _places(nodes, ties, centre)
    customers = int((nodes["type"] == "Customer").sum())
    return Drawing(
        title=f"Around {focus}" if focus else "The customer network",
        caption=f"As of {snap.as_of}: {customers} customers and what ties them. Customers of one "
        "cluster stand together.",
        nodes=nodes,
        edges=_edges(snap, ties),
        colors=COLORS,
        as_of=snap.as_of,
        hidden=HIDDEN,
        centre=centre,
    )


def _drawn(found: pd.DataFrame) -> pd.DataFrame:
    """Edges worth drawing, with node ids that are unique over types."""
    total = found.groupby(["relation", "from_id"])["strength"].transform("sum")
    habit = found["relation"].isin(_HABITS).to_numpy(dtype=bool)
    large = (found["strength"] >= _LARGE * total).to_numpy(dtype=bool)
    kept = found[~habit | large].reset_index(drop=True)
    return kept.assign(
        source=kept["from_type"] + " " + kept["from_id"],
        target=kept["to_type"] + " " + kept["to_id"],
        # One more order ties less than the first one did.
        pull=np.log1p(kept["strength"].to_numpy(dtype=np.float64)),
    )


def _near(ties: pd.DataFrame, centre: str, hops: int) -> pd.DataFrame:
    """The edges within some steps of a node."""
    reached = {centre}
    for _ in range(hops):
        touched = ties["source"].isin(reached) | ties["target"].isin(reached)
        reached |= set(ties.loc[touched, "source"]) | set(ties.loc[touched, "target"])
    inside = ties["source"].isin(reached) & ties["target"].isin(reached)
    return ties[inside].reset_index(drop=True)


def _nodes(
    snap: Snapshot, ties: pd.DataFrame, findings: Sequence[Finding], *, alone: str
) -> pd.DataFrame:
    """The nodes of the edges, and without a focus every customer; sorted by id."""
    ends = [
        ties[[f"{end}_type", f"{end}_id", f"{end}_name"]].set_axis(["label", "key", "name"], axis=1)
        for end in ("from", "to")
    ]
    companies = snap.companies[["id", "name"]].set_axis(["key", "name"], axis=1)
    wanted = (
        companies["key"] == alone.removeprefix("Company ")
        if alone
        else (companies["key"].isin(snap.customers.index))
    )
    ends.append(companies[wanted].assign(label="Company"))
    nodes = pd.concat(ends, ignore_index=True).drop_duplicates(["label", "key"])
    nodes = nodes.sort_values(["label", "key"], ignore_index=True).astype(object)
    clusters = {
        member["id"]: one.subject.name
        for one in findings
        if one.kind == "customer-cluster"
        for member in one.details.get("members", ())
    }
    ordered = ordered_last_year(snap)
    most = max(ordered.values(), default=0.0) or 1.0
    said = _said(findings)
    customers = set(snap.customers.index)
    rows = [
        {
            "id": f"{label} {key}",
            "type": _type(label, key, customers),
            "name": str(name),
            "group": clusters.get(key, ""),
            "size": float(np.sqrt(ordered.get(key, 0.0) / most)),
            "level": said.get(key, ("", ()))[0],
            "facts": [
                Fact(text)
                for text in (*_facts(snap, label, key, ordered), *said.get(key, ("", ()))[1])
            ],
        }
        for label, key, name in zip(nodes["label"], nodes["key"], nodes["name"], strict=True)
    ]
    return pd.DataFrame(rows)


def _places(nodes: pd.DataFrame, ties: pd.DataFrame, centre: str) -> np.ndarray:
    """What is shown at first has the map to itself; the rest stands near what it is tied to."""
    hidden = _left_out(nodes, ties, centre)
    shown, rest = nodes[~hidden], nodes.loc[hidden, "id"].tolist()
    known = set(shown["id"])
    pulls = [
        (source, target, pull)
        for source, target, pull in zip(ties["source"], ties["target"], ties["pull"], strict=True)
        if source in known and target in known
    ]
    places = np.zeros((len(nodes), 2))
    places[~hidden] = positions(shown["id"].tolist(), shown["group"].tolist(), pulls)
    pairs = list(zip(ties["source"], ties["target"], strict=True))
    places[hidden] = around(places[~hidden], shown["id"].tolist(), rest, pairs)
    return places


def _left_out(nodes: pd.DataFrame, ties: pd.DataFrame, centre: str) -> np.ndarray:
    """What is not shown at first: hidden types and, customers apart, what only these tie."""
    hidden = nodes["type"].isin(HIDDEN).to_numpy(dtype=bool)
    shown = set(nodes.loc[~hidden, "id"])
    both = ties["source"].isin(shown) & ties["target"].isin(shown)
    tied = {centre, *ties.loc[both, "source"], *ties.loc[both, "target"]}
    loose = ~nodes["id"].isin(tied) & (nodes["type"] != "Customer")
    return np.asarray(hidden | loose.to_numpy(dtype=bool))


def _type(label: str, key: str, customers: set[str]) -> str:
    if label == "Company":
        return "Customer" if key in customers else "End customer"
    return _NAMES.get(label, label)


def _said(findings: Sequence[Finding]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The gravest level of what is alarming, and all statements, about each subject."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for one in findings:  # ranked: the gravest comes first
        if one.kind != "customer-cluster" and one.level is not Level.CANNOT_TELL:
            level, statements = found.get(one.subject.id, ("", ()))
            if one.alarming and not level:
                level = one.level.value
            found[one.subject.id] = (level, (*statements, f"{one.level}: {one.statement}"))
    return found


def _facts(snap: Snapshot, label: str, key: str, ordered: Mapping[str, float]) -> list[str]:
    if label != "Company":
        return []
    facts = []
    industry = snap.companies.at[key, "industry"]
    if isinstance(industry, str):
        facts.append(f"Industry: {industry}")
    if key in ordered:
        facts.append(f"Ordered in twelve months: {ordered[key]:,.0f} {snap.currency}")
    return facts


def _edges(snap: Snapshot, ties: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "source": ties["source"].astype(object),
            "target": ties["target"].astype(object),
            "relation": [_WORDS[relation] for relation in ties["relation"]],
            "strength": ties["pull"],
            "stated": ties["relation"].isin(_STATED).to_numpy(dtype=bool),
            "detail": [_detail(snap, row) for row in ties.to_dict("records")],
        }
    )


def _detail(snap: Snapshot, row: Mapping[Hashable, Any]) -> str:
    """When, how often and in which rows, such as "2024-03-01 to 2025-09-30, 12 times (...)"."""
    parts = []
    first, last = row["first"], row["last"]
    if not pd.isna(last):
        parts.append(f"{first} to {last}" if first != last else f"{last}")
    if row["ties"] != 1:
        parts.append(f"{row['ties']} times")
    rows = rows_by_file(row["sources"], snap.files)
    shown = "; ".join(f"{name} row {numbers}" for name, numbers in rows.items())
    return ", ".join(parts) + (f" ({shown})" if shown else "")
