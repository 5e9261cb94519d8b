"""Invoices and credit memos, as the finance system lists them."""

import re

import numpy as np
import pandas as pd

from graphkit.batch import Batch
from graphkit.schema import Invoice, Kind
from loaders.amounts import MONEY, NUMBER
from loaders.days import DAY
from loaders.kinds._open_items import balances
from loaders.kinds._transactions import TRANSACTIONS
from loaders.memos import invoices_named
from loaders.nodes import account_ids, accounts, folded, per_spelling, rounded_product, text_or
from loaders.shape import Complaint, Field, Rows, SheetKind, mask_of

_CREDITS = frozenset({"credit memo", "credit note", "credit", "creditmemo", "refund",
                      "refund receipt", "sales credit note", "accreccredit"})  # fmt: skip
_BILLS = frozenset({"invoice", "inv", "sales invoice", "accrec", "bill to customer"})
_SALES = frozenset({"sales receipt", "cash sale"})
"""Paid on the spot."""
_NO_BILLS = frozenset({"voided", "void", "deleted", "draft", "cancelled", "canceled", "submitted",
                       "awaiting approval", "pro forma", "proforma"})  # fmt: skip
_OTHERS = TRANSACTIONS | {"payment", "receive payment", "customer payment", "payment entry",
                          "sales overpayment", "sales prepayment"}  # fmt: skip
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
    if word in _SALES:
        return "sale"
    return "credit" if word in _CREDITS else "invoice" if word in _BILLS else "other"


def _complete(rows: Rows) -> Rows:
    """Due days by the terms where no column has them; credit memos negative; sales paid at once."""
    sort = per_spelling(rows.get("type"), _sort, Kind.TEXT).fillna("invoice")
    days = per_spelling(rows.get("terms"), days_of_terms, Kind.INTEGER)
    on = rows.get("invoiced_on", Kind.DATE)
    known = (on.notna() & days.notna()).to_numpy(bool)
    start = pd.to_datetime(on).to_numpy(dtype="datetime64[D]")
    added = start + days.fillna(0).to_numpy(dtype=np.int64).astype("timedelta64[D]")
    derived = pd.Series(added, dtype="datetime64[s]").astype(Kind.DATE.dtype).where(known)
    amount, balance = rows.get("amount", Kind.MONEY), rows.get("open_amount", Kind.MONEY)
    returned = rows.get("returned", Kind.MONEY)
    alone = mask_of(returned > 0) & ~mask_of(amount != 0)
    sort, amount = sort.where(~alone, "credit"), amount.where(~alone, returned)
    credit, paid = mask_of(sort == "credit"), rows.get("paid_on", Kind.DATE)
    line = rounded_product(rows.get("quantity", Kind.NUMBER), rows.get("unit_price", Kind.MONEY))
    return rows.having(
        sort=sort,
        due_on=text_or(rows.get("due_on", Kind.DATE), derived),
        amount=amount.where(~credit, -amount.abs()),
        line_amount=text_or(rows.get("line_amount", Kind.MONEY), line),
        open_amount=balance.where(~credit, -balance.abs()),
        reference=_credited(rows).where(mask_of(amount < 0) | credit),
        paid_on=paid.where(~(mask_of(sort == "sale") & paid.isna().to_numpy(bool)), on),
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
    amounts = (rows.get("amount", Kind.MONEY), rows.get("line_amount", Kind.MONEY))
    nothing = text_or(*amounts).isna().to_numpy(bool)
    return (
        Complaint(other, "type", reason),
        Complaint(nothing, "unit_price", "no quantity, so the line has no amount"),
    )


def _leave_out(rows: Rows) -> dict[str, np.ndarray]:
    state, sort = (per_spelling(rows.get(name), folded, Kind.TEXT) for name in ("state", "type"))
    return {
        "drafts, voided or cancelled, so nobody owes them": mask_of(state.isin(_NO_BILLS)),
        "payments or other transactions, no invoices": mask_of(sort.isin(_OTHERS)),
    }


def _together(rows: Rows) -> Rows:
    """Invoices of their lines: an amount that each line repeats counts once, others add up."""
    codes = pd.factorize(rows.get("sort") + "\x1f" + rows.get("number"))[0]
    first = ~pd.Series(codes).duplicated().to_numpy(bool)
    plain = {name: rows.get(name) for name in rows.columns}
    groups = pd.DataFrame(plain).groupby(codes, sort=False)
    columns = groups.first().reset_index(drop=True)
    total = rows.get("line_amount", Kind.MONEY).groupby(codes, sort=False).sum(min_count=1)
    total = total.reset_index(drop=True).astype(Kind.MONEY.dtype)
    credit = mask_of(columns["sort"] == "credit")
    columns["amount"] = text_or(columns["amount"], total.where(~credit, -total.abs()))
    at = rows.at[first].reset_index(drop=True)
    cells = rows.cells[first].reset_index(drop=True)
    return Rows(rows.source, at, {str(name): columns[name] for name in columns}, cells)


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
        "amount": text_or(rows.get("amount", Kind.MONEY), rows.get("line_amount", Kind.MONEY)),
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
            "Number, Voucher No, Rechnungsnummer, Rechnungsnr, Rechnung, Belegnummer, "
            "Número de factura, Factura, Numéro de facture, N facture, Facture",
            required=True,
        ),
        Field(
            "type",
            "the type of transaction",
            "Transaction Type, Type, Document Type, Voucher Type, Txn Type, Belegart",
        ),
        Field(
            "invoiced_on",
            "the day of the invoice",
            "Invoice Date, Date, Transaction Date, Document Date, Posting Date, Billed, Bill Date, "
            "Rechnungsdatum, Belegdatum, Datum, Fecha de factura, Fecha factura, Fecha, "
            "Date de facture, Date facture",
            DAY,
            required=True,
        ),
        Field(
            "customer_id",
            "a customer number",
            "Customer ID, Customer Number, Customer Code, Account Number, Cust ID, Kundennummer, "
            "Kundennr, Numéro client, Código de cliente",
        ),
        Field(
            "customer",
            "a customer",
            "Customer, Customer Name, Customer Full Name, Name, Company, Company Name, "
            "Contact Name, Bill To, Client, Party, Kunde, Kundenname, Cliente, "
            "Nombre del cliente, Nom du client",
        ),
        Field(
            "terms",
            "payment terms",
            "Terms, Payment Terms, Terms Code, Zahlungsbedingungen, Condiciones de pago, "
            "Conditions de paiement",
        ),
        Field(
            "due_on",
            "the day due",
            "Due Date, Due, Net Due Date, Payment Due, Fälligkeitsdatum, Fällig am, Fälligkeit, "
            "Fecha de vencimiento, Vencimiento, Date d'échéance, Échéance",
            DAY,
        ),
        Field(
            "amount",
            "an amount",
            "Amount, Total, Invoice Amount, Invoice Total, Total Amount, Invoiced Amount, "
            "Original Amount, Orig Invoice Amt, Grand Total, Rechnungsbetrag, Gesamtbetrag, "
            "Betrag, Importe total, Importe, Montant total, Montant, Montant TTC",
            MONEY,
        ),
        Field("line_amount", "the amount of a line", "", MONEY),
        Field("quantity", "the quantity of a line", "", NUMBER),
        Field("unit_price", "the price of one piece", "", MONEY),
        Field("returned", "what a credit note gives back", "", MONEY),
        Field(
            "open_amount",
            "the balance",
            "Open Balance, Balance, Open Amount, Balance Due, Outstanding, Outstanding "
            "Amount, Open Invoice Amt, Open Invoice Amount, Invoice Amount Due, Amount Due, "
            "Offener Betrag, Offen, Saldo, Saldo pendiente, Solde, Solde dû",
            MONEY,
        ),
        Field(
            "currency",
            "a currency",
            "Currency, Currency Code, Währung, Moneda, Devise",
        ),
        Field(
            "paid_on",
            "the day paid",
            "Paid Date, Date Paid, Payment Date, Paid On, Settled Date, Fully Paid On, "
            "Bezahlt am, Zahlungsdatum, Fecha de pago, Date de paiement",
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
        Field("state", "whether it is a draft or voided", "Status, Invoice Status"),
    ),
    any_of=(("customer", "customer_id"), ("amount", "line_amount", "unit_price")),
    against="Account Name, Split, Posting (Y/N), Order Date, Quote No, Quote Number, SO Number",
    key=("sort", "number"),
    complete=_complete,
    check=_check,
    leave_out=_leave_out,
    together=_together,
    build=_build,
    amount="amount",
    event="invoiced_on",
)
