"""`backtest` and `report proof`: what alerts were worth where it is known who fell."""

import json

import pytest
from click.testing import CliRunner

from graphkit.cli import cli
from graphkit.workspace import Workspace
from tests.falls import falls
from tests.shop import Shop

pytestmark = pytest.mark.slow

KIND = "slowing-customer"
HOSTILE = "<script>alert(1)</script> | Fell"
QUICK = ("--permutations", "199")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A workspace in which six customers with hostile names fell."""
    folder = tmp_path_factory.mktemp("falls") / "work"
    Workspace.create(folder)
    with Workspace.open(folder).open_store(read_only=False) as store:
        Shop(store).fill(falls(HOSTILE))
    return folder


@pytest.fixture(scope="module")
def told(workspace):
    """What `backtest` prints as JSON, and what it says meanwhile."""
    done = CliRunner().invoke(cli, ["-w", str(workspace), "backtest", KIND, *QUICK, "--json"])
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout), done.stderr


@pytest.fixture(scope="module")
def page(workspace, tmp_path_factory):
    """The file of the page, its text, and what was said meanwhile."""
    path = tmp_path_factory.mktemp("page") / "proof.html"
    kinds = [f"--kind={one}" for one in (KIND, KIND, "customer-cluster", "slowing-industry")]
    ask = ["-w", str(workspace), "report", "proof", *kinds, *QUICK, "-o", str(path)]
    done = CliRunner().invoke(cli, ask)
    assert done.exit_code == 0, done.stderr
    return path, path.read_text("utf-8"), done.stderr


def test_backtest_tells_rule_by_rule_what_came_true_and_event_by_event_since_when(told):
    result, said = told
    ours, naive = result["data"]

    assert (ours["rule"], naive["rule"]) == ("graphkit", "naive rule")
    assert ours["events"] == naive["events"] == len(result["events"]) >= 6
    assert {one["subject"] for one in result["events"]} >= {f"{HOSTILE} {at}" for at in range(6)}
    assert result["warnings"] == ["Replayed with 199 permutations, as was asked for."]
    assert said.count("Replaying 20") == len(result["months"])


def test_an_unknown_kind_is_refused_with_the_nearest(graphkit, workspace):
    for command in (["backtest", "slowing-customers"], ["report", "proof", "--kind", "slowing-c"]):
        done = graphkit("-w", workspace, *command)
        assert done.code == 2
        assert KIND in done.err


def test_the_page_says_first_how_many_alerts_came_true_and_of_what_nothing_can_be_said(told, page):
    _, text, said = page
    result, _ = told
    ours, naive = result["data"]

    assert f"Of {ours['judged']} alerts that can be judged, {ours['right']} came true." in text
    assert f"{naive['right']} of {naive['judged']}" in text
    assert text.count(f'<section id="{KIND}">') == 1  # though it was asked for twice
    assert "Too few to judge: 0 events, 5 are needed." in text  # nobody's industry is known
    assert "customer-cluster: later months cannot tell whether one was right." in text
    assert said.count("Replaying 20") == len(result["months"])  # once for all kinds


def test_a_hostile_name_stays_text_and_nothing_is_fetched(graphkit, workspace, page):
    _, text, _ = page

    assert "<script" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt; | Fell") >= 6
    assert "http" not in text.replace("http-equiv", "")
    ask = ("report", "proof", "--kind", KIND, *QUICK, "--format", "markdown")
    told = graphkit("-w", workspace, *ask).out
    assert "<script" not in told
    assert "&lt;script>alert(1)&lt;/script> \\| Fell 0: from " in told


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1200, "light")])
def test_the_page_works_without_scripts_on_a_phone_and_a_screen(page, visit, width, scheme):
    path, _, _ = page

    seen = visit(path, viewport={"width": width, "height": 844}, color_scheme=scheme)

    shown = seen.page
    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert seen.complaints == seen.requests == []
    assert shown.get_by_role("heading", name="How good the alerts have been").is_visible()
    picture = shown.get_by_role("img", name="Slowing customer: which share of the alerts")
    assert picture.count() == 1  # and none of rough times, of which too little is known
    assert picture.locator("circle").count() == 3
    assert f"{HOSTILE} 0" in shown.locator(f"#{KIND}").inner_text()
    shown.emulate_media(media="print")
    assert picture.is_visible()
