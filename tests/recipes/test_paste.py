"""A recipe is pasted into Neo4j Browser as it is, and answers there."""

import pytest
from neo4j import GraphDatabase

from graphkit import recipes


@pytest.fixture
def browser(chromium, empty_neo4j):
    """Neo4j Browser, opened by its address and logged in."""
    page = chromium.new_page(viewport={"width": 1400, "height": 1000})
    # Nothing but this machine, where Neo4j runs.
    page.route(
        lambda url: "127.0.0.1" not in url and "localhost" not in url, lambda route: route.abort()
    )
    page.goto(empty_neo4j.browser)
    page.fill("input[data-testid=username]", empty_neo4j.user, timeout=60_000)
    page.fill("input[type=password]", empty_neo4j.password)
    page.click("button[data-testid=connect]")
    page.get_by_text("You are connected as user").wait_for(timeout=60_000)
    yield page
    page.close()


@pytest.mark.neo4j
@pytest.mark.browser
@pytest.mark.slow
def test_a_recipe_with_parameters_runs_by_paste(browser, empty_neo4j):
    auth = (empty_neo4j.user, empty_neo4j.password)
    with GraphDatabase.driver(empty_neo4j.uri, auth=auth) as driver:
        driver.execute_query(
            "CREATE (f:Finding {kind: 'slowing-customer', level: 'alert', statement: 'Planted.'})"
            "-[:ABOUT {role: 'subject'}]->(:Company {name: 'Badger Hydraulics'})"
        )

    browser.click(".monaco-editor")
    browser.keyboard.insert_text(recipes.find_recipe("findings").text)
    browser.keyboard.press("Control+Enter")

    browser.get_by_text("Badger Hydraulics").first.wait_for(timeout=60_000)
    assert browser.get_by_text("Planted.").count() >= 1
