"""graphkit weekly loads, compares, writes; report weekly and site say the same in every form."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.command_line import Run


@pytest.fixture(scope="module")
def shop(small_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of one's own with the small shop."""
    folder = tmp_path_factory.mktemp("weekly") / "work"
    shutil.copytree(small_shop, folder)
    return folder


def test_the_inbox_is_loaded_and_the_files_of_the_week_are_written(
    graphkit: Run, exports: Path, tmp_path: Path
) -> None:
    work = tmp_path / "work"

    done = graphkit("-w", work, "weekly", exports)

    assert done.code == 5  # as load: some rows of the small shop are rejected on purpose
    assert "graphkit" in done.err
    assert "rejects" in done.err
    assert "to do this week" in done.out
    (made,) = (work / "reports").iterdir()
    assert {one.name for one in made.iterdir()} == {
        "map.html",
        "weekly.eml",
        "weekly.html",
        "weekly.xlsx",
    }
    assert (work / "graph.duckdb").exists()

    (work / "graphkit.toml").write_text('[weekly]\nrecipients = ["ada@example.com"]\n', "utf-8")
    again = graphkit("-w", work, "weekly", "--json")
    assert again.code == 0
    told = json.loads(again.out)
    assert told["schema"] == "graphkit.weekly"
    assert b"To: ada@example.com" in (made / "weekly.eml").read_bytes()


def test_a_report_is_the_same_in_json_and_as_a_workbook(
    graphkit: Run, shop: Path, tmp_path: Path
) -> None:
    done = graphkit("-w", shop, "report", "weekly", "--format", "json")
    assert done.code == 0
    told = json.loads(done.out)
    assert graphkit("-w", shop, "report", "weekly", "-o", tmp_path / "w.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "w.xlsx")

    assert told["schema"] == "graphkit.report-weekly"
    assert [one["table"] for one in told["data"]] == book.sheetnames
    for one in told["data"]:
        sheet = book[one["table"]]
        assert sheet.max_column == len(one["columns"])
        assert sheet.max_row == len(one["rows"]) + 1, one["table"]
    evidence = next(one for one in told["data"] if one["table"] == "evidence")["rows"]
    findings = next(one for one in told["data"] if one["table"] == "findings")["rows"]
    assert all(one["cypher"] for one in findings)
    assert {one["finding"] for one in evidence} == {one["id"] for one in findings}


@pytest.mark.parametrize("report", [("cluster",), ("customer",)])
def test_every_report_is_written_as_a_workbook_and_as_json(
    graphkit: Run, shop: Path, tmp_path: Path, report: tuple[str, ...]
) -> None:
    if report == ("customer",):
        rows = json.loads(graphkit("-w", shop, "companies", "list", "--json").out)["data"]
        report = ("customer", rows[0]["name"])
    told = graphkit("-w", shop, "report", *report, "--format", "json")
    assert json.loads(told.out)["schema"] == f"graphkit.report-{report[0]}"
    assert graphkit("-w", shop, "report", *report, "-o", tmp_path / "r.xlsx").code == 0
    assert "findings" in openpyxl.load_workbook(tmp_path / "r.xlsx").sheetnames


def test_a_workbook_without_a_file_to_go_to_is_refused(graphkit: Run, shop: Path) -> None:
    done = graphkit("-w", shop, "report", "weekly", "--format", "xlsx")

    assert done.code == 2
    assert "needs a file" in done.err


def test_a_site_is_written_beside_the_graph_and_never_over_something_else(
    graphkit: Run, shop: Path, tmp_path: Path
) -> None:
    done = graphkit("-w", shop, "report", "site", "--customers", "1")
    assert done.code == 0
    assert (shop / "site" / "index.html").exists()
    assert len(list((shop / "site").glob("customer-*.html"))) == 1

    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    refused = graphkit("-w", shop, "report", "site", "-o", tmp_path)
    assert refused.code == 2
    assert "left alone" in refused.err
    assert {one.name for one in tmp_path.iterdir()} == {"mine.txt"}


def test_nothing_loaded_is_said_by_each(graphkit: Run, tmp_path: Path) -> None:
    assert graphkit("-w", tmp_path / "new", "init").code == 0
    for words in (("weekly",), ("report", "weekly"), ("report", "site")):
        assert graphkit("-w", tmp_path / "new", *words).code == 6, words


@pytest.mark.parametrize("value", ['["ada"]', '["ada@example.com\\nBcc: all@example.com"]', '"a"'])
def test_recipients_that_are_no_addresses_are_refused(
    graphkit: Run, tmp_path: Path, value: str
) -> None:
    (tmp_path / "graphkit.toml").write_text(f"[weekly]\nrecipients = {value}\n", "utf-8")

    done = graphkit("-w", tmp_path, "weekly")

    assert done.code == 2
    assert "recipients in [weekly] must be a list of addresses" in done.err
