"""The whole, from exports to findings, on a shop whose truth is known."""

import json

import pytest
from click.testing import CliRunner

from graphkit.cli import cli
from graphkit.simulator import simulate

pytestmark = pytest.mark.slow

KINDS = ("slowing-industry", "slowing-customer", "customer-cluster")


@pytest.fixture(scope="module")
def shop():
    return simulate(seed=7)


@pytest.fixture(scope="module")
def workspace(shop, tmp_path_factory):
    folder = tmp_path_factory.mktemp("a shop")
    shop.write(folder / "exports")
    loaded = run("-w", str(folder / "work"), "load", str(folder / "exports"), "-q")
    assert loaded.exit_code == 5, loaded.output  # the five broken order lines
    return folder / "work"


def run(*arguments):
    return CliRunner().invoke(cli, arguments)


def data(workspace, *arguments):
    done = run("-w", str(workspace), *arguments, "--json", "-q")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)["data"]


@pytest.fixture(scope="module")
def findings(workspace):
    return data(workspace, "findings")


def pairs(groups):
    return {
        frozenset((one, other))
        for group in groups
        for one in group
        for other in group
        if one != other
    }


def test_every_row_is_loaded_repeated_or_rejected(workspace):
    for file in data(workspace, "status"):
        assert file["read"] == file["loaded"] + file["repeated"] + file["rejected"]


def test_the_broken_rows_are_told_with_file_row_column_and_reason(workspace, shop):
    rejects = data(workspace, "rejects")
    assert len({(one["file"], one["row"]) for one in rejects}) == len(shop.truth.bad_rows)
    assert all(one["column"] and one["reason"] for one in rejects)


def test_the_spellings_of_a_company_become_one(workspace, shop):
    company = {}
    for one in data(workspace, "companies", "list"):
        company |= {alias.casefold(): one["id"] for alias in one["aliases"]}
    spelled = {
        name: [alias.casefold() for alias in names] for name, names in shop.truth.spellings.items()
    }
    known = [one for names in spelled.values() for one in names if one in company]
    found = {}
    for alias in known:
        found.setdefault(company[alias], set()).add(alias)
    truly = pairs([alias for alias in names if alias in company] for names in spelled.values())
    joined = pairs(found.values())
    right = len(truly & joined)
    assert 2 * right / (len(truly) + len(joined)) >= 0.97


def test_what_is_found_is_what_was_planted(findings, shop):
    alerts = [one for one in findings if one["level"] == "alert"]
    found = {
        kind: {one["subject"]["name"] for one in alerts if one["kind"] == kind} for kind in KINDS
    }
    assert found["slowing-industry"] == set(shop.truth.slowing_industries)
    spelled = {
        spelling.casefold(): name
        for name, spellings in shop.truth.spellings.items()
        for spelling in spellings
    }
    slowing = {spelled[name.casefold()] for name in found["slowing-customer"]}
    assert len(slowing & set(shop.truth.slowing_customers)) >= 0.85 * len(slowing) > 0
    groups = shop.truth.groups
    clustered = [
        [groups[spelled[member["name"].casefold()]] for member in one["details"]["members"]]
        for one in alerts
        if one["kind"] == "customer-cluster"
    ]
    of_one_group = sum(max(map(members.count, members)) for members in clustered)
    assert of_one_group >= 0.7 * sum(map(len, clustered)) > 0


def test_every_finding_leads_back_to_rows_of_files(findings):
    for one in findings:
        assert one["evidence"], one["statement"]
        if one["level"] == "alert":
            assert any(figure["rows"] for figure in one["evidence"]), one["statement"]
            assert one["advice"], one["statement"]


def test_the_same_exports_give_the_same_findings(workspace, findings):
    assert data(workspace, "findings") == findings


def test_a_look_back_sees_nothing_of_what_came_later(workspace):
    done = run("-w", str(workspace), "findings", "--as-of", "2025-06-30", "--json", "-q")
    envelope = json.loads(done.stdout)
    assert envelope["as_of"] == "2025-06-30"
    assert {one["as_of"] for one in envelope["data"]} <= {"2025-06-30"}


def test_the_report_and_the_map_are_whole_pages(workspace, tmp_path):
    for command, name in (
        (("report", "cluster"), "clusters.html"),
        (("map",), "map.html"),
    ):
        page = tmp_path / name
        done = run("-w", str(workspace), *command, "-o", str(page), "-q")
        assert done.exit_code == 0, done.output
        text = page.read_text("utf-8")
        assert text.lower().startswith("<!doctype html>")
        assert "</html>" in text
