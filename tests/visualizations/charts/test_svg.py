"""Every chart is one small SVG: the same twice, told in words, safe whatever it shows."""

import re

import pytest

from graphkit import registry
from graphkit.pipeline.charting import drawer
from tests.visualizations.charts.kinds import every, orders
from visualizations.vega.names import short

CHARTS = every()
of_each_kind = pytest.mark.parametrize("chart", CHARTS, ids=lambda one: one.kind)


@pytest.fixture(scope="module")
def drawn():
    draw = drawer()
    return {one.kind: draw(one) for one in CHARTS}


def test_every_kind_that_there_is_is_tried_here():
    assert [one.name for one in registry.charts()] == sorted(one.kind for one in CHARTS)


@of_each_kind
def test_the_same_chart_is_the_same_text_and_small(chart, drawn):
    assert drawer()(chart) == drawn[chart.kind]
    assert len(drawn[chart.kind]) < 30_000


@of_each_kind
def test_title_and_description_are_read_to_those_who_cannot_see(chart, drawn):
    told = re.match(
        r'<svg [^>]*role="img"[^>]*aria-labelledby="(\S+) (\S+)">'
        r'<title id="\1">([^<]*)</title><desc id="\2">([^<]*)</desc>',
        drawn[chart.kind],
    )

    assert told[3] == f"{chart.kind} &lt;/svg&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
    assert told[4] == "turned\ufffd\ufffd"


@of_each_kind
def test_a_hostile_text_stays_text(chart, drawn):
    text = drawn[chart.kind]

    assert "<script" not in text
    assert text.count("</svg>") == 1
    assert "href" not in text


def test_words_are_text_in_the_readers_own_type_and_the_picture_has_no_fixed_size(drawn):
    text = drawn["orders-over-time"]

    assert "2025</text>" in text
    head = text[: text.index("<title")]
    assert 'width="100%"' in head
    assert "height=" not in head


def test_two_charts_on_a_page_share_no_id(drawn):
    other = drawer()(orders(30))
    ids = [set(re.findall(r'id="([^"]+)"', one)) for one in (drawn["orders-over-time"], other)]
    assert ids[0]
    assert not ids[0] & ids[1]


OUTSIDE = """() => [...document.querySelectorAll("svg")].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1
      || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
  }).map((text) => text.textContent);
})"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_no_word_is_cut_at_the_edge_and_nothing_runs(drawn, tmp_path, visit, width):
    path = tmp_path / "charts.html"
    path.write_text("<!DOCTYPE html><meta charset=utf-8>" + "\n".join(drawn.values()), "utf-8")
    seen = visit(path, viewport={"width": width, "height": 844})

    assert seen.page.locator("svg").count() == len(CHARTS)
    assert seen.page.evaluate(OUTSIDE) == []
    assert seen.complaints == []
    assert seen.requests == []
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Acme", "Acme"),
        ("A" * 300, "A" * 9 + "\u2026"),
        ("\U0001f600" * 30, "\U0001f600" * 4 + "\u2026"),
        ("\u05e9" * 30, "\u05e9" * 9 + "\u2026"),
    ],
)
def test_a_long_name_ends_in_an_ellipsis_and_between_characters(name, shown):
    assert short(name, 10) == shown
