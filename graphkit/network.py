"""The graph of a snapshot: who and what is tied to whom, how strongly, since when, by which rows.

`ties.ties` has one row for each time that something was said or happened; `edges` joins those of
the same kind between the same two nodes. networkx graphs and sparse matrices are made of edges.
"""

from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from graphkit.encoded import as_arrow, places
from graphkit.schema import TYPES, Kind, TradeShow
from graphkit.snapshot import Snapshot, days_of, once
from graphkit.ties import TIE_COLUMNS, ties

_KEY = list(TIE_COLUMNS[:5])
_SHOWN_SOURCES = 5
_YEAR_0 = 1970 * 12  # numpy counts months from there
_UNDATED = 0.5  # what a tie without a date counts for beside 1 for one of today


def edges(snap: Snapshot, *, half_life: float = 365.0) -> pd.DataFrame:
    """Ties of one kind between the same two nodes as one row each, sorted.

    Args:
        snap: What was known.
        half_life: Days after which a tie counts half.

    Returns:
        relation, from_type, from_id, from_name, to_type, to_id, to_name; strength, the sum over
        ties of 2 ** -(age / half_life), where a tie without a date counts one half; ties, how many;
        first and last day; months, of each dated tie year * 12 + month - 1, ascending; sources, the
        latest rows as "file_id:row".
    """
    rows, begins = _grouped(ties(snap))
    ends = np.append(begins, len(rows))[1:]
    days = days_of(rows["on"])
    undated = np.isnat(days)
    months = days.astype("datetime64[M]").astype(np.int64) + _YEAR_0
    weight = weights(snap, rows["on"], half_life=half_life)
    found = rows.iloc[begins][_KEY].reset_index(drop=True)
    named = node_names(snap)
    for end in ("from", "to"):
        labels, ids = (as_arrow(found[f"{end}_{name}"]).to_pylist() for name in ("type", "id"))
        place = list(found.columns).index(f"{end}_id") + 1
        found.insert(
            place,
            f"{end}_name",
            [named.get(pair, pair[1]) for pair in zip(labels, ids, strict=True)],
        )
    # Undated ties stand first in their edge, so this is where its first dated one is, if any.
    dated = begins + _sums(undated, begins)
    first = np.where(dated < ends, days[np.minimum(dated, len(rows) - 1)], np.datetime64("NaT"))
    return found.assign(
        strength=_sums(weight, begins),
        ties=ends - begins,
        first=_day_column(first),
        last=_day_column(days[ends - 1]),
        months=pd.Series(_parts(months.tolist(), dated, ends), dtype=object),
        sources=pd.Series(_latest(rows["source"], begins, ends), dtype=object),
    )


def _grouped(rows: pd.DataFrame) -> tuple[pd.DataFrame, npt.NDArray[np.intp]]:
    """Ties by edge, day and source, those without a day first; and where each edge begins."""
    keys = [_ranks(rows[name]) for name in _KEY]
    days = days_of(rows["on"]).astype(np.int64)  # no day is the least number
    order = np.lexsort((_ranks(rows["source"]), days, *reversed(keys)))
    moved = [np.diff(key[order], prepend=-1) != 0 for key in keys]
    begins = np.flatnonzero(np.logical_or.reduce(moved))
    return rows.iloc[order].reset_index(drop=True), begins


def _ranks(column: "pd.Series[Any]") -> npt.NDArray[np.intp]:
    """The place of each text among the distinct ones in order."""
    codes, texts = places(column)
    known = np.array(texts.to_pylist(), dtype=object)
    ranks = np.empty(len(known), dtype=np.intp)
    ranks[np.argsort(known, kind="stable")] = np.arange(len(known))
    return np.asarray(ranks[codes])


def _sums(values: npt.NDArray[Any], begins: npt.NDArray[np.intp]) -> npt.NDArray[Any]:
    """Values added up by edge."""
    if not len(begins):
        return np.zeros(0, dtype=np.int64)
    return np.asarray(np.add.reduceat(values, begins, dtype=np.result_type(values, np.int64)))


def _parts(
    values: list[Any], begins: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]
) -> list[list[Any]]:
    """Some of the values for each edge."""
    return [values[at:end] for at, end in zip(begins.tolist(), ends.tolist(), strict=True)]


def _latest(
    sources: "pd.Series[Any]", begins: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]
) -> list[list[str]]:
    """The last rows of each edge that say so; of a tie without a row there is none."""
    said = (sources != "").to_numpy(dtype=bool)
    before = np.append(0, np.cumsum(said))
    stop = before[ends]
    return _parts(
        as_arrow(sources[said]).to_pylist(), np.maximum(before[begins], stop - _SHOWN_SOURCES), stop
    )


def _day_column(days: npt.NDArray[np.datetime64]) -> "pd.Series[Any]":
    times = pd.Series(days.astype("datetime64[us]"), dtype=Kind.TIME.dtype)
    return times.astype(Kind.DATE.dtype)


def weights(
    snap: Snapshot, on: "pd.Series[Any]", *, half_life: float = 365.0
) -> npt.NDArray[np.float64]:
    """How much ties of these days count as of the snapshot's day: 1 today, half after a half-life.

    Args:
        snap: Says which day it is.
        on: Days; empty where there is no date.
        half_life: Days.
    """
    age = (np.datetime64(snap.as_of) - days_of(on)) / np.timedelta64(1, "D")
    decayed = 2.0 ** -(np.maximum(age, 0.0) / half_life)
    return np.asarray(np.where(np.isnan(age), _UNDATED, decayed))


@once
def node_names(snap: Snapshot) -> dict[tuple[str, str], str]:
    """Name of each node by type and id; a show's is its series and year. Made once: change none."""
    found = {("Company", one): name for one, name in snap.names.items()}
    for label in ("Employee", "Person", "Industry", "Process", "Material", "Finish", "Method"):
        nodes = snap.frame(TYPES[label])
        found |= {
            (label, one): name
            for one, name in zip(nodes["id"], nodes["name"], strict=True)
            if isinstance(name, str)
        }
    topics = snap.frame(TYPES["Topic"])
    found |= {("Topic", one): name for one, name in zip(topics["id"], topics["name"], strict=True)}
    shows = snap.frame(TradeShow)
    said = shows["series"] + " " + shows["year"].astype(Kind.TEXT.dtype)
    return found | {("TradeShow", one): name for one, name in zip(shows["id"], said, strict=True)}


def to_networkx(found: pd.DataFrame) -> "nx.MultiDiGraph[tuple[str, str]]":
    """Edges as a networkx graph whose nodes are (type, id).

    Args:
        found: What `edges` gave.
    """
    graph: nx.MultiDiGraph[tuple[str, str]] = nx.MultiDiGraph()
    for end in ("from", "to"):
        some = found[[f"{end}_type", f"{end}_id", f"{end}_name"]].drop_duplicates()
        for label, one, name in some.itertuples(index=False):
            graph.add_node((label, one), type=label, name=name)
    for row in found.to_dict("records"):
        # No key: two ties of one type would silently become one.
        graph.add_edge(
            (row["from_type"], row["from_id"]),
            (row["to_type"], row["to_id"]),
            relation=row["relation"],
            strength=row["strength"],
            first=row["first"],
            last=row["last"],
            sources=row["sources"],
        )
    return graph


@dataclass(frozen=True, slots=True)
class Matrix:
    """Edges as a sparse matrix.

    Attributes:
        nodes: (type, id) of each row and column, sorted.
        strength: From rows to columns; ties of several kinds are added up.
    """

    nodes: list[tuple[str, str]]
    strength: sparse.csr_array

    @property
    def symmetric(self) -> sparse.csr_array:
        """Strength in either direction."""
        return sparse.csr_array(self.strength + self.strength.T)


def to_matrix(found: pd.DataFrame) -> Matrix:
    """Edges as a sparse matrix.

    Args:
        found: What `edges` gave, or some of its rows.
    """
    starts = pd.MultiIndex.from_frame(found[["from_type", "from_id"]])
    ends = pd.MultiIndex.from_frame(found[["to_type", "to_id"]])
    every = starts.append(ends).unique().sort_values()
    strength = sparse.csr_array(
        (
            found["strength"].to_numpy(dtype=np.float64),
            (every.get_indexer(starts), every.get_indexer(ends)),
        ),
        shape=(len(every), len(every)),
    )
    strength.sum_duplicates()
    return Matrix([(str(label), str(one)) for label, one in every], strength)
