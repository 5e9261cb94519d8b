"""What was known on a day that somebody asked for."""

import datetime as dt

from graphkit.errors import UsageError
from graphkit.snapshot import Snapshot, days_seen
from graphkit.statistics.engine import BUILT_IN, Engine
from graphkit.store.base import GraphStore


def seen(
    store: GraphStore, day: dt.date | None, *, currency: str, engine: Engine = BUILT_IN
) -> Snapshot:
    """What was known at the end of a day, or of the last one on which something occurred.

    Args:
        store: Where the graph is.
        day: The day; the last when None.
        currency: The workspace's currency.
        engine: What computes communities and PageRank.

    Raises:
        UsageError: The graph is not whole, or that day answers nothing.
        NothingLoadedError: Nothing is stored.
    """
    if store.unfinished() == "load":  # companies and facts are apart: no analysis speaks then
        raise UsageError(
            "The last load did not finish, so the graph is not whole.",
            next_step="graphkit load with the same exports: it finishes what was begun",
        )
    first, last = days_seen(store)
    if day is not None:
        _check(day, first, last)
    return Snapshot(store, day or last, currency=currency, engine=engine)


def _check(day: dt.date, first: dt.date, last: dt.date) -> None:
    """A day on which nothing had happened yet, or which has not come, answers nothing."""
    if day < first:
        raise UsageError(
            f"Nothing had happened yet by {day}: the first day in the exports is {first}.",
            next_step=f"--as-of {last}",
        )
    if day > max(last, dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)):
        raise UsageError(
            f"{day} has not come yet: the last day in the exports is {last}.",
            next_step=f"--as-of {last}",
        )
