"""One workspace's server, from up to down, on a real Neo4j."""

import dataclasses
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import ClientError

from graphkit import local_neo4j, passwords
from graphkit.errors import AccessRefusedError, StoreUnreachableError, UsageError
from graphkit.local_neo4j import logs, reach, settings
from graphkit.local_neo4j import process as process_module
from graphkit.local_neo4j.process import Process
from graphkit.local_neo4j.reach import wait_until_it_answers

pytestmark = pytest.mark.neo4j

UP = "import sys, pathlib; from graphkit import local_neo4j as l; l.up(pathlib.Path(sys.argv[1]))"
DOWN = UP.replace("l.up(", "l.down(")


def in_another_shell(program: str, home: Path, profile: Path) -> None:
    """Run a line of Python as another command would, with passwords in `profile`."""
    patched = f"import platformdirs, pathlib; p = pathlib.Path({str(profile)!r}); "
    patched += "platformdirs.user_data_path = lambda *a, **k: p; "
    subprocess.run([sys.executable, "-c", patched + program, str(home)], check=True)  # noqa: S603


def node_count(reached: local_neo4j.Connection) -> int:
    with GraphDatabase.driver(reached.uri, auth=(reached.user, reached.password)) as driver:
        found = driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"]
        return int(found)


def certificate_in(folder: Path) -> None:
    """A certificate of this machine's own making."""
    folder.mkdir(parents=True)
    words = "req -x509 -newkey rsa:2048 -nodes -keyout private.key -out public.crt -days 2"
    command = ["openssl", *words.split(), "-subj", "/CN=127.0.0.1"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603


def killed(home: Path) -> settings.State:
    """What is remembered of a server after its process was killed."""
    state = settings.read_state(home)
    assert state is not None
    assert state.process is not None
    os.kill(state.process.pid, signal.SIGKILL)
    assert state.process.end(seconds=30)
    return state


def test_a_server_outlives_its_command_survives_a_kill_and_is_ended_from_another_shell(
    tmp_path, neo4j_server, private_passwords
):
    del private_passwords
    home = tmp_path / "a shop" / "neo4j"
    profile = passwords.file_of("x").parent.parent
    in_another_shell(UP, home, profile)

    first = local_neo4j.connection(home)
    assert first is not None
    assert first.uri != neo4j_server.uri
    with GraphDatabase.driver(first.uri, auth=(first.user, first.password)) as driver:
        driver.execute_query("CREATE (:Company {id: 'a'}), (:Company {id: 'b'})")
    found = local_neo4j.status(home)
    assert found.running
    assert (found.version, found.nodes, found.relationships) == ("5.26.30", 2, 0)
    assert (found.last_push, found.plugins) == (None, ())
    with pytest.raises(UsageError, match="runs already, with other settings"):
        local_neo4j.up(home, memory="600m")

    state = killed(home)
    assert not local_neo4j.status(home).running
    taken = int(neo4j_server.uri.rpartition(":")[2])
    settings.write_state(home, dataclasses.replace(state, bolt_port=taken))
    certificate_in(home / settings.CERTIFICATES)
    said: list[str] = []
    again = local_neo4j.up(home, memory="600m", listen="0.0.0.0", say=said.append)  # noqa: S104
    assert node_count(again) == 2
    assert node_count(dataclasses.replace(again, uri=again.uri.replace("bolt", "neo4j+ssc"))) == 2
    assert again.password == first.password
    assert f"another Neo4j answers on {taken}, which is left alone" in said[0]
    assert "can try passwords" in said[1]
    assert "-Xmx600m" in Path(f"/proc/{local_neo4j.status(home).pid}/cmdline").read_text("utf-8")
    later = settings.read_state(home)
    assert later is not None
    assert (later.memory, later.listen, later.chosen()) == ("600m", "0.0.0.0", later)  # noqa: S104

    in_another_shell(DOWN, home, profile)
    assert not local_neo4j.status(home).running
    assert not settings.is_free(taken)
    assert logs.lines(home)[-1].endswith("Stopped.")
    assert local_neo4j.down(home) is False


def test_a_neo4j_is_told_from_another_program_by_its_greeting(neo4j_server, monkeypatch):
    monkeypatch.setattr(reach, "GREETING_LIMIT", 0.5)
    bolt = int(neo4j_server.uri.rpartition(":")[2])
    http = int(neo4j_server.browser.split("/")[2].rpartition(":")[2])

    assert reach.speaks_bolt(settings.LOOPBACK, bolt)
    assert not reach.speaks_bolt(settings.LOOPBACK, http)
    with socket.create_server((settings.LOOPBACK, 0)) as silent:
        assert not reach.speaks_bolt(settings.LOOPBACK, silent.getsockname()[1])
    assert not reach.speaks_bolt(settings.LOOPBACK, settings.free_port(9))


def test_a_query_reads_no_file_of_this_machine(neo4j_server):
    auth = (neo4j_server.user, neo4j_server.password)
    with (
        GraphDatabase.driver(neo4j_server.uri, auth=auth) as driver,
        pytest.raises(ClientError, match="allow_csv_import_from_file_urls"),
    ):
        driver.execute_query("LOAD CSV FROM 'file:///etc/hosts' AS row RETURN row")


def test_another_neo4j_that_took_the_port_in_the_last_moment_is_not_asked(tmp_path, neo4j_server):
    logs = tmp_path / "logs"
    logs.mkdir()
    bolt, http = (
        int(one.partition("/browser")[0].rpartition(":")[2])
        for one in (neo4j_server.uri, neo4j_server.browser)
    )
    taken = "Address localhost:7687 is already in use, cannot bind to it."
    # Ours starts, while the other one answers at its port and would refuse its password.
    program = "import sys, time; time.sleep(2); open(sys.argv[1], 'w').write(sys.argv[2])"
    command = [sys.executable, "-c", program, str(logs / "neo4j.log"), taken]
    starting = process_module.start_detached(command, logs / "console.log")
    state = settings.State("nobody", bolt_port=bolt, http_port=http, process=starting)

    with pytest.raises(StoreUnreachableError, match="already in use"):
        wait_until_it_answers(tmp_path, state, starting=True)


def test_a_second_up_finds_the_running_server(neo4j_server, tmp_path_factory):
    home = next(tmp_path_factory.getbasetemp().glob("server*")) / "neo4j"

    assert local_neo4j.up(home).uri == neo4j_server.uri


def test_browser_answers_on_loopback(neo4j_server):
    page, _, query = neo4j_server.browser.partition("?")

    with urllib.request.urlopen(page) as answer:  # noqa: S310
        assert b"Neo4j Browser" in answer.read()
    assert query == f"dbms={neo4j_server.uri}"


def test_a_password_changed_elsewhere_is_refused_access_and_says_so(
    neo4j_server, tmp_path_factory, monkeypatch
):
    home = next(tmp_path_factory.getbasetemp().glob("server*")) / "neo4j"
    monkeypatch.setattr(passwords, "recall", lambda _server: "not-the-password")

    with pytest.raises(AccessRefusedError, match="refuses the password"):
        local_neo4j.status(home)
    assert neo4j_server.password != passwords.recall("any")


def test_a_server_that_cannot_start_says_why_in_java_s_own_words(tmp_path, private_passwords):
    del private_passwords

    with pytest.raises(StoreUnreachableError, match="Too small maximum heap"):
        local_neo4j.up(tmp_path / "neo4j", memory="1k")

    kept = settings.read_state(tmp_path / "neo4j")
    assert kept is not None
    assert kept.memory == settings.HEAP  # what does not start is not chosen for later


def test_a_process_number_that_now_belongs_to_another_program_is_never_signalled(tmp_path):
    home = tmp_path / "neo4j"
    home.mkdir()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        stale = settings.State("gone", process=Process(stranger.pid, "started some other day"))
        settings.write_state(home, stale)

        assert local_neo4j.status(home).running is False
        assert local_neo4j.down(home) is False
        assert stranger.poll() is None
        stranger.communicate(b"\n")
    state = settings.read_state(home)
    assert state is not None
    assert state.process is None
