"""The network as a drawing: customers by cluster, and what ties them."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from graphkit.colors import COLORS
from graphkit.drawing import Drawing
from graphkit.errors import NothingLoadedError
from graphkit.findings import Finding
from graphkit.reports.layout import around, positions
from graphkit.reports.network.drawn import ENDS, drawn_ties
from graphkit.reports.network.figures import measures
from graphkit.reports.network.nodes import nodes
from graphkit.reports.network.told import groups, told
from graphkit.snapshot import Snapshot

HIDDEN: Final = ("Person", "Process", "Material", "Finish", "Topic")
"""Left out until asked for: everybody is tied to a few of each, which draws a grey blob."""


def network_map(
    snap: Snapshot, findings: Sequence[Finding], *, focus: str = "", hops: int = 2
) -> Drawing:
    """Customers, what ties them, and where something is alarming.

    Args:
        snap: What was known.
        findings: What `analyse` found: clusters place the customers, alerts and watches mark them.
        focus: Only what is within `hops` steps of this company; everything when empty.
        hops: Steps from the focus.

    Raises:
        NothingLoadedError: There is no company yet.
        UnknownNameError: No company is called as `focus` says.
    """
    if snap.companies.empty:
        raise NothingLoadedError("Nothing is loaded yet.", next_step="graphkit load FOLDER")
    ties = drawn_ties(snap)
    every = nodes(snap, ties, findings)
    centre = f"Company {snap.find_company(focus)}" if focus else ""
    if centre:
        near = _near(ties, centre, hops)
        ties = ties[ties["source"].isin(near) & ties["target"].isin(near)].reset_index(drop=True)
        every = every[every["id"].isin(near)].reset_index(drop=True)
    every[["x", "y"]] = _places(every, ties, centre)
    every["change"] = ties["change"] = ""
    customers = int((every["type"] == "Customer").sum())
    shown = set(every["group"])
    return Drawing(
        title=f"Around {focus}" if focus else "The customer network",
        caption=f"As of {snap.as_of}: {customers} customers and what ties them. Customers of one "
        "cluster stand together.",
        nodes=every.drop(columns=["label", "key"]),
        edges=ties.drop(columns=list(ENDS)),
        colors=COLORS,
        as_of=snap.as_of,
        hidden=HIDDEN,
        centre=centre,
        measures=measures(every, snap.currency),
        groups=tuple(one for one in groups(findings) if one.name in shown),
        findings=told(findings, set(every["id"]), snap.files),
    )


def _near(ties: pd.DataFrame, centre: str, hops: int) -> set[str]:
    """The nodes within some steps of a node."""
    reached = {centre}
    for _ in range(hops):
        touched = ties["source"].isin(reached) | ties["target"].isin(reached)
        reached |= set(ties.loc[touched, "source"]) | set(ties.loc[touched, "target"])
    return reached


def _places(every: pd.DataFrame, ties: pd.DataFrame, centre: str) -> np.ndarray:
    """What is shown at first has the map to itself; the rest stands near what it is tied to."""
    hidden = _left_out(every, ties, centre)
    shown, rest = every[~hidden], every.loc[hidden, "id"].tolist()
    known = set(shown["id"])
    pulls = [
        (source, target, pull)
        for source, target, pull in zip(
            ties["source"], ties["target"], ties["strength"], strict=True
        )
        if source in known and target in known
    ]
    places = np.zeros((len(every), 2))
    places[~hidden] = positions(shown["id"].tolist(), shown["group"].tolist(), pulls)
    pairs = list(zip(ties["source"], ties["target"], strict=True))
    places[hidden] = around(places[~hidden], shown["id"].tolist(), rest, pairs)
    return places


def _left_out(every: pd.DataFrame, ties: pd.DataFrame, centre: str) -> np.ndarray:
    """What is not shown at first: hidden types and, customers apart, what only these tie."""
    hidden = every["type"].isin(HIDDEN).to_numpy(dtype=bool)
    shown = set(every.loc[~hidden, "id"])
    both = ties["source"].isin(shown) & ties["target"].isin(shown)
    tied = {centre, *ties.loc[both, "source"], *ties.loc[both, "target"]}
    loose = ~every["id"].isin(tied) & (every["type"] != "Customer")
    return np.asarray(hidden | loose.to_numpy(dtype=bool))
