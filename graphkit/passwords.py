"""Passwords of Neo4j servers: in the system's keyring, else in a file that only its owner can read.

A local server is known by its random id, any other by its address and user: somebody else's
settings cannot make us send a password elsewhere.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import quote

import platformdirs

from graphkit import keyrings

SERVICE = "graphkit-neo4j"
USER = "neo4j"
"""Who has all rights on a Neo4j when nobody else was named."""


def generate() -> str:
    """A password nobody has to type: 24 random bytes as text, which begin with no sign.

    Neo4j's administration takes one that begins with - for an option.
    """
    return f"g{secrets.token_urlsafe(24)}"


def recall(server: str) -> str | None:
    """The password of a server, or None when none was kept.

    Args:
        server: Its id, or its address and user.
    """
    kept = keyrings.kept(SERVICE, server)
    if kept is None and file_of(server).is_file():
        kept = file_of(server).read_text("utf-8")
    return kept


def keep(server: str, password: str) -> str:
    """Keep the password of a server.

    Args:
        server: Its id, or its address and user.
        password: What to keep.

    Returns:
        Where it is, in words for the user.
    """
    if keyrings.keep(SERVICE, server, password):
        file_of(server).unlink(missing_ok=True)
        return "the system's keyring"
    path = file_of(server)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_private(path, password)
    return str(path)


def forget(server: str) -> bool:
    """Keep the password of a server no longer; whether one was kept.

    Args:
        server: Its id, or its address and user.
    """
    known = recall(server) is not None
    keyrings.forget(SERVICE, server)
    file_of(server).unlink(missing_ok=True)
    return known


def file_of(server: str) -> Path:
    """Where the password of a server is kept when there is no keyring."""
    data = platformdirs.user_data_path("graphkit", appauthor=False)
    return data / "neo4j" / f"{quote(server, safe='')}.password"


def write_private(path: Path, text: str) -> None:
    """Write a file that nobody else may read, in place of one that is there."""
    path.unlink(missing_ok=True)
    # Created with its mode, never opened to others for a moment. Windows ignores the mode; there
    # the user's profile folder, in which this lies, is closed to other users.
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as stream:
        stream.write(text)
