"""How the clock of the mail's sending stands to the clock of opens and clicks."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt

_QUARTER: Final = 900
"""Seconds; time zones differ by whole quarters of an hour."""
_HOUR: Final = 4
"""Quarters; by so much the offset moves where only one of the clocks knows of summer."""
_FARTHEST: Final = 15 * _HOUR
"""Quarters; zones are at most so far apart, summer included."""
_EARLY: Final = 30
"""Seconds; send times are often rounded to the minute."""
MINUTE: Final = 60
"""Seconds; nobody reads, let alone opens, sooner after sending."""
_LEAST: Final = 10
"""Opens right after sending, of which a peak must be made."""
_CLEAR: Final = 3.0
"""So many times the opens of any other offset."""

Seconds = npt.NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True)
class Clocks:
    """Offsets of the clock of activity against that of sending.

    Attributes:
        offsets: Seconds, the clearest first; a second one an hour off where only one of the clocks
            knows of summer. Empty where it is not clear.
    """

    offsets: tuple[int, ...]

    def at_once(self, delays: Seconds) -> npt.NDArray[np.bool_]:
        """Which came within a minute of sending; none where the offset is not clear.

        Args:
            delays: Seconds from sending, by the clocks as they are.
        """
        found = np.zeros(len(delays), dtype=bool)
        for offset in self.offsets:
            found |= (delays >= offset - _EARLY) & (delays < offset + MINUTE)
        return found

    @property
    def told(self) -> str:
        """What is known of the clocks, as a sentence."""
        if not self.offsets:
            return (
                "Whether send times and times of opens are of one time zone is not clear, so opens"
                " within a minute of sending are not struck out."
            )
        if not self.offsets[0]:
            return "Times of sending and of opens are of one time zone."
        hours = self.offsets[0] / (_HOUR * _QUARTER)
        way = "after" if hours > 0 else "before"
        return (
            f"The clock of opens is {abs(hours):g} hours {way} that of sending, by where opens pile"
            " up right after it; this was taken off."
        )


def clocks(delays: Seconds) -> Clocks:
    """The offset at which opens pile up in the minute after sending: machines open at once.

    Args:
        delays: Seconds from sending to each open, by the clocks as they are.

    Example:
        >>> at_once = np.arange(20) + 5 * 3600
        >>> clocks(np.append(at_once, 5 * 3600 + 977 * np.arange(1, 200))).offsets
        (18000,)
        >>> clocks(977 * np.arange(1, 200)).offsets
        ()
    """
    quarter, past = np.divmod(delays + _EARLY, _QUARTER)
    hit = (past < _EARLY + MINUTE) & (np.abs(quarter) <= _FARTHEST)
    counts = np.bincount(quarter[hit] + _FARTHEST, minlength=2 * _FARTHEST + 1)
    best = int(counts.argmax())
    summer = np.isin(np.abs(np.arange(len(counts)) - best), (0, _HOUR))
    background = int(counts[~summer].max())
    clear = summer & (counts >= max(_LEAST, _CLEAR * background))
    if not clear[best]:
        return Clocks(())
    order = sorted(np.flatnonzero(clear).tolist(), key=lambda at: -counts[at])
    return Clocks(tuple((at - _FARTHEST) * _QUARTER for at in order))
