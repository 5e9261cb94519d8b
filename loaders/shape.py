"""What a kind of sheet is: its fields, what makes a row whole, and the batches it becomes."""

import dataclasses
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa

from graphkit.batch import Batch, Source
from graphkit.declaration import empty_column
from graphkit.encoded import decoded, encoded, together
from graphkit.schema import Entity, Kind
from loaders.cells import TEXT, Parser


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """One thing that a kind of sheet tells in a column.

    Attributes:
        name: Its name here.
        doc: What it means.
        seen: Headings seen in real exports, the usual one first, with commas between; empty when
            only a mapping can say which heading holds it.
        parser: How its cells are read.
        required: Whether a sheet without the column, and a row without a value, is refused.
    """

    name: str
    doc: str
    seen: str
    parser: Parser = TEXT
    required: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """Headings seen in real exports, the usual one first."""
        return tuple(filter(None, self.seen.split(", ")))


@dataclasses.dataclass(frozen=True, slots=True)
class Rows:
    """Parsed rows of a sheet.

    Attributes:
        source: Where they come from.
        at: Row of each in the file.
        columns: Arrow-backed columns by field, most texts encoded; only those that the sheet has.
        cells: Hash of the cells of each; empty where they are always read.
    """

    source: Source
    at: pd.Series
    columns: Mapping[str, pd.Series]
    cells: pd.Series

    def __len__(self) -> int:
        return len(self.at)

    def get(self, name: str, kind: Kind = Kind.TEXT) -> pd.Series:
        """A column; all empty when the sheet does not have it."""
        if name in self.columns:
            return decoded(self.columns[name])
        return empty_column(kind, len(self.at))

    def encoded(self, name: str) -> pd.Series:
        """The same, for texts of which many are equal: as places in a list of the distinct ones."""
        column = self.columns.get(name)
        if column is None:
            return encoded(np.full(len(self.at), -1), pa.array([], pa.string()))
        return column

    def having(self, **columns: pd.Series) -> "Rows":
        """The rows with some columns set."""
        fresh = {name: column.reset_index(drop=True) for name, column in columns.items()}
        return dataclasses.replace(self, columns={**self.columns, **fresh})

    def where(self, mask: np.ndarray) -> "Rows":
        """The rows for which the mask holds."""
        if mask.all():
            return self
        kept = {name: pd.Series(column.array[mask]) for name, column in self.columns.items()}
        at, cells = pd.Series(self.at.array[mask]), pd.Series(self.cells.array[mask])
        return Rows(self.source, at, kept, cells)


@dataclasses.dataclass(frozen=True, slots=True)
class Complaint:
    """Why some rows cannot be loaded although each cell can be read.

    Attributes:
        mask: Which rows.
        field: The field at fault.
        reason: Why.
    """

    mask: np.ndarray
    field: str
    reason: str


def _as_it_is(rows: Rows) -> Rows:
    return rows


def _no_complaint(_: Rows) -> tuple[Complaint, ...]:
    return ()


def _nothing_open(_: Rows) -> Mapping[str, int]:
    return {}


def _all_are(_: Rows) -> Mapping[str, np.ndarray]:
    return {}


@dataclasses.dataclass(frozen=True, slots=True)
class Stored:
    """How rows of a kind are stored, where those that stand in a file again are not read again.

    Amount and event of the kind are columns of the type under the same names.

    Attributes:
        row: The type of which each row makes one; it has the property `cells`.
        part_of: Its column that says of what it is part.
        thing: The type of that.
        fields: The fields, all of them texts, with which rows name others.
        named: What rows name, by these fields alone; it is read of every row, since another file
            may have named it otherwise in between.
    """

    row: type[Entity]
    part_of: str
    thing: type[Entity]
    fields: tuple[str, ...]
    named: Callable[[Rows], list[Batch]]


@dataclasses.dataclass(frozen=True, slots=True)
class SheetKind:
    """A kind of sheet.

    Attributes:
        name: What it holds, such as invoices.
        doc: What one row is.
        fields: What its columns tell.
        key: Columns, after `complete`, that make a row what it is; the last row with a key stays.
        build: Rows to batches; entities before the facts that link to them.
        any_of: Groups of fields of which a sheet and each row need one.
        against: Headings that speak for another kind, with commas between.
        complete: Adds what follows from other columns.
        check: What is wrong with whole rows.
        together: Adds up rows that are lines of one thing, for mappings whose rows are lines.
        leave_out: Rows that are none of the kind, by what they are: they make nothing, and are
            counted and not rejected, since an ordinary export has them.
        remarks: What rows that are loaded leave open, and how many do.
        amount: The field that is added up; empty when there is none.
        event: The field with the day on which it happened; empty when there is none.
        again: How its rows are stored, where those that stand in a file again are not read again;
            its key without the last column is then what they are part of.
    """

    name: str
    doc: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    build: Callable[[Rows], list[Batch]]
    any_of: tuple[tuple[str, ...], ...] = ()
    against: str = ""
    complete: Callable[[Rows], Rows] = _as_it_is
    check: Callable[[Rows], tuple[Complaint, ...]] = _no_complaint
    together: Callable[[Rows], Rows] | None = None
    leave_out: Callable[[Rows], Mapping[str, np.ndarray]] = _all_are
    remarks: Callable[[Rows], Mapping[str, int]] = _nothing_open
    amount: str = ""
    event: str = ""
    again: Stored | None = None

    def field(self, name: str) -> Field:
        """The field of that name.

        Raises:
            KeyError: There is none.
        """
        return next(one for one in self.fields if one.name == name)

    def numbered(self, rows: Rows) -> np.ndarray:
        """A number for the key of each row, equal for equal keys."""
        return together([rows.encoded(name) for name in self.key])

    @property
    def field_names(self) -> list[str]:
        """The names of its fields."""
        return [one.name for one in self.fields]


def mask_of(flags: pd.Series) -> np.ndarray:
    """A column of flags as a numpy mask; empty is no."""
    return flags.fillna(False).to_numpy(dtype=bool)
