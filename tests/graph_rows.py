"""Rows of a small graph, put straight into a store."""

import datetime as dt

from graphkit.batch import Batch, Source
from graphkit.schema import Account, Company, Is, Kind

SOURCE = Source.of(system="erp", kind="rows", path="rows.csv", content=b"rows")
_FILLER = {
    Kind.TEXT: "",
    Kind.INTEGER: 0,
    Kind.NUMBER: 1.0,
    Kind.FLAG: False,
    Kind.DATE: dt.date(2025, 6, 1),
    Kind.TIME: dt.datetime(2025, 6, 1),  # noqa: DTZ001 - local time
    Kind.MONEY: 0,
    Kind.TEXTS: [],
}


def put(store, entity, /, **columns):
    """Write rows of a type; what must not be empty and is not given gets a filler."""
    length = len(next(iter(columns.values())))
    for name, item in entity.properties.items():
        known = {"file_id", "row", "hash", "run", "id"} | set(columns)
        if name not in known and not item.nullable:
            columns[name] = [_FILLER[item.kind]] * length
    if "row" in entity.properties:
        columns.setdefault("row", list(range(2, length + 2)))
    source = SOURCE if "file_id" in entity.properties else None
    with store.transaction():
        store.write(Batch.of(entity, columns, source=source), run=1)


def put_companies(store, names, *, customers=True, **columns):
    """Companies, each with one account whose id is "erp:NAME"."""
    put(store, Company, id=names, name=names, is_customer=[customers] * len(names), **columns)
    accounts = [f"erp:{name}" for name in names]
    said = {"industry": columns["industry"]} if "industry" in columns else {}
    put(store, Account, id=accounts, name=names, system=["erp"] * len(names), **said)
    put(store, Is, from_id=accounts, to_id=names)
