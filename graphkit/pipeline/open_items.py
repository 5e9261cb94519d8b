"""Lists of open items: they keep history, and speak for nothing that they leave out."""

from collections.abc import Sequence

import pandas as pd

from graphkit.batch import Batch, Reading
from graphkit.pipeline.exports import joined
from graphkit.schema import Balance, Entity, Invoice
from graphkit.store.base import GraphStore


def of_open_items(reading: Reading) -> bool:
    """Whether a reading lists only what is open: then it brings Balances, if only none."""
    return any(batch.entity is Balance for batch in reading.batches)


def claims(readings: Sequence[Reading]) -> list[dict[type[Entity], Batch]]:
    """The rows whose absence from the readings says that they are gone, by type.

    An invoice that a list of open items no longer has was paid, not deleted: such a list speaks for
    the balances of its own day only, and apart from other lists. Corrected rows speak for no other.
    """
    readings = [one for one in readings if not one.corrects]
    whole = joined([one for one in readings if not of_open_items(one)])
    lists = joined([one for one in readings if of_open_items(one)])
    balances = [one for one in lists if one.entity is Balance]
    return [{one.entity: one for one in some} for some in (whole, balances) if some]


def rows_of(store: GraphStore | None, readings: Sequence[Reading]) -> tuple[Batch, ...]:
    """One batch a type; of an invoice in several lists the row of the newest, or of a whole list.

    A list of open items has few columns: what it leaves empty stays as it is stored. So does what
    is open on an invoice that a stored list of a later day has.

    Args:
        store: What is stored; None for nothing yet.
        readings: What each file holds.
    """
    lists = sorted(filter(of_open_items, readings), key=_day)
    if not lists:
        return joined(readings)
    brought = joined(lists)
    days = next(one.frame for one in brought if one.entity is Balance)
    newest = days.groupby("invoice")["on"].max()
    opened = tuple(_filled(store, batch, newest) for batch in brought)
    as_one = Reading(opened, pd.DataFrame(), 0)
    return joined([as_one, *(one for one in readings if not of_open_items(one))])


def _day(reading: Reading) -> str:
    days = [str(batch.frame["on"].max()) for batch in reading.batches if batch.entity is Balance]
    return max(days, default="")


def _filled(store: GraphStore | None, batch: Batch, newest: pd.Series) -> Batch:
    """Invoices of lists whose newest day of each invoice is given; other rows as they are."""
    if store is None or batch.entity is not Invoice:
        return batch
    ids = batch.frame["id"].tolist()
    stored = store.read(Invoice, where=("id", ids)).set_index("id")
    known = store.read(Balance, ["invoice", "on"], where=("invoice", ids))
    until = newest.reindex(known["invoice"]).astype(known["on"].dtype).reset_index(drop=True)
    later = known.loc[(known["on"] > until).fillna(value=False).to_numpy(bool), "invoice"]
    frame = batch.frame.set_index("id")
    frame.loc[frame.index.isin(later), "open_amount"] = pd.NA
    filled = frame.combine_first(stored).loc[frame.index].reset_index()
    return Batch.of(Invoice, filled[list(Invoice.properties)])
