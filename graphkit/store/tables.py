"""SQL of the embedded store, made from the declarations.

Names of tables and columns come from the schema only, and are quoted; values never become text.
"""
# ruff: noqa: S608 - see above: nothing that a user or a file brings is part of a statement

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa

from graphkit.schema import BOOKS, Entity, Kind

STAGED = "staged"
"""The name under which the rows of a batch are seen by a statement."""

HERE = "here"
"""The name under which the ids of the rows that a batch has or keeps are seen."""

FRESH = "fresh"
"""The name of the staged rows that are new or differ, while they are written."""

WANTED = "wanted"
"""The name under which a list of ids or other values is seen, in a column of the same name."""

_SQL_TYPES = {
    Kind.TEXT: "VARCHAR",
    Kind.INTEGER: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.FLAG: "BOOLEAN",
    Kind.DATE: "DATE",
    Kind.TIME: "TIMESTAMP",
    Kind.MONEY: "BIGINT",
    Kind.TEXTS: "VARCHAR[]",
}


def quoted(name: str) -> str:
    """A name as an SQL identifier.

    >>> quoted("order")
    '"order"'
    """
    return '"' + name.replace('"', '""') + '"'


def table_of(entity: type[Entity]) -> str:
    """The table of a type, quoted: its class name, which is unique where labels are not."""
    return quoted(entity.__name__)


def create_table(entity: type[Entity]) -> str:
    """The statement that makes the table of a type, unless it is there.

    Without an index on the key: it doubles the file and the time of writing a million rows, and no
    statement here would use it. That no id is there twice is checked instead (see `repeats`).
    """
    columns = ", ".join(
        f"{quoted(name)} {_SQL_TYPES[item.kind]}{'' if item.nullable else ' NOT NULL'}"
        for name, item in entity.properties.items()
    )
    return f"CREATE TABLE IF NOT EXISTS {table_of(entity)} ({columns})"


def columns_of(entity: type[Entity]) -> dict[str, str]:
    """The SQL type of every column of a type, by name."""
    return {name: _SQL_TYPES[item.kind] for name, item in entity.properties.items()}


def insert(entity: type[Entity]) -> str:
    """The statement that adds the staged rows to a table that has none."""
    names = ", ".join(map(quoted, entity.properties))
    return f"INSERT INTO {table_of(entity)} ({names}) SELECT {names} FROM {STAGED}"


def repeats() -> str:
    """The statement that counts the staged rows whose id another one has.

    Where there are none a table has no id twice: it begins empty, and a merge adds only rows whose
    id is not stored.
    """
    return f"SELECT count(*) - count(DISTINCT id) FROM {STAGED}"


def keep_fresh(entity: type[Entity]) -> str:
    """The statement that keeps the staged rows whose id and hash are not stored.

    Most rows of an export are as they were; looking only at these two, DuckDB passes over them ten
    times as fast as when it merges them.
    """
    return (
        f"CREATE OR REPLACE TEMP TABLE {FRESH} AS SELECT s.* FROM {STAGED} AS s "
        f"ANTI JOIN {table_of(entity)} AS t ON s.id = t.id AND s.hash = t.hash"
    )


def merge(
    entity: type[Entity], rows: str, *, filling: bool, differ: Sequence[bool] | None = None
) -> str:
    """The statement that adds rows that are new and changes those that differ.

    One join by id. Where a row has a hash, equal hashes end the comparison: equal values have equal
    hashes. Rows of types that fill are compared by value as well, since what is stored may have
    come from two sources, and neither hash is that of the whole.

    Args:
        entity: A declared type.
        rows: STAGED or FRESH.
        filling: Whether an empty staged value leaves the stored one, instead of erasing it.
        differ: What `differing` said, so that only such columns are set; None for all.
    """
    names = [quoted(name) for name in entity.properties]
    own, others = _compared(entity), _but_id(entity)
    if filling:
        differs = " OR ".join(f"(s.{n} IS NOT NULL AND s.{n} IS DISTINCT FROM t.{n})" for n in own)
    else:
        differs = " OR ".join(f"s.{n} IS DISTINCT FROM t.{n}" for n in own)
    if entity.sourced and filling:
        differs = f"s.hash IS DISTINCT FROM t.hash AND ({differs})"
    elif entity.sourced and not entity.fills:  # what fills may hold more than its hash says
        differs = "s.hash IS DISTINCT FROM t.hash"
    sets = ", ".join(
        f"{n} = COALESCE(s.{n}, t.{n})" if filling and n in own else f"{n} = s.{n}"
        for n, wanted in zip(map(quoted, others), differ or [True] * len(others), strict=True)
        if wanted or n == '"hash"'
    )
    return (
        f"MERGE INTO {table_of(entity)} AS t USING {rows} AS s ON t.id = s.id "
        f"WHEN MATCHED AND ({differs}) THEN UPDATE SET {sets} "
        f"WHEN NOT MATCHED THEN INSERT ({', '.join(names)}) "
        f"VALUES ({', '.join(f's.{n}' for n in names)})"
    )


def differing(entity: type[Entity]) -> str:
    """The statement that says of each column but the id whether fresh and stored rows differ.

    DuckDB takes about as long for each column that it is told to set as for finding the rows.
    """
    told = ", ".join(
        f"coalesce(bool_or(s.{name} IS DISTINCT FROM t.{name}), false)"
        for name in map(quoted, _but_id(entity))
    )
    return f"SELECT {told} FROM {table_of(entity)} AS t JOIN {FRESH} AS s ON s.id = t.id"


def _but_id(entity: type[Entity]) -> list[str]:
    return [name for name in entity.properties if name != "id"]


def _compared(entity: type[Entity]) -> list[str]:
    """The columns that say whether a row changed: not where it was read, nor in which run."""
    left_out = {"id", "run"} | (BOOKS if entity.sourced else set())
    own = [quoted(name) for name in entity.properties if name not in left_out]
    return own or ['"id"']


def renew(entity: type[Entity], names: Sequence[str]) -> str:
    """The statement that notes the books of rows that say what they said in another place."""
    own = [quoted(name) for name in names]
    sets = ", ".join(f"{n} = s.{n}" for n in own)
    differs = " OR ".join(f"s.{n} IS DISTINCT FROM t.{n}" for n in own)
    return (
        f"UPDATE {table_of(entity)} AS t SET {sets} FROM {STAGED} AS s "
        f"WHERE s.id = t.id AND ({differs})"
    )


def delete_listed(entity: type[Entity]) -> str:
    """The statement that removes the rows whose id is wanted gone."""
    return f"DELETE FROM {table_of(entity)} WHERE id IN (SELECT {WANTED} FROM {WANTED})"


def delete_others(entity: type[Entity]) -> str:
    """The statement that removes every row that is not here."""
    return f"DELETE FROM {table_of(entity)} WHERE id NOT IN (SELECT id FROM {HERE})"


def delete_in_scope(entity: type[Entity]) -> str:
    """The statement that removes rows of the wanted files, in a span of days, that are not here.

    Its parameters are first and last day, each of which may be null; types without an event take
    neither into account.
    """
    return f"{delete_others(entity)} AND {_in_scope(entity)}"


def _in_scope(entity: type[Entity]) -> str:
    condition = f"file_id IN (SELECT {WANTED} FROM {WANTED})"
    if entity.event:
        day = f"CAST({quoted(entity.event)} AS DATE)"
        condition += (
            f" AND ($first IS NULL OR {day} >= $first) AND ($last IS NULL OR {day} <= $last)"
        )
    return condition


def still_there(entity: type[Entity]) -> str:
    """The statement that counts, by file, the rows in a scope and those of them that are here.

    Its parameters are those of `delete_in_scope`.
    """
    return (
        f"SELECT file_id, count(*), count(s.id) FROM {table_of(entity)} AS t "
        f"LEFT JOIN {HERE} AS s ON t.id = s.id "
        f"WHERE {quoted(entity.event)} IS NOT NULL AND {_in_scope(entity)} "
        "GROUP BY file_id ORDER BY file_id"
    )


def select(
    entity: type[Entity], columns: Sequence[str], *, where: str = "", ordered: bool = True
) -> str:
    """The statement that reads columns, sorted by id; of the rows whose `where` is wanted."""
    listed = ", ".join(quoted(name) for name in columns)
    chosen = f" WHERE {quoted(where)} IN (SELECT {WANTED} FROM {WANTED})" if where else ""
    return f"SELECT {listed} FROM {table_of(entity)}{chosen}{' ORDER BY id' * ordered}"


def values(entity: type[Entity], column: str) -> str:
    """The statement that reads each value of a column once."""
    name = quoted(column)
    return (
        f"SELECT DISTINCT {name} FROM {table_of(entity)} WHERE {name} IS NOT NULL ORDER BY {name}"
    )


def count(entity: type[Entity]) -> str:
    """The statement that counts the rows of a type."""
    return f"SELECT count(*) FROM {table_of(entity)}"


def arrow_schema(entity: type[Entity], columns: Sequence[str]) -> pa.Schema:
    """The Arrow schema of columns of a type."""
    return pa.schema([(name, entity.properties[name].kind.arrow) for name in columns])


def to_arrow(entity: type[Entity], frame: pd.DataFrame) -> pa.Table:
    """A frame of a type as an Arrow table, without copying what is Arrow already."""
    schema = arrow_schema(entity, list(entity.properties))
    return pa.Table.from_pandas(frame, schema=schema, preserve_index=False)


def to_frame(entity: type[Entity], columns: Sequence[str], table: pa.Table) -> pd.DataFrame:
    """An Arrow table as a frame with the dtypes of `schema.frame_of`."""
    typed = table.cast(arrow_schema(entity, columns))
    return pd.DataFrame(
        {
            name: pd.arrays.ArrowExtensionArray(column)
            for name, column in zip(columns, typed.columns, strict=True)
        },
        copy=False,
    )
