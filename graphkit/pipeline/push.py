"""A whole graph from one store into another, such as from the embedded one into a Neo4j."""

from collections.abc import Callable

from graphkit.batch import Batch
from graphkit.schema import TYPES, Account, Company, Entity, Is, Meta, Node, Run
from graphkit.store.base import Changes, GraphStore

_BOOKS = (Run, Meta)
"""What a store knows of itself; each keeps its own."""
_FIRST = (Company, Account, Is)
"""Copied first: what belongs to an account is then drawn at its company in one go."""


def push(
    source: GraphStore, target: GraphStore, *, say: Callable[[str], None] = lambda _: None
) -> dict[str, Changes]:
    """Make `target` hold exactly the rows of `source`; what is there already is not written again.

    A push that was interrupted is finished by the next one.

    Args:
        source: Where from.
        target: Where to, writable.
        say: Takes lines of progress.

    Returns:
        What changed, by type, of the types that have rows or had some.
    """
    found: dict[str, Changes] = {}
    with target.next_run("push") as run:
        for entity in _in_order():
            batch = Batch(entity, source.read(entity))
            with target.transaction():
                changes = target.set_all(batch, run=run)
            if changes != Changes():
                found[entity.__name__] = changes
                say(f"{entity.__name__}: {len(batch):,} rows")
    return found


def _in_order() -> list[type[Entity]]:
    """Types to copy: accounts and companies, then nodes, then relationships."""
    rest = [one for one in TYPES.values() if one not in (*_BOOKS, *_FIRST)]
    return [*_FIRST, *sorted(rest, key=lambda one: not issubclass(one, Node))]
