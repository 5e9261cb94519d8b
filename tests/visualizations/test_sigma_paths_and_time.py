"""Paths, months and differences on the interactive map, in a real browser."""

import dataclasses
import datetime as dt

import pandas as pd
import pytest

from graphkit.drawing import Fact
from tests.browser import Visit
from tests.visualizations.drawings import drawing
from visualizations.sigma_map import draw

pytestmark = pytest.mark.browser

SIZE = {"width": 1000, "height": 700}
MARCH = 2025 * 12 + 2
"""March 2025, as a map counts months."""


def planted():
    """A town in which only IMTS 2024 ties Alder to Birch, and only in known months."""
    made = drawing(40)
    names = {0: "Alder Pumps", 1: "Birch Valves", 2: "IMTS 2024", 3: "Cut-off Tools"}
    nodes = made.nodes.assign(
        name=[names.get(at, name) for at, name in enumerate(made.nodes["name"])],
        type=["Customer", "Customer", "Trade show", *made.nodes["type"][3:]],
    )
    ids = list(nodes["id"])
    others = made.edges[~made.edges["source"].isin(ids[:4]) & ~made.edges["target"].isin(ids[:4])]
    ties = [
        _tie(ids[0], ids[2], "was at", MARCH),
        _tie(ids[1], ids[2], "was at", MARCH + 6),
        _tie(ids[0], ids[5], "supplies", MARCH + 1),
        _tie(ids[5], ids[6], "supplies", MARCH + 1),
        _tie(ids[6], ids[1], "supplies", MARCH + 1),
    ]
    edges = pd.concat([others, pd.DataFrame(ties)], ignore_index=True)
    return dataclasses.replace(made, nodes=nodes, edges=edges, hidden=())


def _tie(source, target, relation, month):
    day = dt.date(month // 12, month % 12 + 1, 14)
    return {
        "source": source,
        "target": target,
        "relation": relation,
        "strength": 1.0,
        "stated": True,
        "first": day,
        "last": day,
        "months": [month],
        "rows": ["notes.csv row 9"],
        "change": "",
        "detail": "",
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sigma")


@pytest.fixture(scope="module")
def town(folder):
    path = folder / "town.html"
    path.write_text(draw(planted()), "utf-8")
    return path


@pytest.fixture(scope="module")
def once(town, chromium):
    one = Visit(chromium, town, viewport=SIZE)
    one.page.wait_for_selector("html[data-ready=yes]")
    yield one
    one.page.close()


@pytest.fixture
def seen(once):
    """The town as at the start, opened once for several tests."""
    once.page.evaluate("graphkitMap.store.set(graphkitMap.store.initial)")
    return once


@pytest.fixture
def opened(visit):
    def go(path, **options):
        seen = visit(path, viewport=SIZE, **options)
        seen.page.wait_for_selector("html[data-ready=yes]")
        return seen

    return go


def test_two_nodes_chosen_by_name_are_tied_in_words_and_on_the_map(seen):
    page = seen.page
    page.click("[data-panel=paths]")
    page.fill("[aria-controls=graphkit-path-from]", "alder")
    page.press("[aria-controls=graphkit-path-from]", "Enter")
    page.fill("[aria-controls=graphkit-path-to]", "birch")
    page.press("[aria-controls=graphkit-path-to]", "Enter")
    shown = page.inner_text(".ways .shown")
    assert "Alder Pumps, through IMTS 2024, to Birch Valves" in shown
    assert "Alder Pumps was at IMTS 2024" in shown
    assert "2025-03-14" in shown
    assert page.evaluate("[...graphkitMap.emphasis.nodes].sort()") == [0, 1, 2]
    page.click("text=Swap")
    assert "Birch Valves, through IMTS 2024, to Alder" in page.inner_text(".ways .shown")
    page.click("text=Along which ties")
    page.click(".paths .chip:text-is('was at')")
    assert "through IMTS" not in page.inner_text(".ways")
    assert "supplies" in page.inner_text(".ways .shown")
    assert "path=" in page.url
    assert seen.complaints == []


def test_a_path_begins_at_the_node_whose_panel_is_open(seen):
    page = seen.page
    page.evaluate("graphkitMap.choose(3)")
    page.click("text=Path from here")
    assert page.input_value("[aria-controls=graphkit-path-from]") == "Cut-off Tools"
    page.fill("[aria-controls=graphkit-path-to]", "birch")
    page.press("[aria-controls=graphkit-path-to]", "Enter")
    assert "Nothing that is shown now leads" in page.inner_text(".ways")


def test_the_paths_that_a_page_was_made_for_are_shown_at_once(folder, opened):
    made = planted()
    ids = list(made.nodes["id"])
    chain = (ids[0], ids[5], ids[6], ids[1])
    path = folder / "path.html"
    path.write_text(draw(dataclasses.replace(made, paths=(chain,), emphasis="path")), "utf-8")
    page = opened(path).page
    assert "to Birch Valves" in page.inner_text(".ways .shown")
    assert "IMTS" not in page.inner_text(".ways")
    assert page.evaluate("[...graphkitMap.emphasis.nodes].sort()") == [0, 1, 5, 6]


SHOWN = """([from, to]) => {
    const { model, visible } = graphkitMap;
    return [...model.tiesOf(from)].some(({ edge, other }) => other === to && visible.edge[edge]);
}"""


def test_ties_of_other_months_vanish_and_come_back(seen):
    page = seen.page
    first, last = page.locator(".time input").all()
    assert first.get_attribute("aria-valuetext") == "January 2022"
    assert last.get_attribute("aria-valuetext") == "September 2025"
    assert page.evaluate(SHOWN, [1, 2])
    for _ in range(6):
        last.press("ArrowLeft")
    assert last.get_attribute("aria-valuetext") == "March 2025"
    assert page.evaluate(SHOWN, [0, 2])
    assert not page.evaluate(SHOWN, [1, 2])
    assert page.evaluate("graphkitMap.emphasis.nodes.has(1)"), "customers are never dimmed"
    page.reload()
    page.wait_for_selector("html[data-ready=yes]")
    assert page.inner_text(".time summary") == "Time: January 2022 to March 2025"
    page.click("text=All months")
    assert page.evaluate(SHOWN, [1, 2])
    assert seen.complaints == []


def test_months_play_one_after_the_other_until_paused(seen):
    page = seen.page
    page.click(".play")
    before = page.evaluate("graphkitMap.store.get().months")
    page.wait_for_function("from => graphkitMap.store.get().months[0] === from + 1", arg=before[0])
    page.click(".play")
    assert page.inner_text(".play") == "Play"


def test_who_asked_for_less_motion_steps_and_nothing_plays(town, opened):
    page = opened(town, reduced_motion="reduce").page
    assert page.locator(".play").is_hidden()
    page.click("[aria-label='One month on']")
    before = page.evaluate("graphkitMap.store.get().months")
    page.click("[aria-label='One month on']")
    assert page.evaluate("graphkitMap.store.get().months") == [one + 1 for one in before]


def test_what_changed_is_counted_listed_with_what_it_was_and_a_click_away(folder, opened):
    made = planted()
    became = {0: "new", 1: "changed", 2: "gone"}
    nodes = made.nodes.assign(change=[became.get(at, "") for at in range(len(made.nodes))])
    nodes.at[1, "facts"] = [Fact("On 2025-06-30 a watch, now an alert"), *nodes.at[1, "facts"]]
    edges = made.edges.assign(change=["gone", *[""] * (len(made.edges) - 1)])
    path = folder / "difference.html"
    changed = dataclasses.replace(made, nodes=nodes, edges=edges, emphasis="difference")
    path.write_text(draw(changed), "utf-8")
    page = opened(path).page
    assert page.inner_text(".change.new h3").strip() == "New: 1 node"
    assert page.inner_text(".change.gone h3").strip() == "Gone: 1 node, 1 tie"
    assert "On 2025-06-30 a watch, now an alert" in page.inner_text(".change.changed")
    rings = [page.evaluate(f"graphkitMap.view.style.node({at}).ring") for at in became]
    assert rings == ["double", "dashed", "dotted"]
    page.click(".change.changed .link")
    assert page.evaluate("graphkitMap.store.get().chosen") == nodes["id"][1]
