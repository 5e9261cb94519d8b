"""What Tab offers, and what graphkit alone says: quick, read only, and never an error."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from graphkit.cli import VARIABLE, cli
from graphkit.cli.completing import SHELLS
from graphkit.cli.context import Context
from tests.terminal import environment, on_terminal

CODE = "from graphkit.cli import main; main()"


@pytest.fixture(scope="module")
def folder(small_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copied = tmp_path_factory.mktemp("completed") / "my shop"
    shutil.copytree(small_shop, copied)
    return copied


@pytest.fixture(scope="module")
def customer(folder: Path) -> str:
    """A customer whose name has several words."""
    with Context(folder).open_store() as store:
        from graphkit.schema import Company  # noqa: PLC0415 - only here

        rows = store.read(Company)
    bought = rows[rows["is_customer"].astype(bool)]["name"]
    return min(name for name in bought if " " in name)


def offered(*words: object) -> list[str]:
    """What is offered for the last word."""
    *typed, begun = map(str, words)
    shell = SHELLS["zsh"](cli, {}, "graphkit", VARIABLE)
    return [one.value for one in shell.get_completions(typed, begun)]


def test_names_of_customers_are_offered_however_they_are_spelled(folder, customer):
    assert customer in offered("-w", folder, "profile", customer[:4].lower())
    assert customer in offered("profile", "-w", folder, customer[:4])
    assert customer in offered("-w", folder, "orders", "--customer", customer[:4])
    assert customer in offered("-w", folder, "profile", customer.split()[1])
    assert offered("-w", folder, "profile", "no such name") == []


@pytest.mark.parametrize(
    "before",
    [
        ("map", "--focus"),
        ("map", "--cluster"),
        ("map", "--path"),
        ("report", "customer"),
        ("similar",),
        ("concentration",),
        ("persona",),
        ("companies", "why"),
    ],
)
def test_wherever_a_name_is_typed_names_are_offered(folder, customer, before):
    assert customer in offered("-w", folder, *before, customer[:4])


def test_industries_are_offered_where_one_is_asked_for(folder, customer):
    known = offered("-w", folder, "report", "industry", "")

    assert len(known) > 1
    assert known == offered("-w", folder, "companies", "industry", customer, "")


def test_commands_options_kinds_and_recipes_are_offered(folder, graphkit):
    told = json.loads(graphkit("-w", folder, "findings", "--json", "-q").out)["data"]

    assert offered("find") == ["findings"]
    assert offered("findings", "--br") == ["--brief"]
    assert offered("orders", "--by", "pro") == ["process"]
    assert "who-pays-late" in offered("query", "run", "who")
    assert offered("-w", folder, "findings", "--kind", "") == sorted({one["kind"] for one in told})


def test_nothing_is_said_where_there_is_no_workspace_and_no_such_command(tmp_path):
    assert offered("-w", tmp_path, "profile", "A") == []
    assert offered("-w", tmp_path / "nowhere", "profile", "A") == []
    assert offered("no-such-command", "A") == []
    (tmp_path / "graph.duckdb").write_text("no store")
    assert offered("-w", tmp_path, "profile", "A") == []


def test_names_are_offered_without_what_takes_long_to_load(folder, customer):
    done = asked(
        "import sys\ntry:\n    from graphkit.cli import main; main()\nfinally:\n"
        "    print('pandas' in sys.modules, file=sys.stderr)",
        COMP_WORDS=f"graphkit -w '{folder}' companies why {customer[:4]}",
        COMP_CWORD="5",
        **{VARIABLE: "bash_complete"},
    )

    assert f"plain,{customer}" in done.stdout
    assert done.stderr.strip() == "False"


def asked(code: str, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=environment(**more),
    )


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_puts_a_name_with_spaces_into_the_line_so_that_it_works(folder, customer, tmp_path):
    program = tmp_path / "bin" / "graphkit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{CODE}" "$@"\n')
    program.chmod(0o755)
    script = asked(CODE, "completion", "bash").stdout
    (tmp_path / "rc").write_text(f"PS1='> '\n{script}")

    begun = customer[:-2].replace(" ", "\\ ")
    shown = on_terminal(
        ["bash", "--noprofile", "--rcfile", str(tmp_path / "rc"), "-i"],
        columns=400,
        typed=f"graphkit -w '{folder}' profile {begun}\t",
        until=f"{customer.split()[-1]} ",
        more={"PATH": f"{program.parent}:{os.environ['PATH']}"},
    )

    while "\b" in shown:  # as a terminal does
        shown = re.sub("[^\b]\b", "", shown, count=1)
    assert f"profile {customer} " in shown.replace("\\", "")


def test_a_script_for_each_shell_names_the_program(graphkit, tmp_path):
    for shell in SHELLS:
        done = graphkit("completion", shell)
        assert done.code == 0
        assert VARIABLE in done.out
    kept = tmp_path / "graphkit.fish"
    assert graphkit("completion", "fish", "-o", kept).code == 0
    assert "complete --no-files --command graphkit" in kept.read_text("utf-8")
    assert "powershell" in graphkit("completion", "powershell").err


def test_graphkit_alone_says_how_to_begin_where_nothing_is(graphkit, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    told = graphkit()

    assert (told.code, told.err) == (0, "")
    assert "This folder is no workspace yet" in told.out
    assert "graphkit demo" in told.out
    assert [*tmp_path.iterdir()] == []


def test_graphkit_alone_says_where_one_is_what_was_told_and_what_next(graphkit, folder):
    graphkit("-w", folder, "findings", "-q")

    told = graphkit("-w", folder)

    assert (told.code, told.err) == (0, "")
    assert f"Workspace {folder}, as of 2026-06-30" in told.out
    assert "8 customers among" in told.out
    assert "when findings were told last" in told.out
    assert f'graphkit -w "{folder}" findings' in told.out
    assert "no longer" not in told.out


def test_graphkit_alone_needs_no_pandas_and_says_why_it_cannot_look(folder, tmp_path):
    seen = asked(
        "import sys\ntry:\n    from graphkit.cli import main; main()\nfinally:\n"
        "    print('pandas' in sys.modules, file=sys.stderr)",
        "-w",
        str(folder),
    )
    assert seen.stderr.strip() == "False"

    (tmp_path / "graphkit.toml").touch()
    empty = asked(CODE, "-w", str(tmp_path))
    (tmp_path / "graph.duckdb").write_text("no store")
    damaged = asked(CODE, "-w", str(tmp_path))

    assert (empty.returncode, damaged.returncode) == (0, 0)
    assert "nothing is loaded yet" in empty.stdout
    assert "is not a graphkit store" in damaged.stdout
    assert "Traceback" not in damaged.stderr


def test_graphkit_alone_names_exports_that_stopped(folder, tmp_path, graphkit):
    import duckdb  # noqa: PLC0415 - only here

    copied = tmp_path / "work"
    shutil.copytree(folder, copied)
    with duckdb.connect(str(copied / "graph.duckdb")) as store:
        store.execute("UPDATE \"File\" SET last_on = DATE '2026-01-31' WHERE path LIKE '%quotes%'")

    told = graphkit("-w", copied).out

    assert "erp_quotes.csv ends on 2026-01-31: older than the other exports" in told
    assert "load EXPORTS" in told


def test_a_word_of_a_long_name_is_enough_for_a_suggestion(graphkit, folder, customer):
    word = max(customer.split(), key=len)
    for words in (("profile",), ("similar",), ("persona",), ("paths",), ("concentration",)):
        done = graphkit("-w", folder, *words, word[:-1] + "x")
        assert done.code == 2
        assert f"'{customer}'" in done.err, words
