"""How far what comes may lie from what is expected, by the errors made in the past."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_LEVELS: Final = np.arange(1, 200) / 200
"""Levels at which quantiles are kept."""
_OWN: Final = 1 / 3
"""How much a series' own errors count for the shape of its spread, beside those of all."""
_OWN_SUMS: Final = 1 / 2
"""How much its own errors of sums count for their size: they overlap, so they are few."""
_SLACK: Final = 0.2  # of a usual month: no month scatters less than this much of one does


@dataclasses.dataclass(frozen=True, slots=True)
class Spread:
    """What may come of each series, as quantiles; never below zero.

    Attributes:
        centre: What is expected: series by months.
        width: The usual size of an error, same shape.
        shape: Errors over their usual size at each level: series by levels.
    """

    centre: Floats
    width: Floats
    shape: Floats

    def quantile(self, level: float) -> Floats:
        """What is not exceeded with this probability: series by months.

        Args:
            level: From .005 to .995; .1 for one in ten.
        """
        at = round(level * (len(_LEVELS) + 1)) - 1
        return np.maximum(self.centre + self.width * self.shape[:, at, None], 0.0)

    def probability_over(self, limits: Floats) -> Floats:
        """How probable it is that a month runs over a limit: series by months.

        Args:
            limits: One a series; NaN for none.
        """
        return np.asarray((self._above(limits) > 0).mean(axis=2))

    def expected_over(self, limits: Floats) -> Floats:
        """By how much a month runs over a limit on average: series by months.

        Args:
            limits: One a series; NaN for none.
        """
        return np.asarray(self._above(limits).mean(axis=2))

    def _above(self, limits: Floats) -> Floats:
        values = self.centre[..., None] + self.width[..., None] * self.shape[:, None, :]
        return np.fmax(values - limits[:, None, None], 0.0)


def month_spread(said: Floats, came: Floats, ahead: Floats) -> Spread:
    """What may come month by month.

    The size of errors is each series' own, their shape for the most part that of all series:
    twenty origins know little of a tail. Busy months scatter in proportion more than slack ones.

    Args:
        said: Origins by series by months.
        came: What came, same shape.
        ahead: What is expected: series by months.
    """
    error = (came - said) / _of_usual(said)
    size = np.sqrt((error**2).mean(axis=(0, 2)))
    relative = error.transpose(1, 0, 2).reshape(len(size), -1) / _positive(size)[:, None]
    return Spread(ahead, size[:, None] * _of_usual(ahead), _shape(relative))


def sum_spread(said: Floats, came: Floats, ahead: Floats) -> Spread:
    """What may come of all months together, as one month.

    Each past error is measured by those that share no month with it, where there are any: measured
    by itself and its neighbours no error looks large, and intervals would be too narrow.

    Args:
        said: Origins by series by months.
        came: What came, same shape.
        ahead: What is expected: series by months.
    """
    error = (came - said).sum(axis=2).T
    monthly = ((came - said) ** 2).mean(axis=(0, 2))
    own = (error**2).mean(axis=1)
    some = monthly > 0
    usual = monthly * (own[some] / monthly[some]).mean() if some.any() else own
    size = _size_of_sums(own, usual)
    others = _size_of_sums(error**2 @ _apart(*came.shape[::2]), usual[:, None])
    # Of sums there are too few to tell anything of a series' own tail.
    shape = np.quantile(error[some] / others[some], _LEVELS) if some.any() else 0.0
    total = ahead.sum(axis=1, keepdims=True)
    return Spread(total, size[:, None], np.tile(shape, (len(size), 1)) * np.ones(len(_LEVELS)))


def _size_of_sums(own: Floats, usual: Floats) -> Floats:
    """The usual size of an error, from a series' own squared ones and what is usual."""
    return np.asarray(np.sqrt(_OWN_SUMS * own + (1 - _OWN_SUMS) * usual))


def _apart(origins: int, months: int) -> Floats:
    """For each origin (columns) how much each counts: those alike that share no month with it.

    All count where none is that far.
    """
    at = np.arange(origins)
    apart = np.abs(at[:, None] - at) >= months
    apart |= ~apart.any(axis=0)
    return np.asarray(apart / apart.sum(axis=0))


def guessed_spread(values: Floats, ahead: Floats, *, together: bool) -> Spread:
    """What may come where the past is too short to try anything on: as months differed so far.

    Args:
        values: Series by months.
        ahead: What is expected: series by months.
        together: Of all months together, as one, and not month by month.
    """
    error = (values - values.mean(axis=1, keepdims=True)) * np.sqrt(2)
    size = np.sqrt((error**2).mean(axis=1))
    shape = _shape(error / _positive(size)[:, None])
    if not together:
        return Spread(ahead, np.tile(size[:, None], ahead.shape[1]), shape)
    total = ahead.sum(axis=1, keepdims=True)
    return Spread(total, size[:, None] * np.sqrt(ahead.shape[1]), shape)


def _of_usual(said: Floats) -> Floats:
    """Each month as a multiple of the usual one among its neighbours ahead."""
    usual = said.mean(axis=-1, keepdims=True)
    ratio = said / _positive(usual)
    return np.where(usual > 0, np.maximum(ratio, _SLACK), 1.0)


def _shape(relative: Floats) -> Floats:
    """Quantiles of errors over their size: series by levels, each between its own and all's."""
    some = relative.any(axis=1)
    if not some.any():
        return np.zeros((len(relative), len(_LEVELS)))
    everybody = np.quantile(relative[some], _LEVELS)
    own = np.quantile(relative, _LEVELS, axis=1).T
    return np.asarray(_OWN * own + (1 - _OWN) * everybody)


def _positive(values: Floats) -> Floats:
    return np.where(values > 0, values, 1.0)
