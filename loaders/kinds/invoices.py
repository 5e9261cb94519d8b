"""Invoices and credit memos, as the finance system lists them."""

import re

import numpy as np
import pandas as pd

from graphkit.batch import Batch
from graphkit.schema import Invoice, Kind
from loaders.amounts import MONEY
from loaders.days import DAY
from loaders.kinds._open_items import balances
from loaders.memos import invoices_named
from loaders.nodes import account_ids, accounts, folded, per_spelling, text_or
from loaders.shape import Complaint, Field, Rows, SheetKind, mask_of

_CREDITS = frozenset(
    {"credit memo", "credit note", "credit", "creditmemo", "refund", "accreccredit"}
)
_BILLS = frozenset({"invoice", "inv", "sales invoice", "accrec", "bill to customer"})
_NET = re.compile(r"(?:.*\bnet|.*/)\s*(\d{1,3})\b.*|(\d{1,3}) days?(?: net)?", re.IGNORECASE)
_AT_ONCE = re.compile(r"due (?:up)?on receipt|cod|c\.o\.d\.|cash on delivery|prepaid|immediate",
                      re.IGNORECASE)  # fmt: skip


def days_of_terms(terms: str) -> int | None:
    """Days that terms leave to pay; None when they do not say.

    >>> days_of_terms("2% 10 Net 30"), days_of_terms("Due on receipt"), days_of_terms("custom")
    (30, 0, None)
    """
    if _AT_ONCE.match(terms):
        return 0
    found = _NET.fullmatch(terms)
    return int(found[1] or found[2]) if found else None


def _sort(written: str) -> str:
    word = folded(written)
    return "credit" if word in _CREDITS else "invoice" if word in _BILLS else "other"


def _complete(rows: Rows) -> Rows:
    """Due days by the terms where no column has them; credit memos negative."""
    sort = per_spelling(rows.get("type"), _sort, Kind.TEXT).fillna("invoice")
    days = per_spelling(rows.get("terms"), days_of_terms, Kind.INTEGER)
    on = rows.get("invoiced_on", Kind.DATE)
    known = (on.notna() & days.notna()).to_numpy(bool)
    start = pd.to_datetime(on).to_numpy(dtype="datetime64[D]")
    added = start + days.fillna(0).to_numpy(dtype=np.int64).astype("timedelta64[D]")
    derived = pd.Series(added, dtype="datetime64[s]").astype(Kind.DATE.dtype).where(known)
    amount, balance = rows.get("amount", Kind.MONEY), rows.get("open_amount", Kind.MONEY)
    credit = mask_of(sort == "credit")
    return rows.having(
        sort=sort,
        due_on=text_or(rows.get("due_on", Kind.DATE), derived),
        amount=amount.where(~credit, -amount.abs()),
        open_amount=balance.where(~credit, -balance.abs()),
        reference=_credited(rows).where(mask_of(amount < 0) | credit),
    )


def _credited(rows: Rows) -> pd.Series:
    """The invoice that a credit memo says it is for."""
    named = per_spelling(rows.get("memo"), invoices_named, Kind.TEXT)
    return text_or(rows.get("credited"), named)


def _check(rows: Rows) -> tuple[Complaint, ...]:
    other = mask_of(rows.get("sort") == "other")
    reason = (
        "neither an invoice nor a credit memo, so not loaded from this list; "
        "payments come from the transaction list"
    )
    return (Complaint(other, "type", reason),)


def _build(rows: Rows) -> list[Batch]:
    accounts_of = account_ids(rows, "customer_id", "customer")
    number = rows.get("number")
    credit = mask_of(rows.get("sort") == "credit")
    ids = rows.source.key(number.where(~credit, "credit/" + number))
    invoices = {
        "id": ids,
        "number": number,
        "account": accounts_of,
        "invoiced_on": rows.get("invoiced_on", Kind.DATE),
        "due_on": rows.get("due_on", Kind.DATE),
        "terms": rows.get("terms"),
        "amount": rows.get("amount", Kind.MONEY),
        "open_amount": rows.get("open_amount", Kind.MONEY),
        "currency": rows.get("currency").str.upper().fillna(rows.source.currency),
        "paid_on": rows.get("paid_on", Kind.DATE),
        "reference": rows.get("reference"),
        "row": rows.at,
    }
    names = {"native_id": rows.get("customer_id"), "name": rows.get("customer")}
    return [
        accounts(rows, accounts_of, names),
        Batch.of(Invoice, invoices, source=rows.source),
        *balances(rows, ids),
    ]


KIND = SheetKind(
    name="invoices",
    doc="one invoice or credit memo",
    fields=(
        Field(
            "number",
            "an invoice number",
            "Invoice Number, Invoice No, Invoice, Invoice ID, Inv No, Document, Document "
            "Number, Voucher No",
            required=True,
        ),
        Field(
            "type",
            "the type of transaction",
            "Transaction Type, Type, Document Type, Voucher Type, Txn Type",
        ),
        Field(
            "invoiced_on",
            "the day of the invoice",
            "Invoice Date, Date, Transaction Date, Document Date, Posting Date, Billed, Bill Date",
            DAY,
            required=True,
        ),
        Field(
            "customer_id",
            "a customer number",
            "Customer ID, Customer Number, Customer Code, Account Number, Cust ID",
        ),
        Field(
            "customer",
            "a customer",
            "Customer, Customer Name, Customer Full Name, Name, Company, Company Name, "
            "Contact Name, Bill To, Client, Party",
        ),
        Field(
            "terms",
            "payment terms",
            "Terms, Payment Terms, Terms Code",
        ),
        Field(
            "due_on",
            "the day due",
            "Due Date, Due, Net Due Date, Payment Due",
            DAY,
        ),
        Field(
            "amount",
            "an amount",
            "Amount, Total, Invoice Amount, Invoice Total, Total Amount, Invoiced Amount, "
            "Original Amount, Orig Invoice Amt, Grand Total",
            MONEY,
            required=True,
        ),
        Field(
            "open_amount",
            "the balance",
            "Open Balance, Balance, Open Amount, Balance Due, Outstanding, Outstanding "
            "Amount, Open Invoice Amt, Open Invoice Amount, Invoice Amount Due, Amount Due",
            MONEY,
        ),
        Field(
            "currency",
            "a currency",
            "Currency, Currency Code",
        ),
        Field(
            "paid_on",
            "the day paid",
            "Paid Date, Date Paid, Payment Date, Paid On, Settled Date, Fully Paid On",
            DAY,
        ),
        Field(
            "credited",
            "the invoice that a credit memo is for",
            "Credited Invoice, Original Invoice, Applies To, Applied To, Return Against",
        ),
        Field(
            "memo",
            "a memo",
            "Memo/Description, Memo, Description",
        ),
    ),
    any_of=(("customer", "customer_id"),),
    against=("Account Name, Split, Posting (Y/N), Order Date, Quote No, Quote Number, SO Number"),
    key=("sort", "number"),
    complete=_complete,
    check=_check,
    build=_build,
    amount="amount",
    event="invoiced_on",
)
