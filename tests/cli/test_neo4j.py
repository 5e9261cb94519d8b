"""`graphkit neo4j` from the command line, on the run's real server."""

import json

import pytest
from click.testing import CliRunner

from graphkit.cli import cli
from graphkit.errors import StoreUnreachableError

pytestmark = pytest.mark.neo4j


@pytest.fixture
def graphkit(neo4j_server, tmp_path_factory):
    """Run a graphkit command in the workspace whose server runs."""
    del neo4j_server
    workspace = next(tmp_path_factory.getbasetemp().glob("server*"))

    def run(*arguments, folder=workspace):
        words = ["-w", str(folder), *arguments]
        return CliRunner().invoke(cli, words, catch_exceptions=False)

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


def test_where_no_server_runs_status_and_down_say_so(graphkit, tmp_path):
    assert "not running" in graphkit("neo4j", "status", folder=tmp_path).stdout
    assert "was not running" in graphkit("neo4j", "down", folder=tmp_path).stdout
    with pytest.raises(StoreUnreachableError, match="neo4j up"):
        graphkit("neo4j", "status", "--password", folder=tmp_path)
