"""Who likes, shares and follows whom on social media."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np

from graphkit.simulator.calendar import Calendar
from graphkit.simulator.population import Population

_AMONG_PEERS: Final = 0.75  # share of interactions within the same group


@dataclass(frozen=True, slots=True, order=True)
class Follow:
    """A like, share or follow; `target` is -1 for the shop's own account."""

    day: dt.date
    customer: int
    action: str
    target: int


def follows(
    rng: np.random.Generator, who: Population, when: Calendar, *, per_customer: float = 4.0
) -> list[Follow]:
    """Likes, shares and follows between customers, three in four within a group.

    Args:
        rng: Source of chance.
        who: The customers.
        when: The months.
        per_customer: Interactions that each customer starts, on average.

    Returns:
        Interactions by day.
    """
    start = when.calendar_start
    members = [np.flatnonzero(who.group == group) for group in range(int(who.group.max()) + 1)]
    done = []
    for customer in range(who.count):
        for _ in range(int(rng.poisson(per_customer))):
            peers = (
                members[who.group[customer]]
                if rng.random() < _AMONG_PEERS
                else np.arange(who.count)
            )
            target = int(peers[int(rng.integers(len(peers)))])
            if target == customer:
                target = -1
            action = ("like", "like", "like", "share", "follow")[int(rng.integers(5))]
            day = start + dt.timedelta(days=int(rng.integers(0, (when.end - start).days + 1)))
            done.append(Follow(day, customer, action, target))
    return sorted(done)
