"""The connection to a Neo4j: statements, transactions, bounded retries, errors in our words."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

import neo4j
import pandas as pd
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    Forbidden,
    Neo4jError,
    ServiceUnavailable,
    TransientError,
)
from neo4j.time import Date, DateTime, Duration, Time

from graphkit.errors import AccessRefusedError, GraphkitError, StoreUnreachableError, UsageError
from graphkit.store.reading import check_only_reads

_READ_ONLY = "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase"
CONNECT_SECONDS = 10.0
RETRY_SECONDS = 15.0
"""How long a transaction that a deadlock or a lost connection undid is tried again."""
LARGEST_TRANSACTION = 50_000
"""Rows after which a block is committed in pieces: the server holds a transaction in memory."""


class Bolt:
    """One conversation with a Neo4j database; sees its own writes, also in a cluster.

    All goes through one session: each transaction waits until whichever server answers it knows
    of the one before. What only reads says so, and may be answered by a replica.

    Args:
        uri: bolt://, neo4j://, bolt+s:// or neo4j+s:// address.
        user: Who asks.
        password: The user's password.
        database: Name of the database; the user's home database when empty.

    Raises:
        StoreUnreachableError: Nobody answers there.
        AccessRefusedError: The user or password is refused.
    """

    def __init__(self, uri: str, *, user: str, password: str, database: str = "") -> None:
        self.uri = uri
        self._transaction: neo4j.Transaction | None = None
        self._rows = 0
        with self.clear_failures():
            self._driver = neo4j.GraphDatabase.driver(
                uri,
                auth=(user, password),
                connection_timeout=CONNECT_SECONDS,
                connection_acquisition_timeout=CONNECT_SECONDS,
                max_transaction_retry_time=RETRY_SECONDS,
                notifications_min_severity="OFF",
            )
        self._session = self._driver.session(database=database or None)
        try:
            with self.clear_failures():
                self._driver.verify_connectivity()
                self._session.run("RETURN 1").consume()  # only so one learns of the database
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the conversation; doing so twice is no error."""
        self._session.close()
        self._driver.close()

    def read(self, statement: str, **parameters: object) -> dict[str, Any]:
        """The only record that a statement answers; an empty mapping when there is none."""
        return self._run(self._session.execute_read, statement, parameters)

    def write(self, statement: str, *, size: int = 0, **parameters: object) -> dict[str, Any]:
        """Run a statement that changes the graph; the only record that it answers.

        Args:
            statement: Cypher.
            size: How many rows it writes, for keeping transactions small.
            **parameters: Values of its parameters.
        """
        found = self._run(self._session.execute_write, statement, parameters)
        self._rows += size
        if self._transaction is not None and self._rows > LARGEST_TRANSACTION:
            with self.clear_failures():
                self._transaction.commit()
                self._transaction = self._session.begin_transaction()
            self._rows = 0
        return found

    def _run(
        self, execute: Any, statement: str, parameters: Mapping[str, object]
    ) -> dict[str, Any]:
        with self.clear_failures():
            if self._transaction is not None:
                record = self._transaction.run(statement, dict(parameters)).single()
            else:
                record = execute(lambda one: one.run(statement, dict(parameters)).single())
        return dict(record) if record is not None else {}

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside are one transaction; one within another is part of it.

        A block of more than LARGEST_TRANSACTION rows is committed in pieces: then what makes it
        whole is its run, which stays "writing" until the end.
        """
        if self._transaction is not None:
            yield
            return
        with self.clear_failures():
            self._transaction = self._session.begin_transaction()
        self._rows = 0
        try:
            yield
            with self.clear_failures():
                self._transaction.commit()
        finally:
            undone, self._transaction = self._transaction, None
            with contextlib.suppress(DriverError, Neo4jError):
                undone.close()  # rolls back unless it was committed

    def make_schema(self, statements: list[str]) -> None:
        """Run statements about constraints and indexes, and wait until the indexes are ready.

        Where we may only read, what is missing stays so: whoever writes makes it.
        """
        with self.clear_failures():
            try:
                self._session.execute_write(
                    lambda one: [one.run(text).consume() for text in statements]
                )
            except ClientError as problem:  # of which Forbidden is one
                if not isinstance(problem, Forbidden) and problem.code != _READ_ONLY:
                    raise
                return
            self._session.run("CALL db.awaitIndexes(300)").consume()

    def query(self, cypher: str, parameters: Mapping[str, object]) -> pd.DataFrame:
        """Rows of a read-only query, in plain values.

        Read-only in two ways: the server's own plan must say so, and it runs in read mode.

        Raises:
            UsageError: The query has a mistake, or does more than read the graph.
        """
        with self.clear_failures(), self.clear_mistakes():
            check_only_reads(
                self._session.execute_read(
                    lambda one: one.run(f"EXPLAIN {cypher}", dict(parameters)).consume()
                )
            )
            names, rows = self._session.execute_read(
                lambda one: _fetched(one.run(cypher, dict(parameters)))
            )
        return pd.DataFrame(rows, columns=names, dtype=object)

    @contextlib.contextmanager
    def clear_mistakes(self) -> Iterator[None]:
        """Say what is wrong with a query that a person wrote."""
        try:
            yield
        except (AuthError, Forbidden):
            raise
        except ClientError as problem:
            raise UsageError(f"Neo4j does not take this query: {problem.message}") from problem

    @contextlib.contextmanager
    def clear_failures(self) -> Iterator[None]:
        """Say in graphkit's words what the driver or the server could not do."""
        try:
            yield
        except (AuthError, Forbidden) as problem:
            raise AccessRefusedError(
                f"Neo4j refuses access: {problem.message}",
                where=self.uri,
                next_step="graphkit neo4j login ADDRESS, or set GRAPHKIT_NEO4J_USER and "
                "GRAPHKIT_NEO4J_PASSWORD",
            ) from problem
        except ConfigurationError as problem:
            raise UsageError(f"is not a usable address: {problem}", where=self.uri) from problem
        except TransientError as problem:
            raise StoreUnreachableError(
                f"Neo4j could not do it now: {problem.message}",
                where=self.uri,
                next_step="run the command again; it goes on where it stopped. If memory was "
                "short: graphkit neo4j down, then graphkit neo4j up --memory 2g",
            ) from problem
        except (ServiceUnavailable, DriverError, OSError) as problem:
            raise StoreUnreachableError(
                f"Neo4j does not answer: {problem}",
                where=self.uri,
                next_step="graphkit neo4j status; graphkit neo4j up",
            ) from problem
        except ConstraintError as problem:
            raise StoreUnreachableError(
                f"another graphkit wrote the same rows at the same time: {problem.message}",
                where=self.uri,
                next_step="run the command again; it goes on where it stopped",
            ) from problem
        except ClientError as problem:
            if problem.code == "Neo.ClientError.Database.DatabaseNotFound":
                raise UsageError(
                    f"there is no such database: {problem.message}", where=self.uri
                ) from problem
            raise  # a mistake of ours in a statement: it keeps its traceback
        except Neo4jError as problem:
            raise GraphkitError(f"Neo4j failed: {problem.message}", where=self.uri) from problem


def _fetched(result: neo4j.Result) -> tuple[list[str], list[list[object]]]:
    names = list(result.keys())
    return names, [[plain(value) for value in record.values()] for record in result]


def plain(value: object) -> object:
    """A value of a query's answer without the driver's own types.

    A node is its properties with its labels, a relationship its properties with its type, a path
    the list of its nodes and relationships in turn.
    """
    match value:
        case Date() | DateTime() | Time():
            found: object = value.to_native()
        case Duration():
            found = value.iso_format()
        case neo4j.graph.Node():
            found = {"labels": sorted(value.labels), **plain_values(value)}
        case neo4j.graph.Relationship():
            found = {"type": value.type, **plain_values(value)}
        case neo4j.graph.Path():
            found = [plain(value.nodes[0])]
            for edge, node in zip(value.relationships, value.nodes[1:], strict=True):
                found += [plain(edge), plain(node)]
        case list():
            found = [plain(one) for one in value]
        case dict():
            found = plain_values(value)
        case _:
            found = value
    return found


def plain_values(value: Mapping[str, object]) -> dict[str, object]:
    """The values of a mapping, or of the properties of a node or relationship, sorted by name."""
    return {key: plain(value[key]) for key in sorted(value)}
