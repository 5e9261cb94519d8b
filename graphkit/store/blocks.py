"""A block of writes: committed as a whole or in pieces, and made again when the server undid it."""

import contextlib
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graphkit.store.failures import is_memory
from graphkit.store.patience import Patience, Say

LOSSES = 2
"""How often what is not committed yet may be undone, before it is committed write by write."""
SESSIONS = 20
"""How many of the conversations that wrote last are known by their marks; two at once are rare."""

_BOOK = {"book": "schema_version"}  # the row of Meta that every graph has
_MARK = (
    "MERGE (x:Meta {id: $book}) SET x.id = $book "  # waits for who else writes there
    "WITH x, [one IN coalesce(x.commits, []) WHERE NOT one STARTS WITH $session] AS others "
    "SET x.commits = others[-$kept..] + ($session + $piece)"
)
_IS_MARKED = (
    "MATCH (x:Meta {id: $book}) SET x.id = $book "
    "WITH x RETURN ($session + $piece) IN coalesce(x.commits, []) AS committed"
)

T = TypeVar("T")
Parameters = Mapping[str, object]


def only_record(
    transaction: neo4j.Transaction | neo4j.ManagedTransaction,
    statement: str,
    parameters: Parameters,
) -> dict[str, object]:
    """The only record that a statement answers; an empty mapping when there is none."""
    record = transaction.run(statement, dict(parameters)).single()
    return dict(record) if record is not None else {}


class Block:
    """Writes that are committed together, and are made again when the server undid them.

    What a lost connection, a deadlock or a restart undoes is a transaction: all writes since the
    last commit. They are kept until they are committed, and are made again in their order in a new
    transaction, then the statement that failed. What was read in between is not asked again: the
    graph is as it was, unless somebody else wrote the same rows, which their unique ids reveal.

    Of a commit whose answer is lost nobody knows whether it was done. So each one leaves a mark, in
    the property `commits` of the row of Meta that every graph has, and the next try looks for it.
    A commit that is still being done has locked that row: the look waits until it is settled. So
    every write is done exactly once, whether or not it could be done twice.

    A block that is large, that has been undone LOSSES times, or that needs more memory than the
    server has, is committed in pieces: then what makes it whole is its run, which stays "writing".

    Args:
        session: The conversation; its later marks take the place of its earlier ones.
        name: Name of the conversation, different from everybody else's.
        largest: Rows after which a piece is committed.
        say: Told when something is tried again, and why.
    """

    def __init__(self, session: neo4j.Session, *, name: str, largest: int, say: Say) -> None:
        self._session = session
        self._name = name
        self._largest = largest
        self._say = say
        self._open: neo4j.Transaction | None = None
        self._writes: list[tuple[str, Parameters]] = []  # not known to be committed
        self._sent: tuple[Parameters, int] | None = None  # a commit: its mark, of how many writes
        self._rows = 0
        self._losses = 0
        self._failed = False
        self._patience = Patience(say)

    def read(self, statement: str, parameters: Parameters) -> dict[str, object]:
        """The only record that a statement answers, which sees what was written before."""
        return self._tried(lambda: only_record(self._begun(), statement, parameters))

    def write(self, statement: str, parameters: Parameters, *, rows: int) -> dict[str, object]:
        """Run a statement that changes the graph; the only record that it answers."""
        found = self.read(statement, parameters)
        self._writes.append((statement, parameters))
        self._rows += rows
        if self._rows > self._largest or self._losses >= LOSSES:
            self.commit()
        return found

    def commit(self) -> None:
        """Make what was written since the last commit visible; the block may go on after it.

        Raises:
            RuntimeError: Part of the block had failed, and the error was caught.
        """
        if self._failed:
            raise RuntimeError("part of this transaction failed, and the error was caught")
        if self._writes:
            self._tried(self._commit_all)
        self.close()
        self._rows = 0

    @contextlib.contextmanager
    def part(self) -> Iterator[None]:
        """A block within the block: an error that leaves it spoils the whole."""
        try:
            yield
        except BaseException:
            self._failed = True
            raise

    def close(self) -> None:
        """Undo what is not committed."""
        undone, self._open = self._open, None
        if undone is not None:
            with contextlib.suppress(DriverError, Neo4jError, OSError):
                undone.close()

    def _tried(self, attempt: Callable[[], T]) -> T:
        """What an attempt returns, once the server lets it; it undoes what is open when it fails.

        Too little memory is a matter of how much is written at once: that is tried in pieces.
        """
        with self.part():
            while True:
                try:
                    found = attempt()
                except (DriverError, Neo4jError) as problem:
                    self.close()
                    if is_memory(problem) and self._writes and self._losses < LOSSES:
                        self._losses = LOSSES
                        self._say(
                            "Neo4j has too little memory for this at once; writing it in pieces"
                        )
                        continue
                    self._losses += 1
                    self._patience.after(problem)
                else:
                    self._patience.renew()
                    return found

    def _begun(self) -> neo4j.Transaction:
        """The open transaction; when it was undone, a new one after all that is not committed."""
        if self._open is not None:
            return self._open
        self._settle()
        while self._losses >= LOSSES and self._writes:
            self._again(1)
            self._commit(1)
            self._patience.renew()
        return self._again(len(self._writes))

    def _again(self, count: int) -> neo4j.Transaction:
        """A new transaction in which so many of the writes are made again."""
        self._open = self._session.begin_transaction()
        for statement, parameters in self._writes[:count]:
            self._open.run(statement, dict(parameters)).consume()
        return self._open

    def _commit_all(self) -> None:
        self._begun()
        if self._writes:
            self._commit(len(self._writes))

    def _commit(self, count: int) -> None:
        """Commit the open transaction, which holds so many of the writes."""
        transaction = self._begun()
        mark = {**_BOOK, "session": f"{self._name}:", "piece": uuid.uuid4().hex}
        self._sent = mark, count
        transaction.run(_MARK, {**mark, "kept": SESSIONS - 1}).consume()
        transaction.commit()
        self._open = self._sent = None
        del self._writes[:count]

    def _settle(self) -> None:
        """Find out whether a commit whose answer was lost was done."""
        if self._sent is None:
            return
        mark, count = self._sent
        if self._session.execute_write(only_record, _IS_MARKED, mark).get("committed"):
            del self._writes[:count]
        self._sent = None
