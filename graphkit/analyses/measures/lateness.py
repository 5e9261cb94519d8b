"""How many days late every invoice was paid; one that is open is late so far, and counting."""

import dataclasses
import datetime as dt
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.measures.settled import Settled, settled
from graphkit.schema import Invoice
from graphkit.snapshot import Snapshot, days_of, in_currency
from graphkit.statistics.censored import Times

GRACE: Final = 10.0
"""Days after the due date that nobody calls late, unless a shop says otherwise."""

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]

_CENT: Final = 100  # ten-thousandths; less than that is not owed


@dataclasses.dataclass(frozen=True, slots=True)
class Lateness:
    """Invoices with a due date of which it is known whether they are paid; customer by customer.

    Attributes:
        rows: The invoices: id, file_id and row of each.
        times: Customer, days late, and whether it is paid; where only bounds of the day are known,
            days late at the least.
        most: Days late at the most: the same as in `times` where the day is known.
        due: Day on which it was due.
        open: What is still owed, in ten-thousandths of the workspace's currency.
        balances: What each customer owes: with invoices that say no due date, and less the credit
            memos that were not applied yet.
        untold: How many invoices were left out because they are paid but nothing says when.
    """

    rows: pd.DataFrame
    times: Times
    most: Floats
    due: Days
    open: Floats
    balances: Floats
    untold: int

    def span(self, customer: int) -> slice:
        """Where the entries of one customer are."""
        first, last = np.searchsorted(self.times.customer, [customer, customer + 1]).tolist()
        return slice(first, last)

    def overdue(self, as_of: dt.date) -> Floats:
        """What each customer owes that was due before a day, and no more than it owes in all.

        Args:
            as_of: The day.
        """
        past = np.where(self.due < np.datetime64(as_of), self.open, 0.0)
        due = np.bincount(self.times.customer, weights=past, minlength=len(self.balances))
        return np.minimum(due, self.balances)

    def cautious(self, recent: Bools) -> Floats:
        """Days late such that no recent invoice is later, and no earlier one sooner, than known.

        Args:
            recent: Which are recent.
        """
        return np.where(recent, self.times.days, self.most)


def lateness(snap: Snapshot, customers: list[str]) -> Lateness:
    """Days from due to paid of every invoice of these customers, as known at the end of the day.

    The day of payment is the one the export states, else that of the payment which settled the
    last of it, else it is bounded by two lists of open items: one that has it and a later one that
    does not. An invoice whose money came after `as_of` is open, whatever balance an export of today
    gives it. Where nothing but lists of open items says anything of payments, one that is still
    open is known to be so up to the day of its last list only.

    What a credit memo takes off is not owed; an invoice taken back as a whole is neither paid nor
    late. Invoices that an export calls paid, with nothing to show when, say nothing about days and
    are left out.

    Args:
        snap: Needs Invoice; SettledBy or PaidBetween where invoices have no `paid_on`.
        customers: Company ids; the numbers in `times.customer` are positions in this list.
    """
    bills = snap.frame(Invoice)
    who = pd.Index(customers).get_indexer(pd.Index(bills["company"].to_numpy(object)))
    amount = bills["amount"].to_numpy(dtype=np.float64)
    due = days_of(bills["due_on"])
    known = settled(snap, bills["id"])
    state = _state(snap, bills, amount, known)
    usable = (who >= 0) & (amount - known.credited > _CENT) & (amount > 0) & ~np.isnat(due)
    kept = np.flatnonzero(usable & (state.ended | state.open))
    kept = kept[np.lexsort((due[kept], who[kept]))]
    least = (state.earliest - due).astype(np.float64)
    most = (state.latest - due).astype(np.float64)
    owed = np.where(in_currency(bills, snap.currency), state.owed, 0.0)
    theirs = who >= 0
    total = np.bincount(who[theirs], weights=owed[theirs], minlength=len(customers))
    return Lateness(
        bills[["id", "file_id", "row"]].iloc[kept],
        Times(who[kept].astype(np.int64), least[kept], state.ended[kept]),
        most[kept],
        due[kept],
        np.maximum(owed[kept], 0.0),
        np.maximum(total, 0.0),
        int((usable & ~state.ended & ~state.open).sum()),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _State:
    """One entry an invoice.

    Attributes:
        ended: Whether it is paid, and it is known when.
        open: Whether it is known to be open.
        earliest: First day on which it may have been paid; while open the last day it was so.
        latest: Last such day.
        owed: What is left to pay, in ten-thousandths; below zero for a credit memo.
    """

    ended: Bools
    open: Bools
    earliest: Days
    latest: Days
    owed: Floats


def _state(snap: Snapshot, bills: pd.DataFrame, amount: Floats, known: Settled) -> _State:
    balance = bills["open_amount"].to_numpy(dtype=np.float64, na_value=np.nan)
    later = bills["id"].isin(snap.settled_later | snap.listed_later).to_numpy(dtype=bool)
    balance = np.where(later, np.nan, balance)  # it is that of a later day
    left_open = np.where(amount < 0, np.fmax(balance, known.seen), np.fmin(balance, known.seen))
    stated, due = days_of(bills["paid_on"]), np.maximum(amount - known.credited, 0.0)
    came = ~np.isnat(known.last)
    covered = came & ((known.paid >= due - _CENT) | (left_open < _CENT))
    paid = np.where(np.isnat(stated) & covered, known.last, stated)
    bounded = np.isnat(paid) & ~np.isnat(known.latest)
    ended = ~np.isnat(paid) | bounded
    dated = bool((~np.isnat(stated)).any() or came.any())
    tells = dated or bool(bounded.any())
    is_open = ~ended & (later | (left_open >= _CENT) | (np.isnan(left_open) & tells))
    until = np.full(len(bills), np.datetime64(snap.as_of))
    if not dated:
        until = np.where(np.isnat(known.seen_on), until, known.seen_on)
    left = np.fmin(due - known.paid, left_open)
    unused = -np.fmin(-amount - known.credited, -left_open)
    return _State(
        ended,
        is_open,
        np.where(bounded, known.earliest, np.where(ended, paid, until)),
        np.where(bounded, known.latest, np.where(ended, paid, until)),
        np.where(
            amount < 0,
            np.where(bounded, 0.0, np.minimum(unused, 0.0)),
            np.where(is_open, np.maximum(left, 0.0), 0),
        ),
    )
