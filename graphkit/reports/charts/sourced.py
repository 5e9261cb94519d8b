"""Where the figures of a chart were read, such as "orders.csv row 3-7"."""

from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd

from graphkit.findings import sources_of
from graphkit.reports.rows import rows_by_file
from graphkit.snapshot import Snapshot

_LONG: Final = 60
"""Characters of one cell; a longer one says how many rows there are."""


def read_from(snap: Snapshot, sources: Iterable[str]) -> tuple[str, ...]:
    """Files with all of their rows.

    Args:
        snap: Knows the names of files.
        sources: "file_id:row" each.
    """
    found = rows_by_file(list(sources), snap.files)
    return tuple(f"{name} row {rows}" for name, rows in found.items())


def rows_of(snap: Snapshot, frame: pd.DataFrame) -> str:
    """Where the rows of a frame were read, short enough for the cell of a table.

    Args:
        snap: Knows the names of files.
        frame: Rows of a type from files.
    """
    return cell_of(snap, sources_of(frame))


def cell_of(snap: Snapshot, sources: Sequence[str]) -> str:
    """Where something was read, short enough for the cell of a table.

    Args:
        snap: Knows the names of files.
        sources: "file_id:row" each.
    """
    counts: dict[str, int] = {}
    for one in set(sources):
        name = snap.files.get(one.rpartition(":")[0], one.rpartition(":")[0])
        counts[name] = counts.get(name, 0) + 1
    told = []
    for name, rows in rows_by_file(list(sources), snap.files).items():
        short = rows if len(rows) <= _LONG else rows[:_LONG].rpartition(",")[0] + ", \u2026"
        more = f" ({counts[name]:,} rows)" if len(rows) > _LONG else ""
        told.append(f"{name} row {short}{more}")
    return "; ".join(told)
