"""The examples of the page on adding something work as they stand there."""

import datetime as dt
import importlib
import importlib.util
import json
import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from graphkit import plugins, registry
from graphkit.cli import cli
from graphkit.cli.context import Context
from graphkit.drawing import Chart, Drawing
from graphkit.recipes import parse
from graphkit.snapshot import Snapshot
from graphkit.store import open_store

PAGE = Path(__file__).parents[1] / "docs" / "extend.md"
_FILE = re.compile(r"(?s)<!-- file: (\S+) -->\n```\w+\n(.*?)^```", re.MULTILINE)
_REGISTERS = [
    one for name, one in vars(plugins).items() if name.isupper() and isinstance(one, dict)
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The files of the page, with what an installer would write of its pyproject.toml."""
    folder = tmp_path_factory.mktemp("extend")
    for name, text in _FILE.findall(PAGE.read_text("utf-8")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    installed = folder / "my_plugins-1.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: my-plugins\nVersion: 1\n")
    lines = [
        f"[{group}]\n" + "\n".join(f"{name} = {at}" for name, at in points.items())
        for group, points in project["entry-points"].items()
    ]
    (installed / "entry_points.txt").write_text("\n".join(lines))
    return folder


@pytest.fixture(scope="module")
def installed(folder):
    """The distribution of the page, as if it had been installed; gone again afterwards."""
    before = [dict(one) for one in _REGISTERS]
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        registry._third_parties.cache_clear()  # noqa: SLF001 - as in a process of its own
        yield folder
    registry._third_parties.cache_clear()  # noqa: SLF001 - likewise
    for register, kept in zip(_REGISTERS, before, strict=True):
        register.clear()
        register.update(kept)


@pytest.fixture(scope="module")
def workspace(installed, tmp_path_factory):
    """A workspace with the page's mapping, into which its export was loaded."""
    folder = tmp_path_factory.mktemp("work")
    (folder / "mappings").mkdir()
    (folder / "mappings" / "werk.toml").write_bytes((installed / "mappings/werk.toml").read_bytes())
    done = CliRunner().invoke(cli, ["-w", str(folder), "load", str(installed / "werk.csv")])
    assert done.exit_code == 5, done.output
    return folder


def command_in(path):
    """The command of a file that would be a module of graphkit's command line."""
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.command


def rows(workspace, *words):
    done = CliRunner().invoke(cli, ["-w", str(workspace), *words, "--json", "-q"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)["data"]


def test_the_mapping_of_the_page_reads_its_export_and_keeps_the_bad_row_apart(workspace):
    [file] = rows(workspace, "status")
    assert (file["loaded"], file["rejected"]) == (4, 1)
    [bad] = rows(workspace, "rejects")
    assert (bad["row"], bad["column"], bad["value"]) == (6, "Stueck", "viele")


def test_the_analysis_of_the_page_is_found_and_tells_who_is_new(workspace):
    assert "firsts" in [one.name for one in registry.analyses()]
    told = [one for one in rows(workspace, "findings") if one["kind"] == "new-customer"]
    assert [one["subject"]["name"] for one in told] == ["Nordwind Pumpen AG"]
    assert "2026-05-28" in told[0]["statement"]


def test_the_analysis_of_the_page_keeps_the_promises_of_its_kind(workspace, tmp_path):
    plugin = plugins.ANALYSES["firsts"]
    with open_store(tmp_path / "graph.duckdb") as store:
        assert list(plugin.run(Snapshot(store, dt.date(2026, 1, 31)))) == []
    with open_store(workspace / "graph.duckdb", read_only=True) as store:
        before = Snapshot(store, dt.date(2026, 1, 31))
        assert [one.subject.name for one in plugin.run(before)] == ["Bolt Gear GmbH"]
        assert list(plugin.run(before)) == list(plugin.run(before))
        assert all(one.evidence[0].sources for one in plugin.run(before))


@pytest.mark.usefixtures("installed")
def test_the_picture_of_the_page_is_found_and_escapes_names():
    hostile = "<script>alert(1)</script>"
    drawing = Drawing(
        title=hostile,
        caption="",
        nodes=pd.DataFrame({"id": ["a", "b"], "name": [hostile, "Bolt"]}),
        edges=pd.DataFrame({"source": ["a"], "target": ["b"]}),
        colors={},
        as_of=dt.date(2026, 1, 31),
    )
    [engine] = [one for one in registry.pictures() if one.name == "listing"]
    page = engine.draw(drawing)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;: Bolt" in page


def test_the_recipe_of_the_page_has_a_whole_header(folder):
    text = (folder / "graphkit/recipes/new-customers.cypher").read_text("utf-8")
    recipe = parse("new-customers", text)
    assert recipe.returns == ("customer", "first_order", "orders")
    assert "$months" in recipe.cypher


@pytest.mark.usefixtures("installed")
def test_the_chart_of_the_page_is_found_and_escapes_names():
    hostile = "</svg><script>alert(1)</script>"
    table = pd.DataFrame({"name": [hostile, "Bolt"], "value": [4, 2]})
    [kind] = [one for one in registry.charts() if one.name == "bars"]
    drawn = kind.draw(Chart("bars", hostile, "Bars.", table, {"name": "Name"}))
    assert "<script" not in drawn
    assert drawn.count("<rect") == 2
    assert "<desc>Bars.</desc>" in drawn


def test_the_report_of_the_page_is_written_in_every_form_that_needs_no_template(
    workspace, folder, tmp_path
):
    command = command_in(folder / "graphkit/cli/report/firsts.py")
    told = CliRunner().invoke(command, [], obj=Context(workspace))
    assert told.stdout == "- Nordwind Pumpen AG ordered for the first time on 2026-05-28.\n"
    path = tmp_path / "firsts.xlsx"
    assert CliRunner().invoke(command, ["-o", str(path)], obj=Context(workspace)).exit_code == 0
    assert path.stat().st_size > 1000


def test_the_command_of_the_page_prints_its_table(workspace, folder):
    command = command_in(folder / "graphkit/cli/firsts.py")
    done = CliRunner().invoke(command, ["--csv"], obj=Context(workspace))
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == ["customer,orders", "Nordwind Pumpen AG,2"]
    assert "Example" in command.help
