"""How a type is declared: kinds of property, links, and the frame that a declaration makes.

The types themselves are in `schema`.
"""

import dataclasses
import datetime as dt
import enum
import types
import typing
from collections.abc import Mapping, Sized
from typing import Any, ClassVar, TypeVar, cast, dataclass_transform

import pandas as pd
import pyarrow as pa

from graphkit.encoded import decoded, series_of

MONEY_UNIT = 10_000
"""Money is a whole number of ten-thousandths, so that every store adds it up alike."""


class Money(int):
    """Ten-thousandths of the row's currency."""


class Kind(enum.Enum):
    """What a property holds, with its Arrow type."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"
    TIME = "time"
    MONEY = "money"
    TEXTS = "texts"

    @property
    def arrow(self) -> pa.DataType:
        """The Arrow type of a column of this kind."""
        return _ARROW[self]

    @property
    def dtype(self) -> pd.ArrowDtype:
        """The pandas dtype of a column of this kind."""
        return pd.ArrowDtype(self.arrow)


_ARROW: dict[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.DATE: pa.date32(),
    Kind.TIME: pa.timestamp("us"),
    Kind.MONEY: pa.int64(),
    Kind.TEXTS: pa.list_(pa.string()),
}

_KINDS: dict[Any, Kind] = {
    str: Kind.TEXT,
    int: Kind.INTEGER,
    float: Kind.NUMBER,
    bool: Kind.FLAG,
    dt.date: Kind.DATE,
    dt.datetime: Kind.TIME,
    Money: Kind.MONEY,
    list[str]: Kind.TEXTS,
}


@dataclasses.dataclass(frozen=True, slots=True)
class Property:
    """One column of a type.

    Attributes:
        name: Column and property name.
        kind: What it holds.
        doc: What it means.
        unit: Its unit, such as "mm" or "minutes"; empty for names and flags.
        nullable: Whether a row may leave it empty.
        target: For a link, the type that the id belongs to; else empty.
        relation: For a link, the relationship that is drawn, such as PLACED.
        inward: Whether the relationship points from the target to this node.
        known_on: The property with the day on which this one became known; empty when it is
            known with the row. After `as_of` the value is hidden.
    """

    name: str
    kind: Kind
    doc: str
    unit: str = ""
    nullable: bool = False
    target: str = ""
    relation: str = ""
    inward: bool = False
    known_on: str = ""


def prop(doc: str, *, unit: str = "", known_on: str = "") -> Any:
    """Declare a property: what it means, its unit, and what makes it known later than its row."""
    return Property("", Kind.TEXT, doc, unit=unit, known_on=known_on)


def link(target: str, relation: str, doc: str, *, inward: bool = False) -> Any:
    """Declare a many-to-one relationship to `target`, stored as a column with its id."""
    return Property("", Kind.TEXT, doc, target=target, relation=relation, inward=inward)


class Entity:
    """What nodes and relationships have in common.

    Attributes:
        label: The name in Neo4j.
        properties: Every column by name, provenance included.
        event: The date or time column on which the fact happened; empty for what has none.
        sourced: Whether rows come from files and carry file_id, row, hash and run.
        fills: Whether an empty value leaves what another source wrote, instead of erasing it.
    """

    label: ClassVar[str] = ""
    properties: ClassVar[dict[str, Property]] = {}
    event: ClassVar[str] = ""
    sourced: ClassVar[bool] = False
    fills: ClassVar[bool] = False


class Node(Entity):
    """A type of node; `id` is its key."""


class Relationship(Entity):
    """A many-to-many relationship with a table of its own.

    Attributes:
        ends: The types it may start from and the types it may lead to.
        key: The columns that make a row what it is; `id` is their hash (see `batch`).
    """

    ends: ClassVar[tuple[tuple[str, ...], tuple[str, ...]]] = ((), ())
    key: ClassVar[tuple[str, ...]] = ("from_id", "to_id")


TYPES: dict[str, type[Entity]] = {}
"""Every declared type by class name, in the order of declaration."""

PROVENANCE = (
    Property("file_id", Kind.TEXT, "the File it was read from", nullable=True),
    Property("row", Kind.INTEGER, "row in that file, as a spreadsheet counts", nullable=True),
    Property("hash", Kind.INTEGER, "of the row's values; equal hashes are not written again"),
    Property("run", Kind.INTEGER, "the run that last changed the row"),
)
CELLS = "cells"
"""The property with the hash of the cells that a row was read from, in types that have one."""
BOOKS = frozenset({CELLS, *(item.name for item in PROVENANCE)})
"""Properties that say where a row comes from, and nothing of what it is."""


_T = TypeVar("_T", bound=type[Entity])


@dataclass_transform(kw_only_default=True, field_specifiers=(prop, link))
def declare(cls: _T) -> _T:
    """Register a type and read its properties from its annotations."""
    found: dict[str, Property] = {}
    if issubclass(cls, Node):
        found["id"] = Property("id", Kind.TEXT, "key")
    else:
        found["id"] = Property("id", Kind.TEXT, "hash of the key columns")
        for name, ends in zip(("from", "to"), cast("type[Relationship]", cls).ends, strict=True):
            one = ends[0] if len(ends) == 1 else ""
            found[f"{name}_id"] = Property(f"{name}_id", Kind.TEXT, f"id, {name}", target=one)
            if not one:
                doc = f"type, {name}: {' or '.join(ends)}"
                found[f"{name}_type"] = Property(f"{name}_type", Kind.TEXT, doc)
    for name, hint in cls.__annotations__.items():
        declared = cls.__dict__.get(name)
        if isinstance(declared, Property):
            kind, nullable = _kind_of(hint)
            found[name] = dataclasses.replace(declared, name=name, kind=kind, nullable=nullable)
    if cls.sourced:
        found |= {item.name: item for item in PROVENANCE}
    cls.properties = found
    cls.label = cls.__dict__.get("label") or cls.__name__
    TYPES[cls.__name__] = cls
    return cls


def _kind_of(hint: Any) -> tuple[Kind, bool]:
    """The kind of an annotation such as `dt.date | None`, and whether it may be empty."""
    parts = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    some = [part for part in parts if part is not types.NoneType]
    return _KINDS[some[0]], len(some) < len(parts)


def empty_column(kind: Kind, length: int) -> pd.Series:
    """A column of a kind without values."""
    return series_of(pa.nulls(length, kind.arrow))


def _holds(column: pd.Series, kind: Kind) -> bool:
    """Whether a column has the dtype of a kind already."""
    dtype = column.dtype
    return isinstance(dtype, pd.ArrowDtype) and dtype.pyarrow_dtype == kind.arrow


def frame_of(entity: type[Entity], columns: Mapping[str, object] | None = None) -> pd.DataFrame:
    """A frame with every column of a type, in order and with its dtype; missing columns are empty.

    Args:
        entity: A declared type.
        columns: Values by column; anything pandas can make a column of. A column that the type does
            not have is a KeyError, since it would be lost.
    """
    columns = columns if columns is not None else {}
    unknown = set(columns) - set(entity.properties)
    if unknown:
        raise KeyError(f"{entity.__name__} has no column {sorted(unknown)}")
    length = max((len(cast("Sized", value)) for value in columns.values()), default=0)
    made = {}
    for name, item in entity.properties.items():
        value = columns.get(name)
        if isinstance(value, pd.Series) and _holds(value, item.kind):
            column = value
        elif value is None or (isinstance(value, pd.Series) and not bool(value.notna().any())):
            # pandas takes a column without values for numbers, which are no dates.
            column = empty_column(item.kind, length)
        elif isinstance(value, pd.Series):
            column = decoded(value).astype(item.kind.dtype)
        else:
            column = pd.Series(value, dtype=item.kind.dtype)
        made[name] = column.array  # without the index, which pandas would align column by column
    return pd.DataFrame(made)
