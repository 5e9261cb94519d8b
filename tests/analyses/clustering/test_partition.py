"""Planted groups are found, and nothing is found where nothing is planted."""

import numpy as np
import pytest
from scipy import sparse

from graphkit.analyses.clustering.leiden import consensus, modularity
from graphkit.analyses.clustering.likeness import Family, likeness, neighbours
from graphkit.analyses.clustering.partition import partition
from graphkit.analyses.clustering.rewiring import rewired
from graphkit.analyses.clustering.stability import stable_clusters
from graphkit.statistics.engine import BUILT_IN


def planted(groups=5, each=12, *, seed=1, loyalty=6.0):
    """Customers whose lines, shows and end customers lean like their group."""
    rng = np.random.default_rng(seed)
    group = np.repeat(np.arange(groups), each)
    families = []
    for name, width in (("process", 9), ("material", 11)):
        leaning = rng.dirichlet(np.full(width, 0.6), size=groups)
        own = rng.standard_gamma(loyalty * leaning[group] + 0.05)
        lines = [rng.multinomial(60, one / one.sum()) for one in own]
        families.append(Family(name, "makes", np.array(lines, dtype=float), mix=True))
    for name, aspect in (("show", "goes"), ("end customer", "supplies")):
        chance = np.full((groups, 15), 0.03)
        for row in chance:
            row[rng.permutation(15)[:3]] = 0.5
        having = rng.random((len(group), 15)) < chance[group]
        families.append(Family(name, aspect, having.astype(float), mix=False))
    return families, group


def purity(group, labels):
    """Share of the members of clusters that are of their cluster's main group."""
    inside = labels >= 0
    main = [np.bincount(group[labels == one]).max() for one in np.unique(labels[inside])]
    return sum(main) / inside.sum()


def ring(cliques=6, each=6):
    """Cliques in a ring, each linked to the next by one link."""
    size = cliques * each
    dense = np.kron(np.eye(cliques), np.ones((each, each))) - np.eye(size)
    for one in range(cliques):
        first, second = one * each, ((one + 1) % cliques) * each + 1
        dense[first, second] = dense[second, first] = 1
    return sparse.csr_array(dense), np.repeat(np.arange(cliques), each)


def test_leiden_finds_the_cliques_of_a_ring():
    graph, truth = ring()

    assert (BUILT_IN.leiden(graph, resolution=1.0, seed=3) == truth).all()
    assert (consensus(graph, resolution=1.0, seeds=5) == truth).all()
    assert modularity(graph, truth) == pytest.approx(30 / 32 * 0 + 90 * 2 / 192 - 1 / 6)


def test_a_graph_without_links_has_only_single_communities():
    assert BUILT_IN.leiden(sparse.csr_array((4, 4)), resolution=1.0, seed=0).tolist() == [
        0,
        1,
        2,
        3,
    ]


def test_cliques_last_when_nodes_are_left_out():
    graph, truth = ring()

    def induced(present):
        mask = sparse.diags_array(present.astype(float))
        return sparse.csr_array(mask @ graph @ mask)

    found = stable_clusters(graph, induced, bootstraps=30)

    assert (found.labels == truth).all()
    assert (found.stability > 0.9).all()


def test_a_huge_graph_gets_one_scale_and_few_runs(monkeypatch):
    """Its cliques are found all the same."""
    graph, truth = ring(cliques=20, each=8)
    monkeypatch.setattr("graphkit.analyses.clustering.stability.LARGE", 4)
    monkeypatch.setattr("graphkit.analyses.clustering.stability.HUGE", 100)

    def induced(present):
        mask = sparse.diags_array(present.astype(float))
        return sparse.csr_array(mask @ graph @ mask)

    found = stable_clusters(graph, induced, bootstraps=60)

    assert (found.resolution, found.bootstraps) == (2.5, 4)
    assert purity(truth, found.labels) == 1
    assert (found.labels >= 0).mean() > 0.7


def test_planted_groups_are_found():
    families, group = planted()

    found = partition(families, bootstraps=40, rewirings=19)

    assert found.holds
    assert found.p == pytest.approx(1 / 20)
    assert (found.stable.labels >= 0).mean() > 0.8
    assert purity(group, found.stable.labels) > 0.95
    assert len(found.stable.stability) == 5


def test_a_rewired_shop_has_no_clusters():
    families, _ = planted()

    found = partition(rewired(families, np.random.default_rng(4)), bootstraps=20, rewirings=19)

    assert not found.holds


def test_a_large_shop_is_held_against_rewired_customers_drawn_from_it(monkeypatch):
    """Groups are found, and rewired the same shop has none."""
    monkeypatch.setattr("graphkit.analyses.clustering.partition.LARGE", 150)
    families, group = planted(groups=4, each=100)

    found = partition(families, bootstraps=6, rewirings=9)
    chance = partition(rewired(families, np.random.default_rng(4)), bootstraps=6, rewirings=9)

    assert found.holds
    assert found.stable.labels.shape == group.shape
    assert purity(group, found.stable.labels) > 0.95
    assert not chance.holds


def test_rewiring_keeps_how_often_each_customer_and_feature_occurs():
    families, _ = planted()

    for before, after in zip(families, rewired(families, np.random.default_rng(2)), strict=True):
        assert (before.counts.sum(axis=0) == after.counts.sum(axis=0)).all()
        assert (before.counts.sum(axis=1) == after.counts.sum(axis=1)).all()
        assert (before.counts != after.counts).any()
        assert before.mix or after.counts.max() == 1


def test_an_aspect_that_agrees_with_no_other_counts_little():
    families, group = planted()
    rng = np.random.default_rng(9)
    noise = rng.poisson(3.0, (len(group), 8)).astype(float)

    weights = likeness([*families, Family("opened", "reads", noise, mix=True)]).weights

    assert weights["reads"] < 0.6 * min(weights[name] for name in ("makes", "goes", "supplies"))


def test_order_lines_do_not_drown_shows():
    families, _ = planted()
    many = [
        Family(one.name, one.aspect, one.counts * 50 if one.mix else one.counts, one.mix)
        for one in families
    ]

    assert likeness(many).weights["goes"] == pytest.approx(likeness(families).weights["goes"], 0.2)


def test_a_customer_of_whom_nothing_is_known_is_like_nobody():
    families, _ = planted()
    blank = [
        Family(one.name, one.aspect, np.vstack([one.counts, 0 * one.counts[:1]]), one.mix)
        for one in families
    ]

    assert not likeness(blank).vectors[-1].any()
    assert partition(blank, bootstraps=20, rewirings=5).stable.labels[-1] == -1


def test_the_order_of_customers_does_not_change_who_is_whose_neighbour():
    families, group = planted()
    turned = [Family(f.name, f.aspect, f.counts[::-1], f.mix) for f in families]

    who, _ = neighbours(likeness(families).vectors, 5)
    turned_who, _ = neighbours(likeness(turned).vectors, 5)

    assert (
        np.sort(len(group) - 1 - turned_who[::-1], axis=1) == np.sort(who, axis=1)
    ).mean() > 0.99


@pytest.mark.parametrize("customers", [2, 3, 5])
def test_a_handful_of_customers_is_no_cluster_and_no_error(customers):
    families, _ = planted(groups=1, each=customers)

    found = partition(families, bootstraps=10, rewirings=5)

    assert len(found.stable.labels) == customers
