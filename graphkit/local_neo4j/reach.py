"""Reach a server that was started: with which password, and until when to wait for it."""

import dataclasses
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graphkit import passwords
from graphkit.errors import AccessRefusedError, StoreUnreachableError
from graphkit.local_neo4j import settings
from graphkit.local_neo4j.settings import State

START_LIMIT = 180.0
"""Seconds; a start takes about 10 on an idle machine."""
POLL = 0.3


@dataclass(frozen=True, slots=True)
class Connection:
    """All that a driver and a browser need to reach a running local server."""

    uri: str
    origin: str
    browser: str
    user: str
    password: str = dataclasses.field(repr=False)
    kept_in: str = ""


def connection_of(state: State) -> Connection:
    """How to reach the server of `state`."""
    return Connection(state.bolt, state.origin, state.browser, passwords.USER, password_of(state))


def password_of(state: State) -> str:
    """The password kept for the server of `state`.

    Raises:
        AccessRefusedError: When it is kept nowhere any more.
    """
    kept = passwords.recall(state.server)
    if kept is None:
        raise AccessRefusedError(
            "The password of this server is no longer in the keyring or its file.",
            where=state.bolt,
            next_step="graphkit neo4j down, move the folder 'neo4j' of the workspace away, then "
            "graphkit neo4j up and graphkit neo4j push",
        )
    return kept


def wait_until_it_answers(home: Path, state: State) -> None:
    """Return when Bolt and Browser answer.

    Args:
        home: The server's folder, for its logs.
        state: Its process and ports.

    Raises:
        StoreUnreachableError: When it ended, or did not answer in time; with its own reason.
        AccessRefusedError: When it refuses the password that was kept.
    """
    limit = time.monotonic() + START_LIMIT
    while True:
        if not state.is_running:
            raise StoreUnreachableError(
                f"Neo4j did not start: {last_words(home)}", where=str(home / "logs")
            )
        if not settings.is_free(state.bolt_port) and not settings.is_free(state.http_port):
            try:
                with connected(state):
                    return
            except StoreUnreachableError:
                if time.monotonic() > limit:
                    raise
        elif time.monotonic() > limit:
            raise StoreUnreachableError(
                f"Neo4j has not answered within {START_LIMIT:.0f} seconds.",
                where=str(home / "logs"),
                next_step="graphkit neo4j up again, or graphkit neo4j down",
            )
        time.sleep(POLL)


@contextmanager
def connected(state: State) -> Iterator[Driver]:
    """A connected driver, with the two errors a user can meet in graphkit's words."""
    driver = GraphDatabase.driver(
        state.bolt,
        auth=(passwords.USER, password_of(state)),
        connection_timeout=5,
        max_transaction_retry_time=5,
    )
    with driver:
        try:
            driver.verify_connectivity()
            yield driver
        except AuthError as problem:
            raise AccessRefusedError(
                "This server refuses the password that graphkit generated for it; it was changed.",
                where=state.bolt,
                next_step="change it back in Neo4j Browser (:server change-password)",
            ) from problem
        except (DriverError, Neo4jError) as problem:
            raise StoreUnreachableError(
                f"Neo4j runs but does not answer: {problem}",
                where=state.bolt,
                next_step="graphkit neo4j down, then graphkit neo4j up",
            ) from problem


def log_text(home: Path) -> str:
    """What the server has written since its start."""
    logs = [home / "logs" / name for name in ("neo4j.log", "console.log")]
    return "\n".join(log.read_text("utf-8", "replace") for log in logs if log.exists())


def last_words(home: Path) -> str:
    """Why a server ended: the innermost cause in its logs, else their last line."""
    lines = [line.strip() for line in log_text(home).splitlines() if line.strip()]
    causes = [line for line in lines if line.startswith("Caused by")]
    return (causes or lines or ["it wrote nothing"])[-1]
