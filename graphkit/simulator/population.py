"""Who the customers are: hidden groups with leanings, and customers who lean like their group.

A group prefers some processes, materials, finishes, tolerances, industries, shows, topics and
end customers. Each customer draws its own leanings around those of its group (Dirichlet), so
that no single column gives the group away; the industry is right for about three in four.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from graphkit.simulator import trade
from graphkit.simulator.chance import Floats, Ints, choose, draw_rows
from graphkit.simulator.names import Identity, identities
from graphkit.simulator.words import CITIES, SALESPEOPLE

_PER_GROUP: Final = 13  # customers in a group, about
_MOST_GROUPS: Final = 9
_LOYALTY: Final = 3.5  # Dirichlet concentration: how closely a customer follows its group
_AT_HOME: Final = 0.72  # share of a group's customers that are in its main industry
_GIANTS: Final = 0.03  # share of customers that order several times what others do
_TOPICS: Final = 8  # topics that one shop writes about


@dataclass(frozen=True, slots=True)
class Population:
    """Customers with their hidden leanings; every array has one row a customer."""

    identity: Identity
    group: Ints
    industry: Ints
    city: list[str]
    owner: list[str]
    rate: Floats  # orders a month
    burst: Floats  # gamma shape of the months: small is bursty
    lot: Floats  # pieces, median
    process: Floats  # weights over trade.PROCESSES
    material: Floats  # weights over trade.MATERIALS
    finish: Floats  # weights over trade.FINISHES
    tolerance: Floats  # weights over trade.TOLERANCES
    series: Floats  # probability to attend an edition of each of trade.SERIES
    topics: list[str]  # what this shop's mails are about
    affinity: Floats  # how much each customer reads of each topic; 1 is usual
    end_customers: list[list[str]]
    methods: list[list[str]]
    terms: Ints  # days to pay
    habit: Floats  # days late, usually

    @property
    def count(self) -> int:
        """How many customers there are."""
        return len(self.group)


def population(rng: np.random.Generator, customers: int, pace: float = 1.0) -> Population:
    """Draw the customers of one shop.

    Args:
        rng: Source of chance.
        customers: How many.
        pace: Factor on how often everybody orders.

    Returns:
        The customers, before any story is planted.
    """
    groups = int(np.clip(round(customers / _PER_GROUP), 2, _MOST_GROUPS))
    group = rng.permutation(np.arange(customers) % groups)
    topics = [trade.TOPICS[i] for i in np.sort(rng.permutation(len(trade.TOPICS))[:_TOPICS])]
    giants = rng.random(customers) < _GIANTS
    rate = np.maximum(rng.lognormal(np.log(2.6), 0.5, customers), 0.8)
    return Population(
        identity=identities(rng, customers),
        group=group,
        industry=_industries(rng, group, groups),
        city=choose(rng, CITIES, customers),
        owner=choose(rng, SALESPEOPLE, customers),
        rate=np.where(giants, rate * rng.uniform(2.5, 5.0, customers), rate) * pace,
        burst=rng.lognormal(np.log(5.0), 0.5, customers),
        lot=rng.lognormal(np.log(70), 0.6, customers),
        process=_leaning(rng, group, groups, len(trade.PROCESSES)),
        material=_leaning(rng, group, groups, len(trade.MATERIALS)),
        finish=_leaning(rng, group, groups, len(trade.FINISHES)),
        tolerance=_tolerances(rng, group, groups),
        series=_attendance(rng, group, groups),
        topics=topics,
        affinity=_affinity(rng, group, groups, len(topics)),
        end_customers=_favourites(rng, group, groups, trade.END_CUSTOMERS, per_group=6),
        methods=_favourites(rng, group, groups, trade.METHODS, per_group=3),
        terms=rng.choice(np.array([15, 30, 45, 60]), customers, p=[0.2, 0.6, 0.12, 0.08]),
        habit=rng.normal(1.5, 3.0, customers),
    )


def _industries(rng: np.random.Generator, group: Ints, groups: int) -> Ints:
    """The main industry of the group for most, any other for the rest."""
    main = rng.permutation(len(trade.INDUSTRIES))[:groups]
    strays = rng.random(len(group)) >= _AT_HOME
    return np.where(strays, rng.integers(len(trade.INDUSTRIES), size=len(group)), main[group])


def _leaning(rng: np.random.Generator, group: Ints, groups: int, columns: int) -> Floats:
    """Shares that scatter around the group's: three favourites over what is popular anyway."""
    popular = rng.dirichlet(np.full(columns, 4.0))
    shares = np.tile(popular * 0.6, (groups, 1))
    for row in shares:
        row[rng.permutation(columns)[:3]] += np.array([0.18, 0.13, 0.09])
    own = rng.standard_gamma(_LOYALTY * shares[group] + 0.02)
    return np.asarray(own / own.sum(axis=1, keepdims=True))


def _tolerances(rng: np.random.Generator, group: Ints, groups: int) -> Floats:
    """Shares of tolerances around the group's usual one; the two tightest are nobody's habit."""
    steps = np.arange(len(trade.TOLERANCES))
    centre = rng.uniform(0.0, 2.5, groups)[group] + rng.normal(0, 0.5, len(group))
    shares = np.exp(-((steps - centre[:, None]) ** 2) / 1.2)
    shares[:, -2:] = 0.0
    return shares


def _attendance(rng: np.random.Generator, group: Ints, groups: int) -> Floats:
    """Three favourite shows a group, visited by one customer in five; others by few."""
    chance = np.full((groups, len(trade.SERIES)), 0.04)
    for row in chance:
        row[rng.permutation(len(row))[:3]] = 0.22
    return chance[group]


def _affinity(rng: np.random.Generator, group: Ints, groups: int, topics: int) -> Floats:
    """Two favourite topics a group, one of the customer's own, and scatter; mean about 1."""
    likes = np.full((groups, topics), 0.7)
    for row in likes:
        row[rng.permutation(topics)[:2]] = 1.6
    own = likes[group] * rng.lognormal(0.0, 0.25, (len(group), topics))
    own[np.arange(len(group)), rng.integers(topics, size=len(group))] *= 1.5
    return np.asarray(own)


def _favourites(
    rng: np.random.Generator,
    group: Ints,
    groups: int,
    items: tuple[str, ...],
    *,
    per_group: int,
) -> list[list[str]]:
    """One to three items a customer, half of them from the list of its group."""
    lists = np.full((groups, len(items)), 0.5 / len(items))
    for row in lists:
        row[rng.permutation(len(items))[:per_group]] += 0.5 / per_group
    drawn = draw_rows(rng, lists, np.repeat(group, 3)).reshape(-1, 3)
    kept = rng.choice(np.array([1, 2, 3]), len(group), p=[0.45, 0.35, 0.2])
    return [sorted({items[i] for i in row[:n]}) for row, n in zip(drawn, kept, strict=True)]
