"""Where the nodes of a map stand: clusters apart, each time the same, and where they were."""

import dataclasses

import numpy as np
import pytest
from scipy import spatial

from graphkit.reports.layout.joining import around
from graphkit.reports.layout.places import matrix_of, positions
from graphkit.reports.layout.staying import staying


@dataclasses.dataclass(frozen=True)
class Planted:
    """A network of clusters of which it is known who is in which."""

    ids: list[str]
    groups: list[str]
    ends: np.ndarray

    @property
    def ties(self):
        count = len(self.ids)
        return matrix_of(*self.ends.T, np.ones(len(self.ends)), count)

    def places(self, **groups):
        return positions(self.ids, self.groups if not groups else groups["groups"], self.ties)

    def grown(self, more, seed=5):
        """So many more nodes, each tied to five of the first cluster."""
        rng = np.random.default_rng(seed)
        count = len(self.ids)
        own = np.flatnonzero(np.array(self.groups) == "g0")
        ends = [(count + one, int(other)) for one in range(more) for other in rng.choice(own, 5)]
        return Planted(
            [*self.ids, *(f"new{one}" for one in range(more))],
            [*self.groups, *["g0"] * more],
            np.concatenate([self.ends, np.array(ends)]),
        )

    def with_loose(self, more):
        """So many more nodes that nothing ties."""
        ids = [*self.ids, *(f"loose{one}" for one in range(more))]
        return dataclasses.replace(self, ids=ids, groups=[*self.groups, *[""] * more])


@pytest.fixture(scope="module")
def shop():
    rng = np.random.default_rng(3)
    clusters, size = 6, 20
    every = np.arange(clusters * size)
    near = every // size * size
    inside = [np.column_stack([every, near + rng.integers(0, size, len(every))]) for _ in range(4)]
    outside = np.column_stack([every, rng.integers(0, len(every), len(every))])
    groups = [f"g{one // size}" for one in every]
    return Planted([f"n{one}" for one in every], groups, np.concatenate([*inside, outside]))


def share_of_own(places, groups):
    """Of the nearest five of each, how many are in its own cluster."""
    near = spatial.cKDTree(places).query(places, k=6)[1][:, 1:]
    group = np.array(groups)
    return (group[near] == group[:, None]).mean()


def moved(before, after):
    """How far old nodes went, as a share of the width of the map."""
    return np.linalg.norm(before - after[: len(before)], axis=1) / 2


def test_neighbours_on_the_map_are_of_one_cluster(shop):
    assert share_of_own(shop.places(), shop.groups) >= 0.95


def test_communities_stand_together_where_no_cluster_is_known(shop):
    assert share_of_own(shop.places(groups=[""] * len(shop.ids)), shop.groups) >= 0.8


def test_who_is_in_no_cluster_stands_in_the_one_it_is_tied_to(shop):
    groups = ["" if at % 20 == 0 else name for at, name in enumerate(shop.groups)]

    places = shop.places(groups=groups)

    assert share_of_own(places, shop.groups) >= 0.9


def test_nobody_stands_on_anybody(shop):
    places = shop.places()
    nearest = spatial.cKDTree(places).query(places, k=2)[0][:, 1]

    assert nearest.min() > 0.4 * np.median(nearest)


def test_the_same_graph_gets_the_same_places(shop):
    assert np.array_equal(shop.places(), shop.places())


def test_what_nothing_ties_stands_apart_and_does_not_shrink_the_map(shop):
    more = shop.with_loose(20)

    places = more.places()

    tied, loose = places[: len(shop.ids)], places[len(shop.ids) :]
    assert loose[:, 1].min() > tied[:, 1].max()
    assert np.ptp(tied[:, 0]) > 1.0


def test_a_shop_that_grows_by_three_companies_keeps_its_map_without_knowing_the_last(shop):
    assert np.median(moved(shop.places(), shop.grown(3).places())) < 0.1


def test_where_the_last_map_is_known_nobody_moves_and_new_ones_join_their_cluster(shop):
    before, more = shop.places(), shop.grown(3)

    after = staying(more.ids, more.groups, more.ties, dict(zip(shop.ids, before, strict=True)))

    assert np.median(moved(before, after)) == 0
    assert share_of_own(after, more.groups) >= 0.9
    nearest = spatial.cKDTree(after).query(after, k=2)[0][:, 1]
    assert nearest.min() > 0.3 * np.median(nearest)


def test_what_nothing_ties_joins_the_rows_below_the_last_map(shop):
    old, more = shop.with_loose(4), shop.with_loose(7)
    before = old.places()

    after = staying(more.ids, more.groups, more.ties, dict(zip(old.ids, before, strict=True)))

    assert np.median(moved(before, after)) < 0.02
    assert after[-3:, 1].min() > after[: len(shop.ids), 1].max()
    assert spatial.cKDTree(after).query(after, k=2)[0][:, 1].min() > 0.02


def test_who_changed_its_cluster_moves_to_the_new_one(shop):
    before = shop.places()
    groups = [name if at else "g3" for at, name in enumerate(shop.groups)]

    after = staying(shop.ids, groups, shop.ties, dict(zip(shop.ids, before, strict=True)))

    theirs = after[60:80].mean(axis=0)
    own = after[1:20].mean(axis=0)
    assert np.linalg.norm(after[0] - theirs) < np.linalg.norm(after[0] - own)
    assert np.median(moved(before, after)) < 0.02


def test_when_most_are_new_the_map_is_made_anew_and_turned_to_the_last(shop):
    before = shop.places()
    quarter = before[:30] @ np.array([[0.0, 1.0], [-1.0, 0.0]])  # the last map, turned

    after = staying(
        shop.ids, shop.groups, shop.ties, dict(zip(shop.ids[:30], quarter, strict=True))
    )

    assert share_of_own(after, shop.groups) >= 0.95
    assert np.median(moved(quarter, after)) < np.median(moved(quarter, before))


def test_three_hundred_clusters_of_one_have_places_apart():
    ids = [f"n{one}" for one in range(300)]
    places = positions(ids, ids, matrix_of(*np.zeros((2, 0), dtype=int), np.zeros(0), 300))

    assert np.isfinite(places).all()
    assert spatial.cKDTree(places).query(places, k=2)[0][:, 1].min() > 0.01


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_as_few_nodes_as_there_may_be_have_places(count):
    ids = [f"n{one}" for one in range(count)]
    ends = np.array([[one, one + 1] for one in range(count - 1)], dtype=int).reshape(-1, 2)
    ties = matrix_of(*ends.T, np.ones(len(ends)), count)

    for groups in ([""] * count, ["g"] * count):
        places = positions(ids, groups, ties)
        assert places.shape == (count, 2)
        assert np.isfinite(places).all()
        kept = dict(zip(ids, places, strict=True))
        assert np.allclose(staying(ids, groups, ties, kept), places)


def test_a_hidden_node_stands_near_what_it_is_tied_to():
    places = np.array([[0.5, 0.5], [0.7, 0.5], [-1.0, -1.0]])
    ties = matrix_of(np.array([0, 0]), np.array([1, 2]), np.ones(2), 4)[:1, 1:]

    (place,) = around(places, ties, 0.01)

    assert np.linalg.norm(place - [0.6, 0.5]) < 0.02
