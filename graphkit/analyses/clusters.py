"""Groups of customers that are alike, what holds them together and what to do with them."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graphkit.analyses.clustering.features import Features, customer_features
from graphkit.analyses.clustering.partition import Partition, partition
from graphkit.analyses.clustering.query import shared_by_members
from graphkit.analyses.clustering.traits import Trait, traits
from graphkit.analyses.clustering.words import advice, cluster_name, statement, tested
from graphkit.findings import Effect, Evidence, Finding, Level, Ref
from graphkit.plugins import analysis
from graphkit.snapshot import Snapshot

KIND = "customer-cluster"


@analysis(
    "clusters",
    question="Which customers belong together, and what holds them together?",
    needs=("Company",),
    kinds=(KIND,),
)
def clusters(
    snap: Snapshot,
    *,
    min_members: int = 4,
    min_stability: float = 0.75,
    bootstraps: int = 100,
    rewirings: int = 39,
    seed: int = 0,
) -> Iterator[Finding]:
    """Groups of customers that make the same, go to the same shows, supply and read the same.

    A cluster has to last when a third of the customers is left out, and is told only when the shop
    holds together more than shops in which the same customers have as much at random. Customers
    that change sides in the bootstraps lie between clusters and are named.

    Args:
        snap: Needs Company; each of OrderLine, Attended, Supplies, Project, UsesMethod, Opened,
            Clicked and Visited adds what it knows.
        min_members: Fewer customers are no cluster.
        min_stability: Mean clusterwise Jaccard over the bootstraps from which a cluster lasts.
        bootstraps: Bootstraps of the customers; fewer in a shop of more than 2,000, in proportion:
            each has so many customers that its Jaccards scatter little.
        rewirings: Rewired shops to compare with; the modularity must be above all of theirs. Of a
            shop of more than 2,000 customers so many are drawn for it.
        seed: Of everything random.

    Yields:
        One finding a cluster, its effect the stability; a cannot-tell where there is none.

    References:
        Traag, Waltman and van Eck (2019); Hennig (2007); Maslov and Sneppen (2002); Benjamini and
        Hochberg (1995).
    """
    count = len(snap.customers)
    if count == 0:
        return
    if count < 2 * min_members:
        needs = f"Clusters need at least {2 * min_members} customers; there are {count}."
        yield _cannot_tell(snap, needs, ())
        return
    features = customer_features(snap)
    if not features:
        yield _cannot_tell(snap, "Nothing is known of the customers that could group them.", ())
        return
    found = partition(
        [one.family for one in features],
        bootstraps=bootstraps,
        rewirings=rewirings,
        min_members=min_members,
        min_stability=min_stability,
        seed=seed,
        engine=snap.engine,
    )
    if not found.holds or not len(found.stable.stability):
        yield _none(snap, found, features)
        return
    yield from _told(snap, features, found)


def _cannot_tell(snap: Snapshot, reason: str, more: tuple[Evidence, ...]) -> Finding:
    count = Evidence("customers", len(snap.customers), "count")
    return Finding(
        kind=KIND,
        level=Level.CANNOT_TELL,
        subject=Ref("Cluster", "cl-none", "all customers"),
        statement=f"Whether customers form clusters cannot be told. {reason}",
        as_of=snap.as_of,
        evidence=(count, *more),
        n=len(snap.customers),
        advice="Load more: projects, notes, mail and contacts tell what order lines do not.",
    )


def _none(snap: Snapshot, found: Partition, features: Sequence[Features]) -> Finding:
    known = ", ".join(one.family.name for one in features)
    if found.holds:
        reason = "No group of customers is found again when some customers are left out."
    else:
        reason = (
            "Customers hang together hardly more than at random: modularity"
            f" {found.modularity:.2f}, and up to {found.by_chance.max():.2f} in"
            f" {len(found.by_chance)} rewired shops."
        )
    return _cannot_tell(
        snap,
        f"{reason} Looked at: {known}{f', by {found.engine}' if found.engine else ''}.",
        (
            Evidence("modularity", round(found.modularity, 4)),
            Evidence("95th percentile of rewired shops", round(found.limit, 4)),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Cluster:
    """One cluster on its way to a finding.

    Attributes:
        number: Its number in the partition.
        name: What its members have in common.
        ids: Members, those that are with it most often first.
        traits: What is over-represented among them.
        between: Ids of customers that lie between this and another cluster.
    """

    number: int
    name: str
    ids: Sequence[str]
    traits: Sequence[Trait]
    between: Sequence[str]

    @property
    def key(self) -> str:
        """Id: the same members have the same one in every run."""
        return "cl-" + hashlib.sha256("\0".join(sorted(self.ids)).encode()).hexdigest()[:10]


def _told(snap: Snapshot, features: Sequence[Features], found: Partition) -> Iterator[Finding]:
    said = traits(features, found.stable.labels)
    between = _between(snap, found)
    names: set[str] = set()
    for number in range(len(found.stable.stability)):
        ids = _members(snap, found, number)
        own = [one for one in said if one.cluster == number]
        name = cluster_name(own, names, snap.names[ids[0]])
        names.add(name)
        yield _finding(snap, found, _Cluster(number, name, ids, own, between[number]))


def _members(snap: Snapshot, found: Partition, number: int) -> list[str]:
    """Ids of the members, those that are with the cluster most often first."""
    rows = np.flatnonzero(found.stable.labels == number)
    strength = found.stable.together[rows, number].tolist()
    ids = [str(snap.customers.index[row]) for row in rows.tolist()]
    ranks = sorted(zip(strength, ids, strict=True), key=lambda x: (-x[0], snap.names[x[1]], x[1]))
    return [one for _, one in ranks]


def _between(snap: Snapshot, found: Partition) -> list[list[str]]:
    """For each cluster the customers in none that are with it most or second most often."""
    together = found.stable.together
    near: list[list[str]] = [[] for _ in range(together.shape[1])]
    for row in np.flatnonzero(found.stable.labels < 0).tolist():
        best = np.argsort(-together[row], kind="stable")[:2]
        for number in best[together[row, best] > 0].tolist():
            near[number].append(str(snap.customers.index[row]))
    return near


def _finding(snap: Snapshot, found: Partition, one: _Cluster) -> Finding:
    stability = float(found.stable.stability[one.number])
    low, high = found.stable.spread[one.number].tolist()
    size = len(one.ids)
    return Finding(
        kind=KIND,
        level=Level.ALERT,
        subject=Ref("Cluster", one.key, one.name),
        statement=statement(one.name, size, one.traits, [snap.names[x] for x in one.ids]),
        as_of=snap.as_of,
        evidence=(
            Evidence("members", size, "customers"),
            Evidence("stability", round(stability, 3), "mean Jaccard"),
            *(
                Evidence(f"members that {trait.told}", trait.inside, "customers", trait.sources)
                for trait in one.traits
            ),
        ),
        effect=Effect(stability, low, high, "mean Jaccard"),
        p=found.p,
        q=found.p,  # one partition is one question
        n=size,
        test=tested(found),
        advice=advice(snap, one.traits),
        cypher=shared_by_members(one.key),
        details=_details(snap, found, one),
    )


def _details(snap: Snapshot, found: Partition, one: _Cluster) -> dict[str, Any]:
    with_it = found.stable.together[:, one.number].tolist()
    strength = dict(zip(snap.customers.index, with_it, strict=True))
    return {
        "members": [
            {"id": member, "name": snap.names[member], "strength": round(strength[member], 3)}
            for member in one.ids
        ],
        "between": sorted(snap.names[other] for other in one.between),
        "traits": [_trait_row(trait) for trait in one.traits],
        "stability": round(float(found.stable.stability[one.number]), 3),
        "modularity": round(found.modularity, 4),
        "modularity_by_chance": round(found.limit, 4),
        "weights": {name: round(weight, 3) for name, weight in found.alike.weights.items()},
    }


def _trait_row(one: Trait) -> dict[str, str | float | int]:
    return {
        "name": one.name,
        "type": one.type,
        "told": one.told,
        "inside": one.inside,
        "known_inside": one.known_inside,
        "outside": one.outside,
        "known_outside": one.known_outside,
        "share_in": round(one.share_in, 3),
        "share_out": round(one.share_out, 3),
        "odds": round(one.odds, 2),
        "q": float(f"{one.q:.3g}"),
    }
