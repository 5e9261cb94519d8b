"""Plugins of a server: a folder with the chosen ones, and with what a user put there."""

import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from graphkit.local_neo4j.jars import program_files
from graphkit.local_neo4j.lockfile import PLUGINS, locked
from graphkit.local_neo4j.logs import lines
from graphkit.local_neo4j.settings import State

_PLACED = "placed-by-graphkit.txt"
"""Names of the files that may be removed again."""


def place_plugins(home: Path, state: State, say: Callable[[str], None]) -> Path:
    """Give a server the plugins that were chosen, no others of ours, and leave alone a user's own.

    Args:
        home: The server's folder.
        state: Says which are chosen.
        say: Called with lines of progress.

    Returns:
        The folder of its plugins.
    """
    folder = home / "plugins"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {
        jar.file_name: (jar, program_files(say, bundle=PLUGINS[name]))
        for name in state.plugins
        for jar in locked(PLUGINS[name])
    }
    list_of_ours = folder / _PLACED
    placed = list_of_ours.read_text("utf-8").splitlines() if list_of_ours.exists() else []
    for name in set(placed) - set(wanted):
        (folder / name).unlink(missing_ok=True)
    list_of_ours.write_text("".join(f"{name}\n" for name in sorted(wanted)), "utf-8")
    for name, (jar, source) in wanted.items():
        if not jar.is_in(folder):
            (folder / name).unlink(missing_ok=True)
            _link(source / name, folder / name)
    return folder


def _link(source: Path, target: Path) -> None:
    """The same file under another name; a copy where the file system has no such names."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def blamed(home: Path) -> list[Path]:
    """Plugins that keep a server from starting: they are damaged, or its log names them.

    Args:
        home: The server's folder.
    """
    said = "\n".join(lines(home))
    jars = sorted((home / "plugins").glob("*.jar"))
    return [jar for jar in jars if not zipfile.is_zipfile(jar) or jar.name in said]
