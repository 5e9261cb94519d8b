"""Where the graph is kept: an embedded DuckDB file, or a Neo4j; one contract."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from graphkit.errors import UsageError
from graphkit.store.base import GraphStore

__all__ = ["GraphStore", "open_store"]

_NEO4J_SCHEMES = frozenset(
    f"{protocol}{security}" for protocol in ("bolt", "neo4j") for security in ("", "+s", "+ssc")
)


def open_store(place: str | os.PathLike[str], *, read_only: bool = False) -> GraphStore:
    """The store at a place: a Neo4j for a bolt or neo4j address, else the embedded store.

    Args:
        place: A path, or an address such as bolt://localhost:7687.
        read_only: Whether nothing will be written; several processes may then read a file at once.

    Raises:
        UsageError: An address of something else.
        StoreUnreachableError: The store is down, locked or of a newer version.
    """
    scheme = urlsplit(place).scheme.lower() if isinstance(place, str) and "://" in place else ""
    if scheme in _NEO4J_SCHEMES:
        # Each store loads its database's library, and `graphkit --help` needs neither.
        from graphkit.store.neo4j import connect  # noqa: PLC0415

        return connect(str(place))
    if scheme:
        known = ", ".join(sorted(_NEO4J_SCHEMES))
        raise UsageError(f"'{place}' is not the address of a store. Known: {known}, or a path.")
    from graphkit.store.embedded import EmbeddedStore  # noqa: PLC0415

    return EmbeddedStore(Path(place), read_only=read_only)
