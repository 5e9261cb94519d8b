"""What a series will be, by simple means: averages, smoothing, and what suits rare demand.

On real lumpy demand these win over larger models at a thousandth of the cost. Each method takes
series by months and gives series by months ahead; all series go through at once.
"""

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Method = Callable[[Floats, int], Floats]

YEAR: Final = 12
_RATES: Final = (0.05, 0.1, 0.2, 0.3, 0.5)
"""Smoothing rates of which the one with the least past error is taken."""
_BUCKETS: Final = 2  # fewer of them are no series to smooth


def seasonal_naive(values: Floats, ahead: int) -> Floats:
    """The same month of a year before.

    Args:
        values: Series by months, twelve or more.
        ahead: Months to come.

    Example:
        >>> seasonal_naive(np.arange(14.0)[None], 3).tolist()
        [[2.0, 3.0, 4.0]]
    """
    year = values[:, -YEAR:]
    return np.asarray(year[:, np.arange(ahead) % year.shape[1]])


def moving_average(months: int) -> Method:
    """The mean of the last months.

    Args:
        months: How many; fewer where there are fewer.

    Example:
        >>> moving_average(3)(np.array([[9.0, 1.0, 2.0, 3.0]]), 2).tolist()
        [[2.0, 2.0]]
    """

    def forecast(values: Floats, ahead: int) -> Floats:
        return _flat(values[:, -months:].mean(axis=1), ahead)

    return forecast


def smoothing(rate: float) -> Method:
    """Simple exponential smoothing: each month moves the level by a share of its surprise.

    Args:
        rate: The share.

    Example:
        >>> smoothing(0.5)(np.array([[2.0] * 12 + [4.0]]), 1).round(2).tolist()
        [[3.0]]

    References:
        Brown (1959).
    """

    def forecast(values: Floats, ahead: int) -> Floats:
        return _flat(_smoothed(values, rate)[0], ahead)

    return forecast


def damped_trend(rate: float, trend_rate: float, damping: float) -> Method:
    """A level and a trend that fades out: a decline goes on for a while, and not for ever.

    Args:
        rate: Share of a month's surprise that moves the level.
        trend_rate: Share of the level's move that moves the trend.
        damping: What is left of the trend after each month.

    References:
        Gardner and McKenzie (1985).
    """

    def forecast(values: Floats, ahead: int) -> Floats:
        level, trend = values[:, :YEAR].mean(axis=1), np.zeros(len(values))
        for month in values.T:
            before, level = level, level + damping * trend
            level = level + rate * (month - level)
            trend = damping * trend + trend_rate * (level - before - damping * trend)
        reach = np.cumsum(damping ** np.arange(1, ahead + 1))
        return np.asarray(np.maximum(level[:, None] + trend[:, None] * reach, 0.0))

    return forecast


def imapa(values: Floats, ahead: int) -> Floats:
    """The mean of forecasts from buckets of one month, two months, and so on up to a year (ADIDA).

    Added up over several months, rare demand is rare no more, so that a level shows.

    Args:
        values: Series by months.
        ahead: Months to come.

    References:
        Nikolopoulos et al. (2011), ADIDA; Petropoulos and Kourentzes (2015), IMAPA.
    """
    months = values.shape[1]
    levels = [
        _best_smoothed(_in_buckets(values, size)) / size
        for size in range(1, YEAR + 1)
        if size == 1 or months // size >= _BUCKETS
    ]
    return _flat(np.mean(levels, axis=0), ahead)


def tsb(rate: float) -> Method:
    """How often something is ordered times how much, each smoothed: what died out fades away.

    Args:
        rate: Share of a surprise that moves either.

    References:
        Teunter, Syntetos and Babai (2011).
    """

    def forecast(values: Floats, ahead: int) -> Floats:
        some = values > 0
        often = some[:, :YEAR].mean(axis=1)
        size = values.sum(axis=1) / np.maximum(some.sum(axis=1), 1)
        for month, had in zip(values.T, some.T, strict=True):
            often = often + rate * (had - often)
            size = np.where(had, size + rate * (month - size), size)
        return _flat(often * size, ahead)

    return forecast


METHODS: Final = MappingProxyType(
    {
        "average of 12 months": moving_average(12),
        "average of 6 months": moving_average(6),
        "slow smoothing": smoothing(0.1),
        "quick smoothing": smoothing(0.25),
        "damped trend": damped_trend(0.1, 0.05, 0.95),
        "quick damped trend": damped_trend(0.2, 0.05, 0.9),
        "IMAPA": imapa,
        "TSB": tsb(0.1),
    }
)
"""By name; the seasonal naive forecast, with which all are compared, is not among them."""


def _flat(level: Floats, ahead: int) -> Floats:
    return np.repeat(level[:, None], ahead, axis=1)


def _in_buckets(values: Floats, size: int) -> Floats:
    """Sums of so many months each, counted back from the last."""
    first = values.shape[1] % size
    return np.asarray(values[:, first:].reshape(len(values), -1, size).sum(axis=2))


def _smoothed(values: Floats, rate: float) -> tuple[Floats, Floats]:
    """The last level, and the squared errors one step ahead."""
    start = max(1, min(YEAR, values.shape[1] // 2))
    level, error = values[:, :start].mean(axis=1), np.zeros(len(values))
    for month in values.T:
        surprise = month - level
        error += surprise**2
        level = level + rate * surprise
    return level, error


def _best_smoothed(values: Floats) -> Floats:
    """The last level, smoothed at the rate with the least past error."""
    levels, errors = zip(*(_smoothed(values, rate) for rate in _RATES), strict=True)
    best = np.argmin(errors, axis=0)[None]
    return np.asarray(np.take_along_axis(np.array(levels), best, axis=0)[0])
