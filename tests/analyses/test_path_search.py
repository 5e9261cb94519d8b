"""The search gives the best chains that days allow, as an exhaustive search does."""

import itertools

import numpy as np
import pytest

from graphkit.analyses.path_search import Links, best_chains, latest_days


def links(edges, nodes):
    """Links both ways from (a, b, probability, days)."""
    both = sorted(
        [(a, b, p, days) for a, b, p, days in edges] + [(b, a, p, days) for a, b, p, days in edges],
        key=lambda one: one[:2],
    )
    return Links(
        nodes=nodes,
        start=np.array([one[0] for one in both]),
        end=np.array([one[1] for one in both]),
        probability=np.array([one[2] for one in both]),
        days=[np.array(one[3], dtype=np.int64) for one in both],
        sourced=np.ones(len(both), dtype=bool),
    )


def nodes_of(graph, chains):
    return [
        (int(graph.start[chain[0]]), *(int(graph.end[link]) for link in chain)) for chain in chains
    ]


def feasible(chain):
    """Whether some days of the links never decrease."""
    return any(
        all(a <= b for a, b in itertools.pairwise(days))
        for days in itertools.product(*[one for one in chain if len(one)])
    )


def exhaustive(edges, nodes, source, target, max_hops):
    by_pair = {}
    for a, b, p, days in edges:
        by_pair[a, b] = by_pair[b, a] = (p, days)
    found = []
    others = [node for node in range(nodes) if node not in {source, target}]
    for inner in range(1, max_hops):
        for between in itertools.permutations(others, inner):
            walk = (source, *between, target)
            steps = [by_pair.get(pair) for pair in itertools.pairwise(walk)]
            if None not in steps and feasible([days for _, days in steps]):
                found.append((float(np.prod([p for p, _ in steps])), walk))
    return sorted(found, key=lambda one: (-round(one[0], 9), one[1]))


@pytest.mark.parametrize(("seed", "nodes", "hops"), [*((one, 8, 4) for one in range(8)), (9, 6, 9)])
def test_the_best_chains_are_those_of_an_exhaustive_search(seed, nodes, hops):
    rng = np.random.default_rng(seed)
    edges = [
        (
            a,
            b,
            float(rng.uniform(0.1, 0.9)),
            sorted(rng.integers(1, 9, rng.integers(0, 3)).tolist()),
        )
        for a, b in itertools.combinations(range(nodes), 2)
        if rng.random() < 0.6
    ]
    graph = links(edges, nodes)

    found = nodes_of(graph, best_chains(graph, [0], nodes - 1, count=6, max_hops=hops))

    assert found == [walk for _, walk in exhaustive(edges, nodes, 0, nodes - 1, hops)[:6]]


def test_what_was_heard_later_cannot_travel_over_an_earlier_talk():
    edges = [(0, 1, 0.9, [20]), (1, 2, 0.9, [10]), (0, 3, 0.2, [5]), (3, 2, 0.2, [10])]
    graph = links(edges, 4)

    assert nodes_of(graph, best_chains(graph, [0], 2, count=5)) == [(0, 3, 2)]


def test_a_tie_without_a_date_fits_anywhere():
    graph = links([(0, 1, 0.9, [20]), (1, 2, 0.9, []), (2, 3, 0.9, [20, 30])], 4)

    assert nodes_of(graph, best_chains(graph, [0], 3, count=5)) == [(0, 1, 2, 3)]


def test_no_chain_passes_through_a_second_source():
    graph = links([(0, 1, 0.9, []), (1, 2, 0.9, []), (2, 3, 0.9, [])], 4)

    assert nodes_of(graph, best_chains(graph, [0, 1], 3, count=5)) == [(1, 2, 3)]


def test_of_several_ties_between_two_the_best_that_days_allow_is_told_once():
    graph = links(
        [(0, 1, 0.9, [20]), (0, 1, 0.5, [5]), (0, 1, 0.4, []), (1, 2, 0.9, [10]), (1, 2, 0.1, [])],
        3,
    )

    (chain,) = best_chains(graph, [0], 2, count=5)

    assert graph.probability[list(chain)].tolist() == [0.5, 0.9]


def test_one_hop_is_too_little_to_be_told():
    graph = links([(0, 1, 0.9, [])], 2)

    assert best_chains(graph, [0], 1, count=5) == []


def test_no_chain_is_longer_than_asked_for():
    graph = links([(node, node + 1, 0.9, []) for node in range(5)], 6)

    assert best_chains(graph, [0], 5, count=1, max_hops=4) == []
    assert len(best_chains(graph, [0], 5, count=1, max_hops=5)) == 1


def test_hops_are_dated_by_the_latest_day_that_leads_on():
    chain = [np.array([1, 5, 9]), np.array([], dtype=np.int64), np.array([3, 6]), np.array([8])]

    assert latest_days(chain) == [5, None, 6, 8]
