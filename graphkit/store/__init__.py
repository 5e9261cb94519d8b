"""Where the graph is kept: an embedded DuckDB file, or a Neo4j; one contract."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # loads pandas, which a glance at a store does without
    from graphkit.store.base import GraphStore

__all__ = ["open_store"]


def open_store(
    place: str | os.PathLike[str],
    *,
    read_only: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> "GraphStore":
    """The store at a place: a Neo4j for a bolt or neo4j address, else the embedded store.

    Args:
        place: A path, or an address such as neo4j+s://user@server:7687/database.
        read_only: Whether nothing will be written; several processes may then read a file at once.
        say: Takes lines of progress: what a server is asked again, and why.

    Raises:
        UsageError: An address of something else, or one that holds a password.
        StoreUnreachableError: The store is down, locked or of a newer version.
    """
    if "://" in str(place):
        # Each store loads its database's library, and `graphkit --help` needs neither.
        from graphkit.store.neo4j import connect  # noqa: PLC0415

        return connect(str(place), say=say)
    from graphkit.store.embedded import EmbeddedStore  # noqa: PLC0415

    return EmbeddedStore(Path(place), read_only=read_only)
