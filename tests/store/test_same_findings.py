"""The same findings, byte for byte, whether a shop is kept in its own file or in a real Neo4j."""

import json

import pytest
from click.testing import CliRunner

from graphkit.cli import cli
from graphkit.simulator import Stories, simulate
from tests.command_line import TEXTS

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

SHOPS = {
    "young": {"seed": 11, "customers": 10, "months": 13, "pace": 0.5},
    "quiet": {"seed": 12, "customers": 12, "months": 24, "pace": 0.3, "stories": Stories()},
    "busy": {"seed": 13, "customers": 20, "months": 24, "pace": 0.6},
}

QUICKLY = "\n".join(
    f"[analysis.{name}]\npermutations = 499\n" for name in ("slowdown", "quotes", "leanings")
)
"""Settings under which the analyses take a tenth of their time."""
LOADED = "young"
"""Loaded straight into Neo4j; the others are pushed."""


@pytest.fixture
def run(empty_neo4j, monkeypatch):
    """The command line, with what it needs to sign in to the server."""
    monkeypatch.setenv("GRAPHKIT_NEO4J_PASSWORD", empty_neo4j.password)

    def runs(*arguments):
        done = CliRunner().invoke(cli, [*map(str, arguments), "-q"], catch_exceptions=False)
        assert done.exit_code in {0, 5}  # 5: rejected rows, which are planted
        return done.stdout_bytes

    return runs


def exports_of(name, folder):
    """Exports of one of the shops, without the texts whose reading takes seconds."""
    simulate(**SHOPS[name]).write(folder)
    for text in TEXTS:
        (folder / text).unlink()
    return folder


@pytest.mark.parametrize("name", SHOPS)
def test_a_shop_has_the_same_findings_in_both_stores(name, run, empty_neo4j, tmp_path):
    exports, shop, server = tmp_path / "exports", tmp_path / "shop", empty_neo4j.uri
    run("-w", shop, "load", exports_of(name, exports))
    with (shop / "graphkit.toml").open("a", encoding="utf-8") as settings:
        settings.write(QUICKLY)
    here = run("-w", shop, "findings", "--all", "--json")
    if name == LOADED:
        run("-w", tmp_path / "other", "--store", server, "load", exports)
    else:
        run("-w", shop, "neo4j", "push", "--to", server)

    there = run("-w", shop, "--store", server, "findings", "--all", "--json")

    assert there == here
    levels = {one["level"] for one in json.loads(here)["data"]}
    assert levels >= {"alert", "cannot-tell"}
