"""What one workspace's server is told, and what is remembered of it between commands."""

import dataclasses
import json
import secrets
import socket
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from graphkit.browser.site import GUIDE
from graphkit.errors import UsageError
from graphkit.local_neo4j.process import Process

LOOPBACK = "127.0.0.1"
BOLT_PORT, HTTP_PORT = 7687, 7474
"""The ports Neo4j is known by; taken when they are free."""


@dataclass(frozen=True, slots=True)
class State:
    """What is remembered of one server; `process` is None after a clean shutdown."""

    server: str
    bolt_port: int = BOLT_PORT
    http_port: int = HTTP_PORT
    process: Process | None = None

    @property
    def is_running(self) -> bool:
        """Whether the server that was started last still runs."""
        return self.process is not None and self.process.is_alive

    @property
    def bolt(self) -> str:
        """Address for drivers."""
        return f"bolt://{LOOPBACK}:{self.bolt_port}"

    @property
    def origin(self) -> str:
        """Where Neo4j Browser is served."""
        return f"http://{LOOPBACK}:{self.http_port}"

    @property
    def browser(self) -> str:
        """Address of Neo4j Browser, opening connected to this very server."""
        return f"{self.origin}/browser/?dbms={self.bolt}"


def read_state(home: Path) -> State | None:
    """What is remembered of the server in `home`; None when there never was one.

    Raises:
        UsageError: When the file is not what graphkit wrote.
    """
    path = home / "server.json"
    try:
        kept = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as problem:
        raise UsageError("is damaged.", where=str(path), next_step=f"remove {path}") from problem
    try:
        if kept["process"] is not None:
            kept["process"] = Process(**kept["process"])
        return State(**kept)
    except (KeyError, TypeError) as problem:
        raise UsageError(
            "was written by another version of graphkit.",
            where=str(path),
            next_step=f"remove {path}",
        ) from problem


def write_state(home: Path, state: State) -> None:
    """Remember `state`; a stop in the middle leaves the state before."""
    draft = home / "server.json.new"
    draft.write_text(json.dumps(dataclasses.asdict(state), indent=2) + "\n", "utf-8")
    draft.replace(home / "server.json")


def new_state() -> State:
    """State of a server that was never started, under an id of its own."""
    return State(server=secrets.token_hex(8))


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of the loopback address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as caller:
        caller.settimeout(1)
        # Somebody who listens on all addresses does not stop a bind on every system; a call does.
        if caller.connect_ex((LOOPBACK, port)) == 0:
            return False
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # As Java does: a port that only waits for late packets counts as free.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port(wanted: int, *, besides: Collection[int] = ()) -> int:
    """`wanted` when it is free, else a free port that the system chooses.

    Args:
        wanted: Preferred port.
        besides: Ports not to give out.
    """
    if wanted not in besides and is_free(wanted):
        return wanted
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.bind((LOOPBACK, 0))
            port: int = probe.getsockname()[1]
        if port not in besides:
            return port


def write_configuration(home: Path, state: State, *, page_cache: str) -> None:
    """Write neo4j.conf: loopback only, nothing sent to anybody, the ports of `state`.

    Args:
        home: The server's folder.
        state: Has the ports.
        page_cache: Memory for the database's pages, such as "128m".
    """
    lines = {
        "server.default_listen_address": LOOPBACK,
        "server.bolt.listen_address": f"{LOOPBACK}:{state.bolt_port}",
        # Without it Browser looks for the server at 7687, whatever the port.
        "server.bolt.advertised_address": f"{LOOPBACK}:{state.bolt_port}",
        "server.http.listen_address": f"{LOOPBACK}:{state.http_port}",
        "server.http.advertised_address": f"{LOOPBACK}:{state.http_port}",
        "server.https.enabled": "false",
        "dbms.usage_report.enabled": "false",
        "client.allow_telemetry": "false",
        "server.memory.pagecache.size": page_cache,
        "browser.post_connect_cmd": f"guide {state.origin}{GUIDE}",
        "browser.remote_content_hostname_whitelist": f"{LOOPBACK}, localhost",
    }
    folder = home / "conf"
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{key}={value}\n" for key, value in lines.items())
    (folder / "neo4j.conf").write_text(
        f"# Written by graphkit at every start; changes here are lost.\n{text}", "utf-8"
    )
