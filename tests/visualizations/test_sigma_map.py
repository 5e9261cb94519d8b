"""The interactive map in a real browser."""

import pytest

from tests.visualizations.drawings import drawing
from visualizations.sigma_map import draw

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    path = tmp_path_factory.mktemp("sigma") / "map with a space.html"
    path.write_text(draw(drawing(120)), "utf-8")
    return path


@pytest.fixture
def opened(visit):
    def go(path, **options):
        seen = visit(path, **options)
        seen.page.wait_for_selector("html[data-ready=yes]")
        return seen

    return go


def test_the_map_opens_without_a_network_and_without_a_complaint(town, opened):
    seen = opened(town)
    assert seen.page.inner_text("h1") == "The customer network"
    assert "of 120 shown" in seen.page.inner_text(".count")
    assert seen.requests == []
    assert seen.complaints == []


def test_five_thousand_nodes_with_their_facts_are_less_than_a_megabyte():
    page = draw(drawing(5_000, clusters=30))
    assert len(page.encode()) < 1_000_000
