"""Rows on their way to a Neo4j and back: frames to parameters, answers to frames."""

from collections.abc import Iterator, Sequence
from typing import cast

import pandas as pd
import pyarrow as pa

from graphkit.schema import Entity, Kind, Relationship
from graphkit.store.tables import arrow_schema, to_arrow, to_frame


def parts(values: Sequence[str], size: int) -> Iterator[list[str]]:
    """The values in lists of up to `size`."""
    return (list(values[start : start + size]) for start in range(0, len(values), size))


def rows_of(entity: type[Entity], frame: pd.DataFrame) -> list[dict[str, object]]:
    """The rows of a frame as parameters of a statement."""
    return cast("list[dict[str, object]]", to_arrow(entity, frame).to_pylist())


def by_ends(
    entity: type[Relationship], frame: pd.DataFrame
) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """The rows by the types they lead from and to."""
    if not len(frame):
        return
    if all(len(ends) == 1 for ends in entity.ends):
        yield entity.ends[0][0], entity.ends[1][0], frame
        return
    names = []
    for side, ends in zip(("from", "to"), entity.ends, strict=True):
        column = f"{side}_type"
        names.append(frame[column].astype(object) if column in frame else [ends[0]] * len(frame))
    pairs = pd.Series(list(zip(*names, strict=True)), index=frame.index, dtype=object)
    for start, end in sorted(set(pairs)):
        if start not in entity.ends[0] or end not in entity.ends[1]:
            raise ValueError(f"{entity.__name__} does not lead from {start} to {end}")
        yield start, end, frame[[pair == (start, end) for pair in pairs]]


def table_of(entity: type[Entity], names: list[str], found: dict[str, list[object]]) -> pa.Table:
    """Columns of an answer as an Arrow table; days and times come as ISO text."""
    columns = []
    for name in names:
        kind = entity.properties[name].kind
        values = found.get(name, [])
        if kind in (Kind.DATE, Kind.TIME):
            columns.append(pa.array(values, pa.string()).cast(kind.arrow))
        else:
            columns.append(pa.array(values, kind.arrow))
    return pa.table(columns, schema=arrow_schema(entity, names))


def stored_frame(
    entity: type[Entity], names: list[str], found: dict[str, list[object]]
) -> pd.DataFrame:
    """Columns of an answer as a frame of a type."""
    return to_frame(entity, names, table_of(entity, names, found))
