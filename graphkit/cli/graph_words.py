"""Nodes, relationships and paths of a query's answer, in words for a table."""

from collections.abc import Mapping
from typing import Any, Final

_NAMING: Final = ("name", "statement", "number", "subject", "title", "path", "id")
"""Properties that name a node, the best first."""


def in_words(value: object) -> object:
    """A value as a table shows it: a node by its name, a path as a chain of names.

    Args:
        value: A plain value of an answer (see `graphkit.store.bolt.plain`).

    >>> ace, medical = {"labels": ["Company"], "name": "Ace"}, {"labels": ["Industry"], "id": "M"}
    >>> in_words([ace, {"type": "IN_INDUSTRY"}, medical])
    'Ace - IN_INDUSTRY - M'
    """
    if _is_node(value) or _is_relationship(value):
        return _name(value)
    if isinstance(value, list) and value and all(map(_is_drawn, value)):
        parted = " - " if any(map(_is_relationship, value)) else "; "
        return parted.join(map(_name, value))
    return value


def _is_node(value: object) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("labels"), list)


def _is_relationship(value: object) -> bool:
    return isinstance(value, Mapping) and isinstance(value.get("type"), str)


def _is_drawn(value: object) -> bool:
    return _is_node(value) or _is_relationship(value)


def _name(value: Any) -> str:
    if not _is_node(value):
        return str(value["type"])
    return str(next((value[one] for one in _NAMING if value.get(one)), ":".join(value["labels"])))
