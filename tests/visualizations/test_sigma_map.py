"""The interactive map in a real browser."""

import dataclasses
import itertools
import re
from pathlib import Path

import pandas as pd
import pytest

from graphkit.drawing import Fact, Group, Told
from tests.visualizations.drawings import drawing
from visualizations.sigma_map import draw

pytestmark = pytest.mark.browser

WEB = Path(__file__).parents[2] / "visualizations" / "web"
PHONE = {"width": 390, "height": 844}
HOSTILE = (
    "</script><script>window.hurt=1</script><img src=x onerror='window.hurt=2'>"
    "<svg onload=window.hurt=3>\u2028<!--"
)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    path = tmp_path_factory.mktemp("sigma") / "map with a space.html"
    path.write_text(draw(drawing(120)), "utf-8")
    return path


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    path = tmp_path_factory.mktemp("sigma") / "city.html"
    path.write_text(draw(drawing(5_000, clusters=30)), "utf-8")
    return path


@pytest.fixture
def opened(visit):
    def go(path, **options):
        seen = visit(path, **{"reduced_motion": "reduce", **options})
        seen.page.wait_for_selector("html[data-ready=yes]")
        return seen

    return go


IN_THE_MIDDLE = """() => {
  const { view, model, store } = graphkitMap;
  const [place, size] = [view.at(model.numberOf(store.get().chosen)), view.size()];
  return Math.hypot(place.x - size.width / 2, place.y - size.height / 2) < 9;
}"""


def shown(page):
    return int(re.match(r"[\d,]+", page.inner_text(".count"))[0].replace(",", ""))


def labels(page):
    """The boxes of the names on the map, once it stands still."""
    page.wait_for_timeout(200)
    return page.evaluate(
        """graphkitMap.view.labels.placed.map(({label: {text, width, height}, left, top}) =>
            ({text, left, top, right: left + width, bottom: top + height}))"""
    )


def test_the_map_opens_without_a_network_and_without_a_complaint(town, opened):
    seen = opened(town)
    assert seen.page.inner_text("h1") == "The customer network"
    assert "of 120 shown" in seen.page.inner_text(".count")
    assert seen.requests == []
    assert seen.complaints == []


def test_search_finds_by_name_alias_and_id_also_with_a_typo_and_flies_there(town, opened):
    page = opened(town).page
    for asked, name in (
        ("juniperwroks", "Juniperworks Customer"),
        ("ASHFIELD INC", "Ashfield Customer"),
        ("Customer 00009", "Juniperfield Customer"),
        ("kestrelf", "Kestrelfield"),
    ):
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.matches('.find')")
        page.keyboard.type(asked)
        assert name in page.inner_text(".found li >> nth=0")
        page.keyboard.press("Enter")
        assert name in page.inner_text(".side .name")
    page.wait_for_function(IN_THE_MIDDLE)


def test_the_panel_tells_facts_with_their_sources_findings_and_neighbours(town, opened):
    page = opened(town).page
    page.evaluate("graphkitMap.choose(graphkitMap.model.numberOf('Customer 00000'))")
    side = page.locator(".side")
    stated = side.locator("li.stated", has_text="Ordered in twelve months").inner_text()
    assert "2025-09-30, orders.csv row 2" in stated
    assert "stated" in stated
    assert "inferred" in side.locator("li.inferred", has_text="titanium").inner_text()
    side.locator("summary", has_text="Why").first.click()
    assert "orders.csv row 3-7" in side.inner_text()
    assert "MATCH (c:Customer)" in side.inner_text()
    neighbour = side.locator(".ties .link").first
    name = neighbour.inner_text()
    neighbour.click()
    assert page.inner_text(".side .name") == name


def test_filters_combine_change_the_count_and_reset_takes_them_back(town, opened):
    page = opened(town).page
    before = shown(page)
    page.click("[data-panel=filters]")
    page.get_by_role("group", name="Only clusters").get_by_role("button").first.click()
    one = shown(page)
    page.get_by_role("slider", name="Ordered in twelve months, from").fill("100")
    both = shown(page)
    assert 0 < both < one < before
    output = page.inner_text(".filters .range >> nth=0 >> output")
    assert "USD" in output
    page.reload()
    page.wait_for_selector("html[data-ready=yes]")
    assert shown(page) == both
    assert page.inner_text(".filters .range >> nth=0 >> output") == output
    page.click(".reset")
    assert shown(page) == before


def test_the_legend_hides_a_type_and_with_shift_shows_only_that(town, opened):
    page = opened(town).page
    before = shown(page)
    shows = page.locator(".legend [data-type='Trade show']")
    count = int(shows.locator("small").inner_text())
    shows.click()
    assert shown(page) <= before - count
    shows.click()
    assert shown(page) == before
    shows.click(modifiers=["Shift"])
    assert shown(page) == count
    page.locator(".legend [data-type='Trade show']").click(modifiers=["Shift"])
    assert shown(page) == before
    page.click(".marks summary")
    for word in ("Shape", "Size", "Width of a line", "Dashed ring", "inferred"):
        assert word in page.inner_text(".marks")


def test_a_link_shows_others_the_same(town, opened):
    page = opened(town).page
    page.click(".theme")
    page.evaluate("graphkitMap.choose(5)")
    page.locator(".legend [data-type=Method]").click()
    page.evaluate("graphkitMap.store.set({around: ['Customer 00009'], hops: 2})")
    page.wait_for_function("() => location.hash.includes('at=')")
    state = page.evaluate("JSON.stringify(graphkitMap.store.get())")
    other = opened(town).page
    other.goto(page.url)
    other.wait_for_function("() => graphkitMap.store.get().hops === 2")
    assert other.evaluate("JSON.stringify(graphkitMap.store.get())") == state
    assert shown(other) == shown(page)


def test_a_double_click_shows_the_neighbourhood_a_slider_widens_it_and_crumbs_lead_back(
    town, opened
):
    page = opened(town).page
    before = shown(page)
    node = "graphkitMap.model.numberOf('Customer 00009')"
    at = page.evaluate(f"graphkitMap.view.at({node})")
    page.locator(".stage").dblclick(position=at)
    page.wait_for_selector(".crumbs .link >> nth=1")
    near = shown(page)
    page.get_by_role("slider", name="Steps shown").fill("3")
    wide = shown(page)
    assert 1 < near < wide <= before
    page.get_by_role("button", name="All", exact=True).click()
    assert shown(page) == before


def test_the_keyboard_reaches_everything_and_walks_along_ties(town, opened):
    page = opened(town).page
    page.locator(".stage").focus()
    page.keyboard.press("ArrowRight")
    first = page.inner_text(".side .name")
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        page.wait_for_timeout(60)
    second = page.inner_text(".side .name")
    assert second != first
    assert second in page.inner_text("[role=status]")
    outline = page.evaluate("getComputedStyle(document.querySelector('.stage')).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Escape")
    assert page.evaluate("graphkitMap.store.get().chosen") == ""
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.legend, .foot') !== null")


def test_dark_follows_the_system_and_the_button_turns_it(town, opened):
    page = opened(town, color_scheme="light").page
    look = "getComputedStyle(document.querySelector('.graphkit-map')).backgroundColor"
    drawn = "graphkitMap.view.style.typeColor(6)"
    light = page.evaluate(look), page.evaluate(drawn)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => graphkitMap.view.isDark")
    page.wait_for_function(f"() => {look} !== '{light[0]}'")
    dark = page.evaluate(look), page.evaluate(drawn)
    assert all(one != other for one, other in zip(light, dark, strict=True))
    page.click(".theme")
    assert (page.evaluate(look), page.evaluate(drawn)) == light


def test_on_a_phone_nothing_is_cut_panels_are_sheets_and_targets_are_large(town, opened):
    page = opened(town, viewport=PHONE, has_touch=True).page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.click("[data-panel=overview]")
    sheet = page.locator(".side").bounding_box()
    assert sheet["width"] == PHONE["width"]
    assert sheet["y"] > PHONE["height"] * 0.3
    small = page.evaluate(
        """[...document.querySelectorAll('button, input, summary, [role=option]')]
        .filter((one) => one.checkVisibility() && one.type !== 'range')
        .map((one) => [one.textContent, one.getBoundingClientRect().height])
        .filter(([, height]) => height < 44)"""
    )
    assert small == []


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}], ids=["phone", "desk"])
def test_names_on_the_map_never_overlap_and_are_never_cut(town, city, opened, size):
    for path in (town, city):
        page = opened(path, viewport=size).page
        boxes = labels(page)
        assert len(boxes) >= 5
        stage = page.locator(".stage").bounding_box()
        for box in boxes:
            assert box["left"] >= 0, box
            assert box["top"] >= 0, box
            assert box["right"] <= stage["width"], box
            assert box["bottom"] <= stage["height"], box
        for one, other in itertools.combinations(boxes, 2):
            assert (
                one["right"] <= other["left"]
                or other["right"] <= one["left"]
                or one["bottom"] <= other["top"]
                or other["bottom"] <= one["top"]
            ), (one, other)


@pytest.mark.parametrize(
    ("act", "size", "scheme"),
    [
        ("0", {"width": 1280, "height": 800}, "light"),
        ("graphkitMap.choose(0)", {"width": 1280, "height": 800}, "dark"),
        ("graphkitMap.panels.open('filters')", PHONE, "light"),
    ],
    ids=["overview", "details", "filters"],
)
def test_axe_finds_nothing_serious(town, opened, act, size, scheme):
    page = opened(town, viewport=size, color_scheme=scheme).page
    page.evaluate(act)
    page.evaluate((WEB / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []


def hostile():
    """A drawing in which every text is an attack."""
    made = drawing(60, clusters=2)
    nodes, edges = made.nodes.astype(object), made.edges.astype(object)
    known = {one: f"{one}{HOSTILE}" for one in nodes["id"]}
    fact = Fact(HOSTILE, True, HOSTILE, made.as_of)
    nodes = nodes.assign(
        id=nodes["id"].map(known),
        name=[f"{HOSTILE} {one}" for one in range(len(nodes))],
        type=[f"{one}{HOSTILE}" for one in nodes["type"]],
        aliases=[[HOSTILE]] * len(nodes),
        group=[HOSTILE if one else "" for one in nodes["group"]],
        facts=[[fact]] * len(nodes),
    )
    edges = edges.assign(
        source=edges["source"].map(known),
        target=edges["target"].map(known),
        relation=HOSTILE,
        rows=[[HOSTILE]] * len(edges),
        detail=HOSTILE,
    )
    told = Told(
        HOSTILE,
        nodes["id"][0],
        HOSTILE,
        "alert",
        True,
        HOSTILE,
        HOSTILE,
        (HOSTILE,),
        HOSTILE,
        HOSTILE,
    )
    return dataclasses.replace(
        made,
        title=HOSTILE,
        caption=HOSTILE,
        nodes=nodes,
        edges=edges,
        colors={f"{one}{HOSTILE}": color for one, color in made.colors.items()},
        hidden=(f"Topic{HOSTILE}",),
        measures=tuple(
            dataclasses.replace(one, label=HOSTILE, unit=HOSTILE) for one in made.measures
        ),
        groups=(Group(HOSTILE, HOSTILE),),
        findings=(told,),
    )


def test_hostile_text_in_every_field_does_nothing(tmp_path, opened):
    path = tmp_path / "hostile.html"
    path.write_text(draw(hostile()), "utf-8")
    seen = opened(path)
    page = seen.page
    for panel in ("overview", "filters"):
        page.evaluate(f"graphkitMap.panels.open('{panel}')")
    page.fill(".find", "script")
    assert HOSTILE[:20] in page.inner_text(".found")
    page.press(".find", "Enter")
    page.evaluate("graphkitMap.choose(0)")
    assert HOSTILE[:20] in page.inner_text(".side .name")
    page.evaluate("graphkitMap.store.set({around: [graphkitMap.model.id(0)]})")
    page.goto(f"{path.as_uri()}#chosen={HOSTILE}&hide={HOSTILE}&panel={HOSTILE}&theme=x")
    page.wait_for_function("() => graphkitMap.store.get().panel.includes('script')")
    assert page.evaluate("window.hurt") is None
    assert page.evaluate("document.images.length") == 0
    assert seen.complaints == []
    assert seen.requests == []


def test_five_thousand_nodes_with_their_facts_are_less_than_a_megabyte_and_open_as_clusters(
    city, opened
):
    assert city.stat().st_size < 1_000_000
    seen = opened(city)
    assert shown(seen.page) > 4_000
    assert any("\n" in one["text"] for one in labels(seen.page))
    seen.page.evaluate("graphkitMap.choose(40)")
    seen.page.wait_for_function("() => !graphkitMap.view.far")
    assert seen.complaints == []


def test_a_map_prints_as_a_picture_with_its_panel(town, opened):
    page = opened(town).page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert (
        page.evaluate(
            """new Promise((done) => { const one = document.querySelector('.printed');
        one.decode().then(() => { const paper = document.createElement('canvas');
          paper.width = paper.height = 64; const pen = paper.getContext('2d');
          pen.drawImage(one, 0, 0, 64, 64);
          done(new Set(new Uint32Array(pen.getImageData(0, 0, 64, 64).data.buffer)).size) }) })"""
        )
        > 20
    )
    page.emulate_media(media="print")
    assert page.locator(".side").is_visible()
    assert not page.locator(".search").is_visible()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_map_of_almost_nothing_opens(tmp_path, opened, count):
    made = drawing(60, clusters=2)
    kept = made.nodes.head(count)
    few = dataclasses.replace(
        made, nodes=kept, edges=made.edges.head(0), findings=(), groups=made.groups[:1]
    )
    path = tmp_path / "few.html"
    path.write_text(draw(few), "utf-8")
    seen = opened(path)
    assert shown(seen.page) == count
    assert seen.complaints == []


def test_long_right_to_left_and_pictured_names_are_drawn(tmp_path, opened):
    made = drawing(40, clusters=2)
    names = ["x" * 300, "שלום תעשיות בע״מ", "🛠️ Werkstatt 🏭", " ", *made.nodes["name"][4:]]
    nodes = made.nodes.assign(name=pd.Series(names, dtype=object))
    path = tmp_path / "names.html"
    path.write_text(draw(dataclasses.replace(made, nodes=nodes)), "utf-8")
    seen = opened(path, viewport=PHONE)
    seen.page.evaluate("graphkitMap.choose(0)")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert seen.complaints == []
