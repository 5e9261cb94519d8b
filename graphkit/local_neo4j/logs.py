"""What a server has written since its start."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

POLL = 0.3
"""Seconds between two looks at a log that is followed."""
_STARTED = " Started."
_LOGS = ("console.log", "neo4j.log")
"""What Java says, then what Neo4j does; a start begins both anew."""


def lines(home: Path) -> list[str]:
    """All that the server of `home` has said since its start.

    Args:
        home: The server's folder.
    """
    logs = [home / "logs" / name for name in _LOGS]
    texts = [log.read_text("utf-8", "replace") for log in logs if log.exists()]
    return [line for text in texts for line in text.splitlines() if line.strip()]


def says_started(home: Path) -> bool:
    """Whether the server of `home` has said since its start that it is there."""
    return any(line.endswith(_STARTED) for line in lines(home))


def last_words(home: Path) -> str:
    """Why a server ended: the innermost cause in its logs, else their last line."""
    said = [line.strip() for line in lines(home)]
    causes = [line for line in said if line.startswith("Caused by")]
    return (causes or said or ["it wrote nothing"])[-1]


def follow(home: Path, *, until: Callable[[], bool] = lambda: False) -> Iterator[str]:
    """What Neo4j says from now on, a line each, also after further starts.

    Args:
        home: The server's folder.
        until: Asked after every look whether to end.
    """
    log = home / "logs" / _LOGS[-1]
    seen = log.stat().st_size if log.exists() else 0
    rest = b""
    while not until():
        size = log.stat().st_size if log.exists() else 0
        if size < seen:  # the log of another start
            seen, rest = 0, b""
        if size > seen:
            with log.open("rb") as stream:
                stream.seek(seen)
                rest += stream.read()
                seen = stream.tell()
            *whole, rest = rest.split(b"\n")
            yield from (line.decode("utf-8", "replace").rstrip("\r") for line in whole)
        time.sleep(POLL)
