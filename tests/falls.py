"""A shop in whose past some customers all but stopped ordering, for tests that look back."""

import numpy as np

from tests.shop import Customer, steady

MONTHS = 34
FELL = 21
"""Months before the fall."""


def fell(seed: int) -> list[int]:
    """Orders a month of somebody who all but stopped in the middle of the shop's past."""
    chance = np.random.default_rng(seed)
    return chance.poisson(np.where(np.arange(MONTHS) < FELL, 5.0, 0.5)).tolist()


def even(seed: int) -> list[int]:
    """Orders a month of somebody with whom nothing happened."""
    return steady(seed, rate=5.0, months=MONTHS)


def falls(called: str = "Fell") -> list[Customer]:
    """Six customers who fell, and eight others.

    Args:
        called: Their names but for a number.
    """
    return [
        *(Customer(f"{called} {at}", fell(at)) for at in range(6)),
        *(Customer(f"Even {at}", even(100 + at)) for at in range(8)),
    ]
