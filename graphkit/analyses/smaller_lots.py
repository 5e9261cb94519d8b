"""Who orders smaller lots more often: neither decline nor growth, but another way of buying."""

import dataclasses
from collections.abc import Iterator
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.evidence_cypher import lines_of
from graphkit.analyses.measures.company_rows import CompanyRows, line_rows
from graphkit.analyses.measures.month_panel import MonthPanel, month_panel
from graphkit.analyses.wording import counted, months_named, when_enough
from graphkit.findings import Effect, Evidence, Finding, Level, Ref, level_of
from graphkit.plugins import analysis
from graphkit.snapshot import Snapshot
from graphkit.statistics.censored import Estimate
from graphkit.statistics.multiplicity import benjamini_hochberg, stouffer
from graphkit.statistics.trends import mann_kendall, theil_sen

KIND: Final = "smaller-lots-more-often"
LEAST_LINES: Final = 30
LEAST_QUARTERS: Final = 8
_QUARTER: Final = 3
_YEAR: Final = 12
_GATE: Final = 0.2
"""Both signs must be there: neither p-value may be above it."""
_INTERVAL: Final = 0.9
_LEAST_KNOWN: Final = 3
"""Quarters of which a change is told; two have a slope and no interval."""
_PIECES_UNSEEN: Final = 1.0
"""Pieces taken for those of a quarter without an order, whose logarithm is not known."""
_DETECTED: Final = 2.49
"""Standard errors of a change that one test in five misses: those of .05 and .20 one-sided."""

Floats = npt.NDArray[np.float64]


@dataclasses.dataclass(frozen=True)
class _Courses:
    """What customers ordered, by months or quarters; NaN before the first order of each.

    Attributes:
        orders: Orders.
        lines: Order lines.
        pieces: Pieces.
    """

    orders: Floats
    lines: Floats
    pieces: Floats

    @classmethod
    def of(cls, panel: MonthPanel) -> "_Courses":
        before = np.arange(panel.months) < panel.start[:, None]
        known = (panel.orders, panel.lines, panel.pieces)
        return cls(*(np.where(before, np.nan, one) for one in known))

    @cached_property
    def by_quarter(self) -> "_Courses":
        """The same, added up over each three months, counted back from the last."""
        count, months = self.orders.shape
        shape = (count, months // _QUARTER, _QUARTER)
        whole = (one[:, months % _QUARTER :] for one in (self.orders, self.lines, self.pieces))
        return _Courses(*(one.reshape(shape).sum(axis=2) for one in whole))

    @cached_property
    def lots(self) -> Floats:
        """Mean pieces a line; NaN where there was none."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where((self.lines > 0) & (self.pieces > 0), self.pieces / self.lines, np.nan)

    @property
    def enough(self) -> npt.NDArray[np.bool_]:
        """Of which customers there is enough to test."""
        quarters = np.isfinite(self.by_quarter.lots).sum(axis=1)
        lines = np.nansum(self.lines, axis=1)
        return np.asarray((lines >= LEAST_LINES) | (quarters >= LEAST_QUARTERS))


@analysis(
    "smaller-lots",
    question="Who orders smaller lots more often?",
    needs=("OrderLine",),
    kinds=(KIND,),
)
def smaller_lots(snap: Snapshot, *, largest_ratio: float = 0.75) -> Iterator[Finding]:
    """Customers whose lots get smaller while their orders get more, with what became of the volume.

    Both are tested for a trend over all whole months of the customer (Mann-Kendall, one-sided) and
    put together (Stouffer), neither p-value above .2, so that a customer that merely orders less,
    or one that grows in lots as large as ever, is not named.

    Args:
        snap: Needs Order and OrderLine with quantities.
        largest_ratio: Lots that shrank to more than this share are not told.

    Yields:
        One finding a customer that does so, or of which it cannot be told.
    """
    panel = month_panel(snap)
    if panel is None or not panel.pieces.any():
        return
    rows = line_rows(snap)
    courses = _Courses.of(panel)
    enough = courses.enough
    p = np.where(enough, _both(courses), np.nan)
    q = benjamini_hochberg(p)
    quarters = courses.by_quarter
    lots, pieces = _change(quarters.lots), quarters.pieces
    volume = _change(np.where(pieces <= 0, _PIECES_UNSEEN, pieces))
    asked = int(enough.sum())
    for customer in range(len(panel.customers)):
        told = _Told(snap, panel, rows, courses, customer)
        if not enough[customer]:
            yield told.too_little()
            continue
        level = level_of(p[customer], q[customer])
        if level is not None and lots[customer, 0] <= largest_ratio:
            changes = (Estimate(*one[customer].tolist()) for one in (lots, volume))
            yield told.smaller(
                level, *changes, p=float(p[customer]), q=float(q[customer]), of=asked
            )


def _both(courses: _Courses) -> Floats:
    """p-values of smaller lots and more orders together; 1 where one of them is not there."""
    smaller = mann_kendall(np.log(courses.lots)).falling
    oftener = mann_kendall(courses.orders).rising
    return np.where(np.maximum(smaller, oftener) > _GATE, 1.0, stouffer(smaller, oftener))


def _change(quarters: Floats) -> Floats:
    """Last quarter over first, with its interval, a row a customer; by Theil and Sen's slope."""
    known, at = ~np.isnan(quarters), np.arange(quarters.shape[1])
    first = np.where(known, at, len(at)).min(axis=1, initial=len(at))
    last = np.where(known, at, 0).max(axis=1, initial=0)
    span = np.where(known.sum(axis=1) >= _LEAST_KNOWN, last - first, np.nan)
    slope = theil_sen(np.log(quarters), level=_INTERVAL)
    return np.exp(np.stack([slope.value, slope.low, slope.high], axis=1) * span[:, None])


@dataclasses.dataclass(frozen=True, slots=True)
class _Told:
    """What is told of one customer."""

    snap: Snapshot
    panel: MonthPanel
    rows: CompanyRows
    courses: _Courses
    customer: int

    @property
    def _subject(self) -> Ref:
        return self.snap.ref(self.panel.customers[self.customer])

    @property
    def _months(self) -> range:
        """Columns of the panel since its first order."""
        return range(int(self.panel.start[self.customer]), self.panel.months)

    @property
    def _lines(self) -> int:
        return int(self.panel.lines[self.customer].sum())

    def smaller(
        self, level: Level, lots: Estimate, volume: Estimate, *, p: float, q: float, of: int
    ) -> Finding:
        """That its lots are smaller and its orders more, and what became of the volume."""
        subject = self._subject
        begin, end = self._months.start, self._months.stop
        span = min(_YEAR, len(self._months) // 2)
        before, now = self._part(range(begin, begin + span)), self._part(range(end - span, end))
        verdict, advice = _verdict(volume)
        statement = (
            f"{subject.name} orders smaller lots more often: {now.lot:,.0f} pieces a line where it"
            f" was {before.lot:,.0f}, {now.orders:.1f} orders a month where it was"
            f" {before.orders:.1f}; {verdict}."
        )
        return Finding(
            kind=KIND,
            level=level,
            subject=subject,
            statement=statement,
            as_of=self.snap.as_of,
            evidence=(*self._figures(before), *self._figures(now)),
            effect=Effect(lots.value, lots.low, lots.high, "last lot / first lot"),
            p=p,
            q=q,
            n=self._lines,
            test=(
                "Mann-Kendall trends of mean lot (falling) and orders (rising) over"
                f" {counted(len(self._months), 'month')}, put together by Stouffer, neither above"
                f" {_GATE}; changes are Theil and Sen's over quarters; Benjamini-Hochberg over"
                f" {counted(of, 'customer')}"
            ),
            advice=advice,
            cypher=lines_of(subject),
            value=round(float(self.panel.amount[self.customer, -_YEAR:].sum())),
            details={
                "volume": {"ratio": volume.value, "low": volume.low, "high": volume.high},
                "lot_before": before.lot,
                "lot_now": now.lot,
                "orders_a_month_before": before.orders,
                "orders_a_month_now": now.orders,
            },
        )

    def _part(self, months: range) -> "_Part":
        """What it ordered in some columns of the panel."""
        orders, lines, pieces = (
            float(one[self.customer, months.start : months.stop].sum())
            for one in (self.panel.orders, self.panel.lines, self.panel.pieces)
        )
        lot = pieces / lines if lines else float("nan")
        return _Part(months, lot, orders / len(months), pieces)

    def _figures(self, part: "_Part") -> tuple[Evidence, ...]:
        first, last = part.months.start, part.months.stop - 1
        when = months_named(self.panel.month(first), self.panel.month(last))
        rows = self.rows.sources(
            self.panel.customers[self.customer], self.panel.day(first), self.panel.day(last + 1)
        )
        return (
            Evidence(f"pieces a line {when}", round(part.lot, 1), "pieces", rows),
            Evidence(f"orders a month {when}", round(part.orders, 2), "orders"),
            Evidence(f"pieces {when}", round(part.pieces), "pieces"),
        )

    def too_little(self) -> Finding:
        """That it cannot be told, what would be seen, and when it can."""
        subject, lines, months = self._subject, self._lines, len(self._months)
        pace = lines / max(months, 1)
        wait = int(np.ceil((LEAST_LINES - lines) / pace)) if pace > 0 else -1
        when = when_enough(self.panel.month(self.panel.months - 1), wait)
        lots = self.courses.lots[self.customer]
        scatter = np.log(lots[np.isfinite(lots)])
        limit = "no change would be seen"
        if len(scatter) > 2:  # noqa: PLR2004 - two scatter by chance
            seen = 1 - np.exp(-_DETECTED * scatter.std(ddof=1) * np.sqrt(12 / len(scatter)))
            limit = f"lots that shrink by less than {seen:.0%} would not be seen"
        return Finding(
            kind=KIND,
            level=Level.CANNOT_TELL,
            subject=subject,
            statement=(
                f"Whether {subject.name} orders smaller lots more often cannot be told from"
                f" {counted(lines, 'order line')} in {counted(months, 'month')}: {limit}; {when}."
            ),
            as_of=self.snap.as_of,
            evidence=(Evidence("order lines", lines, "lines", self.rows.sources(subject.id)),),
            n=lines,
            test=f"needs {LEAST_LINES} order lines, or lines in {LEAST_QUARTERS} quarters",
            cypher=lines_of(subject),
            details={"months_until_enough": wait},
        )


@dataclasses.dataclass(frozen=True, slots=True)
class _Part:
    """Some months (columns of the panel): mean pieces a line, orders a month, pieces in all."""

    months: range
    lot: float
    orders: float
    pieces: float


_LEAVES: Final = (
    "Ask why the pieces get fewer: smaller lots may be the first step away from us. Check that"
    " these lots still pay for their setups."
)
_GROWS: Final = (
    "It grows while it keeps less stock: offer a blanket order with releases, and price the setups."
)
_KEEPS: Final = (
    "It keeps less stock, and is no decline: offer a blanket order with releases or kanban, price"
    " the setups, and look where setup time can be cut."
)


def _verdict(volume: Estimate) -> tuple[str, str]:
    """What became of the volume, and what to do."""
    percent = f"{abs(volume.value - 1):.0%}"
    if volume.high < 1:
        return f"and {percent} less in all", _LEAVES
    if volume.low > 1:
        return f"and {percent} more in all", _GROWS
    return "the volume is about the same", _KEEPS
