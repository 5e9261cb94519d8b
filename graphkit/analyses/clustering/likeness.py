"""How alike customers are: one pooled likeness from everything known about them.

Each family of features (processes, shows, topics, ...) gives a likeness of its own. Families that
say the same kind of thing form an aspect: process, material, finish and industry all say what a
customer makes. Aspects, not families, are pooled, since otherwise what a shop records most often
(order lines) drowns what it records rarely (who was at which show).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_PRIOR = 5.0  # a customer's mix is shrunk to the shop's as if it had this many more rows
_SHUFFLES = 39  # of the customers of each aspect, to see how much agree by chance
_CLEARLY = 3.0  # standard deviations above chance; fewer, and the weights would fit noise
_BLOCK = 2_000  # customers whose likeness to all others is held in memory at once


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of feature of every customer.

    Attributes:
        name: Such as process.
        aspect: What it tells, such as makes.
        counts: Customers by features: how often, or 1.
        mix: Whether the counts are shares of a whole (order lines by process) and not a set of
            things that a customer has or has not (end customers).
    """

    name: str
    aspect: str
    counts: Floats
    mix: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """Customers as vectors whose inner product is how alike two of them are.

    Attributes:
        vectors: One row a customer; an inner product of 1 is one standard deviation over all pairs.
        weights: How much each aspect counts, by its name.
        origins: Of each column of the vectors, the family it comes from and the column there.
    """

    vectors: Floats
    weights: dict[str, float]
    origins: list[tuple[int, int]]


def likeness(
    families: Sequence[Family], *, weights: Mapping[str, float] | None = None, seed: int = 0
) -> Likeness:
    """Pool families into one likeness, so that aspects which agree with others count more.

    The weight of an aspect is the square root of its loading on the one factor that the aspects
    have in common, over all pairs of customers: reading habits that have nothing to do with what a
    customer makes, where it goes and whom it supplies add noise and no cluster. The root, since
    loadings are noisy in a small shop. Aspects that agree on nothing all count the same; whether
    there is any cluster is for the null model to say.

    Args:
        families: At least one.
        weights: Weight of each aspect, where it is known already (in a null model).
        seed: Of the shuffles that say whether aspects agree at all.
    """
    aspects: dict[str, list[Floats]] = {}
    origins: dict[str, list[tuple[int, int]]] = {}
    for number, family in enumerate(families):
        vectors = _scaled(_vectors(family))
        if vectors.any():
            aspects.setdefault(family.aspect, []).append(vectors)
            columns = [(number, column) for column in range(vectors.shape[1])]
            origins.setdefault(family.aspect, []).extend(columns)
    pooled = {name: _scaled(np.hstack(parts)) for name, parts in aspects.items()}
    if not pooled:
        return Likeness(np.zeros((len(families[0].counts), 0)), {}, [])
    if weights is None:
        weights = _weights(pooled, seed)
    joined = np.hstack([one * np.sqrt(weights.get(name, 0.0)) for name, one in pooled.items()])
    return Likeness(
        _scaled(joined), dict(weights), [one for name in pooled for one in origins[name]]
    )


def _vectors(family: Family) -> Floats:
    """Rows of length one around the shop's mean; zero for a customer of whom nothing is known.

    A mix becomes square roots of shrunk shares (Hellinger distance, which suits shares of any
    size); a set becomes its members by how special they are, log(customers / customers that have
    it), since one rare end customer in common tells more than a show that everybody goes to.
    """
    counts = family.counts
    total = counts.sum(axis=1)
    known = total > 0
    if family.mix:
        shares = counts[known] / total[known, None]
        usual = shares.mean(axis=0) if known.any() else np.zeros(counts.shape[1])
        shrunk = (counts + _PRIOR * usual) / (total + _PRIOR)[:, None]
        made = np.sqrt(shrunk) - np.sqrt(usual)
    else:
        having = (counts > 0).sum(axis=0)
        special = np.where(having > 1, np.log((len(counts) + 1) / (having + 1)), 0.0)
        made = _unit(np.log1p(counts) * np.sqrt(special))
    known &= np.abs(made).sum(axis=1) > 0
    if known.any():
        made = made - made[known].mean(axis=0)
    made[~known] = 0.0
    return _unit(made)


def _unit(rows: Floats) -> Floats:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1.0))


def _covariance(one: Floats, other: Floats) -> float:
    """Covariance of two likenesses over all pairs of customers, without making the pairs.

    The sum over pairs i and j of (a_i . a_j)(b_i . b_j) is the squared norm of A'B, less the pairs
    of a customer with itself.
    """
    count = len(one)
    pairs = max(count * (count - 1), 1)
    length, other_length = (one**2).sum(axis=1), (other**2).sum(axis=1)
    mean = (float((one.sum(axis=0) ** 2).sum()) - float(length.sum())) / pairs
    other_mean = (float((other.sum(axis=0) ** 2).sum()) - float(other_length.sum())) / pairs
    both = float(((one.T @ other) ** 2).sum()) - float(length @ other_length)
    return both / pairs - mean * other_mean


def _scaled(vectors: Floats) -> Floats:
    """The same vectors, with inner products that have a standard deviation of 1 over all pairs."""
    spread = float(np.sqrt(max(_covariance(vectors, vectors), 0.0)))
    return vectors / np.sqrt(spread) if spread > 1e-9 else np.zeros_like(vectors)  # noqa: PLR2004


def _weights(aspects: Mapping[str, Floats], seed: int) -> dict[str, float]:
    """Weight of each aspect; all alike when they agree no more than shuffled customers do."""
    rng = np.random.default_rng(seed)
    agree = _agreement(list(aspects.values()))
    chance = [
        _agreement([rng.permutation(one) for one in aspects.values()]).sum()
        for _ in range(_SHUFFLES)
    ]
    beyond = float(np.mean(chance)) + _CLEARLY * float(np.std(chance))
    if len(aspects) < 3 or agree.sum() <= beyond:  # noqa: PLR2004 - see _loadings
        return dict.fromkeys(aspects, 1.0)
    return dict(zip(aspects, np.sqrt(_loadings(agree)).tolist(), strict=True))


def _agreement(aspects: Sequence[Floats]) -> Floats:
    """Correlations of the aspects' likenesses over all pairs of customers, with a diagonal of 0.

    Each has a standard deviation of 1 already (see `_scaled`).
    """
    found = np.zeros((len(aspects), len(aspects)))
    for i, one in enumerate(aspects):
        for j in range(i):
            found[i, j] = found[j, i] = _covariance(one, aspects[j])
    return found


def _loadings(agree: Floats) -> Floats:
    """Loadings on the one factor that all rows share, .05 to .95.

    Correlations off the diagonal are fitted by products of loadings (minres; Harman and Jones
    1966), by repeated regression of each row on the others. Two rows have one correlation, which
    cannot be split.
    """
    found = np.full(len(agree), 0.3)
    for _ in range(200):
        others = (found**2).sum() - found**2
        found = (found + np.clip(agree @ found / np.maximum(others, 1e-9), 0.0, 0.95)) / 2
    return np.asarray(np.maximum(found, 0.05))


def neighbours(vectors: Floats, count: int) -> tuple[Ints, Floats]:
    """The most alike customers of each, best first, and how alike they are.

    Args:
        vectors: See Likeness.
        count: How many of each; fewer in a shop that has fewer.
    """
    size = len(vectors)
    count = min(count, size - 1)
    who = np.empty((size, count), dtype=np.int64)
    how = np.empty((size, count))
    for begin in range(0, size if count > 0 else 0, _BLOCK):
        some = np.arange(begin, min(begin + _BLOCK, size))
        alike = np.round(vectors[some] @ vectors.T, 9)  # the same order on every machine
        alike[np.arange(len(some)), some] = -np.inf
        best = np.argpartition(-alike, count - 1, axis=1)[:, :count]
        order = np.lexsort((best, -np.take_along_axis(alike, best, axis=1)), axis=1)
        who[some] = np.take_along_axis(best, order, axis=1)
        how[some] = np.take_along_axis(alike, who[some], axis=1)
    return who, how


def nearest_graph(
    who: Ints, how: Floats, links: int, present: npt.NDArray[np.bool_] | None = None
) -> sparse.csr_array:
    """The graph that links each customer to the `links` most alike ones that are present.

    Args:
        who: Neighbours of each, best first.
        how: How alike they are; a link needs more than 0.
        links: How many each customer chooses; a link chosen by both weighs twice.
        present: Who takes part; all when None. The graph has rows for all.
    """
    size = len(who)
    here = np.ones(size, dtype=bool) if present is None else present
    usable = here[:, None] & here[who] & (how > 0)
    chosen = usable & (np.cumsum(usable, axis=1) <= links)
    row, column = np.nonzero(chosen)
    directed = sparse.csr_array((how[chosen], (row, who[row, column])), shape=(size, size))
    graph = sparse.csr_array((directed + directed.T) / 2)
    graph.sort_indices()
    return graph
