"""Payments: money that arrived, with the invoice it names in its memo."""

import numpy as np

from graphkit.batch import Batch
from graphkit.schema import Kind, Payment
from loaders.amounts import MONEY
from loaders.days import DAY
from loaders.kinds._transactions import TRANSACTIONS
from loaders.memos import invoices_named
from loaders.nodes import account_ids, accounts, folded, hashed, per_spelling, text_or
from loaders.shape import Complaint, Field, Rows, SheetKind, mask_of

_PAYMENTS = frozenset({"payment", "receive payment", "customer payment", "receipt", "pmt",
                       "payment received", "deposit payment"})  # fmt: skip
_OTHERS = (TRANSACTIONS - {"deposit"}) | {
    "invoice", "sales invoice", "credit memo", "credit note", "sales receipt", "cash sale",
    "refund", "refund receipt", "credit refund", "statement charge", "finance charge",
}  # fmt: skip


def _complete(rows: Rows) -> Rows:
    """The invoice named, and an id: cheque numbers come again, so all of a payment makes it up."""
    stated = rows.get("invoice")
    reference = text_or(stated, per_spelling(rows.get("memo"), invoices_named, Kind.TEXT))
    rows = rows.having(reference=reference)
    return rows.having(
        id=hashed(
            rows, ("paid_on", "customer_id", "customer", "number", "memo", "invoice", "amount")
        )
    )


def _check(rows: Rows) -> tuple[Complaint, ...]:
    sort = per_spelling(rows.get("type"), folded, Kind.TEXT)
    other = sort.notna().to_numpy(bool) & ~sort.isin(_PAYMENTS).to_numpy(bool)
    reason = "no payment of a customer, so not loaded from this list; leave it out"
    return (Complaint(other, "type", reason),)


def _leave_out(rows: Rows) -> dict[str, np.ndarray]:
    sort = per_spelling(rows.get("type"), folded, Kind.TEXT)
    return {
        "deposits, which only bring payments to the bank": mask_of(sort == "deposit"),
        "other transactions, no payments of customers": mask_of(sort.isin(_OTHERS)),
    }


def _build(rows: Rows) -> list[Batch]:
    accounts_of = account_ids(rows, "customer_id", "customer")
    payments = {
        "id": rows.source.key(rows.get("id")),
        "number": rows.get("number"),
        "account": accounts_of,
        "paid_on": rows.get("paid_on", Kind.DATE),
        "amount": rows.get("amount", Kind.MONEY),
        "currency": rows.get("currency").str.upper().fillna(rows.source.currency),
        "reference": rows.get("reference"),
        "row": rows.at,
    }
    names = {"native_id": rows.get("customer_id"), "name": rows.get("customer")}
    return [
        accounts(rows, accounts_of, names),
        Batch.of(Payment, payments, source=rows.source),
    ]


KIND = SheetKind(
    name="payments",
    doc="one payment",
    fields=(
        Field(
            "paid_on",
            "the day of the payment",
            "Payment Date, Date Paid, Paid Date, Date Received, Received, Date, Transaction"
            " Date, Posting Date",
            DAY,
            required=True,
        ),
        Field(
            "type",
            "the type of transaction",
            "Transaction Type, Type, Txn Type",
        ),
        Field(
            "number",
            "a cheque number",
            "Num, Payment Number, Check Number, Cheque Number, Check No, Reference Number, "
            "Ref No, Payment No",
        ),
        Field(
            "customer_id",
            "a customer number",
            "Customer ID, Customer Number, Customer Code",
        ),
        Field(
            "customer",
            "a customer",
            "Name, Customer, Customer Name, Customer Full Name, Received From, Payer, Company",
        ),
        Field(
            "memo",
            "a memo",
            "Memo, Memo/Description, Description, Reference, Note, Remittance",
        ),
        Field(
            "invoice",
            "an invoice number",
            "Invoice Number, Invoice No, Applied To, Invoice, Applied Invoice",
        ),
        Field(
            "amount",
            "an amount",
            "Amount, Payment Amount, Amount Received, Amount Paid, Total, Paid",
            MONEY,
            required=True,
        ),
        Field(
            "currency",
            "a currency",
            "Currency, Currency Code",
        ),
    ),
    any_of=(("customer", "customer_id"),),
    against="Open Balance, Due Date, Terms, Invoice Date, Order Date, Quote No, Quantity, Qty",
    key=("id",),
    complete=_complete,
    check=_check,
    leave_out=_leave_out,
    build=_build,
    amount="amount",
    event="paid_on",
)
