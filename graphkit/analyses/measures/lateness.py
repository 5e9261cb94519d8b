"""How many days late every invoice was paid; one that is open is late so far, and counting."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.schema import Invoice, SettledBy
from graphkit.snapshot import Snapshot, days_of
from graphkit.statistics.censored import Times

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Days = npt.NDArray[np.datetime64]

_CENT: Final = 100  # ten-thousandths; less than that is not owed


@dataclasses.dataclass(frozen=True, slots=True)
class Lateness:
    """Invoices with a due date of which it is known whether they are paid; customer by customer.

    Attributes:
        rows: The invoices, as in the graph.
        times: Customer, days late, and whether it is paid.
        due: Day on which it was due.
        open: What is still owed, in ten-thousandths of the workspace's currency.
        untold: How many invoices were left out because they are paid but nothing says when.
    """

    rows: pd.DataFrame
    times: Times
    due: Days
    open: Floats
    untold: int

    def span(self, customer: int) -> slice:
        """Where the entries of one customer are."""
        first, last = np.searchsorted(self.times.customer, [customer, customer + 1]).tolist()
        return slice(first, last)

    def open_balance(self, customers: int) -> Floats:
        """What each customer owes, in ten-thousandths."""
        owed = np.bincount(self.times.customer, weights=self.open, minlength=customers)
        return owed.astype(np.float64)


def lateness(snap: Snapshot, customers: list[str]) -> Lateness:
    """Days from due to paid of every invoice of these customers, as known at the end of the day.

    The day of payment is the one the export states, else that of the payment which settled the
    last of it. An invoice whose money came after `as_of` is open, whatever balance an export of
    today gives it. Invoices that an export calls paid, without a payment to show when, say nothing
    about days and are left out.

    Args:
        snap: Needs Invoice; SettledBy where invoices have no `paid_on`.
        customers: Company ids; the numbers in `times.customer` are positions in this list.
    """
    bills = snap.frame(Invoice)
    who = pd.Index(customers).get_indexer(pd.Index(bills["company"].to_numpy(object)))
    amount = bills["amount"].to_numpy(dtype=np.float64)
    due = days_of(bills["due_on"])
    settled, last = _settlements(snap, bills["id"])
    stated = days_of(bills["paid_on"])
    balance = bills["open_amount"].to_numpy(dtype=np.float64, na_value=np.nan)
    later = bills["id"].isin(snap.settled_later).to_numpy(dtype=bool)
    tells = bool((~np.isnat(stated)).any() or (settled > 0).any())
    covered = (settled >= amount - _CENT) | ((balance < _CENT) & ~later & ~np.isnat(last))
    paid = np.where(np.isnat(stated) & covered, last, stated)
    ended = ~np.isnat(paid)
    still_open = ~ended & (later | (balance >= _CENT) | (np.isnan(balance) & tells))
    usable = (who >= 0) & (amount > 0) & ~np.isnat(due)
    kept = np.flatnonzero(usable & (ended | still_open))
    kept = kept[np.lexsort((due[kept], who[kept]))]
    as_of = np.datetime64(snap.as_of)
    days = (np.where(ended, paid, as_of) - due).astype(np.float64)
    ours = (bills["currency"].isna() | (bills["currency"] == snap.currency)).to_numpy(dtype=bool)
    left = np.where(later | np.isnan(balance), amount - settled, balance)
    owed = np.where(still_open & ours, np.maximum(left, 0.0), 0.0)
    return Lateness(
        bills.iloc[kept],
        Times(who[kept].astype(np.int64), days[kept], ended[kept]),
        due[kept],
        owed[kept],
        int((usable & ~ended & ~still_open).sum()),
    )


def _settlements(snap: Snapshot, invoices: pd.Series) -> tuple[Floats, Days]:
    """How much of each invoice was paid, and when the last of it came (NaT when none did)."""
    applied = snap.frame(SettledBy)
    at = pd.Index(invoices.to_numpy(object)).get_indexer(pd.Index(applied["from_id"]))
    known = at >= 0
    amounts = applied["amount"].to_numpy(dtype=np.float64)[known]
    total = np.bincount(at[known], weights=amounts, minlength=len(invoices))
    last = np.full(len(invoices), np.datetime64("1900-01-01", "D"))
    np.maximum.at(last, at[known], days_of(applied["on"])[known])
    paid = np.isin(np.arange(len(invoices)), at[known])
    return total.astype(np.float64), np.where(paid, last, np.datetime64("NaT"))
