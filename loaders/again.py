"""Rows that stand in a file as they stood in an earlier one: their facts are stored already.

An ERP exports everything again each time, and most of it is as it was. A row is known by a hash of
all cells that are read of it, and of what decides how they are read. Rows that make one thing, such
as the lines of an order, are read again when any of them is new, changed or gone.
"""

import dataclasses
from collections.abc import Mapping as Map

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graphkit import __version__
from graphkit.batch import NONE_KEPT, Batch, Source, hashed_together
from graphkit.declaration import empty_column
from graphkit.encoded import as_arrow, decoded, encoded, places, series_of, together
from graphkit.plugins import STORED, Tables
from graphkit.schema import CELLS, Kind
from graphkit.sheets import Sheet
from loaders.cells import Habits
from loaders.mapping import Mapping
from loaders.recognition import by_heading, heading


@dataclasses.dataclass(frozen=True, slots=True)
class Again:
    """Which rows of a sheet are stored as they stand.

    Attributes:
        cells: The hash of each row; None where the mapping's rows are always read.
        mask: Which rows are stored as they stand.
        stored: The stored rows that these are, each once.
    """

    cells: np.ndarray | None
    mask: np.ndarray
    stored: pd.DataFrame

    @property
    def repeated(self) -> int:
        """How many of them repeat another one."""
        return int(self.mask.sum()) - len(self.stored)

    def cells_of_others(self) -> pd.Series:
        """The hash of each row that is read."""
        if self.cells is None:
            return empty_column(Kind.INTEGER, len(self.mask))
        return pd.Series(self.cells[~self.mask], dtype=Kind.INTEGER.dtype)

    def kept(self, mapping: Mapping, batches: list[Batch]) -> tuple[Batch, ...]:
        """Batches of the other rows, which keep what is stored of these.

        Args:
            mapping: Describes the sheet.
            batches: What the other rows make.
        """
        again = mapping.kind.again
        if again is None or not len(self.stored):
            return tuple(batches)
        lines = pd.DataFrame({"id": self.stored["id"], "on": self.stored[mapping.kind.event]})
        part_of = self.stored[again.part_of]
        first = ~pd.Series(places(part_of)[0]).duplicated().to_numpy(bool)
        on = self.stored[mapping.kind.event][first].reset_index(drop=True)
        things = pd.DataFrame({"id": decoded(part_of[first]), "on": on})
        kept = {again.row: lines, again.thing: things}
        return tuple(
            dataclasses.replace(one, kept=kept[one.entity]) if one.entity in kept else one
            for one in batches
        )


def stored_again(
    mapping: Mapping,
    sheet: Sheet,
    source: Source,
    tables: Tables,
    *,
    cells: Map[str, pa.Array],
    habits: Habits,
) -> Again:
    """Which rows of a sheet are stored as they stand.

    Args:
        mapping: Describes the sheet.
        sheet: The sheet, with the columns of other tables.
        source: Where its rows come from.
        tables: What is stored, under STORED.
        cells: Text of each field.
        habits: How the file writes dates and numbers.
    """
    nothing = np.zeros(len(sheet.rows), dtype=bool)
    others = (mapping.lines, mapping.part_of, mapping.belongs_to)  # what they are, other files say
    if mapping.kind.again is None or any(others):
        return Again(None, nothing, NONE_KEPT)
    signs = _signs(mapping, sheet, source, cells, habits)
    stored = tables.get(STORED)
    if stored is None or not len(stored) or not len(signs):
        return Again(signs, nothing, NONE_KEPT)
    at = np.asarray(pc.index_in(pa.array(signs), as_arrow(stored[CELLS])).fill_null(-1))
    key = [series_of(cells[name]) for name in mapping.kind.key[:-1] if name in cells]
    groups = pd.factorize(together(key))[0]
    part_of = series_of(as_arrow(stored[mapping.kind.again.part_of]).dictionary_encode())
    mask = _whole(groups, at, places(part_of)[0])
    here = np.zeros(len(stored), dtype=bool)
    here[at[mask]] = True
    stored = stored.assign(**{mapping.kind.again.part_of: part_of})
    return Again(signs, mask, stored[here].reset_index(drop=True))


def _signs(
    mapping: Mapping, sheet: Sheet, source: Source, cells: Map[str, pa.Array], habits: Habits
) -> np.ndarray:
    """A hash of all that is read of each row, and of what decides how."""
    names = sorted(cells)
    reader = (__version__, mapping.name, mapping.version)
    how = repr((*reader, source.instance, source.currency, habits, names))
    there = by_heading(sheet)
    telling = [heading(name) for one in mapping.leave_out for name in one.column]
    columns = [
        encoded(np.zeros(len(sheet.rows), dtype=np.int64), pa.array([how])),
        *(series_of(cells[name]) for name in names),
        *(sheet.cells[there[one]] for one in telling if one in there),
    ]
    return hashed_together(columns)


def _whole(groups: np.ndarray, at: np.ndarray, things: np.ndarray) -> np.ndarray:
    """Which rows belong to groups of which all rows are stored, and no more than these.

    Args:
        groups: The group of each row, from 0.
        at: The place of each among the stored rows; -1 where it is none of them.
        things: What each stored row is part of, from 0.
    """
    count = int(groups.max(initial=-1)) + 1
    known = at >= 0
    thing = np.full(count, -1)
    thing[groups[known]] = things[at[known]]
    strange = ~known | (thing[groups] != np.where(known, things[at], -2))
    once = known & ~pd.Series(at).duplicated().to_numpy(bool)
    rows = np.bincount(groups[once], minlength=count)
    stored = np.bincount(things)[thing]
    whole = (np.bincount(groups[strange], minlength=count) == 0) & (rows == stored)
    return np.asarray(whole[groups], dtype=bool)
