"""A builder of small shops whose order lines are written down one by one, or drawn by month."""

import datetime as dt

import pytest

from graphkit.schema import Finish, Industry, Material, Order, OrderLine, Part, Process
from graphkit.snapshot import Snapshot
from graphkit.store import open_store
from tests.graph_rows import put, put_companies

END = dt.date(2025, 12, 31)
MONTHS = 36
KINDS = ((Process, "process"), (Material, "material"), (Finish, "finish"), (Part, "part"))
FIGURES = ("quantity", "amount", "minutes", "currency", "tolerance")


def line(company, day, *, order=None, pieces=10, price=2, **columns):
    """A line: its order's number is told, or made of company and day; price in whole money."""
    return {
        "company": company,
        "day": dt.date.fromisoformat(day) if isinstance(day, str) else day,
        "order": order or f"{company} {day}",
        "quantity": float(pieces),
        "amount": None if price is None else pieces * price * 10_000,
        **columns,
    }


def day_in(month, at):
    """A day in a month, counted from 0 to MONTHS - 1 up to that of END; `at` scatters the days."""
    year, month = divmod(END.year * 12 + END.month - MONTHS + month, 12)
    return dt.date(year, month + 1, 1 + at % 28)


def lines_by_month(company, months, count, drawn):
    """Orders of one line each, so many in each of the last months, with columns as drawn.

    Args:
        company: Who orders.
        months: How many months before END there is anything.
        count: Lines of a month: called before each.
        drawn: The columns of a line, by its month.
    """
    placed = (month for month in range(MONTHS - months, MONTHS) for _ in range(count()))
    return [
        line(company, day_in(month, at)) | {"order": None} | drawn(month)
        for at, month in enumerate(placed)
    ]


@pytest.fixture
def traded(tmp_path):
    """Fills a store with lines, and gives what was known at a day."""
    with open_store(tmp_path / "graph.duckdb") as store:

        def filled(lines, *, as_of=END, markets=None, families=None):
            markets, families = markets or {}, families or {}
            names = sorted({one["company"] for one in lines if one["company"]})
            known = sorted(set(markets.values())) or ["none"]
            put(store, Industry, id=known, name=known)
            put_companies(store, names, industry=[markets.get(one) for one in names])
            _name_kinds(store, lines, families)
            within = [one["order"] or f"order {at}" for at, one in enumerate(lines)]
            orders = dict(zip(within, lines, strict=True))
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
                order=within,
                line=[str(at) for at in range(len(lines))],
                account=[_account(one) for one in lines],
                ordered_on=[one["day"] for one in lines],
                status=["cancelled" if one.get("gone") else None for one in lines],
                **{name: [one.get(name) for one in lines] for name in FIGURES},
                **{column: [one.get(column) for one in lines] for _, column in KINDS},
            )
            return Snapshot(store, as_of)

        yield filled


def _name_kinds(store, lines, families):
    """Write the processes, materials, finishes and parts of lines, and families of materials."""
    for entity, column in KINDS:
        said = {one[column] for one in lines if one.get(column)}
        wider = {"family": families} if entity is Material and families else {}
        ids = sorted(said.union(*wider.values())) or ["none"]
        more = {name: [known.get(one) for one in ids] for name, known in wider.items()}
        put(store, entity, id=ids, **{"number" if entity is Part else "name": ids}, **more)


def _account(one):
    return f"erp:{one['company']}" if one["company"] else None
