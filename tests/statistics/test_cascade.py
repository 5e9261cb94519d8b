"""What reverse reachable sets say of small networks, against what can be worked out."""

import itertools

import numpy as np
import pytest

from graphkit.statistics.cascade import Cascade
from graphkit.statistics.engine import BUILT_IN

EVERY = np.arange(6)
LINKS = [(0, 1, 0.9), (0, 2, 0.1), (1, 3, 0.5), (2, 3, 1.0), (3, 4, 0.2), (4, 0, 0.3), (5, 4, 0.6)]


def cascade(links=LINKS, nodes=6):
    start, end, probability = (np.array(one) for one in zip(*links, strict=True))
    return Cascade(start, end, probability.astype(float), nodes)


def exact(seeds, goals):
    """Expected reach, adding up every way the links can be."""
    total = 0.0
    for there in itertools.product((False, True), repeat=len(LINKS)):
        weight = np.prod([p if one else 1 - p for one, (_, _, p) in zip(there, LINKS, strict=True)])
        seen = set(seeds)
        for _ in LINKS:
            seen |= {b for one, (a, b, _) in zip(there, LINKS, strict=True) if one and a in seen}
        total += weight * len(seen & set(goals))
    return total


@pytest.mark.parametrize("seeds", [[0], [3], [5], [1, 2], [0, 5]])
@pytest.mark.parametrize("goals", [[0, 1, 2, 3, 4, 5], [3, 4]])
def test_reach_is_what_adding_up_every_way_gives(seeds, goals):
    sets = cascade().reverse_sets(np.array(goals), 100_000, 1)
    found = sets.reach(np.array(seeds))

    assert found.value == pytest.approx(exact(seeds, goals), abs=0.03)
    assert found.low <= found.value <= found.high


def test_the_chosen_pair_is_the_best_of_all_pairs():
    pairs = {pair: exact(pair, EVERY.tolist()) for pair in itertools.combinations(range(6), 2)}
    chosen = cascade().reverse_sets(EVERY, 100_000, 1).best(EVERY, 2)

    assert tuple(sorted(chosen.tolist())) == max(pairs, key=pairs.get)


def test_only_candidates_are_chosen_and_no_more_than_help():
    sets = cascade([(0, 1, 1.0)], 3).reverse_sets(np.array([1]), 1000, 1)

    assert sets.best(np.array([0, 2]), 5).tolist() == [0]


def test_the_same_seed_gives_the_same_sets():
    first, again = (cascade().reverse_sets(EVERY, 2000, 9) for _ in range(2))

    assert first.node.tolist() == again.node.tolist()
    assert first.number.tolist() == again.number.tolist()


def test_pagerank_adds_up_to_one_and_ranks_first_who_leads_to_most():
    start, end = np.array([0, 0, 0, 3]), np.array([1, 2, 3, 4])
    rank = BUILT_IN.pagerank(start, end, np.full(4, 0.5), 5)

    assert rank.sum() == pytest.approx(1)
    assert np.argsort(-rank)[:2].tolist() == [0, 3]
