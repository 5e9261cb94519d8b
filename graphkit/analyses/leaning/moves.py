"""Whether a customer's mix has moved of late, more than that of the shop's other customers."""

import dataclasses
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.leaning.mix import Mix
from graphkit.analyses.measures.month_panel import MonthPanel
from graphkit.findings import Ref
from graphkit.statistics.shift import rise_against_permutations

Floats = npt.NDArray[np.float64]

LEAST_LINES: Final = 20
LEAST_MONTHS: Final = 18
_LEAST_IN_PART: Final = 8
"""Lines that the last months and those before must have."""
_BEYOND: Final = 3.0
"""Standard errors, of the clearest of several windows."""
SHORTEST: Final = 4
_MOST_OF_MANY: Final = 0.5
"""Of its months that may count as the last ones."""


@dataclasses.dataclass(frozen=True, slots=True)
class Move:
    """One question and what came of it; arrays are a customer's months since its first order.

    Attributes:
        kind: What it would be called.
        customer: Its row in the panel.
        value: What it may lean to; None of tolerances.
        sums: See Mix.
        counts: Likewise.
        above: Sums less what the shop's other customers had.
        p: One-sided p-value of a rise.
        window: Months that the rise is clearest in.
    """

    kind: str
    customer: int
    value: Ref | None
    sums: Floats
    counts: Floats
    above: Floats
    p: float
    window: int

    def means(self, sums: Floats) -> tuple[float, float]:
        """Before the last months, and in them.

        Args:
            sums: The sums, or those above others.
        """
        split = len(self.counts) - self.window
        parts = (slice(None, split), slice(split, None))
        before, now = (sums[part].sum() / self.counts[part].sum() for part in parts)
        return float(before), float(now)

    @property
    def rise(self) -> float:
        """How far its mean rose above that of the shop's other customers."""
        before, now = self.means(self.above)
        return now - before

    @property
    def beyond_scatter(self) -> bool:
        """Whether a share rose, beyond the shop's, by more than shares of so many lines scatter.

        The permutations take all months to scatter alike, which they do not in a process that the
        whole shop has taken up.
        """
        split = len(self.counts) - self.window
        lines = (self.counts[:split].sum(), self.counts[split:].sum())
        shares = self.means(self.sums)
        scatter = sum(one * (1 - one) / of for one, of in zip(shares, lines, strict=True))
        return bool(self.rise >= _BEYOND * np.sqrt(scatter))


def enough(panel: MonthPanel, customer: int) -> bool:
    """Whether a customer ordered enough for any such question.

    Args:
        panel: The shop's customers and months.
        customer: Its row.
    """
    lines = panel.lines[customer, int(panel.start[customer]) :]
    return bool(len(lines) >= LEAST_MONTHS and lines.sum() >= LEAST_LINES)


def moves(
    panel: MonthPanel, kind: str, asked: Sequence[Mix], *, permutations: int, seed: int
) -> list[Move]:
    """What came of asking every customer whether it leans to one of these, or wants it tighter.

    Args:
        panel: The shop's customers and months.
        kind: What it would be called.
        asked: At least one mix; their counts are the same for all.
        permutations: How many.
        seed: Of the permutations.
    """
    found = []
    above = [one.above_others() for one in asked]
    for customer in np.argsort(panel.start, kind="stable").tolist():  # equally many months together
        begin = int(panel.start[customer])
        counts = asked[0].counts[customer, begin:]
        if not enough(panel, customer) or counts.sum() < LEAST_LINES:
            continue
        those = [
            (one.value, one.sums[customer, begin:], beyond[customer, begin:])
            for one, beyond in zip(asked, above, strict=True)
            if one.value is None or one.sums[customer].sum() >= _LEAST_IN_PART
        ]
        if not those:
            continue
        shift = rise_against_permutations(
            np.stack([beyond for _, _, beyond in those]),
            counts,
            shortest=SHORTEST,
            longest=int(len(counts) * _MOST_OF_MANY),
            least=_LEAST_IN_PART,
            permutations=permutations,
            seed=seed,
        )
        for (value, own, beyond), p, window in zip(
            those, shift.p.tolist(), shift.window.tolist(), strict=True
        ):
            if np.isfinite(p):
                found.append(Move(kind, customer, value, own, counts, beyond, p, window))
    return sorted(found, key=lambda one: one.customer)
