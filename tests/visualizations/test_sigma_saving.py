"""What the interactive map saves, and its table, in a real browser."""

import base64
import csv
import dataclasses
import io
import re

import networkx as nx
import pytest

from tests.browser import Visit
from tests.visualizations.drawings import drawing
from visualizations.sigma_map import draw

pytestmark = pytest.mark.browser

HOSTILE = (
    '<script>alert(1)</script><img src=x onerror="alert(1)">',
    '=cmd|" /C calc"!A0',
    ']]>&\x07\x00 "quoted", \'and\nbroken',
    "+1",
    "-1",
    "@sum",
    "\ttab",
)
COLOURS = """async ([encoded, parts]) => {
    const bytes = Uint8Array.from(atob(encoded), (one) => one.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes]));
    const { width, height } = image;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    const colours = parts.map(([from, to]) =>
        new Set(new Uint32Array(context.getImageData(0, from, width, to - from).data.buffer)).size);
    return { width, height, colours };
}"""
PARTS = """(text) => {
    const all = [...new DOMParser().parseFromString(text, "image/svg+xml").querySelectorAll("*")];
    const titles = all.filter((one) => one.tagName === "title").map((one) => one.textContent);
    return [all.map((one) => one.tagName), titles];
}"""


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    made = drawing(60)
    names = [*HOSTILE, *made.nodes["name"][len(HOSTILE) :]]
    made = dataclasses.replace(
        made,
        nodes=made.nodes.assign(name=names),
        title=HOSTILE[0],
        caption=HOSTILE[0],
        hidden=(),
    )
    path = tmp_path_factory.mktemp("sigma") / "town.html"
    path.write_text(draw(made), "utf-8")
    return path


@pytest.fixture(scope="module")
def seen(town, chromium):
    """One page for all tests: none of them leaves anything behind."""
    one = Visit(chromium, town, viewport={"width": 1000, "height": 700}, reduced_motion="reduce")
    one.page.wait_for_selector("html[data-ready=yes]")
    yield one
    one.page.close()


@pytest.fixture
def saved(seen):
    """Saves what a button saves."""

    def save(end):
        page = seen.page
        if page.locator(".save").count() == 0:
            page.click("[data-panel=save]")
        with page.expect_download() as download:
            page.click(f"[data-save='{end}']")
        content = download.value.path().read_bytes()
        assert seen.complaints == []
        assert seen.requests == []
        return content, page

    return save


def test_the_picture_has_title_map_and_legend_at_twice_the_size(saved):
    content, page = saved(".png")
    stage = page.locator(".stage").bounding_box()
    high = 2 * round(stage["height"])
    parts = [[0, 110], [130, high], [high + 130, high + 190]]
    picture = page.evaluate(COLOURS, [base64.b64encode(content).decode(), parts])
    assert picture["width"] == 2 * round(stage["width"])
    assert picture["height"] > high + 130
    assert min(picture["colours"]) > 10, "title, map and legend: nothing is blank"


def test_the_drawing_is_sound_xml_with_names_as_text(saved):
    content, page = saved(".svg")
    tags, titles = page.evaluate(PARTS, content.decode())
    assert set(tags) == {
        *("svg", "title", "desc", "defs", "clipPath", "rect", "text", "g", "path", "line"),
        *("polygon", "ellipse", "circle"),
    }
    assert titles[0] == HOSTILE[0]
    assert HOSTILE[1] in titles
    assert len(titles) == page.evaluate("graphkitMap.visible.nodes") + 1


def test_what_is_shown_is_saved_as_csv_in_which_nothing_runs(saved):
    content, page = saved(".csv")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(rows) == page.evaluate("graphkitMap.visible.nodes")
    names = [row["Name"] for row in rows]
    assert f"'{HOSTILE[1]}" in names
    assert {"'+1", "'-1", "'@sum", "'\ttab"} <= set(names)
    assert not [cell for row in rows for cell in row.values() if re.match(r"[=+@\t\r]", cell)]
    content, page = saved("ties.csv")
    ties = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(ties) == page.evaluate("graphkitMap.visible.edges")
    assert ties[0]["Rows"].startswith("orders.csv row")


def test_gephi_gets_nodes_ties_and_figures(saved):
    content, page = saved(".gexf")
    graph = nx.read_gexf(io.BytesIO(content))
    assert graph.number_of_nodes() == page.evaluate("graphkitMap.visible.nodes")
    assert graph.number_of_edges() == page.evaluate("graphkitMap.visible.edges")
    labels = {data["label"] for _, data in graph.nodes(data=True)}
    assert HOSTILE[0] in labels
    customer = next(data for _, data in graph.nodes(data=True) if data["Type"] == "Customer")
    assert customer["Ordered in twelve months (USD)"] > 0
    assert customer["viz"]["position"]["x"] != 0
    _, _, tie = next(iter(graph.edges(data=True)))
    assert tie["Relation"]


def test_the_table_is_sorted_by_a_click_and_leads_to_the_map(seen):
    page = seen.page
    page.click("[data-panel=table]")
    assert "of" in page.inner_text(".table [role=status]")
    assert "twelve months" in page.inner_text("th[aria-sort=descending]")

    def figures():
        cells = page.locator("tbody tr td:nth-child(6)").all_inner_texts()
        return [float(cell.replace(",", "")) for cell in cells if cell]

    assert figures() == sorted(figures(), reverse=True)
    page.click(".table th >> text=Ordered in twelve months")
    assert figures() == sorted(figures())
    page.click("[data-type=Customer]")
    assert "Customer" not in page.locator("tbody td:nth-child(2)").all_inner_texts()
    page.locator("tbody .link").first.press("Enter")
    assert page.evaluate("graphkitMap.store.get().chosen") != ""
    assert page.locator("table").is_visible()
