"""Companies that look like a given one, and what they share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.clustering.features import Features, customer_features, features_of
from graphkit.analyses.clustering.likeness import Floats, Likeness, likeness
from graphkit.analyses.clustering.traits import TOLD, having
from graphkit.analyses.wording import counted
from graphkit.snapshot import Snapshot

LEAST_FEATURES: Final = 3
"""Things known of a company; of one with fewer nothing can be said."""
REASONS: Final = 3
"""Shared things that a sentence names."""
_COMPARED: Final = 1_000  # companies whose pairs say what is usual

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Shared:
    """Something that two companies share and that makes them alike.

    Attributes:
        type: Family, such as process.
        name: Such as Wire EDM.
        carries: Its part of all that speaks for the likeness, 0 to 1.
        specificity: log of how many have it among those of whom it is known: 0 when all do.
        having: How many have it.
        known: Of how many it is known.
        sources: Where it was read of either, "file_id:row".
    """

    type: str
    name: str
    carries: float
    specificity: float
    having: int
    known: int
    sources: tuple[str, ...]

    @property
    def told(self) -> str:
        """As a reader would say it: "lean to Wire EDM, as do 9 of 110"."""
        return f"{TOLD[self.type].format(self.name)} ({self.having} of {self.known} do)"


@dataclass(frozen=True, slots=True)
class Alike:
    """A company that looks like the given one.

    Attributes:
        company: Its id.
        score: How alike, in standard deviations over all pairs; 0 is as alike as usual.
        as_alike: Share of random pairs that are at least as alike.
        shared: What they share, what carries most first; never empty.
    """

    company: str
    score: float
    as_alike: float
    shared: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """The companies that look most like a given one.

    Attributes:
        company: The given one.
        features: How much is known of it.
        compared: With how many it was compared: those of whom enough is known.
        alike: The most alike first; empty when too little is known of it.
    """

    company: str
    features: int
    compared: int
    alike: tuple[Alike, ...]


def similar(
    snap: Snapshot,
    company: str,
    *,
    count: int = 10,
    prospects: bool = False,
    least: int = LEAST_FEATURES,
    seed: int = 0,
) -> Similar:
    """Customers that look like a company, or companies that do not buy yet, with why.

    From the features and the likeness that clusters are made of. What is not known of somebody
    makes it neither alike nor different, so that a prospect is judged by what is known of it.

    Args:
        snap: What was known.
        company: Whose likes are asked for, a customer or not.
        count: How many at most.
        prospects: Companies that do not buy, instead of customers.
        least: Companies with fewer known features are left out.
        seed: Of the random pairs.
    """
    everybody = snap.companies.index if prospects else snap.customers.index.union([company])
    ours = not prospects and company in snap.customers.index
    features = customer_features(snap) if ours else features_of(snap, everybody)
    if not features:
        return Similar(company, 0, 0, ())
    known = np.sum([(one.family.counts > 0).sum(axis=1) for one in features], axis=0)
    mine = int(known[everybody.get_loc(company)])
    # Those of whom little is known would decide what is usual, and what is rare.
    kept = everybody[(known >= least) | (everybody == company)]
    buys = kept.isin(snap.customers.index)
    asked = np.flatnonzero((buys != prospects) & (kept != company))
    if mine < least or not len(asked):
        return Similar(company, mine, len(asked), ())
    features = _of_rows(features, everybody.get_indexer(kept))
    pooled = likeness([one.family for one in features], seed=seed)
    at = int(kept.get_loc(company))
    scores = np.round(pooled.vectors[asked] @ pooled.vectors[at], 9)
    usual = _usual(pooled.vectors, np.flatnonzero(buys), asked, seed)
    why = _Why(features, pooled, at)
    names = [snap.names[one] for one in kept[asked]]
    found: list[Alike] = []
    for place in np.lexsort((names, -scores)).tolist():
        if len(found) == count or scores[place] <= 0:
            break
        if shared := why.shared(int(asked[place])):
            as_alike = max(float((usual >= scores[place]).mean()), 1 / len(usual))
            score = round(float(scores[place]), 3)
            found.append(Alike(str(kept[asked[place]]), score, as_alike, shared))
    return Similar(company, mine, len(asked), tuple(found))


def why(alike: Alike, reasons: int = REASONS) -> str:
    """What two companies share, and how unusual it is to be so alike.

    Args:
        alike: The other company.
        reasons: How many things to name.
    """
    told = "; ".join(shared.told for shared in alike.shared[:reasons])
    return f"both {told}. As alike: {how_unusual(alike.as_alike)}."


def nobody_alike(found: Similar) -> str:
    """Why there is nobody that looks like a company.

    Args:
        found: What was found: nobody.
    """
    if found.features < LEAST_FEATURES:
        known = counted(found.features, "thing")
        return (
            f"Unknown: whom it is like. Of it {known} can be compared; {LEAST_FEATURES} are needed."
        )
    if not found.compared:
        return (
            f"Unknown: whom it is like. Of nobody else are {LEAST_FEATURES} things known;"
            " companies of the CRM that do not buy yet would be compared."
        )
    return f"Of {found.compared:,} compared nobody shares with it what others lack."


def how_unusual(share: float) -> str:
    """A share of pairs in words.

    >>> how_unusual(0.004)
    '1 pair in 250'
    >>> how_unusual(0.4)
    '40 pairs in 100'
    """
    often = 0.1
    return f"1 pair in {1 / share:,.0f}" if share <= often else f"{100 * share:.0f} pairs in 100"


def _of_rows(features: Sequence[Features], rows: Rows) -> list[Features]:
    """What is known of some of the companies only."""
    families = [
        replace(one, family=replace(one.family, counts=one.family.counts[rows])) for one in features
    ]
    return [replace(one, sources=one.sources[rows]) for one in families if one.family.counts.any()]


def _usual(vectors: Floats, some: Rows, others: Rows, seed: int) -> Floats:
    """How alike customers and the companies asked for are: all pairs of a sample."""
    rng = np.random.default_rng(seed)
    some, others = (rng.permutation(one)[:_COMPARED] for one in (some, others))
    pairs = np.round(vectors[some] @ vectors[others].T, 9)
    found: Floats = pairs[some[:, None] != others[None, :]]
    return found if len(found) else np.zeros(1)


class _Why:
    """Says what makes others like one company.

    Args:
        features: What is known of everybody.
        pooled: Their likeness.
        at: The row of the company.
    """

    def __init__(self, features: list[Features], pooled: Likeness, at: int) -> None:
        self._features, self._vectors, self._at = features, pooled.vectors, at
        self._origins = pooled.origins
        self._has = [having(one.family) for one in features]

    def shared(self, other: int) -> tuple[Shared, ...]:
        """What the company shares with another row, what carries most first."""
        parts = self._vectors[self._at] * self._vectors[other]
        speaks = float(parts[parts > 0].sum())
        found = [
            self._told(origin, part / speaks, other)
            for origin, part in zip(self._origins, parts.tolist(), strict=True)
            if part > 0 and self._both(origin, other)
        ]
        return tuple(sorted(found, key=lambda one: (-one.carries, one.type, one.name)))

    def _both(self, origin: tuple[int, int], other: int) -> bool:
        number, column = origin
        has, _ = self._has[number]
        return bool(has[self._at, column] and has[other, column])

    def _told(self, origin: tuple[int, int], carries: float, other: int) -> Shared:
        number, column = origin
        has, known = self._has[number]
        one = self._features[number]
        count, of = int(has[:, column].sum()), int(known.sum())
        read = one.sources[[self._at, other], column].tolist()
        return Shared(
            type=one.family.name,
            name=one.names[column],
            carries=round(carries, 4),
            specificity=round(float(np.log(of / count)), 3),
            having=count,
            known=of,
            sources=tuple(sorted({source for source in read if source})),
        )
