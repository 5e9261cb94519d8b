"""Lists of open items: what customers owe on one day, and nothing of what they have paid."""

import datetime as dt
import re

import pandas as pd

from graphkit.batch import Batch
from graphkit.schema import Balance, Kind
from loaders.shape import Rows, mask_of
from loaders.state_days import day_of_name, day_of_titles

_CALLED = re.compile(
    r"\b(?:a ?r|age?ing|aged|open (?:invoice|item|balance)s?|unpaid|outstanding|receivables?)\b"
)


def balances(rows: Rows, invoices: pd.Series) -> list[Batch]:
    """What was open on each invoice on the day of a list of open items.

    A list is one of open items when something is open on every row, and it says as of which day, or
    is called so: aging, open invoices, unpaid. It speaks for no invoice that it leaves out, which
    was paid. One whose day is not known, or lies before its own invoices, brings no balance.

    Args:
        rows: Invoices.
        invoices: Their ids.

    Returns:
        No batch for any other list; an empty one where the day is not known.
    """
    open_amount = rows.get("open_amount", Kind.MONEY)
    if not len(rows) or open_amount.isna().any() or mask_of(open_amount == 0).any():
        return []
    told, named = day_of_titles(rows.source.titles), day_of_name(rows.source.path)
    called = _is_called_so(rows)
    if not (told or named or called):
        return []
    day = told or (named if called else None)
    known = day is not None and day >= _last(rows)
    columns = {
        "id": invoices + f"@{day}",
        "invoice": invoices,
        "on": pd.Series([day] * len(rows), dtype=Kind.DATE.dtype),
        "open_amount": open_amount,
        "row": rows.at,
    }
    shown = columns if known else {name: column[:0] for name, column in columns.items()}
    return [Batch.of(Balance, shown, source=rows.source)]


def _is_called_so(rows: Rows) -> bool:
    texts = (rows.source.path, *rows.source.titles)
    return any(_CALLED.search(re.sub(r"[^a-z]+", " ", text.casefold())) for text in texts)


def _last(rows: Rows) -> dt.date:
    """The day of the last invoice."""
    last: dt.date = rows.get("invoiced_on", Kind.DATE).max()
    return last
