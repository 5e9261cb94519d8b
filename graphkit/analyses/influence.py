"""Whom to win first: the few customers through whom interest would reach most others."""

import dataclasses
from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.paths import tie_graph
from graphkit.analyses.wording import counted
from graphkit.findings import Ref
from graphkit.snapshot import Snapshot
from graphkit.statistics.cascade import Cascade, ReverseSets
from graphkit.statistics.censored import Estimate

_TO_THE_FOLLOWER: Final = frozenset({"FOLLOWS", "LIKED", "SHARED"})
"""Who follows hears from whom it follows, and not the other way round."""
_AS_WELL: Final = 0.05
"""A part of the reach that probabilities which are assumed cannot vouch for."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True)
class First:
    """A customer to win.

    Attributes:
        company: Which.
        alone: How many customers interest would reach from it alone, itself among them.
        together: How many from it and those before it in the list.
        ties: How many companies, people and shows it is tied to.
    """

    company: Ref
    alone: Estimate
    together: Estimate
    ties: int


@dataclasses.dataclass(frozen=True, slots=True)
class WinFirst:
    """Whom to win first, and what is gained by choosing so.

    Attributes:
        first: The customers, the first one first.
        customers: How many have any tie at all.
        by_ties: How many would be reached from as many customers with most ties.
        by_pagerank: The same of those with the highest PageRank.
        gained: How many more the chosen ones reach than the better of these two.
        engine: Who computed PageRank; empty for graphkit itself.
    """

    first: tuple[First, ...]
    customers: int
    by_ties: Estimate
    by_pagerank: Estimate
    gained: Estimate
    engine: str = ""

    @property
    def told(self) -> str:
        """What it comes to, in words."""
        if not self.first:
            return "Nothing ties any two customers: no show, follow, supply or talk is known."
        reach = self.first[-1].together
        better = max(self.by_ties.value, self.by_pagerank.value)
        by = "most ties" if self.by_ties.value >= self.by_pagerank.value else "highest PageRank"
        head = (
            f"From these {counted(len(self.first), 'customer')} interest could reach"
            f" {reach.value:.1f} of {counted(self.customers, 'customer')} with any tie"
            f" ({reach.low:.1f} to {reach.high:.1f}), those {len(self.first)} among them."
        )
        if self.gained.low <= _AS_WELL * reach.value:
            tail = f"As many with the {by} do as well ({better:.1f}): choose whom you know best."
        else:
            tail = f"As many with the {by} would reach {better:.1f}."
        return f"{head} {tail}" + (f" PageRank by {self.engine}." if self.engine else "")


def whom_to_win_first(
    snap: Snapshot,
    *,
    count: int = 5,
    half_life: float = 365.0,
    samples: int = 100_000,
    seed: int = 1,
) -> WinFirst:
    """The few customers through whom interest would reach most others, if ties carry as assumed.

    Interest passes once over each tie of companies, shows and people of customers, with the
    probability that `paths` gives it by kind and age (independent cascade; Kempe, Kleinberg and
    Tardos 2003); not over our own people, who need no winning. Seeds are chosen by reverse
    reachable sets, and what they reach is measured on others than they were chosen from.

    These probabilities are assumptions that put customers in an order. That those who are tied come
    to want the same may also be because they are alike: nothing here was seen to spread.

    Args:
        snap: What was known.
        count: How many customers.
        half_life: Days after which a tie counts half.
        samples: How many sets are drawn, to choose from and again to measure.
        seed: Of the draws.
    """
    graph = tie_graph(snap, half_life)
    customers = set(snap.customers["id"])
    label = np.array([kind for kind, _ in graph.nodes], dtype=object)
    goals = np.array(
        [
            at
            for at, (kind, one) in enumerate(graph.nodes)
            if kind == "Company" and one in customers
        ],
        dtype=np.int64,
    )
    links = graph.links
    social = np.array([tie.relation in _TO_THE_FOLLOWER for tie in graph.ties], dtype=bool)
    passes = ~social | np.array(graph.backward, dtype=bool)
    passes &= (label[links.start] != "Employee") & (label[links.end] != "Employee")
    start, end = links.start[passes], links.end[passes]
    tied = goals[np.isin(goals, np.concatenate([start, end]))]
    if not len(tied):
        none = Estimate(0.0, 0.0, 0.0)
        return WinFirst((), 0, none, none, none)
    cascade = Cascade(start, end, links.probability[passes], len(graph.nodes))
    chosen = cascade.reverse_sets(tied, samples, seed).best(tied, count)
    fresh = cascade.reverse_sets(tied, samples, seed + 1)
    refs = {one: snap.ref(graph.nodes[one][1]) for one in chosen.tolist()}
    rank = snap.engine.pagerank(start, end, links.probability[passes], len(graph.nodes))
    found = _measured(cascade, rank, tied, fresh, refs)
    return dataclasses.replace(found, engine=snap.engine.named(len(graph.nodes)))


def _measured(
    cascade: Cascade, pagerank: Floats, tied: Ints, fresh: ReverseSets, refs: Mapping[int, Ref]
) -> WinFirst:
    """What the chosen ones reach, beside those with most ties and the highest PageRank."""
    chosen, degree = np.array(list(refs), dtype=np.int64), cascade.degree
    others = [
        tied[np.argsort(-score[tied], kind="stable")[: len(chosen)]] for score in (degree, pagerank)
    ]
    by_ties, by_pagerank = (fresh.reach(one) for one in others)
    better = others[int(by_pagerank.value > by_ties.value)]
    more = fresh.hit(chosen).astype(np.float64) - fresh.hit(better)
    return WinFirst(
        tuple(
            First(
                ref,
                fresh.reach(chosen[at : at + 1]),
                fresh.reach(chosen[: at + 1]),
                int(degree[one]),
            )
            for at, (one, ref) in enumerate(refs.items())
        ),
        len(tied),
        by_ties,
        by_pagerank,
        fresh.mean(more),
    )
