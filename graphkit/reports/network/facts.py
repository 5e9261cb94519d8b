"""What is known of each node, with the row that says so."""

import itertools
from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from graphkit.analyses.measures.month_panel import orders_that_count
from graphkit.analyses.wording import counted
from graphkit.drawing import Fact
from graphkit.encoded import as_arrow
from graphkit.network import node_names
from graphkit.schema import Account, HasSignal, Person
from graphkit.snapshot import Snapshot
from graphkit.ties import stated_by_accounts

_SIGNALS: Final = 5
"""Of what texts say of a company, so many are shown, the latest."""
_STATED: Final = (
    ("industry", "Industry", "Industry"),
    ("city", "City", ""),
    ("domain", "Web", ""),
    ("owner", "Looked after by", "Employee"),
)
"""Columns of a company, how they are told, and the type that their values are ids of."""
_Known = Iterator[tuple[str, Fact]]


def facts(snap: Snapshot, measured: pd.DataFrame) -> dict[str, list[Fact]]:
    """Everything worth telling of a node, by its id.

    Args:
        snap: What was known.
        measured: What `figures` gave.
    """
    parts = (
        _stated(snap),
        _ordered(snap, measured),
        _owed(snap, measured),
        _said(snap),
        _accounts(snap),
        _people(snap),
    )
    found: dict[str, list[Fact]] = {}
    for node, fact in itertools.chain.from_iterable(parts):
        found.setdefault(node, []).append(fact)
    return found


def _stated(snap: Snapshot) -> _Known:
    named = node_names(snap)
    for column, words, label in _STATED:
        rows = stated_by_accounts(snap, column).dropna(subset=["value"])
        for company, value, source in _each(snap, rows, "company", "value"):
            said = named.get((label, value), value)
            yield f"Company {company}", Fact(f"{words}: {said}", source=source)
    groups = snap.companies["parent"].dropna()
    for company, group in groups.items():
        yield f"Company {company}", Fact(f"Belongs to {snap.names.get(group, group)}")


def _ordered(snap: Snapshot, measured: pd.DataFrame) -> _Known:
    """How much it ordered lately, and its last order with the row."""
    own = measured.reindex(columns=["ordered", "orders"]).dropna(how="all")
    for company, amount, count in own.itertuples():
        said = counted(count, "order")
        if not pd.isna(amount):
            said = f"{amount:,.0f} {snap.currency}, {said}"
        yield f"Company {company}", Fact(f"Ordered in twelve months: {said}")
    orders = orders_that_count(snap).sort_values(["ordered_on", "id"])
    last = orders.drop_duplicates("company", keep="last")
    for company, on, source in _each(snap, last, "company", "ordered_on"):
        yield f"Company {company}", Fact(f"Last order: {on}", source=source, on=on)


def _owed(snap: Snapshot, measured: pd.DataFrame) -> _Known:
    own = measured.reindex(columns=["open", "overdue", "paid_late"]).dropna(how="all")
    for company, balance, overdue, late in own.itertuples():
        said = f"Open balance: {balance:,.0f} {snap.currency}, overdue {overdue:,.0f}"
        if not pd.isna(late):
            said = f"{said}; {late:.0f} % of invoices of twelve months late"
        yield f"Company {company}", Fact(said)


def _said(snap: Snapshot) -> _Known:
    """The last things that texts say of how it is doing."""
    rows = snap.asserted(HasSignal).dropna(subset=["from_company"])
    rows = rows.sort_values(["on", "id"]).groupby("from_company").tail(_SIGNALS).iloc[::-1]
    columns = ("from_company", "to_id", "sentence", "on")
    for company, signal, sentence, on, source in _each(snap, rows, *columns):
        text = f'A sign of {signal.replace("_", " ").casefold()}: "{sentence}"'
        yield f"Company {company}", Fact(text, stated=False, source=source, on=on)


def _accounts(snap: Snapshot) -> _Known:
    """What each system calls it."""
    rows = snap.frame(Account)
    rows = rows.assign(company=snap.company_of(rows["id"])).dropna(subset=["company", "name"])
    for company, system, name, source in _each(snap, rows, "company", "system", "name"):
        yield f"Company {company}", Fact(f"In {system}: {name}", source=source)


def _people(snap: Snapshot) -> _Known:
    rows = snap.frame(Person)
    for column, words in (("title", "Title"), ("email", "E-mail")):
        for one, value, source in _each(snap, rows.dropna(subset=[column]), "id", column):
            yield f"Person {one}", Fact(f"{words}: {value}", source=source)


def _each(snap: Snapshot, rows: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Values of columns row by row, and last where each row was read: "orders.csv row 12".

    Plain lists: to walk along an Arrow column takes ten times as long.
    """
    *values, files, numbers = (
        as_arrow(rows[name]).to_pylist() for name in (*columns, "file_id", "row")
    )
    named = snap.files
    sources = (
        "" if file is None or row is None else f"{named.get(file, file)} row {row}"
        for file, row in zip(files, numbers, strict=True)
    )
    return zip(*values, sources, strict=True)
