"""A builder of small known shops: customers with orders by month, and how late they pay."""

import dataclasses
import datetime as dt
import zlib
from collections.abc import Iterable, Sequence

import numpy as np
import pytest

from graphkit.schema import Industry, Invoice, Order, OrderLine, Part, Payment, Process, SettledBy
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from graphkit.store.base import GraphStore
from tests.graph_rows import put, put_companies

END = dt.date(2026, 6, 30)
RECENT = 5  # months before END in which customers may behave differently


@dataclasses.dataclass(frozen=True)
class Customer:
    """One customer: orders a month up to that of END, and days late before and recently."""

    name: str
    orders: Sequence[int]
    industry: str | None = None
    late: int | None = None
    late_recently: int | None = None
    cancelled: frozenset[int] = frozenset()  # positions of cancelled orders
    pieces: int | Sequence[int] = 10  # of every order, or of each
    parent: str | None = None

    def pieces_of(self, order: int) -> int:
        """Pieces of an order, by its position."""
        return self.pieces if isinstance(self.pieces, int) else self.pieces[order]


def order_days(orders: Sequence[int]) -> list[dt.date]:
    """Days for so many orders a month, the last month that of END, spread over each month."""
    first = END.year * 12 + END.month - len(orders)
    return [
        dt.date((first + month) // 12, (first + month) % 12 + 1, 1 + 27 * number // count)
        for month, count in enumerate(orders)
        for number in range(count)
    ]


def recently(day: dt.date) -> bool:
    """Whether a day is in the recent months."""
    return (END.year - day.year) * 12 + END.month - day.month < RECENT


class Shop:
    """A store that is filled customer by customer.

    Args:
        store: Where the rows go.
    """

    def __init__(self, store: GraphStore) -> None:
        self.store = store

    def fill(self, customers: Iterable[Customer]) -> "Shop":
        """Write the customers with their orders, lines, invoices and payments; call it once."""
        known = list(customers)
        markets = sorted({one.industry for one in known if one.industry})
        put(self.store, Industry, id=markets or ["none"], name=markets or ["none"])
        put(self.store, Process, id=["milling"], name=["CNC Milling"])
        put_companies(
            self.store,
            [one.name for one in known],
            industry=[one.industry for one in known],
            parent=[one.parent for one in known],
        )
        self._orders(known)
        self._invoices([one for one in known if one.late is not None])
        return self

    def snapshot(self, as_of: dt.date = END) -> Snapshot:
        """What was known at the end of a day."""
        return Snapshot(self.store, as_of)

    def _orders(self, known: list[Customer]) -> None:
        rows = [
            (f"{one.name}-{at}", f"erp:{one.name}", day, at in one.cancelled, one.pieces_of(at))
            for one in known
            for at, day in enumerate(order_days(one.orders))
        ]
        ids, accounts, days, cancelled, pieces = (
            list(column) for column in zip(*rows, strict=True)
        )
        status = ["cancelled" if gone else "shipped" for gone in cancelled]
        common = {"account": accounts, "ordered_on": days, "status": status}
        parts = [f"{account}-part" for account in accounts]
        put(self.store, Part, id=sorted(set(parts)), number=sorted(set(parts)))
        put(self.store, Order, id=ids, number=ids, **common)
        put(
            self.store,
            OrderLine,
            id=[f"{one}/1" for one in ids],
            order=ids,
            line=["1"] * len(ids),
            part=parts,
            process=["milling"] * len(ids),
            quantity=[float(count) for count in pieces],
            amount=[count * 1_000_000 for count in pieces],
            minutes=[6.0] * len(ids),
            **common,
        )

    def _invoices(self, known: list[Customer]) -> None:
        """One invoice an order, due after thirty days and paid around the usual lateness."""
        bills, paid = [], []
        for one in known:
            chance = np.random.default_rng(zlib.crc32(one.name.encode()))
            for at, ordered in enumerate(order_days(one.orders)):
                number, due = f"inv-{one.name}-{at}", ordered + dt.timedelta(days=40)
                late = one.late_recently if recently(due) else one.late
                came = due + dt.timedelta(days=int((late or 0) + chance.integers(-4, 5)))
                owed = 0 if came <= END else 10_000_000
                bills.append(
                    (number, f"erp:{one.name}", ordered + dt.timedelta(days=10), due, owed)
                )
                if came <= END:
                    paid.append((number, f"erp:{one.name}", came))
        if not bills:
            return
        ids, accounts, days, due, owed = (list(column) for column in zip(*bills, strict=True))
        put(
            self.store,
            Invoice,
            id=ids,
            number=ids,
            account=accounts,
            invoiced_on=days,
            due_on=due,
            amount=[10_000_000] * len(ids),
            open_amount=owed,
        )
        if not paid:
            return
        ids, accounts, days = (list(column) for column in zip(*paid, strict=True))
        payments = [f"pay-{one}" for one in ids]
        amounts = [10_000_000] * len(ids)
        put(self.store, Payment, id=payments, account=accounts, paid_on=days, amount=amounts)
        put(self.store, SettledBy, from_id=ids, to_id=payments, on=days, amount=amounts)


def steady(seed: int, rate: float = 3.0, months: int = 36) -> list[int]:
    """Orders a month of somebody with whom nothing happens."""
    return np.random.default_rng(seed).poisson(rate, months).tolist()


def falling(seed: int, rate: float = 3.0, months: int = 36, *, to: float = 0.25) -> list[int]:
    """Orders a month of somebody who orders less in the last months."""
    chance = np.random.default_rng(seed)
    pace = np.where(np.arange(months) >= months - RECENT, rate * to, rate)
    return chance.poisson(pace).tolist()


@pytest.fixture
def shop(tmp_path):
    """An empty shop in an embedded store."""
    with open_store(tmp_path / "graph.duckdb") as store:
        yield Shop(store)
