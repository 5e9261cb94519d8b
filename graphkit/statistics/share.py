"""A share with its interval."""

import dataclasses

import numpy as np

from graphkit.statistics.proportions import wilson


@dataclasses.dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with a 90 % interval.

    Attributes:
        hits: How many.
        of: Of how many.
        low: Lower end of the interval; 0 of none.
        high: Upper end; 1 of none.
    """

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The share; None of none."""
        return self.hits / self.of if self.of else None

    @classmethod
    def counted(cls, hits: int, of: int) -> "Share":
        """A share with Wilson's interval, which holds for few and near 0 and 1 too.

        Args:
            hits: How many.
            of: Of how many.

        >>> one = Share.counted(9, 10)
        >>> round(one.low, 2), round(one.high, 2)
        (0.65, 0.98)
        """
        if not of:
            return cls(0, 0, 0.0, 1.0)
        low, high = wilson(np.array(hits), np.array(of))
        return cls(hits, of, float(low), float(high))
