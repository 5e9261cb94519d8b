"""An order follows from all of its lines: those that are loaded and those that stay stored."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import pandas as pd

from graphkit.batch import Batch, Reading
from graphkit.schema import ORDER_STATES, Order, OrderLine, line_turn
from graphkit.store.base import GraphStore, Scope

_COLUMNS = ("id", "order", "line", "account", "ordered_on", "status", "file_id")


def whole_orders(
    store: GraphStore,
    readings: Sequence[Reading],
    batches: tuple[Batch, ...],
    scope: Scope | None,
) -> tuple[Batch, ...]:
    """Batches in which each order says what all lines of it say, not only those of one file.

    An export of a week has some lines of an order, a corrected row is one.

    Args:
        store: What is stored.
        readings: What each file holds.
        batches: What they hold together.
        scope: The stored lines for which they speak.
    """
    by_type = {one.entity: one for one in batches}
    if not {Order, OrderLine} <= by_type.keys():
        return batches
    orders, lines = by_type[Order], by_type[OrderLine]
    if len(readings) == 1 and not store.count(OrderLine):
        return batches  # no other line of any
    brought = _each(readings, Order)
    others = _others(store, orders, lines, scope)
    twice = brought.loc[brought["id"].duplicated().to_numpy(bool), "id"]
    parted = orders.frame["id"].isin([*others["order"], *twice]).to_numpy(bool)
    if not parted.any():
        return batches
    there = lines.frame[lines.frame["order"].isin(orders.frame["id"][parted])]
    whole = pd.concat([there[[*_COLUMNS]].assign(here=True), others.assign(here=False)])
    made = _made(store, orders.frame[parted], brought, whole)
    frame = pd.concat([orders.frame[~parted], made], ignore_index=True)
    fresh = dataclasses.replace(Batch.of(Order, frame), kept=orders.kept)
    return tuple(fresh if one.entity is Order else one for one in batches)


def _each(readings: Sequence[Reading], entity: type[Order]) -> pd.DataFrame:
    frames = [one.frame for reading in readings for one in reading.batches if one.entity is entity]
    return pd.concat(frames, ignore_index=True)


def _others(store: GraphStore, orders: Batch, lines: Batch, scope: Scope | None) -> pd.DataFrame:
    """The other lines of the orders, which are stored and stay."""
    wanted = orders.frame["id"].tolist() if store.count(OrderLine) else []
    found = store.read(OrderLine, _COLUMNS, where=("order", wanted))
    found = found[~found["id"].isin(lines.frame["id"])]
    if scope is None:
        return found
    gone = found["file_id"].isin(scope.file_ids) & ~found["id"].isin(lines.kept["id"])
    for day, past in ((scope.first, found["ordered_on"].lt), (scope.last, found["ordered_on"].gt)):
        if day is not None:
            gone &= ~past(day).fillna(value=False)
    return found[~gone.to_numpy(bool)]


def _made(
    store: GraphStore, orders: pd.DataFrame, brought: pd.DataFrame, lines: pd.DataFrame
) -> pd.DataFrame:
    """Orders as their first lines say: of the earliest day, and in the first state of any.

    Args:
        store: What is stored.
        orders: The orders as the last file that has each says.
        brought: As each file says.
        lines: All lines; `here` says which are loaded.
    """
    state = [ORDER_STATES.get(one, 0) for one in lines["status"].tolist()]
    turn = lines["line"].map(line_turn)
    lines = lines.assign(turn=turn, state=state).sort_values(["ordered_on", "turn"])
    first = lines.drop_duplicates("order").set_index("order").loc[orders["id"]]
    openest = lines.sort_values("state", kind="stable").drop_duplicates("order").set_index("order")
    by_file = brought.drop_duplicates(["id", "file_id"], keep="last")
    stored = store.read(Order, where=("id", orders["id"].tolist()))
    loaded = pd.MultiIndex.from_frame(by_file[["id", "file_id"]]).get_indexer(
        pd.MultiIndex.from_arrays([first.index, first["file_id"]])
    )
    before = pd.Index(stored["id"]).get_indexer(first.index)
    here = first["here"].to_numpy(bool)
    said = np.where(here, loaded, np.where(before < 0, -1, before + len(by_file)))
    last = np.arange(len(orders)) + len(by_file) + len(stored)
    whole = pd.concat([by_file, stored, orders], ignore_index=True)
    made = whole.take(np.where(said < 0, last, said)).reset_index(drop=True)
    return made.assign(
        account=first["account"].reset_index(drop=True),
        ordered_on=first["ordered_on"].reset_index(drop=True),
        status=openest["status"].loc[orders["id"]].reset_index(drop=True),
    )
