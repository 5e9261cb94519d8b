"""Bad input through the real command line: a clear error or a rejected row, never a traceback."""

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest

from graphkit.store.embedded import EmbeddedStore
from tests.command_line import Run, assert_same, frames, started

pytestmark = pytest.mark.slow

SOURCES = (
    "crm_companies.csv",
    "crm_contacts.csv",
    "engineering_projects.xlsx",
    "erp_order_lines.csv",
    "erp_quotes.csv",
    "mail_activity.csv",
    "mail_campaigns.csv",
    "qb_invoices.csv",
    "qb_payments.csv",
    "sales_notes.csv",
    "social_interactions.csv",
    "social_posts.csv",
    "web_visits.csv",
)
LEANED_ON = (
    "crm_companies.csv",
    "crm_contacts.csv",
    "erp_order_lines.csv",
    "mail_campaigns.csv",
    "qb_invoices.csv",
)
"""Sources whose rows those of other sources point to."""
CRM = "Record ID,Company name,Company Domain Name,Industry,City,Company owner\n"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "work"


@pytest.fixture(scope="module")
def loaded_once(all_exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with orders, invoices and payments."""
    folder = tmp_path_factory.mktemp("loaded")
    (folder / "in").mkdir()
    for name in ("erp_order_lines.csv", "qb_invoices.csv", "qb_payments.csv", "crm_companies.csv"):
        shutil.copy(all_exports / name, folder / "in" / name)
    done = started("-w", folder / "work", "load", folder / "in")
    done.communicate()
    assert done.returncode == 5
    return folder / "work"


@pytest.fixture
def loaded(loaded_once: Path, work: Path) -> Path:
    """A workspace of one's own with orders, invoices and payments."""
    shutil.copytree(loaded_once, work)
    return work


# --- files ---

WRONG = {
    "empty.csv": (b"", "empty"),
    "blank.csv": (b"\xef\xbb\xbf\r\n \r\n", "empty"),
    "scan.csv": (b"%PDF-1.7\n%\xe2\xe3", "this is a PDF"),
    "photo.csv": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "this is a picture"),
    "random.csv": (bytes(range(256)) * 40, "no table"),
    "page.csv": (b"<!DOCTYPE html><html><body>Log in</body></html>", "this is a web page"),
    "torn.xlsx": (b"PK\x03\x04" + b"\x14\x00" * 300, "no whole workbook"),
    "text.xlsx": (b"this is not a workbook at all", "no loader knows"),
    "other.csv": (b"Colour,Taste\nred,sweet\n", "no loader knows"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_of_the_wrong_kind_is_named_with_the_reason_and_leaves_no_workspace(
    graphkit: Run, tmp_path: Path, work: Path, name: str
) -> None:
    content, reason = WRONG[name]
    (tmp_path / name).write_bytes(content)

    done = graphkit("-w", work, "load", tmp_path / name)

    assert done.code == 1
    assert name in done.err
    assert reason in done.err
    assert not work.exists()


def test_a_database_named_csv_is_no_export(graphkit: Run, tmp_path: Path, work: Path) -> None:
    with duckdb.connect(str(tmp_path / "x.duckdb")) as made:
        made.execute("CREATE TABLE t AS SELECT 1 AS a")
    (tmp_path / "x.duckdb").rename(tmp_path / "orders.csv")

    done = graphkit("-w", work, "load", tmp_path / "orders.csv")

    assert done.code == 1
    assert "orders.csv" in done.err


def test_good_files_load_and_the_others_are_listed(
    graphkit: Run, all_exports: Path, tmp_path: Path, work: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(all_exports / "erp_quotes.csv", folder)
    for name, (content, _) in WRONG.items():
        (folder / name).write_bytes(content)
    (folder / "scan.pdf").write_bytes(b"%PDF")

    done = graphkit("-w", work, "load", folder)

    assert done.code == 5
    assert len(frames(work)["Quote"])
    for name in WRONG:
        assert name in done.out
        assert name in done.err
    assert "scan.pdf" in done.err


def test_a_folder_without_exports_says_what_was_looked_for(
    graphkit: Run, tmp_path: Path, work: Path
) -> None:
    (tmp_path / "nothing").mkdir()
    done = graphkit("-w", work, "load", tmp_path / "nothing")
    assert done.code == 1
    assert ".xlsx" in done.err


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text on other systems")
def test_names_that_are_no_text_load_and_are_shown_with_a_question_mark(
    graphkit: Run, tmp_path: Path, work: Path
) -> None:
    folder = tmp_path / os.fsdecode(b"opened\x81")
    folder.mkdir()
    orders = (
        "Order Number,Order Date,Customer,Part,Quantity,Unit Price\nS{},2025-01-02,Acme,P,5,10\n"
    )
    (folder / os.fsdecode(b"a\x80.csv")).write_text(orders.format(1), "utf-8")
    (folder / os.fsdecode(b"none\x80.csv")).write_text("a,b\n1,2\n", "utf-8")
    (folder / os.fsdecode(b"photo\x80.png")).write_text("a,b\n1,2\n", "utf-8")
    (folder / os.fsdecode(b"Fair\x80.csv")).write_text("Email Address\nada@acme.com\n", "utf-8")
    with zipfile.ZipFile(folder / os.fsdecode(b"z\x80.zip"), "w") as packed:
        packed.writestr("b.csv", orders.format(2))
    zipped = (folder / os.fsdecode(b"z\x80.zip")).read_bytes()
    (folder / "y.zip").write_bytes(zipped.replace(b"b.csv", b"\x80.csv").replace(b"S2", b"S3"))

    done = graphkit("-w", work, "load", tmp_path, "--json")

    read = {one["file"]: one["read_as"] for one in json.loads(done.out)["data"]}
    assert read["opened?/a?.csv"] == read["opened?/z?.zip/b.csv"] == "erp.orders"
    assert read["opened?/none?.csv"] == "not read"
    assert done.code == 5
    assert "opened?/photo?.png: not a table" in done.err
    assert graphkit("-w", work, "load", tmp_path, "--explain").code == 0
    assert graphkit("-w", work, "status").code == 0
    assert set(frames(work)["Order"]["number"]) >= {"S1", "S2"}

    done = graphkit("-w", tmp_path / os.fsdecode(b"w\x80"), "load", tmp_path)
    assert done.code == 1
    assert "not UTF-8" in done.err


def test_headers_with_nothing_under_them_load_no_rows(
    graphkit: Run, all_exports: Path, tmp_path: Path, work: Path
) -> None:
    names = [one for one in SOURCES if one.endswith(".csv")]
    (tmp_path / "in").mkdir()
    for name in names:
        header = (all_exports / name).read_text("utf-8-sig").splitlines()[0]
        (tmp_path / "in" / name).write_text(header + "\n", "utf-8")

    done = graphkit("-w", work, "load", tmp_path / "in", "--json")

    assert done.code == 0
    read = {one["file"]: one["rows"] for one in json.loads(done.out)["data"]}
    assert read == dict.fromkeys(names, 0)
    assert graphkit("-w", work, "status").code == 0
    assert graphkit("-w", work, "findings").code in (0, 6)


def test_a_missing_column_is_named_with_the_nearest_heading(
    graphkit: Run, all_exports: Path, tmp_path: Path, work: Path
) -> None:
    text = (all_exports / "qb_invoices.csv").read_text("utf-8")
    (tmp_path / "ar.csv").write_text(text.replace("Amount", "Amnt", 1), "utf-8")

    done = graphkit("-w", work, "load", tmp_path / "ar.csv")

    assert done.code == 1
    assert "quickbooks.invoices" in done.err
    assert "'Amount' (nearest: 'Amnt')" in done.err


def test_two_files_of_one_name_are_told_apart(
    graphkit: Run, all_exports: Path, tmp_path: Path, work: Path
) -> None:
    for plant, kept in (("north", slice(0, 20)), ("south", slice(20, 40))):
        (tmp_path / "in" / plant).mkdir(parents=True)
        lines = (all_exports / "erp_quotes.csv").read_text("utf-8").splitlines(keepends=True)
        path = tmp_path / "in" / plant / "quotes.csv"
        path.write_text("".join([lines[0], *lines[1:][kept]]), "utf-8")

    done = graphkit("-w", work, "load", tmp_path / "in")

    assert "north/quotes.csv" in done.out
    assert "south/quotes.csv" in done.out
    assert len(frames(work)["Quote"]) == 40


# --- one source alone, all but one ---


def _reports(graphkit: Run, work: Path) -> None:
    status = graphkit("-w", work, "status")
    assert status.code == 0
    assert "Questions" in status.out
    assert re.search("(?m)^(What would help most|Every question can be answered)", status.out)
    for command in (("findings",), ("report", "cluster")):
        done = graphkit("-w", work, *command)
        assert done.code == 0, (command, done.err)
        assert done.out.strip()


@pytest.mark.parametrize("name", SOURCES)
def test_each_source_alone_loads_and_reports(
    graphkit: Run, all_exports: Path, work: Path, name: str
) -> None:
    done = graphkit("-w", work, "load", all_exports / name)
    assert done.code == (5 if name == "erp_order_lines.csv" else 0)
    _reports(graphkit, work)


@pytest.mark.parametrize("name", LEANED_ON)
def test_all_sources_but_one_load_and_report(
    graphkit: Run, exports: Path, work: Path, name: str
) -> None:
    (exports / name).unlink()
    assert graphkit("-w", work, "load", exports).code in (0, 5)
    _reports(graphkit, work)


def test_findings_say_which_export_is_missing(graphkit: Run, all_exports: Path, work: Path) -> None:
    graphkit("-w", work, "load", all_exports / "crm_companies.csv")
    assert "sales order lines from the ERP" in graphkit("-w", work, "findings").err
    assert "sales order lines from the ERP" in graphkit("-w", work, "report", "cluster").err


def test_texts_without_a_reader_ask_for_the_reader_and_for_no_export(
    graphkit: Run, all_exports: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.model.spacy_is_installed", lambda: False)
    (work.parent / "in").mkdir()
    shutil.copy(all_exports / "sales_notes.csv", work.parent / "in")

    done = graphkit("-w", work, "load", work.parent / "in")
    assert 'pip install "graphkit-crm[nlp]"' in done.err
    asked = json.loads(graphkit("-w", work, "status", "--json").out)["questions"]

    shows = next(one for one in asked if "trade show" in one["question"])
    assert shows["answerable"] == "no"
    assert 'pip install "graphkit-crm[nlp]"' in shows["would_help"]


# --- values ---

HOSTILE = {
    "long": "A" * 10_000,
    "formula": "=1+1",
    "at": "@SUM(A1)",
    "right to left": "\u05d0\u05d1\u05d2 \u05ea\u05e2\u05e9\u05d9\u05d5\u05ea",
    "override": "Acme \u202egnip",
    "emoji": "\U0001f469\u200d\U0001f527 Tools",
    "nul": "Ac\x00me Works",
    "escape": "Acme \x1b[2J\x07 Inc",
    "script": "</script><script>alert(1)</script>",
    "quotes": 'O\'Brien ""& Sons\\',
}


def test_a_hostile_name_is_only_a_name(graphkit: Run, tmp_path: Path, work: Path) -> None:
    lines = []
    for at, value in enumerate(HOSTILE.values()):
        row = [str(at), value, f"acme-{at}.com", "Aerospace", "Dayton", value]
        lines.append(",".join('"' + one.replace('"', '""') + '"' for one in row) + "\n")
    (tmp_path / "crm.csv").write_bytes((CRM + "".join(lines)).encode())

    assert graphkit("-w", work, "load", tmp_path / "crm.csv").code == 0

    listed = graphkit("-w", work, "companies", "list")
    assert listed.code == 0
    assert not set(listed.out) & set("\x00\x07\x1b\u202e")
    companies = json.loads(graphkit("-w", work, "companies", "list", "--json").out)["data"]
    assert len(companies) == len(HOSTILE)
    assert graphkit("-w", work, "export", tmp_path / "graph").code == 0
    for path in (tmp_path / "graph").glob("*.csv"):
        for line in path.read_text("utf-8").splitlines():
            assert not any(cell.strip('"').startswith(("=", "@")) for cell in line.split(","))
    assert graphkit("-w", work, "report", "cluster", "-o", tmp_path / "r.html").code == 0
    assert "<script>alert(1)" not in (tmp_path / "r.html").read_text("utf-8")


# --- the workspace and the store ---


def test_before_the_first_load_commands_say_what_to_do(graphkit: Run, work: Path) -> None:
    assert graphkit("-w", work, "findings").code == 2
    (work).mkdir()
    (work / "graphkit.toml").write_text("", "utf-8")
    for command in ("findings", "status", "rejects"):
        done = graphkit("-w", work, command)
        assert done.code == 6
        assert " load " in done.err


def test_a_store_that_another_process_holds_is_waited_for_and_then_named(
    graphkit: Run, loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(EmbeddedStore.__init__.__kwdefaults__, "wait", 0.3)
    code = f"import duckdb; c=duckdb.connect({str(loaded / 'graph.duckdb')!r}); print(1); input()"
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-uc", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        done = graphkit("-w", loaded, "findings")
        holder.kill()
    assert done.code == 3
    assert str(holder.pid) in done.err


def test_a_newer_store_is_refused(graphkit: Run, loaded: Path) -> None:
    with duckdb.connect(str(loaded / "graph.duckdb")) as store:
        store.execute("UPDATE \"Meta\" SET value = '99' WHERE id = 'schema_version'")
    done = graphkit("-w", loaded, "status")
    assert done.code == 3
    assert "pip install" in done.err


def test_what_is_no_store_is_left_alone(graphkit: Run, loaded: Path) -> None:
    (loaded / "graph.duckdb").write_text("Dear diary", "utf-8")
    assert graphkit("-w", loaded, "status").code == 1
    assert (loaded / "graph.duckdb").read_text("utf-8") == "Dear diary"


def test_a_folder_that_cannot_be_made_is_named(
    graphkit: Run, all_exports: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    for folder in (tmp_path / "file" / "work", tmp_path / ("long" * 100)):
        done = graphkit("-w", folder, "load", all_exports / "erp_quotes.csv")
        assert done.code == 1
        assert "cannot make a workspace here" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size")
def test_a_full_disk_is_said_and_leaves_no_half_written_graph(
    graphkit: Run, all_exports: Path, loaded: Path
) -> None:
    before = frames(loaded)
    limit = (loaded / "graph.duckdb").stat().st_size + 50_000

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    inbox = [all_exports / name for name in ("mail_activity.csv", "web_visits.csv")]
    done = started("-w", loaded, "load", *inbox, preexec_fn=little_room)
    _, err = done.communicate(timeout=120)

    assert "Traceback" not in err
    if done.returncode != 0:  # what fits, fits
        assert done.returncode == 3
        assert "make room" in err
        after = frames(loaded)
        assert_same({"Invoice": before["Invoice"], "Order": before["Order"]}, after)
        assert graphkit("-w", loaded, "load", *inbox).code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_results_that_cannot_be_written_say_so(graphkit: Run, loaded: Path) -> None:
    done = graphkit("-w", loaded, "status", "-o", loaded / "no" / "folder.csv")
    assert done.code == 1
    assert "cannot be written" in done.err
    with Path("/dev/full").open("w") as full:
        code = "from graphkit.cli import main; main()"
        left = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", code, "-w", str(loaded), "status"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        )
    assert left.returncode == 1
    assert left.stderr.strip() == "graphkit: No space left on device."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[shp]\n", "Did you mean 'shop'"),
        ("[shop]\ncurency = 'EUR'\n", "Did you mean 'currency'"),
        ("[shop\n", "not TOML"),
        ("[shop]\ncurrency = 3\n", "a text"),
        ("[capacities]\nMilling = 640\n", "Did you mean 'capacity'"),
        ("[capacity]\nMilling = 640\n", "No process 'Milling'. Did you mean 'CNC Milling'"),
        ("[analysis]\nslowdown = 3\n", "a section of options"),
        ("[analysis.slowdwn]\nwindow = 3\n", "Did you mean 'slowdown'"),
        ("[analysis.slowdown]\nnonsense = 3\n", "nonsense"),
    ],
)
def test_a_wrong_setting_is_named(graphkit: Run, loaded: Path, text: str, said: str) -> None:
    (loaded / "graphkit.toml").write_text(text, "utf-8")
    done = graphkit("-w", loaded, "findings")
    assert done.code == 2
    assert said in done.err
    assert "graphkit.toml" in done.err


# --- what was typed ---


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["findings", "--as-of", "1990-01-01"], "the first day in the exports is"),
        (["findings", "--as-of", "9999-12-31"], "has not come yet"),
        (["findings", "--as-of", "yesterday"], "a day looks like 2025-12-31"),
        (["findings", "--kind", "slowing-custmer"], "Did you mean 'slowing-customer'"),
        (["finding"], "Did you mean findings"),
        (["findings", "--jsn"], "--json"),
        (["load", "nowhere"], "does not exist"),
        (["companies", "why", "Nobody At All", "Nobody Else"], "No company 'Nobody At All'"),
    ],
)
def test_what_is_typed_wrong_is_answered_with_what_would_be_right(
    graphkit: Run, loaded: Path, typed: list[str], said: str
) -> None:
    done = graphkit("-w", loaded, *typed)
    assert done.code == 2
    assert said in done.err


def test_a_misspelt_company_gets_the_nearest_name(graphkit: Run, loaded: Path) -> None:
    names = frames(loaded)["Company"]["name"]
    done = graphkit("-w", loaded, "companies", "why", names[0] + "x", names[1])
    assert done.code == 2
    assert f"'{names[0]}'" in done.err
