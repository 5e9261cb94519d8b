"""Which whole months are compared with which: the last twelve with those before, or since a day."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.measures.month_panel import first_month_covered, last_month_covered
from graphkit.analyses.wording import months_named
from graphkit.errors import UsageError
from graphkit.snapshot import Snapshot

Days = npt.NDArray[np.datetime64]
Bools = npt.NDArray[np.bool_]

YEAR: Final = 12


@dataclasses.dataclass(frozen=True, slots=True)
class Periods:
    """The recent months and as many earlier ones.

    Attributes:
        recent: The first of the recent months (datetime64[M]).
        months: How many there are, and how many they are compared with.
        before: The first of the earlier ones; None where the exports do not reach so far.
        first: The first whole month of the exports.
    """

    recent: np.datetime64
    months: int
    before: np.datetime64 | None
    first: np.datetime64

    @property
    def last(self) -> np.datetime64:
        """The last of the recent months."""
        return self.recent + np.timedelta64(self.months - 1, "M")

    def in_recent(self, days: Days) -> Bools:
        """Which days are in the recent months."""
        return self._within(days, self.recent)

    def in_before(self, days: Days) -> Bools:
        """Which days are in the months that those are compared with."""
        if self.before is None:
            return np.zeros(len(days), dtype=bool)
        return self._within(days, self.before)

    def _within(self, days: Days, first: np.datetime64) -> Bools:
        month = days.astype("datetime64[M]")
        return np.asarray((month >= first) & (month < first + np.timedelta64(self.months, "M")))

    @property
    def spans(self) -> dict[str, tuple[str, str] | None]:
        """First and last month of the recent months and of those before, by name."""
        reach = np.timedelta64(self.months - 1, "M")
        return {
            name: None if first is None or not self.months else (str(first), str(first + reach))
            for name, first in (("recent", self.recent), ("before", self.before))
        }

    @property
    def named(self) -> str:
        """Which are compared, in words."""
        if not self.months:
            return "no month, since none is whole yet"
        recent = months_named(self.recent, self.last)
        if self.before is None:
            return f"{recent}; the exports hold no earlier ones to compare them with"
        end = self.before + np.timedelta64(self.months - 1, "M")
        return f"{recent}, beside those {months_named(self.before, end)}"


def last_year(snap: Snapshot, days: Days) -> Periods:
    """The last twelve whole months of an export, and the twelve before.

    Args:
        snap: The graph.
        days: On which something happened, of the rows of the export; at least one.
    """
    first, last = first_month_covered(days), last_month_covered(snap, days)
    there = max(int((last - first).astype(np.int64)) + 1, 0)
    return _ending(last, min(there, YEAR), first, back=YEAR)


def since_day(snap: Snapshot, days: Days, day: np.datetime64) -> Periods:
    """The whole months since a day, and the same months a year before.

    Where they are more than a year, or the exports do not reach so far, they are compared with the
    months just before.

    Args:
        snap: The graph.
        days: On which something happened, of the rows of the export; at least one.
        day: Since when.

    Raises:
        UsageError: No whole month has passed since.
    """
    first, last = first_month_covered(days), last_month_covered(snap, days)
    begin: np.datetime64 = day.astype("datetime64[M]")
    if begin.astype("datetime64[D]") < day:
        begin += np.timedelta64(1, "M")
    months = int((last - begin).astype(np.int64)) + 1
    if months < 1:
        raise UsageError(
            f"No whole month has passed since {day}: the last one in the exports is {last}.",
            next_step=f"--since {last}-01",
        )
    a_year_ago = begin - np.timedelta64(YEAR, "M")
    back = YEAR if months <= YEAR and a_year_ago >= first else months
    return _ending(last, months, first, back=back)


def _ending(last: np.datetime64, months: int, first: np.datetime64, *, back: int) -> Periods:
    recent = last - np.timedelta64(months - 1, "M")
    before = recent - np.timedelta64(back, "M")
    return Periods(recent, months, before if before >= first else None, first)
