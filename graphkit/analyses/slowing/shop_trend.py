"""What the questions about slowing share: the shop's months, its customers' drops and payments."""

import dataclasses
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.measures.company_rows import CompanyRows, line_rows, order_rows
from graphkit.analyses.measures.lateness import Lateness, lateness
from graphkit.analyses.measures.month_panel import MonthPanel, month_panel
from graphkit.analyses.slowing.order_drop import OrderDrop, order_drop
from graphkit.analyses.slowing.paying_later import Delay, PayingLater, delay_of, paying_later
from graphkit.findings import Ref
from graphkit.schema import Industry
from graphkit.snapshot import Snapshot
from graphkit.statistics.multiplicity import peer_weights

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SIGN = 0.10  # a customer whose payments have this p-value is a peer of others who pay later
_YEAR_AGO = 0.80  # who orders more than this share of a year ago has a season, not a slowdown


@dataclasses.dataclass(frozen=True, slots=True)
class Options:
    """What a shop may set.

    Attributes:
        window: Usual length of the recent window, in months.
        largest_ratio: A recent rate above this share of the one before is no slowdown.
        least_shift: Days; fewer later than before is not paying later.
        permutations: Of months and of labels.
        seed: Of the permutations.
    """

    window: int
    largest_ratio: float
    least_shift: float
    permutations: int
    seed: int


@dataclasses.dataclass(frozen=True)
class ShopTrend:
    """The shop's customers, what they ordered and how they paid, tested once for all questions.

    Attributes:
        snap: The graph.
        panel: Customers by months.
        industry_ids: Industries of the customers, sorted.
        industry: Each customer's position in `industry_ids`; -1 where its industry is not known.
        drop: Who orders less.
        late: Days late of every invoice.
        paying: Who pays later.
        options: What the shop has set.
    """

    snap: Snapshot
    panel: MonthPanel
    industry_ids: list[str]
    industry: Ints
    drop: OrderDrop
    late: Lateness
    paying: PayingLater
    options: Options

    @classmethod
    def of(cls, snap: Snapshot, options: Options) -> "ShopTrend | None":
        """Test every customer; None where there is no whole month with an order."""
        panel = month_panel(snap)
        if panel is None:
            return None
        industries, industry = _industries(snap, panel.customers)
        drop = order_drop(
            panel,
            industry,
            window=options.window,
            permutations=options.permutations,
            seed=options.seed,
        )
        late = lateness(snap, panel.customers)
        paying = paying_later(
            late,
            len(panel.customers),
            since=[
                panel.day(panel.months - months)
                for months in range(options.window, max(options.window - 3, 0), -1)
            ],
            as_of=np.datetime64(snap.as_of, "D"),
        )
        return cls(snap, panel, industries, industry, drop, late, paying, options)

    @cached_property
    def industry_names(self) -> dict[str, str]:
        """Name by Industry id."""
        rows = self.snap.frame(Industry)
        return dict(zip(rows["id"], rows["name"], strict=True))

    @cached_property
    def group(self) -> npt.NDArray[np.object_]:
        """The group each customer belongs to: the id of its parent, else its own."""
        companies = self.snap.companies.loc[self.panel.customers]
        return np.asarray(companies["parent"].fillna(companies["id"]).to_numpy(object))

    @cached_property
    def weights(self) -> Floats:
        """How much each customer's orders count, judged by others of its market and payment."""
        payers = np.where(self.paying.tested, self.paying.p <= _SIGN, -1).astype(np.int64)
        return peer_weights(self.drop.p, [self.industry, payers])

    @property
    def orders(self) -> CompanyRows:
        """Orders that count, by company."""
        return order_rows(self.snap)

    @property
    def lines(self) -> CompanyRows:
        """Order lines that count, by company."""
        return line_rows(self.snap)

    @cached_property
    def _delays(self) -> dict[int, Delay]:
        return {}

    def delay(self, customer: int) -> Delay:
        """How late a customer pays, before and recently; kept, since several questions ask."""
        if customer not in self._delays:
            self._delays[customer] = delay_of(self.late, self.paying, customer)
        return self._delays[customer]

    def fell(self, customer: int) -> bool:
        """Whether it orders clearly less than before, and than in the same months a year ago."""
        now, year_ago = self.drop.counts.recent[customer], self.drop.year_ago[customer]
        return not is_season(now, year_ago) and bool(
            self.drop.ratio.value[customer] <= self.options.largest_ratio
        )

    def ref(self, customer: int) -> Ref:
        """A customer as the subject of a finding."""
        return self.snap.ref(self.panel.customers[customer])

    def recent_since(self, customer: int) -> np.datetime64:
        """First day of the window in which a customer's drop is clearest."""
        return self.panel.day(self.panel.months - int(self.drop.window[customer]))

    @property
    def recent_until(self) -> np.datetime64:
        """The day after the last whole month."""
        return self.panel.day(self.panel.months)

    def money_at_stake(self, customers: Sequence[int], ratio: float) -> int:
        """What a year at the recent pace brings less than one at the pace before.

        Args:
            customers: Positions.
            ratio: Their recent pace over that before, the season taken off.
        """
        before = 0.0
        for one in customers:
            end = self.panel.months - int(self.drop.window[one])
            months = float(self.drop.counts.before_months[one])
            before += float(self.panel.amount[one, :end].sum()) / months
        return max(round(before * 12 * (1 - ratio)), 0)


def _industries(snap: Snapshot, customers: list[str]) -> tuple[list[str], Ints]:
    """Industries of these customers, and which of them each is in; -1 where it is not known."""
    column = snap.companies.loc[customers, "industry"]
    ids = sorted(set(column.dropna()))
    found = pd.Index(ids, dtype=object).get_indexer(pd.Index(column.to_numpy(object)))
    return ids, found.astype(np.int64)


def is_season(now: float, year_ago: float) -> bool:
    """Whether the same months of earlier years brought hardly more; no where there are none.

    Args:
        now: Orders in the recent window.
        year_ago: Orders in the same months of earlier years, on average; NaN without any.
    """
    return bool(now > _YEAR_AGO * year_ago)
