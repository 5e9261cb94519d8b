"""A JobBOSS shop of ten tables, loaded as a shop would, with and without each of them."""

import functools
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from graphkit.pipeline.load import Loaded, load
from graphkit.pipeline.questions import answerable
from graphkit.schema import Account, Invoice, Order, OrderLine, Process, Rejected
from graphkit.snapshot import Snapshot, latest_day
from graphkit.store import open_store
from tests.command_line import Run
from tests.jobboss_shop import TABLES, write

pytestmark = pytest.mark.slow

LINES = {
    "4410/001": (
        "2024-01-17",
        "HOLROC",
        "CNC Milling",
        "8620 Steel Round 2 in",
        "BLACK OXIDE",
        40.5,
    ),
    "4410/002": ("2024-01-17", "HOLROC", "Grinding", "4140 RD 3.00", "", 30.0),
    "4411/001": ("2024-02-02", "SALFOR", "Swiss Turning", "", "", 6.0),
    "4411/002": ("2024-02-02", "SALFOR", "Swiss Turning", "", "", 6.0),
    "4412/001": ("2024-02-12", "SALFOR", "", "", "", None),
    "4413/001": ("2024-03-01", "HOLROC", "ROSIE", "", "", 24.0),
    "job/4412/1": ("2024-02-20", "SALFOR", "", "", "", 88.0),
}
"""Day, customer, process, material, finish and minutes of a piece, by order line."""


def made(
    folder: Path, *, without: tuple[str, ...] = (), processes: dict[str, str] | None = None
) -> dict[str, Loaded]:
    """Loads some of the tables into a folder's store, and gives what became of each file."""
    exports = write(folder / "in", without=without)
    with open_store(str(folder / "graph.duckdb")) as store:
        found = load(store, [exports], processes=processes or {}).files
    return {file.name.removesuffix(".csv"): file for file in found}


@pytest.fixture
def shop(tmp_path: Path):
    """Loads some of the tables for one test."""
    return functools.partial(made, tmp_path)


@pytest.fixture(scope="module")
def all_tables(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Loaded]]:
    """A folder with all tables loaded, to be read only, and what became of each."""
    folder = tmp_path_factory.mktemp("jobboss")
    return folder, made(folder)


@pytest.fixture
def loaded(all_tables: tuple[Path, dict[str, Loaded]], tmp_path: Path) -> Path:
    """A folder of one's own with all tables loaded."""
    return shutil.copytree(all_tables[0], tmp_path, dirs_exist_ok=True)


def stored(tmp_path: Path, entity: type) -> pd.DataFrame:
    with open_store(str(tmp_path / "graph.duckdb"), read_only=True) as store:
        return store.read(entity)


def lines(tmp_path: Path, *columns: str) -> dict[str, tuple[object, ...]]:
    """Some columns of each order line, with "" for empty words and None for empty figures."""
    rows = stored(tmp_path, OrderLine)
    found = {}
    for row in rows.to_dict("records"):
        values = (None if pd.isna(row[name]) else row[name] for name in columns)
        found[row["id"].removeprefix("jobboss:")] = tuple(values)
    return found


def whole(tmp_path: Path) -> dict[str, tuple[object, ...]]:
    names = ("ordered_on", "account", "process", "material", "finish", "minutes")
    return {
        key: (str(day), who.removeprefix("jobboss:"), *(one or "" for one in words), minutes)
        for key, (day, who, *words, minutes) in lines(tmp_path, *names).items()
    }


def test_the_tables_join_into_the_order_lines_that_the_shop_made(all_tables) -> None:
    folder, _ = all_tables

    assert whole(folder) == LINES
    orders = stored(folder, Order)["id"].tolist()
    assert sorted(orders) == [
        *(f"jobboss:{number}" for number in (4410, 4411, 4412, 4413)),
        "jobboss:job/4412",
    ]
    assert stored(folder, Account)["name"].tolist() == [
        "Hollow Rock Gear, Inc.",
        "Salt Fork Marine LLC",
    ]


def test_every_row_of_every_file_is_accounted_for(all_tables) -> None:
    folder, found = all_tables

    counts = {name: (one.rows, one.repeated, one.rejected) for name, one in found.items()}
    rows = {name: len(text.strip().splitlines()) - 1 for name, text in TABLES.items()}
    assert counts == {name: (count, 0, int(name == "Job")) for name, count in rows.items()}
    nothing = {name: one.nothing for name, one in found.items() if one.nothing}
    assert nothing["Job"] == {
        "jobs that a line of SO_Detail names, which is the order": 5,
        "components of another job": 1,
        "templates or quotes, no orders": 1,
        "for stock, so nobody ordered them": 1,
    }
    assert nothing["Work_Center"] == {"they only complete rows of other files": rows["Work_Center"]}
    rejected = stored(folder, Rejected).iloc[0]
    assert (rejected["row"], rejected["column"], rejected["value"]) == (9, "Top_Lvl_Job", "J7")
    assert rejected["reason"].startswith("no row of Job has this Top_Lvl_Job")


def test_status_says_of_how_many_loaded_rows_make_nothing_and_why(
    graphkit: Run, tmp_path: Path
) -> None:
    workspace = tmp_path / "shop"
    loaded = graphkit("-w", workspace, "load", write(tmp_path / "in"), "--json").out

    told = graphkit("-w", workspace, "status").out
    books = json.loads(graphkit("-w", workspace, "status", "--json").out)["data"]

    [job] = [one for one in books if one["file"] == "Job.csv"]
    assert job["read"] == job["loaded"] + job["repeated"] + job["rejected"]
    assert job["makes_nothing"]["components of another job"] == 1
    assert "Job.csv: 9 rows loaded, nothing made of 8 (" in told
    assert "1 components of another job" in told
    assert "graphkit orders --by material" in told
    [at_once] = [one for one in json.loads(loaded)["data"] if one["file"] == "Job.csv"]
    assert at_once["makes_nothing"] == job["makes_nothing"]


def test_explain_keeps_what_other_tables_read_apart_from_what_nothing_reads(
    graphkit: Run, tmp_path: Path
) -> None:
    folder = write(tmp_path / "in")

    told = graphkit("-w", tmp_path / "shop", "load", "--explain", folder).out
    rows = json.loads(graphkit("-w", tmp_path / "shop", "load", "--explain", folder, "--json").out)[
        "data"
    ]

    job = next(one for one in rows if one["file"] == "Job.csv")
    assert job["read_to_complete"] == ["Top_Lvl_Job", "Make_Quantity", "Est_Total_Hrs"]
    assert job["ignored"] == ["Assembly_Level", "Type"]
    assert "  Read to complete this or other exports: Top_Lvl_Job, Make_Quantity" in told
    header = next(one for one in rows if one["file"] == "SO_Header.csv")
    assert {"Customer", "Order_Date"} <= {*header["read_to_complete"]}


def test_days_and_states_are_those_of_the_lines_and_their_deliveries(all_tables) -> None:
    folder, _ = all_tables

    days = lines(folder, "promised_on", "shipped_on", "status")
    assert {key: tuple(map(str, row)) for key, row in days.items()} == {
        "4410/001": ("2024-02-20", "2024-02-19", "shipped"),
        "4410/002": ("2024-03-04", "None", "open"),
        "4411/001": ("2024-03-01", "None", "open"),
        "4411/002": ("2024-05-01", "None", "open"),
        "4412/001": ("2024-02-14", "None", "shipped"),
        "4413/001": ("2024-04-15", "None", "open"),
        "job/4412/1": ("2024-03-08", "2024-03-11", "open"),
    }
    paid = stored(folder, Invoice).set_index("number")["paid_on"]
    assert str(paid["5001"]) == "2024-03-26"
    assert pd.isna(paid["5002"])


def test_the_tightest_tolerance_that_a_note_asserts_is_that_of_the_line(all_tables) -> None:
    folder, _ = all_tables

    with open_store(str(folder / "graph.duckdb"), read_only=True) as store:
        seen = Snapshot(store, latest_day(store)).frame(OrderLine).set_index("id")["tolerance"]
        assert store.read(OrderLine)["tolerance"].isna().all()
    assert seen.dropna().to_dict() == {"jobboss:4410/001": 0.0127, "jobboss:job/4412/1": 0.0254}


def test_the_shop_says_what_its_work_centres_do_and_unchanged_files_are_read_anew(
    shop, loaded: Path
) -> None:
    shop(processes={"ROSIE": "Wire EDM", "haas*": "5-Axis Milling"})

    found = whole(loaded)
    assert [found[key][2] for key in ("4413/001", "4410/001")] == ["Wire EDM", "5-Axis Milling"]
    assert "Wire EDM" in set(stored(loaded, Process)["name"])


def test_without_headers_day_and_customer_are_those_of_the_job(shop, tmp_path: Path) -> None:
    shop(without=("SO_Header",))

    rejects = stored(tmp_path, Rejected).sort_values("row")
    rejects = rejects[rejects["reason"].str.contains("day of the order").to_numpy(bool)]
    assert rejects["row"].tolist() == [5, 6]
    assert rejects["reason"].str.contains("the day of the order is needed").all()
    expected = {key: row for key, row in LINES.items() if key not in ("4411/002", "4412/001")}
    days = {"4410/001": "01-18", "4410/002": "01-18", "4411/001": "02-03", "4413/001": "03-02"}
    for key, day in days.items():
        expected[key] = (f"2024-{day}", *LINES[key][1:])
    assert whole(tmp_path) == expected


def test_without_headers_and_jobs_the_lines_are_refused_with_the_export_that_is_missing(
    shop,
) -> None:
    refused = shop(without=("SO_Header", "Job"))["SO_Detail"].refused

    assert "the day of the order stands in another export, SO_Header or Job" in refused


def test_without_sales_order_lines_each_top_job_is_an_order(shop, tmp_path: Path) -> None:
    found = shop(without=("SO_Detail",))

    assert {key: row[2:] for key, row in whole(tmp_path).items()} == {
        "job/4412/1": ("", "", "", 88.0),
        "job/J1/1": ("CNC Milling", "8620 Steel Round 2 in", "BLACK OXIDE", 40.5),
        "job/J2/1": ("Grinding", "4140 RD 3.00", "", 30.0),
        "job/J3/1": ("Swiss Turning", "", "", 6.0),
        "job/J8/1": ("ROSIE", "", "", 30.0),
        "job/J9/1": ("ROSIE", "", "", 12.0),
    }
    assert "only completes other exports" in found["SO_Header"].refused


def test_without_jobs_pieces_are_those_of_the_lines(shop, tmp_path: Path) -> None:
    shop(without=("Job",))

    found = whole(tmp_path)
    assert found["4410/001"] == LINES["4410/001"]
    assert found["4410/002"][2:] == ("Assembly", "", "", 6.0)  # its component is not known as one
    assert [found[key][5] for key in ("4411/001", "4411/002")] == [10.0, 10.0]  # 60 pieces named it
    assert "job/4412/1" not in found


def test_without_operations_hours_are_those_of_the_job(shop, tmp_path: Path) -> None:
    shop(without=("Job_Operation",))

    minutes = {key: row[5] for key, row in LINES.items()}
    for key, row in whole(tmp_path).items():
        assert (row[2], row[4], row[5]) == ("", "", minutes[key]), key


@pytest.mark.parametrize(
    ("tables", "changed"),
    [
        (("Material_Req",), {"4410/001": {3: ""}, "4410/002": {3: ""}}),
        (("Material", "Work_Center"), {"4410/001": {3: "8620 RD 2.00"}, "4410/002": {2: "CELL 9"}}),
        (
            ("Delivery", "Invoice_Header"),
            {"4411/002": {2: "", 5: None}, "4413/001": {5: 30.0}},
        ),
    ],
)
def test_without_tables_only_what_they_bring_is_missing(
    shop, tmp_path: Path, tables: tuple[str, ...], changed: dict[str, dict[int, object]]
) -> None:
    shop(without=tables)

    expected = {key: list(row) for key, row in LINES.items()}
    for key, cells in changed.items():
        for at, value in cells.items():
            expected[key][at] = value
    found = {key: list(row) for key, row in whole(tmp_path).items() if key in LINES}
    assert found == expected


def test_without_customers_the_code_is_the_name(shop, tmp_path: Path) -> None:
    shop(without=("Customer",))

    assert stored(tmp_path, Account)["name"].tolist() == ["HOLROC", "SALFOR"]
    assert whole(tmp_path) == LINES


def test_loading_twice_changes_nothing_and_a_changed_header_changes_its_lines(
    shop, loaded: Path
) -> None:
    before = stored(loaded, OrderLine)
    assert all(isinstance(one, Loaded) and one.unchanged for one in shop().values())
    pd.testing.assert_frame_equal(before, stored(loaded, OrderLine))

    path = loaded / "in" / "SO_Header.csv"
    moved = path.read_text("utf-8").replace("2024-02-12 00:00:00.000,NULL", "2024-02-13,NULL")
    path.write_text(moved, "utf-8")
    with open_store(str(loaded / "graph.duckdb")) as store:
        load(store, [loaded / "in"])

    after = stored(loaded, OrderLine)
    changed = after[after["run"] != before["run"]]
    assert changed["id"].tolist() == ["jobboss:4412/001"]
    assert str(changed["ordered_on"].iloc[0]) == "2024-02-13"


def test_operations_that_two_exports_have_count_once(shop, tmp_path: Path) -> None:
    folder = write(tmp_path / "in")
    text = TABLES["Job_Operation"].lstrip()
    (folder / "Job_Operation_2.csv").write_text("\n".join(text.splitlines()[:4]) + "\n", "utf-8")
    shop()

    assert whole(tmp_path) == LINES


def test_what_no_export_has_is_said_with_the_export_that_has_it(
    graphkit: Run, tmp_path: Path
) -> None:
    folder = write(tmp_path / "in", without=("Job_Operation", "Job"))
    plain = (folder / "SO_Detail.csv").read_text("utf-8").replace("+/-", "about ")
    (folder / "SO_Detail.csv").write_text(plain, "utf-8")
    graphkit("-w", tmp_path / "work", "load", folder)

    status = json.loads(graphkit("-w", tmp_path / "work", "status", "--json").out)
    helps = {one["recipe"]: one["would_help"] for one in status["questions"]}
    for recipe, column in (
        ("tighter-tolerances", "tolerance: a column Tolerance"),
        ("finish-leanings", "finish: a column Finish in the order lines; from JobBOSS"),
        ("process-leanings", "process: "),
        ("machine-hours", "minutes: "),
    ):
        assert f"your export has no {column}" in helps[recipe]


def test_a_tolerance_read_from_a_note_answers_the_question(all_tables) -> None:
    folder, _ = all_tables

    with open_store(str(folder / "graph.duckdb"), read_only=True) as store:
        asked = {one.recipe: one for one in answerable(store)}
    assert not asked["tighter-tolerances"].missing


def test_a_corrected_line_is_read_with_the_tables_that_it_looks_into(
    graphkit: Run, tmp_path: Path
) -> None:
    folder, shop, mend = write(tmp_path / "in"), tmp_path / "shop", tmp_path / "mend"
    detail = folder / "SO_Detail.csv"
    detail.write_text(detail.read_text("utf-8").replace(",40,0,", ",many,0,"), "utf-8")
    graphkit("-w", shop, "load", folder)
    graphkit("-w", shop, "rejects", "--export", mend)
    path = mend / "SO_Detail.rejected.csv"
    path.write_text(path.read_text("utf-8-sig").replace("many", "40"), "utf-8")

    alone = graphkit("-w", shop, "load", mend)
    assert "read together with the files that they look into: SO_Header, Job" in alone.err
    graphkit("-w", shop, "load", folder, mend)

    with open_store(str(shop / "graph.duckdb"), read_only=True) as store:
        read = store.read(OrderLine)
        left = store.read(Rejected)
    assert read.set_index("id").loc["jobboss:4410/001", "minutes"] == 40.5
    assert len(read) == len(LINES)
    assert set(left["column"]) == {"Top_Lvl_Job"}
