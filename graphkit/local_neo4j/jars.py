"""Neo4j's program files: exactly the locked ones, fetched once for all workspaces.

`jars.lock` lists every file with its SHA-256, so nothing is resolved on the user's machine: a
download is a list of names, can be resumed file by file, and ends with the bytes that were
tested. `relock.py` writes that list.
"""

import importlib.util
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import platformdirs

from graphkit.errors import GraphkitError, UsageError
from graphkit.local_neo4j import fetch
from graphkit.local_neo4j.exclusive import only_one
from graphkit.local_neo4j.lockfile import NEO4J, ROOTS, Jar, locked

SLOWEST_DOWNLOAD = 1800.0
"""Seconds for which a second process waits for the first one's download."""


def cache_folder() -> Path:
    """Where the user's graphkit keeps Neo4j's program files, for all workspaces."""
    return platformdirs.user_cache_path("graphkit", appauthor=False) / "neo4j" / NEO4J


def missing(folder: Path, jars: Sequence[Jar]) -> list[Jar]:
    """The files that `folder` lacks or has damaged."""
    return [jar for jar in jars if not jar.is_in(folder)]


def program_files(say: Callable[[str], None], *, folder: Path | None = None) -> Path:
    """A folder with exactly Neo4j's and Browser's program files; fetches what is not there.

    What was fetched is checked before it takes its place, so that a broken or half download is
    never started; a damaged file in the cache is fetched again. Two processes at once: the second
    waits, then finds everything there.

    Args:
        say: Called with a line of progress now and then.
        folder: Instead of the user's cache folder.

    Raises:
        UsageError: When neither jgo nor Maven is there to fetch with.
        GraphkitError: When a file could not be had, or came with other bytes than the locked ones.
    """
    folder = folder or cache_folder()
    jars = locked()
    if not missing(folder, jars):
        return folder
    with only_one(folder, seconds=SLOWEST_DOWNLOAD):
        lacking = missing(folder, jars)
        if lacking:
            staging = folder / "staging"
            _fetch(lacking, staging, say)
            take(lacking, staging, folder)
        _remove_strangers(folder, jars)
    return folder


def _fetch(jars: Sequence[Jar], staging: Path, say: Callable[[str], None]) -> None:
    """Bring `jars` into `staging`, by jgo, which fetches single files, else by Maven."""
    staging.mkdir(exist_ok=True)
    if importlib.util.find_spec("jgo"):
        fetch.by_jgo(jars, staging, say)
    elif maven := shutil.which("mvn"):
        fetch.by_maven(maven, ROOTS, staging, say)
    else:
        raise UsageError(
            f"Neo4j {NEO4J} is not on this machine yet, and nothing is here to fetch it with.",
            next_step="pip install 'graphkit-crm[neo4j]'",
        )


def take(jars: Sequence[Jar], staging: Path, folder: Path) -> None:
    """Move what arrived with the locked bytes from `staging` into its place in `folder`.

    Raises:
        GraphkitError: When a file did not arrive so; the others are kept.
    """
    wrong = missing(staging, jars)
    for jar in jars:
        if jar not in wrong:
            (staging / jar.file_name).replace(folder / jar.file_name)
    shutil.rmtree(staging)
    if wrong:
        names = ", ".join(jar.file_name for jar in wrong[:3])
        more = f" and {len(wrong) - 3} more" if len(wrong) > len(wrong[:3]) else ""
        raise GraphkitError(
            f"Neo4j's program files did not arrive as locked: {names}{more}.",
            where=str(folder),
            next_step="run the command again; what arrived well is kept",
        )


def _remove_strangers(folder: Path, jars: Sequence[Jar]) -> None:
    """Remove jars that are not locked: Java would load them with the rest."""
    known = {jar.file_name for jar in jars}
    for path in sorted(folder.glob("*.jar")):
        if path.name not in known:
            path.unlink()
