"""Chance that repeats: one stream of random numbers per purpose, and vectorised draws."""

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]


def stream(seed: int, purpose: str) -> np.random.Generator:
    """Random numbers of one purpose, so that a story more or less leaves all other draws alone.

    Args:
        seed: The shop's seed.
        purpose: What the numbers are for, such as "orders".

    Returns:
        A generator that gives the same numbers for the same seed and purpose.
    """
    return np.random.default_rng([seed, zlib.crc32(purpose.encode())])


def choose(rng: np.random.Generator, items: Sequence[str], count: int) -> list[str]:
    """`count` of the items, each as likely as any other, with repetition."""
    return [items[i] for i in rng.integers(len(items), size=count)]


def draw_rows(rng: np.random.Generator, weights: Floats, row: Ints) -> Ints:
    """One column for each entry of `row`, drawn with the weights of that row.

    The rows' cumulative weights are laid end to end, so that one sorted look-up serves a
    million draws.

    Args:
        rng: Source of chance.
        weights: Non-negative, one row per customer, each row with a positive sum.
        row: Which row of `weights` holds for each draw.

    Returns:
        Column numbers, as many as `row` has entries.

    Example:
        >>> weights = np.array([[0.0, 1.0], [3.0, 0.0]])
        >>> draw_rows(np.random.default_rng(1), weights, np.array([0, 1]))
        array([1, 0])
    """
    cumulative = np.cumsum(weights, axis=1)
    cumulative /= cumulative[:, -1:]
    ends = (cumulative + np.arange(len(weights))[:, None]).ravel()
    found: Ints = np.searchsorted(ends, row + rng.random(len(row)), side="right")
    columns = weights.shape[1]
    return np.asarray(np.clip(found - row * columns, 0, columns - 1), dtype=np.int64)
