"""Which files make up Neo4j and its Browser, and what bytes each must have: `jars.lock`, read."""

import hashlib
import importlib.resources
from dataclasses import dataclass
from pathlib import Path

NEO4J = "5.26.30"
BROWSER = "5.24.0"
ROOTS = (f"org.neo4j:neo4j:{NEO4J}", f"org.neo4j.client:neo4j-browser:{BROWSER}")
"""What is wanted, as group:artifact:version; all else in the lock file is there for these two."""


@dataclass(frozen=True, slots=True, order=True)
class Jar:
    """One program file, as Maven Central names it, with the bytes it must have."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def file_name(self) -> str:
        """The name of the file in a repository and in the cache."""
        tail = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{tail}.jar"

    def is_in(self, folder: Path) -> bool:
        """Whether `folder` holds this file, byte for byte."""
        path = folder / self.file_name
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == self.sha256


def locked() -> tuple[Jar, ...]:
    """Every program file that belongs to this version, in the order of the lock file."""
    text = importlib.resources.files(__package__).joinpath("jars.lock").read_text("utf-8")
    rows = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(parse(name, sha256) for sha256, name in rows)


def parse(name: str, sha256: str) -> Jar:
    """A Jar from its line in the lock file.

    >>> parse("io.netty:netty-transport-native-epoll:4.1:linux-x86_64", "00").file_name
    'netty-transport-native-epoll-4.1-linux-x86_64.jar'
    """
    group, artifact, version, *classifier = name.split(":")
    return Jar(group, artifact, version, classifier[0] if classifier else "", sha256)
