"""Batch, Source and Reading: what loaders and texts bring, checked against the schema."""

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np
import pandas as pd
import pyarrow as pa

from graphkit.declaration import empty_column
from graphkit.encoded import as_arrow, decoded, encoded, is_encoded, places, series_of
from graphkit.schema import BOOKS, Entity, Kind, Relationship, frame_of
from graphkit.threads import begun, side_by_side


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from.

    Attributes:
        system: The system that wrote the file, such as quickbooks.
        instance: Which of several such systems; prefixes every native id ("quickbooks:9001").
        kind: What the file holds, such as invoices.
        path: The file's name, for people.
        file_id: Key of the File: the same bytes read as the same kind have the same one.
        currency: ISO currency of amounts that name none.
        titles: The lines above the header.
    """

    system: str
    instance: str
    kind: str
    path: str
    file_id: str
    currency: str = "USD"
    titles: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        *,
        system: str,
        kind: str,
        path: str,
        content: bytes,
        instance: str = "",
        currency: str = "USD",
    ) -> "Source":
        """A source whose file_id is derived from instance, kind and content."""
        instance = instance or system
        digest = hashlib.sha256(f"{instance}\0{kind}\0".encode())
        digest.update(content)
        return cls(system, instance, kind, path, digest.hexdigest()[:12], currency)

    def key(self, native: pd.Series) -> pd.Series:
        """Ids of this instance for native ids, such as "erp:SO-1001"; empty stays empty."""
        if is_encoded(native):
            codes, texts = places(native)
            return encoded(codes, as_arrow(self.key(series_of(texts))))
        ids = self.instance + ":" + native.astype(Kind.TEXT.dtype).str.strip()
        if (ids.str.len() > LONGEST_ID).any():
            ids = ids.map(shortened, na_action="ignore").astype(Kind.TEXT.dtype)
        return cast("pd.Series", ids)


LONGEST_ID = 500
"""Characters; the index of a Neo4j takes no value of more than 8 kB."""


def shortened(text: str) -> str:
    """An id as it is, or the begin of one that is too long for an index, with a hash of all of it.

    >>> shortened("erp:SO-1001"), len(shortened("x" * 10_000))
    ('erp:SO-1001', 517)
    """
    if len(text) <= LONGEST_ID:
        return text
    return f"{text[:LONGEST_ID]}:{hashlib.sha256(text.encode()).hexdigest()[:16]}"


NONE_KEPT = pd.DataFrame({"id": empty_column(Kind.TEXT, 0), "on": empty_column(Kind.DATE, 0)})


@dataclasses.dataclass(frozen=True, slots=True)
class Batch:
    """Many rows of one type.

    Make it with `Batch.of`, which checks the columns against the schema.

    Attributes:
        entity: A declared type.
        frame: The rows, with every column of the type.
        kept: Stored rows of which the source says what it said before: their ids (`id`) and the day
            on which each happened (`on`). They are not written, and not gone.
    """

    entity: type[Entity]
    frame: pd.DataFrame
    kept: pd.DataFrame = dataclasses.field(default_factory=lambda: NONE_KEPT)

    @classmethod
    def of(
        cls,
        entity: type[Entity],
        columns: pd.DataFrame | Mapping[str, object],
        *,
        source: Source | None = None,
    ) -> "Batch":
        """A checked batch: dtypes of the schema, ids of relationships, hashes, no repeated id.

        Of rows with the same id the last stays, except in types that fill, where later values fill
        what earlier ones left empty; of what happens, later values win, and earlier ones fill.

        Args:
            entity: A declared type.
            columns: Values by column. `row` is the row in the file for types with a source.
            source: Where the rows come from; sets file_id.

        Raises:
            KeyError: A column that the type does not have.
            ValueError: A column that must not be empty is.
        """
        table = columns if isinstance(columns, pd.DataFrame) else pd.DataFrame(dict(columns))
        given: dict[str, object] = {str(name): table[name] for name in table}
        if isinstance(columns, dict):  # pandas makes floats of whole numbers with gaps between
            given |= {name: value for name, value in columns.items() if isinstance(value, list)}
        if source is not None and "file_id" in entity.properties:
            given["file_id"] = _repeated(source.file_id, len(table))
        if issubclass(entity, Relationship) and "id" not in given:
            given["id"] = _relationship_ids(entity, given)
        frame = _hashed(entity, given)
        if "run" in frame:
            frame["run"] = pd.Series(np.zeros(len(frame), dtype=np.int64), dtype=Kind.INTEGER.dtype)
        for name, item in entity.properties.items():
            if not item.nullable and bool(frame[name].isna().any()):
                raise ValueError(f"{entity.__name__}.{name} must not be empty")
        return cls(entity, frame)

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def ids(self) -> pd.Series:
        """Ids of all its rows, those included that are not written."""
        return pd.concat([self.frame["id"], self.kept["id"]], ignore_index=True)


def _relationship_ids(entity: type[Relationship], given: dict[str, object]) -> pd.Series:
    """Hex of a 64-bit hash of the key columns, so that the same fact has the same id everywhere."""
    keys = frame_of(entity, {name: given[name] for name in entity.key if name in given})
    hashed = _combined([_hashed_spellings(keys[name]) for name in entity.key])
    return pd.Series([f"{value:016x}" for value in hashed.tolist()], dtype=Kind.TEXT.dtype)


def _hashed(entity: type[Entity], given: Mapping[str, object]) -> pd.DataFrame:
    """The frame of some columns, no id twice, with hashes where the type has them."""
    coded = {
        name: column
        for name, column in given.items()
        if isinstance(column, pd.Series) and is_encoded(column)
    }
    rows = max(map(len, coded.values()), default=0)
    plain = side_by_side(decoded, coded.values(), rows=rows)
    frame = frame_of(entity, {**given, **dict(zip(coded, plain, strict=True))})
    repeated = begun(_has_repeats, coded.get("id", frame["id"]), rows=len(frame))
    hashes = row_hashes(entity, {**_columns(frame), **coded}) if "hash" in frame else None
    if repeated.result():
        frame = _without_repeats(entity, frame)
        hashes = row_hashes(entity, _columns(frame)) if "hash" in frame else None
    if hashes is not None:
        frame["hash"] = pd.Series(hashes, dtype=Kind.INTEGER.dtype)
    return frame


def _columns(frame: pd.DataFrame) -> dict[str, pd.Series]:
    return {str(name): frame[name] for name in frame}


def _has_repeats(ids: pd.Series) -> bool:
    codes, _ = places(ids)
    return bool(len(codes) and np.bincount(codes + 1)[1:].max(initial=0) > 1)


def _without_repeats(entity: type[Entity], frame: pd.DataFrame) -> pd.DataFrame:
    if not entity.fills:
        return frame.drop_duplicates("id", keep="last").reset_index(drop=True)
    groups = frame.groupby("id", sort=False, as_index=False)
    kept = groups.last() if entity.event else groups.first()
    return kept[list(frame.columns)]


def _repeated(text: str, length: int) -> pd.Series:
    return series_of(pa.repeat(pa.scalar(text), length))


def hashed_together(columns: Sequence[pd.Series]) -> np.ndarray:
    """A signed 64-bit hash of each row of some text columns."""
    rows = max(map(len, columns), default=0)
    return _combined(side_by_side(_hashed_spellings, columns, rows=rows)).astype(np.int64)


def _combined(hashes: list[np.ndarray]) -> np.ndarray:
    """One unsigned 64-bit hash a row from those of its values."""
    total = np.zeros(len(hashes[0]) if hashes else 0, dtype=np.uint64)
    for one in hashes:
        total *= np.uint64(0x9E3779B97F4A7C15)  # in place: memory costs more than arithmetic
        total += one
    return total


def _hashed_spellings(column: pd.Series) -> np.ndarray:
    """A hash of each value as text, 0 for an empty one, equal for equal values on any machine."""
    codes, values = places(column) if is_encoded(column) else pd.factorize(column)
    texts = np.asarray(values, dtype=object)  # which Arrow makes faster as a whole
    if not (column.dtype == Kind.TEXT.dtype or is_encoded(column)):
        texts = np.array([str(value) for value in texts], dtype=object)
    hashes = pd.util.hash_array(texts, categorize=False)  # they are distinct already
    return np.append(hashes, np.uint64(0))[codes]  # the last one stands for empty


def _hashed_numbers(column: pd.Series) -> np.ndarray:
    """The same for numbers, of which there may be as many as rows: a hash of their bits."""
    array = as_arrow(column)
    numbers = array.fill_null(0).to_numpy() + 0  # which makes -0.0 the 0.0 that it equals
    hashes = pd.util.hash_array(numbers, categorize=False)
    if array.null_count:
        hashes[np.asarray(array.is_null())] = 0
    return hashes


_NUMBERS = frozenset({Kind.INTEGER, Kind.MONEY, Kind.NUMBER})


def row_hashes(entity: type[Entity], columns: Mapping[str, pd.Series]) -> np.ndarray:
    """A signed 64-bit hash of each row's values without its id and its provenance.

    Args:
        entity: The rows' type.
        columns: Its columns, plain or encoded.
    """
    names = [name for name in entity.properties if name != "id" and name not in BOOKS]

    def hashed(name: str) -> np.ndarray:
        number = entity.properties[name].kind in _NUMBERS
        return _hashed_numbers(columns[name]) if number else _hashed_spellings(columns[name])

    rows = len(columns["id"])
    return _combined(side_by_side(hashed, names, rows=rows)).astype(np.int64)


REJECTS = ("row", "column", "value", "reason", "content")
"""Columns of the frame of rejected rows: row number, column, value, reason, the row as JSON."""


@dataclasses.dataclass(frozen=True, slots=True)
class Reason:
    """Why some rows of a file were not loaded.

    Attributes:
        column: The column at fault.
        why: What is wrong, and what to do.
        count: How many rows.
        row: The first of them.
        value: What stands there.
    """

    column: str
    why: str
    count: int
    row: int
    value: str

    def __str__(self) -> str:
        where = (
            f"row {self.row:,}" if self.count == 1 else f"{self.count:,} rows, first {self.row:,}"
        )
        value = f" {self.value!r}" if self.value else ""
        return f"{where}: {self.column}{value}: {self.why}"


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """What a loader made of a sheet; rows read = loaded + repeated + rejected.

    Attributes:
        batches: Rows by type; accounts and other entities before the facts that link to them.
        rejects: Rows that were not loaded, with the columns of REJECTS.
        rows: Rows read.
        repeated: Rows that repeat another one.
        amount: Sum of the amounts loaded, in ten-thousandths; None where there are none.
        first_on: First day of what happened in it (ISO), or empty.
        last_on: Last day of what happened in it (ISO), or empty.
        stated: What the report itself says its amounts add up to; None where it does not.
        as_of: The day whose state the report shows (ISO), or empty.
        notes: How what could be read in two ways was read, and why.
        remarks: How many rows make less than they could, by what they lack.
        nothing: How many of the rows loaded make nothing of their own, by what they are.
        corrects: Whether it only makes up for rows of another file that were rejected.
    """

    batches: tuple[Batch, ...]
    rejects: pd.DataFrame
    rows: int
    repeated: int = 0
    amount: int | None = None
    first_on: str = ""
    last_on: str = ""
    stated: int | None = None
    as_of: str = ""
    notes: tuple[str, ...] = ()
    remarks: Mapping[str, int] = dataclasses.field(default_factory=dict)
    nothing: Mapping[str, int] = dataclasses.field(default_factory=dict)
    corrects: bool = False

    @property
    def rejected(self) -> int:
        """How many rows were not loaded."""
        return int(self.rejects["row"].nunique())

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why rows were not loaded, the most frequent first."""
        found = []
        for (column, why), rows in self.rejects.groupby(["column", "reason"], sort=True):
            first = rows.sort_values("row").iloc[0]
            count = int(rows["row"].nunique())
            found.append(
                Reason(str(column), str(why), count, int(first["row"]), str(first["value"]))
            )
        return tuple(sorted(found, key=lambda one: (-one.count, one.row)))
