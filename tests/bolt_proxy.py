"""A proxy between graphkit and a real Neo4j that does what networks do to a connection."""

import contextlib
import enum
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""The Bolt message that commits a transaction."""


class Fate(enum.Enum):
    """What becomes of a connection on which something was asked."""

    PASSED = "passed on"
    CUT = "cut, and never passed on"
    UNANSWERED = "passed on, and cut when the answer came"


class Proxy:
    """Passes Bolt on from a port of its own to a server; how, may be changed while it runs.

    Attributes:
        fate: What becomes of a connection on which these bytes are asked.
        asked: The bytes that the server gets instead.
        answered: The bytes that the client gets instead.
        cuts: How many connections were cut.
    """

    def __init__(self, uri: str, certificate: ssl.SSLContext | None = None) -> None:
        self.fate: Callable[[bytes], Fate] = lambda _: Fate.PASSED
        self.asked: Callable[[bytes], bytes] = bytes
        self.answered: Callable[[bytes], bytes] = bytes
        self.cuts = 0
        place = urlsplit(uri)
        self._server = (place.hostname or "", place.port or 0)
        self._certificate = certificate
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.uri = f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._listen, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """Stop listening, and wait for the connections to end."""
        _shut(self._listener)
        for one in self._threads:
            one.join(timeout=10)

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:  # closed
                return
            with contextlib.suppress(OSError):  # a client that trusts nobody, a server that is down
                if self._certificate is not None:
                    client = self._certificate.wrap_socket(client, server_side=True)
                server = socket.create_connection(self._server)
                unanswered = threading.Event()
                for target in (self._up, self._down):
                    pump = threading.Thread(
                        target=target, args=(client, server, unanswered), daemon=True
                    )
                    self._threads.append(pump)
                    pump.start()
                continue
            client.close()

    def _up(
        self, client: socket.socket, server: socket.socket, unanswered: threading.Event
    ) -> None:
        with _both_shut(client, server):
            while asked := client.recv(1 << 16):
                fate = self.fate(asked)
                if fate is Fate.CUT:
                    self.cuts += 1
                    return
                if fate is Fate.UNANSWERED:
                    unanswered.set()
                server.sendall(self.asked(asked))

    def _down(
        self, client: socket.socket, server: socket.socket, unanswered: threading.Event
    ) -> None:
        with _both_shut(client, server):
            while answer := server.recv(1 << 16):
                if unanswered.is_set():
                    self.cuts += 1
                    return
                client.sendall(self.answered(answer))


@contextlib.contextmanager
def proxy_to(uri: str, certificate: ssl.SSLContext | None = None) -> Iterator[Proxy]:
    """A proxy to a server, while the block runs.

    Args:
        uri: The server's address.
        certificate: Encrypt with it towards clients.
    """
    made = Proxy(uri, certificate)
    try:
        yield made
    finally:
        made.close()


@contextlib.contextmanager
def _both_shut(*sockets: socket.socket) -> Iterator[None]:
    with contextlib.suppress(OSError):
        yield
    for one in sockets:
        _shut(one)


def _shut(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
