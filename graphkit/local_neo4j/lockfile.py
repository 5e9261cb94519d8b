"""Which files make up Neo4j, and each of its plugins, and what bytes they must have: the locks."""

import hashlib
import importlib.resources
from dataclasses import dataclass
from pathlib import Path

NEO4J = "5.26.30"
BROWSER = "5.24.0"
GDS = "2.13.9"
APOC = "5.26.19"


@dataclass(frozen=True, slots=True)
class Bundle:
    """Program files that belong together.

    Attributes:
        name: Its name, which is also that of its lock file.
        title: What people call it.
        version: What is locked.
        roots: What is wanted, as group:artifact:version; all else in the lock file is there for it.
    """

    name: str
    title: str
    version: str
    roots: tuple[str, ...]


SERVER = Bundle(
    "jars",
    "Neo4j",
    NEO4J,
    (f"org.neo4j:neo4j:{NEO4J}", f"org.neo4j.client:neo4j-browser:{BROWSER}"),
)
PLUGINS = {
    "gds": Bundle(
        "gds",
        "Graph Data Science",
        GDS,
        (f"org.neo4j.gds:proc:{GDS}", f"org.neo4j.gds:opengds-extension:{GDS}"),
    ),
    "apoc": Bundle(
        "apoc",
        "APOC",
        APOC,
        (
            f"org.neo4j.procedure:apoc-core:{APOC}",
            f"org.neo4j.procedure:apoc-common:{APOC}",
            # APOC looks whether Hadoop is there: it is, Neo4j brings it, but without these, and
            # then neither encryption nor any address can be used.
            "com.fasterxml.woodstox:woodstox-core:5.4.0",
            "org.apache.commons:commons-collections4:4.4",
            "org.apache.hadoop.thirdparty:hadoop-shaded-guava:1.4.0",
        ),
    ),
}
"""What can be added to the server, by the name of its option."""


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

    @property
    def line(self) -> str:
        """Its line in a lock file."""
        tail = f":{self.classifier}" if self.classifier else ""
        return f"{self.sha256}  {self.group}:{self.artifact}:{self.version}{tail}"

    def is_in(self, folder: Path) -> bool:
        """Whether `folder` holds this file, byte for byte."""
        path = folder / self.file_name
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == self.sha256


def locked(bundle: Bundle = SERVER) -> tuple[Jar, ...]:
    """Every program file that belongs to this version of a bundle, in the order of its lock."""
    lock = importlib.resources.files(__package__).joinpath(f"{bundle.name}.lock")
    text = lock.read_text("utf-8")
    rows = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(parse(name, sha256) for sha256, name in rows)


def parse(name: str, sha256: str) -> Jar:
    """A Jar from its line in the lock file.

    >>> parse("io.netty:netty-transport-native-epoll:4.1:linux-x86_64", "00").file_name
    'netty-transport-native-epoll-4.1-linux-x86_64.jar'
    """
    group, artifact, version, *classifier = name.split(":")
    return Jar(group, artifact, version, classifier[0] if classifier else "", sha256)
