"""Quarters of a year by number: year * 4 + quarter - 1."""

import numpy as np
import numpy.typing as npt


def quarters_of(days: npt.NDArray[np.datetime64]) -> npt.NDArray[np.int64]:
    """The number of the quarter of each day or month.

    Args:
        days: datetime64 of any unit; none empty.
    """
    months = days.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return np.asarray(months // 3)


def quarter_name(quarter: int) -> str:
    """A quarter as people write it.

    >>> quarter_name(2026 * 4 + 1)
    'Q2 2026'
    """
    return f"Q{quarter % 4 + 1} {quarter // 4}"
