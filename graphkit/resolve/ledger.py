"""What is left to pay of each invoice, and to apply of each payment and credit memo."""

import collections
import dataclasses
from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.resolve.numbers import bare_number
from graphkit.schema import Kind

Ints = npt.NDArray[np.int64]
Days = npt.NDArray[np.datetime64]

_STATED: Final = np.timedelta64(7, "D")
"""A bank's day and that of the books lie this much apart at most; a payment that lies further from
the day on which an invoice was paid, as the export says, paid another one."""


@dataclasses.dataclass(frozen=True, slots=True)
class Ledger:
    """One company's rows in one currency, in order of day, by position.

    Attributes:
        invoices: What was billed.
        credits: Credit memos.
        payments: What was paid.
    """

    invoices: list[int] = dataclasses.field(default_factory=list)
    credits: list[int] = dataclasses.field(default_factory=list)
    payments: list[int] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class Applied:
    """An amount of a payment or credit memo that went to an invoice; by position."""

    invoice: int
    source: int
    amount: int
    inferred: bool


@dataclasses.dataclass(slots=True)
class Books:
    """What is left of everything, by position, in ten-thousandths.

    Attributes:
        due: Left to pay of each invoice; nothing of a credit memo.
        settled: The part of `due` which the export says is paid.
        spare: Left to apply of each credit memo, as far as the export says that it was applied.
        left: Left of each payment.
        invoiced: Day of each invoice or credit memo.
        stated: Day on which the export says that it was paid; NaT where it does not.
        seen: Last day on which a list of open items shows all of it open; NaT where none does.
        paid: Day of each payment.
        payments: What was applied of payments.
        credits: What was applied of credit memos.
    """

    due: Ints
    settled: Ints
    spare: Ints
    left: Ints
    invoiced: Days
    stated: Days
    seen: Days
    paid: Days
    payments: list[Applied] = dataclasses.field(default_factory=list)
    credits: list[Applied] = dataclasses.field(default_factory=list)

    @classmethod
    def of(
        cls, bills: pd.DataFrame, money: pd.DataFrame, seen_open: Mapping[str, np.datetime64]
    ) -> "Books":
        """The books before anything is applied.

        Args:
            bills: Frame of schema.Invoice, credit memos below zero.
            money: Frame of schema.Payment.
            seen_open: Last day on which all of an invoice was seen open, by id.
        """
        never = np.datetime64("NaT", "D")
        amount = _integers(bills["amount"])
        balance = _integers(bills["open_amount"])
        balance = np.where(bills["open_amount"].isna(), 0, balance)
        return cls(
            due=np.maximum(amount, 0),
            settled=np.where(amount > 0, amount - balance, 0),
            spare=np.maximum(np.where(amount < 0, balance - amount, 0), 0),
            left=_integers(money["amount"]),
            invoiced=_days(bills["invoiced_on"]),
            stated=_days(bills["paid_on"]),
            seen=np.array([seen_open.get(one, never) for one in bills["id"]], "datetime64[D]"),
            paid=_days(money["paid_on"]),
        )

    def pay(self, invoice: int, payment: int, amount: int, *, inferred: bool) -> None:
        """Apply an amount of a payment to an invoice."""
        self.due[invoice] -= amount
        self.settled[invoice] -= amount
        self.left[payment] -= amount
        self.payments.append(Applied(invoice, payment, amount, inferred))

    def credit(self, invoice: int, memo: int, amount: int, *, inferred: bool) -> None:
        """Apply an amount of a credit memo to an invoice."""
        self.due[invoice] -= amount
        self.settled[invoice] -= amount
        self.spare[memo] -= amount
        self.credits.append(Applied(invoice, memo, amount, inferred))

    def payable(self, invoices: list[int], payment: int) -> list[int]:
        """Those that a payment may have paid whole: not younger than it, nor said paid elsewhere.

        Those that are said to have been paid on its day come first.
        """
        day = self.paid[payment]
        told, others = [], []
        for one in invoices:
            if self.due[one] <= 0 or self._too_young(one, day):
                continue
            if np.isnat(self.stated[one]):
                others.append(one)
            elif abs(self.stated[one] - day) <= _STATED:
                told.append(one)
        return told + others

    def partly_payable(self, invoice: int, payment: int) -> bool:
        """Whether a part of it may have been paid by a payment."""
        day = self.paid[payment]
        late = not np.isnat(self.stated[invoice]) and day > self.stated[invoice] + _STATED
        return not late and not self._too_young(invoice, day)

    def _too_young(self, invoice: int, day: np.datetime64) -> bool:
        """Whether it was billed after a day, or all of it was still open at the end of it."""
        return bool(self.invoiced[invoice] > day or self.seen[invoice] >= day)


@dataclasses.dataclass(frozen=True, slots=True)
class Parties:
    """Who owes what to whom: company and currency of each row, by position; empty for unknown."""

    billed: list[tuple[str, str]]
    payer: list[tuple[str, str]]

    @classmethod
    def of(
        cls, bills: pd.DataFrame, money: pd.DataFrame, account_to_company: Mapping[str, str]
    ) -> "Parties":
        """Of invoices and payments, through the companies of their accounts."""
        return cls(_parties(bills, account_to_company), _parties(money, account_to_company))

    def ledgers(self, amounts: pd.Series) -> list[Ledger]:
        """Each company's rows by currency, of those that paid or were credited something.

        Args:
            amounts: Of the invoices; credit memos below zero.
        """
        found: dict[tuple[str, str], Ledger] = collections.defaultdict(Ledger)
        below = (_integers(amounts) < 0).tolist()
        for position, party in enumerate(self.billed):
            if party[0]:
                book = found[party]
                (book.credits if below[position] else book.invoices).append(position)
        for position, party in enumerate(self.payer):
            if party[0]:
                found[party].payments.append(position)
        return [one for _, one in sorted(found.items()) if one.payments or one.credits]

    def named(
        self, numbers: pd.Series, amounts: pd.Series
    ) -> dict[tuple[str, str, str], list[int]]:
        """Positions of invoices by company, currency and number; no credit memos."""
        found: dict[tuple[str, str, str], list[int]] = collections.defaultdict(list)
        above = (_integers(amounts) > 0).tolist()
        for position, number in enumerate(numbers.tolist()):
            if above[position]:
                found[*self.billed[position], bare_number(number)].append(position)
        return found


def _parties(rows: pd.DataFrame, account_to_company: Mapping[str, str]) -> list[tuple[str, str]]:
    accounts = rows["account"].to_numpy(dtype=object, na_value="")
    currencies = rows["currency"].to_numpy(dtype=object, na_value="")
    return [
        (account_to_company.get(account, account) if account else "", currency)
        for account, currency in zip(accounts, currencies, strict=True)
    ]


def _integers(column: pd.Series) -> Ints:
    return column.to_numpy(dtype="int64", na_value=0).copy()


def _days(column: pd.Series) -> Days:
    times = column.astype(Kind.TIME.dtype)  # pandas cannot convert dates with empty ones among them
    days = times.to_numpy(dtype="datetime64[us]", na_value=np.datetime64("NaT"))
    return days.astype("datetime64[D]")
