"""Recording what a person decides about two accounts, with what it takes back."""

import datetime as dt
import itertools

import networkx as nx
import pandas as pd

from graphkit.batch import Batch
from graphkit.resolve import resolve
from graphkit.resolve.decisions import APART, MERGE
from graphkit.schema import Account, Decision, Is
from graphkit.store.base import GraphStore


def record(store: GraphStore, kind: str, first: str, second: str, *, who: str, run: int) -> None:
    """Record that two accounts are, or are not, one company.

    Taking two accounts apart also takes back the latest merges that tie their companies together,
    whichever accounts those were decided on: what was merged comes apart as it was.

    Args:
        store: The store, writable; `resolve_all` comes next.
        kind: merge, split or never.
        first: An account id.
        second: Another.
        who: Who decides.
        run: The run that the change belongs to.
    """
    first, second = sorted((first, second))
    pairs = {(first, second): kind}
    if kind in APART:
        pairs |= dict.fromkeys(_merges_between(store, first, second), "split")
        pairs[first, second] = kind
    columns = {
        "id": [f"{one}|{other}" for one, other in pairs],
        "kind": list(pairs.values()),
        "first": [one for one, _ in pairs],
        "second": [other for _, other in pairs],
        "who": [who] * len(pairs),
        "at": [dt.datetime.now()] * len(pairs),  # noqa: DTZ005 - wall time
    }
    store.write(Batch.of(Decision, pd.DataFrame(columns)), run=run)


def _merges_between(store: GraphStore, first: str, second: str) -> list[tuple[str, str]]:
    """The latest merges without which two accounts are not one company; none if it takes none."""
    decisions = store.read(Decision)
    is_merge = (decisions["kind"] == MERGE).to_numpy(dtype=bool)
    if not is_merge.any():
        return []
    alone = resolve(
        store.read(Account),
        previous=store.read(Is),
        decisions=decisions[~is_merge],
        customers=(),
    ).joined
    group = dict(zip(alone["from_id"], alone["to_id"], strict=True))
    if group[first] == group[second]:
        return []
    merges = decisions[is_merge].sort_values(["at", "id"])[["first", "second"]]
    pairs = [pair for pair in merges.itertuples(index=False, name=None) if set(pair) <= set(group)]
    ties: nx.Graph[str] = nx.Graph()
    ties.add_nodes_from(group.values())
    ties.add_edges_from((group[one], group[other]) for one, other in pairs)
    found: list[tuple[str, str]] = []
    while nx.has_path(ties, group[first], group[second]):
        path = nx.shortest_path(ties, group[first], group[second])
        steps = {frozenset(step) for step in itertools.pairwise(path)}
        latest = max(i for i, pair in enumerate(pairs) if {group[one] for one in pair} in steps)
        cut = {group[one] for one in pairs[latest]}
        found += [pair for pair in pairs if {group[one] for one in pair} == cut]
        ties.remove_edge(*cut)
    return found
