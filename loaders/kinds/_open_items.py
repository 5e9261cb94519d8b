"""Lists of open items: what customers owe on one day, and nothing of what they have paid."""

import datetime as dt
import re

import pandas as pd

from graphkit.batch import Batch
from graphkit.schema import Balance, Kind
from graphkit.sheets.titles import day_of_name, day_of_titles
from loaders.shape import Rows, mask_of

_SURELY = re.compile(r"\b(?:age?ing|aged|open (?:invoice|item|balance)s?|unpaid|outstanding)\b")
_PERHAPS = re.compile(r"\b(?:a ?r|receivables?)\b")


def balances(rows: Rows, invoices: pd.Series) -> list[Batch]:
    """What was open on each invoice on the day of a list of open items.

    A list is one of open items when it is called aging, open or unpaid; or when something is open
    on every row, and it is called receivables or says as of which day. It speaks for no invoice
    that it leaves out, which was paid. One that does not say its day, in its titles or its name, or
    a day before its own invoices, brings no balance.

    Args:
        rows: Invoices.
        invoices: Their ids.

    Returns:
        No batch for any other list; an empty one where the day is not known.
    """
    open_amount = rows.get("open_amount", Kind.MONEY)
    still_open = mask_of(open_amount != 0)
    texts = (rows.source.path, *rows.source.titles)
    words = [re.sub(r"[^a-z]+", " ", text.casefold()) for text in texts]
    surely, perhaps = (any(map(form.search, words)) for form in (_SURELY, _PERHAPS))
    told, named = day_of_titles(rows.source.titles), day_of_name(rows.source.path)
    every = bool(still_open.all() and (perhaps or told or named))
    if not still_open.any() or not (surely or every):
        return []
    day = told or (named if surely or perhaps else None)
    shown = still_open & bool(day and day >= _last(rows))
    columns = {
        "id": invoices + f"@{day}",
        "invoice": invoices,
        "on": pd.Series([day] * len(rows), dtype=Kind.DATE.dtype),
        "open_amount": open_amount,
        "row": rows.at,
    }
    kept = {name: column[shown].reset_index(drop=True) for name, column in columns.items()}
    return [Batch.of(Balance, kept, source=rows.source)]


def _last(rows: Rows) -> dt.date:
    """The day of the last invoice."""
    last: dt.date = rows.get("invoiced_on", Kind.DATE).max()
    return last
