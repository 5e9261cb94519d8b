"""Neo4j's program files: exactly the locked ones, fetched once for all workspaces.

A lock lists every file with its SHA-256, so that whoever fetches them, and however often that is
broken off, it ends with the bytes that were tested. `relock.py` writes these lists.
"""

import importlib.util
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import platformdirs

from graphkit.errors import GraphkitError, UsageError
from graphkit.local_neo4j import fetch
from graphkit.local_neo4j.exclusive import only_one
from graphkit.local_neo4j.lockfile import NEO4J, SERVER, Bundle, Jar, locked

SLOWEST_DOWNLOAD = 1800.0
"""Seconds for which a second process waits for the first one's download."""


def cache_folder(bundle: Bundle = SERVER) -> Path:
    """Where the user's graphkit keeps the files of a bundle, for all workspaces."""
    cache = platformdirs.user_cache_path("graphkit", appauthor=False) / "neo4j"
    return cache / (NEO4J if bundle == SERVER else f"{bundle.name}-{bundle.version}")


def missing(folder: Path, jars: Sequence[Jar]) -> list[Jar]:
    """The files that `folder` lacks or has damaged."""
    return [jar for jar in jars if not jar.is_in(folder)]


def program_files(
    say: Callable[[str], None], *, bundle: Bundle = SERVER, folder: Path | None = None
) -> Path:
    """A folder with exactly the program files of a bundle; fetches what is not there.

    What was fetched is checked before it takes its place, so that a broken or half download is
    never started; a damaged file in the cache is fetched again. Two processes at once: the second
    waits, then finds everything there.

    Args:
        say: Called with a line of progress now and then.
        bundle: Neo4j with its Browser, or a plugin.
        folder: Instead of the user's cache folder.

    Raises:
        UsageError: When neither Maven nor jgo is there to fetch with.
        GraphkitError: When a file could not be had, or came with other bytes than the locked ones.
    """
    folder = folder or cache_folder(bundle)
    jars = locked(bundle)
    if not missing(folder, jars):
        _remove_strangers(folder, jars)
        return folder
    with only_one(folder, seconds=SLOWEST_DOWNLOAD):
        lacking = missing(folder, jars)
        if lacking:
            staging = folder / "staging"
            _fetch(bundle, lacking, staging, say)
            take(lacking, staging, folder)
        _remove_strangers(folder, jars)
    return folder


def _fetch(bundle: Bundle, jars: Sequence[Jar], staging: Path, say: Callable[[str], None]) -> None:
    """Bring `jars` into `staging`.

    An installed Maven goes first: it knows the mirrors and proxies of the company, and what it
    has fetched for others. What it does not bring as locked jgo fetches, file by file.
    """
    maven, jgo = shutil.which("mvn"), importlib.util.find_spec("jgo")
    if not maven and not jgo:
        raise UsageError(
            f"{bundle.title} {bundle.version} is not on this machine yet, and nothing is here to "
            "fetch it with.",
            next_step="pip install 'graphkit-crm[neo4j]'",
        )
    staging.mkdir(exist_ok=True)
    if maven and missing(staging, jars):
        try:
            fetch.by_maven(maven, bundle, staging, say)
        except GraphkitError as problem:
            if not jgo:
                raise
            say(f"{problem.message}; going on without it")
    if jgo:
        fetch.by_jgo(bundle, jars, staging, say)


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
