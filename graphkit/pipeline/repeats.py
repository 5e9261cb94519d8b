"""Quotes, orders and invoices that two systems report, and what else one of them says of them."""

from collections.abc import Mapping, Sequence

import pandas as pd

from graphkit.batch import Batch
from graphkit.resolve import DOCUMENTS, repeated
from graphkit.schema import (
    TYPES,
    ConflictsWith,
    Entity,
    File,
    Invoice,
    Kind,
    Order,
    OrderLine,
    Quote,
    Repeats,
)
from graphkit.snapshot import cancelled
from graphkit.store.base import GraphStore


def find_repeats(
    store: GraphStore, companies: Mapping[str, str], *, precedence: Sequence[str], run: int
) -> None:
    """Say which quotes, orders and invoices are the same in two systems, and which conflict.

    Args:
        store: The store, writable.
        companies: Company by account.
        precedence: Instances, the one whose rows count first.
        run: The run that the changes belong to.
    """
    books = store.read(File, ["id", "instance"])
    instances = dict(zip(books["id"], books["instance"], strict=True))
    found = repeated(
        {
            name: rows
            for name in DOCUMENTS
            if (rows := _documents(store, TYPES[name], instances)) is not None
        },
        companies,
        precedence,
    )
    with store.transaction():
        store.set_all(Batch.of(Repeats, found.repeats), run=run)
        store.set_all(Batch.of(ConflictsWith, found.conflicts), run=run)


def _documents(
    store: GraphStore, entity: type[Entity], instances: Mapping[str, str]
) -> pd.DataFrame | None:
    """Rows of a type as `repeated` takes them; None when no two instances have any."""
    if len(set(instances.values())) <= 1:
        return None
    if len({instances.get(one, "") for one in store.values(entity, "file_id")}) <= 1:
        return None
    day = DOCUMENTS[entity.__name__]
    columns = ["id", "number", "account", "file_id", day, *_OWN[entity]]
    rows = store.read(entity, columns).rename(columns={day: "on"})
    instance = rows.pop("file_id").map(instances).fillna("")
    rows = rows.assign(instance=instance, size=1, cancelled=False)
    if entity is Order:
        rows = _with_lines(store, rows)
    elif entity is Quote:
        rows["cancelled"] = cancelled(rows)
    if "amount_live" not in rows:
        rows["amount_live"] = rows["amount"]
    return rows


_OWN = {
    Quote: ("amount", "currency", "status"),
    Order: ("status",),
    Invoice: ("amount", "currency"),
}


def _with_lines(store: GraphStore, orders: pd.DataFrame) -> pd.DataFrame:
    """Orders with the sum of their lines, of those not cancelled, their currency and number."""
    lines = store.read(OrderLine, ["order", "amount", "currency", "status"])
    void = cancelled(lines)
    grouped = lines.assign(amount_live=lines["amount"].where(~void)).groupby("order")
    sums = grouped[["amount", "amount_live"]].sum(min_count=1).astype(Kind.MONEY.dtype)
    one = grouped["currency"].nunique() <= 1
    sums["currency"] = grouped["currency"].first().where(one, "several")
    sums["size"] = grouped.size()
    made = orders.drop(columns="size").merge(sums, left_on="id", right_index=True, how="left")
    dead = set(lines["order"]) - set(lines.loc[~void, "order"])
    gone = cancelled(orders) | orders["id"].isin(dead).to_numpy(dtype=bool)
    return made.assign(cancelled=gone, size=made["size"].fillna(1))
