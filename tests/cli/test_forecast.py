"""`graphkit forecast`, and the capacity that graphkit.toml states."""

import json
import shutil

import pytest
from click.testing import CliRunner

from graphkit.cli import cli
from graphkit.simulator import ORDER_LINES, Stories, simulate


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A workspace with the order lines of a small shop, long enough to choose methods."""
    folder = tmp_path_factory.mktemp("three-years")
    shop = simulate(seed=3, customers=12, months=36, stories=Stories())
    (folder / "in").mkdir()
    next(one for one in shop.tables if one.name == ORDER_LINES).write(folder / "in")
    CliRunner().invoke(cli, ["-w", str(folder / "shop"), "load", str(folder / "in")])
    return folder / "shop"


@pytest.fixture
def workspace(loaded, tmp_path):
    """A copy of it, to be changed at will."""
    return shutil.copytree(loaded, tmp_path / "shop")


def state(workspace, text):
    with (workspace / "graphkit.toml").open("a", encoding="utf-8") as settings:
        settings.write(text)


def test_volumes_are_shown_without_a_capacity_and_it_is_said_how_to_state_one(graphkit, workspace):
    done = graphkit("-w", workspace, "forecast", "--months", "3", "--json")

    told = json.loads(done.out)
    rows = told["data"]
    assert {"process", "month", "p10", "p50", "p90", "capacity"} <= set(rows[0])
    assert len({one["month"] for one in rows}) == 3
    assert min(one["month"] for one in rows) in {"2026-06", "2026-07"}  # by the last whole month
    assert {one["capacity"] for one in rows} == {None}
    assert told["processes"][-1]["process"] == "whole shop"
    assert [one for one in told["warnings"] if "[capacity]" in one]


def test_a_stated_capacity_stands_beside_the_hours_and_makes_a_finding(graphkit, workspace):
    (busiest, *_) = sorted(
        json.loads(graphkit("-w", workspace, "forecast", "--json").out)["data"],
        key=lambda one: -one["p50"],
    )
    state(workspace, f'\n[capacity]\n"{busiest["process"]}" = {busiest["p10"]}\n')

    table = graphkit("-w", workspace, "forecast")
    found = graphkit("-w", workspace, "findings", "--kind", "capacity-risk", "--json")

    assert "probability over" in table.out
    assert "%" in table.out
    (alert,) = json.loads(found.out)["data"]
    assert (alert["level"], alert["subject"]["name"]) == ("alert", busiest["process"])


def test_a_capacity_of_an_unknown_process_is_refused_with_the_nearest(graphkit, workspace):
    state(workspace, '\n[capacity]\n"CNC Miling" = 640\n')

    done = graphkit("-w", workspace, "forecast")

    assert done.code == 2
    assert "[capacity]: No process 'CNC Miling'. Did you mean 'CNC Milling'" in done.err


def test_a_sum_that_was_foreseen_worse_than_by_last_year_is_told_to_be_so(graphkit, workspace):
    told = json.loads(graphkit("-w", workspace, "forecast", "--json").out)

    shop = told["processes"][-1]
    worse = shop["past_error"] > shop["naive_error"]
    assert worse == any("missed by more in the past" in one for one in told["warnings"])
