"""Loading through the real command line: what changes, what stays, and what a kill leaves."""

import dataclasses
import json
import os
import shutil
import signal
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from graphkit.cli import cli
from graphkit.schema import Invoice
from graphkit.store import open_store
from tests.command_line import TEXTS, Run, assert_same, frames, loaded, started

pytestmark = pytest.mark.slow

_NO_RUN = ("run", "loaded_at")
INVOICES = "Date,Transaction Type,Num,Name,Terms,Due Date,Amount,Open Balance\n"


def invoices(*rows: tuple[int, str, str]) -> str:
    """A QuickBooks invoice list of (number, day, customer)."""
    lines = [f"{day},Invoice,{number},{who},Net 30,{day},100.00,0.00" for number, day, who in rows]
    return INVOICES + "\n".join(lines) + "\n"


def numbers(workspace: Path) -> list[str]:
    with open_store(workspace / "graph.duckdb", read_only=True) as store:
        return sorted(store.read(Invoice, ["id"])["id"])


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "wörk 工作 space"


@dataclasses.dataclass(frozen=True)
class Small:
    """A small shop without texts: its exports, a dry run of their load, and the load.

    Its workspace is to be copied before it is changed.
    """

    exports: Path
    work: Path
    dry: Result
    real: Result


@pytest.fixture(scope="module")
def small(all_exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    folder = tmp_path_factory.mktemp("small")
    exports, work = folder / "exports", folder / "wörk 工作 space"
    shutil.copytree(all_exports, exports, ignore=shutil.ignore_patterns(*TEXTS))
    words = ["-w", str(work), "load", str(exports), "--json"]
    dry = CliRunner().invoke(cli, [*words, "--dry-run"], catch_exceptions=False)
    assert not work.exists()
    return Small(exports, work, dry, CliRunner().invoke(cli, words, catch_exceptions=False))


def test_loading_twice_changes_nothing_at_all(graphkit: Run, small: Small, work: Path) -> None:
    assert small.real.exit_code == 5  # the broken order lines
    shutil.copytree(small.work, work)
    before = frames(work)

    second = graphkit("-w", work, "load", small.exports)

    assert second.code == 0
    assert second.out.count("as before") == len(list(small.exports.iterdir()))
    assert_same(before, frames(work))


def test_every_source_of_a_whole_shop_is_loaded_and_the_same_texts_stay_read(
    graphkit: Run, all_exports: Path, work: Path
) -> None:
    graphkit("-w", work, "load", all_exports)
    before = frames(work)
    assert len(before["Mentions"])

    again = graphkit("-w", work, "load", all_exports)

    assert again.code == 0
    assert_same(before, frames(work))
    status = graphkit("-w", work, "status")
    assert "Every question can be answered." in status.out or "help most" in status.out


def test_a_changed_row_changes_one_row(graphkit: Run, tmp_path: Path, work: Path) -> None:
    path = tmp_path / "ar.csv"
    text = invoices(*[(n, f"03/{n:02}/2025", "Acme Mfg") for n in range(1, 11)])
    path.write_text(text, "utf-8")
    graphkit("-w", work, "load", path)
    before = frames(work)
    path.write_text(text.replace("03/05/2025,100.00", "03/05/2025,150.00"), "utf-8")

    graphkit("-w", work, "load", path)

    after = frames(work)
    changed = after["Invoice"][after["Invoice"]["run"] != before["Invoice"]["run"]]
    assert changed["id"].tolist() == ["quickbooks:5"]
    assert_same(before | {"Invoice": after["Invoice"], "File": after["File"]}, after)


def test_a_row_deleted_inside_the_window_leaves_and_a_dry_run_says_so_first(
    graphkit: Run, tmp_path: Path, work: Path
) -> None:
    path = tmp_path / "ar.csv"
    rows = [(n, f"03/{n:02}/2025", "Acme Mfg") for n in range(1, 11)]
    path.write_text(invoices(*rows), "utf-8")
    graphkit("-w", work, "load", path)
    path.write_text(invoices(*rows[:4], *rows[5:]), "utf-8")

    dry = graphkit("-w", work, "load", path, "--dry-run")
    assert "quickbooks.invoices: Invoice: 1 removed, no longer in the export" in dry.err
    assert len(numbers(work)) == 10
    real = graphkit("-w", work, "load", path)

    assert len(numbers(work)) == 9
    assert dry.err.splitlines() == real.err.splitlines()[:-1]  # but for what to do next


def test_a_row_that_changed_and_is_then_deleted_leaves_too(
    graphkit: Run, tmp_path: Path, work: Path
) -> None:
    rows = [(n, f"03/{n:02}/2025", "Acme Mfg") for n in range(1, 11)]
    states = (
        invoices(*rows),
        invoices(*rows).replace(
            "03/05/2025,Invoice,5,Acme Mfg,Net 30,03/05/2025,100.00",
            "03/05/2025,Invoice,5,Acme Mfg,Net 30,03/05/2025,150.00",
        ),
        invoices(*rows[:4], *rows[5:]),
    )
    for week, text in enumerate(states):
        path = tmp_path / f"ar-2025-04-{week + 10}.csv"
        path.write_text(text, "utf-8")
        assert graphkit("-w", work, "load", path).code == 0

    assert len(numbers(work)) == 9


def test_an_export_of_march_never_deletes_february(
    graphkit: Run, tmp_path: Path, work: Path
) -> None:
    path = tmp_path / "ar.csv"
    both = [(n, f"{2 + n % 2:02}/1{n % 10}/2025", "Acme Mfg") for n in range(20)]
    path.write_text(invoices(*both), "utf-8")
    graphkit("-w", work, "load", path)
    path.write_text(invoices(*[row for row in both if row[1].startswith("03")]), "utf-8")

    graphkit("-w", work, "load", path)

    assert len(numbers(work)) == 20


def test_two_halves_loaded_one_after_another_both_stay(
    graphkit: Run, all_exports: Path, tmp_path: Path
) -> None:
    for part, rows in (("a", slice(0, None, 2)), ("b", slice(1, None, 2)), ("whole", slice(None))):
        (tmp_path / part).mkdir()
        for name in ("erp_order_lines.csv", "qb_invoices.csv", "mail_activity.csv"):
            cells = pd.read_csv(all_exports / name, dtype=str, keep_default_na=False)
            cells = cells.drop_duplicates()[rows]
            cells.to_csv(tmp_path / part / f"{part}_{name}", index=False)

    graphkit("-w", tmp_path / "one", "load", tmp_path / "whole")
    graphkit("-w", tmp_path / "two", "load", tmp_path / "a")
    graphkit("-w", tmp_path / "two", "load", tmp_path / "b")

    apart, together = frames(tmp_path / "two"), frames(tmp_path / "one")
    for kind in ("OrderLine", "Order", "Invoice", "Opened", "Clicked"):
        assert len(together[kind]), kind
        assert list(apart[kind]["id"]) == list(together[kind]["id"]), kind


def test_a_filtered_export_removes_nothing(graphkit: Run, tmp_path: Path, work: Path) -> None:
    path = tmp_path / "ar.csv"
    names = ["Acme Mfg", "Bolt Works", "Cog Company", "Dowel Brothers"]
    rows = [(n, f"03/{n % 28 + 1:02}/2025", names[n % 4]) for n in range(40)]
    path.write_text(invoices(*rows), "utf-8")
    graphkit("-w", work, "load", path)
    path.write_text(invoices(*[row for row in rows if row[2] == "Acme Mfg"]), "utf-8")

    graphkit("-w", work, "load", path)

    assert len(numbers(work)) == 40


def test_two_plants_with_the_same_invoice_numbers_stay_two(
    graphkit: Run, tmp_path: Path, work: Path
) -> None:
    path = tmp_path / "ar.csv"
    path.write_text(invoices((1001, "03/05/2025", "Acme Mfg")), "utf-8")

    graphkit("-w", work, "load", path, "--as", "north")
    graphkit("-w", work, "load", path, "--as", "south")

    assert numbers(work) == ["north:1001", "south:1001"]


def test_a_corrected_row_is_rejected_no_more(graphkit: Run, tmp_path: Path, work: Path) -> None:
    path = tmp_path / "ar.csv"
    good = invoices((1, "03/05/2025", "Acme"), (2, "03/06/2025", "Acme"), (3, "03/07/2025", "Acme"))
    path.write_text(good.replace("03/06/2025,Invoice", "03/66/2025,Invoice"), "utf-8")
    assert graphkit("-w", work, "load", path).code == 5
    rejected = json.loads(graphkit("-w", work, "rejects", "--json").out)["data"]
    assert [(one["file"], one["row"], one["column"]) for one in rejected] == [("ar.csv", 3, "Date")]
    path.write_text(good, "utf-8")

    assert graphkit("-w", work, "load", path).code == 0

    assert json.loads(graphkit("-w", work, "rejects", "--json").out)["data"] == []
    status = json.loads(graphkit("-w", work, "status", "--json").out)["data"]
    assert [(one["file"], one["loaded"]) for one in status] == [("ar.csv", 3)]


def test_a_dry_run_writes_nothing_and_counts_as_the_load_does(small: Small) -> None:
    """That it writes nothing is seen before the load."""
    assert small.dry.exit_code == small.real.exit_code == 5
    assert json.loads(small.dry.stdout) == json.loads(small.real.stdout)
    changes = json.loads(small.real.stdout)["changes"]["erp.orders"]
    assert changes["OrderLine"]["added"] > changes["OrderLine"]["changed"] == 0


def test_one_line_a_file_is_said_while_loading(graphkit: Run, small: Small, work: Path) -> None:
    lines = small.real.stderr.splitlines()
    for path in small.exports.iterdir():
        assert sum(line.startswith(f"{path.name}: ") for line in lines) == 1
    assert not graphkit("-w", work, "load", small.exports / "erp_quotes.csv", "-q").err


@pytest.fixture(scope="module")
def uninterrupted(
    all_exports: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, pd.DataFrame]]:
    """Exports without texts, and what an uninterrupted load makes of them."""
    folder = tmp_path_factory.mktemp("uninterrupted")
    kept = ("erp_order_lines.csv", "qb_invoices.csv", "qb_payments.csv", "crm_companies.csv")
    for name in (*kept, "mail_activity.csv", "mail_campaigns.csv"):
        (folder / "in").mkdir(exist_ok=True)
        shutil.copy(all_exports / name, folder / "in" / name)
    work = loaded(folder / "work", folder / "in")
    return folder / "in", frames(work, without=_NO_RUN)


def _stopped_after(line: str, how: int, *arguments: object) -> int:
    """Start a load, and stop it as soon as it says that a file is in."""
    process = started(*arguments)
    assert process.stderr is not None
    for said in process.stderr:
        if said.startswith(line):
            break
    os.kill(process.pid, how)
    process.communicate(timeout=60)
    return process.returncode


@pytest.mark.parametrize("line", ["made a workspace", "erp_order_lines.csv", "qb_payments.csv"])
def test_a_killed_load_is_finished_by_the_next_one(
    graphkit: Run,
    uninterrupted: tuple[Path, dict[str, pd.DataFrame]],
    tmp_path: Path,
    line: str,
) -> None:
    exports, wanted = uninterrupted
    work = tmp_path / "work"
    code = _stopped_after(line, signal.SIGKILL, "-w", work, "load", exports)
    assert code == -signal.SIGKILL
    if line != "made a workspace":
        refused = graphkit("-w", work, "findings")
        assert refused.code == 2
        assert " load with the same exports" in refused.err
        assert "did not finish" in graphkit("-w", work, "status").err

    finished = graphkit("-w", work, "load", exports)

    assert finished.code in (0, 5)
    assert_same(wanted, frames(work, without=_NO_RUN))
    assert "did not finish" not in graphkit("-w", work, "status").err


def test_ctrl_c_says_so_and_exits_with_130(
    graphkit: Run, uninterrupted: tuple[Path, dict[str, pd.DataFrame]], tmp_path: Path
) -> None:
    exports, wanted = uninterrupted
    work = tmp_path / "work"
    code = _stopped_after("erp_order_lines.csv", signal.SIGINT, "-w", work, "load", exports)
    assert code == 130

    graphkit("-w", work, "load", exports)

    assert_same(wanted, frames(work, without=_NO_RUN))


def test_texts_that_a_kill_left_unread_are_read_by_the_next_load(
    graphkit: Run, all_exports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = (all_exports / "sales_notes.csv").read_text("utf-8").splitlines(keepends=True)
    early, late = tmp_path / "early.csv", tmp_path / "late.csv"
    early.write_text("".join(notes[:10]), "utf-8")
    late.write_text("".join([notes[0], *notes[10:20]]), "utf-8")
    graphkit("-w", tmp_path / "whole", "load", early)
    shutil.copytree(tmp_path / "whole", tmp_path / "cut")
    graphkit("-w", tmp_path / "whole", "load", late)

    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("graphkit.pipeline.derive.read_texts", cut)
        assert graphkit("-w", tmp_path / "cut", "load", late).code == 130
    graphkit("-w", tmp_path / "cut", "load", late)

    wanted = frames(tmp_path / "whole", without=_NO_RUN)
    assert_same(wanted, frames(tmp_path / "cut", without=_NO_RUN))
    assert len(wanted["Mentions"])


def test_what_a_deleted_note_said_leaves_with_it(
    graphkit: Run, all_exports: Path, tmp_path: Path, work: Path
) -> None:
    path = tmp_path / "notes.csv"
    lines = (all_exports / "sales_notes.csv").read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:16]), "utf-8")
    graphkit("-w", work, "load", path)
    notes = frames(work)["Note"]
    inner = notes.sort_values("written_on").iloc[len(notes) // 2]
    kept = [line for at, line in enumerate(lines[:16], start=1) if at != inner["row"]]
    path.write_text("".join(kept), "utf-8")

    graphkit("-w", work, "load", path)

    after = frames(work)
    assert inner["id"] not in set(after["Note"]["id"])
    assert inner["id"] not in set(after["Mentions"]["from_id"])
