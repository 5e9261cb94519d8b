"""New nodes on a map that stands: each gets a free place near what it is tied to."""

import numpy as np
import numpy.typing as npt
from scipy import sparse, spatial

from graphkit.reports.layout.membership import LOOSE
from graphkit.reports.layout.spreading import sums

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_FREE = 0.8
"""Of the usual distance between neighbours: so near nobody else may stand."""
_TRIES = 4000
_GOLDEN = np.pi * (3 - np.sqrt(5))
"""Turned by this each time, a spiral of points leaves no gap."""


def joined(places: Floats, kept: Bools, member: Ints, ties: sparse.csr_array) -> Floats:
    """Everybody's place, those that are kept unmoved.

    Args:
        places: Of those that are kept.
        kept: Which.
        member: The cluster of each node; LOOSE for none.
        ties: Symmetric strengths.
    """
    found = places.copy()
    space = spacing(places[kept])
    tied = member != LOOSE
    new, loose = np.flatnonzero(~kept & tied), np.flatnonzero(~kept & ~tied)
    if new.size:
        found[new] = _free(_wanted(places, kept, member, ties)[new], places[kept], space)
    if loose.size:
        found[loose] = _in_rows(len(loose), found[tied], found[kept & ~tied], space)
    return found


def around(places: Floats, ties: sparse.csr_array, space: float) -> Floats:
    """Places of further nodes close to the mean of what they are tied to.

    Args:
        places: Of the nodes that have one.
        ties: Strengths from each further node to those.
        space: How close.

    Returns:
        One row of x and y a further node; one that is tied to nothing stands in the middle.
    """
    many = np.arange(ties.shape[0])
    return _mean(places, ties)[0] + _spiral(1 + many % 3, many, space)


def spacing(places: Floats) -> float:
    """The usual distance between neighbours.

    Args:
        places: One row of x and y a node; at least one.
    """
    if len(places) == 1:
        return 0.1
    distance = np.asarray(spatial.cKDTree(places).query(places, k=2)[0])[:, 1]
    return max(float(np.median(distance)), 1e-4)


def _wanted(places: Floats, kept: Bools, member: Ints, ties: sparse.csr_array) -> Floats:
    """The mean of what each is tied to in its cluster, else the middle of its cluster."""
    links = ties.tocoo()
    there = kept[links.col]
    near, _ = _mean(places, _some(links, there))
    inside, has_inside = _mean(places, _some(links, there & _same(links, member)))
    # The middle of a cluster of new ones only is where their ties lead.
    tied = np.flatnonzero(member != LOOSE)
    old = sums(kept[tied].astype(np.float64), member[tied])[member[tied], 0] > 0
    counts = np.where(old, kept[tied], True)[:, None].astype(np.float64)
    stand = np.where(kept[:, None], places, near)[tied]
    middle = sums(stand * counts, member[tied]) / sums(counts, member[tied])
    found = inside
    alone = tied[~has_inside[tied]]
    found[alone] = middle[member[alone]]
    return found


def _same(links: sparse.coo_array, member: Ints) -> Bools:
    return np.asarray(member[links.row] == member[links.col])


def _some(links: sparse.coo_array, which: Bools) -> sparse.csr_array:
    ends = (links.row[which], links.col[which])
    return sparse.csr_array((links.data[which], ends), shape=links.shape)


def _mean(places: Floats, ties: sparse.csr_array) -> tuple[Floats, Bools]:
    """The mean of what each is tied to, and whether it is tied to anything."""
    total = ties.sum(axis=1)
    return (ties @ places) / np.where(total > 0, total, 1.0)[:, None], total > 0


def _free(wanted: Floats, taken: Floats, space: float) -> Floats:
    """The first free place of a spiral around each wanted one; who comes first has it.

    None is outside the map, which would have to shrink for it.
    """
    found = wanted.copy()
    old = spatial.cKDTree(taken)
    placed = np.zeros(len(wanted), dtype=bool)
    for step in range(_TRIES):
        asks = np.flatnonzero(~placed)
        if not asks.size:
            break
        tried = wanted[asks] + _spiral(np.full(len(asks), step), np.full(len(asks), step), space)
        free = (old.query(tried)[0] >= _FREE * space) & (np.abs(tried).max(axis=1) <= 1)
        if placed.any():
            free &= spatial.cKDTree(found[placed]).query(tried)[0] >= _FREE * space
        at, tried = asks[free], tried[free]
        pairs = spatial.cKDTree(tried).query_pairs(_FREE * space, output_type="ndarray")
        first = np.ones(len(at), dtype=bool)
        first[pairs[:, 1]] = False
        found[at[first]] = tried[first]
        placed[at[first]] = True
    return found


def _spiral(step: Ints, turn: Ints, space: float) -> Floats:
    reach = space * np.sqrt(step) * 0.6
    return np.column_stack([reach * np.cos(turn * _GOLDEN), reach * np.sin(turn * _GOLDEN)])


def _in_rows(count: int, tied: Floats, taken: Floats, space: float) -> Floats:
    """Free places in the rows below the map, in which others stand already."""
    every = np.concatenate([tied, taken])
    low, high = every.min(axis=0), every.max(axis=0)
    top = taken[:, 1].min() if len(taken) else high[1] + 2 * space
    across = max(int((high[0] - low[0]) / space), 1) + 1
    at = np.arange(count + 2 * len(taken) + 2 * across)
    slots = np.column_stack([low[0] + space * (at % across), top + space * (at // across)])
    if len(taken):
        slots = slots[spatial.cKDTree(taken).query(slots)[0] >= _FREE * space]
    return slots[:count]
