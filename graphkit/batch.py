"""Batch, Source and Reading: what loaders and texts bring, checked against the schema."""

import dataclasses
import hashlib
from collections.abc import Mapping
from typing import cast

import numpy as np
import pandas as pd

from graphkit.schema import PROVENANCE, Entity, Kind, Relationship, frame_of

_PROVENANCE = frozenset(item.name for item in PROVENANCE)


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
    """

    system: str
    instance: str
    kind: str
    path: str
    file_id: str
    currency: str = "USD"

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
        digest = hashlib.sha256(f"{instance}\0{kind}\0".encode() + content).hexdigest()[:12]
        return cls(system, instance, kind, path, digest, currency)

    def key(self, native: pd.Series) -> pd.Series:
        """Ids of this instance for native ids, such as "erp:SO-1001"; empty stays empty."""
        return cast("pd.Series", self.instance + ":" + native.astype(Kind.TEXT.dtype).str.strip())


@dataclasses.dataclass(frozen=True, slots=True)
class Batch:
    """Many rows of one type.

    Make it with `Batch.of`, which checks the columns against the schema.
    """

    entity: type[Entity]
    frame: pd.DataFrame

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
            given["file_id"] = [source.file_id] * len(table)
        if issubclass(entity, Relationship) and "id" not in given:
            given["id"] = _relationship_ids(entity, given)
        frame = _without_repeats(entity, frame_of(entity, given))
        if "hash" in entity.properties:
            frame["hash"] = pd.Series(row_hashes(entity, frame), dtype=Kind.INTEGER.dtype)
            frame["run"] = pd.Series(np.zeros(len(frame), dtype=np.int64), dtype=Kind.INTEGER.dtype)
        for name, item in entity.properties.items():
            if not item.nullable and bool(frame[name].isna().any()):
                raise ValueError(f"{entity.__name__}.{name} must not be empty")
        return cls(entity, frame)

    def __len__(self) -> int:
        return len(self.frame)


def _relationship_ids(entity: type[Relationship], given: dict[str, object]) -> pd.Series:
    """Hex of a 64-bit hash of the key columns, so that the same fact has the same id everywhere."""
    keys = frame_of(entity, {name: given[name] for name in entity.key if name in given})
    hashed = _hash_columns([keys[name] for name in entity.key])
    return pd.Series([f"{value:016x}" for value in hashed.tolist()], dtype=Kind.TEXT.dtype)


def _without_repeats(entity: type[Entity], frame: pd.DataFrame) -> pd.DataFrame:
    if not bool(frame["id"].duplicated().any()):
        return frame
    if not entity.fills:
        return frame.drop_duplicates("id", keep="last").reset_index(drop=True)
    groups = frame.groupby("id", sort=False, as_index=False)
    kept = groups.last() if entity.event else groups.first()
    return kept[list(frame.columns)]


def _hash_columns(columns: list[pd.Series]) -> np.ndarray:
    """One unsigned 64-bit hash a row, equal for equal values on any machine."""
    total = np.zeros(len(columns[0]) if columns else 0, dtype=np.uint64)
    for column in columns:
        codes, values = pd.factorize(column, use_na_sentinel=True)
        objects = np.asarray(values, dtype=object)  # which Arrow makes faster as a whole
        texts = np.array([str(value) for value in objects], dtype=object)
        hashes = pd.util.hash_array(texts, categorize=False)  # they are distinct already
        hashes = np.append(hashes, np.uint64(0))  # the last one stands for empty
        total = total * np.uint64(0x9E3779B97F4A7C15) + hashes[codes]
    return total


def row_hashes(entity: type[Entity], frame: pd.DataFrame) -> np.ndarray:
    """A signed 64-bit hash of each row's values without its provenance.

    Args:
        entity: The rows' type.
        frame: Its columns.
    """
    names = [name for name in entity.properties if name not in _PROVENANCE]
    return _hash_columns([frame[name] for name in names]).astype(np.int64)


REJECTS = ("row", "column", "value", "reason", "content")
"""Columns of the frame of rejected rows: row number, column, value, reason, the row as JSON."""


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
