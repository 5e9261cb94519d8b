"""The pages that are made from the code say what the code says, and every page can be opened."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graphkit.manual.blocks import with_output, with_recipes
from graphkit.manual.reference import reference_page
from graphkit.manual.schema import schema_page
from loaders.manual import fields_page

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))


def test_the_schema_page_says_what_the_schema_says():
    assert (DOCS / "schema.md").read_text("utf-8") == schema_page(), "run: make docs"


def test_the_page_of_fields_says_what_the_kinds_say():
    assert (DOCS / "fields.md").read_text("utf-8") == fields_page(), "run: make docs"


def test_the_page_of_commands_says_what_their_help_says():
    assert (DOCS / "reference.md").read_text("utf-8") == reference_page(), "run: make docs"


def test_the_page_on_how_good_it_is_has_the_figures_that_benchmarks_kept(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    how_good = importlib.import_module("how_good")
    made = how_good.page(ROOT / "benchmarks" / "results")
    assert (DOCS / "how-good.md").read_text("utf-8") == made, "run: make docs"
    shown = {name for section in how_good.SECTIONS for name in section.runs}
    assert {path.stem for path in (ROOT / "benchmarks" / "results").iterdir()} <= shown
    assert "Not measured yet: `python benchmarks/" in how_good.page(ROOT / "nowhere")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_recipes_stand_in_pages_as_they_are(path):
    page = path.read_text("utf-8")
    assert with_recipes(page) == page, "run: make docs"


def test_a_block_holds_what_its_command_prints_and_says_where_it_was_cut():
    page = "before\n<!-- shown, 2 lines: graphkit orders -->\nold\n<!-- end -->\nafter"
    made = with_output(page, lambda line: f"{line}:\none\ntwo\n")
    assert made == (
        "before\n<!-- shown, 2 lines: graphkit orders -->\n```text\n$ graphkit orders\n"
        "graphkit orders:\none\n...\n```\n<!-- end -->\nafter"
    )
    assert with_output(made, lambda line: f"{line}:\none\ntwo\n") == made


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The manual as a site, without a network; a link that leads nowhere is a failure."""
    folder = tmp_path_factory.mktemp("site")
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(folder)]
    done = subprocess.run(  # noqa: S603 - our own manual
        words,
        check=False,
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_page_is_in_the_site_and_no_script_or_text_of_ours_besides(site):
    for path in PAGES:
        assert (site / path.relative_to(DOCS).with_suffix(".html")).exists()
    assert not [*site.rglob("*.py")]


@pytest.mark.browser
@pytest.mark.parametrize("page", ["index", "tutorial", "questions/payments", "how-good"])
def test_a_page_opened_as_a_file_asks_nothing_of_a_network_and_fits_a_phone(site, visit, page):
    seen = visit(site / f"{page}.html", viewport={"width": 390, "height": 844})
    seen.page.wait_for_load_state("networkidle")
    assert (seen.requests, seen.complaints) == ([], [])
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
    broken = "[...document.images].filter(one => !one.naturalWidth).map(one => one.src)"
    assert seen.page.evaluate(broken) == []


@pytest.mark.browser
def test_the_manual_is_searched_where_it_was_opened_as_a_file(site, visit):
    seen = visit(site / "index.html", viewport={"width": 1280, "height": 800})
    seen.page.fill("input[name=query]", "overdue")
    found = seen.page.locator(".md-search-result__link")
    found.first.wait_for(timeout=20_000)
    assert any("payments" in one.get_attribute("href") for one in found.all())
    assert (seen.requests, seen.complaints) == ([], [])
