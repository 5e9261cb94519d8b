"""Mappings that name a query: the answer of a database in place of a file."""

import dataclasses
import hashlib
import tomllib
from pathlib import Path

from graphkit import registry
from graphkit.databases import Answer, Databases, ask
from graphkit.errors import UsageError
from graphkit.pipeline.choose import choose
from graphkit.plugins import Loader
from graphkit.workspace import text_in

MAPPING = ".toml"
"""How the name of a mapping ends."""


def has_query(path: Path) -> bool:
    """Whether a file is a mapping with a query; one that cannot be read is none.

    Args:
        path: A file in a folder that was named.
    """
    if path.suffix.casefold() != MAPPING:
        return False
    try:
        return "query" in tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError):  # of which TOMLDecodeError is one
        return False


def answer_to(path: Path, name: str, databases: Databases) -> tuple[Loader, Answer]:
    """What a mapping describes, and what its database answers.

    The digest of the answer is that of the mapping too: other columns read the same rows anew.

    Args:
        path: The mapping.
        name: How it is shown.
        databases: Those that it may name.

    Raises:
        UsageError: It is no mapping, or names no query or database.
        UnreadableError: Its query cannot be answered, or the answer lacks what the kind needs.
        GraphkitError: The database does not answer, or refuses us.
    """
    text = text_in(path)
    loader = registry.loader_from(text, name)
    if not loader.query:
        raise UsageError(
            "this mapping describes a file and names no query",
            where=name,
            next_step=f"graphkit load --mapping {path} EXPORT",
        )
    database = databases.named(loader.database, name)
    answer = ask(database, loader.query, path=name, place=path.resolve().as_posix())
    seen = loader.recognise(answer.sheet)
    if seen is None or seen.missing:
        choose(answer.sheet, [loader])  # which says what is missing, and the nearest names
    digest = hashlib.sha256(f"{text}\0{answer.digest}".encode()).hexdigest()
    return loader, dataclasses.replace(answer, digest=digest)
