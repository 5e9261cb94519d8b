"""Order lines: one part in one lot on an order."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graphkit.batch import LONGEST_ID, Batch, shortened
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
from loaders.kinds._order_fields import FIELDS
from loaders.kinds._order_status import order_status
from loaders.kinds._parts import parts
from loaders.nodes import account_ids, accounts, named, per_spelling, rounded_product, text_or
from loaders.shape import Complaint, Rows, SheetKind, Stored, mask_of


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
    ids = pc.binary_join_element_wise(*parts, "/")
    if (pc.max(pc.utf8_length(ids)).as_py() or 0) > LONGEST_ID:
        ids = pa.array([one and shortened(one) for one in ids.to_pylist()], pa.string())
    return series_of(ids)


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
    turns = _turns(rows)
    first = _first_of_each(codes, turns)
    states = rank.fillna(0).to_numpy(dtype=np.int8)[turns]
    openest = _first_of_each(codes, turns[np.argsort(states, kind="stable")])
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
    """The lines by day and number, however the export is sorted."""
    days = rows.get("ordered_on", Kind.DATE).astype(pd.ArrowDtype(pa.int32()))
    codes, lines = factorized(rows.encoded("line"))
    texts = lines.tolist()
    place = np.zeros(len(texts) + 1, dtype=np.int64)
    in_turn = sorted(range(len(texts)), key=lambda at: line_turn(texts[at]))
    place[in_turn] = np.arange(len(texts))
    return np.lexsort((place[codes], days.to_numpy(dtype=np.int64)))


def _first_of_each(codes: np.ndarray, turns: np.ndarray) -> np.ndarray:
    """For each code the first position of it among all positions in some order."""
    found = np.empty(codes.max(initial=-1) + 1, dtype=np.int64)
    found[codes[turns[::-1]]] = turns[::-1]  # of those with one code the last stays
    return found


KIND = SheetKind(
    name="orders",
    doc="one line of a sales order",
    fields=FIELDS,
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
