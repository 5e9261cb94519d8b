"""On a terminal: colour, width, pages, lines of blocks; in a pipe or file none of them."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from graphkit.cli.output import table_text
from graphkit.cli.screen import Screen
from tests.command_line import loaded
from tests.terminal import STYLE, environment, graphkit_on_terminal, plain

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is of POSIX")

LONG = "Umbrella Valves and Fittings " * 10 + "Incorporated"
HEBREW = "מפעלי מתכת הגליל בעמ"
WIDE = "東京精密 🏭🏭🏭 製作所"


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose customers have names that are hard on a terminal."""
    folder = tmp_path_factory.mktemp("odd")
    with (folder / "orders.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["SO Number", "Customer Name", "Order Date", "Qty Ordered", "Unit Price"])
        number = 0
        for name in (LONG, HEBREW, WIDE, "Acme\x1b[2J Tools", "Zeal Gears"):
            for month in range(1, 13):
                number += 1
                rows.writerow([f"SO-{number}", name, f"2025-{month:02}-15", 10, "125.50"])
    return loaded(folder / "work", folder / "orders.csv")


def test_a_table_fits_eighty_columns_whatever_the_names_are(odd):
    shown = graphkit_on_terminal("-w", odd, "orders")

    lines = plain(shown)
    assert max(map(cell_len, lines)) <= 80
    for name in ("Umbrella", HEBREW.split(maxsplit=1)[0], "東京精密", "Zeal Gears"):
        assert name in "\n".join(lines)
    assert "…" in "\n".join(lines)  # the long one is cut, and says so
    assert "\x1b[2J" not in shown
    assert "1,255" in shown or "15,060" in shown


def test_a_wide_terminal_shows_the_months_of_each_customer(odd):
    lines = plain(graphkit_on_terminal("-w", odd, "orders", columns=140))

    [zeal] = [line for line in lines if line.startswith("Zeal Gears")]
    assert re.search("[.▁-█]{24}", zeal)
    assert max(map(cell_len, lines)) <= 140


def test_colour_is_on_a_terminal_and_nowhere_when_somebody_does_not_want_it():
    words = ("query", "list")
    colored = graphkit_on_terminal(*words)
    bare = [
        graphkit_on_terminal(*words, NO_COLOR="1"),
        graphkit_on_terminal(*words, "--no-color"),
        graphkit_on_terminal(*words, "--no-color", FORCE_COLOR="1"),
    ]

    assert STYLE.search(colored)
    assert not any(STYLE.search(one) for one in bare)
    assert {tuple(plain(one)) for one in bare} == {tuple(plain(colored))}


def test_a_pipe_is_plain_unless_colour_is_forced_and_a_file_always(tmp_path):
    def piped(*words: object, **more: str) -> str:
        code = "from graphkit.cli import main; main()"
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", code, "query", "list", *map(str, words)],
            capture_output=True,
            check=True,
            env=environment(**more),
        )
        return done.stdout.decode("utf-8")

    usual, forced = piped(), piped(FORCE_COLOR="1")
    file = tmp_path / "recipes.txt"
    piped("-o", file, FORCE_COLOR="1")

    assert not STYLE.search(usual)
    assert "…" in table_text([{"name": LONG}], screen=60)
    assert "…" not in table_text([{"name": LONG}])
    assert STYLE.sub("", forced) == usual != forced
    assert file.read_text("utf-8") == usual
    assert not STYLE.search(piped("--json", FORCE_COLOR="1"))


def test_what_is_longer_than_the_screen_goes_to_the_pager_and_only_there(tmp_path):
    pager, got = tmp_path / "pager", tmp_path / "got"
    pager.write_text(f'#!/bin/sh\ncat > "{got}"\n')
    pager.chmod(0o755)
    words = ("query", "list")

    on_screen = graphkit_on_terminal(*words, rows=8, PAGER=str(pager))
    paged = got.read_text("utf-8")
    got.unlink()
    whole = graphkit_on_terminal(*words, "--no-pager", rows=8, PAGER=str(pager))
    short = graphkit_on_terminal(*words, rows=500, PAGER=str(pager))

    assert "who-pays-late" in paged
    assert "who-pays-late" not in on_screen
    assert "who-pays-late" in whole
    assert "who-pays-late" in short
    assert not got.exists()


@pytest.mark.skipif(not shutil.which("less"), reason="needs less")
def test_less_shows_the_colours_and_no_escape_codes():
    shown = graphkit_on_terminal("query", "list", rows=8, typed="q")

    assert "\x1b[1mRecipes: " in shown
    assert "ESC" not in shown


def test_marks_stay_beside_their_colour():
    told = "!!  Acme slows down: owes 1,250 USD [7edede]\n *  Bolt asks for more\n"

    shown = _shown(told)

    assert STYLE.sub("", shown) == told
    assert "\x1b[1;31m!!\x1b[0m" in shown
    assert "\x1b[32m *\x1b[0m" in shown
    assert "\x1b[36m1,250 USD\x1b[0m" in shown


def test_a_text_that_is_too_wide_for_a_screen_goes_on_below_where_it_began():
    lines = plain(_shown(f"  {WIDE} " + "orders less, " * 10 + "\n"))

    assert len(lines) > 1
    assert max(map(cell_len, lines)) <= 80
    assert all(line.startswith("  ") and line[2] != " " for line in lines)


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_figures_are_never_cut_and_stand_to_the_right(width):
    rows = [
        {"name": LONG, "orders": 3, "told": "paying-later"},
        {"name": WIDE, "orders": 1_234_567, "told": ""},
    ]

    lines = table_text(rows, screen=width).splitlines()

    assert max(map(cell_len, lines)) <= width
    assert any("1,234,567" in line for line in lines)


class _Terminal:
    """Standard output where a terminal is, as far as Screen asks."""

    def __init__(self) -> None:
        self.written = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.written += text
        return len(text)


def _shown(told: str) -> str:
    terminal = _Terminal()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "environ", environment(COLUMNS="80"))
        Screen(pager=False).show(told, terminal)  # type: ignore[arg-type]
    return terminal.written
