"""Start a server: its first password, its ports, its command."""

import dataclasses
import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from graphkit import passwords
from graphkit.browser.site import site
from graphkit.errors import GraphkitError, StoreUnreachableError
from graphkit.local_neo4j import settings
from graphkit.local_neo4j.logs import lines
from graphkit.local_neo4j.plugins import place_plugins
from graphkit.local_neo4j.process import start_detached
from graphkit.local_neo4j.reach import password_of, speaks_bolt, wait_until_it_answers
from graphkit.local_neo4j.settings import State, write_state

PORT_TRIES = 3
OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")
"""Parts of Java that Neo4j reaches into."""
SERVER_CLASS = "org.neo4j.server.CommunityEntryPoint"
ADMIN_CLASS = "org.neo4j.server.startup.Neo4jAdminCommand"


def administer(
    home: Path, java: Path, jars: Path, *words: str, heap: str, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command of Neo4j's administration, as `neo4j-admin` does where it is installed.

    Args:
        home: The server's folder.
        java: The Java that runs it.
        jars: Folder of the program files.
        words: The command.
        heap: Its Java heap.
        folder: Where to run it.

    Returns:
        How it ended, and what it said.
    """
    return subprocess.run(  # noqa: S603 - a command built here, no shell
        [
            *(str(java), f"-Xmx{heap}", f"-Dbasedir={home}", "-cp", f"{jars}{os.sep}*"),
            *(ADMIN_CLASS, *words),
        ],
        cwd=folder,
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
        capture_output=True,
        text=True,
        check=False,
    )


def prepare_password(home: Path, state: State, java: Path, jars: Path) -> str:
    """Give a server that never started a password; an older one keeps its own.

    Args:
        home: The server's folder.
        state: What is remembered of it.
        java: The Java that runs Neo4j's administration.
        jars: Folder of its program files.

    Returns:
        Where a new password was kept, in words; empty when there was one.
    """
    if (home / "data" / "databases" / "system").exists():
        password_of(state)
        return ""
    secret = passwords.recall(state.server) or passwords.generate()
    kept_in = passwords.keep(state.server, secret)
    settings.write_configuration(home, state)
    # In a file: arguments can be read by every user of the machine.
    arguments = home / "conf" / "initial"
    passwords.write_private(arguments, f"{secret}\n")
    try:
        answer = administer(
            home, java, jars, "dbms", "set-initial-password", f"@{arguments}", heap="256m"
        )
    finally:
        arguments.unlink()
    if answer.returncode:
        raise GraphkitError(
            f"Neo4j did not take its first password: {answer.stderr.strip()}",
            where=str(home),
            next_step="graphkit neo4j up again",
        )
    write_state(home, state)
    return kept_in


def start(home: Path, state: State, java: Path, jars: Path, *, say: Callable[[str], None]) -> State:
    """Start the server on its ports of last time, or on others when those are taken.

    Args:
        home: The server's folder.
        state: What is remembered of it.
        java: The Java that runs it.
        jars: Folder of its program files.
        say: Called with lines of progress.

    Returns:
        What is to be remembered of the running server; already written down.
    """
    plugins = place_plugins(home, state, say)
    for attempt in range(1, PORT_TRIES + 1):
        state = _with_free_ports(state, say)
        settings.write_configuration(home, state)
        (home / "logs").mkdir(exist_ok=True)
        log = home / "logs" / "console.log"
        log.unlink(missing_ok=True)
        (home / "logs" / "neo4j.log").unlink(missing_ok=True)
        if state.is_open:
            say(_warning(home, state))
        say("starting Neo4j")
        process = start_detached(command_of(home, java, [jars, plugins], state.memory), log)
        state = dataclasses.replace(state, process=process)
        write_state(home, state)
        try:
            wait_until_it_answers(home, state, starting=True)
        except StoreUnreachableError:
            # Another program may have taken a port between our look and Neo4j's.
            if attempt == PORT_TRIES or not _port_was_taken(home):
                raise
        else:
            break
    return state


def _with_free_ports(state: State, say: Callable[[str], None]) -> State:
    bolt = settings.free_port(state.bolt_port, state.listen)
    http = settings.free_port(state.http_port, state.listen, besides={bolt})
    for name, wanted, got in (("Bolt", state.bolt_port, bolt), ("HTTP", state.http_port, http)):
        if wanted != got:
            other = speaks_bolt(state.host, wanted)
            who = f"another Neo4j answers on {wanted}" if other else f"{wanted} is taken"
            say(f"{who}, which is left alone; {name} port is {got}")
    return dataclasses.replace(state, bolt_port=bolt, http_port=http)


def _warning(home: Path, state: State) -> str:
    encrypted = settings.is_encrypted(home)
    return (
        f"Neo4j will listen on {state.listen}: who reaches this machine can try passwords on ports "
        f"{state.bolt_port} and {state.http_port}"
        + (
            "; only what is sent over bolt+s:// or neo4j+s:// cannot be read on the way. "
            if encrypted
            else ", and what is sent, the password too, can be read on the way: Bolt is not "
            f"encrypted. Put private.key and public.crt into {home / settings.CERTIFICATES} to "
            "encrypt it. "
        )
        + f"For this machine only again: graphkit neo4j up --listen {settings.LOOPBACK}"
    )


def _port_was_taken(home: Path) -> bool:
    return any("already in use" in line for line in lines(home))


def command_of(home: Path, java: Path, jars: Sequence[Path], memory: str) -> list[str]:
    """The command that runs a server in `home` with a Java heap of `memory`.

    Of a class that several folders have the first one counts.
    """
    served = site(next(jars[0].glob("neo4j-browser-*.jar")), jars[0])
    return [
        str(java),
        f"-Xmx{memory}",
        "-XX:+ExitOnOutOfMemoryError",
        "-Dio.netty.tryReflectionSetAccessible=true",
        *(f"--add-opens={part}=ALL-UNNAMED" for part in OPENED),
        "-cp",
        # First, so that Browser is served from it, with our guide and saved queries.
        os.pathsep.join([str(served), *(f"{folder}{os.sep}*" for folder in jars)]),
        SERVER_CLASS,
        f"--home-dir={home}",
        f"--config-dir={home / 'conf'}",
    ]
