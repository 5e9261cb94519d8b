"""`graphkit neo4j` from the command line, on the run's real server."""

import json
import sys

import pytest
from click.testing import CliRunner
from neo4j._codec.packstream import RUST_AVAILABLE

from graphkit.cli import cli
from graphkit.errors import AccessRefusedError, StoreUnreachableError, UsageError
from graphkit.workspace import Workspace

pytestmark = pytest.mark.neo4j


@pytest.fixture
def graphkit(neo4j_server, tmp_path_factory):
    """Run a graphkit command in the workspace whose server runs."""
    del neo4j_server
    workspace = next(tmp_path_factory.getbasetemp().glob("server*"))

    Workspace.create(workspace)

    def run(*arguments, folder=workspace, typed=""):
        words = ["-w", str(folder), *arguments]
        return CliRunner().invoke(cli, words, input=typed, catch_exceptions=False)

    return run


def test_up_prints_the_addresses_on_standard_output_and_never_the_password(graphkit, neo4j_server):
    done = graphkit("neo4j", "up")

    assert done.exit_code == 0
    assert neo4j_server.uri in done.stdout
    assert neo4j_server.browser in done.stdout
    assert neo4j_server.password not in done.output


def test_status_tells_version_addresses_and_counts_as_json(graphkit, neo4j_server):
    row = json.loads(graphkit("neo4j", "status", "--json").stdout)["data"][0]

    assert row["running"] is True
    assert row["version"].startswith("5.26.")
    assert row["bolt"] == neo4j_server.uri
    assert row["nodes"] >= 0


def test_the_password_is_printed_when_asked_for(graphkit, neo4j_server):
    assert graphkit("neo4j", "status", "--password").stdout.strip() == neo4j_server.password


def test_the_last_lines_of_the_log_are_shown(graphkit, tmp_path):
    lines = graphkit("neo4j", "logs", "-n", "2").stdout.splitlines()

    assert len(lines) == 2
    assert "INFO" in lines[-1] or "WARN" in lines[-1]
    assert "neo4j up" in graphkit("neo4j", "logs", folder=tmp_path).stderr


def test_files_for_docker_compose_are_written_beside_the_server(graphkit, tmp_path):
    done = graphkit("neo4j", "compose", "--json", folder=tmp_path)

    row = json.loads(done.stdout)["data"][0]
    assert row == {
        "file": str(tmp_path / "neo4j-docker" / "docker-compose.yml"),
        "bolt": "bolt://127.0.0.1:7687",
    }
    assert "neo4j push --to bolt://127.0.0.1:7687" in done.stderr


def test_where_no_server_runs_status_and_down_say_so(graphkit, tmp_path):
    assert "not running" in graphkit("neo4j", "status", folder=tmp_path).stdout
    assert "was not running" in graphkit("neo4j", "down", folder=tmp_path).stdout
    with pytest.raises(StoreUnreachableError, match="neo4j up"):
        graphkit("neo4j", "status", "--password", folder=tmp_path)


def test_a_password_is_asked_tried_kept_and_forgotten(graphkit, neo4j_server, tmp_path):
    address = neo4j_server.uri.replace("bolt://", "neo4j://neo4j@")
    there = ("--store", address, "query", "cypher", "RETURN 1 AS one", "--csv")
    Workspace.create(tmp_path)
    with pytest.raises(AccessRefusedError, match=f"graphkit.* neo4j login {address}"):
        graphkit(*there, folder=tmp_path)
    with pytest.raises(AccessRefusedError, match="refuses"):
        graphkit("neo4j", "login", address, folder=tmp_path, typed="wrong\n")
    with pytest.raises(AccessRefusedError, match="No password is known"):
        graphkit(*there, folder=tmp_path)

    kept = graphkit("neo4j", "login", address, folder=tmp_path, typed=f"{neo4j_server.password}\n")

    assert "kept in" in kept.output
    assert neo4j_server.password not in kept.output
    assert graphkit(*there, folder=tmp_path).stdout.split() == ["one", "1"]
    assert "no longer" in graphkit("neo4j", "logout", address, folder=tmp_path).output
    assert "None was kept" in graphkit("neo4j", "logout", address, folder=tmp_path).output
    with pytest.raises(AccessRefusedError, match="No password is known"):
        graphkit(*there, folder=tmp_path)


def test_the_own_server_is_reached_by_a_routing_table_without_a_login(graphkit, neo4j_server):
    address = neo4j_server.uri.replace("bolt://", "neo4j://") + "/neo4j"

    done = graphkit("--store", address, "query", "cypher", "RETURN 1 AS one", "--csv")

    assert done.stdout.split() == ["one", "1"]


def test_a_password_in_an_address_is_refused_and_repeated_nowhere(graphkit, tmp_path):
    Workspace.create(tmp_path)
    named = "bolt://ann:s3cret@127.0.0.1:7687"
    for words in (
        ["--store", named, "status"],
        ["neo4j", "push", "--to", named],
        ["--store", named, "neo4j", "push"],
        ["neo4j", "login", named],
        ["neo4j", "logout", named],
    ):
        with pytest.raises(UsageError) as refused:
            graphkit(*words, folder=tmp_path)
        assert "s3cret" not in str(refused.value)


def test_doctor_says_whether_the_driver_uses_its_rust_codec(graphkit, monkeypatch):
    def told():
        rows = json.loads(graphkit("doctor", "--json").stdout)["data"]
        return next(row for row in rows if row["part"] == "neo4j-rust-ext")

    assert (told()["state"] == "ok") is RUST_AVAILABLE

    monkeypatch.setitem(sys.modules, "neo4j._rust.codec.packstream", None)
    assert told()["state"] == "missing"
    assert "[neo4j]" in told()["mend"]
