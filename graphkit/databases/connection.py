"""A connection that can only read, and what goes wrong with it in words without secrets."""

import dataclasses
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from graphkit.databases.address import Database
from graphkit.errors import (
    AccessRefusedError,
    DatabaseUnreachableError,
    GraphkitError,
    UnreadableError,
    UsageError,
)

if TYPE_CHECKING:  # an extra, imported late below
    from sqlalchemy import Connection, Engine
    from sqlalchemy.exc import SQLAlchemyError

_SECONDS = 10
"""So long a server may take to answer at all."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Dialect:
    """What is special about a kind of database.

    Attributes:
        driver: The driver that is used where the address names none.
        install: How to get it.
        options: Options of a connection, by driver.
        begin: The statement that begins a transaction which is read only; empty where an option
            of the connection does it.
    """

    driver: str
    install: str
    options: Mapping[str, Mapping[str, int]]
    begin: str = ""


_SOON = {"connect_timeout": _SECONDS}
_MYSQL = _Dialect(
    "pymysql",
    "pip install pymysql",
    {"pymysql": _SOON, "mysqldb": _SOON},
    "START TRANSACTION READ ONLY",
)
_DIALECTS = {
    "postgresql": _Dialect(
        "psycopg",
        'pip install "graphkit-crm[sql]"',
        {"psycopg": _SOON, "psycopg2": _SOON},
    ),
    "mysql": _MYSQL,
    "mariadb": _MYSQL,
    "mssql": _Dialect("pyodbc", "pip install pyodbc", {"pyodbc": {"timeout": _SECONDS}}),
    "sqlite": _Dialect("pysqlite", "", {}),
}
_REFUSED_STATES = frozenset({"28000", "28P01", "42501"})
_REFUSED_NUMBERS = frozenset({1044, 1045, 1142, 1143, 1698})
"""Of MySQL and MariaDB."""
_REFUSED = re.compile(
    r"authentication failed|no password supplied|no pg_hba\.conf entry|role .* does not exist"
    r"|access denied|login failed|permission (was )?denied",
    re.IGNORECASE,
)
"""What they say where a driver hands on no code; a server may speak another language."""


@contextmanager
def reading(database: Database, where: str) -> Iterator["Connection"]:
    """A connection on which nothing can be written, and nothing is ever committed.

    Args:
        database: What to connect to.
        where: Mapping and database, for messages.

    Raises:
        DatabaseUnreachableError: It does not answer.
        AccessRefusedError: User or password are refused, or the user may not read that table.
        UnreadableError: The database cannot make sense of the query.
        UsageError: Its driver is not installed, or there is none for this kind of database.
    """
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415 - an extra

    engine = _engine(database, where)
    try:
        try:
            connection = engine.connect()
        except SQLAlchemyError as error:
            # "from None": what the driver says is in the message, and its own words may not be.
            raise _not_connected(error, database, where) from None
        with connection:
            begin = _DIALECTS[engine.dialect.name].begin
            if begin:
                connection.exec_driver_sql(begin)
            # Every dialect takes its own options and passes over those of others.
            yield connection.execution_options(postgresql_readonly=True, sqlite_raw_colnames=True)
    except SQLAlchemyError as error:
        raise _not_answered(error, database, where) from None
    finally:
        engine.dispose()


def _engine(database: Database, where: str) -> "Engine":
    from sqlalchemy import create_engine  # noqa: PLC0415 - an extra
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError  # noqa: PLC0415
    from sqlalchemy.pool import NullPool  # noqa: PLC0415

    url = database.url
    kind = url.get_backend_name()
    if kind not in _DIALECTS:
        raise UsageError(
            f"graphkit reads {', '.join(sorted(_DIALECTS))}, and no '{kind}'", where=where
        )
    dialect = _DIALECTS[kind]
    if "+" not in url.drivername:
        url = url.set(drivername=f"{kind}+{dialect.driver}")
    driver = url.drivername.partition("+")[2]
    options: dict[str, Any] = {"poolclass": NullPool, "hide_parameters": True}
    if kind == "sqlite":
        return create_engine("sqlite://", creator=_file(database, where), **options)
    if kind == "mssql":
        url = url.update_query_dict({"ApplicationIntent": "ReadOnly"})
    usual = dialect.options.get(driver, {})
    told = {name: value for name, value in usual.items() if name not in url.query}
    try:
        return create_engine(url, connect_args=told, **options)
    except (ImportError, NoSuchModuleError):
        raise UsageError(
            f"the driver {driver} is not installed",
            where=where,
            next_step=dialect.install if driver == dialect.driver else f"pip install {driver}",
        ) from None
    except (ArgumentError, TypeError, ValueError) as error:
        raise UsageError(
            f"its address cannot be used: {_first(database.masked(str(error)))}", where=where
        ) from None


def _file(database: Database, where: str) -> partial[sqlite3.Connection]:
    """Opens a file of SQLite for reading only; one that is not there is not made."""
    path = (database.folder / (database.url.database or "")).absolute()
    if not path.is_file():
        raise DatabaseUnreachableError(f"there is no file {path}", where=where)
    return partial(sqlite3.connect, f"{path.as_uri()}?mode=ro", uri=True, timeout=_SECONDS)


def _not_connected(error: "SQLAlchemyError", database: Database, where: str) -> GraphkitError:
    said = _said(error, database)
    if _is_refused(error, said):
        return AccessRefusedError(
            f"the database refuses us: {said}", where=where, next_step=database.how_to_sign_in
        )
    return DatabaseUnreachableError(
        f"the database cannot be reached: {said}",
        where=where,
        next_step="check its address, that it runs, and that this machine may reach it",
    )


def _not_answered(error: "SQLAlchemyError", database: Database, where: str) -> GraphkitError:
    said = _said(error, database)
    if _is_refused(error, said):
        return AccessRefusedError(
            f"the database refuses the query: {said}",
            where=where,
            next_step="ask its administrator for the right to read these tables",
        )
    if getattr(error, "connection_invalidated", False):
        return DatabaseUnreachableError(f"the connection was lost: {said}", where=where)
    return UnreadableError(f"the database cannot answer the query: {said}", where=where)


def _is_refused(error: "SQLAlchemyError", said: str) -> bool:
    """Whether it is the user, and not the server or the query, that is wrong."""
    cause = getattr(error, "orig", None)
    first = cause.args[0] if cause is not None and cause.args else None
    return (
        getattr(cause, "sqlstate", None) in _REFUSED_STATES
        or first in _REFUSED_STATES
        or (isinstance(first, int) and first in _REFUSED_NUMBERS)
        or bool(_REFUSED.search(said))
    )


def _said(error: "SQLAlchemyError", database: Database) -> str:
    """What the driver says, without what SQLAlchemy adds: the query and a web address."""
    return _first(database.masked(str(getattr(error, "orig", None) or error)))


def _first(text: str) -> str:
    """The first line, and the database's own hint."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return " ".join([*lines[:1], *(line for line in lines[1:] if line.startswith("HINT:"))])
