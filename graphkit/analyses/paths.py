"""Who of ours could introduce us to a company, and through whom: paths of influence."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.path_search import Links, best_chains, latest_days
from graphkit.errors import UnknownNameError, UsageError
from graphkit.findings import Ref
from graphkit.network import node_names, weights
from graphkit.schema import Employee
from graphkit.snapshot import Snapshot, days_of
from graphkit.ties import ties

CARRIES: Mapping[str, float] = {
    "WORKS_AT": 0.9,
    "OWNED_BY": 0.7,
    "TALKED_TO": 0.6,
    "KNOWS": 0.4,
    "SUPPLIES": 0.4,
    "ATTENDED": 0.2,
    "FOLLOWS": 0.15,
    "SHARED": 0.15,
    "LIKED": 0.1,
}
"""How likely a tie of today carries, by relationship. These are assumptions, not measurements: they
put paths in an order. Industries, processes, methods and topics are left out, since to be alike is
no way to reach anybody."""

_TOLD = {
    "WORKS_AT": ("{a} works at {b}", "{b} works at {a}"),
    "OWNED_BY": ("{b} looks after {a}", "{a} looks after {b}"),
    "TALKED_TO": ("{a} talked to {b} on {on}", "{b} talked to {a} on {on}"),
    "KNOWS": ("{a} is connected to {b} since {on}", "{b} is connected to {a} since {on}"),
    "SUPPLIES": ("{a} supplies {b} (said on {on})", "{b} supplies {a} (said on {on})"),
    "ATTENDED": ("{a} was at {b}", "so was {b}"),
    "FOLLOWS": ("{a} followed {b} on {on}", "{b} followed {a} on {on}"),
    "LIKED": ("{a} liked a post of {b} on {on}", "{b} liked a post of {a} on {on}"),
    "SHARED": ("{a} shared a post of {b} on {on}", "{b} shared a post of {a} on {on}"),
}


_LEAST = 1e-9  # an ancient tie carries hardly, but its logarithm is finite
_SHOWN_SOURCES = 5
_Names = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path.

    Attributes:
        start: Who the step starts from.
        relation: Relationship of the graph, such as TALKED_TO.
        end: Who it leads to.
        on: The latest day of the tie on which it can have carried to the next hop; None for a tie
            without a date, such as where somebody works.
        age: Days from then to the day of the snapshot.
        probability: That it carries.
        sources: Rows that say so, as "file_id:row", the latest last.
        told: In words.
    """

    start: Ref
    relation: str
    end: Ref
    on: dt.date | None
    age: int | None
    probability: float
    sources: tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Path:
    """A way to reach somebody.

    Attributes:
        hops: From the first to the last.
    """

    hops: tuple[Hop, ...]

    @property
    def probability(self) -> float:
        """That every hop carries: the product, as if they were independent."""
        return float(np.prod([hop.probability for hop in self.hops]))

    @property
    def weakest(self) -> Hop:
        """The hop that is least likely to carry."""
        return min(self.hops, key=lambda hop: hop.probability)

    @property
    def told(self) -> str:
        """In words, as what could be and never as what was."""
        steps = ", ".join(hop.told for hop in self.hops)
        goal = self.hops[-1].end.name
        return f"{steps.removesuffix('.')}. It could carry to {goal.removesuffix('.')}."


def find_paths(
    snap: Snapshot,
    target: str,
    *,
    start: str | None = None,
    k: int = 5,
    max_hops: int = 4,
    half_life: float = 365.0,
) -> list[Path]:
    """The k most probable ways to a company, each hop dated where it has a date, and sourced.

    Days along a path never decrease: what somebody heard at a show in May cannot travel over a talk
    in March. A tie without a date (where somebody works, who looks after whom) holds at any time.
    Each path has at least two hops that a row of a file states.

    Args:
        snap: What was known.
        target: A company's name in any system, its domain or id.
        start: One of ours or a company; all of ours when None.
        k: How many paths.
        max_hops: Most hops in a path.
        half_life: Days after which a tie counts half.

    Returns:
        Paths, the most probable first; none when nothing leads there.

    Raises:
        UnknownNameError: No such company or employee.
        UsageError: None of ours is known and no start is given.
    """
    goal = ("Company", snap.find_company(target))
    sources = _starts(snap, start)
    graph = tie_graph(snap, half_life)
    place = {node: number for number, node in enumerate(graph.nodes)}
    begin = [place[node] for node in sources if node in place]
    if goal not in place or not begin:
        return []
    chains = best_chains(graph.links, begin, place[goal], count=k, max_hops=max_hops)
    names = node_names(snap)
    return [_path(snap, graph, chain, names) for chain in chains]


def _starts(snap: Snapshot, start: str | None) -> list[tuple[str, str]]:
    """The nodes that paths begin at."""
    ours = snap.frame(Employee)
    if start is None:
        if ours.empty:
            raise UsageError(
                "Nobody of ours is known: no account owner and no author of notes.",
                next_step="name a company to start from: graphkit paths FROM TO",
            )
        return [("Employee", str(one)) for one in ours["id"]]
    wanted = start.strip().casefold()
    for one, name in zip(ours["id"], ours["name"], strict=True):
        if wanted in {str(one).casefold(), str(name).casefold()}:
            return [("Employee", str(one))]
    try:
        return [("Company", snap.find_company(start))]
    except UnknownNameError:
        known = [str(name) for name in ours["name"]] + list(snap.names.values())
        raise UnknownNameError.of("employee or company", start, known) from None


@dataclass(frozen=True, slots=True)
class TieGraph:
    """Ties that can carry, each as two links.

    Attributes:
        links: For the search.
        nodes: (type, id) of each node.
        ties: For each link its tie: relationship, both ends and sources.
        backward: For each link whether it goes from the tie's second end to its first.
    """

    links: Links
    nodes: list[tuple[str, str]]
    ties: list["Tie"]
    backward: list[bool]


@dataclass(frozen=True, slots=True)
class Tie:
    """All that joins two nodes in one way.

    Attributes:
        relation: Relationship of the graph, such as TALKED_TO.
        probability: That it carries, as it has faded by now.
        days: Ascending days on which it was stated or happened, as numbers.
        sources: Rows that say so, as "file_id:row", the latest last.
    """

    relation: str
    probability: float
    days: npt.NDArray[np.int64]
    sources: tuple[str, ...]


def tie_graph(snap: Snapshot, half_life: float) -> TieGraph:
    """Every tie over which anything could be carried from one to another, in both directions.

    Args:
        snap: What was known.
        half_life: Days after which a tie counts half.
    """
    rows = ties(snap)
    rows = rows[rows["relation"].isin(list(CARRIES)).to_numpy(dtype=bool)]
    key = ["from_type", "from_id", "relation", "to_type", "to_id"]
    rows = rows.sort_values([*key, "on", "source"], kind="stable").reset_index(drop=True)
    code = rows.groupby(key, sort=True).ngroup().to_numpy()
    begins = np.flatnonzero(np.diff(code, prepend=-1))
    made = _ties(snap, rows, begins, half_life)
    ends = rows.loc[begins]
    first = pd.MultiIndex.from_frame(ends[["from_type", "from_id"]])
    second = pd.MultiIndex.from_frame(ends[["to_type", "to_id"]])
    nodes = first.append(second).unique().sort_values()
    start = np.concatenate([nodes.get_indexer(first), nodes.get_indexer(second)])
    end = np.concatenate([nodes.get_indexer(second), nodes.get_indexer(first)])
    order = np.lexsort((np.arange(len(start)), end, start))
    links = [made[one % len(made)] for one in order.tolist()]
    return TieGraph(
        Links(
            nodes=len(nodes),
            start=start[order].astype(np.int64),
            end=end[order].astype(np.int64),
            probability=np.array([one.probability for one in links]),
            days=[one.days for one in links],
            sourced=np.array([bool(one.sources) for one in links]),
        ),
        [(str(label), str(one)) for label, one in nodes],
        links,
        (order >= len(made)).tolist(),
    )


def _ties(
    snap: Snapshot, rows: pd.DataFrame, begins: npt.NDArray[np.intp], half_life: float
) -> list[Tie]:
    """Rows of one relationship between the same two nodes, joined.

    Each row carries with the relationship's probability as it has faded by now, independently, so
    that a tie of strength s carries with 1 - (1 - p) ** s. One without a date has not faded.
    """
    when = days_of(rows["on"])
    weight = np.where(np.isnat(when), 0.0, weights(snap, rows["on"], half_life=half_life))
    found = []
    for some in np.split(np.arange(len(rows)), begins[1:]):
        if not len(some):
            continue
        dated = when[some][~np.isnat(when[some])]
        relation = str(rows["relation"].iloc[some[0]])
        strength = float(weight[some].sum()) if len(dated) else 1.0
        said = [str(one) for one in rows["source"].iloc[some[-_SHOWN_SOURCES:]] if one]
        found.append(
            Tie(
                relation,
                max(1.0 - (1.0 - CARRIES[relation]) ** strength, _LEAST),
                np.unique(dated.astype(np.int64)),
                tuple(said),
            )
        )
    return found


def _path(snap: Snapshot, graph: TieGraph, chain: Sequence[int], names: _Names) -> Path:
    hops = []
    carried = latest_days([graph.links.days[link] for link in chain])
    for link, day in zip(chain, carried, strict=True):
        tie, backward = graph.ties[link], graph.backward[link]
        start, end = (
            Ref(*graph.nodes[node], _called(graph.nodes[node], names))
            for node in (int(graph.links.start[link]), int(graph.links.end[link]))
        )
        on = None if day is None else dt.date(1970, 1, 1) + dt.timedelta(days=day)
        # "A was at IMTS" is said before the show and "so was B" after it, whichever way it points.
        words = _TOLD[tie.relation][int(backward)]
        hops.append(
            Hop(
                start=start,
                relation=tie.relation,
                end=end,
                on=on,
                age=None if on is None else (snap.as_of - on).days,
                probability=tie.probability,
                sources=tie.sources,
                told=words.format(a=_ours(start), b=_ours(end), on=on),
            )
        )
    return Path(tuple(hops))


def _called(node: tuple[str, str], names: _Names) -> str:
    return names.get(node, node[1])


def _ours(ref: Ref) -> str:
    return f"{ref.name} (ours)" if ref.type == "Employee" else ref.name
