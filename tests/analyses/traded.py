"""A builder of small shops whose orders are written down one by one."""

import datetime as dt

import pytest

from graphkit.schema import Finish, Industry, Material, Order, OrderLine, Part, Process
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import put, put_companies

END = dt.date(2025, 12, 31)
KINDS = ((Process, "process"), (Material, "material"), (Finish, "finish"), (Part, "part"))


def line(company, day, *, order=None, pieces=10, price=2, **columns):
    """A line: its order's number is told, or made of company and day; price in whole money."""
    return {
        "company": company,
        "day": dt.date.fromisoformat(day),
        "order": order or f"{company} {day}",
        "quantity": float(pieces),
        "amount": None if price is None else pieces * price * 10_000,
        **columns,
    }


@pytest.fixture
def traded(tmp_path):
    """Fills a store with lines, and gives what was known at a day."""
    with open_store(tmp_path / "graph.duckdb") as store:

        def filled(lines, *, as_of=END, markets=None):
            markets = markets or {}
            names = sorted({one["company"] for one in lines if one["company"]})
            known = sorted(set(markets.values())) or ["none"]
            put(store, Industry, id=known, name=known)
            put_companies(store, names, industry=[markets.get(one) for one in names])
            for entity, column in KINDS:
                said = sorted({one[column] for one in lines if one.get(column)}) or ["none"]
                put(store, entity, id=said, **{"number" if entity is Part else "name": said})
            orders = {one["order"]: one for one in lines}
            put(
                store,
                Order,
                id=[*orders],
                number=[*orders],
                account=[_account(one) for one in orders.values()],
                ordered_on=[one["day"] for one in orders.values()],
                status=["cancelled" if one.get("void") else None for one in orders.values()],
            )
            put(
                store,
                OrderLine,
                id=[str(at) for at in range(len(lines))],
                order=[one["order"] for one in lines],
                line=[str(at) for at in range(len(lines))],
                account=[_account(one) for one in lines],
                ordered_on=[one["day"] for one in lines],
                status=["cancelled" if one.get("gone") else None for one in lines],
                **{
                    name: [one.get(name) for one in lines]
                    for name in ("quantity", "amount", "minutes", "currency")
                },
                **{column: [one.get(column) for one in lines] for _, column in KINDS},
            )
            return Snapshot(store, as_of)

        yield filled


def _account(one):
    return f"erp:{one['company']}" if one["company"] else None
