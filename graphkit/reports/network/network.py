"""The whole network of a day, and what becomes of it when only some of it is shown."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from graphkit.drawing import Group, Told
from graphkit.errors import NothingLoadedError
from graphkit.findings import Finding
from graphkit.reports.layout.places import matrix_of
from graphkit.reports.network.drawn import ENDS, drawn_ties
from graphkit.reports.network.nodes import nodes
from graphkit.reports.network.told import groups, told
from graphkit.snapshot import Snapshot


@dataclasses.dataclass(frozen=True, slots=True)
class Network:
    """Nodes, ties, and what is told of them.

    Attributes:
        as_of: The day.
        currency: Of amounts.
        nodes: `Drawing.nodes` without x and y.
        edges: `Drawing.edges`.
        groups: The clusters that nodes name.
        findings: What is told of nodes.
    """

    as_of: dt.date
    currency: str
    nodes: pd.DataFrame
    edges: pd.DataFrame
    groups: tuple[Group, ...]
    findings: tuple[Told, ...]

    def within(self, ids: Collection[str]) -> "Network":
        """Some of the nodes and what joins them.

        Args:
            ids: Of the nodes.
        """
        wanted = list(ids)
        both = self.edges["source"].isin(wanted) & self.edges["target"].isin(wanted)
        some = self.nodes[self.nodes["id"].isin(wanted)].reset_index(drop=True)
        named = set(some["group"])
        return dataclasses.replace(
            self,
            nodes=some,
            edges=self.edges[both].reset_index(drop=True),
            groups=tuple(one for one in self.groups if one.name in named),
            findings=tuple(one for one in self.findings if one.node in ids),
        )

    def near(self, ids: Collection[str], hops: int = 1) -> frozenset[str]:
        """Nodes within some steps of others, and these.

        Args:
            ids: Of the others.
            hops: Steps.
        """
        every = pd.Index(self.nodes["id"])
        reached = np.zeros(len(every), dtype=bool)
        reached[every.get_indexer(list(ids))] = True
        links = self.matrix
        for _ in range(hops):
            reached |= links @ reached > 0
        return frozenset(every[reached])

    @property
    def matrix(self) -> sparse.csr_array:
        """How strongly each node is tied to each, either way."""
        every = pd.Index(self.nodes["id"])
        start, end = (every.get_indexer(self.edges[name]) for name in ("source", "target"))
        strength = self.edges["strength"].to_numpy(dtype=np.float64)
        return matrix_of(start, end, strength, len(every))


def network(snap: Snapshot, findings: Sequence[Finding]) -> Network:
    """Customers, what ties them, and what is told of them.

    Args:
        snap: What was known.
        findings: What `analyse` found.

    Raises:
        NothingLoadedError: There is no company yet.
    """
    if snap.companies.empty:
        raise NothingLoadedError("Nothing is loaded yet.", next_step="graphkit load FOLDER")
    ties = drawn_ties(snap)
    every = nodes(snap, ties, findings)
    named = set(every["group"])
    return Network(
        as_of=snap.as_of,
        currency=snap.currency,
        nodes=every.drop(columns=["label", "key"]).assign(change=""),
        edges=ties.drop(columns=list(ENDS)).assign(change=""),
        groups=tuple(one for one in groups(findings) if one.name in named),
        findings=told(findings, set(every["id"]), snap.files),
    )
