"""A site: every link leads to a page, all reads without JavaScript, and nothing is half written."""

import datetime as dt
import re
import shutil
import subprocess
import urllib.parse

import pytest

from graphkit.errors import UsageError
from graphkit.pipeline.site import MARK, replaced, write_site
from graphkit.reports.network_map import network_map
from graphkit.reports.static_map import HEIGHT, WIDTH, static_map
from graphkit.reports.weekly.page import weekly_page
from tests.pipeline.planted_week import BEFORE, HOSTILE, QUICK, filled, week_of

_HREF = re.compile(r'<a[^>]* href="([^"]*)"')


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A week and a site of a shop whose customers have hostile names."""
    folder = tmp_path_factory.mktemp("site")
    falling = dict(zip(HOSTILE, (12, 10, 8, 7, 6), strict=True))
    owners = dict.fromkeys(HOSTILE, f"{HOSTILE[0]} Ours")
    with filled(folder, falling, owners) as shop:
        week = week_of(shop, since=BEFORE)
        write_site(shop.store, QUICK, week, folder / "site", folder, draw=None, customers=6)
        yield week, folder / "site"


def test_every_link_leads_to_a_page_of_the_site_and_none_outside(made):
    _, site = made
    files = {one.name for one in site.iterdir()}

    assert {"index.html", "findings.html", "customers.html", "industries.html"} <= files
    assert {"clusters.html", "map.html", MARK} <= files
    assert len([one for one in files if one.startswith("customer-")]) == 6
    for name in ("clusters", "customers", "findings", "index"):
        assert 'href="customer-' in (site / f"{name}.html").read_text("utf-8"), name
    for one in site.glob("*.html"):
        if one.name == "map.html":
            continue
        for href in _HREF.findall(one.read_text("utf-8")):
            file = urllib.parse.unquote(href.partition("#")[0])
            assert href.startswith(("#", "tel:", "mailto:")) or file in files, (one.name, href)
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]{1,80}", name) for name in files)


def test_hostile_names_are_text_on_every_page(made):
    _, site = made
    for one in site.glob("*.html"):
        if one.name == "map.html":
            continue
        text = one.read_text("utf-8")
        assert "<script>alert" not in text, one.name
        assert "<b>Sons</b>" not in text, one.name
        assert not re.search(r'(src|href)="https?:', text), one.name
    week = (site / "index.html").read_text("utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in week
    assert HOSTILE[3] in week


def test_markdown_and_text_of_hostile_names_hold_no_html_and_no_table_breaks(made):
    week, _ = made
    markdown = weekly_page(week.report, week.snap.files, "markdown")

    assert "<script" not in markdown
    assert "<b>" not in markdown
    assert HOSTILE[1].replace("|", "\\|") in markdown


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_read_without_javascript_on_a_phone_and_a_screen(made, visit, width, scheme):
    _, site = made
    seen = visit(
        site / "index.html",
        viewport={"width": width, "height": 844},
        color_scheme=scheme,
        java_script_enabled=False,
    )
    page = seen.page

    assert page.locator("article.task").count() == 5
    assert page.get_by_role("img", name="The customers as a map").is_visible()
    for name in ("index", "findings", "customers", "industries", "capacity", "clusters"):
        page.goto((site / f"{name}.html").as_uri())
        assert page.locator("main h1").is_visible()
        assert page.locator("nav.site a").count() == 7
        assert not page.locator("#finder").is_visible()
        for part in ("html", "main"):
            box = page.locator(part).bounding_box()
            assert box["x"] + box["width"] <= width, name
    assert seen.requests == []
    assert seen.complaints == []


@pytest.mark.browser
def test_the_search_box_finds_a_customer_and_goes_there(made, visit):
    _, site = made
    seen = visit(site / "index.html")
    page = seen.page

    page.keyboard.press("/")
    page.keyboard.type("cmd|")
    assert page.locator("#found a").all_text_contents() == [f"{HOSTILE[1]} (customer)"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/customer-*.html")
    assert page.locator("h1").text_content() == HOSTILE[1]
    page.fill("#find", "nobody at all")
    assert page.locator("#found").text_content() == "Nothing is called so."
    assert seen.complaints == []
    assert seen.requests == []


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_the_week_prints_with_its_five_things_whole(made, visit, tmp_path):
    _, site = made
    paper = tmp_path / "week.pdf"
    visit(site / "index.html").page.pdf(path=paper, format="A4")

    text = subprocess.run(  # noqa: S603 - our own file
        ["pdftotext", "-layout", str(paper), "-"],  # noqa: S607 - looked for above
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    pages = text.split("\f")
    for number in (1, 2, 3, 5):  # the fourth is written from right to left
        (its,) = [one for one in pages if re.search(rf"(?m)^\s*{number}\.\s", one)]
        begin = re.search(rf"(?m)^\s*{number}\.\s", its).start()
        assert "Where it comes from" in its[begin:]  # the end of its card
    assert "Clusters" not in pages[0]  # no navigation on paper


def test_names_on_the_still_map_hide_nothing_and_stay_inside(made):
    week, _ = made
    still = static_map(network_map(week.snap, week.found.told))

    assert {one.level for one in still.dots} == {"", "alert"}
    assert len([one for one in still.labels if one.level == "alert"]) + still.left_out == 5
    assert all(0 <= one.x <= WIDTH and 0 <= one.y <= HEIGHT for one in (*still.dots, *still.labels))
    assert "5 with an alert" in still.told


def test_a_site_of_ours_is_replaced_as_a_whole(tmp_path):
    place = tmp_path / "site"
    for name in ("old.html", "new.html"):
        with replaced(place, dt.date(2026, 6, 30)) as folder:
            (folder / name).write_text(name, "utf-8")

    assert {one.name for one in place.iterdir()} == {"new.html", MARK}
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_what_fails_on_the_way_leaves_the_old_site_as_it_was(tmp_path):
    place = tmp_path / "site"
    with replaced(place, dt.date(2026, 6, 30)) as folder:
        (folder / "old.html").write_text("old", "utf-8")

    def interrupted():
        with replaced(place, dt.date(2026, 7, 7)) as folder:
            (folder / "new.html").write_text("new", "utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()

    assert {one.name for one in place.iterdir()} == {"old.html", MARK}
    assert [one.name for one in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_is_not_ours_is_refused_and_left_alone(tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work", "utf-8")

    with pytest.raises(UsageError, match="left alone"), replaced(tmp_path, dt.date(2026, 6, 30)):
        pass
    with (
        pytest.raises(UsageError, match="no folder"),
        replaced(tmp_path / "thesis.docx", dt.date(2026, 6, 30)),
    ):
        pass

    assert [one.name for one in tmp_path.iterdir()] == ["thesis.docx"]


@pytest.mark.browser
def test_the_map_and_the_pages_of_customers_lead_to_each_other(made, visit):
    _, site = made
    seen = visit(min(site.glob("customer-*.html")))
    page = seen.page
    name = page.locator("h1").text_content()

    page.get_by_role("link", name="Near it on the map").click()
    page.wait_for_selector("html[data-ready=yes]")
    panel = page.get_by_role("complementary", name="Panel")
    assert panel.locator("h3.name").text_content() == name
    panel.get_by_role("link", name="All that is known of it").click()
    page.wait_for_url("**/customer-*.html")
    assert page.locator("h1").text_content() == name
    page.goto((site / "map.html").as_uri())
    page.get_by_role("link", name="\u2190 This week").click()
    page.wait_for_url("**/index.html")
    assert seen.requests == []
    assert seen.complaints == []
