"""Which ties a map draws, in which words, and where each was read."""

from typing import Any, Final

import numpy as np
import pandas as pd

from graphkit.encoded import as_arrow
from graphkit.network import edges
from graphkit.reports.rows import rows_told
from graphkit.snapshot import Snapshot

_HABITS: Final = ("USES_PROCESS", "IN_MATERIAL", "HAS_FINISH", "READS_ABOUT")
"""Everybody does some of everything: only what is a large share of it is drawn."""
_LARGE: Final = 0.25
_WORDS: Final = {
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
_STATED: Final = (
    "USES_PROCESS",
    "IN_MATERIAL",
    "HAS_FINISH",
    "IN_INDUSTRY",
    "WORKS_AT",
    "OWNED_BY",
    "KNOWS",
)
"""Relations that a column of an export states; the others are read from texts or habits."""
ENDS: Final = ("from_type", "from_id", "from_name", "to_type", "to_id", "to_name")
"""What `drawn_ties` says of the nodes at both ends."""


def drawn_ties(snap: Snapshot) -> pd.DataFrame:
    """The ties that are worth a line on a map.

    Args:
        snap: What was known.

    Returns:
        `Drawing.edges` without change; and label, key and name of both ends (from_type, from_id,
        from_name and so on).
    """
    kept = _worth_drawing(edges(snap))
    rows = [rows_told(sources, snap.files) for sources in kept["sources"]]
    return pd.DataFrame(
        {
            "source": node_ids(kept["from_type"], kept["from_id"]),
            "target": node_ids(kept["to_type"], kept["to_id"]),
            "relation": kept["relation"].astype(object).map(_WORDS),
            # One more order ties less than the first one did.
            "strength": np.log1p(kept["strength"].to_numpy(dtype=np.float64)),
            "stated": kept["relation"].isin(_STATED).to_numpy(dtype=bool),
            "first": kept["first"].astype(object),
            "last": kept["last"].astype(object),
            "months": kept["months"],
            "rows": rows,
            "detail": _details(kept, rows),
        }
        | {name: kept[name].astype(object) for name in ENDS}
    )


def node_ids(labels: "pd.Series[Any]", keys: "pd.Series[Any]") -> "pd.Series[Any]":
    """Ids that are unique over types.

    Args:
        labels: Types of the graph, such as Company.
        keys: Ids within their type.
    """
    return (labels + " " + keys).astype(object)


def _worth_drawing(found: pd.DataFrame) -> pd.DataFrame:
    total = found.groupby(["relation", "from_id"])["strength"].transform("sum")
    habit = found["relation"].isin(_HABITS).to_numpy(dtype=bool)
    large = (found["strength"] >= _LARGE * total).to_numpy(dtype=bool)
    return found[~habit | large].reset_index(drop=True)


def _details(ties: pd.DataFrame, rows: list[list[str]]) -> list[str]:
    """When, how often and in which rows, such as "2024-03-01 to 2025-09-30, 12 times (...)"."""
    columns = (as_arrow(ties[name]).to_pylist() for name in ("first", "last", "ties"))
    return [
        ", ".join([*_when(first, last), *[f"{count} times"] * (count != 1)])
        + (f" ({'; '.join(read)})" if read else "")
        for first, last, count, read in zip(*columns, rows, strict=True)
    ]


def _when(first: Any, last: Any) -> list[str]:
    if last is None:
        return []
    return [f"{last}" if first == last else f"{first} to {last}"]
