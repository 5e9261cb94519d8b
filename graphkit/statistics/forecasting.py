"""How much will come of things that add up: a method for each by its past errors, and a spread."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.statistics.rolling import (
    NAIVE,
    Past,
    Trials,
    past_error,
    rolling,
    usual_change,
)
from graphkit.statistics.smoothing import YEAR, moving_average, seasonal_naive
from graphkit.statistics.spread import Spread, guessed_spread, month_spread, sum_spread

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MONTHS_NEEDED: Final = 24
USUAL_AHEAD: Final = 6
"""Months ahead for which `MONTHS_NEEDED` is enough; each further one takes one more."""
MEAN: Final = "mean so far"
_OTHERS: Final = 16.0
"""Stretches of the past, each as long as is looked ahead, that the other series count for."""
_LATELY: Final = 0.5
"""Share of each forecast that rests on the last months, whatever method is chosen."""
_MIXES: Final = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Shares of the seasonal naive forecast, of which the least is taken that does."""
_RARE: Final = 0.5
"""Series with something in fewer of their months are rare demand."""


@dataclasses.dataclass(frozen=True, slots=True)
class Outlook:
    """What to expect of each series, and last of their sum.

    Attributes:
        methods: How each is foreseen.
        months: Month by month.
        together: All months together.
        error: Past error of what is used (see `past_error`); NaN where the past is too short.
        naive_error: That of the seasonal naive forecast.
        coverage: Share of later months of the past that lay from P10 to P90 as of before: .8 is
            right; NaN where the past is too short.
        origins: Months from which the past was foreseen.
    """

    methods: tuple[str, ...]
    months: Spread
    together: Spread
    error: Floats
    naive_error: Floats
    coverage: Floats
    origins: int


def enough(months: int, ahead: int) -> bool:
    """Whether so many months are enough to choose a method by its past errors.

    Args:
        months: Whole months there are.
        ahead: Months to come.
    """
    return months >= MONTHS_NEEDED + max(ahead - USUAL_AHEAD, 0)


def outlook(past: Past, ahead: int) -> Outlook:
    """What to expect of each series in the months to come, and of their sum.

    The method of a series is that with the least past error, its own and that of the other series
    together, since twenty origins of one series choose by chance. What has just changed is not in
    past errors yet: so half of each forecast is the mean of the last months, and all are scaled to
    the level of these, as surely as it is another (see `level_moved`). All are scaled to what the
    sum is expected to be, by as much as that was the surer, and moved towards the seasonal naive
    forecast until they are no worse than it in the past. For rare demand that holds for all series
    together: of one alone the seasonal naive forecast is right by luck.

    Args:
        past: What was.
        ahead: Months to come, one or more.

    References:
        Hyndman and Koehler (2006), scaled errors; Bates and Granger (1969), for the mean of two
        forecasts; Tashman (2000), rolling origins; Athanasopoulos et al. (2009), for sums;
        Syntetos and Boylan (2005), rare demand.
    """
    whole = dataclasses.replace(past, values=_with_sum(past.values, axis=0))
    if not enough(past.months, ahead):
        return _naive(whole, ahead)
    trials = rolling(whole, ahead)
    scale = usual_change(whole.values)
    naive_error = past_error(trials.said[:, :1], trials.came, scale)[0]
    chosen = _chosen(trials, scale)
    used, shares = _no_worse(
        _adding_up(_hedged(trials, chosen), trials.came),
        _Used(trials.said[:, 0], trials.ahead[0]),
        _Judge(trials.came, scale, (whole.values > 0).mean(axis=1) < _RARE),
    )
    return Outlook(
        (
            *map(_method, [trials.names[one] for one in chosen[:-1].tolist()], shares),
            "median of the sum",
        ),
        month_spread(used.said, trials.came, used.ahead),
        sum_spread(used.said, trials.came, used.ahead),
        past_error(used.said[:, None], trials.came, scale)[0],
        naive_error,
        _coverage(used.said, trials.came),
        len(trials.came),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Used:
    """One forecast of each series: of the past by origin, and of what is ahead."""

    said: Floats
    ahead: Floats

    def mixed(self, other: "_Used", share: float) -> "_Used":
        """With this share of another."""
        return _Used(
            (1 - share) * self.said + share * other.said,
            (1 - share) * self.ahead + share * other.ahead,
        )


@dataclasses.dataclass(frozen=True, slots=True)
class _Judge:
    """What came, the scale of errors, and which series are rare demand."""

    came: Floats
    scale: Floats
    rare: npt.NDArray[np.bool_]

    def error(self, used: _Used) -> Floats:
        """Past error of each series."""
        error: Floats = past_error(used.said[:, None], self.came, self.scale)[0]
        return error


def _chosen(trials: Trials, scale: Floats) -> Ints:
    """The method of each series, other than the seasonal naive one."""
    error = past_error(trials.said, trials.came, scale)
    usual = error.mean(axis=0)
    some = usual > 0
    relative = error / np.where(some, usual, 1.0)
    everybody = relative[:, some].mean(axis=1) if some.any() else relative.mean(axis=1)
    stretches = len(trials.came) / trials.came.shape[2]
    own = stretches / (stretches + _OTHERS)
    judged = own * relative + (1 - own) * everybody[:, None]
    return np.asarray(judged[1:].argmin(axis=0) + 1)


def _hedged(trials: Trials, chosen: Ints) -> _Used:
    """The chosen methods, each with its share of the mean of the last months, at the level of now.

    Of one series the last months say little, of all together much: so all are scaled alike.
    """
    rows = np.arange(len(chosen))
    best = _Used(trials.said[:, chosen, rows], trials.ahead[chosen, rows])
    recent = trials.recent[chosen]
    lately = _Used(trials.said[:, recent, rows], trials.ahead[recent, rows])
    used = best.mixed(lately, _LATELY)
    then, now = trials.moved[:-1, None, None], trials.moved[-1]
    return _Used(_towards(used.said, lately.said, then), _towards(used.ahead, lately.ahead, now))


def _towards(said: Floats, level: Floats, share: Floats) -> Floats:
    """Scaled, all series and months alike, by this share of the way to the level of others."""
    total, wanted = (one.sum(axis=(-2, -1), keepdims=True) for one in (said, level))
    ratio = np.where(total > 0, wanted / np.where(total > 0, total, 1.0), 1.0)
    return np.asarray(said * (1 + share * (ratio - 1)))


def _adding_up(used: _Used, came: Floats) -> _Used:
    """Scaled so that the series add up to their sum, which is between their sum and its own."""
    squared = ((used.said - came) ** 2).mean(axis=(0, 2))
    parts = squared[:-1].sum()
    trust = parts / (parts + squared[-1]) if parts > 0 else 0.0

    def scaled(said: Floats) -> Floats:
        added = said[..., :-1, :].sum(axis=-2, keepdims=True)
        ratio = np.where(added > 0, said[..., -1:, :] / np.where(added > 0, added, 1.0), 1.0)
        return _with_sum(said[..., :-1, :] * (1 + trust * (ratio - 1)), axis=-2)

    return _Used(scaled(used.said), scaled(used.ahead))


def _no_worse(used: _Used, naive: _Used, judge: _Judge) -> tuple[_Used, list[float]]:
    """With as little of the seasonal naive forecast as it takes to be no worse in the past.

    Returns:
        The forecasts, and each series' share of the seasonal naive one.
    """
    limit = judge.error(naive)
    said, ahead = naive.said.copy(), naive.ahead.copy()
    shares = np.full(len(limit), np.nan)
    for share in _MIXES:
        mixed = used.mixed(naive, share)
        fit = np.isnan(shares) & ((judge.error(mixed) <= limit) | judge.rare)
        said[:, fit], ahead[fit] = mixed.said[:, fit], mixed.ahead[fit]
        shares[fit] = share
    return _Used(_with_sum(said[:, :-1], axis=1), _with_sum(ahead[:-1], axis=0)), shares.tolist()


def _method(name: str, naive: float) -> str:
    """What a forecast is called that is the seasonal naive one to some part."""
    if naive == _MIXES[-1]:
        return NAIVE
    return f"{name}, and {naive:.0%} {NAIVE}" if naive else name


def _coverage(said: Floats, came: Floats) -> Floats:
    """How often the later half of the past lay within P10 and P90 made of the earlier half."""
    half = len(came) // 2
    within = []
    for now, then in zip(said[half:], came[half:], strict=True):
        spread = month_spread(said[:half], came[:half], now)
        within.append((then >= spread.quantile(0.1)) & (then <= spread.quantile(0.9)))
    return np.asarray(np.mean(within, axis=(0, 2)))


def _naive(whole: Past, ahead: int) -> Outlook:
    """The same months of last year; where there is no year yet, the mean so far."""
    year = whole.months >= YEAR
    method = seasonal_naive if year else moving_average(YEAR)
    said = method(whole.values, ahead)
    rows = len(said)
    unknown = np.full(rows, np.nan)
    return Outlook(
        (NAIVE if year else MEAN,) * rows,
        guessed_spread(whole.values, said, together=False),
        guessed_spread(whole.values, said, together=True),
        unknown,
        unknown,
        unknown,
        0,
    )


def _with_sum(values: Floats, *, axis: int) -> Floats:
    """The series, and their sum as one more."""
    return np.concatenate([values, values.sum(axis=axis, keepdims=True)], axis=axis)
