"""Addresses of a Neo4j: user and database in them, never a password."""

import re

import pytest

from graphkit import passwords
from graphkit.errors import AccessRefusedError, UsageError
from graphkit.store import open_store
from graphkit.store.address import Address, credentials, is_own, parsed, shown


@pytest.fixture(autouse=True)
def no_settings(private_passwords, monkeypatch):
    """Neither variables nor passwords of the user's own."""
    del private_passwords
    for name in ("USER", "PASSWORD", "DATABASE"):
        monkeypatch.delenv(f"GRAPHKIT_NEO4J_{name}", raising=False)


@pytest.mark.parametrize(
    ("place", "uri", "user", "database"),
    [
        ("bolt://127.0.0.1:7688", "bolt://127.0.0.1:7688", "", ""),
        ("neo4j+s://x.databases.neo4j.io", "neo4j+s://x.databases.neo4j.io:7687", "", ""),
        ("NEO4J+S://ann@crm.local/shop", "neo4j+s://crm.local:7687", "ann", "shop"),
        ("bolt+ssc://ann%40crm@server:1/", "bolt+ssc://server:1", "ann@crm", ""),
        ("bolt://[::1]:7687/shop", "bolt://[::1]:7687", "", "shop"),
        ("neo4j://server?policy=eu", "neo4j://server:7687/?policy=eu", "", ""),
    ],
)
def test_an_address_names_server_user_and_database(place, uri, user, database):
    found = parsed(place)

    assert (found.uri, found.user, found.database) == (uri, user, database)


@pytest.mark.parametrize(
    "place",
    [
        "neo4j+s://ann:s3cret@server/shop",
        "bolt://:s3cret@server",
        "bolt://ann:s3c@ret@server",
        "bolt://ann:s3/cret@server",
        "neo4j://ann:@server",
    ],
)
def test_an_address_with_a_password_is_refused_and_not_repeated(place):
    with pytest.raises(UsageError, match="must hold no password") as refused:
        open_store(place)

    assert "graphkit neo4j login" in str(refused.value)
    assert not any(part in str(refused.value) for part in ("s3c", "ret@", "ann"))


@pytest.mark.parametrize(
    "place",
    ["bolt://", "bolt://server:port", "neo4j://server/a/b", "neo4j://s/x y", "neo4j://ann@/shop"],
)
def test_what_is_no_address_is_said_with_an_example(place):
    with pytest.raises(UsageError, match="such as neo4j"):
        parsed(place)


def test_an_address_of_something_else_is_shown_without_what_may_be_a_password():
    with pytest.raises(UsageError, match=r"'http://\*\*\*@server/x'"):
        parsed("http://ann:s3cret@server/x")
    assert shown("bolt://server:7687") == "bolt://server:7687"


def test_the_environment_goes_before_the_address_and_before_what_is_kept(monkeypatch):
    address = parsed("neo4j+s://ann@server/shop")
    passwords.keep(address.kept_as("ann"), "kept")
    kept = credentials(address)
    monkeypatch.setenv("GRAPHKIT_NEO4J_PASSWORD", "given")
    monkeypatch.setenv("GRAPHKIT_NEO4J_USER", "bob")
    monkeypatch.setenv("GRAPHKIT_NEO4J_DATABASE", "other")

    assert kept == {"user": "ann", "password": "kept", "database": "shop"}
    assert credentials(address) == {"user": "bob", "password": "given", "database": "other"}


@pytest.mark.parametrize(
    "other",
    [
        Address("neo4j+s", "server:7687", "bob"),
        Address("neo4j+s", "server:7688", "ann"),
        Address("neo4j+s", "elsewhere:7687", "ann"),
        Address("neo4j", "server:7687", "ann"),
    ],
    ids=["user", "port", "server", "unencrypted"],
)
def test_a_kept_password_goes_to_no_other_server_user_or_encryption(other):
    address = parsed("neo4j+s://ann@server")
    passwords.keep(address.kept_as("ann"), "kept")
    try:
        with pytest.raises(
            AccessRefusedError, match=re.escape(f"login {other.kept_as(other.user)}")
        ):
            credentials(other)
    finally:
        assert passwords.forget(address.kept_as("ann"))
    assert not passwords.forget(address.kept_as("ann"))
    with pytest.raises(AccessRefusedError, match="No password is known for ann"):
        credentials(address)


@pytest.mark.parametrize(
    ("place", "environment", "own"),
    [
        ("bolt://127.0.0.1:7688", {}, True),
        ("neo4j://localhost:7688/shop", {}, True),
        ("bolt://neo4j@127.0.0.1:7688", {}, True),
        ("bolt://jo@127.0.0.1:7688", {}, False),
        ("bolt://127.0.0.1:7688", {"GRAPHKIT_NEO4J_USER": "jo"}, False),
        ("bolt://127.0.0.1:7688", {"GRAPHKIT_NEO4J_PASSWORD": "jo's"}, False),
        ("bolt://127.0.0.1:7687", {}, False),
        ("bolt://crm.example.com:7688", {}, False),
    ],
)
def test_nobody_becomes_the_own_server_s_user_who_said_another_one(
    place, environment, own, monkeypatch
):
    for name in ("GRAPHKIT_NEO4J_USER", "GRAPHKIT_NEO4J_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert bool(is_own(parsed(place), parsed("bolt://127.0.0.1:7688"), "neo4j")) is own
