"""One commit: the files of one system instance and kind, and what they say is gone."""

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from graphkit.batch import Batch, Reading
from graphkit.pipeline.corrections import drop_corrected
from graphkit.pipeline.exports import Export
from graphkit.pipeline.open_items import claims, rows_of
from graphkit.pipeline.whole_orders import whole_orders
from graphkit.privacy import Forgotten
from graphkit.schema import Decision, Entity, File, Order, OrderLine, Rejected
from graphkit.snapshot import days_of
from graphkit.store.base import Changes, GraphStore, Scope

_NEWER_STATE = 0.5
"""An export that has fewer of the rows a file brought for the same days is another part of the data
(the other half of the customers, a filtered list), not a newer state of that file."""


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """What a group of files brings.

    Attributes:
        batches: One a type, entities before the facts that link to them.
        scopes: By type, the stored rows that the files speak for, where one of them is gone; types
            that are only added to have none, and orders go with their last line.
        gone: Ids of the orders of which no line is left.
        replaced: Ids of the stored Files of which these are a newer state.
        books: The stored Files of the same system instance and kind.
    """

    batches: tuple[Batch, ...]
    scopes: dict[type[Entity], Scope]
    gone: tuple[str, ...]
    replaced: tuple[str, ...]
    books: pd.DataFrame


def plan_commit(store: GraphStore, group: Sequence[Export], readings: Sequence[Reading]) -> Plan:
    """What to write, and which stored rows the files speak for.

    They speak for the days they cover, and for the files of which they are a newer state: an export
    of March removes nothing of February, and one half of the customers nothing of the other. Lists
    of open items speak for no invoice that they leave out (see `open_items`).

    Args:
        store: What is stored.
        group: Files of one system instance and kind.
        readings: What each holds.
    """
    batches = rows_of(store, readings)
    brought = {one.entity: one for one in batches}
    books = store.read(File, where=("instance", [group[0].source.instance]))
    books = books[books["kind"] == group[0].source.kind]
    known = tuple(books["id"])
    scopes: dict[type[Entity], Scope] = {}
    files: set[str] = set()
    for claim in claims(readings):
        spans = {entity: span for entity, one in claim.items() if (span := _span(one)) is not None}
        stored = {
            entity: store.still_there(brought[entity], Scope(known, *span))
            for entity, span in spans.items()
        }
        if not any(len(rows) for rows in stored.values()):
            continue
        finest = max(reversed(stored), key=lambda one: int(stored[one]["stored"].sum()))
        replaced = _replaced(books, stored[finest], [one.name for one in group])
        files |= set(replaced)
        scopes |= {
            entity: Scope(replaced, *spans[entity])
            for entity, rows in stored.items()
            if _lacks(rows, replaced)
        }
    whole = whole_orders(store, batches, scopes.get(OrderLine))
    scopes.pop(Order, None)
    return Plan(whole.batches, scopes, whole.gone, tuple(sorted(files)), books)


def commit(
    store: GraphStore, group: Sequence[Export], readings: Sequence[Reading], *, run: int
) -> dict[str, Changes]:
    """Write the rows of a group in one transaction, and the books about its files.

    Args:
        store: Where to.
        group: Files of one system instance and kind.
        readings: What each holds; also of the unchanged ones, since the rows that left are those
            that none of them has.
        run: The run that the changes belong to.

    Returns:
        What changed, by type.
    """
    forgotten = Forgotten.of(store.read(Decision))
    plan = plan_commit(store, group, forgotten.left_out_of(readings))
    replaces = _names_of_replaced(plan, group)
    changes: dict[str, Changes] = {}
    with store.transaction():
        for batch in plan.batches:
            scope = plan.scopes.get(batch.entity)
            made = store.replace(batch, scope, run=run) if scope else store.write(batch, run=run)
            if batch.entity is Order:
                made += Changes(removed=store.remove(Order, plan.gone))
            changes[batch.entity.__name__] = made
        _drop_old_rejects(store, group, plan)
        for one, reading in zip(group, readings, strict=True):
            if one.fresh:
                _write_books(store, one, reading, replaces, run=run)
                _write_rejects(store, one, reading, forgotten, run=run)
        drop_corrected(store, [sheet for one in group for sheet in one.sheets])
    return changes


_Span = tuple[dt.date, dt.date]
"""First and last day."""


def _span(batch: Batch) -> _Span | None:
    """The days that a batch covers; None for types that are only added to."""
    entity = batch.entity
    if not (entity.sourced and entity.event and len(batch.ids)):
        return None
    days = days_of(pd.concat([batch.frame[entity.event], batch.kept["on"]]))
    days = days[~np.isnat(days)]
    return (days.min().astype(dt.date), days.max().astype(dt.date)) if days.size else None


def _lacks(stored: pd.DataFrame, files: Sequence[str]) -> bool:
    """Whether rows of some files are no longer there."""
    own = stored[stored["file_id"].isin(files)]
    return bool((own["still"] < own["stored"]).any())


def _replaced(books: pd.DataFrame, stored: pd.DataFrame, names: Sequence[str]) -> tuple[str, ...]:
    """The files of which the new ones are a newer state.

    Those whose rows they still have. A file whose own rows are few, since it once was a newer state
    itself and only what changed then is its, counts by its name without digits (dates, versions).
    """
    loaded = dict(zip(books["id"], books["loaded"], strict=True))
    paths = dict(zip(books["id"], books["path"], strict=True))
    own = {_undated(name) for name in names}
    found = []
    for file_id, count, shared in stored.itertuples(index=False):
        still = shared >= count * _NEWER_STATE
        few = count < loaded[file_id] * _NEWER_STATE
        if still or (few and _undated(paths[file_id]) in own):
            found.append(str(file_id))
    return tuple(sorted(found))


def _undated(name: str) -> str:
    return re.sub(r"\d+", "", name)


def _drop_old_rejects(store: GraphStore, group: Sequence[Export], plan: Plan) -> None:
    """A newer state of a file says anew what cannot be read; so does a file of the same name."""
    same = plan.books[plan.books["path"].isin({one.name for one in group})]
    kept = {one.source.file_id for one in group if not one.fresh}
    old = (set(same["id"]) | set(plan.replaced)) - kept
    rows = store.read(Rejected, ["id"], where=("file_id", old))
    store.remove(Rejected, rows["id"].tolist())


def _names_of_replaced(plan: Plan, group: Sequence[Export]) -> list[str]:
    """The names of the Files that are replaced, but for those that the files of the group have."""
    paths = plan.books.loc[plan.books["id"].isin(plan.replaced), "path"]
    return sorted(set(paths) - {one.name for one in group})


def _write_books(
    store: GraphStore, one: Export, reading: Reading, replaces: list[str], *, run: int
) -> None:
    rejected = reading.rejected
    columns: dict[str, list[object]] = {
        "id": [one.source.file_id],
        "system": [one.source.system],
        "instance": [one.source.instance],
        "kind": [one.source.kind],
        "path": [one.source.path],
        "content": [one.content],
        "loaded_at": [dt.datetime.now(dt.UTC).replace(tzinfo=None)],
        "rows": [reading.rows],
        "loaded": [reading.rows - reading.repeated - rejected],
        "repeated": [reading.repeated],
        "rejected": [rejected],
        "nothing": [json.dumps(dict(reading.nothing), ensure_ascii=False)],
        "amount": [reading.amount],
        "stated": [reading.stated],
        "first_on": [_day(reading.first_on)],
        "last_on": [_day(reading.last_on)],
        "as_of": [_day(reading.as_of)],
        "replaces": [replaces],
        "reading": [one.reading],
    }
    store.write(Batch.of(File, columns), run=run)


def _write_rejects(
    store: GraphStore, one: Export, reading: Reading, forgotten: Forgotten, *, run: int
) -> None:
    rejects = reading.rejects
    if forgotten and len(rejects):
        rejects = rejects[~forgotten.contents(rejects["content"].tolist())]
    if len(rejects):
        key = one.source.file_id + ":" + rejects["row"].astype(str) + ":" + rejects["column"]
        rows = rejects.assign(id=key, file_id=one.source.file_id)
        store.write(Batch.of(Rejected, rows), run=run)


def _day(iso: str) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None
