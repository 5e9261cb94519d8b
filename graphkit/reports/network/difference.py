"""What became of a network between two days: new, gone and changed nodes, ties and findings."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.wording import counted, listed
from graphkit.changes import Change, What
from graphkit.drawing import Fact, Told
from graphkit.reports.network.network import Network
from graphkit.reports.network.parts import Part
from graphkit.reports.network.told import CLUSTER, node_of, told_of, told_one
from graphkit.schema import Invoice, Order, Quote
from graphkit.snapshot import Snapshot, days_of
from graphkit.ties import ties

Bools = npt.NDArray[np.bool_]

_TIE: Final = ["source", "target", "relation"]
_TIMES: Final = 2.0
"""So many times as strong or as weak as before, a tie is a changed one."""


def difference(
    then: Network, now: Network, changes: Sequence[Change], seen: Mapping[str, np.datetime64]
) -> Network:
    """The networks of two days as one, with what is new, gone and changed marked.

    A node is new when nothing of it had happened by the earlier day. A customer is gone when it had
    ordered in the twelve months to the earlier day, and nothing in those to the later one; it stays
    drawn, and so does what only the earlier network has. A node is changed when its level is
    another or it went from one cluster to another, a tie when it is twice or half as strong.

    Args:
        then: The network of the earlier day.
        now: That of the later one.
        changes: What became of the findings, and of the clusters.
        seen: The day on which something of a node first happened, by its id.
    """
    moved = _names_now(changes)
    before = then.nodes.assign(group=[moved.get(one, one) for one in then.nodes["group"]])
    nodes = _nodes(before, now.nodes, seen, then.as_of, now.as_of)
    edges = _edges(then.edges, now.edges)
    named = {one.name for one in now.groups}
    left = set(nodes["group"])
    older = [one for one in then.groups if one.name not in named and one.name in left]
    return dataclasses.replace(
        now, nodes=nodes, edges=edges, groups=(*now.groups, *older), findings=()
    )


def changed(network: Network, since: dt.date) -> Part:
    """The whole of a difference.

    Args:
        network: What `difference` gave, with its findings.
        since: The earlier day.
    """
    parts = [
        _counted(network.nodes.loc[network.nodes["type"] == "Customer", "change"], "customer"),
        _counted(network.edges["change"], "tie"),
        _counted(pd.Series([one.change for one in network.findings], dtype=object), "finding"),
    ]
    told = "; ".join(filter(None, parts)) or "nothing is new, gone or changed"
    return Part(
        network,
        f"What changed from {since} to {network.as_of}",
        f"From {since} to {network.as_of}: {told}.",
        emphasis="difference",
        whole=True,
    )


def told_changes(
    changes: Sequence[Change], nodes: Sequence[str], files: Mapping[str, str]
) -> tuple[Told, ...]:
    """What is told of the nodes, the alarming first, with what became of it.

    Args:
        changes: Of the findings of two days.
        nodes: Ids of those that the map shows.
        files: File name by file_id.
    """
    known = set(nodes)
    found = [
        dataclasses.replace(
            told_one(one.finding, files),
            change="" if one.what is What.UNCHANGED else one.what.value,
            before=one.before.statement if one.what is What.CHANGED and one.before else "",
        )
        for one in changes
        if told_of([one.finding]) and node_of(one.finding.subject) in known
    ]
    return tuple(sorted(found, key=lambda one: not one.alarming))


def first_days(snap: Snapshot) -> dict[str, np.datetime64]:
    """The first day on which something of a node happened, by its id; undated ones have none.

    Args:
        snap: What was known.
    """
    rows = ties(snap)
    parts = [(rows[f"{end}_type"] + " " + rows[f"{end}_id"], rows["on"]) for end in ("from", "to")]
    for entity, day in ((Order, "ordered_on"), (Invoice, "invoiced_on"), (Quote, "quoted_on")):
        frame = snap.frame(entity)
        parts.append(("Company " + frame["company"], frame[day]))
    ids = pd.concat([one for one, _ in parts], ignore_index=True).astype(object)
    days = pd.Series(np.concatenate([days_of(on) for _, on in parts]).astype("datetime64[s]"))
    known = ids.notna() & days.notna()
    first = days[known].groupby(ids[known]).min()
    return dict(zip(first.index, first.to_numpy().astype("datetime64[D]"), strict=True))


def _names_now(changes: Sequence[Change]) -> dict[str, str]:
    """What a cluster of then is called now."""
    return {
        one.before.subject.name: one.finding.subject.name
        for one in changes
        if one.finding.kind == CLUSTER and one.before is not None
    }


def _nodes(
    before: pd.DataFrame,
    now: pd.DataFrame,
    seen: Mapping[str, np.datetime64],
    since: dt.date,
    until: dt.date,
) -> pd.DataFrame:
    """Every node of either day with what became of it, and that as its first facts."""
    there = before["id"].isin(now["id"]).to_numpy(dtype=bool)
    every = pd.concat([now, before[~there].assign(level="")], ignore_index=True)
    former = before.set_index("id").reindex(every["id"]).reset_index()
    day = np.datetime64(since)
    known = former["type"].notna().to_numpy(dtype=bool)
    first = np.array([seen.get(one, day) for one in every["id"]], dtype="datetime64[D]")
    ways = {
        What.NEW: ~known | (first > day),
        What.GONE: (np.arange(len(every)) >= len(now)) | _lapsed(former, every),
        What.CHANGED: _other(former, every, "level") | _moved(former, every),
    }
    change = np.select(list(ways.values()), [one.value for one in ways], default="")
    facts = every["facts"].tolist()
    for at in np.flatnonzero(change != "").tolist():
        told = _became(str(change[at]), former.iloc[at], every.iloc[at], since, until)
        facts[at] = [*map(Fact, told), *facts[at]]
    return every.assign(change=change.astype(object), facts=pd.Series(facts, dtype=object))


def _lapsed(former: pd.DataFrame, every: pd.DataFrame) -> Bools:
    """Who had ordered in twelve months then, and has not now."""
    if "orders" not in former or "orders" not in every:
        return np.zeros(len(every), dtype=bool)
    ordered = (former["orders"] > 0).to_numpy(dtype=bool)
    return np.asarray(ordered & (every["orders"] == 0).to_numpy(dtype=bool))


def _moved(former: pd.DataFrame, every: pd.DataFrame) -> Bools:
    """Who went from one cluster to another; to be between them once and not again is no news."""
    inside = (former["group"].fillna("") != "") & (every["group"] != "")
    return np.asarray(_other(former, every, "group") & inside.to_numpy(dtype=bool))


def _other(former: pd.DataFrame, every: pd.DataFrame, column: str) -> Bools:
    return np.asarray((former[column].fillna("") != every[column]).to_numpy(dtype=bool))


def _became(
    change: str, was: "pd.Series[Any]", now: "pd.Series[Any]", since: dt.date, until: dt.date
) -> list[str]:
    """What became of a node, in words."""
    if change == What.NEW:
        return [f"New since {since}"]
    told = []
    if change == What.GONE:
        ordered = was.get("orders", 0) > 0
        told.append(
            f"Gone: {counted(was['orders'], 'order')} in the twelve months to {since}, none in"
            f" those to {until}"
            if ordered
            else f"Gone: only on the map of {since}"
        )
    if was["level"] != now["level"]:
        told.append(f"On {since} {_level(was['level'])}, now {_level(now['level'])}")
    if was["group"] and now["group"] and was["group"] != now["group"]:
        told.append(f'On {since} in "{was["group"]}", now in "{now["group"]}"')
    return told


def _level(level: str) -> str:
    return {"alert": "an alert", "watch": "a watch"}.get(level, "nothing alarming")


def _edges(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Every tie of either day with what became of it."""
    keys, former = pd.MultiIndex.from_frame(now[_TIE]), pd.MultiIndex.from_frame(before[_TIE])
    at = former.get_indexer(keys)
    gone = before[~former.isin(keys)].assign(change=What.GONE.value)
    # Strengths are logarithms of one more.
    strong, was = (np.expm1(one["strength"].to_numpy(dtype=float)) for one in (now, before))
    ratio = strong / np.append(was, np.nan)[at]
    moved = (ratio >= _TIMES) | (ratio <= 1 / _TIMES)
    change = np.select([at < 0, moved], [What.NEW.value, What.CHANGED.value], default="")
    return pd.concat([now.assign(change=change.astype(object)), gone], ignore_index=True)


def _counted(change: "pd.Series[Any]", one: str) -> str:
    """How many are new, gone and changed, such as "2 customers new and 1 gone"."""
    counts = [(int((change == what).sum()), what) for what in (What.NEW, What.GONE, What.CHANGED)]
    some = [(count, what) for count, what in counts if count]
    if not some:
        return ""
    (count, what), *rest = some
    return listed([f"{counted(count, one)} {what}", *(f"{n:,} {way}" for n, way in rest)])
