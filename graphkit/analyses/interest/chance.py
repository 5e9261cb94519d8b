"""How likely as many signs of interest are by habit and liking alone."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.interest.habit import POINTS, VIEWS, WORDS, Habits
from graphkit.statistics.signs import (
    Complexes,
    Draw,
    Likings,
    drawn,
    firmness,
    likings,
    seen,
    tails,
)

_NODES: Final = 9
"""Values that a liking may have."""
_BESIDE: Final = 32
"""Points beyond those possible in mail, so that what is unlikely does not come round."""
_AT_ONCE: Final = 1 << 22
"""Cells that are held at a time."""
_SMALLEST: Final = 1e-12
"""Sums of so many small numbers are no more exact."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True)
class Chance:
    """Companies by topics.

    Attributes:
        p: How likely so many points or more are; 1 where there is none.
        liking: How much each company liked each topic before; 1 is usual.
    """

    p: Floats
    liking: Floats


def chance(known: Habits) -> Chance:
    """How likely each company's recent signs of each topic are, if it reads as it always did.

    Each contact's opens and clicks are drawn from all its mails (hypergeometric), views and texts
    are Poisson counts; the points of a company are added up exactly. How much a company has always
    liked a topic is not known but guessed from what it read before, and how much likings differ in
    this shop: the result is the mean over what it may be.

    Args:
        known: What was read and said.
    """
    before, expected = known.before
    firm = firmness(before, expected)
    liking = likings(before, expected, firm, _NODES)
    p = np.ones((len(known.companies), len(known.topics)))
    for topic in range(len(known.topics)):
        signs = np.flatnonzero(known.points[:, topic] > 0)
        lengths = _lengths(known, topic, signs)
        for length in np.unique(lengths):
            companies = signs[lengths == length]
            step = max(_AT_ONCE // int(length), 1)
            for first in range(0, len(companies), step):
                some = companies[first : first + step]
                p[some, topic] = _of_topic(known, topic, some, liking, int(length))
    return Chance(np.clip(p, _SMALLEST, 1.0), (firm + before) / (firm + expected))


def _lengths(known: Habits, topic: int, companies: Ints) -> Ints:
    """A power of two beyond what the points of each company can be."""
    most = np.zeros(len(known.companies))
    for name, one in known.draws.items():
        np.add.at(most, known.at, POINTS[name] * np.minimum(one.of_topic[:, topic], one.marked))
    for name in (VIEWS, WORDS):
        channel = known.channels[name]
        most += 2 * POINTS[name] * (channel.recent + channel.expected)[:, topic]
    return np.asarray(2 ** np.ceil(np.log2(most[companies] + _BESIDE)).astype(np.int64))


def _of_topic(known: Habits, topic: int, companies: Ints, liking: Likings, length: int) -> Floats:
    """p-values of some companies for one topic."""
    place = np.full(len(known.companies), -1)
    place[companies] = np.arange(len(companies))
    contacts = np.flatnonzero(place[known.at] >= 0)
    owner = place[known.at[contacts]]
    found = np.zeros((len(companies), length))
    for likes, weight in zip(liking.values, liking.weights.tolist(), strict=True):
        mine = likes[companies, topic]
        total = np.ones((len(companies), length // 2 + 1), dtype=np.complex128)
        np.multiply.at(total, owner, _of_mail(known, topic, contacts, mine[owner], length))
        for name in (VIEWS, WORDS):
            usual = known.channels[name].expected[companies, topic] * mine
            total *= seen(usual, length, points=POINTS[name])
        found += weight * tails(total, length)
    return np.asarray(found[np.arange(len(companies)), known.points[companies, topic]])


def _of_mail(known: Habits, topic: int, contacts: Ints, odds: Floats, length: int) -> Complexes:
    """The transform of each contact's opens and clicks together."""
    total = np.ones((len(contacts), length // 2 + 1), dtype=np.complex128)
    for name, one in known.draws.items():
        draw = Draw(one.total[contacts], one.marked[contacts], one.of_topic[contacts, topic])
        total *= drawn(draw, odds, length, points=POINTS[name])
    return total
