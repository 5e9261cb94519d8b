"""The answer to a query as a sheet: the same text cells as a file, row n of the answer in row n."""

import contextlib
import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Sequence
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa

from graphkit.databases.address import Database
from graphkit.databases.connection import reading
from graphkit.databases.statement import only_reading
from graphkit.errors import UnreadableError
from graphkit.sheets import Sheet

_CHUNK = 10_000
"""Rows that live as Python objects at a time; what was read before them is Arrow text."""


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What a database answered.

    Attributes:
        sheet: Its columns and rows, all text.
        digest: SHA-256 of columns and cells: the same for the same answer.
    """

    sheet: Sheet
    digest: str


def ask(database: Database, query: str, *, path: str, place: str = "") -> Answer:
    """Run a query that only reads.

    Args:
        database: What to ask.
        query: One SELECT; it is sent as it stands.
        path: The mapping's file, for people.
        place: The same with its folders.

    Raises:
        UsageError: The query is no single SELECT, or the driver is not installed.
        DatabaseUnreachableError: The database does not answer.
        AccessRefusedError: It refuses the user.
        UnreadableError: It refuses the query, or the answer is no sheet.
    """
    where = f"{path}, database {database.name}"
    statement = only_reading(query, database.url.get_backend_name(), where)
    digest = hashlib.sha256()
    with (
        reading(database, where) as connection,
        contextlib.closing(
            # no_parameters: a % in the query is a % and no place for a value.
            connection.execution_options(no_parameters=True, yield_per=_CHUNK).exec_driver_sql(
                statement
            )
        ) as answer,
    ):
        names = _named([*answer.keys()], where)
        digest.update(json.dumps(names).encode())
        columns = [[pa.array([], pa.string())] for _ in names]
        for rows in answer.partitions(_CHUNK):
            for name, values, column in zip(names, zip(*rows, strict=True), columns, strict=True):
                texts = _texts(values, f"{where}, column {name}")
                digest.update(np.fromiter(map(len, texts), np.int64, len(texts)).tobytes())
                digest.update("".join(texts).encode())
                column.append(pa.array(texts, pa.string()))
    table = pa.table([pa.concat_arrays(one) for one in columns], names=names)
    cells = table.to_pandas(types_mapper=pd.ArrowDtype)
    sheet = Sheet(path, "", cells, np.arange(1, len(cells) + 1), "database", place=place)
    return Answer(sheet, digest.hexdigest())


def _named(names: Sequence[str], where: str) -> list[str]:
    """The columns' names, of which each must be there once."""
    for at, name in enumerate(names):
        if not name.strip() or name in names[:at]:
            what = (
                f"two columns of the answer are called '{name}'"
                if name.strip()
                else (f"column {at + 1} of the answer has no name")
            )
            raise UnreadableError(what, where=where, next_step="name it in the query: AS ...")
    if not names:
        raise UnreadableError("the answer has no columns", where=where)
    return [*names]


def _texts(values: Sequence[object], where: str) -> list[str]:
    """A column's cells as text; each type knows its own way."""
    try:
        return [_TEXT[type(value)](value) for value in values]
    except KeyError:
        return [_other(value, where) for value in values]


def _other(value: object, where: str) -> str:
    """A cell of a rarer type, such as a UUID, an interval or JSON."""
    if type(value) in _TEXT:
        return _TEXT[type(value)](value)
    if isinstance(value, bytes | bytearray | memoryview):
        raise UnreadableError(
            "it holds bytes and no text", where=where, next_step="leave it out, or CAST it"
        )
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return _plain(str(value))


def _plain(value: str) -> str:
    return value.replace("\x00", "")


def _number(value: float) -> str:
    """A number in digits, without an exponent: 34 and not 34.0, as a person would type it.

    >>> _number(34.0), _number(0.1), _number(1e22), _number(1.5e-7)
    ('34', '0.1', '10000000000000000000000', '0.00000015')
    """
    if value.is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def _moment(value: dt.datetime) -> str:
    """A day and time; the day alone at midnight, since some systems keep days so."""
    if value.time() == dt.time():
        return value.date().isoformat()
    return value.isoformat(sep=" ")


def _of_decimal(value: Decimal) -> str:
    return format(value, "f")


_TEXT: dict[type, Callable[..., str]] = {
    str: _plain,
    type(None): lambda _: "",
    int: str,
    float: _number,
    Decimal: _of_decimal,
    bool: lambda value: "yes" if value else "no",
    dt.date: dt.date.isoformat,
    dt.datetime: _moment,
    dt.time: dt.time.isoformat,
}
