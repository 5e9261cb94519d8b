"""How many signs to expect by habit, and how likely so many are: exact sums of small counts."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

Floats = npt.NDArray[np.float64]
Complexes = npt.NDArray[np.complex128]
Ints = npt.NDArray[np.int64]

_LEAST_EXPECTED: Final = 1.0
"""Signs to expect before, below which a cell says nothing of how likings scatter."""
_FIRMEST: Final = 1e4
_LOOSEST: Final = 1.0


@dataclasses.dataclass(frozen=True, slots=True)
class Draw:
    """Cases in which some of so many things are marked, and some are special.

    Attributes:
        total: How many there are.
        marked: How many of them are marked.
        special: How many of them are special.
    """

    total: Ints
    marked: Ints
    special: Ints


def drawn(draw: Draw, odds: Floats, length: int, *, points: int = 1) -> Complexes:
    """The transform of how many of the special ones are marked, by chance; one row a case.

    Fisher's noncentral hypergeometric distribution: of `total` mails `marked` were opened, and
    `special` are of the topic, each with `odds` times the chance of the others.

    Args:
        draw: The cases.
        odds: How much likelier a special one is marked.
        length: Of the transform; more than the sum that is asked about can be.
        points: What each counts for.

    Example:
        >>> ten = Draw(np.array([10]), np.array([4]), np.array([2]))
        >>> tails(drawn(ten, np.array([1.0]), 8), 8)[0, :3].round(3).tolist()
        [1.0, 0.667, 0.133]
    """
    count = np.arange(int(draw.special.max(initial=0)) + 1)
    marks, special = draw.marked[:, None], draw.special[:, None]
    likely = (
        _log_choices(special, count)
        + _log_choices(draw.total[:, None] - special, marks - count)
        + count * np.log(odds)[:, None]
    )
    chance = np.exp(likely - likely.max(axis=1, keepdims=True))
    turns = np.exp(-2j * np.pi * np.outer(count * points, np.arange(length // 2 + 1)) / length)
    return np.asarray((chance / chance.sum(axis=1, keepdims=True)) @ turns, dtype=np.complex128)


def _log_choices(of: Ints, some: Ints) -> Floats:
    possible = (some >= 0) & (some <= of)
    those = np.where(possible, some, 0)
    logs = gammaln(of + 1) - gammaln(those + 1) - gammaln(of - those + 1)
    return np.where(possible, logs, -np.inf)


def seen(expected: Floats, length: int, *, points: int = 1) -> Complexes:
    """The transform of a Poisson count of so many, each of which counts for some points.

    Args:
        expected: How many to expect; one row a case.
        length: Of the transform.
        points: What each counts for.
    """
    turns = np.exp(-2j * np.pi * np.arange(length // 2 + 1) / length)
    return np.asarray(np.exp(expected[:, None] * (turns**points - 1)), dtype=np.complex128)


def tails(transform: Complexes, length: int) -> Floats:
    """How likely so many points or more are, for each number of points from none.

    Args:
        transform: The product of the transforms of all that adds up; one row a case.
        length: Of the transform.
    """
    chance = np.clip(np.fft.irfft(transform, length), 0.0, None)
    return np.minimum(np.cumsum(chance[:, ::-1], axis=1)[:, ::-1], 1.0)


def firmness(seen_before: Floats, expected: Floats) -> float:
    """How alike likings are: the shape of the gamma distribution that signs before tell of.

    Args:
        seen_before: Signs before, by company and topic.
        expected: Those to expect if everybody liked every topic alike.

    Returns:
        Small where likings differ much; by the method of moments.
    """
    told = expected >= _LEAST_EXPECTED
    scatter = float(((seen_before - expected) ** 2 - expected)[told].sum())
    if scatter <= 0:
        return _FIRMEST
    return float(np.clip((expected[told] ** 2).sum() / scatter, _LOOSEST, _FIRMEST))


@dataclasses.dataclass(frozen=True, slots=True)
class Likings:
    """What each company's liking for each topic may be.

    Attributes:
        values: Values by companies and topics; 1 is usual.
        weights: How likely each value is.
    """

    values: Floats
    weights: Floats


def likings(seen_before: Floats, expected: Floats, firm: float, nodes: int) -> Likings:
    """What the liking of each company for each topic may be, after what it did before.

    The gamma distribution by Wilson and Hilferty's cube of a normal one, at Gauss and Hermite's
    points: what is unlikely comes mostly of likings far from the middle.

    Args:
        seen_before: Signs before.
        expected: Those to expect if everybody liked every topic alike.
        firm: How alike likings are.
        nodes: How many values.
    """
    scores, weights = np.polynomial.hermite_e.hermegauss(nodes)
    shape = firm + seen_before
    scores = scores.reshape(-1, *np.ones(seen_before.ndim, dtype=int))
    cube = np.maximum(1 - 1 / (9 * shape) + scores / (3 * np.sqrt(shape)), 0.01) ** 3
    return Likings(shape * cube / (firm + expected), weights / weights.sum())
