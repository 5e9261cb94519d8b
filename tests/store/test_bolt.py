"""What goes over the wire to a real Neo4j: how it is reached, and in which order it answers."""

from collections.abc import Iterator

import pytest

from graphkit.batch import Batch
from graphkit.errors import UsageError
from graphkit.schema import Topic
from graphkit.store.neo4j import Neo4jStore
from tests.bolt_proxy import Proxy, proxy_to

pytestmark = pytest.mark.neo4j


@pytest.fixture
def relay(empty_neo4j) -> Iterator[Proxy]:
    with proxy_to(empty_neo4j.uri) as made:
        yield made


@pytest.fixture(params=["bolt", "neo4j"])
def store(request, relay, empty_neo4j):
    """A store that is reached through the relay, directly and by a routing table."""
    uri = relay.uri.replace("bolt", request.param)
    with Neo4jStore(uri, user=empty_neo4j.user, password=empty_neo4j.password) as opened:
        yield opened


def begun(heard: bytes) -> list[bytes]:
    """What was said from the begin of each transaction on (its signature in Bolt is 0x11)."""
    return heard.split(b"\xb1\x11")[1:]


def test_what_reads_says_so_and_waits_for_what_was_written_before(store, relay):
    topics = Batch.of(Topic, {"id": ["Medical"], "name": ["Medical"]})
    store.write(topics, run=1)
    heard = bytearray()
    relay.asked = lambda asked: heard.extend(asked) or asked

    assert store.read(Topic)["id"].tolist() == ["Medical"]
    store.query("MATCH (t:Topic) RETURN t.id AS id")
    with store.transaction():
        store.write(topics, run=1)

    *reads, writes = begun(bytes(heard))
    assert len(reads) == 4  # rows, functions of plugins, a plan and an answer
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
