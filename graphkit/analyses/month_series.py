"""What findings are about, month by month: orders, days late, shares, tolerances and lots."""

import dataclasses
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.leaning.mix import shares, tolerances
from graphkit.analyses.measures.lateness import lateness
from graphkit.analyses.measures.month_panel import lines_that_count, month_panel
from graphkit.schema import Invoice
from graphkit.snapshot import Snapshot

Floats = npt.NDArray[np.float64]
Key = tuple[str, str]
"""Id of the subject, and of the object; empty where there is none."""

_MOST_LATE: Final = 120.0
"""Days; one forgotten invoice does not make a half-year."""
_GRACE: Final = 10.0


@dataclasses.dataclass(frozen=True, slots=True)
class Series:
    """A mean, month by month: what is added up, over how much; and how much evidence that is.

    Attributes:
        keys: What it is of, one a row.
        first: The first month (datetime64[M]).
        sums: Added up; rows by months.
        counts: Over how much.
        weight: In orders, lines or invoices.
    """

    keys: list[Key]
    first: np.datetime64
    sums: Floats
    counts: Floats
    weight: Floats

    def span(self, month: np.datetime64, begin: int, end: int) -> "Span | None":
        """The months from `begin` to before `end`, counted from a month.

        Returns:
            None where the series does not reach that far.
        """
        at = int((month - self.first).astype(np.int64))
        if at + begin < 0 or at + end > self.sums.shape[1]:
            return None
        those = slice(at + begin, at + end)
        sums, counts = self.sums[:, those], self.counts[:, those]
        count = counts.sum(axis=1)
        mean = np.where(count > 0, sums.sum(axis=1) / np.maximum(count, 1e-9), np.nan)
        off = sums - np.nan_to_num(mean)[:, None] * counts
        return Span(
            end - begin, mean, count, (off**2).sum(axis=1), self.weight[:, those].sum(axis=1)
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Span:
    """Some months of a series, one entry a key.

    Attributes:
        months: How many.
        mean: Their mean; not a number where nothing was counted.
        count: Over how much.
        squares: How far the months' sums are off that mean, squared and added up.
        weight: In orders, lines or invoices.
    """

    months: int
    mean: Floats
    count: Floats
    squares: Floats
    weight: Floats

    def error_beside(self, other: "Span") -> Floats:
        """Standard error of the difference of two means, from how much the months scatter.

        Bursts and one big month count: it takes nothing for independent but months.

        Args:
            other: Other months of the same series.
        """
        scatter = (self.squares + other.squares) / (self.months + other.months - 2)
        shares = [one.months / np.maximum(one.count, 1e-9) ** 2 for one in (self, other)]
        return np.asarray(np.sqrt(scatter * sum(shares)))


def orders(snap: Snapshot) -> Series | None:
    """Orders a month of each customer, since its first one."""
    panel = month_panel(snap)
    if panel is None:
        return None
    since = np.arange(panel.months) >= panel.start[:, None]
    keys = [(one, "") for one in panel.customers]
    return Series(keys, panel.first, panel.orders, since.astype(np.float64), panel.orders)


def orders_of_industries(snap: Snapshot) -> Series | None:
    """Orders of each industry, over those of all other customers."""
    panel = month_panel(snap)
    if panel is None:
        return None
    named = snap.companies.loc[panel.customers, "industry"]
    industries = sorted(set(named.dropna()))
    member = np.array([(named == one).fillna(value=False) for one in industries], dtype=np.float64)
    own = member.reshape(len(industries), len(named)) @ panel.orders
    others = panel.orders.sum(axis=0) - own
    return Series([(one, "") for one in industries], panel.first, own, others, own)


def days_late(snap: Snapshot) -> Series | None:
    """Days late of the invoices of each customer, by the month in which they fell due."""
    return _invoices(snap, lambda days: np.minimum(days, _MOST_LATE))


def late_invoices(snap: Snapshot) -> Series | None:
    """Share of the invoices of each customer that are more than ten days late."""
    return _invoices(snap, lambda days: (days > _GRACE).astype(np.float64))


def _invoices(snap: Snapshot, measure: Callable[[Floats], Floats]) -> Series | None:
    customers = sorted(set(snap.frame(Invoice)["company"].dropna()))
    late = lateness(snap, customers)
    month = late.due.astype("datetime64[M]")
    inside = month <= snap.last_whole_month
    if not inside.any():
        return None
    first = month[inside].min()
    months = int((snap.last_whole_month - first).astype(np.int64)) + 1
    at = (month[inside] - first).astype(np.int64)
    cell = late.times.customer[inside] * months + at
    size = len(customers) * months

    def added(values: Floats) -> Floats:
        total = np.bincount(cell, weights=values, minlength=size)
        return np.asarray(total.reshape(-1, months), dtype=np.float64)

    counts = added(np.ones(len(cell)))
    sums = added(measure(late.times.days[inside]))
    return Series([(one, "") for one in customers], first, sums, counts, counts)


def share_of(aspect: str) -> Callable[[Snapshot], Series | None]:
    """Share of the order lines of each customer that are of each process, finish or material.

    Args:
        aspect: process, finish or material.
    """

    def series(snap: Snapshot) -> Series | None:
        panel = month_panel(snap)
        if panel is None:
            return None
        lines = lines_that_count(snap)
        keys: list[Key] = []
        sums, counts = [], []
        for mix in shares(snap, panel, lines, aspect):
            assert mix.value is not None  # noqa: S101 - of a share
            keys += [(one, mix.value.id) for one in panel.customers]
            sums.append(mix.sums)
            counts.append(mix.counts)
        if not keys:
            return None
        many = np.concatenate(counts)
        return Series(keys, panel.first, np.concatenate(sums), many, many)

    return series


def tightness(snap: Snapshot) -> Series | None:
    """How tight the tolerances of each customer are: the logarithm, 2 for .01 mm, 3 for .001."""
    panel = month_panel(snap)
    if panel is None:
        return None
    mix = tolerances(panel, lines_that_count(snap))
    keys = [(one, "") for one in panel.customers]
    return Series(keys, panel.first, mix.sums, mix.counts, mix.counts)


def lots(snap: Snapshot) -> Series | None:
    """Pieces an order line of each customer."""
    panel = month_panel(snap)
    if panel is None:
        return None
    keys = [(one, "") for one in panel.customers]
    return Series(keys, panel.first, panel.pieces, panel.lines, panel.lines)
