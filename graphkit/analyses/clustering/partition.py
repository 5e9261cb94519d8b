"""Groups of customers that are alike: found, shown to last, and held against rewired shops."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from graphkit.analyses.clustering.leiden import modularity
from graphkit.analyses.clustering.likeness import (
    Family,
    Likeness,
    likeness,
    nearest_graph,
    neighbours,
)
from graphkit.analyses.clustering.rewiring import rewired
from graphkit.analyses.clustering.stability import LARGE, Bools, Floats, Stable, stable_clusters
from graphkit.statistics.engine import BUILT_IN, Engine

_SPARE = 4  # neighbours kept for each link, since bootstraps leave customers out
_CLEARLY = 3.0  # standard deviations above chance


@dataclass(frozen=True, slots=True)
class Partition:
    """Clusters of customers and what they rest on.

    Attributes:
        stable: The lasting clusters, as if the shop had any.
        modularity: Of communities on the chosen scale; in a large shop among customers drawn from
            it.
        by_chance: The same in each shop in which these are rewired.
        alike: What makes customers alike.
        engine: Who found the communities; empty for graphkit itself.
    """

    stable: Stable
    modularity: float
    by_chance: Floats
    alike: Likeness
    engine: str = ""

    @property
    def p(self) -> float:
        """Share of rewired shops (this one counted in) with as high a modularity."""
        return (1 + int((self.by_chance >= self.modularity).sum())) / (1 + len(self.by_chance))

    @property
    def limit(self) -> float:
        """95th percentile of the modularity of rewired shops."""
        return float(np.quantile(self.by_chance, 0.95))

    @property
    def holds(self) -> bool:
        """Whether the shop has clusters at all.

        Its modularity is above that of every rewired shop, and by three standard deviations above
        their mean: the few rewired shops that can be drawn say little about how far chance reaches.
        """
        beyond = float(self.by_chance.mean()) + _CLEARLY * float(self.by_chance.std())
        return self.modularity > max(beyond, float(self.by_chance.max()))


def links_of(customers: int) -> int:
    """How many most alike customers each is linked to: about the root of their number, 4 to 15."""
    return int(np.clip(round(float(np.sqrt(customers))), 4, 15))


def partition(
    families: Sequence[Family],
    *,
    bootstraps: int = 100,
    rewirings: int = 39,
    min_members: int = 4,
    min_stability: float = 0.75,
    seed: int = 0,
    engine: Engine = BUILT_IN,
) -> Partition:
    """Find clusters of customers.

    Args:
        families: What is known of each customer.
        bootstraps: On which stability is measured.
        rewirings: Rewired shops to compare with.
        min_members: Fewer customers are no cluster.
        min_stability: Mean clusterwise Jaccard from which a cluster lasts.
        seed: Of everything random.
        engine: What runs Leiden.
    """
    alike = likeness(families, seed=seed)
    links = links_of(len(alike.vectors))
    who, how = neighbours(alike.vectors, _SPARE * links)

    def induced(present: Bools) -> sparse.csr_array:
        # As many links for each as the share of customers that is there: the same scale.
        return nearest_graph(who, how, max(2, round(links * float(present.mean()))), present)

    graph = nearest_graph(who, how, links)
    stable = stable_clusters(
        graph,
        induced,
        bootstraps=bootstraps,
        min_members=min_members,
        min_stability=min_stability,
        seed=seed,
        engine=engine,
    )
    rng = np.random.default_rng(seed)
    some = _drawn(families, rng)

    def held(those: Sequence[Family]) -> float:
        # One run of Leiden, for the shop as for those it is compared with.
        vectors = likeness(those, weights=alike.weights, seed=seed).vectors
        graph = nearest_graph(*neighbours(vectors, links), links)
        return modularity(graph, engine.leiden(graph, resolution=stable.resolution, seed=seed))

    chance = [held(rewired(some, rng)) for _ in range(rewirings)]
    named = engine.named(graph.shape[0])
    return Partition(stable, held(some), np.array(chance), alike, named)


def _drawn(families: Sequence[Family], rng: np.random.Generator) -> Sequence[Family]:
    """What is known of enough customers of a large shop to see whether it hangs together.

    In any other, of all of them.
    """
    size = len(families[0].counts)
    if size <= LARGE:
        return families
    some = np.sort(rng.choice(size, LARGE, replace=False))
    return [replace(one, counts=one.counts[some]) for one in families]
