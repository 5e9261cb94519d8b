"""The nodes of a map: whatever is tied, every customer, and whatever something is told of."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from graphkit.findings import Finding, Ref
from graphkit.network import node_names
from graphkit.reports.network.drawn import node_ids
from graphkit.reports.network.facts import facts
from graphkit.reports.network.figures import figures
from graphkit.reports.network.told import clusters, levels, told_of
from graphkit.snapshot import Snapshot

_CALLED: Final = {"TradeShow": "Trade show"}


def nodes(snap: Snapshot, ties: pd.DataFrame, findings: Sequence[Finding]) -> pd.DataFrame:
    """Every node that a map can show, sorted by type and id.

    Args:
        snap: What was known.
        ties: What `drawn_ties` gave.
        findings: What `analyse` found.

    Returns:
        `Drawing.nodes` without x, y and change; and label and key, type and id in the graph.
    """
    found = _every(snap, ties, findings)
    ids = node_ids(found["label"], found["key"])
    measured = figures(snap)
    company = (found["label"] == "Company").to_numpy(dtype=bool)
    keys = found["key"].where(company)  # an industry may be called like the id of a company
    known = facts(snap, measured)
    spelled = dict(zip(snap.companies.index, snap.companies["aliases"], strict=True))
    group = {
        member["id"]: one.subject.name
        for one in clusters(findings)
        for member in one.details["members"]
    }
    alarm = levels(findings)
    own = measured.reindex(keys).reset_index(drop=True)
    return pd.DataFrame(
        {
            "id": ids,
            "type": _types(snap, found),
            "name": found["name"].astype(str).astype(object),
            "aliases": [
                [str(one) for one in spelled.get(key, ()) if one != name]
                for key, name in zip(keys, found["name"], strict=True)
            ],
            "group": [group.get(key, "") for key in keys],
            "size": _sizes(own),
            "level": [alarm.get(one, "") for one in ids],
            "facts": [known.get(one, []) for one in ids],
            "label": found["label"],
            "key": found["key"],
        }
        | {name: own[name] for name in own}
    )


def _every(snap: Snapshot, ties: pd.DataFrame, findings: Sequence[Finding]) -> pd.DataFrame:
    """label, key and name of each node once."""
    parts = [
        ties[[f"{end}_type", f"{end}_id", f"{end}_name"]].set_axis(["label", "key", "name"], axis=1)
        for end in ("from", "to")
    ]
    buyers = snap.customers[["id", "name"]].set_axis(["key", "name"], axis=1)
    parts.append(buyers.assign(label="Company"))
    named = node_names(snap)
    told = {(one.type, one.id) for one in map(_subject, told_of(findings))} & set(named)
    parts.append(
        pd.DataFrame(
            [(label, key, named[label, key]) for label, key in sorted(told)],
            columns=["label", "key", "name"],
        )
    )
    found = pd.concat([one.astype(object) for one in parts], ignore_index=True)
    found = found.drop_duplicates(["label", "key"])
    return found.sort_values(["label", "key"], ignore_index=True)


def _subject(finding: Finding) -> Ref:
    return finding.subject


def _types(snap: Snapshot, found: pd.DataFrame) -> "pd.Series[Any]":
    """What the map calls each type: a company that does not buy is a customer's customer to it."""
    buys = found["key"].isin(snap.customers.index)
    company = found["label"] == "Company"
    said = found["label"].replace(_CALLED)
    return (
        said.mask(company & buys, "Customer").mask(company & ~buys, "End customer").astype(object)
    )


def _sizes(own: pd.DataFrame) -> np.ndarray:
    """From 0 to 1 by what was ordered; where no amount is known, by how often."""
    for name in ("ordered", "orders"):
        if name in own:
            bought = own[name].to_numpy(dtype=np.float64, na_value=0.0).clip(min=0.0)
            if bought.any():
                return np.asarray(np.sqrt(bought / bought.max()))
    return np.zeros(len(own))
