"""One process at a time, on every system, released when the process dies."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from graphkit.errors import GraphkitError


@contextlib.contextmanager
def only_one(folder: Path, *, seconds: float) -> Iterator[None]:
    """Hold `folder` for this process; another one that asks waits until it is released.

    The lock is an exclusive transaction on an empty SQLite file: the only lock in the standard
    library that is the same on Windows, macOS and Linux and that a killed process cannot leave
    behind.

    Args:
        folder: What is held; made when it is not there.
        seconds: How long to wait for another process.

    Raises:
        GraphkitError: When another process still holds the folder after that time.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # a server's has the rows of a shop
    lock = sqlite3.connect(folder / ".lock", timeout=seconds, isolation_level=None)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as problem:
            raise GraphkitError(
                f"Another graphkit has held this folder for {seconds:.0f} seconds ({problem}).",
                where=str(folder),
                next_step="wait for it to end, then run the command again",
            ) from problem
        yield
    finally:
        lock.close()
