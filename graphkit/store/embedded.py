"""The embedded store: one DuckDB file, which needs nothing but Python."""

import contextlib
import datetime as dt
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from graphkit.batch import Batch
from graphkit.encoded import as_arrow
from graphkit.schema import Entity, Kind
from graphkit.store import tables
from graphkit.store.base import Changes, GraphStore, Scope
from graphkit.store.compare import renewed_by_all, renewed_by_rows
from graphkit.store.migrations import prepare
from graphkit.store.opening import clear_failures, connect
from graphkit.store.runs import recorded_run, unfinished_run


class EmbeddedStore(GraphStore):
    """A graph in one DuckDB file.

    One process writes, or several read. Removing a node removes nothing else: a relationship is a
    row of its own, or a column of a fact, and goes with the file that said it. Use it from one
    thread.

    Args:
        path: The file; made when it is not there, unless read_only.
        read_only: Whether to open it beside other readers; writing then is an error.
        wait: Seconds to wait for a process that has it.

    Raises:
        NothingLoadedError: There is no such file to read.
        StoreUnreachableError: It is locked by another process, which is named, or newer.
        AccessRefusedError: The file or its folder may not be read or written.
        UnreadableError: It is not a graphkit store.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, read_only: bool = False, wait: float = 10.0
    ) -> None:
        self.path = Path(path)
        self._inside = False  # a transaction
        self._undone = False  # by an error within it
        self._connection = connect(self.path, read_only=read_only, wait=wait)
        try:
            with clear_failures(self.path):
                prepare(self._connection, self.path, read_only=read_only)
        except BaseException:
            self._connection.close()
            raise

    def transaction(self) -> AbstractContextManager[None]:
        """All writes inside become visible together, or none do when an error leaves the block.

        A transaction within another is part of it. An error that leaves the inner one undoes both,
        even when it is caught in between: DuckDB has no savepoints.

        Raises:
            StoreUnreachableError: The changes could not be written, as on a full disk.
            RuntimeError: The block ended well although an inner transaction had failed.
        """
        return self._transaction()

    def _transaction(self) -> AbstractContextManager[None]:
        return self._inner() if self._inside else self._outermost()

    @contextlib.contextmanager
    def _inner(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self._undone = True
            raise

    @contextlib.contextmanager
    def _outermost(self) -> Iterator[None]:
        with clear_failures(self.path):
            self._run("BEGIN")
            self._inside, self._undone = True, False
            try:
                yield
                self._commit()
            except BaseException:
                # A fatal error, such as a full disk, has ended the transaction already.
                with contextlib.suppress(duckdb.TransactionException, duckdb.FatalException):
                    self._connection.execute("ROLLBACK")
                raise
            finally:
                self._inside = False

    def _commit(self) -> None:
        if self._undone:
            raise RuntimeError("part of this transaction failed, and the error was caught")
        self._run("COMMIT")

    def write(self, batch: Batch, *, run: int) -> Changes:
        """Add new rows and change changed ones, by id (see `GraphStore.write`)."""
        if not len(batch):
            return Changes(unchanged=len(batch.kept))
        with self._staged(batch, run), self._transaction():
            return self._merge(batch)

    def replace(self, batch: Batch, scope: Scope, *, run: int) -> Changes:
        """Write a batch, and remove rows within `scope` that it does not have.

        Of a type whose rows know no file, none is within scope.
        """
        entity = batch.entity
        with self._staged(batch, run), self._transaction():
            changes = self._merge(batch)
            if "file_id" not in entity.properties:
                return changes
            days = {"first": scope.first, "last": scope.last} if entity.event else {}
            with self._here(batch), self._wanted(scope.file_ids):
                removed = self._run(tables.delete_in_scope(entity), days)
            return changes + Changes(removed=removed)

    def still_there(self, batch: Batch, scope: Scope) -> pd.DataFrame:
        """How many rows within `scope` each file has, and how many of them a batch has or keeps."""
        days = {"first": scope.first, "last": scope.last}
        statement = tables.still_there(batch.entity)
        with self._here(batch), self._wanted(scope.file_ids):
            rows = self._rows(statement, days)
        return pd.DataFrame(rows, columns=["file_id", "stored", "still"])

    def remove(self, entity: type[Entity], ids: Collection[str]) -> int:
        """Remove rows by id; how many there were."""
        if not ids:
            return 0
        with self._wanted(ids), self._transaction():
            return self._run(tables.delete_listed(entity))

    def set_all(self, batch: Batch, *, run: int) -> Changes:
        """Make a type hold exactly the rows of a batch; here an empty value erases always."""
        if not len(batch) and not self.count(batch.entity):
            return Changes()
        with self._staged(batch, run), self._here(batch), self._transaction():
            removed = self._run(tables.delete_others(batch.entity))
            books = renewed_by_all(batch.entity)
            return self._merge_rows(batch, books, filling=False) + Changes(removed=removed)

    def _merge(self, batch: Batch) -> Changes:
        entity = batch.entity
        changes = self._merge_rows(batch, renewed_by_rows(entity), filling=entity.fills)
        return changes + Changes(unchanged=len(batch.kept))

    def _merge_rows(self, batch: Batch, books: list[str], *, filling: bool) -> Changes:
        entity = batch.entity
        if self._run(tables.repeats()):
            raise ValueError(f"{entity.__name__}: an id is there twice")
        before = self.count(entity)
        if not before:
            return Changes(added=self._run(tables.insert(entity)))
        if entity.sourced and (filling or not entity.fills):  # then equal hashes end a comparison
            self._run(tables.keep_fresh(entity))
            [differ] = self._rows(tables.differing(entity))
            fresh = tables.merge(entity, tables.FRESH, filling=filling, differ=differ)
            written = self._run(fresh)
            self._run(f"DROP TABLE {tables.FRESH}")
        else:
            written = self._run(tables.merge(entity, tables.STAGED, filling=filling))
        if books:
            self._run(tables.renew(entity, books))
        added = self.count(entity) - before
        return Changes(added, written - added, len(batch) - written)

    def read(
        self,
        entity: type[Entity],
        columns: Sequence[str] = (),
        *,
        where: tuple[str, Collection[str]] | None = None,
        ordered: bool = True,
    ) -> pd.DataFrame:
        """Rows of a type, sorted by id (see `GraphStore.read`).

        Raises:
            KeyError: A column that the type does not have.
            ValueError: `where` names a column that holds no text.
        """
        columns = self._wanted_columns(entity, columns, where)
        if where is None:
            return self._select(entity, columns, tables.select(entity, columns, ordered=ordered))
        name, values = where
        statement = tables.select(entity, columns, where=name, ordered=ordered)
        with self._wanted(values):
            return self._select(entity, columns, statement)

    def _select(self, entity: type[Entity], columns: list[str], statement: str) -> pd.DataFrame:
        with clear_failures(self.path):
            found = self._connection.sql(statement).to_arrow_table()
        return tables.to_frame(entity, columns, found)

    def values(self, entity: type[Entity], column: str) -> pd.Series:
        """Each value that a column has, once and sorted (see `GraphStore.values`).

        Raises:
            KeyError: The type has no such column.
        """
        columns = self._wanted_columns(entity, [column], None)
        return self._select(entity, columns, tables.values(entity, column))[column]

    def count(self, entity: type[Entity]) -> int:
        """How many rows a type has."""
        return self._run(tables.count(entity))

    def next_run(self, what: str, *, as_of: dt.date | None = None) -> AbstractContextManager[int]:
        """A run (see `GraphStore.next_run`); its records are committed before and after the block.

        What a failed run had not committed is undone; its record stays "writing".
        """
        return recorded_run(self, what, as_of=as_of)

    def unfinished(self) -> str:
        """What the run was doing that never ended, or an empty text."""
        return unfinished_run(self)

    def close(self) -> None:
        """Release the store; closing twice is no error."""
        self._connection.close()

    def _run(self, statement: str, parameters: dict[str, dt.date | None] | None = None) -> int:
        """Run a statement to its end; the number it answers, or 0."""
        rows = self._rows(statement, parameters)
        return int(rows[0][0]) if rows else 0

    def _rows(
        self, statement: str, parameters: dict[str, dt.date | None] | None = None
    ) -> list[tuple[Any, ...]]:
        """Run a statement to its end; what it answers."""
        with clear_failures(self.path):
            return self._connection.execute(statement, parameters).fetchall()

    @contextlib.contextmanager
    def _seen_as(self, name: str, table: pa.Table) -> Iterator[None]:
        with clear_failures(self.path):
            self._connection.register(name, table)
        try:
            yield
        finally:
            # A failed statement lets nothing else happen in its transaction; then the name stays
            # until it is used again.
            with contextlib.suppress(duckdb.TransactionException, duckdb.FatalException):
                self._connection.unregister(name)

    def _staged(self, batch: Batch, run: int) -> AbstractContextManager[None]:
        """Let statements see the rows of a batch, as written by `run`."""
        frame = batch.frame
        if "run" in batch.entity.properties:
            frame = frame.assign(run=pd.Series(run, index=frame.index, dtype=Kind.INTEGER.dtype))
        return self._seen_as(tables.STAGED, tables.to_arrow(batch.entity, frame))

    def _here(self, batch: Batch) -> AbstractContextManager[None]:
        """Let statements see the ids of the rows that a batch has or keeps."""
        return self._seen_as(tables.HERE, pa.table({"id": as_arrow(batch.ids)}))

    def _wanted(self, values: Collection[str]) -> AbstractContextManager[None]:
        """Let statements see a list of values."""
        listed = pa.array(sorted(set(values)), type=Kind.TEXT.arrow)
        return self._seen_as(tables.WANTED, pa.table({tables.WANTED: listed}))
