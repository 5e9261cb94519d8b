"""Without spaCy every command that it concerns says that texts are unread, and none claims else."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from graphkit.cli import cli
from tests.command_line import Run, bare

INSTALL = 'pip install "graphkit-crm[nlp]", then graphkit rebuild'
ORDERS = ("erp_order_lines.csv", "crm_companies.csv", "mail_campaigns.csv")


@pytest.fixture(scope="module")
def loaded_plain(all_exports: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A workspace whose notes were loaded without spaCy, and what the load said."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "in").mkdir()
    for name in (*ORDERS, "sales_notes.csv"):
        shutil.copy(all_exports / name, folder / "in")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nlp.model.spacy_is_installed", lambda: False)
        words = ["-w", str(folder / "work"), "load", str(folder / "in")]
        done = CliRunner().invoke(cli, words, catch_exceptions=False)
    return folder / "work", done.stderr


@pytest.fixture
def plain(
    loaded_plain: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, str]:
    """A copy of it, where spaCy is still not there."""
    work, said = loaded_plain
    monkeypatch.setattr("nlp.model.spacy_is_installed", lambda: False)
    return Path(shutil.copytree(work, tmp_path / "work")), said


def test_a_plain_load_says_once_what_stays_unread_and_never_that_it_reads_it(
    plain: tuple[Path, str],
) -> None:
    _, said = plain
    assert len(re.findall("unread", said)) == 1
    assert INSTALL in bare(said)
    assert not re.search(r"reading [0-9,]+ texts", said)


@pytest.mark.parametrize(
    "command", [("findings",), ("clusters",), ("slowdown",), ("report", "cluster"), ("map",)]
)
def test_each_command_that_texts_concern_warns_in_one_line(
    graphkit: Run, plain: tuple[Path, str], command: tuple[str, ...]
) -> None:
    work, _ = plain
    (line,) = [one for one in graphkit("-w", work, *command).err.splitlines() if "unread" in one]
    assert re.match(r"[0-9,]+ texts are unread \(notes, posts, projects, notes of orders\)", line)
    assert INSTALL in bare(line)


@pytest.mark.parametrize("command", ["findings", "clusters", "slowdown"])
def test_the_json_envelope_carries_the_warning(
    graphkit: Run, plain: tuple[Path, str], command: str
) -> None:
    work, _ = plain
    warnings = json.loads(graphkit("-w", work, command, "--json").out)["warnings"]
    assert sum("unread" in one for one in warnings) == 1


def test_status_says_partly_where_texts_would_add_to_the_answer(
    graphkit: Run, plain: tuple[Path, str]
) -> None:
    work, _ = plain
    asked = {
        one["question"]: one
        for one in json.loads(graphkit("-w", work, "status", "--json").out)["questions"]
    }
    alike = asked["Which customers are alike?"]
    assert alike["answerable"] == "partly"
    assert INSTALL in alike["would_help"]
    assert asked["Who was at which trade show?"]["answerable"] == "no"
    assert asked["Who orders smaller lots more often?"]["answerable"] == "yes"
    assert max(map(len, graphkit("-w", work, "status").out.splitlines())) <= 80


def test_once_spacy_is_there_a_rebuild_reads_them_and_the_warning_goes(
    graphkit: Run, plain: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    work, _ = plain
    monkeypatch.undo()
    monkeypatch.setattr("sys.argv", ["graphkit"])
    assert " rebuild" in graphkit("-w", work, "slowdown").err
    assert graphkit("-w", work, "rebuild").code == 0
    assert "unread" not in graphkit("-w", work, "slowdown").err
