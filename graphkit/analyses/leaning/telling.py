"""Leanings and tighter tolerances in words, with what they rest on."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from graphkit.analyses.evidence_cypher import lines_of
from graphkit.analyses.leaning.mix import TIGHTER, toleranced
from graphkit.analyses.leaning.moves import LEAST_LINES, LEAST_MONTHS, SHORTEST, Move, enough
from graphkit.analyses.measures.company_rows import line_rows
from graphkit.analyses.measures.month_panel import MonthPanel
from graphkit.analyses.measures.stated import by_process
from graphkit.analyses.wording import FAR, counted, months_named, quoted, tolerance, when_enough
from graphkit.findings import Effect, Evidence, Finding, Level, Ref, level_of, sources_of
from graphkit.snapshot import Snapshot, days_of
from graphkit.statistics.multiplicity import benjamini_hochberg
from graphkit.statistics.shift import change_interval

_TIES: Final = {
    "Process": "[:USES_PROCESS]->(:Process",
    "Finish": "[:HAS_FINISH]->(:Finish",
    "Material": "[:IN_MATERIAL]->()-[:KIND_OF*0..9]->(:Material",
}
_ROUNDING: Final = 1e-9  # of a tolerance in inches, beside the same in mm


class Teller:
    """Makes findings of moves.

    Args:
        snap: The graph.
        panel: The shop's customers and months.
        permutations: How many the moves were tested against.
        seed: Of the intervals.
        capability: The tightest tolerance that the shop holds, half the band in mm, by process.
    """

    def __init__(
        self,
        snap: Snapshot,
        panel: MonthPanel,
        *,
        permutations: int,
        seed: int,
        capability: Mapping[str, float],
    ) -> None:
        self._snap, self._panel = snap, panel
        self._rows = line_rows(snap)
        self._permutations, self._seed = permutations, seed
        self._held = by_process(snap, capability, "[capability]")

    def told(
        self, moves: Sequence[Move], *, least: float, largest_ratio: float
    ) -> Iterator[Finding]:
        """Who leans to what, and who wants it tighter; each of the two a family of its own.

        Args:
            moves: What was asked.
            least: A share that rose by less is not told.
            largest_ratio: A tolerance that is more than this share of the one before is not told.
        """
        for tighter in (False, True):
            family = [one for one in moves if (one.value is None) == tighter]
            q = benjamini_hochberg(np.array([one.p for one in family]))
            asked = Counter(one.customer for one in family)
            for one, corrected in zip(family, q.tolist(), strict=True):
                # One in twenty of so many questions is a crowd: a watch stands out among those
                # that are asked of the same customer.
                level = level_of(min(one.p * asked[one.customer], 1.0), corrected)
                if level is None:
                    continue
                before, now = one.means(one.sums)
                rise = min(now - before, one.rise)
                if tighter and 10**-rise <= largest_ratio:
                    yield self._tighter(one, level, corrected, len(family))
                elif not tighter and rise >= least and one.beyond_scatter:
                    yield self._leaning(one, level, corrected, len(family))

    def _leaning(self, one: Move, level: Level, q: float, of: int) -> Finding:
        assert one.value is not None  # noqa: S101 - of a leaning
        subject, value = self._subject(one.customer), one.value
        before, now = one.means(one.sums)
        low, high = change_interval(one.sums, one.counts, one.window, seed=self._seed)
        statement = (
            f"{subject.name} leans to {value.name}: {now:.0%} of its order lines"
            f" {self._when(one)} where it was {before:.0%} before; the shop's other customers"
            f" moved by {_points(now - before - one.rise)}."
        )
        of_it = f"EXISTS {{ (l)-{_TIES[value.type]} {{id: {quoted(value.id)}}}) }} AS of_it"
        return Finding(
            kind=one.kind,
            level=level,
            subject=subject,
            object=value,
            statement=statement,
            as_of=self._snap.as_of,
            evidence=self._figures(one, f"{value.name}, share of lines", "share"),
            effect=Effect(100 * (now - before), 100 * low, 100 * high, "percentage points"),
            p=one.p,
            q=q,
            n=int(one.counts.sum()),
            test=self._test(of, "share"),
            advice=(
                f"Ask what is behind it, show what else we do in {value.name}, and see whether"
                " capacity for it holds."
            ),
            cypher=lines_of(subject, more=of_it),
            value=self._a_year(one.customer, now),
            details={"window_months": one.window},
        )

    def _tighter(self, one: Move, level: Level, q: float, of: int) -> Finding:
        subject = self._subject(one.customer)
        before, now = one.means(one.sums)
        low, high = change_interval(one.sums, one.counts, one.window, seed=self._seed)
        beyond = self._beyond_us(one)
        return Finding(
            kind=one.kind,
            level=level,
            subject=subject,
            statement=(
                f"{subject.name} asks for tighter tolerances: {tolerance(10**-now)} on average"
                f" {self._when(one)} where it was {tolerance(10**-before)} before"
                f"{_could_not_hold(beyond)}."
            ),
            as_of=self._snap.as_of,
            evidence=(*self._figures(one, "tolerance, geometric mean", "mm"), *beyond),
            effect=Effect(
                10 ** (before - now), 10**-high, 10**-low, "recent tolerance / tolerance before"
            ),
            p=one.p,
            q=q,
            n=int(one.counts.sum()),
            test=self._test(of, "logarithm of the tolerance"),
            advice=_TALK if beyond and beyond[0].value else _CHECK,
            cypher=lines_of(subject),
            value=self._a_year(one.customer, 1.0),
            details={"window_months": one.window},
        )

    def _beyond_us(self, one: Move) -> tuple[Evidence, ...]:
        """Its recent lines that are tighter than the shop holds, of those whose process is stated.

        Nothing where the shop states no process of them.
        """
        months, company = self._panel.months, self._panel.customers[one.customer]
        begin, end = self._panel.day(months - one.window), self._panel.day(months)
        rows = toleranced(self._rows.company(company))
        days = days_of(rows["ordered_on"])
        rows = rows[(days >= begin) & (days < end)]
        held = rows["process"].map(self._held).to_numpy(dtype=np.float64, na_value=np.nan)
        judged = np.isfinite(held)
        if not judged.any():
            return ()
        tighter = rows[rows["tolerance"].to_numpy(dtype=np.float64) < held * (1 - _ROUNDING)]
        return (
            Evidence("lines tighter than we hold", len(tighter), "lines", sources_of(tighter)),
            Evidence("lines of processes with a stated capability", int(judged.sum()), "lines"),
        )

    def _figures(self, one: Move, what: str, unit: str) -> tuple[Evidence, ...]:
        months = self._panel.months
        figures = []
        splits = (int(self._panel.start[one.customer]), months - one.window, months)
        for mean, (first, last) in zip(one.means(one.sums), pairwise(splits), strict=True):
            when = months_named(self._panel.month(first), self._panel.month(last - 1))
            rows = self._rows.sources(
                self._panel.customers[one.customer], self._panel.day(first), self._panel.day(last)
            )
            shown = 10**-mean if unit == "mm" else mean
            figures.append(Evidence(f"{what} {when}", round(float(shown), 4), unit, rows))
        return tuple(figures)

    def _test(self, of: int, what: str) -> str:
        return (
            f"up to {self._permutations:,} permutations of its own months; mean {what} in the last"
            " months against before, less that of the shop's other customers in the same months,"
            f" one-sided, the clearest of windows from {SHORTEST} months to half of all;"
            f" Benjamini-Hochberg over {counted(of, 'question')}"
        )

    def _when(self, one: Move) -> str:
        months = self._panel.months
        return months_named(self._panel.month(months - one.window), self._panel.month(months - 1))

    def _a_year(self, customer: int, share: float) -> int:
        return round(float(self._panel.amount[customer, -12:].sum()) * share)

    def _subject(self, customer: int) -> Ref:
        return self._snap.ref(self._panel.customers[customer])

    def too_little(self, kinds: Sequence[str]) -> Iterator[Finding]:
        """Of whom it cannot be told, and when it can.

        Args:
            kinds: What was asked.
        """
        for customer in range(len(self._panel.customers)):
            if not enough(self._panel, customer):
                for kind in kinds:
                    yield self._cannot_tell(customer, kind)

    def _cannot_tell(self, customer: int, kind: str) -> Finding:
        subject = self._subject(customer)
        begin = int(self._panel.start[customer])
        lines = int(self._panel.lines[customer, begin:].sum())
        months = self._panel.months - begin
        pace = lines / months
        wait = max(
            int(np.ceil((LEAST_LINES - lines) / pace)) if pace > 0 else FAR + 1,
            LEAST_MONTHS - months,
        )
        when = when_enough(self._panel.month(self._panel.months - 1), wait)
        return Finding(
            kind=kind,
            level=Level.CANNOT_TELL,
            subject=subject,
            statement=(
                f"{_question(kind, subject.name)} cannot be told from"
                f" {counted(lines, 'order line')} in {counted(months, 'month')}; {when}."
            ),
            as_of=self._snap.as_of,
            evidence=(Evidence("order lines", lines, "lines", self._rows.sources(subject.id)),),
            n=lines,
            test=f"needs {LEAST_LINES} order lines in {LEAST_MONTHS} months",
            cypher=lines_of(subject),
            details={"months_until_enough": wait},
        )


def _points(change: float) -> str:
    points = round(100 * change)
    return f"{points:+d} points" if points else "less than a point"


def _question(kind: str, name: str) -> str:
    if kind == TIGHTER:
        return f"Whether {name} asks for tighter tolerances"
    return f"To which {kind.removesuffix('-shift')} {name} leans"


def _could_not_hold(beyond: tuple[Evidence, ...]) -> str:
    """How many of its lines are beyond the shop, as an addition to a sentence."""
    if not beyond:
        return ""
    tighter, judged = (one.value for one in beyond)
    of = f"{counted(float(judged), 'line')} since in processes with a stated capability"
    return f"; of {of}, {tighter or 'none'} tighter than we hold"


_CHECK: Final = (
    "Check that machines and gauges hold it on its parts, and that the price has followed."
)
_TALK: Final = (
    "Before the next quote, agree on who holds what is beyond us: another machine, a partner, or a"
    " tolerance that the part does not need."
)
