"""A shop of which it is known whom to call this week."""

import datetime as dt
from contextlib import contextmanager

from graphkit.pipeline.weekly import this_week
from graphkit.schema import Employee, File, Person
from graphkit.store import open_store
from graphkit.workspace import Settings
from tests.graph_rows import SOURCE, put, put_companies
from tests.shop import END, RECENT, Customer, Shop, steady

BEFORE = dt.date(2026, 1, 31)
"""Before anybody ordered less."""
RATES = {"Twelve": 12, "Ten": 10, "Eight": 8, "Seven": 7, "Six": 6, "Five": 5}
"""Orders a month of those who order a quarter of it from February on; more is more at stake."""
OWNERS = {"Twelve": "Ada", "Ten": "Bert", "Eight": "Ada", "Seven": "Bert", "Six": "Ada"}
HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "N" * 300,
    "\u05d0\u05d1\u05d2 \u05ea\u05e2\u05e9\u05d9\u05d5\u05ea",
    '\U0001f469\u200d\U0001f527 "Tools" & <b>Sons</b>',
)


QUICK = Settings(
    options={
        "slowdown": {"permutations": 499},
        "leanings": {"permutations": 499},
        "clusters": {"bootstraps": 10},
    }
)
"""Less of everything than a shop would have: these falls are plain."""


def fallen(rate, months=36):
    """Orders a month of somebody who orders a quarter of it in the last months."""
    return [rate] * (months - RECENT) + [rate // 4] * RECENT


@contextmanager
def filled(folder, falling, owners=()):
    """A store in which those named order less, and a dozen others as ever."""
    with open_store(folder / "graph.duckdb") as store:
        calm = [Customer(f"calm{at}", steady(at, 4.0), late=0) for at in range(12)]
        less = [Customer(name, fallen(rate), late=0) for name, rate in falling.items()]
        Shop(store).fill([*calm, *less])
        put(store, File, id=[SOURCE.file_id], path=["rows.csv"])
        ours = sorted(set(dict(owners).values())) or ["Nobody"]
        put(store, Employee, id=ours, name=ours)
        names = [one.name for one in (*calm, *less)]
        put_companies(store, names, owner=[dict(owners).get(one) for one in names])
        put(
            store,
            Person,
            id=[f"p-{one}" for one in falling],
            account=[f"erp:{one}" for one in falling],
            name=[f"Buyer of {one}" for one in falling],
            title=["Buyer" for _ in falling],
            phone=["(555) 010-0100" for _ in falling],
            email=[f"buyer{at}@example.com" for at, _ in enumerate(falling)],
        )
        yield Shop(store)


def week_of(shop, *, as_of=END, since=None):
    """The weekly report of a shop."""
    return this_week(shop.store, shop.snapshot(as_of), QUICK, shop.snapshot, since=since)
