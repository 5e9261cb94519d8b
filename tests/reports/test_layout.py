import numpy as np

from graphkit.reports.layout import positions


def planted(clusters=6, size=12, seed=3):
    rng = np.random.default_rng(seed)
    nodes = [f"n{index}" for index in range(clusters * size)]
    groups = [f"g{index // size}" for index in range(clusters * size)]
    edges = []
    for index, node in enumerate(nodes):
        mine = index // size * size
        edges += [(node, nodes[mine + int(other)], 1.0) for other in rng.integers(0, size, 4)]
        edges.append((node, nodes[int(rng.integers(0, len(nodes)))], 1.0))
    return nodes, groups, edges


def test_neighbours_on_the_map_are_of_one_cluster():
    nodes, groups, edges = planted()
    places = positions(nodes, groups, edges)
    distance = np.linalg.norm(places[:, None] - places[None], axis=2) + np.eye(len(nodes)) * 9
    nearest = np.argsort(distance, axis=1)[:, :5]
    group = np.array(groups)
    assert (group[nearest] == group[:, None]).mean() >= 0.9


def test_the_same_graph_gets_the_same_places():
    shop = planted()
    assert np.array_equal(positions(*shop), positions(*shop))


def test_what_nothing_ties_stands_apart_and_does_not_shrink_the_map():
    nodes, groups, edges = planted()
    loose = [f"loose{index}" for index in range(20)]
    places = positions(nodes + loose, groups + [""] * 20, edges)
    tied = places[: len(nodes)]
    assert places[len(nodes) :, 1].min() > tied[:, 1].max()
    assert np.ptp(tied[:, 0]) > 1.0


def test_one_node_and_none_have_places():
    assert positions(["a"], [""], []).shape == (1, 2)
    assert positions([], [], []).shape == (0, 2)
