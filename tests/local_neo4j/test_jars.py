"""Program files: damaged ones are mended, and two processes at once do no harm."""

import os
import subprocess
import sys
from functools import partial

import pytest
from jgo import maven

from graphkit.errors import GraphkitError, UsageError
from graphkit.local_neo4j import fetch, jars, lockfile


@pytest.fixture
def copy_of_cache(neo4j_server, tmp_path):
    """A folder with every program file, linked from the cache which the server runs from."""
    del neo4j_server
    for jar in lockfile.locked():
        os.link(jars.cache_folder() / jar.file_name, tmp_path / jar.file_name)
    return tmp_path


def broken_off(content):
    return content[: len(content) // 2]


def with_a_bit_turned(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def damage(folder, jar, harm):
    """Other bytes in place of the file (which is a link, so it is replaced, not written)."""
    content = (folder / jar.file_name).read_bytes()
    (folder / jar.file_name).unlink()
    (folder / jar.file_name).write_bytes(harm(content))


def fetch_in_another_shell(folder, **options):
    program = (
        "import pathlib, sys; from graphkit.local_neo4j import jars; "
        "jars.program_files(print, folder=pathlib.Path(sys.argv[1]))"
    )
    return subprocess.Popen([sys.executable, "-c", program, str(folder)], **options)  # noqa: S603


def without_maven():
    """An environment in which no program is found."""
    return os.environ | {"PATH": ""}


@pytest.mark.neo4j
@pytest.mark.parametrize("env", [None, without_maven()], ids=["maven", "jgo"])
def test_half_downloads_turned_bits_and_lost_files_are_found_and_mended(copy_of_cache, env):
    files = lockfile.locked()
    damage(copy_of_cache, files[0], broken_off)
    damage(copy_of_cache, files[1], with_a_bit_turned)
    (copy_of_cache / files[2].file_name).unlink()
    (copy_of_cache / "stranger.jar").write_bytes(b"not ours")

    assert fetch_in_another_shell(copy_of_cache, env=env).wait() == 0

    assert jars.missing(copy_of_cache, files) == []
    assert not (copy_of_cache / "stranger.jar").exists()
    assert not (copy_of_cache / "staging").exists()


@pytest.mark.neo4j
def test_a_jar_that_is_not_locked_is_never_loaded_with_those_that_are(copy_of_cache):
    (copy_of_cache / "stranger.jar").write_bytes(b"not ours")

    assert jars.program_files(print, folder=copy_of_cache) == copy_of_cache

    assert not (copy_of_cache / "stranger.jar").exists()


@pytest.mark.neo4j
def test_a_download_that_was_killed_goes_on_where_it_stopped(copy_of_cache):
    files = lockfile.locked()
    for jar in files[:12]:
        (copy_of_cache / jar.file_name).unlink()
    staging = copy_of_cache / "staging"
    with fetch_in_another_shell(copy_of_cache, env=without_maven()) as downloading:
        arrived = []
        while not arrived:
            arrived = [jar for jar in files if jar.is_in(staging)]
            assert downloading.poll() is None
        downloading.kill()
    assert len(jars.missing(copy_of_cache, files)) == 12
    before = (staging / arrived[0].file_name).stat().st_ino

    assert fetch_in_another_shell(copy_of_cache, env=without_maven()).wait() == 0

    assert jars.missing(copy_of_cache, files) == []
    assert (copy_of_cache / arrived[0].file_name).stat().st_ino == before


@pytest.fixture
def fake_maven(tmp_path, monkeypatch):
    """An `mvn` that only says what goes wrong, alone on the PATH."""
    maven = tmp_path / "bin" / "mvn"
    maven.parent.mkdir()
    maven.write_text("#!/bin/sh\necho '[ERROR] no mirror answers'\nexit 1\n", "utf-8")
    maven.chmod(0o755)
    monkeypatch.setenv("PATH", str(maven.parent))


@pytest.mark.neo4j
@pytest.mark.skipif(os.name == "nt", reason="a shell script as Maven")
def test_where_maven_fails_jgo_goes_on(copy_of_cache, fake_maven):
    del fake_maven
    said = []
    damage(copy_of_cache, lockfile.locked()[0], broken_off)

    jars.program_files(said.append, folder=copy_of_cache)

    assert jars.missing(copy_of_cache, lockfile.locked()) == []
    assert "Maven could not fetch Neo4j: [ERROR] no mirror answers; going on without it" in said
    assert said[-1] == "fetching Neo4j: 1 of 1 files"


@pytest.mark.skipif(os.name == "nt", reason="a shell script as Maven")
def test_where_maven_fails_and_there_is_nothing_else_it_says_why(tmp_path, fake_maven, monkeypatch):
    del fake_maven
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)

    with pytest.raises(GraphkitError, match="no mirror answers"):
        jars.program_files(print, folder=tmp_path / "cache")


@pytest.mark.neo4j
def test_two_processes_that_fetch_at_once_end_with_whole_files(copy_of_cache):
    files = lockfile.locked()
    for jar in files[:3]:
        damage(copy_of_cache, jar, broken_off)
    running = [fetch_in_another_shell(copy_of_cache) for _ in range(2)]

    assert [process.wait() for process in running] == [0, 0]
    assert jars.missing(copy_of_cache, files) == []


def test_a_file_with_other_bytes_than_the_locked_ones_never_takes_its_place(tmp_path):
    expected = lockfile.parse("org.example:thing:1.0", "0" * 64)
    (tmp_path / "staging").mkdir()
    (tmp_path / "staging" / "thing-1.0.jar").write_bytes(b"something else")

    with pytest.raises(GraphkitError, match=r"did not arrive as locked: thing-1\.0\.jar"):
        jars.take([expected], tmp_path / "staging", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_jgo_and_maven_the_error_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    monkeypatch.setenv("PATH", "")

    with pytest.raises(UsageError, match=r"pip install 'graphkit-crm\[neo4j\]'"):
        jars.program_files(print, folder=tmp_path / "cache")


def test_a_file_that_cannot_be_fetched_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(maven, "MavenContext", partial(maven.MavenContext, offline=True))
    unknown = lockfile.parse("org.neo4j:there-is-no-such-artifact:1.0", "0" * 64)

    with pytest.raises(GraphkitError, match=r"Could not fetch there-is-no-such-artifact-1\.0\.jar"):
        fetch.by_jgo(lockfile.SERVER, [unknown], tmp_path, print)


def test_the_lock_names_neo4j_browser_and_only_full_checksums():
    files = lockfile.locked()

    names = {f"{jar.group}:{jar.artifact}:{jar.version}" for jar in files}
    assert names >= set(lockfile.SERVER.roots)
    assert len({jar.file_name for jar in files}) == len(files)
    assert all(len(jar.sha256) == 64 for jar in files)
