"""The connection to a Neo4j: statements, transactions, queries."""

import contextlib
import logging
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

import neo4j
import pandas as pd
from neo4j.exceptions import Forbidden, Neo4jError
from neo4j.time import Date, DateTime, Duration, Time

from graphkit.store.blocks import Block, only_record
from graphkit.store.failures import check_version, clear_failures, clear_mistakes, is_read_only
from graphkit.store.patience import Say, patiently
from graphkit.store.reading import check_only_reads

T = TypeVar("T")

CONNECT_SECONDS = 10.0
"""How long to wait for a connection; how often what was lost is tried again is in `patience`."""
LARGEST_TRANSACTION = 50_000
"""Rows after which a block is committed in pieces: the server holds a transaction in memory."""

# What the driver warns of is tried again or raised, and told in our words.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class Bolt:
    """One conversation with a Neo4j database; sees its own writes, also in a cluster.

    All goes through one session: each transaction waits until whichever server answers it knows
    of the one before. What only reads says so, and may be answered by a replica. What a lost
    connection, a deadlock or a restart undoes is done again, a bounded number of times, and told
    (see `patience` and `blocks`).

    Args:
        uri: bolt://, neo4j://, bolt+s:// or neo4j+s:// address.
        user: Who asks.
        password: The user's password.
        database: Name of the database; the user's home database when empty.
        say: Takes lines of progress: what is tried again, and why.

    Raises:
        StoreUnreachableError: Nobody answers there, or a Neo4j that is too old.
        AccessRefusedError: The user or password is refused.
    """

    def __init__(
        self,
        uri: str,
        *,
        user: str,
        password: str,
        database: str = "",
        say: Say = lambda _: None,
    ) -> None:
        self.uri = uri
        self._say = say
        self._name = uuid.uuid4().hex
        self._block: Block | None = None
        with clear_failures(uri):
            self._driver = neo4j.GraphDatabase.driver(
                uri,
                auth=(user, password),
                connection_timeout=CONNECT_SECONDS,
                connection_acquisition_timeout=CONNECT_SECONDS,
                max_transaction_retry_time=0,  # it would say nothing
            )
        # The session says so, not the driver: old servers do not know of it.
        self._session = self._driver.session(
            database=database or None, notifications_min_severity="OFF"
        )
        try:
            with clear_failures(uri):
                check_version(self._driver.get_server_info().agent, uri)
                # Only so one learns of the database, and whether it has started.
                self._patiently(lambda: self._session.run("RETURN 1").consume())
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the conversation; doing so twice is no error."""
        self._session.close()
        self._driver.close()

    def read(self, statement: str, **parameters: object) -> dict[str, Any]:
        """The only record that a statement answers; an empty mapping when there is none."""
        with clear_failures(self.uri):
            if self._block is not None:
                return self._block.read(statement, parameters)
            return self._patiently(
                lambda: self._session.execute_read(only_record, statement, parameters)
            )

    def write(self, statement: str, *, size: int = 0, **parameters: object) -> dict[str, Any]:
        """Run a statement that changes the graph; the only record that it answers.

        Args:
            statement: Cypher.
            size: How many rows it writes, for keeping transactions small.
            **parameters: Values of its parameters.
        """
        with self._in_block() as block, clear_failures(self.uri):
            return block.write(statement, parameters, rows=size)

    def ask_writer(
        self, statement: str, *, patient: bool = True, **parameters: object
    ) -> dict[str, Any]:
        """The only record that a statement answers which changes no row, but the server's memory.

        In a cluster it is the server that writes whose memory that is.

        Args:
            statement: Cypher.
            patient: Whether what fails is tried again.
            **parameters: Values of its parameters.
        """

        def asked() -> dict[str, Any]:
            return self._session.execute_write(only_record, statement, parameters)

        with clear_failures(self.uri):
            if self._block is not None:
                return self._block.read(statement, parameters)
            return self._patiently(asked) if patient else asked()

    def _patiently(self, attempt: Callable[[], T]) -> T:
        return patiently(attempt, say=self._say)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside are one transaction; one within another is part of it.

        A block of more than LARGEST_TRANSACTION rows is committed in pieces, and so is one that the
        server cannot take whole (see `blocks`): then what makes it whole is its run, which stays
        "writing" until the end.

        Raises:
            RuntimeError: The block ended well although something inside had failed.
        """
        with self._in_block():
            yield

    @contextlib.contextmanager
    def _in_block(self) -> Iterator[Block]:
        if self._block is not None:
            with self._block.part():
                yield self._block
            return
        largest, say = LARGEST_TRANSACTION, self._say
        block = self._block = Block(self._session, name=self._name, largest=largest, say=say)
        try:
            yield block
            with clear_failures(self.uri):
                block.commit()
        finally:
            self._block = None
            block.close()

    def make_schema(self, statements: list[str]) -> None:
        """Run statements about constraints and indexes, and wait until the indexes are ready.

        Where we may only read, what is missing stays so: whoever writes makes it.
        """
        with clear_failures(self.uri):
            try:
                self._patiently(
                    lambda: self._session.execute_write(
                        lambda one: [one.run(text).consume() for text in statements]
                    )
                )
            except Neo4jError as problem:
                if not isinstance(problem, Forbidden) and not is_read_only(problem):
                    raise
                return
            self._patiently(lambda: self._session.run("CALL db.awaitIndexes(300)").consume())

    @cached_property
    def _functions(self) -> list[str]:
        """Names of the functions that plugins bring."""
        shown = "SHOW FUNCTIONS YIELD name, isBuiltIn WHERE NOT isBuiltIn"
        return list(self.read(f"{shown} RETURN collect(name) AS names")["names"])

    def query(self, cypher: str, parameters: Mapping[str, object]) -> pd.DataFrame:
        """Rows of a read-only query, in plain values.

        Read-only in two ways: the server's own plan must say so, and it runs in read mode.

        Raises:
            UsageError: The query has a mistake, or does more than read the graph.
        """
        with clear_failures(self.uri), clear_mistakes():
            explained = self._patiently(
                lambda: self._session.execute_read(
                    lambda one: one.run(f"EXPLAIN {cypher}", dict(parameters)).consume()
                )
            )
            check_only_reads(explained, self._functions)
            names, rows = self._patiently(
                lambda: self._session.execute_read(
                    lambda one: _fetched(one.run(cypher, dict(parameters)))
                )
            )
        return pd.DataFrame(rows, columns=names, dtype=object)


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
