"""A shop in a notebook: what the manual shows works, and the map is there."""

import doctest
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import graphkit
from graphkit.cli.context import Context
from graphkit.errors import NothingLoadedError, UnknownNameError, UsageError
from graphkit.shop import Shop

MANUAL = Path(__file__).parents[1] / "docs" / "notebook.md"
WIDGET = Path(graphkit.__file__).with_name("map_widget.js")
HARNESS = """<!DOCTYPE html><meta charset="utf-8"><title>A notebook</title><body>
<script type="module">
const state = %s;
const source = %s;
const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
const { default: widget } = await import(url);
const heard = {};
window.model = {
  get: (name) => state[name],
  set: (name, value) => { state[name] = value; heard[`change:${name}`]?.(); },
  on: (event, call) => { heard[event] = call; },
  off: (event) => { delete heard[event]; },
};
window.leave = widget.render({ model, el: document.body });
</script>"""
"""What anywidget does with a widget, without its server."""


@pytest.fixture(scope="module")
def folder(small_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copied = tmp_path_factory.mktemp("notebook") / "my-shop"
    shutil.copytree(small_shop, copied)
    return copied


@pytest.fixture(scope="module")
def shop(folder: Path) -> Shop:
    return graphkit.open(folder)


def test_the_examples_of_the_manual_work_as_they_stand(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)

    failed, tried = doctest.testfile(
        str(MANUAL), module_relative=False, optionflags=doctest.ELLIPSIS, encoding="utf-8"
    )

    assert (failed, tried > 15) == (0, True)


def test_import_graphkit_loads_neither_pandas_nor_a_store():
    code = "import graphkit, sys; print('pandas' in sys.modules, 'duckdb' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.split() == ["False", "False"]


def test_a_shop_tells_the_findings_that_the_command_tells(shop, folder, graphkit):
    told = json.loads(graphkit("-w", folder, "findings", "--json", "-q").out)["data"]

    found = shop.findings()

    assert found["id"].tolist() == [one["id"] for one in told]
    assert found["subject"].tolist() == [one["subject"]["name"] for one in told]
    first = found.iloc[0]
    assert [first["low"], first["high"]] == told[0]["interval"]


def test_amounts_are_in_units_of_their_currency(shop, folder, graphkit):
    ordered = json.loads(graphkit("-w", folder, "orders", "--json", "-q").out)["data"]
    lines = shop.frame("OrderLine")

    spent = lines[lines["company"] == ordered[0]["id"]]["amount"].sum()

    assert spent >= ordered[0]["amount"] > spent / 2


def test_between_calls_a_load_can_write_and_within_a_block_rows_are_read_once(folder):
    with Context(folder).open_store(read_only=False):  # refused while another has it open
        pass
    with graphkit.open(folder) as kept:
        kept.frame("Order")
        assert kept.frame("Order") is not kept.frame("Order")  # a copy each: ours stays whole
        first = kept._kept  # noqa: SLF001 - that it is the same one is the point
        kept.frame("OrderLine")
        assert kept._kept is first  # noqa: SLF001
    with Context(folder).open_store(read_only=False):
        pass


def test_a_shop_says_where_it_is_and_no_name_of_a_folder_is_html(folder, tmp_path):
    odd = tmp_path / "<img src=x onerror=alert(1)>"
    shutil.copytree(folder, odd)

    shown = graphkit.open(odd)._repr_html_()

    assert "<img" not in shown
    assert "as of 2026-06-30" in shown


def test_a_folder_that_is_none_a_type_that_is_none_and_a_day_before_all_say_what_next(
    shop, folder, tmp_path
):
    with pytest.raises(UsageError, match=r"no workspace yet.*graphkit load"):
        graphkit.open(tmp_path)
    with pytest.raises(UnknownNameError, match="Did you mean 'Order'"):
        shop.frame("Orders")
    with pytest.raises(UsageError, match="Nothing had happened yet"):
        graphkit.open(folder, as_of="1999-01-01")
    (tmp_path / "graphkit.toml").touch()
    with pytest.raises(NothingLoadedError):
        graphkit.open(tmp_path)


def test_without_the_extra_a_map_says_what_to_install(shop, monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "graphkit.map_widget", raising=False)

    with pytest.raises(UsageError, match=r"anywidget.*graphkit-crm\[notebook\]"):
        shop.map()


@pytest.mark.browser
def test_a_notebook_shows_the_whole_map_in_a_frame_and_nothing_asks_the_network(
    shop, visit, tmp_path
):
    picture = shop.map(height=500)
    state = {"page": picture.page, "height": picture.height}
    held = (json.dumps(one).replace("<", "\\u003c") for one in (state, WIDGET.read_text("utf-8")))
    notebook = tmp_path / "notebook.html"
    notebook.write_text(HARNESS % tuple(held), "utf-8")

    seen = visit(notebook, viewport={"width": 1280, "height": 800})
    frame = seen.page.frame_locator("iframe")
    frame.locator("canvas").first.wait_for()

    assert seen.page.locator("iframe").bounding_box()["height"] == 500
    assert seen.page.evaluate("document.querySelector('iframe').contentDocument") is None
    seen.page.evaluate("model.set('height', 300)")
    assert seen.page.locator("iframe").bounding_box()["height"] == 300
    assert seen.complaints == []
    assert not [one for one in seen.requests if one.startswith("http")]
