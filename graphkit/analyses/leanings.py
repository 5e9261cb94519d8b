"""What customers lean to: a process, finish or kind of material, or tighter work than before."""

import dataclasses
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.measures.company_rows import CompanyRows
from graphkit.analyses.measures.month_panel import (
    MonthPanel,
    lines_that_count,
    month_panel,
    orders_that_count,
)
from graphkit.analyses.wording import FAR, counted, months_named, quoted, when_enough
from graphkit.findings import Effect, Evidence, Finding, Level, Ref, level_of
from graphkit.plugins import analysis
from graphkit.schema import Finish, Material, Process
from graphkit.snapshot import Snapshot
from graphkit.statistics.multiplicity import benjamini_hochberg
from graphkit.statistics.shift import change_interval, rise_against_permutations

KINDS: Final = {"process": "process-shift", "finish": "finish-shift", "material": "material-shift"}
"""What a leaning is called, by what it is to."""
TIGHTER: Final = "tighter-tolerance"
LEAST_LINES: Final = 20
LEAST_MONTHS: Final = 18
_LEAST_IN_PART: Final = 8
"""Lines that the last months and those before must have."""
_BEYOND: Final = 3.0
"""Standard errors, of the clearest of several windows."""
_SHORTEST: Final = 4
_MOST_OF_MANY: Final = 0.5
"""Of its months that may count as the last ones."""

Floats = npt.NDArray[np.float64]

_ASPECTS: Final = {"process": Process, "finish": Finish, "material": Material}
_TIES: Final = {
    "process": "[:USES_PROCESS]->(:Process",
    "finish": "[:HAS_FINISH]->(:Finish",
    "material": "[:IN_MATERIAL]->()-[:KIND_OF*0..9]->(:Material",
}
_LINES: Final = """\
MATCH (c:Company {{id: {id}}})-[:PLACED]->(o:Order)-[:HAS_LINE]->(l:OrderLine)
WHERE coalesce(o.status, "") <> "cancelled" AND NOT EXISTS {{ (o)-[:REPEATS]->() }}
  AND coalesce(l.status, "") <> "cancelled"
"""
_SHARE: Final = (
    _LINES
    + """\
WITH date.truncate("quarter", o.ordered_on) AS quarter, l,
     EXISTS {{ (l)-{tie} {{id: {value}}}) }} AS so
RETURN quarter, count(l) AS lines, sum(CASE WHEN so THEN 1 ELSE 0 END) AS of_it
ORDER BY quarter"""
)
_TOLERANCES: Final = (
    _LINES
    + """\
WITH date.truncate("quarter", o.ordered_on) AS quarter, l.tolerance AS tolerance
WHERE tolerance > 0
RETURN quarter, count(*) AS lines, exp(avg(log(tolerance))) AS usual_mm
ORDER BY quarter"""
)


@analysis(
    "leanings",
    question="Who leans to which process, finish or material, and who wants it tighter?",
    needs=("OrderLine",),
    kinds=(*KINDS.values(), TIGHTER),
)
def leanings(
    snap: Snapshot,
    *,
    least_points: float = 10.0,
    largest_ratio: float = 0.5,
    permutations: int = 9999,
    seed: int = 1,
) -> Iterator[Finding]:
    """Customers whose mix has moved, more than that of the shop's other customers.

    A customer's last months are compared with its months before, against permutations of its own
    months; what the shop's other customers did in the same month is taken off first, so that a
    process that everybody orders more of is not called anybody's leaning.

    Args:
        snap: Needs OrderLine with process, finish, material or tolerance.
        least_points: A share that rose by less, in percentage points, is not told.
        largest_ratio: A tolerance that is more than this share of the one before is not told.
        permutations: How many.
        seed: Of the permutations.

    Yields:
        One finding a customer and process, finish or kind of material, or tolerance; and one a
        customer of whom it cannot be told.
    """
    panel = month_panel(snap)
    if panel is None:
        return
    lines = lines_that_count(snap, orders_that_count(snap))
    teller = _Teller(snap, panel, lines, permutations, seed)
    for aspect in _ASPECTS:
        if lines[aspect].notna().any():
            teller.ask(KINDS[aspect], _shares(snap, panel, lines, aspect))
    if (lines["tolerance"] > 0).any():
        rows, tightness = _tolerances(lines)
        sums = _Sums(panel.sum(rows, tightness), panel.sum(rows, np.ones(len(rows))))
        teller.ask(TIGHTER, [(None, sums)])
    yield from teller.told(least_points / 100, largest_ratio)
    yield from teller.too_little()


@dataclasses.dataclass(frozen=True, slots=True)
class _Value:
    """What a customer may lean to: a process, a finish or a kind of material."""

    aspect: str
    ref: Ref


@dataclasses.dataclass(frozen=True, slots=True)
class _Sums:
    """What lines add up to and how many they are; customers by months."""

    sums: Floats
    counts: Floats

    def above_others(self, customer: int) -> Floats:
        """A customer's sums less what the shop's other customers had on average, month by month."""
        sums = self.sums.sum(axis=0) - self.sums[customer]
        counts = self.counts.sum(axis=0) - self.counts[customer]
        usual = sums.sum() / max(counts.sum(), 1.0)
        others = np.where(counts > 0, sums / np.maximum(counts, 1), usual)
        return np.asarray(self.sums[customer] - self.counts[customer] * others)


def _shares(
    snap: Snapshot, panel: MonthPanel, lines: pd.DataFrame, aspect: str
) -> "list[tuple[_Value | None, _Sums]]":
    """Each process, finish or widest kind of material, with the lines that are of it."""
    values = lines[aspect]
    nodes = snap.frame(_ASPECTS[aspect])
    names = dict(zip(nodes["id"], nodes["name"], strict=True))
    if aspect == "material":
        values = values.map(_widest(nodes)).fillna(values)
    # No finish is an answer too; no process and no material are none.
    rows = lines if aspect == "finish" else lines[values.notna()]
    values = values[rows.index]
    counts = panel.sum(rows, np.ones(len(rows)))
    found: list[tuple[_Value | None, _Sums]] = []
    for value in sorted(set(values.dropna())):
        ref = Ref(_ASPECTS[aspect].__name__, value, names.get(value, value))
        figures = (values == value).fillna(value=False).to_numpy(dtype=np.float64)
        found.append((_Value(aspect, ref), _Sums(panel.sum(rows, figures), counts)))
    return found


def _widest(materials: pd.DataFrame) -> dict[str, str]:
    """The widest kind that each material is of: steel for 17-4 PH."""
    family = dict(zip(materials["id"], materials["family"], strict=True))
    widest = {}
    for one in family:
        kind = one
        while isinstance(wider := family.get(kind), str):
            kind = wider
        widest[one] = kind
    return widest


def _tolerances(lines: pd.DataFrame) -> tuple[pd.DataFrame, Floats]:
    """The lines that state a tolerance, and how tight each is: 2 for .01 mm, 3 for .001."""
    rows = lines[(lines["tolerance"] > 0).fillna(value=False).to_numpy(dtype=bool)]
    return rows, -np.log10(rows["tolerance"].to_numpy(dtype=np.float64))


@dataclasses.dataclass(frozen=True, slots=True)
class _Asked:
    """One question and what came of it; of a customer's months since its first order."""

    customer: int
    value: _Value | None
    sums: Floats
    counts: Floats
    above: Floats
    p: float
    window: int

    def means(self, sums: Floats) -> tuple[float, float]:
        """Before the last months, and in them."""
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


class _Teller:
    """Asks of every customer, and tells what was found.

    Args:
        snap: The graph.
        panel: The shop's customers and months.
        lines: Lines that count.
        permutations: How many.
        seed: Of the permutations.
    """

    def __init__(
        self,
        snap: Snapshot,
        panel: MonthPanel,
        lines: pd.DataFrame,
        permutations: int,
        seed: int,
    ) -> None:
        self._snap, self._panel = snap, panel
        self._rows = CompanyRows(lines, "ordered_on")
        self._permutations, self._seed = permutations, seed
        self._asked: list[_Asked] = []
        self._kinds: list[str] = []

    def ask(self, kind: str, asked: "list[tuple[_Value | None, _Sums]]") -> None:
        """Whether anybody leans to one of these; None asks for tighter tolerances.

        Args:
            kind: What it would be called.
            asked: Values with their sums; the counts are the same for all.
        """
        self._kinds.append(kind)
        for customer in range(len(self._panel.customers)):
            begin = int(self._panel.start[customer])
            counts = asked[0][1].counts[customer, begin:]
            if not self._enough(customer) or counts.sum() < LEAST_LINES:
                continue
            those = [
                (value, sums.sums[customer, begin:], sums.above_others(customer)[begin:])
                for value, sums in asked
                if value is None or sums.sums[customer].sum() >= _LEAST_IN_PART
            ]
            if not those:
                continue
            shift = rise_against_permutations(
                np.stack([above for _, _, above in those]),
                counts,
                shortest=_SHORTEST,
                longest=int(len(counts) * _MOST_OF_MANY),
                least=_LEAST_IN_PART,
                permutations=self._permutations,
                seed=self._seed,
            )
            for (value, own, above), p, window in zip(
                those, shift.p.tolist(), shift.window.tolist(), strict=True
            ):
                if np.isfinite(p):
                    one = _Asked(customer, value, own, counts, above, p, window)
                    self._asked.append(one)

    def _enough(self, customer: int) -> bool:
        begin = int(self._panel.start[customer])
        lines = self._panel.lines[customer, begin:]
        return bool(len(lines) >= LEAST_MONTHS and lines.sum() >= LEAST_LINES)

    def told(self, least: float, largest_ratio: float) -> Iterator[Finding]:
        """Who leans to what, then who wants it tighter; each kind a family of its own."""
        for tighter in (False, True):
            family = [one for one in self._asked if (one.value is None) == tighter]
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

    def _leaning(self, one: _Asked, level: Level, q: float, of: int) -> Finding:
        assert one.value is not None  # noqa: S101 - of a leaning
        subject, value = self._subject(one.customer), one.value.ref
        before, now = one.means(one.sums)
        low, high = change_interval(one.sums, one.counts, one.window, seed=self._seed)
        statement = (
            f"{subject.name} leans to {value.name}: {now:.0%} of its order lines"
            f" {self._when(one)} where it was {before:.0%} before; the shop's other customers"
            f" moved by {_points(now - before - one.rise)}."
        )
        cypher = _SHARE.format(
            id=quoted(subject.id), value=quoted(value.id), tie=_TIES[one.value.aspect]
        )
        return Finding(
            kind=KINDS[one.value.aspect],
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
            cypher=cypher,
            value=self._a_year(one.customer, now),
            details={"window_months": one.window},
        )

    def _tighter(self, one: _Asked, level: Level, q: float, of: int) -> Finding:
        subject = self._subject(one.customer)
        before, now = one.means(one.sums)
        low, high = change_interval(one.sums, one.counts, one.window, seed=self._seed)
        return Finding(
            kind=TIGHTER,
            level=level,
            subject=subject,
            statement=(
                f"{subject.name} asks for tighter tolerances: {_tolerance(10**-now)} as a rule"
                f" {self._when(one)} where it was {_tolerance(10**-before)} before."
            ),
            as_of=self._snap.as_of,
            evidence=self._figures(one, "tolerance, geometric mean", "mm"),
            effect=Effect(
                10 ** (before - now), 10**-high, 10**-low, "recent tolerance / tolerance before"
            ),
            p=one.p,
            q=q,
            n=int(one.counts.sum()),
            test=self._test(of, "logarithm of the tolerance"),
            advice=(
                "Check that machines and gauges hold it on its parts, and that the price has"
                " followed."
            ),
            cypher=_TOLERANCES.format(id=quoted(subject.id)),
            value=self._a_year(one.customer, 1.0),
            details={"window_months": one.window},
        )

    def _figures(self, one: _Asked, what: str, unit: str) -> tuple[Evidence, ...]:
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
            f"{self._permutations:,} permutations of its own months; mean {what} in the last months"
            " against before, less that of the shop's other customers in the same months,"
            f" one-sided, the clearest of windows from {_SHORTEST} months to half of all;"
            f" Benjamini-Hochberg over {counted(of, 'question')}"
        )

    def _when(self, one: _Asked) -> str:
        months = self._panel.months
        return months_named(self._panel.month(months - one.window), self._panel.month(months - 1))

    def _a_year(self, customer: int, share: float) -> int:
        return round(float(self._panel.amount[customer, -12:].sum()) * share)

    def _subject(self, customer: int) -> Ref:
        return self._snap.ref(self._panel.customers[customer])

    def too_little(self) -> Iterator[Finding]:
        """Of whom it cannot be told, and when it can."""
        for customer in range(len(self._panel.customers)):
            if not self._enough(customer):
                for kind in self._kinds:
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
                f"{_WHETHER[kind].format(subject.name)} cannot be told from"
                f" {counted(lines, 'order line')} in {counted(months, 'month')}; {when}."
            ),
            as_of=self._snap.as_of,
            evidence=(Evidence("order lines", lines, "lines", self._rows.sources(subject.id)),),
            n=lines,
            test=f"needs {LEAST_LINES} order lines in {LEAST_MONTHS} months",
            details={"months_until_enough": wait},
        )


_WHETHER: Final = {
    **{kind: f"To which {aspect} {{}} leans" for aspect, kind in KINDS.items()},
    TIGHTER: "Whether {} asks for tighter tolerances",
}


def _points(change: float) -> str:
    points = round(100 * change)
    return f"{points:+d} points" if points else "less than a point"


def _tolerance(mm: float) -> str:
    """As prints have it, in either unit."""
    return f"\u00b1{mm:.2g} mm (\u00b1{mm / _MM_PER_INCH:.1g} in)"


_MM_PER_INCH: Final = 25.4
