"""A copy of the graph to try things in: what is done there is the same, and leaves nothing."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from graphkit.batch import Batch
from graphkit.schema import TYPES
from graphkit.store import open_store
from graphkit.store.base import GraphStore


@contextlib.contextmanager
def rehearsal(store: GraphStore | None) -> Iterator[GraphStore]:
    """A store that holds what another one does, until the block is left.

    Args:
        store: What to copy; None for nothing yet.

    Yields:
        An embedded store, writable.
    """
    with (
        tempfile.TemporaryDirectory(prefix="graphkit-") as folder,
        open_store(Path(folder) / "graph.duckdb") as copy,
    ):
        if store is not None:
            with copy.transaction():
                for entity in TYPES.values():
                    copy.set_all(Batch(entity, store.read(entity)), run=0)
        yield copy
