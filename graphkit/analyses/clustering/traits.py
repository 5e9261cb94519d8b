"""What the members of a cluster have in common that other customers lack."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from graphkit.analyses.clustering.features import Features
from graphkit.analyses.clustering.likeness import Family, Floats, Ints
from graphkit.analyses.clustering.stability import Bools
from graphkit.statistics.multiplicity import benjamini_hochberg

_LEANS = 1.5  # a customer leans to what it uses so many times as much as customers usually do
_FEWEST_ROWS = 3  # and at least so often
TOLD = {
    "process": "lean to {}",
    "material": "lean to {}",
    "finish": "lean to {}",
    "industry": "are in {}",
    "show": "were at {}",
    "end customer": "supply {}",
    "method": "work on {}",
    "opened": "open mail on {}",
    "clicked": "click on {}",
    "visited": "read pages on {}",
}
"""How several customers are told to have something, by family."""


@dataclass(frozen=True, slots=True)
class Trait:
    """Something over-represented among the members of a cluster.

    Attributes:
        cluster: Number of the cluster.
        type: Family, such as process.
        aspect: What kind of thing that is, such as makes.
        name: Such as Wire EDM.
        inside: Members that have it.
        known_inside: Members of whom it is known whether they have it.
        outside: Other customers that have it.
        known_outside: Other customers of whom it is known.
        odds: Odds ratio, with half a customer added to each count so that it is finite.
        q: Fisher's exact test, corrected over all traits and clusters.
        having: Row numbers of the members that have it.
        lacking: Row numbers of the members that are known not to.
        sources: Row of a file for each member that has it.
    """

    cluster: int
    type: str
    aspect: str
    name: str
    inside: int
    known_inside: int
    outside: int
    known_outside: int
    odds: float
    q: float
    having: tuple[int, ...]
    lacking: tuple[int, ...]
    sources: tuple[str, ...]

    @property
    def share_in(self) -> float:
        """Share of the members that have it."""
        return self.inside / max(self.known_inside, 1)

    @property
    def share_out(self) -> float:
        """Share of the other customers that have it."""
        return self.outside / max(self.known_outside, 1)

    @property
    def told(self) -> str:
        """As a reader would say it: "lean to Wire EDM"."""
        return TOLD[self.type].format(self.name)


def traits(
    features: Sequence[Features], labels: Ints, *, max_q: float = 0.1, min_odds: float = 2.0
) -> list[Trait]:
    """Traits of every cluster, those that most members have and few others first.

    One-sided Fisher's exact tests of each feature in each cluster against all other customers,
    Benjamini-Hochberg over all of them.

    Args:
        features: What is known of each customer.
        labels: Cluster of each customer, -1 for none.
        max_q: Largest q reported.
        min_odds: Smallest odds ratio reported.
    """
    clusters = int(labels.max(initial=-1)) + 1
    if clusters == 0:
        return []
    inside = labels[None, :] == np.arange(clusters)[:, None]
    tested = [_table(one, inside) for one in features]
    q = benjamini_hochberg(np.concatenate([table.p.ravel() for table in tested]))
    found, begin = [], 0
    for one, table in zip(features, tested, strict=True):
        size = table.p.size
        corrected = q[begin : begin + size].reshape(table.p.shape)
        begin += size
        kept = (corrected <= max_q) & (table.odds >= min_odds)
        for cluster, column in np.argwhere(kept).tolist():
            found.append(_trait(one, table, inside[cluster], (cluster, column), corrected))
    return sorted(found, key=lambda one: (one.cluster, -one.share_in * np.log(one.odds), one.name))


@dataclass(frozen=True, slots=True)
class _Table:
    """Fisher's tables of one family: clusters by columns."""

    has: Bools
    known: Bools
    counts: npt.NDArray[np.int64]
    p: Floats
    odds: Floats


def _table(one: Features, inside: Bools) -> _Table:
    has, known = having(one.family)
    members = inside.astype(np.int64)
    a = members @ has
    b = members @ known.astype(np.int64)
    total, size = has.sum(axis=0), int(known.sum())
    p = stats.hypergeom.sf(a - 1, size, total[None, :], b[:, None])
    c, d = total - a, size - b[:, None]
    odds = ((a + 0.5) * (d - c + 0.5)) / ((b[:, None] - a + 0.5) * (c + 0.5))
    shape = a.shape
    counts = np.stack([a, np.broadcast_to(b[:, None], shape), c, np.broadcast_to(d, shape)])
    return _Table(has, known, counts, np.asarray(p), odds)


def having(family: Family) -> tuple[Bools, Bools]:
    """Which customers have which feature, and of whom the family is known.

    Of a mix they have what they lean to; else what was said of them at least once.

    Args:
        family: What is known.
    """
    total = family.counts.sum(axis=1)
    if not family.mix:
        return family.counts > 0, total > 0 if family.name == "industry" else total >= 0
    known = total > 0
    shares = family.counts / np.maximum(total, 1)[:, None]
    usual = shares[known].mean(axis=0)
    return (shares >= _LEANS * usual) & (family.counts >= _FEWEST_ROWS), known


def _trait(one: Features, table: _Table, member: Bools, cell: tuple[int, int], q: Floats) -> Trait:
    cluster, column = cell
    a, b, c, d = table.counts[:, cluster, column].tolist()
    rows = np.flatnonzero(member & table.has[:, column])
    return Trait(
        cluster=cluster,
        type=one.family.name,
        aspect=one.family.aspect,
        name=one.names[column],
        inside=a,
        known_inside=b,
        outside=c,
        known_outside=d,
        odds=float(table.odds[cluster, column]),
        q=float(q[cluster, column]),
        having=tuple(rows.tolist()),
        lacking=tuple(np.flatnonzero(member & table.known & ~table.has[:, column]).tolist()),
        sources=tuple(sorted({text for text in one.sources[rows, column].tolist() if text})),
    )
