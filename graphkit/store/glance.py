"""What is in the file of a workspace, told in a moment: without frames, and without waiting.

For what somebody waits for at the keyboard: a name to be completed, and where one is.
"""

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import duckdb

from graphkit.errors import StoreUnreachableError
from graphkit.store.opening import connect

_STALE: Final = 31
"""Days by which an export lags behind the others before that is worth a line."""
_NAMES: Final = {
    "company": 'SELECT name FROM "Company" WHERE name IS NOT NULL',
    "customer": 'SELECT name FROM "Company" WHERE is_customer AND name IS NOT NULL',
    "cluster": 'SELECT name FROM "Cluster"',
    "industry": 'SELECT name FROM "Industry"',
    "employee": 'SELECT name FROM "Employee" WHERE name IS NOT NULL',
    "kind": 'SELECT DISTINCT kind FROM "FindingNode"',
    "finding": "SELECT left(id, 6) FROM \"FindingNode\" WHERE level <> 'cannot-tell'",
    "person": 'SELECT name FROM "Person" WHERE name IS NOT NULL',
}
_NEWEST: Final = """
SELECT path, last_on FROM "File"
QUALIFY row_number() OVER (PARTITION BY instance, kind ORDER BY last_on DESC, loaded_at DESC) = 1
ORDER BY last_on, path
"""
"""The newest export of each kind that each system has."""
_UNFINISHED: Final = """
SELECT arg_max(what, number) FROM "Run" AS run WHERE state <> 'done' AND NOT EXISTS (
    SELECT * FROM "Run" AS later
    WHERE later.what = run.what AND later.state = 'done' AND later.number > run.number
)
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Glance:
    """What a workspace holds.

    Attributes:
        last_day: The last day on which something occurred in any export, or that of the last load.
        files: How many files were loaded.
        companies: How many companies there are.
        customers: How many of them buy from the shop.
        told_on: The day as of which findings were told last; None when they never were.
        alerts: How many alerts there were then.
        watches: How many watches.
        rejected: Rows that were not loaded.
        stale: Exports that end long before the last day, each with its last day, oldest first.
        unfinished: What was interrupted last and not made up for, such as load; else empty.
    """

    last_day: dt.date | None
    files: int
    companies: int
    customers: int
    told_on: dt.date | None
    alerts: int
    watches: int
    rejected: int
    stale: tuple[tuple[str, dt.date], ...]
    unfinished: str


def glance(path: Path) -> Glance:
    """What the file of an embedded store holds.

    Args:
        path: The file.

    Raises:
        GraphkitError: It is not there, in use, or no store of this graphkit.
    """
    with _opened(path) as asked:
        [(files, last_on, loaded_at)] = asked(
            'SELECT count(*), max(last_on), max(loaded_at) FROM "File"'
        )
        last_day = last_on or (loaded_at.date() if loaded_at else None)
        [(companies, customers)] = asked(
            'SELECT count(*), count(*) FILTER (is_customer) FROM "Company"'
        )
        [(told_on, alerts, watches)] = asked(
            "SELECT max(as_of), count(*) FILTER (level = 'alert'),"
            " count(*) FILTER (level = 'watch') FROM \"FindingNode\""
        )
        [(rejected,)] = asked('SELECT count(DISTINCT (file_id, row)) FROM "Rejected"')
        stale = tuple(
            (name, on)
            for name, on in asked(_NEWEST)
            if on is not None and last_day is not None and (last_day - on).days > _STALE
        )
        [(unfinished,)] = asked(_UNFINISHED)
    return Glance(
        last_day,
        files,
        companies,
        customers,
        told_on,
        alerts,
        watches,
        rejected,
        stale,
        unfinished or "",
    )


def names(path: Path, *kinds: str) -> list[str]:
    """Names of companies, people and the like in a store, sorted.

    Args:
        path: The file.
        kinds: Of which: company, customer, cluster, industry, employee, kind, finding
            (its id as it is typed) or person.

    Raises:
        GraphkitError: It is not there, in use, or no store of this graphkit.
    """
    with _opened(path) as asked:
        return sorted({str(name) for kind in kinds for (name,) in asked(_NAMES[kind])})


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Callable[[str], list[tuple[Any, ...]]]]:
    """What answers questions about a file that nobody is writing to right now."""
    with contextlib.closing(connect(path, read_only=True, wait=0)) as connection:
        try:
            yield lambda question: connection.execute(question).fetchall()
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise StoreUnreachableError(
                "it was written by another version of graphkit",
                where=str(path),
                next_step="graphkit status, which says more",
            ) from error
