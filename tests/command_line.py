"""The real command line within this process, small simulated shops, and stores to compare."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from graphkit.cli import cli, main
from graphkit.schema import TYPES
from graphkit.simulator import simulate
from graphkit.store import open_store

TEXTS = ("sales_notes.csv", "social_posts.csv", "engineering_projects.xlsx")
"""Exports whose reading takes seconds; left out where texts do not matter."""


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def graphkit(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command as a shell would, with its errors turned into messages and exit codes."""

    def run(*arguments: object) -> Done:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["graphkit", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Done(int(left.value.code or 0), out, err)

    return run


def bare(text: str) -> str:
    """A text whose commands no longer name their workspace."""
    return re.sub(r'graphkit -w (?:"[^"]*"|\S+) ', "graphkit ", text)


def started(*arguments: object, **options: object) -> "subprocess.Popen[str]":
    """A graphkit of its own, for what needs a process."""
    # A shell that runs the tests in the background lets them ignore Ctrl-C.
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{heed}; from graphkit.cli import main; main()"
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        **options,  # type: ignore[call-overload]
    )


@pytest.fixture(scope="session")
def all_exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The thirteen exports of a small shop; copy the folder before changing it."""
    folder = tmp_path_factory.mktemp("exports")
    simulate(seed=5, customers=8, months=12).write(folder)
    return folder


@pytest.fixture
def exports(all_exports: Path, tmp_path: Path) -> Path:
    """Exports of a small shop without texts, to be changed at will."""
    folder = tmp_path / "exports"
    shutil.copytree(all_exports, folder, ignore=shutil.ignore_patterns(*TEXTS))
    return folder


def loaded(folder: Path, *files: Path) -> Path:
    """A workspace into which files were loaded, for fixtures that several tests share."""
    words = ["-w", str(folder), "load", *map(str, files)]
    assert CliRunner().invoke(cli, words, catch_exceptions=False).exit_code in {0, 5}
    return folder


@pytest.fixture(scope="session")
def small_shop(all_exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the small shop, its texts left out; copy it before changing it."""
    files = [one for one in sorted(all_exports.iterdir()) if one.name not in TEXTS]
    return loaded(tmp_path_factory.mktemp("small") / "work", *files)


def frames(workspace: Path, *, without: tuple[str, ...] = ()) -> dict[str, pd.DataFrame]:
    """Every row of a workspace's store but its runs and what it knows of itself, by type.

    Args:
        workspace: A workspace.
        without: Columns to leave out, such as run.
    """
    with open_store(workspace / "graph.duckdb", read_only=True) as store:
        return {
            name: store.read(entity).drop(columns=list(without), errors="ignore")
            for name, entity in TYPES.items()
            if name not in {"Run", "Meta"}
        }


def assert_same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    """Two stores hold the same rows."""
    for name, rows in one.items():
        pd.testing.assert_frame_equal(rows, other[name], obj=name)
