"""Quotes: what we offered, and what became of it."""

from graphkit.batch import Batch
from graphkit.schema import Kind, Process, Quote
from loaders.amounts import MONEY, NUMBER
from loaders.days import DAY
from loaders.kinds._parts import parts
from loaders.nodes import account_ids, accounts, named, per_spelling, rounded_product, text_or
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


def quote_status(written: str) -> str:
    """Open, won, lost or cancelled, where the word is known; else as written."""
    folded = " ".join(written.casefold().replace("-", " ").split())
    return _STATUS.get(folded, folded)


def _complete(rows: Rows) -> Rows:
    product = rounded_product(rows.get("quantity", Kind.NUMBER), rows.get("unit_price", Kind.MONEY))
    return rows.having(
        status=per_spelling(rows.get("status"), quote_status, Kind.TEXT),
        amount=text_or(rows.get("amount", Kind.MONEY), product),
    )


def _check(rows: Rows) -> tuple[Complaint, ...]:
    wrong = mask_of(rows.get("quantity", Kind.NUMBER) <= 0)
    return (Complaint(wrong, "quantity", "the quantity of a quote is above zero; correct it"),)


def _build(rows: Rows) -> list[Batch]:
    accounts_of = account_ids(rows, "customer_id", "customer")
    process, processes = named(Process, rows.get("process"))
    part, part_batch = parts(rows)
    quotes = {
        "id": rows.source.key(rows.get("number")),
        "number": rows.get("number"),
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
            " Number, Estimate Number, Estimate No, Estimate",
            required=True,
        ),
        Field(
            "quoted_on",
            "the day of the quote",
            "Quote Date, Date Quoted, Quoted, Quotation Date, Estimate Date, RFQ Date, "
            "Created, Create Date, Date",
            DAY,
            required=True,
        ),
        Field(
            "customer_id",
            "a customer number",
            "Customer ID, Customer Number, Customer Code, Account Number, Account ID, Cust "
            "ID, Client ID",
        ),
        Field(
            "customer",
            "a customer",
            "Customer Name, Customer, Company Name, Company, Client, Client Name, Account "
            "Name, Account, Prospect",
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
            "Amount, Total, Quote Total, Total Price, Value, Quote Amount, Extended Price",
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
            "Status, Quote Status, Result, Outcome, Stage, State",
        ),
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
    any_of=(("customer", "customer_id"),),
    against="Invoice Number, Invoice Date, Order Date, Due Date",
    key=("number",),
    complete=_complete,
    check=_check,
    build=_build,
    amount="amount",
    event="quoted_on",
)
