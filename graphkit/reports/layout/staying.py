"""Places of a map that stay: old nodes where they were, new ones near what they are tied to."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphkit.reports.layout.joining import joined
from graphkit.reports.layout.membership import LOOSE, together
from graphkit.reports.layout.places import positions, scaled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Place = tuple[float, float]

_MOST_NEW = 0.3
"""Share of new nodes above which a map is laid out anew."""
_FAR = 3.0
"""Times the usual distance from the middle of a cluster, beyond which nobody stands that joined it
when the map was made."""


def staying(
    ids: Sequence[str],
    groups: Sequence[str],
    ties: sparse.csr_array,
    former: Mapping[str, Place],
) -> Floats:
    """Places between -1 and 1; where most are known, those stay and the others join them.

    Who is in another cluster now than those around it is placed like a new one. When too many are
    new, all are laid out anew, and the whole is turned to lie on the earlier map as well as it can.

    Args:
        ids: Of the nodes.
        groups: Cluster of each; empty for none.
        ties: Symmetric strengths.
        former: Places of an earlier map by id.

    Returns:
        One row of x and y a node.
    """
    known = np.array([one in former for one in ids], dtype=bool)
    if not known.any():
        return positions(ids, groups, ties)
    places = np.array([former.get(one, (0.0, 0.0)) for one in ids])
    member = together(groups, ties)
    kept = known & ~_astray(places, known, member)
    if kept.mean() < 1 - _MOST_NEW:
        return _turned(positions(ids, groups, ties), places, known)
    found = joined(places, kept, member, ties)
    return scaled(found) if np.abs(found).max() > 1 else found


def _turned(places: Floats, former: Floats, known: Bools) -> Floats:
    """The same picture turned, or as in a mirror, so that it lies best on an earlier one."""
    one, other = (each[known] - each[known].mean(axis=0) for each in (places, former))
    left, _, right = np.linalg.svd(one.T @ other)
    return scaled(places @ left @ right)


def _astray(places: Floats, known: Bools, member: Ints) -> Bools:
    """Which known nodes stand far from their cluster."""
    found = np.zeros(len(places), dtype=bool)
    its = np.flatnonzero(known & (member != LOOSE))
    for rows in np.split(its[np.argsort(member[its], kind="stable")], _ends(member[its])):
        if len(rows):
            away = np.linalg.norm(places[rows] - np.median(places[rows], axis=0), axis=1)
            found[rows] = away > _FAR * np.median(away)
    return found


def _ends(member: Ints) -> Ints:
    """Where the entries of each cluster end, in the order of clusters."""
    return np.cumsum(np.bincount(member))[:-1] if len(member) else np.zeros(0, dtype=np.int64)
