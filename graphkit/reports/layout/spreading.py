"""Points of many clusters at once: centred, stretched alike, spread evenly, pushed apart."""

import numpy as np
import numpy.typing as npt
from scipy import spatial

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_NEIGHBOURS = 7


def sums(values: Floats, member: Ints) -> Floats:
    """Values added up by cluster, column by column."""
    count = int(member.max(initial=-1)) + 1
    columns = values.reshape(len(values), -1).T
    return np.stack([np.bincount(member, one, count) for one in columns], axis=1)


def whitened(places: Floats, member: Ints) -> Floats:
    """Points around the middle of their cluster, as far spread in every direction.

    The symmetric root is taken, which turns them as little as can be.

    Args:
        places: Of each node.
        member: Its cluster.
    """
    size = np.bincount(member)[:, None]
    centred = places - (sums(places, member) / size)[member]
    x, y = centred.T
    xx, xy, yy = (sums(np.stack([x * x, x * y, y * y], axis=1), member) / size).T
    floor = 1e-6 * (xx + yy) + 1e-18
    xx, yy = xx + floor, yy + floor
    root = np.sqrt(np.maximum(xx * yy - xy * xy, 0.0))
    trace = np.sqrt(xx + yy + 2 * root)
    # The inverse of the root of a symmetric two by two matrix (Cayley and Hamilton).
    scale = 1.0 / (root * trace)
    a, b, c = (yy + root) * scale, -xy * scale, (xx + root) * scale
    return np.column_stack([a[member] * x + b[member] * y, b[member] * x + c[member] * y])


def filled(places: Floats, member: Ints, radii: Floats) -> Floats:
    """The same order of directions and of distances, as many in every part of each disc.

    Args:
        places: Around the middle of each cluster.
        member: The cluster of each node.
        radii: Of the discs.
    """
    size = np.bincount(member)[member]
    share = (_ranks(np.linalg.norm(places, axis=1), member) + 0.5) / size
    reach = np.where(size > 1, np.sqrt(share), 0.0) * radii[member]
    turn = np.arctan2(places[:, 1], places[:, 0])
    even = 2 * np.pi * (_ranks(turn, member) + 0.5) / size - np.pi
    # On the whole nobody turns: the even directions begin where the old ones do in the mean.
    even += (sums(turn - even, member)[:, 0] / np.bincount(member))[member]
    return np.column_stack([reach * np.cos(even), reach * np.sin(even)])


def _ranks(values: Floats, member: Ints) -> Ints:
    """The place of each value among those of its cluster, the least first."""
    order = np.lexsort((values, member))
    size = np.bincount(member)
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[order] = np.arange(len(values)) - (np.cumsum(size) - size)[member[order]]
    return ranks


def pushed(places: Floats, middle: Floats, reach: Floats, *, rounds: int) -> Floats:
    """Points that stand closer than one unit go apart, and stay inside their discs.

    Args:
        places: Of each node.
        middle: Of its disc.
        reach: Of its disc.
        rounds: How often.
    """
    many = min(_NEIGHBOURS, len(places))
    for _ in range(rounds if many > 1 else 0):
        distance, near = spatial.cKDTree(places).query(places, k=many)
        gap = places[:, None, :] - places[near]
        push = np.where((distance > 0) & (distance < 1), (1 - distance) / 2, 0.0)
        places = places + (gap / np.maximum(distance, 1e-9)[:, :, None] * push[:, :, None]).sum(1)
        away = places - middle
        far = np.linalg.norm(away, axis=1)
        inside = np.minimum(1.0, reach / np.maximum(far, 1e-12))
        places = middle + away * inside[:, None]
    return places
