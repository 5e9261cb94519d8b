"""Fixtures: one real Neo4j for the whole run, in a temporary folder, and a database to fill."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest
from neo4j import GraphDatabase

from graphkit import local_neo4j
from graphkit.errors import GraphkitError


@pytest.fixture(scope="session")
def private_passwords(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests' passwords out of the user's keyring and profile."""
    folder = tmp_path_factory.mktemp("profile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        patch.setattr(platformdirs, "user_data_path", lambda *_args, **_more: folder)
        yield


@pytest.fixture(scope="session")
def quick_java() -> Iterator[None]:
    """A Java that begins soon: one that lives for minutes never earns back what it optimises."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        yield


@pytest.fixture(scope="session")
def neo4j_server(
    tmp_path_factory: pytest.TempPathFactory, private_passwords: None, quick_java: None
) -> Iterator[local_neo4j.Connection]:
    """A running Neo4j: uri, user, password, browser.

    Where it cannot be had, tests that need it fail in CI and are skipped on a user's machine.
    """
    del private_passwords, quick_java
    home = tmp_path_factory.mktemp("server") / "neo4j"
    with running_in(home) as reached:
        yield reached


@contextlib.contextmanager
def running_in(home: Path) -> Iterator[local_neo4j.Connection]:
    """A Neo4j that runs in a folder, while the block runs; see `neo4j_server`."""
    try:
        reached = local_neo4j.up(home, say=print)
    except GraphkitError as problem:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no Neo4j on this machine: {problem}")
    try:
        yield reached
    finally:
        local_neo4j.down(home)


@pytest.fixture
def empty_neo4j(neo4j_server: local_neo4j.Connection) -> local_neo4j.Connection:
    """The same server without rows, and without constraints and indexes that are not graphkit's."""
    empty(neo4j_server)
    return neo4j_server


def empty(reached: local_neo4j.Connection) -> None:
    """Remove all rows of a server, in pieces that need little memory."""
    auth = (reached.user, reached.password)
    with GraphDatabase.driver(reached.uri, auth=auth) as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 500 ROWS").consume()
