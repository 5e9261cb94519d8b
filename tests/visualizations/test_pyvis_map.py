import pandas as pd
import pytest

from graphkit.drawing import Drawing
from visualizations.pyvis_map import draw

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


def drawing(names, facts=()):
    count = len(names)
    nodes = pd.DataFrame(
        {
            "id": [f"n{index}" for index in range(count)],
            "type": ["Customer"] * (count - 1) + ["Trade show"],
            "name": names,
            "group": ["Valves"] * count,
            "x": [index / count for index in range(count)],
            "y": [(index * 7 % count) / count for index in range(count)],
            "size": [0.5] * count,
            "level": ["alert"] + [""] * (count - 1),
            "facts": [list(facts)] * count,
        }
    )
    edges = pd.DataFrame(
        {
            "source": ["n0"] * (count - 1),
            "target": [f"n{index}" for index in range(1, count)],
            "relation": ["was at"] * (count - 1),
            "strength": [1.0] * (count - 1),
            "stated": [True] * (count - 1),
            "detail": ["in 2025 (notes.csv, row 4)"] * (count - 1),
        }
    )
    colors = {"Customer": "#3d6fb0", "Trade show": "#b0713d"}
    return Drawing("The map", "As of a day", nodes, edges, colors)


@pytest.mark.browser
def test_the_map_opens_without_a_network_and_without_a_complaint(tmp_path, visit):
    path = tmp_path / "map with a space.html"
    path.write_text(draw(drawing(["Acme Valve", "Bolt Pumps", "IMTS 2024"])), "utf-8")
    seen = visit(path)
    seen.page.wait_for_selector("html[data-ready=yes]")
    assert seen.requests == []
    assert seen.complaints == []
    assert "Customer (2)" in seen.page.inner_text("#legend")


@pytest.mark.browser
def test_searching_shows_who_is_connected_and_why(tmp_path, visit):
    path = tmp_path / "map.html"
    path.write_text(
        draw(drawing(["Acme Valve", "Bolt Pumps", "IMTS 2024"], ["orders fell"])), "utf-8"
    )
    page = visit(path).page
    page.wait_for_selector("html[data-ready=yes]")
    page.fill("#find", "acme")
    page.press("#find", "Enter")
    facts = page.inner_text("#facts")
    assert "Acme Valve" in facts
    assert "orders fell" in facts
    assert "IMTS 2024: was at" in facts
    assert "notes.csv, row 4" in facts


@pytest.mark.browser
def test_the_legend_hides_and_shows_a_type(tmp_path, visit):
    path = tmp_path / "map.html"
    path.write_text(draw(drawing(["Acme Valve", "Bolt Pumps", "IMTS 2024"])), "utf-8")
    page = visit(path).page
    page.wait_for_selector("html[data-ready=yes]")
    page.get_by_role("button", name="Trade show").click()
    assert page.evaluate("nodes.get(2).hidden") is True
    page.get_by_role("button", name="Trade show").click()
    assert page.evaluate("nodes.get(2).hidden") is False


@pytest.mark.browser
def test_hostile_names_stay_text(tmp_path, visit):
    path = tmp_path / "map.html"
    path.write_text(draw(drawing([HOSTILE, "=1+1", HOSTILE], [HOSTILE])), "utf-8")
    seen = visit(path)
    seen.page.wait_for_selector("html[data-ready=yes]")
    seen.page.fill("#find", "script")
    seen.page.press("#find", "Enter")
    assert HOSTILE in seen.page.inner_text("#facts")
    assert seen.complaints == []
    assert seen.page.evaluate("document.images.length") == 0


def test_the_page_names_no_address_of_a_network():
    page = draw(drawing(["Acme Valve", "Bolt Pumps", "IMTS 2024"]))
    head = page[: page.index("<script>")]
    assert "http" not in head.replace("http-equiv", "")
    assert "cdn" not in page[page.index("<body>") :]


@pytest.mark.browser
def test_far_out_clusters_have_names_and_near_every_node_has_one(tmp_path, visit):
    path = tmp_path / "map.html"
    path.write_text(draw(drawing([f"Customer {index}" for index in range(200)])), "utf-8")
    page = visit(path, viewport={"width": 1000, "height": 700}).page
    page.wait_for_selector("html[data-ready=yes]")
    assert page.evaluate("nodes.get(3).label") == ""
    page.fill("#find", "Customer 3")
    page.press("#find", "Enter")
    assert page.evaluate("nodes.get(3).label") == "Customer 3"
