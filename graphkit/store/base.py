"""GraphStore: what both stores promise."""

import abc
import dataclasses
import datetime as dt
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self

import pandas as pd

from graphkit.batch import Batch
from graphkit.errors import UsageError
from graphkit.schema import Entity, Kind
from graphkit.statistics.engine import BUILT_IN, Engine


@dataclasses.dataclass(frozen=True, slots=True)
class Changes:
    """What a write did to rows of one type."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Scope:
    """Which stored rows a load speaks for: those that it does not bring are gone from the source.

    Attributes:
        file_ids: Files of the same system instance and kind, this one included.
        first: First event day the export covers; None for no bound.
        last: Last event day the export covers; None for no bound.
    """

    file_ids: tuple[str, ...]
    first: dt.date | None = None
    last: dt.date | None = None


class GraphStore(abc.ABC):
    """Nodes and relationships of the declared types, as frames.

    Rows are keyed by `id`. Frames that come back have every declared column in order, with its
    dtype (`schema.frame_of`), sorted by id. A store is a context manager; leaving it closes it.
    """

    @abc.abstractmethod
    def transaction(self) -> AbstractContextManager[None]:
        """All writes inside become visible together, or none do when an error leaves the block."""

    @abc.abstractmethod
    def write(self, batch: Batch, *, run: int) -> Changes:
        """Add new rows and change changed ones, by id; rows that the batch keeps stay as they are.

        Rows whose hash is stored already are not written. In types that fill, an empty value leaves
        what is stored. Written rows carry `run`.
        """

    @abc.abstractmethod
    def replace(self, batch: Batch, scope: Scope, *, run: int) -> Changes:
        """Write a batch, and remove rows within `scope` that it neither has nor keeps.

        A row is within scope when its file_id is one of the scope's and its event day, if its type
        has one, lies between first and last.
        """

    def still_there(self, batch: Batch, scope: Scope) -> pd.DataFrame:
        """How many rows within `scope` each file has, and how many of them a batch has or keeps.

        Args:
            batch: Rows of a type with a file and an event.
            scope: Files, and first and last day.

        Returns:
            file_id, stored and still; no row for files without any.
        """
        event = batch.entity.event
        rows = self.read(batch.entity, ["id", "file_id", event], where=("file_id", scope.file_ids))
        times = rows[event].astype(Kind.TIME.dtype)
        inside = times.notna()
        if scope.first is not None:
            inside &= times >= pd.Timestamp(scope.first)
        if scope.last is not None:
            inside &= times < pd.Timestamp(scope.last) + pd.Timedelta(days=1)
        rows = rows[inside.fillna(value=False).to_numpy(dtype=bool)]
        kept = rows.assign(still=rows["id"].isin(batch.ids).astype("int64"), stored=1)
        counts = kept.groupby("file_id", as_index=False)[["stored", "still"]].sum()
        return counts.astype({"file_id": object})

    @abc.abstractmethod
    def remove(self, entity: type[Entity], ids: Collection[str]) -> int:
        """Remove rows by id, and in a graph database their relationships; how many there were."""

    @abc.abstractmethod
    def set_all(self, batch: Batch, *, run: int) -> Changes:
        """Make a type hold exactly the rows of a batch, where each was read included.

        It is for what is derived anew as a whole, and for copies.
        """

    @staticmethod
    def _wanted_columns(
        entity: type[Entity], columns: Sequence[str], where: tuple[str, Collection[str]] | None
    ) -> list[str]:
        """The columns that `read` is to give, after a check that the type has what is asked for."""
        wanted = list(columns) or list(entity.properties)
        unknown = set(wanted) - set(entity.properties)
        if unknown:
            raise KeyError(f"{entity.__name__} has no column {sorted(unknown)}")
        if where is not None and entity.properties[where[0]].kind is not Kind.TEXT:
            raise ValueError(f"{entity.__name__}.{where[0]} holds no text")
        return wanted

    @abc.abstractmethod
    def read(
        self,
        entity: type[Entity],
        columns: Sequence[str] = (),
        *,
        where: tuple[str, Collection[str]] | None = None,
        ordered: bool = True,
    ) -> pd.DataFrame:
        """Rows of a type, sorted by id unless any order will do.

        Args:
            entity: A declared type.
            columns: Columns wanted; all when empty.
            where: A text column and the values it may have; all rows when None.
            ordered: Whether they have to be sorted, which takes longer than reading.
        """

    @abc.abstractmethod
    def values(self, entity: type[Entity], column: str) -> pd.Series:
        """Each value that a column has, once and sorted; far fewer than rows, most often.

        Raises:
            KeyError: The type has no such column.
        """

    @abc.abstractmethod
    def count(self, entity: type[Entity]) -> int:
        """How many rows a type has."""

    @abc.abstractmethod
    def next_run(self, what: str, *, as_of: dt.date | None = None) -> AbstractContextManager[int]:
        """A run: its number inside the block, recorded as writing, and as done when it ends well.

        A run that an error or a kill leaves in state "writing" is found by `unfinished`.
        """

    @abc.abstractmethod
    def unfinished(self) -> str:
        """What the run was doing that never ended ("load"), or an empty text."""

    @abc.abstractmethod
    def close(self) -> None:
        """Release the store; closing twice is no error."""

    def engine(self, above: int) -> Engine:
        """What computes communities and PageRank on this store's graph: graphkit itself.

        Args:
            above: How many nodes a graph has to exceed to be computed by the database, if it can.
        """
        del above
        return BUILT_IN

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def query(self, cypher: str, parameters: dict[str, object] | None = None) -> pd.DataFrame:
        """Rows that a read-only Cypher query returns.

        Raises:
            UsageError: This store has no Cypher.
        """
        del cypher, parameters
        raise UsageError(
            "The embedded store has no Cypher.",
            next_step="graphkit neo4j up, then graphkit neo4j push",
        )
