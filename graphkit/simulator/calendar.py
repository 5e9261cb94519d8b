"""The months that a simulated shop lives through, and the few after them."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np

from graphkit.simulator.chance import Days, Ints

AFTER: Final = 6  # months simulated beyond the end, for the truth about forecasts
RECENT: Final = 5  # months before the end in which changed customers have changed


@dataclass(frozen=True, slots=True)
class Calendar:
    """Months 0 .. `months` - 1 are in the exports, the last one up to `end`; then come `AFTER`.

    Args:
        end: Last day of the data.
        months: Months up to and with that of `end`.
    """

    end: dt.date
    months: int

    @property
    def horizon(self) -> int:
        """All months that are simulated."""
        return self.months + AFTER

    @property
    def starts(self) -> Days:
        """First day of every month, and of the one after the last."""
        last = np.datetime64(self.end, "M")
        months: Days = last - self.months + 1 + np.arange(self.horizon + 1)
        return months.astype("datetime64[D]")

    @property
    def last_day(self) -> np.datetime64:
        """`end` as numpy writes it."""
        return np.datetime64(self.end, "D")

    @property
    def month_of_year(self) -> Ints:
        """1 to 12 for each simulated month."""
        months = self.starts[:-1].astype("datetime64[M]").astype(np.int64)
        return np.asarray(months % 12 + 1)

    def month(self, days: Days) -> Ints:
        """The month in which each day lies, counted from the first."""
        first = self.starts[0].astype("datetime64[M]")
        return np.asarray((days.astype("datetime64[M]") - first).astype(np.int64))

    def date(self, day: np.datetime64) -> dt.date:
        """A day as Python writes it."""
        return dt.date(1970, 1, 1) + dt.timedelta(days=int(day.astype("datetime64[D]").astype(int)))

    @property
    def calendar_start(self) -> dt.date:
        """First day of the first month."""
        return self.date(self.starts[0])
