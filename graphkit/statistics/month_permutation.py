"""Whether a customer's last months hold fewer orders than its own months in another order would."""

import dataclasses
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_BLOCK: Final = 512  # customers at a time, to bound memory
_TIE: Final = 1e-4  # differences below this are rounding of single precision


@dataclasses.dataclass(frozen=True, slots=True)
class Drop:
    """One entry a customer.

    Attributes:
        p: One-sided p-value; NaN where no window had enough.
        window: Months in the window in which the drop is clearest; 0 where p is NaN.
    """

    p: Floats
    window: Ints


def drop_against_permutations(
    orders: Floats,
    exposure: Floats,
    start: Ints,
    *,
    windows: Sequence[int],
    least_expected: float = 4.0,
    least_before: int = 1,
    permutations: int = 9999,
    seed: int = 1,
) -> Drop:
    """How unusual the fall of the last months is among permutations of a customer's own months.

    Not a Poisson test: orders come in bursts, and a test that does not know it takes one customer
    in five for slowing that is not. Months are compared as residuals from what the shop's calendar
    leads one to expect, over the root of that expectation, so that a busy and a slack month scatter
    alike. The window is the one of `windows` in which the fall stands out most; each permutation
    takes its own best window, so that looking at several is paid for.

    Args:
        orders: Customers by whole months.
        exposure: What each month is expected to bring each customer, 1 on average; same shape.
        start: Index of each customer's first month as a customer.
        windows: Lengths of the recent window, in months.
        least_expected: A window is used where this many orders are to be expected in it.
        least_before: And where the customer has this many months before it.
        permutations: How many; the same ones for all customers with equally many months.
        seed: Of the permutations.

    References:
        Westfall and Young (1993), for the maximum over windows; Phipson and Smyth (2010), for
        counting the observed order among the permutations.
    """
    customers, months = orders.shape
    p, window = np.full(customers, np.nan), np.zeros(customers, dtype=np.int64)
    for first in np.unique(start).tolist():
        rows = np.flatnonzero(start == first)
        lengths = [k for k in sorted(windows) if 0 < k <= months - first - least_before]
        if not lengths:
            continue
        shuffled = _shuffled(months - first, permutations, seed)
        for at in range(0, len(rows), _BLOCK):
            block = rows[at : at + _BLOCK]
            found = _drop(
                orders[block, first:], exposure[block, first:], lengths, least_expected, shuffled
            )
            p[block], window[block] = found.p, found.window
    return Drop(p, window)


def _shuffled(months: int, permutations: int, seed: int) -> Ints:
    """Which months come last, second to last and so on: one column a permutation."""
    keys = np.random.default_rng([seed, months]).random((months, permutations))
    return np.argsort(keys, axis=0)


def _drop(
    orders: Floats, exposure: Floats, lengths: list[int], least_expected: float, shuffled: Ints
) -> Drop:
    """The same for customers who have equally many months."""
    months = orders.shape[1]
    rate = orders.sum(axis=1, keepdims=True) / exposure.sum(axis=1, keepdims=True)
    residual = (orders - rate * exposure) / np.sqrt(exposure)
    residual -= residual.mean(axis=1, keepdims=True)
    scatter = residual.std(axis=1, ddof=1, keepdims=True)
    scores = (residual / np.where(scatter > 0, scatter, 1.0)).astype(np.float32)
    permutations = shuffled.shape[1]
    chosen = np.zeros((months, permutations), dtype=np.float32)
    best = np.full((len(orders), permutations), -np.inf, dtype=np.float32)
    seen = np.full(len(orders), -np.inf)
    window = np.zeros(len(orders), dtype=np.int64)
    filled = 0
    for length in lengths:
        for position in range(filled, length):
            chosen[shuffled[position], np.arange(permutations)] = 1.0
        filled = length
        enough = rate[:, 0] * exposure[:, -length:].sum(axis=1) >= least_expected
        scale = np.float32(1 / np.sqrt(length * (1 - length / months)))
        here = np.where(enough, -scores[:, -length:].sum(axis=1) * scale, -np.inf)
        window = np.where(here > seen + _TIE, length, window)
        seen = np.maximum(seen, here)
        best[enough] = np.maximum(best[enough], -(scores[enough] @ chosen) * scale)
    as_far = (best >= (seen - _TIE)[:, None]).sum(axis=1)
    p = np.where(window > 0, (as_far + 1) / (permutations + 1), np.nan)
    return Drop(np.asarray(p), np.asarray(window))
