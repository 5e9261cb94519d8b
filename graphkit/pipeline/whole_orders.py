"""An order follows from all of its lines: those that are loaded and those that stay stored."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import pandas as pd

from graphkit.batch import Batch, Reading
from graphkit.schema import ORDER_STATES, Order, OrderLine, line_turn
from graphkit.store.base import GraphStore, Scope

_COLUMNS = ("id", "order", "line", "account", "ordered_on", "status")
_STORED = -1
"""Where a line comes from that no reading brings."""


@dataclasses.dataclass(frozen=True, slots=True)
class WholeOrders:
    """What becomes of the orders with the lines that are loaded, and with those that leave.

    Attributes:
        batches: One a type; each order says what all of its lines say.
        gone: Ids of the orders of which no line is left.
    """

    batches: tuple[Batch, ...]
    gone: tuple[str, ...] = ()


def orders_together(readings: Sequence[Reading], batches: tuple[Batch, ...]) -> tuple[Batch, ...]:
    """Batches in which each order says what the lines say that several readings bring.

    Args:
        readings: What each sheet or file holds.
        batches: What they hold together, where the last one that has a row says it alone.
    """
    by_type = {one.entity: one for one in batches}
    if len(readings) == 1 or not {Order, OrderLine} <= by_type.keys():
        return batches
    orders, lines = by_type[Order], by_type[OrderLine]
    brought = _each(readings, Order)
    own = lines.frame[[*_COLUMNS]]
    twice = brought.loc[brought["id"].duplicated().to_numpy(bool), "id"]
    kept_elsewhere = own["order"][~own["order"].isin(orders.frame["id"]).to_numpy(bool)]
    parted = {*twice, *kept_elsewhere} & {*own["order"]}
    own = own[own["order"].isin(parted).to_numpy(bool)]
    if own.empty:
        return batches
    turns = _each(readings, OrderLine)[["id", "at"]].drop_duplicates("id", keep="last")
    return _with_orders(batches, _made(brought, own.merge(turns, on="id")))


def whole_orders(store: GraphStore, batches: tuple[Batch, ...], scope: Scope | None) -> WholeOrders:
    """Batches in which each order says what all lines of it say, not only those that are loaded.

    An export of a week has some lines of an order, a corrected row is one; and of an order in two
    exports a newer state of one of them takes some lines away.

    Args:
        store: What is stored.
        batches: What the files hold together.
        scope: The stored lines for which they speak.
    """
    by_type = {one.entity: one for one in batches}
    if not {Order, OrderLine} <= by_type.keys() or not store.count(OrderLine):
        return WholeOrders(batches)
    orders, lines = by_type[Order], by_type[OrderLine]
    leaving = _leaving(store, lines, scope)
    touched = {*orders.frame["id"], *leaving["order"]}
    others = store.read(OrderLine, _COLUMNS, where=("order", touched))
    there = others["id"].isin(lines.frame["id"]) | others["id"].isin(leaving["id"])
    others = others[~there.to_numpy(bool)]
    own = lines.frame[[*_COLUMNS]]
    gone = {*leaving["order"]} - {*others["order"]} - {*own["order"]}
    if others.empty:
        return WholeOrders(batches, tuple(sorted(gone)))
    parted = {*others["order"]}
    stored = store.read(Order, where=("id", parted))
    own = own[own["order"].isin(parted).to_numpy(bool)]
    said = pd.concat([stored.assign(at=_STORED), orders.frame.assign(at=0)], ignore_index=True)
    whole = pd.concat([own.assign(at=0), others.assign(at=_STORED)], ignore_index=True)
    return WholeOrders(_with_orders(batches, _made(said, whole)), tuple(sorted(gone)))


def _each(readings: Sequence[Reading], entity: type[Order | OrderLine]) -> pd.DataFrame:
    """The rows of a type that each reading brings; `at` says which."""
    frames = [
        one.frame.assign(at=turn)
        for turn, reading in enumerate(readings)
        for one in reading.batches
        if one.entity is entity
    ]
    return pd.concat(frames, ignore_index=True)


def _leaving(store: GraphStore, lines: Batch, scope: Scope | None) -> pd.DataFrame:
    """Id and order of the stored lines for which files speak that no longer have them."""
    wanted = ("id", "order", "ordered_on")
    files = () if scope is None else scope.file_ids
    found = store.read(OrderLine, wanted, where=("file_id", files), ordered=False)
    if scope is None:
        return found
    gone = ~found["id"].isin(lines.ids)
    for day, past in ((scope.first, found["ordered_on"].lt), (scope.last, found["ordered_on"].gt)):
        if day is not None:
            gone &= ~past(day).fillna(value=False)
    return found[gone.to_numpy(bool)]


def _made(said: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Orders as their first lines say: of the earliest day, and in the first state of any.

    Args:
        said: Orders as each source says; `at` says which source, the likeliest last.
        lines: All lines of the orders; `at` says which source has each.
    """
    state = [ORDER_STATES.get(one, 0) for one in lines["status"].tolist()]
    turn = lines["line"].map(line_turn)
    lines = lines.assign(turn=turn, state=state).sort_values(["ordered_on", "turn"])
    first = lines.drop_duplicates("order").reset_index(drop=True)
    openest = lines.sort_values("state", kind="stable").drop_duplicates("order").set_index("order")
    said = said.drop_duplicates(["id", "at"], keep="last").reset_index(drop=True)
    keys = pd.MultiIndex.from_frame(said[["id", "at"]])
    own = keys.get_indexer(pd.MultiIndex.from_arrays([first["order"], first["at"]]))
    once = said.reset_index().drop_duplicates("id", keep="last").set_index("id")["index"]
    any_of = once.reindex(first["order"]).fillna(-1).to_numpy(np.int64)
    at = np.where(own < 0, any_of, own)
    first, at = first[at >= 0].reset_index(drop=True), at[at >= 0]
    made = said.drop(columns="at").take(at).reset_index(drop=True)
    status = openest["status"].loc[first["order"]].reset_index(drop=True)
    return made.assign(account=first["account"], ordered_on=first["ordered_on"], status=status)


def _with_orders(batches: tuple[Batch, ...], made: pd.DataFrame) -> tuple[Batch, ...]:
    """Batches with some orders made anew, which are then neither brought nor kept otherwise."""
    orders = next(one for one in batches if one.entity is Order)
    others = orders.frame[~orders.frame["id"].isin(made["id"]).to_numpy(bool)]
    kept = orders.kept[~orders.kept["id"].isin(made["id"]).to_numpy(bool)].reset_index(drop=True)
    frame = pd.concat([others, made], ignore_index=True)
    fresh = dataclasses.replace(Batch.of(Order, frame), kept=kept)
    return tuple(fresh if one.entity is Order else one for one in batches)
