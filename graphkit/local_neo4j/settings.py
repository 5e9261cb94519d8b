"""What one workspace's server is told, and what is remembered of it between commands."""

import dataclasses
import ipaddress
import json
import re
import secrets
import socket
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from graphkit.browser.site import GUIDE
from graphkit.errors import UsageError
from graphkit.local_neo4j.process import Process

LOOPBACK = "127.0.0.1"
IPV4 = 4
BOLT_PORT, HTTP_PORT = 7687, 7474
"""The ports Neo4j is known by; taken when they are free."""
IMPORT_BEGUN = "import.begun"
"""Stands in a server's folder while an import goes on, or when one was cut short."""
CERTIFICATES = "certificates/bolt"
"""Where a server has its private.key and public.crt, in its folder."""
HEAP = "512m"
"""Enough for a shop of some hundred customers on a machine that does other things too."""

PAGE_CACHE = "128m"
"""Memory for the pages of the database."""
_SIZE = re.compile(r"[1-9]\d*[kmgKMG]")


@dataclass(frozen=True, slots=True)
class State:
    """What is remembered of one server.

    Attributes:
        server: Its id, under which its password is kept.
        bolt_port: Port for drivers.
        http_port: Port of its Browser.
        process: The one that was started last; None after a clean shutdown.
        memory: Its Java heap.
        listen: The address of this machine on which it listens.
        plugins: Which of gds and apoc it has.
    """

    server: str
    bolt_port: int = BOLT_PORT
    http_port: int = HTTP_PORT
    process: Process | None = None
    memory: str = HEAP
    listen: str = LOOPBACK
    plugins: tuple[str, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether the server that was started last still runs."""
        return self.process is not None and self.process.is_alive

    @property
    def is_open(self) -> bool:
        """Whether other machines may reach it."""
        return not ipaddress.ip_address(self.listen).is_loopback

    @property
    def host(self) -> str:
        """The address at which this machine reaches it."""
        return reached_at(self.listen)

    @property
    def bolt(self) -> str:
        """Address for drivers."""
        return f"bolt://{place(self.host, self.bolt_port)}"

    @property
    def origin(self) -> str:
        """Where Neo4j Browser is served."""
        return f"http://{place(self.host, self.http_port)}"

    @property
    def browser(self) -> str:
        """Address of Neo4j Browser, opening connected to this very server."""
        return f"{self.origin}/browser/?dbms={self.bolt}"

    def chosen(
        self,
        *,
        memory: str = "",
        listen: str = "",
        plugins: Mapping[str, bool] = MappingProxyType({}),
    ) -> "State":
        """The same with what a user chose; what is empty stays as it was.

        Args:
            memory: Java heap.
            listen: Address to listen on.
            plugins: Which to have, and which no longer.

        Raises:
            UsageError: `memory` is no size, or `listen` no address of a machine.
        """
        if memory:
            check_size(memory)
        if listen:
            try:
                ipaddress.ip_address(listen)
            except ValueError as problem:
                raise UsageError(
                    f"'{listen}' is no address to listen on.",
                    next_step="one of this machine's, such as 192.168.1.20, or 0.0.0.0 for all",
                ) from problem
        known = dict.fromkeys(self.plugins, True) | dict(plugins)
        return dataclasses.replace(
            self,
            memory=memory or self.memory,
            listen=listen or self.listen,
            plugins=tuple(sorted(name for name, wanted in known.items() if wanted)),
        )


def reached_at(listen: str) -> str:
    """The address at which a machine reaches who listens on an address of it.

    >>> reached_at("0.0.0.0"), reached_at("::"), reached_at("10.1.2.3")
    ('127.0.0.1', '::1', '10.1.2.3')
    """
    address = ipaddress.ip_address(listen)
    if not address.is_unspecified:
        return listen
    return LOOPBACK if address.version == IPV4 else "::1"


def check_size(memory: str) -> None:
    """Refuse what is no size of memory.

    Raises:
        UsageError: It is none.
    """
    if not _SIZE.fullmatch(memory):
        raise UsageError(
            f"'{memory}' is no size of memory.", next_step="a number with m or g: 512m, 2g"
        )


def is_encrypted(home: Path) -> bool:
    """Whether a server has a certificate, and so encrypts Bolt for who asks for it."""
    return (home / CERTIFICATES / "public.crt").exists()


def place(host: str, port: int) -> str:
    """Host and port as an address has them.

    >>> place("::1", 7687)
    '[::1]:7687'
    """
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


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
        return State(**kept | {"plugins": tuple(kept.get("plugins", ()))})
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


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether nobody listens on this port of an address of this machine.

    Args:
        port: The port.
        host: The address; 0.0.0.0 for all.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as caller:
        caller.settimeout(1)
        # Somebody who listens on all addresses does not stop a bind on every system; a call does.
        if caller.connect_ex((reached_at(host), port)) == 0:
            return False
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # As Java does: a port that only waits for late packets counts as free.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError:
            return False
    return True


def free_port(wanted: int, host: str = LOOPBACK, *, besides: Collection[int] = ()) -> int:
    """`wanted` when it is free, else a free port that the system chooses.

    Args:
        wanted: Preferred port.
        host: The address of this machine on which it is to be free.
        besides: Ports not to give out.

    Raises:
        UsageError: This machine has no such address.
    """
    if wanted not in besides and is_free(wanted, host):
        return wanted
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    while True:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            try:
                probe.bind((host, 0))
            except OSError as problem:
                raise UsageError(
                    f"This machine cannot listen on {host}: {problem.strerror}.",
                    next_step="graphkit neo4j up --listen with one of its own addresses",
                ) from problem
            port: int = probe.getsockname()[1]
        if port not in besides:
            return port


def write_configuration(home: Path, state: State) -> None:
    """Write neo4j.conf: where to listen, and nothing sent to anybody.

    Args:
        home: The server's folder.
        state: Has address and ports.
    """
    lines = {
        "server.default_listen_address": state.listen,
        "server.bolt.listen_address": place(state.listen, state.bolt_port),
        # Without it Browser looks for the server at 7687, whatever the port.
        "server.bolt.advertised_address": f":{state.bolt_port}",
        "server.http.listen_address": place(state.listen, state.http_port),
        "server.http.advertised_address": f":{state.http_port}",
        "server.https.enabled": "false",
        "dbms.usage_report.enabled": "false",
        "client.allow_telemetry": "false",
        # Nobody is to come any more when it is told to end: else it waits for ten seconds.
        "internal.server.bolt.thread_pool_shutdown_wait_time": "0s",
        "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
        # In Browser, too, a query reads the graph and no file of this machine.
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "server.memory.pagecache.size": PAGE_CACHE,
        **_encryption(home),
        "browser.post_connect_cmd": f"guide {state.origin}{GUIDE}",
        "browser.remote_content_hostname_whitelist": f"{state.host}, localhost",
        **({"dbms.security.procedures.unrestricted": "gds.*"} if "gds" in state.plugins else {}),
    }
    folder = home / "conf"
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{key}={value}\n" for key, value in lines.items())
    (folder / "neo4j.conf").write_text(
        f"# Written by graphkit at every start; changes here are lost.\n{text}", "utf-8"
    )


def _encryption(home: Path) -> dict[str, str]:
    """Where there is a certificate, Bolt is encrypted for those who ask for it, by bolt+s."""
    if not (home / CERTIFICATES / "public.crt").exists():
        return {}
    return {
        "dbms.ssl.policy.bolt.enabled": "true",
        "dbms.ssl.policy.bolt.base_directory": CERTIFICATES,
        "dbms.ssl.policy.bolt.client_auth": "NONE",
        "server.bolt.tls_level": "OPTIONAL",
    }
