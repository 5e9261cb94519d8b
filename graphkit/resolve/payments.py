"""Which payment settled which invoice: by reference, else inferred from amount and age."""

import collections
import dataclasses
from collections.abc import Mapping

import numpy as np
import pandas as pd

from graphkit.batch import Batch
from graphkit.resolve.numbers import bare_number, numbers_in
from graphkit.schema import SettledBy, frame_of

_LONGEST_RUN = 60
"""Open invoices of a company among which a payment for several is looked for, oldest first."""


@dataclasses.dataclass(slots=True)
class _Ledger:
    """Invoices and payments of one company and currency, in order of day, and what is left of each.

    Attributes:
        invoices: Positions of invoices.
        payments: Positions of payments.
    """

    invoices: list[int]
    payments: list[int]


@dataclasses.dataclass(slots=True)
class _Books:
    """What is left to settle and to apply, by position.

    Attributes:
        due: Left of each invoice, in ten-thousandths.
        settled: The part of `due` which the export says is paid.
        left: Left of each payment.
        invoiced: Day of each invoice.
        paid: Day of each payment.
        rows: What was applied: invoice, payment, amount, inferred.
    """

    due: np.ndarray
    settled: np.ndarray
    left: np.ndarray
    invoiced: np.ndarray
    paid: np.ndarray
    rows: list[tuple[int, int, int, bool]]

    def apply(self, invoice: int, payment: int, amount: int, *, inferred: bool) -> None:
        """Apply an amount of a payment to an invoice."""
        self.due[invoice] -= amount
        self.settled[invoice] -= amount
        self.left[payment] -= amount
        self.rows.append((invoice, payment, amount, inferred))


def settle(
    invoices: pd.DataFrame, payments: pd.DataFrame, account_to_company: Mapping[str, str]
) -> pd.DataFrame:
    """Which payment settled which invoice, and how much of it.

    A reference is believed when invoice and payment are one company's. What is left is matched
    within a company and currency: first a payment that equals what is open on one invoice, or on
    several in order of age, the oldest first; then what remains goes to the oldest open invoices. A
    payment never settles an invoice that is younger than itself. Where the export says how much of
    an invoice is open, the settled part is matched before the open one.

    Args:
        invoices: Frame of schema.Invoice.
        payments: Frame of schema.Payment.
        account_to_company: Company by account.

    Returns:
        Frame of schema.SettledBy, sorted by id; `inferred` where no reference says it.
    """
    bills = invoices.sort_values(["invoiced_on", "id"]).reset_index(drop=True)
    money = payments.sort_values(["paid_on", "id"]).reset_index(drop=True)
    amount = _integers(bills["amount"])
    settled = amount - np.where(bills["open_amount"].isna(), 0, _integers(bills["open_amount"]))
    books = _Books(
        due=amount.copy(),
        settled=settled,
        left=_integers(money["amount"]),
        invoiced=_days(bills["invoiced_on"]),
        paid=_days(money["paid_on"]),
        rows=[],
    )
    bill_company = _companies(bills["account"], account_to_company)
    payer = _companies(money["account"], account_to_company)
    _by_reference(books, bills, money, bill_company, payer)
    for ledger in _ledgers(bills, money, bill_company, payer):
        _by_amount(books, ledger)
        _by_age(books, ledger)
    return _frame(books, bills, money)


def _integers(column: pd.Series) -> np.ndarray:
    return column.to_numpy(dtype="int64", na_value=0).copy()


def _days(column: pd.Series) -> np.ndarray:
    days = column.to_numpy(dtype="datetime64[us]", na_value=np.datetime64("NaT"))
    return days.astype("datetime64[D]")


def _companies(accounts: pd.Series, account_to_company: Mapping[str, str]) -> list[str]:
    return [
        account_to_company.get(one, one) if one else ""
        for one in accounts.to_numpy(dtype=object, na_value="")
    ]


def _by_reference(
    books: _Books,
    bills: pd.DataFrame,
    money: pd.DataFrame,
    bill_company: list[str],
    payer: list[str],
) -> None:
    """Apply payments to the invoices that they name."""
    position_of: dict[tuple[str, str], list[int]] = collections.defaultdict(list)
    for position, number in enumerate(bills["number"].tolist()):
        position_of[bill_company[position], bare_number(number)].append(position)
    references = money["reference"].to_numpy(dtype=object, na_value="")
    for payment in np.flatnonzero(references != "").tolist():
        for number in numbers_in(references[payment]):
            for invoice in position_of.get((payer[payment], number), ()):
                amount = min(int(books.left[payment]), int(books.due[invoice]))
                if amount > 0:
                    books.apply(invoice, payment, amount, inferred=False)


def _ledgers(
    bills: pd.DataFrame, money: pd.DataFrame, bill_company: list[str], payer: list[str]
) -> list[_Ledger]:
    """Each company's invoices and payments by currency, in order of day."""
    found: dict[tuple[str, str], _Ledger] = collections.defaultdict(lambda: _Ledger([], []))
    for position, currency in enumerate(bills["currency"].to_numpy(dtype=object, na_value="")):
        if bill_company[position]:
            found[bill_company[position], currency].invoices.append(position)
    for position, currency in enumerate(money["currency"].to_numpy(dtype=object, na_value="")):
        if payer[position]:
            found[payer[position], currency].payments.append(position)
    return [found[key] for key in sorted(found) if found[key].payments]


def _by_amount(books: _Books, ledger: _Ledger) -> None:
    """Payments that equal what is open on one invoice, or on several that follow in age."""
    waiting = [one for one in ledger.invoices if books.due[one] > 0]
    for payment in ledger.payments:
        amount = int(books.left[payment])
        if amount <= 0:
            continue
        old = [one for one in waiting if books.invoiced[one] <= books.paid[payment]]
        chosen = _exact(books.settled, old, amount) or _exact(books.due, old, amount)
        chosen = chosen or _run(books.settled, old, amount) or _run(books.due, old, amount)
        for invoice in chosen:
            books.apply(invoice, payment, int(books.due[invoice]), inferred=True)
        if chosen:
            waiting = [one for one in waiting if books.due[one] > 0]


def _exact(open_amounts: np.ndarray, invoices: list[int], amount: int) -> list[int]:
    """The oldest invoice on which exactly `amount` is open."""
    return next(([one] for one in invoices if open_amounts[one] == amount), [])


def _run(open_amounts: np.ndarray, invoices: list[int], amount: int) -> list[int]:
    """Invoices that follow each other in age and add up to `amount`, the oldest first."""
    some = [one for one in invoices if open_amounts[one] > 0][:_LONGEST_RUN]
    sums = np.concatenate([[0], np.cumsum(open_amounts[some])]) if some else np.zeros(1)
    where = {int(total): position for position, total in enumerate(sums.tolist())}
    for first, before in enumerate(sums.tolist()):
        last = where.get(int(before) + amount)
        if last is not None and last > first:
            return some[first:last]
    return []


def _by_age(books: _Books, ledger: _Ledger) -> None:
    """What remains of payments goes to the oldest invoices, first to what is said to be paid."""
    for part in (books.settled, books.due):
        for payment in ledger.payments:
            for invoice in ledger.invoices:
                if books.left[payment] <= 0:
                    break
                amount = min(int(books.left[payment]), int(part[invoice]), int(books.due[invoice]))
                if amount > 0 and books.invoiced[invoice] <= books.paid[payment]:
                    books.apply(invoice, payment, amount, inferred=True)


def _frame(books: _Books, bills: pd.DataFrame, money: pd.DataFrame) -> pd.DataFrame:
    if not books.rows:
        return frame_of(SettledBy)
    invoice, payment, amount, inferred = (np.array(one) for one in zip(*books.rows, strict=True))
    applied = pd.DataFrame(
        {"invoice": invoice, "payment": payment, "amount": amount, "inferred": inferred}
    )
    total = applied.groupby(["invoice", "payment"], sort=True, as_index=False).agg(
        {"amount": "sum", "inferred": "all"}
    )
    columns = {
        "from_id": bills["id"].take(total["invoice"].to_numpy()),
        "to_id": money["id"].take(total["payment"].to_numpy()),
        "amount": total["amount"],
        "on": money["paid_on"].take(total["payment"].to_numpy()),
        "inferred": total["inferred"],
    }
    made = frame_of(SettledBy, columns).drop(columns="id")
    return Batch.of(SettledBy, made).frame.sort_values("id").reset_index(drop=True)
