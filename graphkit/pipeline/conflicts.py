"""What two systems report both: how much was counted once, and what they dispute, row by row."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from graphkit.resolve import DOCUMENTS
from graphkit.schema import TYPES, ConflictsWith, File, Repeats
from graphkit.store.base import GraphStore

_SHOWN = 10
"""Conflicts that the text names; --json has them all."""


def counted_once(store: GraphStore) -> dict[str, int]:
    """How many quotes, orders and invoices of one system repeat those of another, by type."""
    found = store.read(Repeats, ["id", "from_type"])["from_type"].value_counts()
    return {name: int(found.get(name, 0)) for name in DOCUMENTS}


def conflicts(store: GraphStore) -> list[dict[str, Any]]:
    """Each pair that two systems dispute: what it is about, and where both sides were read."""
    pairs = store.read(ConflictsWith)
    files = store.read(File, ["id", "instance", "path"]).set_index("id")
    found = []
    for name, day in DOCUMENTS.items():
        some = pairs[(pairs["from_type"] == name).to_numpy(dtype=bool)]
        if some.empty:
            continue
        ids = {*some["from_id"], *some["to_id"]}
        columns = ["id", "number", day, "file_id", "row"]
        rows = store.read(TYPES[name], columns, where=("id", ids)).set_index("id")
        found += [
            {
                "what": name,
                "about": about,
                "first": _side(rows.loc[kept], files, day),
                "second": _side(rows.loc[other], files, day),
            }
            for other, kept, about in some[["from_id", "to_id", "about"]].to_numpy().tolist()
        ]
    return sorted(found, key=lambda one: (one["what"], one["first"]["number"], one["about"]))


def _side(row: pd.Series, files: pd.DataFrame, day: str) -> dict[str, Any]:
    known = row["file_id"] in files.index
    return {
        "system": files.at[row["file_id"], "instance"] if known else None,
        "number": row["number"],
        "on": row[day],
        "file": files.at[row["file_id"], "path"] if known else None,
        "row": int(row["row"]),
    }


def counted_once_text(counts: dict[str, int], disputed: Sequence[dict[str, Any]]) -> str:
    """Both in words; empty when no two systems report the same.

    Args:
        counts: See `counted_once`.
        disputed: See `conflicts`.
    """
    named = [
        f"{count:,} {name.lower()}{'s' * (count != 1)}" for name, count in counts.items() if count
    ]
    lines = [f"Reported by two systems, counted once: {', '.join(named)}"] * bool(named)
    if disputed:
        lines.append(
            f"Disputed between two systems, so counted twice until corrected: {len(disputed):,}"
        )
        lines += [_line(one) for one in disputed[:_SHOWN]]
        left = len(disputed) - _SHOWN
        lines += [f"  and {left:,} more: graphkit status --json"] * (left > 0)
    return "\n".join([*lines, ""] if lines else [])


def _line(one: dict[str, Any]) -> str:
    sides = [f"{side['file']} row {side['row']}" for side in (one["first"], one["second"])]
    return (
        f"  {one['what'].lower()} {one['first']['number']}, another {one['about']}: "
        f"{' and '.join(sides)}"
    )
