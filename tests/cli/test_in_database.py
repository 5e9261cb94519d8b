"""Where nothing but graphkit can compute on a graph, a command that was asked for it says so."""

import json

import pytest

from tests.command_line import Run

SAID = "No Graph Data Science answers here"


@pytest.mark.parametrize("command", ["influence", "clusters"])
def test_a_store_without_a_database_computes_itself_and_says_so_when_asked(
    graphkit: Run, small_shop, command
) -> None:
    asked = graphkit("-w", small_shop, command, "--in-database-above", 0, "--json")
    plain = graphkit("-w", small_shop, command, "--json")

    assert SAID in asked.err
    assert SAID not in plain.err
    assert json.loads(asked.out) == json.loads(plain.out)
