"""Reach a server that was started: with which password, and until when to wait for it."""

import dataclasses
import socket
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
from graphkit.local_neo4j.logs import last_words, says_started
from graphkit.local_neo4j.plugins import blamed
from graphkit.local_neo4j.settings import State

START_LIMIT = 180.0
"""Seconds; a start takes about 10 on an idle machine."""
POLL = 0.3
GREETING_LIMIT = 2.0
"""Seconds that another program has to say whether it is a Neo4j."""
_NEWEST = bytes([0, 4, 4, 5])
_MAJORS = range(3, 6)
_GREETING = (
    bytes.fromhex("6060b017") + _NEWEST + bytes([0, 0, 4, 4]) + bytes([0, 0, 0, 3, 0, 0, 0, 0])
)
"""How a conversation in Bolt begins: its signature, and four versions to choose from."""


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


def wait_until_it_answers(home: Path, state: State, *, starting: bool = False) -> None:
    """Return when Bolt and Browser answer.

    Args:
        home: The server's folder, for its logs.
        state: Its process and ports.
        starting: Whether it was started just now. Then nobody is asked before it says that it is
            there: another Neo4j may have taken its port, and would refuse our password.

    Raises:
        StoreUnreachableError: When it ended, or did not answer in time; with its own reason.
        AccessRefusedError: When it refuses the password that was kept.
    """
    limit = time.monotonic() + START_LIMIT
    while True:
        if not state.is_running:
            bad = blamed(home)
            raise StoreUnreachableError(
                f"Neo4j did not start: {last_words(home)}",
                where=str(home / "logs"),
                next_step=f"remove {' and '.join(map(str, bad))}" if bad else "graphkit neo4j logs",
            )
        if says_started(home) if starting else _listens(state):
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


def _listens(state: State) -> bool:
    ports = (state.bolt_port, state.http_port)
    return not any(settings.is_free(port, state.host) for port in ports)


@contextmanager
def connected(state: State) -> Iterator[Driver]:
    """A connected driver, with the two errors a user can meet in graphkit's words."""
    driver = GraphDatabase.driver(
        state.bolt,
        auth=(passwords.USER, password_of(state)),
        connection_timeout=5,
        max_transaction_retry_time=5,
        notifications_min_severity="OFF",
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


def speaks_bolt(host: str, port: int) -> bool:
    """Whether a Neo4j, whosever it is, answers at this place; it is asked nothing but its version.

    Args:
        host: Address.
        port: Its port.
    """
    try:
        with socket.create_connection((host, port), timeout=GREETING_LIMIT) as caller:
            caller.settimeout(GREETING_LIMIT)
            caller.sendall(_GREETING)
            answer = caller.recv(4)
    except OSError:
        return False
    # The version that it chose of those offered: a minor and a major number at the end.
    return len(answer) == len(_NEWEST) and answer[:2] == b"\0\0" and answer[3] in _MAJORS
