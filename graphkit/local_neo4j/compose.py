"""The same server in a container, for those who prefer Docker: files for docker compose."""

import importlib.resources
import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from graphkit import passwords
from graphkit.errors import UsageError
from graphkit.local_neo4j.lockfile import NEO4J
from graphkit.local_neo4j.settings import LOOPBACK, PAGE_CACHE, check_size

_FILE = "docker-compose.yml"
_IMAGE_PLUGINS = {"gds": "graph-data-science", "apoc": "apoc"}
"""What the image of Neo4j calls the plugins, which it fetches itself."""


@dataclass(frozen=True, slots=True)
class Composed:
    """Files for docker compose.

    Attributes:
        file: The docker-compose.yml.
        uri: Where the server will answer.
        kept_in: Where graphkit keeps its password, in words.
    """

    file: Path
    uri: str
    kept_in: str


def compose(
    folder: Path, *, memory: str, bolt_port: int, http_port: int, plugins: Collection[str] = ()
) -> Composed:
    """Write docker-compose.yml, its settings and a generated password into a folder.

    The password stands in a file that only its owner can read, and is kept for its address, so
    that graphkit reaches the server without being told.

    Args:
        folder: Where to; made when it is not there.
        memory: Java heap, such as "512m".
        bolt_port: Port for drivers on this machine.
        http_port: Port of Browser on this machine.
        plugins: Any of gds and apoc.

    Raises:
        UsageError: There is such a file, or a password for that address, already; or `memory` is
            no size.
    """
    file = folder / _FILE
    if file.exists():
        raise UsageError("is there already.", where=str(file), next_step=f"remove {file}")
    check_size(memory)
    uri = f"bolt://{LOOPBACK}:{bolt_port}"
    server = f"bolt://{passwords.USER}@{LOOPBACK}:{bolt_port}"
    secret, private = passwords.recall(server), folder / "neo4j_auth.txt"
    if (
        secret and not private.exists()
    ):  # of another server, or typed by somebody: not ours to write
        raise UsageError(
            f"a password is kept for {server} already.",
            next_step=f"--bolt-port with another port, or graphkit neo4j logout {server}",
        )
    secret = secret or passwords.generate()
    folder.mkdir(parents=True, exist_ok=True)
    settings = {
        "NEO4J_VERSION": NEO4J,
        "NEO4J_HEAP": memory,
        "NEO4J_PAGE_CACHE": PAGE_CACHE,
        "NEO4J_PLUGINS": json.dumps([_IMAGE_PLUGINS[name] for name in sorted(plugins)]),
        "BOLT_PORT": bolt_port,
        "HTTP_PORT": http_port,
    }
    lines = [f"{name}='{value}'\n" for name, value in settings.items()]
    (folder / ".env").write_text("".join(lines), "utf-8")
    passwords.write_private(private, f"{passwords.USER}/{secret}")
    kept_in = passwords.keep(server, secret)
    text = importlib.resources.files(__package__).joinpath(_FILE).read_text("utf-8")
    file.write_text(text, "utf-8")
    return Composed(file, uri, kept_in)
