"""Quotes: what we offered, and what became of it."""

import re

from graphkit.batch import Batch
from graphkit.schema import Kind, Process, Quote
from loaders.amounts import MONEY, NUMBER
from loaders.cells import FLAG
from loaders.days import DAY
from loaders.kinds._deleted import DELETED, deleted
from loaders.kinds._parts import parts
from loaders.nodes import (
    account_ids,
    accounts,
    first_of,
    folded,
    named,
    per_spelling,
    rounded_product,
    text_or,
)
from loaders.shape import Complaint, Field, Rows, SheetKind, mask_of

_STATUS = {
    "won": "won", "closed won": "won", "accepted": "won", "ordered": "won", "order": "won",
    "converted": "won", "awarded": "won", "approved": "won", "lost": "lost", "closed lost": "lost",
    "declined": "lost", "rejected": "lost", "no bid": "lost", "not awarded": "lost",
    "expired": "lost", "open": "open", "sent": "open", "pending": "open", "draft": "open",
    "submitted": "open", "active": "open", "new": "open", "in progress": "open", "quoted": "open",
    "follow up": "open", "cancelled": "cancelled", "canceled": "cancelled", "void": "cancelled",
    "withdrawn": "cancelled",
}  # fmt: skip


_WON = re.compile(r"\b(won|gewonnen|ganad[oa]|gagn[ée]e?)\b", re.IGNORECASE)
_LOST = re.compile(r"\b(lost|verloren|perdid[oa]|perdue?)\b", re.IGNORECASE)


def stage_status(stage: str) -> str:
    """Won or lost where the stage of a deal says so, whatever a shop calls its stages; else open.

    >>> stage_status("Closed Won (Sales Pipeline)"), stage_status("Appointment Scheduled")
    ('won', 'open')
    """
    return "lost" if _LOST.search(stage) else "won" if _WON.search(stage) else "open"


def quote_status(written: str) -> str:
    """Open, won, lost or cancelled, where the word is known; else as written."""
    folded = " ".join(written.casefold().replace("-", " ").split())
    return _STATUS.get(folded, folded)


def _complete(rows: Rows) -> Rows:
    """Status in our words, the amount and an id: a number, else the name at the customer."""
    product = rounded_product(rows.get("quantity", Kind.NUMBER), rows.get("unit_price", Kind.MONEY))
    status = per_spelling(rows.get("status"), quote_status, Kind.TEXT)
    stage = per_spelling(rows.get("stage"), stage_status, Kind.TEXT)
    status = text_or(status, stage)
    status = status.mask(mask_of(rows.get("closed", Kind.FLAG)) & (status != "won"), "lost")
    status = status.mask(mask_of(rows.get("won", Kind.FLAG)), "won")
    rows = rows.having(customer_id=per_spelling(rows.get("customer_id"), first_of, Kind.TEXT))
    at = text_or(rows.get("customer_id"), rows.get("customer")).fillna("")
    named = per_spelling(rows.get("name") + " / " + at, folded, Kind.TEXT)
    return rows.having(
        status=status,
        amount=text_or(rows.get("amount", Kind.MONEY), product),
        quoted_on=text_or(rows.get("quoted_on", Kind.DATE), rows.get("closed_on", Kind.DATE)),
        id=text_or(rows.get("number"), named),
    )


def _check(rows: Rows) -> tuple[Complaint, ...]:
    wrong = mask_of(rows.get("quantity", Kind.NUMBER) <= 0)
    return (Complaint(wrong, "quantity", "the quantity of a quote is above zero; correct it"),)


def _build(rows: Rows) -> list[Batch]:
    accounts_of = account_ids(rows, "customer_id", "customer")
    process, processes = named(Process, rows.get("process"))
    part, part_batch = parts(rows)
    quotes = {
        "id": rows.source.key(rows.get("id")),
        "number": rows.get("id"),
        "name": rows.get("name"),
        "account": accounts_of,
        "quoted_on": rows.get("quoted_on", Kind.DATE),
        "process": process,
        "part": part,
        "quantity": rows.get("quantity", Kind.NUMBER),
        "unit_price": rows.get("unit_price", Kind.MONEY),
        "amount": rows.get("amount", Kind.MONEY),
        "currency": rows.get("currency").str.upper().fillna(rows.source.currency),
        "status": rows.get("status"),
        "reason": rows.get("reason"),
        "order": rows.source.key(rows.get("order")),
        "row": rows.at,
    }
    names = {"native_id": rows.get("customer_id"), "name": rows.get("customer")}
    return [
        accounts(rows, accounts_of, names),
        processes,
        part_batch,
        Batch.of(Quote, quotes, source=rows.source),
    ]


KIND = SheetKind(
    name="quotes",
    doc="one quote",
    fields=(
        Field(
            "number",
            "a quote number",
            "Quote No, Quote Number, Quote, Quote ID, Quotation Number, Quotation, RFQ, RFQ"
            "Number, Estimate Number, Estimate No, Estimate, Opportunity ID, Deal ID, "
            "Angebotsnummer, Número de presupuesto, Numéro de devis",
        ),
        Field(
            "name",
            "a deal's name",
            "Deal Name, Opportunity Name, Quote Name, Opportunity, Deal",
        ),
        Field(
            "quoted_on",
            "the day of the quote",
            "Quote Date, Date Quoted, Quoted, Quotation Date, Estimate Date, RFQ Date, "
            "Created, Create Date, Created Date, Date, Open Date, Engage Date, Angebotsdatum",
            DAY,
        ),
        Field(
            "closed_on",
            "the day on which it was or will be decided",
            "Close Date, Closed Date, Expected Close Date",
            DAY,
        ),
        Field(
            "customer_id",
            "a customer number",
            "Customer ID, Customer Number, Customer Code, Account Number, Account ID, Cust "
            "ID, Client ID, Associated Company IDs (Primary), Associated Company IDs",
        ),
        Field(
            "customer",
            "a customer",
            "Customer Name, Customer, Company Name, Company, Client, Client Name, Account "
            "Name, Account, Prospect, Associated Company (Primary), Associated Company, Kunde, "
            "Cliente",
        ),
        Field(
            "process",
            "a process",
            "Process, Main Process, Work Center, Operation, Department",
        ),
        Field(
            "part",
            "a part number",
            "Part Number, Part No, Part, Item, Item Code, Product",
        ),
        Field(
            "description",
            "what the part is",
            "Part Description, Description, Item Description",
        ),
        Field(
            "quantity",
            "a quantity",
            "Qty, Quantity, Quote Qty, Quoted Qty, Lot Size, Pieces",
            NUMBER,
        ),
        Field(
            "unit_price",
            "a price",
            "Unit Price, Price, Price Each, Quoted Price, Piece Price, Rate",
            MONEY,
        ),
        Field(
            "amount",
            "an amount",
            "Amount, Total, Quote Total, Total Price, Value, Quote Amount, Extended Price, "
            "Deal Value, Deal Amount, Opportunity Amount, Close Value",
            MONEY,
        ),
        Field(
            "currency",
            "a currency",
            "Currency, Currency Code",
        ),
        Field(
            "status",
            "a status",
            "Status, Quote Status, Result, Outcome, State",
        ),
        Field(
            "stage",
            "the stage of a deal",
            "Deal Stage, Opportunity Stage, Stage, Sales Stage",
        ),
        Field("won", "whether it was won", "Won, Is Won, Is Closed Won", FLAG),
        Field("closed", "whether it is decided", "Closed, Is Closed, Is Deal Closed?", FLAG),
        DELETED,
        Field(
            "reason",
            "why it was lost",
            "Lost Reason, Reason Lost, Loss Reason, Reason, Reason Code",
        ),
        Field(
            "order",
            "the order it became",
            "Order Number, SO Number, Sales Order, Converted To, Won As",
        ),
    ),
    any_of=(
        ("number", "name"),
        ("quoted_on", "closed_on"),
        ("customer", "customer_id", "name", "stage"),
    ),
    against="Invoice Number, Invoice Date, Order Date, Due Date",
    key=("id",),
    complete=_complete,
    check=_check,
    leave_out=deleted,
    build=_build,
    amount="amount",
    event="quoted_on",
)
