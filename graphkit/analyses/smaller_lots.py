"""Who orders smaller lots more often: neither decline nor growth, but another way of buying."""

import dataclasses
from collections.abc import Iterator
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from graphkit.analyses.measures.company_rows import CompanyRows, line_rows
from graphkit.analyses.measures.month_panel import (
    MonthPanel,
    month_panel,
)
from graphkit.analyses.wording import counted, months_named, quoted, when_enough
from graphkit.findings import Effect, Evidence, Finding, Level, Ref, level_of
from graphkit.plugins import analysis
from graphkit.snapshot import Snapshot
from graphkit.statistics.censored import Estimate
from graphkit.statistics.multiplicity import benjamini_hochberg, stouffer

KIND: Final = "smaller-lots-more-often"
LEAST_LINES: Final = 30
LEAST_QUARTERS: Final = 8
_QUARTER: Final = 3
_YEAR: Final = 12
_GATE: Final = 0.2
"""Both signs must be there: neither p-value may be above it."""
_INTERVAL: Final = 0.9
_PIECES_UNSEEN: Final = 1.0
"""Pieces taken for those of a quarter without an order, whose logarithm is not known."""
_DETECTED: Final = 2.49
"""Standard errors of a change that one test in five misses: those of .05 and .20 one-sided."""

Floats = npt.NDArray[np.float64]

CYPHER: Final = """\
MATCH (c:Company {id: $id})-[:PLACED]->(o:Order)-[:HAS_LINE]->(l:OrderLine)
WHERE coalesce(o.status, "") <> "cancelled" AND NOT EXISTS { (o)-[:REPEATS]->() }
  AND coalesce(l.status, "") <> "cancelled"
RETURN date.truncate("quarter", o.ordered_on) AS quarter, count(DISTINCT o) AS orders,
       round(avg(l.quantity), 1) AS lot, sum(l.quantity) AS pieces
ORDER BY quarter"""


@dataclasses.dataclass(frozen=True, slots=True)
class _Course:
    """What a customer ordered, month by month since its first order.

    Attributes:
        orders: Orders.
        lines: Order lines.
        pieces: Pieces.
    """

    orders: Floats
    lines: Floats
    pieces: Floats

    @classmethod
    def of(cls, panel: MonthPanel, customer: int) -> "_Course":
        begin = int(panel.start[customer])
        return cls(*(one[customer, begin:] for one in (panel.orders, panel.lines, panel.pieces)))

    @property
    def by_quarter(self) -> "_Course":
        """The same, added up over each three months, counted back from the last."""
        first = len(self.orders) % _QUARTER
        return _Course(
            *(
                one[first:].reshape(-1, _QUARTER).sum(axis=1)
                for one in (self.orders, self.lines, self.pieces)
            )
        )

    @property
    def lots(self) -> Floats:
        """Mean pieces a line; NaN where there was none."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where((self.lines > 0) & (self.pieces > 0), self.pieces / self.lines, np.nan)

    @property
    def enough(self) -> bool:
        """Whether there is enough to test."""
        quarters = int(np.isfinite(self.by_quarter.lots).sum())
        return self.lines.sum() >= LEAST_LINES or quarters >= LEAST_QUARTERS


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
    courses = [_Course.of(panel, customer) for customer in range(len(panel.customers))]
    p = np.array([_both(one) if one.enough else np.nan for one in courses])
    q = benjamini_hochberg(p)
    asked = int(np.isfinite(p).sum())
    for customer, course in enumerate(courses):
        if not course.enough:
            yield _Told(snap, panel, rows, customer, course).too_little()
            continue
        change = _change(course.by_quarter.lots)
        level = level_of(p[customer], q[customer])
        if level is not None and change.value <= largest_ratio:
            told = _Told(snap, panel, rows, customer, course)
            yield told.smaller(level, change, p=float(p[customer]), q=float(q[customer]), of=asked)


def _both(course: _Course) -> float:
    """p-value of smaller lots and more orders together; 1 where one of them is not there."""
    months = np.arange(len(course.orders))
    had = np.isfinite(course.lots)
    smaller = _trend(months[had], np.log(course.lots[had]), "less")
    oftener = _trend(months, course.orders, "greater")
    if max(smaller, oftener) > _GATE:
        return 1.0
    return float(stouffer(np.array(smaller), np.array(oftener)))


def _trend(months: npt.NDArray[np.int64], values: Floats, way: Literal["less", "greater"]) -> float:
    """One-sided p-value of a Mann-Kendall test; 1 where the values tell nothing."""
    found = stats.kendalltau(months, values, alternative=way).pvalue
    return float(found) if np.isfinite(found) else 1.0


def _change(quarters: Floats) -> Estimate:
    """The ratio of the last quarter to the first, by Theil and Sen's slope of the logarithm."""
    at = np.flatnonzero(np.isfinite(quarters))
    if len(at) < 3:  # noqa: PLR2004 - two have a slope and no interval
        return Estimate(np.nan, np.nan, np.nan)
    found = stats.theilslopes(np.log(quarters[at]), at, _INTERVAL)
    span = at[-1] - at[0]
    slopes = (found.slope, found.low_slope, found.high_slope)
    return Estimate(*(float(np.exp(slope * span)) for slope in slopes))


@dataclasses.dataclass(frozen=True, slots=True)
class _Told:
    """What is told of one customer."""

    snap: Snapshot
    panel: MonthPanel
    rows: CompanyRows
    customer: int
    course: _Course

    @property
    def _subject(self) -> Ref:
        return self.snap.ref(self.panel.customers[self.customer])

    def smaller(self, level: Level, lots: Estimate, *, p: float, q: float, of: int) -> Finding:
        """That its lots are smaller and its orders more, and what became of the volume."""
        subject, course = self._subject, self.course
        pieces = course.by_quarter.pieces
        volume = _change(np.where(pieces > 0, pieces, _PIECES_UNSEEN))
        span = min(_YEAR, len(course.orders) // 2)
        before, now = _part(course, slice(None, span)), _part(course, slice(-span, None))
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
            evidence=(
                *self._figures(before, slice(None, span)),
                *self._figures(now, slice(-span, None)),
            ),
            effect=Effect(lots.value, lots.low, lots.high, "last lot / first lot"),
            p=p,
            q=q,
            n=int(course.lines.sum()),
            test=(
                "Mann-Kendall trends of mean lot (falling) and orders (rising) over"
                f" {counted(len(course.orders), 'month')}, put together by Stouffer, neither above"
                f" {_GATE}; changes are Theil and Sen's over quarters; Benjamini-Hochberg over"
                f" {counted(of, 'customer')}"
            ),
            advice=advice,
            cypher=CYPHER.replace("$id", quoted(subject.id)),
            value=round(float(self.panel.amount[self.customer, -_YEAR:].sum())),
            details={
                "volume": {"ratio": volume.value, "low": volume.low, "high": volume.high},
                "lot_before": before.lot,
                "lot_now": now.lot,
                "orders_a_month_before": before.orders,
                "orders_a_month_now": now.orders,
            },
        )

    def _figures(self, part: "_Part", months: slice) -> tuple[Evidence, ...]:
        begin = int(self.panel.start[self.customer])
        at = range(len(self.course.orders))[months]
        first, last = begin + at[0], begin + at[-1]
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
        subject, course = self._subject, self.course
        lines, months = int(course.lines.sum()), len(course.orders)
        pace = lines / max(months, 1)
        wait = int(np.ceil((LEAST_LINES - lines) / pace)) if pace > 0 else -1
        when = when_enough(self.panel.month(self.panel.months - 1), wait)
        scatter = np.log(course.lots[np.isfinite(course.lots)])
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
            cypher=CYPHER.replace("$id", quoted(subject.id)),
            details={"months_until_enough": wait},
        )


@dataclasses.dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of months: mean pieces a line, orders a month, pieces in all."""

    lot: float
    orders: float
    pieces: float


def _part(course: _Course, months: slice) -> _Part:
    lines, pieces = course.lines[months].sum(), course.pieces[months].sum()
    lot = pieces / lines if lines else float("nan")
    return _Part(float(lot), float(course.orders[months].mean()), float(pieces))


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
