"""A small load that has all that can be lost or doubled, and the graph that it leaves."""

import datetime as dt

import pandas as pd
from neo4j import GraphDatabase

from graphkit.batch import Batch, Source
from graphkit.schema import Account, Company, Is, Order, OrderLine, Page, Visited
from graphkit.store.base import GraphStore, Scope

SOURCE = Source.of(system="erp", kind="orders", path="orders.csv", content=b"orders")
LOADED = (Account, Company, Is, Page, Order, OrderLine, Visited)
COUNT = 60
"""Rows of the larger types."""

_DAYS = [dt.date(2026, 3, 1) + dt.timedelta(days=number % 28) for number in range(COUNT)]
_ACCOUNTS = [f"a{number % 6}" for number in range(COUNT)]
_PAGES = [f"/{number % 5}" for number in range(COUNT)]
_ORDERS = [f"o{number:02}" for number in range(COUNT)]
_ROWS = list(range(2, COUNT + 2))


def load(store: GraphStore, *, amount: int = 10_000) -> None:
    """Load orders, lines and visits, then companies: several pieces, several blocks, one run."""
    names = sorted(set(_ACCOUNTS))
    companies = [f"c{name[1:]}" for name in names]
    order = {"ordered_on": _DAYS, "row": _ROWS, "account": _ACCOUNTS}
    line = {
        **order,
        "order": _ORDERS,
        "line": ["1"] * COUNT,
        "quantity": [1.0] * COUNT,
        "amount": [amount] * COUNT,
        "part": [f"p{number % 7}" for number in range(COUNT)],
    }
    with store.next_run("load") as run:
        with store.transaction():
            accounts = Batch.of(Account, {"id": names, "system": ["erp"] * len(names)})
            store.write(accounts, run=run)
            pages = sorted(set(_PAGES))
            store.write(Batch.of(Page, {"id": pages}), run=run)
            orders = {**order, "id": _ORDERS, "number": _ORDERS}
            store.write(Batch.of(Order, orders, source=SOURCE), run=run)
            lines = {**line, "id": [f"{one}/1" for one in _ORDERS]}
            scope = Scope((SOURCE.file_id,))
            store.replace(Batch.of(OrderLine, lines, source=SOURCE), scope, run=run)
            store.write(visits(), run=run)
        with store.transaction():
            columns = {
                "id": companies,
                "name": companies,
                "is_customer": [True] * len(companies),
                "aliases": [[] for _ in companies],
            }
            store.set_all(Batch.of(Company, columns), run=run)
            joined = {
                "from_id": names,
                "to_id": companies,
                "score": [1.0] * len(names),
                "reason": ["same name"] * len(names),
            }
            store.set_all(Batch.of(Is, joined), run=run)


def visits() -> Batch:
    """The relationships that it writes: two of one id cannot be."""
    facts = {"on": _DAYS, "row": _ROWS, "from_id": _ACCOUNTS, "to_id": _PAGES}
    return Batch.of(Visited, facts, source=SOURCE)


def rows(store: GraphStore) -> dict[str, pd.DataFrame]:
    """All rows that `load` writes, but in which run."""
    return {one.__name__: store.read(one).drop(columns="run", errors="ignore") for one in LOADED}


def drawn(uri: str, password: str) -> list[tuple[object, ...]]:
    """Every node and relationship of a server but its books, doubled ones twice."""
    nodes = (
        "MATCH (n) WHERE NOT n:Run AND NOT n:Meta "
        "RETURN labels(n) AS what, n.id AS start, '' AS end, properties(n) AS columns"
    )
    relationships = (
        "MATCH (a)-[r]->(b) "
        "RETURN [type(r)] AS what, a.id AS start, b.id AS end, properties(r) AS columns"
    )
    with GraphDatabase.driver(uri, auth=("neo4j", password)) as driver:
        found = [
            record
            for text in (nodes, relationships)
            for record in driver.execute_query(text).records
        ]
    return sorted(
        (
            *sorted(one["what"]),
            str(one["start"]),
            str(one["end"]),
            str(sorted((name, value) for name, value in one["columns"].items() if name != "run")),
        )
        for one in found
    )
