"""Which communities last when some customers are absent, and on which scale."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphkit.analyses.clustering.leiden import consensus
from graphkit.statistics.engine import BUILT_IN, HUGE, Engine, Ints

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Induced = Callable[[Bools], sparse.csr_array]

RESOLUTIONS = (0.7, 1.0, 1.4, 1.9, 2.5, 3.2)
_AS_GOOD = 0.9  # a finer scale is preferred when it holds this share of what the best one holds
LARGE = 2_000  # nodes above which there are fewer runs, and only the best scale gets them all
_SCREENED = 5  # on one in so many bootstraps that scale is found
_FINE = 2.5  # the one scale of a huge graph
_FEWEST = 4  # bootstraps, and runs of a consensus, of the largest graphs
_MORE_OFTEN = 0.5  # a member is with its cluster in at least this share of bootstraps


@dataclass(frozen=True, slots=True)
class Stable:
    """Clusters that last.

    Attributes:
        labels: Cluster of each node, -1 between clusters.
        stability: Mean clusterwise Jaccard of each cluster.
        spread: Clusters by two: between which 90 % of its Jaccards in bootstraps lie.
        together: Nodes by clusters: share of the bootstraps in which the node was there when it
            was with the cluster.
        bootstraps: On how many stability was measured.
        resolution: The scale on which most clusters were found.
        communities: Community of every node on that scale, lasting or not.
    """

    labels: Ints
    stability: Floats
    spread: Floats
    together: Floats
    bootstraps: int
    resolution: float
    communities: Ints


@dataclass(frozen=True, slots=True)
class _Scale:
    """Communities at one resolution, and how they last."""

    resolution: float
    communities: Ints
    stays: Bools  # nodes that are with their community more often than not
    jaccards: Floats  # bootstraps by communities
    best: Ints  # bootstraps by communities: which community of the bootstrap is most like it
    present: Bools  # bootstraps by nodes
    runs: Ints  # bootstraps by nodes: community in the bootstrap

    def lasting(self, min_members: int, min_stability: float) -> list[tuple[int, Ints]]:
        """Number and members of each community that lasts."""
        found = []
        for community in np.flatnonzero(self.jaccards.mean(axis=0) >= min_stability).tolist():
            members = np.flatnonzero(self.stays & (self.communities == community))
            if len(members) >= min_members:
                found.append((community, members))
        return found

    def together(self, community: int) -> Floats:
        """For each node the share of the bootstraps with it in which it was with a community."""
        with_it = (self.runs == self.best[:, [community]]) & self.present
        return np.asarray(with_it.sum(axis=0) / np.maximum(self.present.sum(axis=0), 1))


def stable_clusters(
    graph: sparse.csr_array,
    induced: Induced,
    *,
    resolutions: Sequence[float] = RESOLUTIONS,
    bootstraps: int = 100,
    seeds: int = 20,
    min_members: int = 4,
    min_stability: float = 0.75,
    seed: int = 0,
    engine: Engine = BUILT_IN,
) -> Stable:
    """Communities that are found again in bootstraps of the nodes.

    Half as many bootstraps again decide first who stays with a community more often than not; the
    others lie between, and stability is then measured for those who stay. The scale is the finest
    whose lasting clusters hold nearly as many nodes as those of any other; communities of other
    scales are added where they last and overlap with none. In a graph of more than 2,000 nodes
    there are fewer runs, in proportion, 4 at least, since so many nodes scatter little; the scale
    is found on a fifth of them, and only that one is measured. Above 20,000 nodes a fine scale
    is the only one, and its communities are those of one run.

    Args:
        graph: Symmetric weights.
        induced: The graph among those nodes that are present, with a row for each node.
        resolutions: Scales to try, coarse to fine.
        bootstraps: How many to measure stability on; fewer in a large graph.
        seeds: Runs of Leiden for the consensus; likewise.
        min_members: Fewer are no cluster.
        min_stability: Mean Jaccard from which a cluster lasts; below .75 patterns are doubtful
            (Hennig 2008).
        seed: Of everything random.
        engine: What runs Leiden.

    References:
        Hennig (2007), Cluster-wise assessment of cluster stability.
    """
    rng = np.random.default_rng(seed)
    size = graph.shape[0]
    bootstraps, seeds = _runs(bootstraps, size), _runs(seeds, size)
    present = np.array([_drawn(rng, size) for _ in range(bootstraps + bootstraps // 2)])
    sample = _Sample(present, [induced(one) for one in present], bootstraps)
    if size > HUGE:
        resolutions, seeds = (_FINE,), 1
    elif size > LARGE:
        some = sample.fewer(_SCREENED)
        tried = _scales(graph, some, resolutions, seeds=1, seed=seed, engine=engine)
        resolutions = (tried[_best(tried, min_members, min_stability)].resolution,)
    scales = _scales(graph, sample, resolutions, seeds=seeds, seed=seed, engine=engine)
    return _joined(scales, min_members, min_stability)


@dataclass(frozen=True, slots=True)
class _Sample:
    """Bootstraps of the nodes.

    Attributes:
        present: Bootstraps by nodes: who is there.
        graphs: The graph among them.
        measured: On how many of them stability is measured; the others say who stays.
    """

    present: Bools
    graphs: list[sparse.csr_array]
    measured: int

    def fewer(self, factor: int) -> "_Sample":
        """A part of the bootstraps of either kind."""
        some = np.arange(0, len(self.graphs), factor)
        return _Sample(
            self.present[some],
            [self.graphs[k] for k in some.tolist()],
            int((some < self.measured).sum()),
        )


def _scales(
    graph: sparse.csr_array,
    sample: _Sample,
    resolutions: Sequence[float],
    *,
    seeds: int,
    seed: int,
    engine: Engine,
) -> list[_Scale]:
    """The communities of each scale, and how they last."""
    found = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # the library leaves other threads free to run
        for resolution in resolutions:
            run = partial(engine.leiden, resolution=resolution)
            numbers = range(seed, seed + len(sample.graphs))
            runs = pool.map(lambda one, k, run=run: run(one, seed=k), sample.graphs, numbers)
            communities = consensus(
                graph, resolution=resolution, seeds=seeds, first=seed, engine=engine
            )
            found.append(_measured(resolution, communities, sample, np.array(list(runs))))
    return found


def _runs(asked: int, size: int) -> int:
    """How many runs of those asked for a graph of so many nodes gets."""
    return max(asked * LARGE // max(size, LARGE), min(asked, _FEWEST))


def _drawn(rng: np.random.Generator, size: int) -> Bools:
    present = np.zeros(size, dtype=bool)
    present[rng.integers(size, size=size)] = True
    return present


def _measured(resolution: float, found: Ints, sample: _Sample, runs: Ints) -> _Scale:
    """How the communities of one scale last; the later bootstraps say who stays."""
    later = sample.present[sample.measured :]
    _, best = _matched(found, later, runs[sample.measured :])
    own = (np.take_along_axis(best, found[None, :], axis=1) == runs[sample.measured :]) & later
    stays = own.sum(axis=0) >= _MORE_OFTEN * np.maximum(later.sum(axis=0), 1)
    present, runs = sample.present[: sample.measured], runs[: sample.measured]
    jaccards, best = _matched(found, present & stays, runs)
    return _Scale(resolution, found, stays, jaccards, best, present, runs)


def _matched(found: Ints, compared: Bools, runs: Ints) -> tuple[Floats, Ints]:
    """Jaccard of each community with its best match in each bootstrap, and which one that is.

    A community of which nobody is present in a bootstrap was not found there: 0, and no match.

    Args:
        found: Communities of all nodes.
        compared: Bootstraps by nodes: who is there and compared.
        runs: Bootstraps by nodes: community in the bootstrap.
    """
    count = int(found.max()) + 1
    jaccards = np.zeros((len(runs), count))
    best = np.full((len(runs), count), -1, dtype=np.int64)
    for row, (present, run) in enumerate(zip(compared, runs, strict=True)):
        shared = np.zeros((count, int(run.max()) + 1))
        np.add.at(shared, (found[present], run[present]), 1)
        here, there = shared.sum(axis=1), shared.sum(axis=0)
        jaccard = shared / np.maximum(here[:, None] + there - shared, 1)
        best[row] = np.where(here > 0, jaccard.argmax(axis=1), -1)
        jaccards[row] = jaccard.max(axis=1)
    return jaccards, best


def _best(scales: Sequence[_Scale], min_members: int, min_stability: float) -> int:
    """The finest scale whose lasting clusters hold nearly as many nodes as those of any other."""
    held = [
        sum(len(members) for _, members in scale.lasting(min_members, min_stability))
        for scale in scales
    ]
    return max(i for i, many in enumerate(held) if many >= _AS_GOOD * max(held))


def _joined(scales: Sequence[_Scale], min_members: int, min_stability: float) -> Stable:
    """The lasting clusters of the best scale, then those of other scales that overlap with none."""
    lasting = [scale.lasting(min_members, min_stability) for scale in scales]
    chosen = _best(scales, min_members, min_stability)
    labels = np.full(len(scales[0].communities), -1, dtype=np.int64)
    jaccards: list[Floats] = []
    together: list[Floats] = []
    for i in sorted(range(len(scales)), key=lambda i: (abs(i - chosen), -i)):
        for community, members in lasting[i]:
            if (labels[members] < 0).all():
                labels[members] = len(jaccards)
                jaccards.append(scales[i].jaccards[:, community])
                together.append(scales[i].together(community))
    over = np.array(jaccards).reshape(len(jaccards), len(scales[0].jaccards))
    best = scales[chosen]
    return Stable(
        labels=labels,
        stability=over.mean(axis=1),
        spread=np.quantile(over, (0.05, 0.95), axis=1).T,
        together=np.array(together).reshape(len(jaccards), len(labels)).T,
        bootstraps=len(best.jaccards),
        resolution=best.resolution,
        communities=best.communities,
    )
