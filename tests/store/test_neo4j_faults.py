"""What becomes of a load when the server, or the way to it, fails: nothing lost, nothing doubled.

The server is this file's own, since it is killed, stopped, and given little memory.
"""

import contextlib
import dataclasses
import os
import shutil
import signal
import ssl
import subprocess
import threading

import pandas as pd
import pytest
from neo4j import GraphDatabase

from graphkit import local_neo4j
from graphkit.batch import Batch
from graphkit.errors import AccessRefusedError, StoreUnreachableError
from graphkit.local_neo4j import settings
from graphkit.schema import ADDED_SINCE, Employee, Visited
from graphkit.store import open_store
from graphkit.store.neo4j import Neo4jStore
from tests.bolt_proxy import COMMIT, Fate, proxy_to
from tests.neo4j_load import drawn, load, rows, visits
from tests.neo4j_server import empty, running_in

pytestmark = pytest.mark.neo4j

IMPATIENT = {
    "server.bolt.connection_keep_alive": "1s",
    "server.bolt.connection_keep_alive_probes": "2",
}
"""After two seconds instead of two minutes a client takes a server that is silent for hung."""
SMALL = {"db.memory.transaction.max": "4m"}
BATCH = b"UNWIND $"
"""What every statement about a batch of rows has."""


class Server:
    """A real Neo4j that may be killed, stopped, and started with other settings."""

    def __init__(self, reached, home):
        self.reached, self.home = reached, home
        self.uri, self.password = reached.uri, reached.password

    def signal(self, number):
        os.kill(settings.read_state(self.home).process.pid, number)

    def kill(self):
        process = settings.read_state(self.home).process
        self.signal(signal.SIGKILL)
        assert process.end(seconds=30)

    def empty(self):
        empty(self.reached)

    def ask(self, cypher):
        with GraphDatabase.driver(self.uri, auth=("neo4j", self.password)) as driver:
            return driver.execute_query(cypher).records

    def graph(self):
        return drawn(self.uri, self.password)


@pytest.fixture(scope="module")
def configured():
    """What stands in neo4j.conf besides; to be changed before a start."""
    plain, lines = settings.write_configuration, {**IMPATIENT, **SMALL}

    def written(home, state):
        plain(home, state)
        with (home / "conf" / "neo4j.conf").open("a", encoding="utf-8") as stream:
            stream.writelines(f"{key}={value}\n" for key, value in lines.items())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "write_configuration", written)
        yield lines


@pytest.fixture(scope="module")
def running(tmp_path_factory, private_passwords, quick_java, configured):
    """The server, and what an undisturbed load leaves in it and in the embedded store."""
    del private_passwords, quick_java, configured
    home = tmp_path_factory.mktemp("faults") / "neo4j"
    home.mkdir()
    # Not at the usual ports: another server may take those while this one is down.
    bolt = settings.free_port(settings.HTTP_PORT, besides={settings.HTTP_PORT})
    http = settings.free_port(bolt, besides={bolt})
    settings.write_state(
        home, dataclasses.replace(settings.new_state(), bolt_port=bolt, http_port=http)
    )
    with running_in(home) as reached:
        server = Server(reached, home)
        with store_of(server) as store:
            load(store)
        server.undisturbed = server.graph()
        with open_store(home.parent / "graph.duckdb") as store:
            load(store)
            server.rows = rows(store)
        yield server


@pytest.fixture
def server(running, monkeypatch):
    """The same, empty; loads are in small pieces, and tried again at once."""
    running.empty()
    monkeypatch.setattr("graphkit.store.neo4j.BATCH", 10)
    monkeypatch.setattr("graphkit.store.bolt.LARGEST_TRANSACTION", 100)
    monkeypatch.setattr("graphkit.store.patience.PAUSES", (0.01,) * 7)
    monkeypatch.setattr("graphkit.store.bolt.CONNECT_SECONDS", 2.0)
    return running


def store_of(server, *, uri="", say=print):
    return Neo4jStore(uri or server.uri, user="neo4j", password=server.password, say=say)


def assert_whole(server):
    """The graph is that of an undisturbed load, and its rows are those of the embedded store."""
    assert server.graph() == server.undisturbed
    with store_of(server) as store:
        assert store.unfinished() == ""
        for name, frame in rows(store).items():
            pd.testing.assert_frame_equal(frame, server.rows[name], obj=name)


class Nth:
    """The fate of every nth message that has some bytes; all others are passed on."""

    def __init__(self, number, what, fate, *, then=lambda: None, once=False):
        self.number, self.what, self.fate, self.then, self.once = number, what, fate, then, once
        self.seen = 0

    def __call__(self, asked):
        self.seen += self.what in asked
        if self.what not in asked or self.seen % self.number or (self.once and self.happened):
            return Fate.PASSED
        self.then()
        return self.fate

    @property
    def happened(self):
        return self.seen > self.number


# --- the way to the server ---


@pytest.mark.parametrize(
    ("scheme", "dropped"),
    [
        ("bolt", (7, BATCH, Fate.CUT)),
        ("bolt+ssc", (7, BATCH, Fate.UNANSWERED)),
        ("bolt", (5, COMMIT, Fate.CUT)),
        ("bolt", (2, COMMIT, Fate.UNANSWERED)),
    ],
)
def test_a_connection_that_drops_again_and_again_loses_and_doubles_nothing(
    server, tmp_path, scheme, dropped
):
    told = []
    context = self_signed(tmp_path) if scheme == "bolt+ssc" else None
    with contextlib.ExitStack() as stack:
        proxy = stack.enter_context(proxy_to(server.uri, context))
        address = proxy.uri.replace("bolt", scheme)
        store = stack.enter_context(store_of(server, uri=address, say=told.append))
        proxy.fate = Nth(*dropped)
        load(store)
        proxy.fate = lambda _: Fate.PASSED

    assert proxy.cuts > 1
    assert len([line for line in told if "trying again in 0.01 s (1 of 7)" in line]) > 1
    assert_whole(server)


@pytest.mark.parametrize("batches", [14, 25, 38])
def test_a_connection_that_is_gone_for_good_ends_a_load_that_the_next_one_finishes(
    server, batches, monkeypatch
):
    monkeypatch.setattr("graphkit.store.bolt.LARGEST_TRANSACTION", 1)  # each write on its own
    told = []
    with proxy_to(server.uri) as proxy, store_of(server, uri=proxy.uri, say=told.append) as store:
        seen = Nth(batches, BATCH, Fate.CUT)
        proxy.fate = lambda asked: Fate.CUT if seen.happened else seen(asked)
        with pytest.raises(StoreUnreachableError, match="graphkit neo4j status") as gone:
            load(store)

    assert gone.value.exit_code == 3
    assert "does not answer" in gone.value.message
    assert told[-1].endswith("(7 of 7)")
    with store_of(server) as store:
        assert store.unfinished() == "load"
        load(store)
    assert_whole(server)


def test_a_certificate_that_does_not_verify_is_named_with_what_to_do(server, tmp_path, monkeypatch):
    context = self_signed(tmp_path)
    with proxy_to(server.uri, context) as proxy:
        for scheme in ("bolt+s", "neo4j+s"):
            address = proxy.uri.replace("bolt", scheme)
            with pytest.raises(StoreUnreachableError, match="certificate does not verify") as told:
                store_of(server, uri=address)
            assert "self-signed certificate" in told.value.message
            assert "SSL_CERT_FILE" in told.value.next_step
            assert told.value.exit_code == 3

        store_of(server, uri=proxy.uri.replace("bolt", "bolt+ssc")).close()
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        store_of(server, uri=proxy.uri.replace("bolt", "bolt+s")).close()


def self_signed(folder):
    """A certificate of nobody for 127.0.0.1, as a server without one from an authority has it."""
    program = shutil.which("openssl")
    assert program, "openssl makes the certificate"
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(  # noqa: S603
        [
            *(program, "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-days", "2"),
            *("-subj", "/CN=shop", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def test_a_server_that_does_not_encrypt_is_named_with_what_to_do(server):
    with pytest.raises(StoreUnreachableError, match="no encrypted connection") as told:
        store_of(server, uri=server.uri.replace("bolt", "bolt+s"))
    assert "the address without +s" in told.value.next_step


def test_a_command_says_what_it_tries_again_and_analyses_refuse_what_is_half_written(
    server, graphkit, exports, tmp_path, monkeypatch
):
    monkeypatch.setenv("GRAPHKIT_NEO4J_PASSWORD", server.password)
    with proxy_to(server.uri) as proxy:
        words = ["-w", tmp_path / "work", "--store", proxy.uri]
        proxy.fate = lambda asked: Fate.CUT if b"VISITED" in asked else Fate.PASSED
        load = graphkit(*words, "load", exports / "web_visits.csv")
        findings = graphkit(*words, "findings")

    assert load.code == 3
    assert "Neo4j does not answer: the connection was lost; trying again in" in load.err
    assert "then the command again, which goes on where it stopped" in load.err
    assert findings.code == 2
    assert "The last load did not finish" in findings.err


# --- what the server refuses ---


def test_a_server_of_an_older_version_is_refused_with_both_versions_and_what_to_do(server):
    [version] = server.ask("CALL dbms.components() YIELD versions RETURN versions[0] AS name")
    is_called, was_called = b"Neo4j/" + version["name"].encode(), b"Neo4j/4.4.044"
    assert len(is_called) == len(was_called)  # Bolt counts bytes

    with proxy_to(server.uri) as proxy:
        proxy.asked = speaking_bolt_4_4
        proxy.answered = lambda answer: answer.replace(is_called, was_called)
        with pytest.raises(StoreUnreachableError) as refused:
            store_of(server, uri=proxy.uri)

    assert refused.value.message == "this is Neo4j 4.4.044; graphkit needs Neo4j 5.24 or later"
    assert "graphkit neo4j up" in refused.value.next_step
    assert refused.value.exit_code == 3


def test_a_server_that_speaks_no_bolt_of_ours_is_refused_with_what_to_do(server):
    with proxy_to(server.uri) as proxy:
        proxy.asked = lambda asked: offering(asked, b"\x00\x00\x00\x09")
        with pytest.raises(StoreUnreachableError, match=r"needs Neo4j 5\.24 or later"):
            store_of(server, uri=proxy.uri)


def speaking_bolt_4_4(asked):
    """What a client asks, whose driver is offered the Bolt of Neo4j 4.4 only."""
    return offering(asked, b"\x00\x00\x04\x04")


def offering(asked, version):
    """A greeting that offers one version of Bolt; all else as it is."""
    magic = b"\x60\x60\xb0\x17"
    return magic + version + bytes(12) if asked.startswith(magic) else asked


def test_a_wrong_password_is_refused_and_so_are_many_of_them(server):
    for _ in range(4):  # after three the server refuses to look at any
        with pytest.raises(AccessRefusedError, match="GRAPHKIT_NEO4J_PASSWORD") as refused:
            Neo4jStore(server.uri, user="somebody", password="wrong")  # noqa: S106
        assert refused.value.exit_code == 4


def employees(*names, size=1):
    return Batch.of(Employee, {"id": list(names), "name": ["n" * size] * len(names)})


def test_a_block_that_needs_too_much_memory_is_written_in_pieces(server, monkeypatch):
    monkeypatch.setattr("graphkit.store.bolt.LARGEST_TRANSACTION", 1_000_000)
    many = [f"e{number:04}" for number in range(4000)]
    told = []
    with store_of(server, say=told.append) as store:
        monkeypatch.setattr("graphkit.store.neo4j.BATCH", 500)
        with store.next_run("load") as run, store.transaction():
            store.write(employees(*many, size=400), run=run)
        assert store.read(Employee, ["id"])["id"].tolist() == many
    assert told == ["Neo4j has too little memory for this at once; writing it in pieces"]


def test_too_little_memory_for_one_batch_is_told_with_what_to_do(server, monkeypatch):
    monkeypatch.setattr("graphkit.store.neo4j.BATCH", 10_000)
    many = employees(*(f"e{number}" for number in range(8000)), size=400)
    with store_of(server) as store:
        with pytest.raises(StoreUnreachableError, match=r"db\.memory\.transaction\.max") as short:
            store.write(many, run=1)
        assert "too little memory" in short.value.message
        assert "--memory 2g" in short.value.next_step
        assert short.value.exit_code == 3
        assert store.count(Employee) == 0
        load(store)  # the conversation goes on
    assert_whole(server)


# --- two at once ---


def test_two_loads_that_wait_for_each_other_both_come_to_their_end(server):
    told = []
    with store_of(server) as store:
        store.write(employees("kim", "lee"), run=1)
    both_began = threading.Barrier(2)

    def write(first, second, size):
        with store_of(server, say=told.append) as store, store.transaction():
            store.write(employees(first, size=size), run=size)
            both_began.wait(timeout=60)
            store.write(employees(second, size=size), run=size)

    other = threading.Thread(target=write, args=("lee", "kim", 3))
    other.start()
    write("kim", "lee", 2)
    other.join()

    assert any("wait for each other; trying again" in line for line in told)
    with store_of(server) as store:
        assert store.read(Employee)["name"].tolist() in (["nn", "nn"], ["nnn", "nnn"])


def test_a_lost_answer_to_a_commit_is_found_out_though_another_load_committed_since(server):
    told = []

    def say(line):
        told.append(line)
        other.write(employees(f"e{len(told)}"), run=2)

    with (
        proxy_to(server.uri) as proxy,
        store_of(server) as other,
        store_of(server, uri=proxy.uri, say=say) as store,
    ):
        proxy.fate = Nth(1, COMMIT, Fate.UNANSWERED, once=True)
        store.write(visits(), run=1)  # the same relationships once more would be refused

        assert store.count(Visited) == len(visits())
    assert "trying again" in told[0]


def test_what_another_load_writes_at_the_same_time_is_told_and_the_next_one_finds_it(server):
    refused = []

    def write():
        with store_of(server) as store, pytest.raises(StoreUnreachableError) as other:
            store.write(visits(), run=2)
        refused.append(other.value)

    second = threading.Thread(target=write)
    with store_of(server) as store:
        with store.transaction():
            store.write(visits(), run=1)
            second.start()
            while not server.ask(
                "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked'"
            ):
                assert second.is_alive()
        second.join()
        assert "another graphkit wrote the same rows" in refused[0].message
        assert "goes on where it stopped" in refused[0].next_step
        load(store)
    assert_whole(server)


# --- the server itself ---


@pytest.mark.parametrize("what", [BATCH, COMMIT])
def test_a_server_that_hangs_during_a_load_is_waited_for(server, what):
    told = []

    def say(line):
        told.append(line)
        server.signal(signal.SIGCONT)

    with proxy_to(server.uri) as proxy, store_of(server, uri=proxy.uri, say=say) as store:
        proxy.fate = Nth(
            2, what, Fate.PASSED, then=lambda: server.signal(signal.SIGSTOP), once=True
        )
        load(store)

    assert "timed out; trying again" in told[0]
    assert_whole(server)


def test_a_server_that_hangs_during_a_read_is_waited_for(server):
    with store_of(server) as store:
        load(store)
    told = []

    def say(line):
        told.append(line)
        server.signal(signal.SIGCONT)

    with store_of(server, say=say) as store:
        server.signal(signal.SIGSTOP)
        found = rows(store)

    assert "timed out; trying again" in told[0]
    for name, frame in found.items():
        pd.testing.assert_frame_equal(frame, server.rows[name], obj=name)


def test_a_server_that_is_killed_and_started_again_during_a_load_loses_nothing(server, monkeypatch):
    monkeypatch.setattr("graphkit.store.patience.PAUSES", (1.0,) * 120)
    told = []
    again = threading.Thread(target=local_neo4j.up, args=[server.home])

    def fall():
        server.kill()
        again.start()

    with proxy_to(server.uri) as proxy, store_of(server, uri=proxy.uri, say=told.append) as store:
        proxy.fate = Nth(20, BATCH, Fate.PASSED, then=fall, once=True)
        load(store)
        again.join()

    assert "trying again in 1 s (1 of 120)" in told[0]
    assert_whole(server)


def test_a_database_that_is_only_read_is_read_and_refuses_to_be_written(server, configured):
    with store_of(server) as store:
        load(store)
    # As after an import and an update of graphkit, when nobody who may write has opened it yet.
    server.ask("DROP INDEX graphkit_Order_ordered_on")
    server.ask(f"MATCH (x:Meta {{id: 'schema_version'}}) SET x.value = '{ADDED_SINCE}'")
    server.ask("CREATE (:Meta {id: 'imported', value: 'lists have marks'})")
    local_neo4j.down(server.home)
    configured["server.databases.read_only"] = "neo4j"
    local_neo4j.up(server.home)

    told = []
    with store_of(server, say=told.append) as store:
        for name, frame in rows(store).items():
            pd.testing.assert_frame_equal(frame, server.rows[name], obj=name)
        with pytest.raises(AccessRefusedError, match=r"server\.databases\.read_only") as refused:
            load(store)
    assert refused.value.exit_code == 4
    assert told == []
