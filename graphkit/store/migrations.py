"""The version of an embedded store: written when it is made, checked when it is opened.

An older store is copied beside itself and then brought up to date in one transaction, so that a
failed step leaves it as it was. A newer one is refused: what it holds is not known here.
"""

import contextlib
import dataclasses
import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import duckdb

from graphkit.errors import StoreUnreachableError, UnreadableError
from graphkit.schema import SCHEMA_VERSION, TYPES
from graphkit.store.tables import columns_of, create_table, quoted

_VERSION = "schema_version"


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """What turns a store of one version into one of the next.

    Attributes:
        version: The version it makes.
        what: What it does, for the release notes.
        statements: SQL, with names only and no values of a user.
    """

    version: int
    what: str
    statements: tuple[str, ...]


STEPS: tuple[Step, ...] = (
    Step(
        2,
        "Keep an account's group by its id, what a report adds up to and the day it shows, of how "
        "many of its rows nothing is made, the invoice that a credit memo names, what a quote is "
        "called, and the notes of an order line with the tolerances that are read from them. Ids "
        "of files and hashes of rows are computed otherwise than before: the next load reads each "
        "file once more under its new id and writes its rows anew, with the hash of now",
        (
            'ALTER TABLE "Account" ADD COLUMN "parent_id" VARCHAR',
            'ALTER TABLE "File" ADD COLUMN "stated" BIGINT',
            'ALTER TABLE "File" ADD COLUMN "as_of" DATE',
            'ALTER TABLE "File" ADD COLUMN "nothing" VARCHAR',
            'ALTER TABLE "File" ADD COLUMN "replaces" VARCHAR[]',
            'ALTER TABLE "Invoice" ADD COLUMN "reference" VARCHAR',
            'ALTER TABLE "Quote" ADD COLUMN "name" VARCHAR',
            'ALTER TABLE "OrderLine" ADD COLUMN "note" VARCHAR',
            'ALTER TABLE "OrderLine" ADD COLUMN "cells" BIGINT',
            'ALTER TABLE "Mentions" ADD COLUMN "value" DOUBLE',
        ),
    ),
    Step(
        3,
        "Keep of whom a text says what it mentions; the next load reads the texts again",
        (
            'ALTER TABLE "Mentions" ADD COLUMN "account" VARCHAR',
            'ALTER TABLE "Mentions" ADD COLUMN "says" VARCHAR',
        ),
    ),
    Step(4, "Keep what findings told before; tables that are new are made with every step", ()),
)
"""Every step since version 1, in order. Add one whenever SCHEMA_VERSION is raised."""


def prepare(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    read_only: bool,
    version: int = SCHEMA_VERSION,
    steps: Sequence[Step] = STEPS,
) -> None:
    """Make the tables of a new store, bring an older one up to date, refuse a newer one.

    Args:
        connection: An open store.
        path: Its file; the copy of an older store is made beside it.
        read_only: Whether the store may not be changed; then an older one is refused too.
        version: The version of this graphkit.
        steps: How older stores are brought up to date.

    Raises:
        StoreUnreachableError: The store is newer, or older and read_only.
        UnreadableError: It is a DuckDB file of something else.
    """
    stored = _tables_in(connection)
    found = _version_of(connection, stored, path)
    if found is not None and found > version:
        raise StoreUnreachableError(
            f"the store has schema version {found}, this graphkit knows up to {version}.",
            where=str(path),
            next_step="pip install --upgrade graphkit-crm",
        )
    if read_only:
        if found != version:
            raise StoreUnreachableError(
                f"the store has schema version {found}, this graphkit has {version}; "
                "loading brings it up to date.",
                where=str(path),
                next_step="graphkit load FOLDER",
            )
    elif found is None:
        _bring_up_to(connection, version, ())
        return  # all of its tables were made just now
    elif found < version:
        copy_beside(connection, path, version)
        _bring_up_to(connection, version, [step for step in steps if found < step.version])
        stored = _tables_in(connection)
    elif not TYPES.keys() <= stored.keys():
        _make_tables(connection)
        stored = _tables_in(connection)
    _check_tables(stored, path)


def _version_of(
    connection: duckdb.DuckDBPyConnection, tables: Collection[str], path: Path
) -> int | None:
    """The version in the store; None when it is empty."""
    if not tables:
        return None
    if "Meta" not in tables:
        raise UnreadableError(
            "is a DuckDB file, but not a graphkit store.",
            where=str(path),
        )
    rows = connection.execute('SELECT value FROM "Meta" WHERE id = ?', [_VERSION]).fetchall()
    if not rows:
        raise UnreadableError("the store does not say its schema version.", where=str(path))
    return int(rows[0][0])


def copy_beside(connection: duckdb.DuckDBPyConnection, path: Path, version: int) -> Path:
    """Copy an open store to NAME.before-vN, N being the version that it is brought to.

    DuckDB copies it, while it holds the lock: a copy of the bytes could catch another program
    half-way, and closing the copied file would release the lock.

    Returns:
        The copy. One that is there already, from a step that failed, is replaced.
    """
    copy = path.with_name(f"{path.name}.before-v{version}")
    part = copy.with_name(f"{copy.name}.part")
    _remove(part)
    [(name,)] = connection.execute("SELECT current_database()").fetchall()
    connection.execute("ATTACH ? AS copied", [str(part)]).fetchall()
    try:
        connection.execute(f"COPY FROM DATABASE {quoted(name)} TO copied").fetchall()
        connection.execute("DETACH copied").fetchall()
    except BaseException:
        with contextlib.suppress(duckdb.Error):  # the first error is the one to tell
            connection.execute("DETACH copied").fetchall()
        _remove(part)
        raise
    os.replace(part, copy)  # noqa: PTH105 - Path.replace says the same
    return copy


def _remove(database: Path) -> None:
    """Remove a file of DuckDB and its log, if they are there."""
    for file in (database, database.with_name(f"{database.name}.wal")):
        file.unlink(missing_ok=True)


def _bring_up_to(
    connection: duckdb.DuckDBPyConnection, version: int, steps: Sequence[Step]
) -> None:
    """Run steps, make missing tables and write the version, all or nothing."""
    connection.execute("BEGIN")
    try:
        for step in sorted(steps, key=lambda one: one.version):
            for statement in step.statements:
                connection.execute(statement).fetchall()
        _make_tables(connection)
        connection.execute('DELETE FROM "Meta" WHERE id = ?', [_VERSION])
        row = [_VERSION, str(version)]
        connection.execute('INSERT INTO "Meta" (id, value) VALUES (?, ?)', row)
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(duckdb.TransactionException):  # a failed commit ended it already
            connection.execute("ROLLBACK")
        raise


def _make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of types that are declared and not there, as those of a plug-in."""
    there = _tables_in(connection)
    for name, entity in TYPES.items():
        if name not in there:
            connection.execute(create_table(entity)).fetchall()


def _check_tables(stored: Mapping[str, Mapping[str, str]], path: Path) -> None:
    """Refuse a store whose tables are not those that are declared."""
    for name, entity in TYPES.items():
        if stored.get(name) != columns_of(entity):
            raise StoreUnreachableError(
                f"the table {name} in the store is not the one that this graphkit declares.",
                where=str(path),
                next_step="move the store away, then graphkit load FOLDER",
            )


def _tables_in(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """The type of each column of each table."""
    rows = connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE NOT internal AND schema_name = current_schema()"
    ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found
