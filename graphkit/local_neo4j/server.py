"""One workspace's Neo4j: up, down, status.

A server belongs to one folder (`WORKSPACE/neo4j`), which holds its configuration, data and logs,
and `server.json`: which process it is and where it listens. Only that process is ever signalled;
another Neo4j on the usual ports is left alone and other ports are taken.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from neo4j.time import DateTime

from graphkit.errors import GraphkitError, UsageError
from graphkit.local_neo4j import settings
from graphkit.local_neo4j.exclusive import only_one
from graphkit.local_neo4j.jars import program_files
from graphkit.local_neo4j.java import find_java
from graphkit.local_neo4j.reach import (
    START_LIMIT,
    Connection,
    connected,
    connection_of,
    wait_until_it_answers,
)
from graphkit.local_neo4j.settings import read_state, write_state
from graphkit.local_neo4j.start import prepare_password, start

STOP_LIMIT = 120.0
"""Seconds that a shutdown may take; it writes what is still in memory."""
_PUSHES = "MATCH (r:Run {what: 'push', state: 'done'}) RETURN max(r.started_at) AS found"
_PLUGINS = """
SHOW FUNCTIONS YIELD name WHERE name IN ['gds.version', 'apoc.version']
RETURN collect(split(name, '.')[0]) AS found
"""


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of a local server; all but `home` empty when it does not run."""

    home: Path
    running: bool
    uri: str = ""
    browser: str = ""
    pid: int | None = None
    version: str = ""
    nodes: int | None = None
    relationships: int | None = None
    last_push: dt.datetime | None = None
    plugins: tuple[str, ...] = ()


def up(
    home: Path,
    *,
    memory: str = "",
    listen: str = "",
    plugins: Mapping[str, bool] = MappingProxyType({}),
    say: Callable[[str], None] = lambda _: None,
) -> Connection:
    """Start the server of `home` unless it runs, and wait until it answers.

    What is chosen is remembered for later starts; what is empty stays as it was.

    Args:
        home: The server's folder; made when it is not there.
        memory: Java heap, such as "512m" (which it is at first) or "2g".
        listen: Address of this machine on which to listen; the loopback address at first.
        plugins: Of gds and apoc, which to have and which no longer; none at first.
        say: Called with lines of progress.

    Returns:
        How to reach it.

    Raises:
        GraphkitError: When it cannot be had or does not start; with the server's own reason.
        AccessRefusedError: When it runs but refuses the password that was kept.
        UsageError: When it runs with other choices, cannot listen there, or was half imported.
    """
    home = home.resolve()
    with only_one(home, seconds=START_LIMIT):
        known = read_state(home) or settings.new_state()
        state = known.chosen(memory=memory, listen=listen, plugins=plugins)
        if (home / settings.IMPORT_BEGUN).exists():
            raise UsageError(
                "an import into this Neo4j was cut short; what is there is no whole graph.",
                where=str(home),
                next_step="graphkit neo4j import FOLDER again",
            )
        if not known.is_running:
            jars = program_files(say)
            java = find_java()
            kept_in = prepare_password(home, state, java, jars)
            try:
                state = start(home, state, java, jars, say=say)
            except GraphkitError:
                # With these choices it does not start: a plain `up` goes back to those before.
                tried = read_state(home) or state
                write_state(home, dataclasses.replace(known, process=tried.process))
                raise
        elif state != known:
            raise UsageError(
                "Neo4j runs already, with other settings.",
                where=known.bolt,
                next_step="graphkit neo4j down, then the same again",
            )
        else:
            kept_in = ""
            wait_until_it_answers(home, state)
    return dataclasses.replace(connection_of(state), kept_in=kept_in)


def down(home: Path, *, seconds: float = STOP_LIMIT) -> bool:
    """Shut the server of `home` down cleanly and wait until it has ended.

    Args:
        home: The server's folder.
        seconds: How long to wait.

    Returns:
        Whether it was running.

    Raises:
        GraphkitError: When it has not ended in time.
    """
    home = home.resolve()
    state = read_state(home)
    if state is None:
        return False
    with only_one(home, seconds=START_LIMIT):
        process = state.process
        was_running = state.is_running
        if process is not None and not process.end(seconds=seconds):
            raise GraphkitError(
                f"Neo4j (process {process.pid}) has not shut down within {seconds:.0f} seconds.",
                where=str(home),
                next_step="graphkit neo4j down again: it may still be writing its data",
            )
        write_state(home, dataclasses.replace(state, process=None))
    return was_running


def connection(home: Path) -> Connection | None:
    """How to reach the server of `home`; None when it does not run.

    Args:
        home: The server's folder.

    Raises:
        AccessRefusedError: When it runs but its password is not kept any more.
    """
    state = read_state(home.resolve())
    return connection_of(state) if state is not None and state.is_running else None


def status(home: Path) -> Status:
    """Whether the server of `home` runs, where, which version, and how much is in it.

    Args:
        home: The server's folder.

    Raises:
        StoreUnreachableError: When its process runs but does not answer.
        AccessRefusedError: When it refuses the password that was kept.
    """
    home = home.resolve()
    state = read_state(home)
    if state is None or not state.is_running or state.process is None:
        return Status(home, running=False)
    with connected(state) as driver:

        def asked(statement: str) -> Any:
            return driver.execute_query(statement).records[0]["found"]

        return Status(
            home,
            running=True,
            uri=state.bolt,
            browser=state.browser,
            pid=state.process.pid,
            version=asked("CALL dbms.components() YIELD versions RETURN versions[0] AS found"),
            nodes=asked("MATCH (n) RETURN count(n) AS found"),
            relationships=asked("MATCH ()-[r]->() RETURN count(r) AS found"),
            last_push=_last_push(asked(_PUSHES)),
            plugins=tuple(asked(_PLUGINS)),
        )


def _last_push(found: object) -> dt.datetime | None:
    return found.to_native() if isinstance(found, DateTime) else None
