"""Where the clusters of a map go: discs that touch those they are tied to, and overlap none."""

import numpy as np
import numpy.typing as npt
from scipy import sparse, spatial

from graphkit.reports.layout.spreading import whitened

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SMOOTHINGS = 20
_LOYAL = 0.2
"""How much of its first direction each keeps: by ties alone a new one would turn the map."""
_ROUNDS = 60
_PULL = 0.02
_GRAVITY = 0.02
_SWEEPS = 200
_LARGE = 3.0  # times the usual radius: such discs are looked at one by one


def packed(links: sparse.csr_array, radii: Floats, begin: Floats) -> Floats:
    """Centres of discs.

    They begin where smoothing puts them: again and again at the mean of what they are tied to, at
    the same spread, which draws tied ones together as the leading eigenvectors of the graph do, but
    keeps the direction that they began in. Then ties pull, the middle pulls a little, and discs
    that overlap push each other apart.

    Args:
        links: Symmetric strengths between the discs.
        radii: Of each disc, with the free space that it needs.
        begin: Where each would be if nothing were tied.
    """
    if len(radii) == 1:
        return np.zeros((1, 2))
    one = np.zeros(len(radii), dtype=np.int64)
    towards = _towards(links)
    begin = whitened(begin, one)
    places = begin
    for _ in range(_SMOOTHINGS):
        drawn = 0.5 * (places + towards @ places)
        places = whitened((1 - _LOYAL) * drawn + _LOYAL * begin, one)
    # Rank keeps a far community from leaving the rest in a heap; half the room, then they push.
    places = _even(places) * 0.5 * np.sqrt((radii**2).sum())
    for _ in range(_ROUNDS):
        places = (1 - _GRAVITY) * (places + _PULL * (towards @ places - places))
        places = _apart(places, radii)
    for _ in range(_SWEEPS):
        moved = _apart(places, radii)
        if np.abs(moved - places).max() < _GRAVITY * radii.min():
            break
        places = moved
    return places


def _towards(links: sparse.csr_array) -> sparse.csr_array:
    """Weights of the mean of what each is tied to; itself where it is tied to nothing."""
    own = sparse.csr_array(links - sparse.diags_array(links.diagonal()))
    total = own.sum(axis=1)
    mean = sparse.diags_array(1.0 / np.where(total > 0, total, 1.0)) @ own
    return sparse.csr_array(mean + sparse.diags_array((total == 0).astype(np.float64)))


def _even(places: Floats) -> Floats:
    """The same directions, with as many in every part of a disc of radius one."""
    reach = np.linalg.norm(places, axis=1)
    rank = np.argsort(np.argsort(reach, kind="stable"), kind="stable")
    fill = np.sqrt((rank + 0.5) / len(places))
    return np.asarray(places / np.maximum(reach, 1e-12)[:, None] * fill[:, None])


def _apart(places: Floats, radii: Floats) -> Floats:
    """One step: whoever overlaps goes apart, the larger disc less."""
    first, second = _near(places, radii)
    gap = places[first] - places[second]
    distance = np.maximum(np.linalg.norm(gap, axis=1), 1e-9)
    overlap = np.maximum(radii[first] + radii[second] - distance, 0.0) / distance
    weight = radii[first] ** 2 / (radii[first] ** 2 + radii[second] ** 2)
    moved = places.copy()
    for axis in (0, 1):
        push = gap[:, axis] * overlap
        moved[:, axis] += np.bincount(first, push * (1 - weight), len(places))
        moved[:, axis] -= np.bincount(second, push * weight, len(places))
    return moved


def _near(places: Floats, radii: Floats) -> tuple[Ints, Ints]:
    """Pairs of discs that may overlap."""
    large = radii > _LARGE * np.median(radii)
    small = np.flatnonzero(~large)
    tree = spatial.cKDTree(places[small])
    pairs = [small[tree.query_pairs(2 * radii[small].max(), output_type="ndarray")]]
    for one in np.flatnonzero(large).tolist():
        far = np.linalg.norm(places - places[one], axis=1)
        near = np.flatnonzero(far < radii + radii[one])
        near = near[~large[near] | (near > one)]  # two large ones meet once
        pairs.append(np.column_stack([np.full(len(near), one), near]))
    first, second = np.concatenate(pairs).T
    return first, second
