"""Shops in which the same customers have the same features as often, but at random."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from graphkit.analyses.clustering.likeness import Family, Floats

_TRIES = 50  # to undo links that a rewired set would have twice


def rewired(families: Sequence[Family], rng: np.random.Generator) -> list[Family]:
    """Families whose links between customers and features are drawn anew, degrees kept.

    Every customer keeps how many lines, shows, topics it has and every feature how many customers
    or lines; which goes with which is random (Maslov and Sneppen 2002, for two-mode graphs).

    Args:
        families: The shop's.
        rng: Source of chance.
    """
    return [replace(one, counts=_shuffled(one.counts, rng, repeats=one.mix)) for one in families]


def _shuffled(counts: Floats, rng: np.random.Generator, *, repeats: bool) -> Floats:
    row, column = np.nonzero(counts)
    often = counts[row, column].astype(np.int64)
    row, column = np.repeat(row, often), np.repeat(column, often)
    column = rng.permutation(column)
    if not repeats and (often == 1).all():
        column = _without_doubles(row, column, counts.shape[1], rng)
    drawn = np.bincount(row * counts.shape[1] + column, minlength=counts.size)
    return drawn.reshape(counts.shape).astype(np.float64)


def _without_doubles(
    row: npt.NDArray[np.intp], column: npt.NDArray[np.intp], columns: int, rng: np.random.Generator
) -> npt.NDArray[np.intp]:
    """Swap the ends of links that are there twice with random others, until none is."""
    for _ in range(_TRIES):
        pair = row * columns + column
        _, first = np.unique(pair, return_index=True)
        double = np.setdiff1d(np.arange(len(pair)), first)
        if not len(double):
            break
        other = rng.permutation(len(pair))[: len(double)]
        column = column.copy()
        for one, two in zip(double.tolist(), other.tolist(), strict=True):
            column[one], column[two] = column[two], column[one]
    return column
