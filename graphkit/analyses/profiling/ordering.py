"""What, when and how much a company orders."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.measures.month_panel import (
    MonthPanel,
    lines_that_count,
    month_panel,
    orders_that_count,
)
from graphkit.analyses.profiling.sentences import Sentence
from graphkit.analyses.profiling.subject import Subject
from graphkit.analyses.wording import counted, listed, money, month_name, tolerance, whole
from graphkit.findings import sources_of
from graphkit.schema import Finish, Material, Part, Process, Quote
from graphkit.snapshot import days_of

YEAR: Final = 12
_FEWEST_LINES: Final = 8
"""Lines of the last year; with fewer all lines say what is usual."""
_FEWEST_GAPS: Final = 5
_SHOWN: Final = 3

Days = npt.NDArray[np.datetime64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pace:
    """Orders of a company in every whole month of the shop.

    Attributes:
        first: The first month (datetime64[M]).
        orders: Orders a month.
        told: What the picture of them shows.
    """

    first: np.datetime64
    orders: tuple[int, ...]
    told: Sentence


class Ordering:
    """The orders of one company.

    Args:
        one: The company.
    """

    def __init__(self, one: Subject) -> None:
        self._one = one
        every = orders_that_count(one.snap)
        self._others = not every.empty
        self._orders = one.of(every)
        self._lines = one.of(lines_that_count(one.snap))
        self._panel = month_panel(one.snap)

    def pace(self) -> Pace | None:
        """Orders month by month; None when it has none in a whole month."""
        found = self._in_panel()
        if found is None:
            return None
        panel, at = found
        counts = panel.orders[at].astype(int)
        most = int(counts.argmax())
        without = int((counts == 0).sum())
        text = (
            f"Orders a month since {month_name(panel.first)}: {counts.max()} at the most, in"
            f" {month_name(panel.month(most))}; none in {without} of"
            f" {counted(len(counts), 'month')}."
        )
        return Pace(panel.first, tuple(counts.tolist()), Sentence(text, sources_of(self._orders)))

    def sentences(self) -> Iterator[Sentence]:
        """How much in a year, how often, in which lots, and what."""
        if self._orders.empty:
            yield self._one.unknown("orders", "Order", others=self._others)
            return
        yield from self._years()
        yield self._rhythm()
        usual = self._usual()
        if len(usual):
            yield _lots(usual)
            yield from _lead(usual)
            yield from self._mix(usual)
            yield from _tolerances(usual)
        yield from self._quotes()

    def no_leaning(self) -> Sentence:
        """That nothing it orders has moved beyond the shop's own mix."""
        if self._lines.empty:
            return self._one.unknown("order lines", "OrderLine", others=self._others)
        count = counted(len(self._lines), "order line")
        text = f"Nothing in its {count} tells a move to a process, finish, material or tolerance."
        return Sentence(text, sources_of(self._lines))

    def _in_panel(self) -> tuple[MonthPanel, int] | None:
        panel = self._panel
        if panel is None or self._one.company not in panel.customers:
            return None
        return panel, panel.customers.index(self._one.company)

    def _years(self) -> Iterator[Sentence]:
        """The last twelve whole months against those before."""
        found = self._in_panel()
        if found is None:
            return
        panel, at = found
        length = min(YEAR, panel.months)
        now = slice(panel.months - length, panel.months)
        before = slice(max(panel.months - 2 * length, 0), panel.months - length)
        text = f"In the {counted(length, 'month')} to {month_name(panel.month(panel.months - 1))}"
        text += f" it ordered {self._sum(panel, at, now)}"
        if before.stop - before.start == length:
            text += f", in the {counted(length, 'month')} before {self._sum(panel, at, before)}"
        since, until = panel.day(min(before.start, now.start)), panel.day(panel.months)
        rows = _between(self._lines if len(self._lines) else self._orders, since, until)
        cited = sources_of(rows) or sources_of(self._orders)
        yield Sentence(f"{text}.", cited)

    def _sum(self, panel: MonthPanel, at: int, months: slice) -> str:
        text = counted(float(panel.orders[at, months].sum()), "time")
        amount = float(panel.amount[at, months].sum())
        return f"{text} for {money(amount, self._one.snap.currency)}" if amount else text

    def _rhythm(self) -> Sentence:
        days = np.unique(days_of(self._orders["ordered_on"]))
        last, gaps = days[-1], np.diff(days).astype(np.float64)
        ago = int((np.datetime64(self._one.snap.as_of) - last).astype(int))
        text = f"It ordered last on {last}, {counted(ago, 'day')} ago"
        if len(gaps) >= _FEWEST_GAPS:
            text += f"; half of its orders follow the one before within {_days(np.median(gaps))}"
        return Sentence(f"{text}.", sources_of(self._orders))

    def _usual(self) -> pd.DataFrame:
        """The lines that say what is usual: of the last year, all when these are few."""
        since = np.datetime64(self._one.snap.as_of) - np.timedelta64(365, "D")
        recent = _between(self._lines, since, np.datetime64(self._one.snap.as_of) + 1)
        return recent if len(recent) >= _FEWEST_LINES else self._lines

    def _mix(self, lines: pd.DataFrame) -> Iterator[Sentence]:
        columns = (("process", "Processes", Process), ("material", "Materials", Material))
        for column, heading, entity in columns:
            yield from _most(lines, column, heading, self._one.names(entity))
        yield from _most(lines, "finish", "Finishes", self._one.names(Finish))
        parts = self._one.snap.frame(Part)
        numbers = dict(zip(parts["id"], parts["number"], strict=True))
        yield from _most(lines, "part", "Parts", numbers)

    def _quotes(self) -> Iterator[Sentence]:
        quotes = self._one.of(self._one.snap.frame(Quote))
        since = np.datetime64(self._one.snap.as_of) - np.timedelta64(365, "D")
        quotes = quotes[days_of(quotes["quoted_on"]) >= since]
        if quotes.empty:
            return
        states = quotes["status"].value_counts()
        told = [f"{states[one]} {one}" for one in ("won", "lost", "open") if one in states]
        text = f"It asked for {counted(len(quotes), 'quote')} in the year to {self._one.snap.as_of}"
        yield Sentence(f"{text}: {listed(told)}." if told else f"{text}.", sources_of(quotes))


def _between(rows: pd.DataFrame, since: np.datetime64, until: np.datetime64) -> pd.DataFrame:
    days = days_of(rows["ordered_on"])
    return rows[(days >= since) & (days < until)]


def _span(lines: pd.DataFrame) -> str:
    """How many lines, and since when."""
    first = days_of(lines["ordered_on"]).min().astype("datetime64[M]")
    return f"{counted(len(lines), 'order line')} since {month_name(first)}"


def _lots(lines: pd.DataFrame) -> Sentence:
    low, usual, high = np.percentile(lines["quantity"].to_numpy(dtype=np.float64), [25, 50, 75])
    text = (
        f"A usual lot is {counted(whole(usual), 'piece')}; half of the lots are between"
        f" {whole(low):,.0f} and {whole(high):,.0f} ({_span(lines)})."
    )
    return Sentence(text, sources_of(lines))


def _lead(lines: pd.DataFrame) -> Iterator[Sentence]:
    """How long we promise, and how often we were late."""
    ordered, promised, shipped = (
        days_of(lines[name]) for name in ("ordered_on", "promised_on", "shipped_on")
    )
    known = ~np.isnat(promised)
    if not known.any():
        return
    text = f"We promise it {_days(np.median((promised - ordered)[known].astype(np.float64)))}"
    text += " from the order as a rule"
    done = known & ~np.isnat(shipped)
    if done.any():
        late = int((shipped > promised)[done].sum())
        text += f"; {late} of {counted(int(done.sum()), 'line')} shipped were late"
    yield Sentence(f"{text}.", sources_of(lines[known]))


def _days(days: float) -> str:
    return counted(whole(days), "day")


def _most(
    lines: pd.DataFrame, column: str, heading: str, names: Mapping[str, str]
) -> Iterator[Sentence]:
    """What most lines have of something."""
    known = lines[lines[column].notna()]
    if known.empty:
        return
    counts = known[column].map(names).fillna(known[column]).value_counts()
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    told = [f"{name} on {count:,}" for name, count in ranked[:_SHOWN]]
    rest = len(ranked) - _SHOWN
    more = f", and {rest} more" if rest > 0 else ""
    share = f"of {counted(len(lines), 'order line')}"
    yield Sentence(f"{heading}: {'; '.join(told)} {share}{more}.", sources_of(known))


def _tolerances(lines: pd.DataFrame) -> Iterator[Sentence]:
    stated = lines[(lines["tolerance"] > 0).to_numpy(dtype=bool, na_value=False)]
    if stated.empty:
        return
    values = stated["tolerance"].to_numpy(dtype=np.float64)
    text = (
        f"Tolerances are {tolerance(float(np.median(values)))} as a rule and"
        f" {tolerance(float(values.min()))} at the tightest"
        f" ({counted(len(stated), 'order line')} with one)."
    )
    yield Sentence(text, sources_of(stated))
