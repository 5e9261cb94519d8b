"""Write `jars.lock` anew after a change of version: `python -m graphkit.local_neo4j.relock`.

For maintainers; needs Maven. What Maven resolves is written down with its checksums, sorted.
"""

import hashlib
import shutil
import tempfile
from pathlib import Path

from graphkit.errors import UsageError
from graphkit.local_neo4j import fetch
from graphkit.local_neo4j.lockfile import ROOTS

LOCK = Path(__file__).with_name("jars.lock")


def resolved(folder: Path) -> list[str]:
    """Lines of the lock file for what Maven resolves today.

    Args:
        folder: An empty folder to work in.
    """
    maven = shutil.which("mvn")
    if maven is None:
        raise UsageError("Relocking needs Maven.", next_step="install Maven")
    goal = "list -DoutputFile=list.txt -DoutputAbsoluteArtifactFilename=true"
    fetch.by_maven(maven, ROOTS, folder, print, goal=goal)
    lines = []
    for line in (folder / "list.txt").read_text("utf-8").splitlines():
        if ":jar:" not in line:
            continue
        # group:artifact:jar[:classifier]:version:scope:path; a path on Windows has a colon too.
        name, path = (
            line.strip().split(" ")[0].split(":compile:" if ":compile:" in line else ":runtime:")
        )
        group, artifact, _, *classifier, version = name.split(":")
        with Path(path).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        lines.append(f"{digest}  {':'.join([group, artifact, version, *classifier])}")
    return sorted(lines, key=lambda text: text.split()[1])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        rows = resolved(Path(temporary))
    head = [f"# {' and '.join(ROOTS)}, with all they need; written by relock.py."]
    LOCK.write_text("\n".join([*head, *rows, ""]), "utf-8")
