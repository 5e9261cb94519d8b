"""What the tutorial tells to type can be typed: its lines, in their order, in one folder."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphkit.cli import cli
from graphkit.manual.commands import typed_lines
from graphkit.simulator import simulate
from tests.command_line import TEXTS

pytestmark = pytest.mark.slow

PAGE = (Path(__file__).parents[1] / "docs" / "tutorial.md").read_text("utf-8")
_STEP = re.compile(r"(?ms)^<!-- (run|file: \S+) -->\n```\w+\n(.*?)^```")
SLOW = (*TEXTS, "mail_activity.csv", "mail_campaigns.csv", "social_interactions.csv")
"""Exports whose reading takes longer than all the rest; no line of the page is about them."""
QUICK = """
[analysis]
slowdown.permutations = 199
leanings.permutations = 199
quotes.permutations = 199
clusters = { bootstraps = 9, rewirings = 9 }
spread.draws = 99
"""
"""Fewer random rounds than a shop would want; what is told is not looked at here."""


def steps():
    """Lines to type, and files that the page shows, in the order of the page."""
    for kind, text in _STEP.findall(PAGE):
        if kind == "run":
            yield from (("run", line) for line in typed_lines(f"```sh\n{text}```"))
        else:
            yield kind.removeprefix("file: "), text


def codes(line):
    """With what a line may end: a load may have rejected rows, an unknown file is refused."""
    if "--explain" in line:
        return {1}
    return {0, 5} if {"load", "weekly"} & {*line.split()} else {0}


def test_every_line_of_the_tutorial_does_what_the_page_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exports = tmp_path / "demo-shop" / "exports"
    simulate(seed=7, months=13).write(exports)  # the demo shop's last year, with all its names
    for name in SLOW:
        (exports / name).unlink()
    (tmp_path / "my-shop").mkdir()
    (tmp_path / "my-shop" / "graphkit.toml").write_text(QUICK)
    typed = 0
    for kind, text in steps():
        if kind == "run":
            done = CliRunner().invoke(cli, shlex.split(text)[1:])
            assert done.exit_code in codes(text), f"{text}\n{done.output}\n{done.exception}"
            typed += 1
        else:
            (tmp_path / kind).write_text(text, "utf-8")
    assert typed > 15
    assert (tmp_path / "my-shop" / "reports" / "2026-06-30" / "weekly.html").exists()
    for name in ("my-shop/mappings/werk.toml", "to-correct", "map.html", "pages/index.html"):
        assert (tmp_path / name).exists(), name
