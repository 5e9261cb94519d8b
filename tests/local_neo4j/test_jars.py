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


def damage(folder, jar):
    """Half a download in place of the file (which is a link, so it is replaced, not written)."""
    content = (folder / jar.file_name).read_bytes()
    (folder / jar.file_name).unlink()
    (folder / jar.file_name).write_bytes(content[: len(content) // 2])


def fetch_in_another_shell(folder):
    program = (
        "import pathlib, sys; from graphkit.local_neo4j import jars; "
        "jars.program_files(print, folder=pathlib.Path(sys.argv[1]))"
    )
    return subprocess.Popen([sys.executable, "-c", program, str(folder)])  # noqa: S603


@pytest.mark.neo4j
def test_half_downloads_and_lost_files_are_found_and_mended(copy_of_cache):
    files = lockfile.locked()
    damage(copy_of_cache, files[0])
    (copy_of_cache / files[1].file_name).unlink()
    (copy_of_cache / "stranger.jar").write_bytes(b"not ours")

    assert fetch_in_another_shell(copy_of_cache).wait() == 0

    assert jars.missing(copy_of_cache, files) == []
    assert not (copy_of_cache / "stranger.jar").exists()
    assert not (copy_of_cache / "staging").exists()


@pytest.mark.neo4j
def test_two_processes_that_fetch_at_once_end_with_whole_files(copy_of_cache):
    files = lockfile.locked()
    for jar in files[:3]:
        damage(copy_of_cache, jar)
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
        fetch.by_jgo([unknown], tmp_path, print)


def test_the_lock_names_neo4j_browser_and_only_full_checksums():
    files = lockfile.locked()

    names = {f"{jar.group}:{jar.artifact}:{jar.version}" for jar in files}
    assert names >= set(lockfile.ROOTS)
    assert len({jar.file_name for jar in files}) == len(files)
    assert all(len(jar.sha256) == 64 for jar in files)
