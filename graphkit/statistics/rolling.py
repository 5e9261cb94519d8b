"""Methods tried on the past: from each month on, what they would have said of the months after."""

import dataclasses
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.statistics.seasons import MONTHS_NEEDED, calendar_profile
from graphkit.statistics.smoothing import METHODS, YEAR, moving_average, seasonal_naive

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NAIVE: Final = "seasonal naive"
_HALF_YEAR: Final = 6
_CALENDARS: Final = ("", ", by season", ", by season and working days")
"""What a method may know of the calendar; the last one needs the working days."""


@dataclasses.dataclass(frozen=True, slots=True)
class Past:
    """What was, by month.

    Attributes:
        values: Series by whole months, none below zero.
        first_month: Calendar month of the first column, 0 for January.
        season_of: Rows that show the season of all series together, by the same months; where
            something is counted more surely than the series are, such as orders beside hours.
        days: Working days of each month, those to come included; None where they do not matter.
    """

    values: Floats
    first_month: int
    season_of: Floats
    days: Floats | None = None

    @property
    def months(self) -> int:
        """How many months there are."""
        return int(self.values.shape[1])

    def until(self, months: int) -> "Past":
        """The past as it was known after so many months."""
        return dataclasses.replace(
            self, values=self.values[:, :months], season_of=self.season_of[:, :months]
        )

    def calendars(self, ahead: int) -> Iterator[Floats]:
        """How much each month is expected to bring, those ahead included: flat, then by season.

        The season is that before the last half-year where this leaves two years, so that a fall is
        not taken for one: what had fallen in spring would be expected back in autumn.
        """
        months = self.months
        calendar = (self.first_month + np.arange(months + ahead)) % YEAR
        old = months - _HALF_YEAR if months - _HALF_YEAR >= MONTHS_NEEDED else months
        yield np.ones(months + ahead)
        yield calendar_profile(self.season_of[:, :old], self.first_month)[calendar]
        if self.days is not None:
            days = self.days[: months + ahead] / self.days[:months].mean()
            even = self.season_of[:, :old] / days[:old]
            yield calendar_profile(even, self.first_month)[calendar] * days


@dataclasses.dataclass(frozen=True, slots=True)
class Trials:
    """What each method said of the past, and says of the months to come.

    Attributes:
        names: Of the methods; the first is the seasonal naive one.
        recent: For each method the one that takes the mean of the last months, with the same
            knowledge of the calendar.
        moved: How surely the level of all together was another in these last months, at each origin
            and last now (see `level_moved`).
        said: Origins by methods by series by months ahead.
        came: What came then: origins by series by months ahead.
        ahead: What they say now: methods by series by months ahead.
    """

    names: tuple[str, ...]
    recent: Ints
    moved: Floats
    said: Floats
    came: Floats
    ahead: Floats


def rolling(past: Past, ahead: int, *, first: int = YEAR) -> Trials:
    """Try every method from every month on that leaves so many months to compare with.

    Nothing is used of what came after an origin, the season included.

    Args:
        past: What was.
        ahead: Months to come.
        first: Months before the first origin.
    """
    origins = range(first, past.months - ahead + 1)
    known = [past.until(origin) for origin in origins]
    said = [_every_method(one, ahead) for one in known]
    came = [past.values[:, origin : origin + ahead] for origin in origins]
    methods = [*METHODS, "mean of the last months"]
    calendars = _CALENDARS if past.days is not None else _CALENDARS[:-1]
    names = [f"{method}{calendar}" for calendar in calendars for method in methods]
    size = len(methods)
    return Trials(
        (NAIVE, *names),
        np.array([size, *(1 + at // size * size + size - 1 for at in range(len(names)))]),
        np.array([level_moved(one, _lately(ahead)) for one in (*known, past)]),
        np.array(said),
        np.array(came),
        _every_method(past, ahead),
    )


def _every_method(past: Past, ahead: int) -> Floats:
    """What each says: methods by series by months ahead."""
    recent = moving_average(_lately(ahead))
    found = [seasonal_naive(past.values, ahead)]
    for calendar in past.calendars(ahead):
        even = past.values / calendar[: past.months]
        coming = calendar[past.months :]
        found += [method(even, ahead) * coming for method in (*METHODS.values(), recent)]
    return np.array(found)


def _lately(ahead: int) -> int:
    """How many months are the last ones."""
    return min(max(ahead, _HALF_YEAR), YEAR)


def level_moved(past: Past, lately: int) -> float:
    """How much of the change between the last months and those before is no chance, 0 to 1.

    Of all series together and beyond the calendar: the squared change, less its variance by chance,
    as a share of the squared change. A change of one standard error or less counts for nothing, one
    of two for three quarters.

    Args:
        past: What was.
        lately: How many months are the last ones.

    Returns:
        0 where there are not as many months as half a year before them.

    References:
        James and Stein (1961), in its positive part; Morris (1983).
    """
    before = past.months - lately
    if before < _HALF_YEAR:
        return 0.0
    *_, calendar = past.calendars(0)
    level = past.values.sum(axis=0) / calendar
    then, now = level[:before], level[before:]
    change = float(now.mean() - then.mean()) ** 2
    scatter = float(((then - then.mean()) ** 2).sum() + ((now - now.mean()) ** 2).sum())
    chance = scatter / (past.months - 2) * (1 / before + 1 / lately)
    return max(1 - chance / change, 0.0) if change > 0 else 0.0


def past_error(said: Floats, came: Floats, scale: Floats) -> Floats:
    """How far off, a month alone and all months together: the first of both for the second's sake.

    The root of the mean squared error of a month (RMSSE), plus the mean error of the sum over the
    root of its months, both over the series' usual change from month to month. A forecast of
    nothing does well on rare demand month by month; of the sum it does not.

    Args:
        said: Origins by methods by series by months.
        came: Origins by series by months.
        scale: The usual change of each series, above zero.

    Returns:
        Methods by series.
    """
    error = said - came[:, None]
    monthly = np.sqrt((error**2).mean(axis=(0, 3)))
    summed = np.abs(error.sum(axis=3)).mean(axis=0) / np.sqrt(error.shape[3])
    return np.asarray((monthly + summed) / scale)


def usual_change(values: Floats) -> Floats:
    """The root mean squared change from month to month; 1 where there is none.

    Args:
        values: Series by months.
    """
    change = np.sqrt((np.diff(values, axis=1) ** 2).mean(axis=1))
    return np.where(change > 0, change, 1.0)
