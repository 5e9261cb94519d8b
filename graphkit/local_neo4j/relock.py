"""Write the lock files anew after a change of version: `python -m graphkit.local_neo4j.relock`.

For maintainers; needs Maven. What Maven resolves is written down with its checksums, sorted; of a
plugin only what Neo4j does not have itself, in whatever version.
"""

import hashlib
import shutil
import tempfile
from pathlib import Path

from graphkit.errors import UsageError
from graphkit.local_neo4j import fetch
from graphkit.local_neo4j.lockfile import PLUGINS, SERVER, Bundle, Jar, parse


def resolved(bundle: Bundle, folder: Path) -> list[Jar]:
    """The files of a bundle as Maven resolves them today.

    Args:
        bundle: What to resolve.
        folder: An empty folder to work in.
    """
    maven = shutil.which("mvn")
    if maven is None:
        raise UsageError("Relocking needs Maven.", next_step="install Maven")
    goal = "list -DoutputFile=list.txt -DoutputAbsoluteArtifactFilename=true"
    fetch.by_maven(maven, bundle, folder, print, goal=goal)
    jars = []
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
        jars.append(parse(":".join([group, artifact, version, *classifier]), digest))
    return sorted(jars, key=lambda jar: jar.line.split()[1])


def relock(bundle: Bundle, without: list[Jar]) -> list[Jar]:
    """Write the lock file of a bundle; its files.

    Args:
        bundle: What to lock.
        without: Files that are there anyhow, and stay out in any version.
    """
    there = {(jar.group, jar.artifact, jar.classifier) for jar in without}
    with tempfile.TemporaryDirectory() as temporary:
        found = resolved(bundle, Path(temporary))
    own = [jar for jar in found if (jar.group, jar.artifact, jar.classifier) not in there]
    besides = " besides Neo4j's own files" if without else ""
    head = f"# {' and '.join(bundle.roots)}, with all they need{besides}; written by relock.py."
    lines = [head, *(jar.line for jar in own), ""]
    Path(__file__).with_name(f"{bundle.name}.lock").write_text("\n".join(lines), "utf-8")
    return own


if __name__ == "__main__":
    neo4j = relock(SERVER, [])
    for plugin in PLUGINS.values():
        relock(plugin, neo4j)
