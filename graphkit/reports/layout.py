"""Positions for a map: clusters first, then what is inside each."""

from collections.abc import Sequence

import networkx as nx
import numpy as np

_GAP = 0.6
"""Free space around a cluster, in units of the radius that one node takes."""


def positions(
    nodes: Sequence[str],
    groups: Sequence[str],
    edges: Sequence[tuple[str, str, float]],
    *,
    seed: int = 0,
) -> np.ndarray:
    """A place for every node, between -1 and 1, with clusters kept together.

    A force-directed layout of the whole graph mixes the clusters; so the clusters are laid out
    first, as one node each, spread until they no longer overlap, and then filled one by one.
    Nodes without a cluster join the one they are tied to most; those tied to nothing and in no
    cluster stand in rows below, else they would shrink the map.

    Args:
        nodes: Ids.
        groups: Cluster of each node; empty for none.
        edges: Source, target and strength.
        seed: Same seed, same places.

    Returns:
        One row of x and y a node.
    """
    place = {name: index for index, name in enumerate(nodes)}
    ends = [(place[a], place[b], weight) for a, b, weight in edges if a != b]
    member = _adopt(np.array(groups, dtype=object), ends)
    tied = np.array([bool(one) for one in groups], dtype=bool)  # a cluster keeps all its members
    for a, b, _ in ends:
        tied[a] = tied[b] = True
    names = sorted({one for one, drawn in zip(member, tied, strict=True) if drawn})
    number = {name: index for index, name in enumerate(names)}
    inside: list[list[int]] = [[] for _ in names]
    for row in np.flatnonzero(tied).tolist():
        inside[number[member[row]]].append(row)
    radii = np.sqrt(np.array([max(len(one), 1) for one in inside], dtype=float)) + _GAP
    between: nx.Graph[int] = nx.Graph()
    between.add_nodes_from(range(len(names)))
    for a, b, weight in ends:
        one, other = number[member[a]], number[member[b]]
        if one != other:
            known = between.get_edge_data(one, other, {"weight": 0.0})["weight"]
            between.add_edge(one, other, weight=known + weight)
    centres = _centres(between, radii, seed)
    found = np.zeros((len(nodes), 2))
    for index, rows in enumerate(inside):
        found[rows] = centres[index] + (radii[index] - _GAP) * _fill(rows, ends, seed)
    return _scaled(_with_isolates(found, tied))


def _adopt(member: np.ndarray, ends: Sequence[tuple[int, int, float]]) -> np.ndarray:
    """Every node's cluster; one without joins the cluster it is tied to most."""
    pull: dict[int, dict[str, float]] = {}
    for a, b, weight in ends:
        for one, other in ((a, b), (b, a)):
            if not member[one] and member[other]:
                ties = pull.setdefault(one, {})
                ties[member[other]] = ties.get(member[other], 0.0) + weight
    adopted = member.copy()
    for one, ties in pull.items():
        adopted[one] = max(sorted(ties), key=lambda name: ties[name])
    return adopted


def _centres(quotient: "nx.Graph[int]", radii: np.ndarray, seed: int) -> np.ndarray:
    """Where the clusters go: pulled together by what ties them, pushed apart until none overlap."""
    count = len(radii)
    # Begun too close together: pushing them apart then packs them without holes.
    laid = nx.spring_layout(
        quotient, seed=seed, scale=float(radii.max(initial=1.0)), iterations=100
    )
    centres = np.array([laid[index] for index in range(count)]).reshape(-1, 2)
    need = radii[:, None] + radii[None, :]
    for _ in range(200):
        gap = centres[:, None, :] - centres[None, :, :]
        distance = np.linalg.norm(gap, axis=2) + np.eye(count)
        overlap = np.maximum(need - distance, 0.0) * (1 - np.eye(count))
        if not overlap.any():
            break
        centres += (gap / distance[:, :, None] * overlap[:, :, None] / 2).sum(axis=1)
    return centres


def _fill(rows: Sequence[int], ends: Sequence[tuple[int, int, float]], seed: int) -> np.ndarray:
    """Places inside a disc of radius one."""
    if len(rows) == 1:
        return np.zeros((1, 2))
    mine = set(rows)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(rows)
    graph.add_weighted_edges_from(one for one in ends if one[0] in mine and one[1] in mine)
    laid = nx.spring_layout(graph, seed=seed, iterations=60, k=1.6 / np.sqrt(len(rows)))
    found = np.array([laid[row] for row in rows])
    found -= found.mean(axis=0)
    # A force-directed layout crowds the middle: the same directions and order of distances, but
    # spread so that every part of the disc holds as many.
    reach = np.linalg.norm(found, axis=1)
    rank = np.empty(len(rows))
    rank[np.argsort(reach, kind="stable")] = np.arange(len(rows))
    return np.asarray(
        found / np.maximum(reach, 1e-9)[:, None] * np.sqrt((rank + 0.5) / len(rows))[:, None]
    )


def _with_isolates(found: np.ndarray, tied: np.ndarray) -> np.ndarray:
    """Rows below the map for nodes that nothing ties to the rest."""
    loose = np.flatnonzero(~tied)
    if loose.size:
        low = found[tied].min(axis=0) if tied.any() else np.zeros(2)
        high = found[tied].max(axis=0) if tied.any() else np.full(2, np.sqrt(loose.size) * 1.5)
        across = max(int(high[0] - low[0]), 1)
        found[loose, 0] = low[0] + np.arange(loose.size) % across
        found[loose, 1] = high[1] + 2 + np.arange(loose.size) // across
    return found


def around(
    places: np.ndarray, nodes: Sequence[str], extra: Sequence[str], edges: Sequence[tuple[str, str]]
) -> np.ndarray:
    """Places of further nodes close to what they are tied to, without moving the others.

    Args:
        places: Where `nodes` are.
        nodes: Ids of the nodes that have a place.
        extra: Ids of the further ones.
        edges: Pairs of ids.

    Returns:
        One row of x and y a further node; one that is tied to nothing stands in the middle.
    """
    at = dict(zip(nodes, places, strict=True))
    near: dict[str, list[np.ndarray]] = {one: [] for one in extra}
    for a, b in edges:
        for one, other in ((a, b), (b, a)):
            if one in near and other in at:
                near[one].append(at[other])
    step = 0.5 / np.sqrt(max(len(nodes), 1))
    found = np.zeros((len(extra), 2))
    for index, one in enumerate(extra):
        turn = index * 2.399963  # the golden angle: neighbours in the list stand far apart
        ring = step * np.array([np.cos(turn), np.sin(turn)])
        found[index] = (np.mean(near[one], axis=0) if near[one] else np.zeros(2)) + ring
    return found


def _scaled(found: np.ndarray) -> np.ndarray:
    if not len(found):
        return found
    low, high = found.min(axis=0), found.max(axis=0)
    return np.asarray((found - (low + high) / 2) / (float((high - low).max()) / 2 or 1.0))
