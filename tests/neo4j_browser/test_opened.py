"""Neo4j Browser as `graphkit neo4j up --open` opens it, in a real Chromium on a real Neo4j."""

import json
import webbrowser

import pytest
from click.testing import CliRunner
from neo4j import GraphDatabase

from graphkit.cli import cli
from graphkit.colors import COLORS
from graphkit.recipes import find_recipe

pytestmark = [pytest.mark.neo4j, pytest.mark.browser, pytest.mark.slow]

PLANTED = """
CREATE (b:Company:Customer {id: 'b', name: 'Badger Hydraulics'})
       -[:IN_INDUSTRY]->(:Industry {id: 'f', name: 'Fluid Power'}),
       (:Finding {id: '1', kind: 'slowing-customer', level: 'alert', statement: 'Planted.'})
       -[:ABOUT {role: 'subject'}]->(b)
"""


@pytest.fixture
def page(chromium):
    """A window of Chromium that nothing leads away from this machine."""
    opened = chromium.new_page(viewport={"width": 1500, "height": 1000})
    opened.route(
        lambda url: not url.startswith(("http://127.0.0.1:", "file:")), lambda route: route.abort()
    )
    yield opened
    opened.close()


@pytest.fixture
def up_and_open(page, empty_neo4j, tmp_path_factory, monkeypatch):
    """Run the command in the workspace whose server runs; the window shows what it opens."""
    auth = (empty_neo4j.user, empty_neo4j.password)
    with GraphDatabase.driver(empty_neo4j.uri, auth=auth) as driver:
        driver.execute_query(PLANTED)

    def show(address):
        assert address.startswith("file:")
        page.goto(address)
        page.wait_for_url(lambda url: url.endswith("/browser/"))

    monkeypatch.setattr(webbrowser, "open", show)
    workspace = next(tmp_path_factory.getbasetemp().glob("server*"))

    def run():
        words = ["-w", str(workspace), "neo4j", "up", "--open"]
        done = CliRunner().invoke(cli, words, catch_exceptions=False)
        page.get_by_text("You are connected as user").wait_for(timeout=60_000)
        return done

    return run


def kept(page, name):
    """What Browser keeps under a name."""
    return json.loads(page.evaluate(f"localStorage.getItem('neo4j.{name}')"))


def test_browser_opens_connected_with_picture_guide_and_saved_queries(page, up_and_open):
    done = up_and_open()

    assert done.exit_code == 0
    assert "No web browser came" not in done.output
    # The picture: what is alarming, in the colours of the map.
    page.locator("svg g.node").nth(1).wait_for(timeout=60_000)
    assert page.locator("svg g.node").count() == 2
    fills = page.locator("svg g.node circle").evaluate_all("all => all.map(x => x.outerHTML)")
    assert any(COLORS["Customer"] in one for one in fills)
    assert page.locator("svg g.node").filter(has_text="Badger").count() == 1

    # The guide: the next page's query is put into the editor, and answers.
    page.get_by_text("Your customers as a graph").first.wait_for()
    page.get_by_test_id("guideNextSlide").click()
    page.get_by_test_id("guideNextSlide").click()
    question = find_recipe("findings").question
    page.get_by_role("heading", name=question).wait_for()
    page.locator("pre.runnable").first.click()
    page.locator(".monaco-editor").first.click()
    page.keyboard.press("Control+Enter")
    page.get_by_text("Planted.").first.wait_for(timeout=60_000)

    # The saved queries: in folders, named by their questions.
    page.get_by_test_id("navigationFavorites").click()
    page.get_by_text("Pictures", exact=True).click()
    page.get_by_text(find_recipe("picture-industries").question).first.click()
    page.locator(".monaco-editor").first.click()
    page.keyboard.press("Control+Enter")
    page.locator("svg g.node").filter(has_text="Fluid").first.wait_for(timeout=60_000)


def test_what_the_user_saved_and_coloured_is_left_alone(page, up_and_open):
    up_and_open()
    page.wait_for_timeout(1_500)  # Browser writes what it keeps once a second
    own = {"id": "own", "content": "// mine\nRETURN 1"}
    page.goto(page.url.split("/browser")[0] + "/browser/graphkit/guide.html")
    ours = kept(page, "documents")
    assert any(one.get("id") == "graphkit-findings" for one in ours)
    keep = "([name, value]) => localStorage.setItem('neo4j.' + name, JSON.stringify(value))"
    page.evaluate(keep, ["documents", [own, *ours, {"id": "graphkit-gone", "content": "x"}]])
    page.evaluate(keep, ["grass", {"node": {"color": "#123456"}}])
    page.evaluate(keep, ["settings", {"initCmd": ":play cypher"}])

    up_and_open()

    documents = {one.get("id") for one in kept(page, "documents")}
    assert "own" in documents
    assert "graphkit-who-pays-late" in documents
    assert "graphkit-gone" not in documents
    assert kept(page, "grass")["node"]["color"] == "#123456"
    assert kept(page, "settings")["initCmd"] == ":play cypher"
