"""What leads to what over uncertain links, against what can be worked out by hand."""

import itertools

import numpy as np
import pytest

from graphkit.statistics.uncertain_links import UncertainLinks


def drawn(links, nodes, **options):
    start, end, probability = (np.array(column) for column in zip(*links, strict=True))
    return UncertainLinks(start, end, probability.astype(float), nodes, **options)


def leads(uncertain, goals, most_links=4):
    upstream = uncertain.upstream(np.array(goals), most_links)
    found = uncertain.leads(upstream, most_links).mean(axis=1)
    return dict(zip(upstream.nodes.tolist(), found.tolist(), strict=True))


def test_two_ways_of_one_half_and_a_sure_start_make_seven_eighths_of_a_half():
    links = [(0, 1, 0.5), (0, 2, 0.5), (1, 3, 0.5), (2, 3, 0.5), (4, 0, 1.0)]
    found = leads(drawn(links, 5, draws=100_000), [3])

    assert found[3] == 1
    assert found[1] == pytest.approx(0.5, abs=0.01)
    assert found[0] == pytest.approx(1 - 0.75**2, abs=0.01)
    assert found[4] == found[0]


def test_draws_agree_with_adding_up_every_way_the_links_can_be():
    chance = np.random.default_rng(5)
    pairs = [pair for pair in itertools.permutations(range(5), 2) if chance.random() < 0.5]
    links = [(*pair, float(chance.random())) for pair in pairs[:10]]
    exact = np.zeros(5)
    for there in itertools.product((False, True), repeat=len(links)):
        weight = np.prod([p if one else 1 - p for one, (_, _, p) in zip(there, links, strict=True)])
        reach = {0}
        for _ in range(4):
            reach |= {a for one, (a, b, _) in zip(there, links, strict=True) if one and b in reach}
        exact[list(reach)] += weight
    found = leads(drawn(links, 5, draws=100_000), [0])

    assert len(found) == 5
    assert [found[node] for node in range(5)] == pytest.approx(exact.tolist(), abs=0.01)


def test_a_chain_is_no_longer_than_asked_for_and_a_ring_ends():
    links = [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 0, 1.0)]
    uncertain = drawn(links, 4)

    assert leads(uncertain, [3], most_links=2) == {1: 1, 2: 1, 3: 1}
    assert leads(uncertain, [3], most_links=9) == {0: 1, 1: 1, 2: 1, 3: 1}


def test_what_nothing_leads_to_is_reached_by_itself_alone():
    assert leads(drawn([(0, 1, 1.0)], 3), [2]) == {2: 1}
    assert leads(drawn([(0, 1, 1.0)], 3), [0, 1]) == {0: 1, 1: 1}


def test_what_spreads_by_weights_arrives_once():
    links = [(0, 1, 1.0), (0, 2, 1.0), (1, 3, 1.0), (3, 1, 1.0)]
    uncertain = drawn(links, 4)
    upstream = uncertain.upstream(np.array([3]), 4)

    share = upstream.share(np.array([0.5, 0.5, 1.0, 1.0]), 4)

    assert dict(zip(upstream.nodes.tolist(), share.tolist(), strict=True)) == {0: 0.5, 1: 1, 3: 1}


def test_the_same_links_and_seed_give_the_same_draws():
    links = [(0, 1, 0.4), (1, 2, 0.6)]

    assert leads(drawn(links, 3, seed=2), [2]) == leads(drawn(links, 3, seed=2), [2])
