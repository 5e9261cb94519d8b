"""What settled which invoice, payment or credit memo: by reference, else by amount and age."""

import dataclasses
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd

from graphkit.batch import Batch
from graphkit.resolve.ledger import Applied, Books, Ints, Ledger, Parties
from graphkit.resolve.numbers import numbers_in
from graphkit.schema import CreditedBy, Relationship, SettledBy, frame_of

_LONGEST_RUN = 60
"""Open invoices of a company among which a payment for several is looked for, oldest first."""


@dataclasses.dataclass(frozen=True, slots=True)
class Settlement:
    """What became of invoices.

    Attributes:
        paid: Frame of schema.SettledBy.
        credited: Frame of schema.CreditedBy.
    """

    paid: pd.DataFrame
    credited: pd.DataFrame


def settle(
    invoices: pd.DataFrame,
    payments: pd.DataFrame,
    account_to_company: Mapping[str, str],
    seen_open: Mapping[str, np.datetime64] = MappingProxyType({}),
) -> Settlement:
    """Which payment and which credit memo settled which invoice, and how much of it.

    A reference is believed when both are one company's and of one currency. What is left is matched
    within a company and currency. A credit memo goes to the youngest older invoice of exactly its
    amount. Then a payment goes to the invoice on which exactly its amount is open, or to several in
    order of age, or to these less a credit memo that was taken with it. What remains of credit
    memos, then of payments, goes to the oldest open invoices.

    Without a reference a payment settles no invoice that is younger than itself, of which the
    export says that it was paid on another day, or of which all was still open on a later day.
    Where the export says how much is open, the settled part is matched before the open one, and of
    credit memos only what was applied.

    Args:
        invoices: Frame of schema.Invoice; credit memos have amounts below zero.
        payments: Frame of schema.Payment.
        account_to_company: Company by account.
        seen_open: Last day on which all of an invoice was seen open, by id.

    Returns:
        Both sorted by id; `inferred` where no reference says it.
    """
    bills = invoices.sort_values(["invoiced_on", "id"]).reset_index(drop=True)
    money = payments.sort_values(["paid_on", "id"]).reset_index(drop=True)
    books, parties = Books.of(bills, money, seen_open), Parties.of(bills, money, account_to_company)
    _by_reference(books, parties, bills, money)
    for ledger in parties.ledgers(bills["amount"]):
        _credits_by_amount(books, ledger)
        _by_amount(books, ledger)
        _credits_by_age(books, ledger)
        _by_age(books, ledger)
    credited_on = [
        max(books.invoiced[one.invoice], books.invoiced[one.source]) for one in books.credits
    ]
    paid_on = [books.paid[one.source] for one in books.payments]
    return Settlement(
        _frame(SettledBy, books.payments, bills["id"], money["id"], paid_on),
        _frame(CreditedBy, books.credits, bills["id"], bills["id"], credited_on),
    )


def _by_reference(books: Books, parties: Parties, bills: pd.DataFrame, money: pd.DataFrame) -> None:
    """Apply credit memos and then payments to the invoices that they name."""
    named = parties.named(bills["number"], bills["amount"])
    said = bills["reference"].to_numpy(dtype=object, na_value="")
    for memo in np.flatnonzero((said != "") & (books.spare > 0)).tolist():
        for number in numbers_in(said[memo]):
            for invoice in named.get((*parties.billed[memo], number), ()):
                amount = min(int(books.spare[memo]), int(books.due[invoice]))
                if amount > 0:
                    books.credit(invoice, memo, amount, inferred=False)
    said = money["reference"].to_numpy(dtype=object, na_value="")
    for payment in np.flatnonzero(said != "").tolist():
        for number in numbers_in(said[payment]):
            for invoice in named.get((*parties.payer[payment], number), ()):
                amount = min(int(books.left[payment]), int(books.due[invoice]))
                if amount > 0:
                    books.pay(invoice, payment, amount, inferred=False)


def _credits_by_amount(books: Books, ledger: Ledger) -> None:
    """Credit memos that take back exactly one invoice: the youngest that is not younger."""
    for memo in ledger.credits:
        amount = int(books.spare[memo])
        if amount <= 0:
            continue
        old = [one for one in ledger.invoices if books.invoiced[one] <= books.invoiced[memo]]
        for invoice in _exact(books.settled, old[::-1], amount):
            books.credit(invoice, memo, amount, inferred=True)


def _by_amount(books: Books, ledger: Ledger) -> None:
    """Payments that equal what is open on one invoice, or on several that follow in age."""
    waiting = ledger.invoices
    for payment in ledger.payments:
        amount = int(books.left[payment])
        if amount <= 0:
            continue
        waiting = [one for one in waiting if books.due[one] > 0]
        old = books.payable(waiting, payment)
        chosen = _adding_up(books, old, amount)
        if not chosen:
            chosen = _less_a_credit(books, ledger, old, payment)
        for invoice in chosen:
            due = min(int(books.due[invoice]), int(books.left[payment]))
            books.pay(invoice, payment, due, inferred=True)


def _adding_up(books: Books, old: list[int], amount: int) -> list[int]:
    """Invoices on which exactly `amount` is open: one, else several; the settled part first."""
    chosen = _exact(books.settled, old, amount) or _exact(books.due, old, amount)
    by_age = sorted(old)
    return chosen or _run(books.settled, by_age, amount) or _run(books.due, by_age, amount)


def _less_a_credit(books: Books, ledger: Ledger, old: list[int], payment: int) -> list[int]:
    """Invoices that a payment settles together with a credit memo, which is applied to them."""
    for memo in ledger.credits:
        spare = int(books.spare[memo])
        if spare <= 0 or books.invoiced[memo] > books.paid[payment]:
            continue
        chosen = _adding_up(books, old, int(books.left[payment]) + spare)
        for invoice in chosen:
            amount = min(int(books.spare[memo]), int(books.due[invoice]))
            if amount > 0:
                books.credit(invoice, memo, amount, inferred=True)
        if chosen:
            return [one for one in chosen if books.due[one] > 0]
    return []


def _exact(open_amounts: Ints, invoices: list[int], amount: int) -> list[int]:
    """The first invoice on which exactly `amount` is open."""
    return next(([one] for one in invoices if open_amounts[one] == amount), [])


def _run(open_amounts: Ints, invoices: list[int], amount: int) -> list[int]:
    """Invoices that follow each other in age and add up to `amount`, the oldest first."""
    some = [one for one in invoices if open_amounts[one] > 0][:_LONGEST_RUN]
    sums = np.concatenate([[0], np.cumsum(open_amounts[some])]) if some else np.zeros(1)
    where = {int(total): position for position, total in enumerate(sums.tolist())}
    for first, before in enumerate(sums.tolist()):
        last = where.get(int(before) + amount)
        if last is not None and last > first:
            return some[first:last]
    return []


def _credits_by_age(books: Books, ledger: Ledger) -> None:
    """What remains of credit memos goes to the oldest invoices, older or younger than they are."""
    for memo in ledger.credits:
        for invoice in ledger.invoices:
            amount = min(int(books.spare[memo]), int(books.settled[invoice]))
            if amount > 0 and np.isnat(books.stated[invoice]):
                books.credit(invoice, memo, amount, inferred=True)


def _by_age(books: Books, ledger: Ledger) -> None:
    """What remains of payments goes to the oldest invoices, first to what is said to be paid."""
    for part in (books.settled, books.due):
        for payment in ledger.payments:
            for invoice in ledger.invoices:
                if books.left[payment] <= 0:
                    break
                amount = min(int(books.left[payment]), int(part[invoice]), int(books.due[invoice]))
                if amount > 0 and books.partly_payable(invoice, payment):
                    books.pay(invoice, payment, amount, inferred=True)


def _frame(
    entity: type[Relationship],
    applied: Sequence[Applied],
    bills: pd.Series,
    sources: pd.Series,
    days: Sequence[np.datetime64],
) -> pd.DataFrame:
    """One row for each pair of an invoice and what was applied to it."""
    if not applied:
        return frame_of(entity)
    rows = pd.DataFrame([dataclasses.astuple(one) for one in applied])
    rows.columns = pd.Index(["invoice", "source", "amount", "inferred"])
    total = (
        rows.assign(on=days)
        .groupby(["invoice", "source"], sort=True, as_index=False)
        .agg({"amount": "sum", "inferred": "all", "on": "max"})
    )
    columns = {
        "from_id": bills.take(total["invoice"].to_numpy()),
        "to_id": sources.take(total["source"].to_numpy()),
        "amount": total["amount"],
        "on": total["on"].astype("datetime64[s]"),
        "inferred": total["inferred"],
    }
    made = frame_of(entity, columns).drop(columns="id")
    return Batch.of(entity, made).frame.sort_values("id").reset_index(drop=True)
