import dataclasses
import datetime as dt
import itertools
import math

import pandas as pd
import pytest

from graphkit.drawing import Drawing, Fact, Told
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
            "change": [""] * count,
            "facts": [[Fact(text) for text in facts]] * count,
        }
    )
    edges = pd.DataFrame(
        {
            "source": ["n0"] * (count - 1),
            "target": [f"n{index}" for index in range(1, count)],
            "relation": ["was at"] * (count - 1),
            "strength": [1.0] * (count - 1),
            "stated": [True] * (count - 1),
            "change": [""] * (count - 1),
            "detail": ["in 2025 (notes.csv, row 4)"] * (count - 1),
        }
    )
    colors = {"Customer": "#3d6fb0", "Trade show": "#b0713d"}
    return Drawing("The map", "As of a day", nodes, edges, colors, dt.date(2025, 9, 30))


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


def clustered(
    names=("Valves, Honing", "Pumps", "Gear boxes for very long-named machinery", HOSTILE),
):
    """Forty customers in four clusters around a ring, so many that far out they have no names."""
    map_ = drawing([f"Customer {index}" for index in range(161)])
    map_.nodes["group"] = [names[index % len(names)] for index in range(161)]
    turns = [math.tau * (index % len(names)) / len(names) for index in range(161)]
    map_.nodes["x"] = [0.6 * math.cos(t) + 0.2 * math.cos(i) for i, t in enumerate(turns)]
    map_.nodes["y"] = [0.6 * math.sin(t) + 0.2 * math.sin(i) for i, t in enumerate(turns)]
    return map_


BOXES = """() => [...document.querySelectorAll(".cluster")].filter((one) => !one.hidden)
  .map((one) => one.getBoundingClientRect())
  .map((box) => [box.left, box.top, box.right, box.bottom])"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_names_of_clusters_lie_inside_the_canvas_and_apart(tmp_path, visit, width):
    path = tmp_path / "map.html"
    path.write_text(draw(clustered()), "utf-8")
    seen = visit(path, viewport={"width": width, "height": 844})
    seen.page.wait_for_selector("html[data-ready=yes]")
    seen.page.wait_for_timeout(200)
    boxes = seen.page.evaluate(BOXES)
    canvas = seen.page.locator("#mynetwork").bounding_box()
    assert len(boxes) >= 3
    for left, top, right, bottom in boxes:
        assert left >= canvas["x"]
        assert right <= canvas["x"] + canvas["width"]
        assert top >= canvas["y"]
        assert bottom <= canvas["y"] + canvas["height"]
    for one, other in itertools.combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert seen.complaints == []
    assert seen.page.evaluate("document.images.length") == 0


@pytest.mark.browser
def test_the_map_is_dark_where_the_reader_wants_it_and_turns_with_him(tmp_path, visit):
    path = tmp_path / "map.html"
    path.write_text(draw(clustered()), "utf-8")
    page = visit(path, color_scheme="light").page
    page.wait_for_selector("html[data-ready=yes]")
    looks = (
        "getComputedStyle(document.body).backgroundColor",
        "getComputedStyle(document.body).color",
        "getComputedStyle(document.getElementById('mynetwork')).backgroundColor",
        "getComputedStyle(document.getElementById('side')).backgroundColor",
        "network.body.nodes[0].options.font.color",
        "nodes.get(0).color.border",
    )
    light = [page.evaluate(look) for look in looks]
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(200)
    dark = [page.evaluate(look) for look in looks]
    assert all(one != other for one, other in zip(light, dark, strict=True))


@pytest.mark.browser
def test_only_findings_look_alarming_and_a_selected_alert_keeps_its_ring(tmp_path, visit):
    path = tmp_path / "map.html"
    facts = ["Industry: Valves", "watch: pays later", "alert: orders fell"]
    path.write_text(draw(drawing(["Acme Valve", "Bolt Pumps", "IMTS 2024"], facts)), "utf-8")
    page = visit(path).page
    page.wait_for_selector("html[data-ready=yes]")
    page.fill("#find", "acme")
    page.press("#find", "Enter")
    lines = page.evaluate(
        "[...document.querySelectorAll('#facts ul:first-of-type li')].map((one) => one.className)"
    )
    assert lines[:3] == ["", "watch", "alert"]
    ring = page.evaluate("nodes.get(0).color")
    assert ring["highlight"]["border"] == ring["border"] != ring["background"]


@pytest.mark.browser
def test_what_only_hidden_things_tie_is_left_out_until_they_are_shown(tmp_path, visit):
    path = tmp_path / "map.html"
    map_ = drawing(["Acme Valve", "Bolt Pumps", "Ann Employee"])
    map_.nodes["type"] = ["Person", "Customer", "Employee"]
    colors = {"Person": "#9aa5b1", "Customer": "#3d6fb0", "Employee": "#3e4c59"}
    path.write_text(draw(dataclasses.replace(map_, colors=colors, hidden=("Person",))), "utf-8")
    page = visit(path).page
    page.wait_for_selector("html[data-ready=yes]")
    hidden = "[0, 1, 2].map((index) => nodes.get(index).hidden)"
    assert page.evaluate(hidden) == [True, False, True]
    page.get_by_role("button", name="Person").click()
    assert page.evaluate(hidden) == [False, False, False]
    page.get_by_role("button", name="Person").click()
    page.fill("#find", "ann")
    page.press("#find", "Enter")
    assert page.evaluate(hidden) == [True, False, False]


@pytest.mark.browser
def test_ways_and_what_changed_are_listed_and_marked(tmp_path, visit):
    path = tmp_path / "map.html"
    map_ = drawing(["Acme Valve", "Bolt Pumps", "IMTS 2024", "Core Ltd"])
    map_.nodes["type"] = ["Customer", "Customer", "Trade show", "Customer"]
    map_.nodes["change"] = ["new", "gone", "", "changed"]
    map_.edges["change"] = ["gone", "new", ""]
    shown = dataclasses.replace(map_, paths=(("n1", "n0", "n2"),), emphasis="difference")
    path.write_text(draw(shown), "utf-8")
    seen = visit(path)
    seen.page.wait_for_selector("html[data-ready=yes]")

    news = seen.page.inner_text("#news")

    assert "Bolt Pumps \u203a Acme Valve \u203a IMTS 2024" in news
    assert [line for line in news.splitlines() if line.endswith("(1)")] == [
        "New (1)",
        "Gone (1)",
        "Changed (1)",
    ]
    shapes = seen.page.evaluate("nodes.get().map((one) => one.shape)")
    assert shapes == ["star", "triangleDown", "square", "diamond"]
    widths = seen.page.evaluate("edges.get().map((one) => one.width || 1)")
    assert widths == [5, 5, 1]
    seen.page.get_by_role("button", name="Core Ltd").click()
    assert "Core Ltd" in seen.page.inner_text("#facts")
    assert seen.complaints == []


@pytest.mark.browser
def test_a_finding_is_told_with_its_advice_and_its_rows(tmp_path, visit):
    path = tmp_path / "map.html"
    told = Told(
        id="f1",
        node="n0",
        kind="slowing-customer",
        level="alert",
        alarming=True,
        statement="Acme Valve orders less.",
        advice="Call Acme.",
        why=("orders lost: 4 (orders.csv row 3-7)",),
        cypher="",
    )
    map_ = drawing(["Acme Valve", "IMTS 2024"])
    path.write_text(draw(dataclasses.replace(map_, findings=(told,))), "utf-8")
    page = visit(path).page
    page.wait_for_selector("html[data-ready=yes]")
    page.fill("#find", "acme")
    page.press("#find", "Enter")

    facts = page.inner_text("#facts")

    assert "alert: Acme Valve orders less." in facts
    assert "Call Acme." in facts
    assert "orders lost: 4 (orders.csv row 3-7)" in facts
