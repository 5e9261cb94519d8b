"""Order lines: one part in one lot on an order."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graphkit.batch import Batch
from graphkit.encoded import as_arrow, decoded, encoded, factorized, series_of, together
from graphkit.schema import (
    ORDER_STATES,
    Finish,
    Kind,
    Material,
    Order,
    OrderLine,
    Process,
    line_turn,
)
from loaders.amounts import MONEY, NUMBER, SHARE, TOLERANCE
from loaders.cells import NAME
from loaders.days import DAY
from loaders.kinds._order_status import order_status
from loaders.kinds._parts import parts
from loaders.nodes import account_ids, accounts, named, per_spelling, rounded_product, text_or
from loaders.shape import Complaint, Field, Rows, SheetKind, Stored, mask_of


def _complete(rows: Rows) -> Rows:
    """Status in our words; line numbers, amount and price where the export leaves them to us."""
    rows = rows.having(status=per_spelling(rows.encoded("status"), order_status, Kind.TEXT))
    quantity, price = rows.get("quantity", Kind.NUMBER), rows.get("unit_price", Kind.MONEY)
    paid_share = 1 - rows.get("discount", Kind.NUMBER).fillna(0.0)
    amount = text_or(rows.get("amount", Kind.MONEY), rounded_product(quantity * paid_share, price))
    if "unit_price" not in rows.columns:
        pieces = quantity.fillna(0.0).to_numpy(dtype=float)
        each = np.rint(amount.fillna(0).to_numpy(dtype=float) / np.where(pieces == 0, 1, pieces))
        known = amount.notna().to_numpy(bool) & (pieces != 0)
        price = pd.Series(each.astype(np.int64), dtype=Kind.MONEY.dtype).where(known)
    if "line" not in rows.columns:
        nth = _nth_line(rows)
        rows = rows.having(line=nth)
    return rows.having(amount=amount, unit_price=price, minutes=_minutes(rows))


def _minutes(rows: Rows) -> pd.Series:
    """Machine minutes of one piece; where only hours of the lot are known, their share."""
    minutes = rows.get("minutes", Kind.NUMBER)
    if "hours" not in rows.columns:
        return minutes
    quantity = rows.get("quantity", Kind.NUMBER)
    each = rows.get("hours", Kind.NUMBER) * 60 / quantity.where(quantity > 0)
    return text_or(minutes, each.where(each > 0).astype(Kind.NUMBER.dtype))


def _nth_line(rows: Rows) -> pd.Series:
    """Line numbers by the order in the file; rows that are equal throughout share one."""
    numbers = together([rows.encoded("series"), rows.encoded("number")])
    codes = pd.factorize(together([*rows.columns.values()]))[0]
    frame = pd.DataFrame({"order": numbers, "code": codes}).drop_duplicates()
    frame["line"] = frame.groupby("order").cumcount() + 1
    lines = frame.set_index("code")["line"].reindex(codes).to_numpy()
    return pd.Series(lines.astype(str), dtype=Kind.TEXT.dtype)


def _check(rows: Rows) -> tuple[Complaint, ...]:
    quantity = rows.get("quantity", Kind.NUMBER)
    cancelled = mask_of(rows.get("status") == "cancelled")
    reason = (
        "the quantity of an order is above zero; if this is a cancellation, "
        "give the line the status Cancelled"
    )
    unnumbered = rows.get("line").isna().to_numpy(bool)
    return (
        Complaint(mask_of(quantity <= 0) & ~cancelled, "quantity", reason),
        Complaint(unnumbered, "line", "empty, but other rows of the file have a line number"),
    )


def _leave_out(rows: Rows) -> dict[str, np.ndarray]:
    return {"quotations or drafts, no orders yet": mask_of(rows.get("status") == "draft")}


_NAMING = ("customer_id", "customer", "part", "description")


def _named(rows: Rows) -> list[Batch]:
    """Customers and parts, by the fields of _NAMING."""
    told = {"native_id": rows.encoded("customer_id"), "name": rows.encoded("customer")}
    return [
        accounts(rows, account_ids(rows, "customer_id", "customer"), told),
        parts(rows)[1],
    ]


def _build(rows: Rows) -> list[Batch]:
    accounts_of = account_ids(rows, "customer_id", "customer")
    process, processes = named(Process, rows.encoded("process"))
    material, materials = named(Material, rows.encoded("material"))
    finish, finishes = named(Finish, rows.encoded("finish"))
    orders = rows.source.key(_numbers(rows))
    lines = {
        "id": _ids(orders, rows.get("line")),
        "order": orders,
        "line": rows.encoded("line"),
        "account": accounts_of,
        "ordered_on": rows.get("ordered_on", Kind.DATE),
        "part": rows.source.key(rows.encoded("part")),
        "process": process,
        "material": material,
        "finish": finish,
        "tolerance": rows.get("tolerance", Kind.NUMBER),
        "quantity": rows.get("quantity", Kind.NUMBER),
        "unit_price": rows.get("unit_price", Kind.MONEY),
        "amount": rows.get("amount", Kind.MONEY),
        "currency": _currency(rows),
        "minutes": rows.get("minutes", Kind.NUMBER),
        "promised_on": rows.get("promised_on", Kind.DATE),
        "shipped_on": rows.get("shipped_on", Kind.DATE),
        "status": rows.encoded("status"),
        "note": rows.encoded("note"),
        "row": rows.at,
        "cells": rows.cells,
    }
    return [
        *_named(rows),
        processes,
        materials,
        finishes,
        _orders(rows, orders, accounts_of),
        Batch.of(OrderLine, lines, source=rows.source),
    ]


def _numbers(rows: Rows) -> pd.Series:
    """Numbers of the orders, with the series before them where there is one."""
    number = rows.encoded("number")
    if "series" not in rows.columns:
        return number
    return (rows.get("series") + "/").fillna("") + decoded(number)


def _ids(orders: pd.Series, lines: pd.Series) -> pd.Series:
    """Ids of lines: that of the order, a stroke, the line's number."""
    parts = as_arrow(decoded(orders)), as_arrow(lines)
    return series_of(pc.binary_join_element_wise(*parts, "/"))


def _currency(rows: Rows) -> pd.Series:
    ours = rows.source.currency
    if "currency" not in rows.columns:
        return encoded(np.zeros(len(rows), dtype=np.int64), pa.array([ours]))
    codes, named = factorized(rows.encoded("currency"))
    return encoded(np.where(codes < 0, len(named), codes), pa.array([*named.str.upper(), ours]))


def _orders(rows: Rows, ids: pd.Series, accounts_of: pd.Series) -> Batch:
    """One order a number, of its earliest line; open while one line is."""
    rank = per_spelling(
        rows.encoded("status"), lambda word: ORDER_STATES.get(word, 0), Kind.INTEGER
    )
    codes, _ = factorized(ids)
    at = rows.at.to_numpy(dtype=np.int64)
    days = rows.get("ordered_on", Kind.DATE).astype(pd.ArrowDtype(pa.int32()))
    turn = _turns(rows)
    first = _first_of_each(codes, turn, days.to_numpy(dtype=np.int64))
    openest = _first_of_each(codes, turn, rank.fillna(0).to_numpy(dtype=np.int64))
    in_turn = np.argsort(at[first])
    first, openest = first[in_turn], openest[in_turn]
    columns = {
        "id": ids.take(first),
        "number": rows.encoded("number").take(first),
        "account": accounts_of.take(first),
        "ordered_on": rows.get("ordered_on", Kind.DATE).take(first),
        "status": rows.encoded("status").take(openest),
        "site": rows.encoded("site").take(first),
        "row": rows.at.take(first),
    }
    chosen = {name: column.reset_index(drop=True) for name, column in columns.items()}
    return Batch.of(Order, chosen, source=rows.source)


def _turns(rows: Rows) -> np.ndarray:
    """The place of each line by its day and number, however the export is sorted."""
    days = rows.get("ordered_on", Kind.DATE).astype(pd.ArrowDtype(pa.int32()))
    codes, lines = factorized(rows.encoded("line"))
    texts = lines.tolist()
    place = np.zeros(len(texts) + 1, dtype=np.int64)
    in_turn = sorted(range(len(texts)), key=lambda at: line_turn(texts[at]))
    place[in_turn] = np.arange(len(texts))
    return np.argsort(np.lexsort((place[codes], days.to_numpy(dtype=np.int64))), kind="stable")


def _first_of_each(codes: np.ndarray, turn: np.ndarray, by: np.ndarray) -> np.ndarray:
    """For each code the position with the least `by`, and of equals the least `turn`."""
    order = np.lexsort((turn, by))[::-1]
    found = np.empty(codes.max(initial=-1) + 1, dtype=np.int64)
    found[codes[order]] = order  # of those with one code the last stays
    return found


KIND = SheetKind(
    name="orders",
    doc="one line of a sales order",
    fields=(
        Field(
            "number",
            "an order number",
            "SO Number, Order Number, Sales Order, Sales Order Number, Order No, Order, "
            "Order ID, SO, SO #, Order Reference, Job, Job Number, Work Order, "
            "Auftragsnummer, Auftragsnr, Auftrags-Nr, Auftrag Nr, Auftrag, Bestellnummer, "
            "Bestellnr, Bestell-Nr, Bestellung, Número de pedido, Numéro de commande",
            required=True,
        ),
        Field(
            "series",
            "which numbers it is one of, where two orders may have one number",
            "",
        ),
        Field(
            "line",
            "a line number",
            "Line, Line Number, Line No, SO Line, Item Number, Order Line, Line Item, Pos, "
            "Position, Pos Nr, Positionsnummer",
        ),
        Field(
            "ordered_on",
            "the day of the order",
            "Order Date, Date Ordered, Ordered, SO Date, Sales Order Date, Entry Date, Date"
            " Entered, Booked Date, Booking Date, Created Date, Date, Auftragsdatum, "
            "Bestelldatum, Bestellt am, Datum, Fecha de pedido, Fecha del pedido, Date de commande",
            DAY,
            required=True,
        ),
        Field(
            "customer_id",
            "a customer number",
            "Customer ID, Customer Number, Customer Code, Customer No, Account Number, "
            "Account ID, Cust ID, Client ID, Sold To ID, Kundennummer, Kundennr, "
            "Kunden-Nr, Kunden ID",
        ),
        Field(
            "customer",
            "a customer",
            "Customer Name, Customer, Company Name, Company, Client, Client Name, Sold To, "
            "Bill To, Account Name, Account, Buyer, Kunde, Kundenname, Firma, "
            "Besteller, Auftraggeber, Cliente, Nom du client",
        ),
        Field(
            "part",
            "a part number",
            "Part Number, Part No, Part, Part ID, Item Code, Item, Item No, Product ID, "
            "SKU, Product, Product Code, Material Number, Artikelnummer, Artikelnr, "
            "Artikel-Nr, Teilenummer, Teilenr, Teile-Nr, Sachnummer, Zeichnungsnummer, Artikel, "
            "Teil, Referencia, Référence",
        ),
        Field(
            "description",
            "what the part is",
            "Part Description, Description, Item Description, Product Name, "
            "Artikelbezeichnung, Bezeichnung, Benennung, Beschreibung",
        ),
        Field(
            "process",
            "a process",
            "Process, Main Process, Work Center, Work Centre, Operation, Department, "
            "Process Type, Machining Process, Verfahren, Fertigungsverfahren, Bearbeitung, "
            "Arbeitsgang, Arbeitsplatz, Maschinengruppe",
            NAME,
        ),
        Field(
            "material",
            "a material",
            "Material, Raw Material, Material Grade, Alloy, Stock, Material Spec, Werkstoff, "
            "Legierung",
            NAME,
        ),
        Field(
            "finish",
            "a finish",
            "Finish, Surface Finish, Finishing, Surface Treatment, Coating, Plating, "
            "Outside Process, Oberfläche, Oberflächenbehandlung, Beschichtung",
            NAME,
        ),
        Field(
            "tolerance",
            "a tolerance",
            "Tolerance, Tightest Tolerance, Tol, Tolerances, Min Tolerance, Toleranz, Toleranzen",
            TOLERANCE,
        ),
        Field(
            "quantity",
            "a quantity",
            "Qty Ordered, Quantity, Qty, Order Qty, Order Quantity, Quantity Ordered, "
            "Ordered Qty, Lot Size, Pieces, Pcs, Menge, Bestellmenge, Auftragsmenge, Stückzahl, "
            "Stück, Losgröße, Anzahl, Cantidad, Quantité",
            NUMBER,
            required=True,
        ),
        Field(
            "unit_price",
            "a price",
            "Unit Price, Price, Price Each, Sales Price, Unit Sell Price, Piece Price, "
            "Rate, Unit Amount, Einzelpreis, Stückpreis, Preis pro Stück, "
            "Preis, Precio unitario, Prix unitaire",
            MONEY,
        ),
        Field(
            "amount",
            "an amount",
            "Amount, Line Total, Extended Price, Ext Price, Line Amount, Total, Total "
            "Price, Subtotal, Extended Amount, Net Amount, Betrag, Positionswert, Gesamtpreis, "
            "Gesamt, Nettobetrag, Netto, Summe, Wert, Importe, Montant",
            MONEY,
        ),
        Field(
            "discount",
            "a discount",
            "Discount, Discount %, Discount Pct, Discount Percent, Disc %, Rabatt, Rabatt %",
            SHARE,
        ),
        Field(
            "currency",
            "a currency",
            "Currency, Currency Code, Curr, Währung",
        ),
        Field(
            "minutes",
            "machine minutes of one piece",
            "Est Minutes, Estimated Minutes, Minutes, Cycle Time, Cycle Minutes, Run "
            "Minutes, Minutes Each, Minutes Per Piece, Machine Minutes, Stückzeit, "
            "Minuten pro Stück, Maschinenminuten",
            NUMBER,
        ),
        Field(
            "hours",
            "machine hours of the whole lot, set-up included",
            "Est Hours, Estimated Hours, Est Total Hrs, Total Estimated Hours, Estimated Total "
            "Hours, Machine Hours",
            NUMBER,
        ),
        Field(
            "promised_on",
            "the day promised",
            "Promise Date, Promised Date, Promised, Due Date, Delivery Date, Required Date,"
            " Need Date, Ship By, Liefertermin, Wunschtermin, Lieferdatum, Termin",
            DAY,
        ),
        Field(
            "shipped_on",
            "the day shipped",
            "Ship Date, Shipped Date, Shipped, Date Shipped, Actual Ship Date, Delivered, "
            "Delivered Date, Geliefert am, Versendet am, Versanddatum, Ausgeliefert",
            DAY,
        ),
        Field(
            "status",
            "a status",
            "Status, Order Status, Line Status, State",
        ),
        Field(
            "note",
            "what is written about it",
            "Notes, Note, Comments, Comment, Remarks, Line Notes, Order Notes, Bemerkung, "
            "Bemerkungen, Notiz, Notizen, Kommentar, Hinweis",
        ),
        Field(
            "site",
            "one of our plants",
            "Site, Plant, Facility, Location, Warehouse, Werk, Standort, Lager",
        ),
    ),
    any_of=(("customer", "customer_id"),),
    against="Quote No, Quote Number, Invoice Number, Invoice No, Invoice Date, Quote Date",
    key=("series", "number", "line"),
    complete=_complete,
    check=_check,
    leave_out=_leave_out,
    build=_build,
    amount="amount",
    event="ordered_on",
    again=Stored(OrderLine, "order", Order, _NAMING, _named),
)
