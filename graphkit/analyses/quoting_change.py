"""Whether a customer or process is quoted less, or loses more of its quotes, than before."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.measures.quoted import Grouping, Quoted
from graphkit.statistics.month_permutation import drop_against_permutations
from graphkit.statistics.multiplicity import cauchy
from graphkit.statistics.proportions import change_of_share, larger_share_p
from graphkit.statistics.rates import Counts, Ratio, dispersion, rate_ratio
from graphkit.statistics.seasons import exposure

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LEAST_QUOTES: Final = 8
LEAST_MONTHS: Final = 12
"""Before the last months, to know what is usual."""
_LEAST_DECIDED: Final = 3
"""Quotes decided in either period."""
_EXPECTED: Final = 4.0


@dataclasses.dataclass(frozen=True, slots=True)
class QuotingChange:
    """One entry a group.

    Attributes:
        asked_p: One-sided p-value of fewer quotes; NaN with too little.
        asked_window: Last months in which that is clearest.
        asked: Quotes in that window and before.
        ratio: Recent rate of quotes over the one before, with its 90 % interval.
        lost_p: One-sided p-value of losing a larger share; NaN with too little.
        lost_window: Last months in which that is clearest.
        lost: Lost and decided in that window, lost and decided before.
        rise: By how much the share lost rose, low and high.
    """

    asked_p: Floats
    asked_window: Ints
    asked: Counts
    ratio: Ratio
    lost_p: Floats
    lost_window: Ints
    lost: tuple[Floats, Floats, Floats, Floats]
    rise: tuple[Floats, Floats, Floats]


def quoting_change(
    quoted: Quoted, groups: Grouping, *, windows: tuple[int, ...], permutations: int, seed: int
) -> QuotingChange:
    """Compare each group's last months with all of its own before.

    Fewer quotes is a permutation of the group's own months, as for orders, since quotes come in
    bursts too; losing more is Fisher's exact test among those that are decided.

    Args:
        quoted: The quotes.
        groups: How they are told apart.
        windows: Lengths of the last months to look through.
        permutations: Of the months.
        seed: Of the permutations.
    """
    months = groups.by_month(quoted)
    # The month of the first quote is never empty: counted, it would make every past busier.
    start = months.astype(bool).argmax(axis=1) + 1
    nobody = np.full(groups.size, -1)
    calendar = int(quoted.first.astype(np.int64)) % 12
    flow = exposure(months, nobody, calendar, past=max(quoted.months - max(windows), 0))
    drop = drop_against_permutations(
        months,
        flow,
        start,
        windows=windows,
        least_expected=_EXPECTED,
        least_before=LEAST_MONTHS,
        permutations=permutations,
        seed=seed,
    )
    window = np.where(drop.window > 0, drop.window, max(windows))
    counts, spread = _counts(months, flow, start, window)
    # By the pace of all months: asking for many before would choose those who fell by chance.
    usual = (counts.recent + counts.before) / np.maximum(
        counts.recent_months + counts.before_months, 1e-9
    )
    enough = usual * counts.before_months >= LEAST_QUOTES
    lost_p, lost_window, lost = _losing(quoted, groups, windows)
    decided, lost_then, decided_then = lost[1], lost[2], lost[3]
    return QuotingChange(
        np.where(enough, drop.p, np.nan),
        window,
        counts,
        rate_ratio(counts, spread),
        lost_p,
        lost_window,
        lost,
        change_of_share(lost[0], decided, lost_then, decided_then),
    )


def _counts(months: Floats, flow: Floats, start: Ints, window: Ints) -> tuple[Counts, Floats]:
    at = np.arange(months.shape[1])
    recent = at >= (months.shape[1] - window)[:, None]
    before = (at >= start[:, None]) & ~recent
    counts = Counts(
        *(
            np.where(which, of, 0.0).sum(axis=1)
            for of in (months, flow)
            for which in (recent, before)
        )
    )
    usual = counts.before / np.maximum(counts.before_months, 1e-9)
    return counts, dispersion(months, flow * usual[:, None], before)


def _losing(
    quoted: Quoted, groups: Grouping, windows: tuple[int, ...]
) -> tuple[Floats, Ints, tuple[Floats, Floats, Floats, Floats]]:
    """p-value over all windows, the clearest, and what was lost and decided in it and before."""
    p, every = np.full((len(windows), groups.size), np.nan), []
    for look, window in enumerate(windows):
        last, before = quoted.last(window), quoted.before(window)
        counts = tuple(
            groups.count(which & when)
            for when in (last, before)
            for which in (quoted.lost, quoted.decided)
        )
        enough = counts[1] + counts[3] >= LEAST_QUOTES
        enough &= np.minimum(counts[1], counts[3]) >= _LEAST_DECIDED
        p[look] = np.where(enough, larger_share_p(*counts), np.nan)
        every.append(np.stack(counts))
    clearest = np.where(np.isnan(p), 2.0, p).argmin(axis=0)
    chosen = np.stack(every)[clearest, :, np.arange(groups.size)]
    lost = (chosen[:, 0], chosen[:, 1], chosen[:, 2], chosen[:, 3])
    return cauchy(p), np.array(windows)[clearest], lost
