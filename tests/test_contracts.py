"""What every plug-in promises; a new file is found and held to it."""

import ast
import datetime as dt
import importlib
import pkgutil
from pathlib import Path

import pandas as pd
import pytest

import graphkit.cli
from graphkit import registry
from graphkit.batch import Source
from graphkit.pipeline.sources import example_tables
from graphkit.sheets.files import read_sheets
from graphkit.snapshot import Snapshot
from graphkit.store import open_store

pytestmark = pytest.mark.slow

ROOT = Path(graphkit.cli.__file__).parents[2]
LOADERS = registry.loaders()
USEFUL = [one for one in LOADERS if not one.useless]
ANALYSES = registry.analyses()


def named(plugins):
    return pytest.mark.parametrize("plugin", plugins, ids=lambda one: one.name)


@pytest.fixture
def example(tmp_path):
    def make(plugin):
        path = tmp_path / "export.csv"  # a name that tells nothing
        path.write_text(plugin.example, "utf-8")
        sheet = read_sheets(path)[0]
        source = Source.of(
            system=plugin.system, kind=plugin.kind, path=path.name, content=path.read_bytes()
        )
        return sheet, source

    return make


@named(LOADERS)
def test_a_loader_knows_its_own_example_better_than_any_other_loader(plugin, example):
    sheet, _ = example(plugin)
    scores = {one.name: seen.score for one in LOADERS if (seen := one.recognise(sheet))}
    assert max(scores, key=scores.get) == plugin.name


@named(USEFUL)
def test_a_loader_accounts_for_every_row_of_its_example(plugin, example):
    reading = plugin.read(*example(plugin), example_tables(plugin))
    assert reading.rows > 0
    assert reading.batches or plugin.kind == "lookup"
    assert reading.rejects["row"].nunique() + reading.repeated < reading.rows


@named(USEFUL)
def test_every_fact_of_a_loader_has_its_file_and_row(plugin, example):
    sheet, source = example(plugin)
    for batch in plugin.read(sheet, source, example_tables(plugin)).batches:
        if batch.entity.sourced:
            assert set(batch.frame["file_id"]) <= {source.file_id}
            assert set(batch.frame["row"].astype(int)) <= set(sheet.rows.tolist())


@named(USEFUL)
def test_a_loader_reads_the_same_file_the_same_way_twice(plugin, example):
    first, second = (plugin.read(*example(plugin), example_tables(plugin)) for _ in range(2))
    for one, other in zip(first.batches, second.batches, strict=True):
        pd.testing.assert_frame_equal(one.frame, other.frame)


@named(USEFUL)
def test_a_loader_reads_a_header_without_rows_as_nothing(plugin, example, tmp_path):
    header = tmp_path / "header.csv"
    header.write_text(plugin.example.splitlines()[0] + "\n", "utf-8")
    _, source = example(plugin)
    for sheet in read_sheets(header):
        reading = plugin.read(sheet, source, example_tables(plugin))
        assert (reading.rows, reading.repeated, len(reading.rejects)) == (0, 0, 0)


@pytest.fixture
def empty_shop(tmp_path):
    with open_store(tmp_path / "graph.duckdb") as store:
        yield Snapshot(store, dt.date(2026, 1, 31))


@named(ANALYSES)
def test_an_analysis_is_silent_on_an_empty_graph(plugin, empty_shop):
    assert list(plugin.run(empty_shop)) == []


@pytest.mark.parametrize(
    "folder",
    [
        "graphkit/cli",
        "graphkit/cli/report",
        "graphkit/analyses",
        "graphkit/reports/charts",
        "loaders",
        "nlp",
        "visualizations",
        "visualizations/charts",
    ],
)
def test_every_module_says_what_it_is(folder):
    for path in sorted((ROOT / folder).glob("*.py")):
        assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


def test_every_command_shows_an_example():
    for module in pkgutil.iter_modules(graphkit.cli.__path__):
        if module.name not in graphkit.cli.INNER:
            command = importlib.import_module(f"graphkit.cli.{module.name}").command
            assert "Example" in (command.help or ""), module.name
