"""What goes over the wire to a real Neo4j: how it is reached, and in which order it answers."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest

from graphkit.batch import Batch
from graphkit.errors import UsageError
from graphkit.local_neo4j.settings import LOOPBACK
from graphkit.schema import Topic
from graphkit.store.neo4j import Neo4jStore

pytestmark = pytest.mark.neo4j


class Relay:
    """Hands on what is said to a server and back, and keeps what was said to it."""

    def __init__(self, port: int) -> None:
        self._server = (LOOPBACK, port)
        self._listener = socket.create_server((LOOPBACK, 0))
        self.port: int = self._listener.getsockname()[1]
        self.heard = bytearray()
        self._start(self._accept)

    def _start(self, work, *what):
        threading.Thread(target=work, args=what, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # it is closed
            while True:
                caller, _ = self._listener.accept()
                called = socket.create_connection(self._server)
                self._start(self._hand_on, caller, called, self.heard)
                self._start(self._hand_on, called, caller, bytearray())

    def _hand_on(self, source, target, heard) -> None:
        with source, target, contextlib.suppress(OSError):
            while part := source.recv(65536):
                heard += part
                target.sendall(part)
            target.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self._listener.close()


@pytest.fixture
def relay(empty_neo4j) -> Iterator[Relay]:
    made = Relay(int(empty_neo4j.uri.rpartition(":")[2]))
    yield made
    made.close()


@pytest.fixture(params=["bolt", "neo4j"])
def store(request, relay, empty_neo4j):
    """A store that is reached through the relay, directly and by a routing table."""
    uri = f"{request.param}://{LOOPBACK}:{relay.port}"
    with Neo4jStore(uri, user=empty_neo4j.user, password=empty_neo4j.password) as opened:
        yield opened


def begun(heard: bytes) -> list[bytes]:
    """What was said from the begin of each transaction on (its signature in Bolt is 0x11)."""
    return heard.split(b"\xb1\x11")[1:]


def test_what_reads_says_so_and_waits_for_what_was_written_before(store, relay):
    topics = Batch.of(Topic, {"id": ["Medical"], "name": ["Medical"]})
    store.write(topics, run=1)
    relay.heard.clear()

    assert store.read(Topic)["id"].tolist() == ["Medical"]
    store.query("MATCH (t:Topic) RETURN t.id AS id")
    with store.transaction():
        store.write(topics, run=1)

    *reads, writes = begun(bytes(relay.heard))
    assert len(reads) == 3  # rows, a plan and an answer
    assert all(b"\x84mode\x81r" in one for one in reads)
    assert b"\x84mode\x81r" not in writes
    # Neo4j's bookmarks begin with FB.
    assert all(b"\x89bookmarks\x91" in one and b"FB:" in one for one in [*reads, writes])


def test_a_database_that_is_not_there_is_named(empty_neo4j):
    address = {"user": empty_neo4j.user, "password": empty_neo4j.password, "database": "nowhere"}
    routed = empty_neo4j.uri.replace("bolt:", "neo4j:")
    for uri in (empty_neo4j.uri, routed):
        with pytest.raises(UsageError, match=r"no such database.*nowhere"):
            Neo4jStore(uri, **address)
