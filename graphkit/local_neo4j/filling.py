"""Fill a server that has no graph yet with files, far quicker than over Bolt."""

import shutil
from collections.abc import Callable
from pathlib import Path

from graphkit.errors import GraphkitError, UsageError
from graphkit.local_neo4j import settings
from graphkit.local_neo4j.exclusive import only_one
from graphkit.local_neo4j.jars import program_files
from graphkit.local_neo4j.java import find_java
from graphkit.local_neo4j.reach import START_LIMIT
from graphkit.local_neo4j.settings import read_state
from graphkit.local_neo4j.start import administer, prepare_password

HEAP = "1g"
DATABASE = "neo4j"
"""The one database that the community edition has."""


def fill(
    home: Path, folder: Path, arguments: str, *, say: Callable[[str], None] = lambda _: None
) -> str:
    """Run `neo4j-admin database import full` for the server of `home`, which must not run.

    Args:
        home: The server's folder; made when it is not there.
        folder: The folder with the files.
        arguments: Name of the file in it that lists the arguments of the import.
        say: Called with lines of progress.

    Returns:
        Where a new password was kept, in words; empty when there was one.

    Raises:
        UsageError: The server runs, or has a graph already.
        GraphkitError: Neo4j could not import the files; with its own reason.
    """
    home = home.resolve()
    with only_one(home, seconds=START_LIMIT):
        state = read_state(home) or settings.new_state()
        if state.is_running:
            raise UsageError(
                "Neo4j is running, and files are imported before it starts.",
                next_step="graphkit neo4j down, then the same again",
            )
        begun = home / settings.IMPORT_BEGUN  # stays when an import is cut short
        if (home / "data" / "databases" / DATABASE).exists() and not begun.exists():
            raise UsageError(
                "this Neo4j has a graph already, or was started without one.",
                where=str(home),
                next_step="graphkit neo4j up, then graphkit neo4j push, which copies what changed",
            )
        jars = program_files(say)
        java = find_java()
        kept_in = prepare_password(home, state, java, jars)
        begun.touch()
        say("importing")
        answer = administer(
            home,
            java,
            jars,
            "database",
            "import",
            "full",
            f"@{arguments}",
            DATABASE,
            "--overwrite-destination=true",
            f"--report-file={home / 'import.report'}",
            "--verbose",  # or it does not say why it fails
            heap=HEAP,
            folder=folder,
        )
        if answer.returncode:
            for kind in ("databases", "transactions"):  # half of a graph is none
                shutil.rmtree(home / "data" / kind / DATABASE, ignore_errors=True)
            begun.unlink()
            raise GraphkitError(
                f"Neo4j did not import it: {_reason(answer.stderr)}",
                where=str(folder),
                next_step="graphkit neo4j export FOLDER anew, then graphkit neo4j import FOLDER",
            )
        begun.unlink()
    return kept_in


def _reason(said: str) -> str:
    """The innermost cause in what a failed import said, without the classes of its errors."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    causes = [line for line in lines if line.startswith("Caused by")]
    reason: str = (causes or lines or ["it did not say why"])[-1]
    return reason.rpartition("Exception: ")[2]
