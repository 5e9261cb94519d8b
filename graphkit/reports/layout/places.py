"""Positions for a map."""

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphkit.reports.layout.discs import packed
from graphkit.reports.layout.membership import LOOSE, together
from graphkit.reports.layout.spreading import filled, pushed, sums, whitened

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_ROOM = 0.62
"""Radius of a disc of n nodes that stand one unit apart, over the root of n."""
_EDGE = 0.5
_GAP = 0.9
"""Free space around a disc, in units."""
_SMOOTHINGS = 12
_PUSHES = 12


def matrix_of(start: Ints, end: Ints, strength: Floats, nodes: int) -> sparse.csr_array:
    """Ties as symmetric strengths; those of several kinds are added up.

    Args:
        start: Position of one end of each.
        end: Of the other.
        strength: Of each, above zero.
        nodes: How many nodes there are.
    """
    apart = start != end
    a, b, weight = start[apart], end[apart], strength[apart]
    ends = np.r_[a, b], np.r_[b, a]
    return sparse.csr_array((np.r_[weight, weight], ends), shape=(nodes, nodes))


def positions(ids: Sequence[str], groups: Sequence[str], ties: sparse.csr_array) -> Floats:
    """A place for every node, between -1 and 1, with clusters kept together.

    A force-directed layout of the whole graph mixes the clusters; so the clusters are laid out
    first, as discs that do not overlap, and then filled: every node goes to the mean of what it is
    tied to, a tie to another cluster drawing it to that side, and then all are spread evenly. Nodes
    that are tied to nothing and in no cluster stand in rows below, else they would shrink the map.

    Nothing is drawn by lot: every node begins in a direction that follows from its id, so that a
    shop which grows by a few companies gets nearly the same map.

    Args:
        ids: Of the nodes.
        groups: Cluster of each; empty for none.
        ties: Symmetric strengths.

    Returns:
        One row of x and y a node.
    """
    member = together(groups, ties)
    tied = np.flatnonzero(member != LOOSE)
    found = np.zeros((len(member), 2))
    if tied.size:
        inside = sparse.csr_array(ties[tied][:, tied])
        found[tied] = _in_discs([ids[at] for at in tied.tolist()], member[tied], inside)
    loose = np.flatnonzero(member == LOOSE)
    found[loose] = _rows_below(found[tied], len(loose))
    return scaled(found)


def _in_discs(ids: Sequence[str], member: Ints, ties: sparse.csr_array) -> Floats:
    size = np.bincount(member).astype(np.float64)
    radii = _ROOM * np.sqrt(size) - _ROOM  # the only node of a disc stands in its middle
    count, nodes = len(size), len(ids)
    belongs = sparse.csr_array((np.ones(nodes), (np.arange(nodes), member)), shape=(nodes, count))
    begin = _begin(ids)
    mean = sums(begin, member) / np.sqrt(size)[:, None]  # as far from the middle, however large
    links = sparse.csr_array(belongs.T @ ties @ belongs)
    centres = packed(links, radii + _EDGE + _GAP / 2, mean)
    places = _filled(ties, member, centres, radii, begin)
    middle = centres[member]
    return pushed(middle + places, middle, radii[member], rounds=_PUSHES)


def _filled(
    ties: sparse.csr_array, member: Ints, centres: Floats, radii: Floats, begin: Floats
) -> Floats:
    """Where each node stands from the middle of its disc."""
    links = ties.tocoo()
    same = member[links.row] == member[links.col]
    nodes = len(member)
    own = _matrix(links, same, nodes)
    others = _matrix(links, ~same, nodes)
    # What a tie to another cluster draws to: a place at the edge of the disc on that side.
    strength = np.maximum(own.sum(axis=1) + others.sum(axis=1), 1e-12)[:, None]
    aim = others @ centres[member] - others.sum(axis=1)[:, None] * centres[member]
    far = np.maximum(np.linalg.norm(aim, axis=1), 1e-12)[:, None]
    outward = aim / far * others.sum(axis=1)[:, None] / strength
    places = whitened(begin, member)
    for _ in range(_SMOOTHINGS):
        drawn = (own @ places) / strength + outward
        places = whitened(0.5 * places + 0.5 * drawn, member)
    return filled(places, member, radii)


def _matrix(links: sparse.coo_array, which: npt.NDArray[np.bool_], nodes: int) -> sparse.csr_array:
    ends = (links.row[which], links.col[which])
    return sparse.csr_array((links.data[which], ends), shape=(nodes, nodes))


def _begin(ids: Sequence[str]) -> Floats:
    """A point in a disc of radius one that follows from the id alone."""
    digests = b"".join(hashlib.blake2b(one.encode(), digest_size=8).digest() for one in ids)
    chance = np.frombuffer(digests, dtype="<u4").reshape(-1, 2) / 2.0**32
    turn, reach = 2 * np.pi * chance[:, 0], np.sqrt(chance[:, 1])
    return np.column_stack([reach * np.cos(turn), reach * np.sin(turn)])


def _rows_below(tied: Floats, count: int) -> Floats:
    """Places in rows below what is tied, as wide as that is."""
    if len(tied):
        low, high = tied.min(axis=0), tied.max(axis=0)
    else:
        low, high = np.zeros(2), np.full(2, 1.5 * np.sqrt(count))
    across = max(int(high[0] - low[0]), 1) + 1
    at = np.arange(count)
    return np.column_stack([low[0] + at % across, high[1] + 2 + at // across])


def scaled(found: Floats) -> Floats:
    """The same picture between -1 and 1.

    Args:
        found: One row of x and y a node.
    """
    if not len(found):
        return found
    low, high = found.min(axis=0), found.max(axis=0)
    return np.asarray((found - (low + high) / 2) / (float((high - low).max()) / 2 or 1.0))
