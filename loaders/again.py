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
from graphkit.encoded import as_arrow, encoded, places, series_of, together
from graphkit.plugins import STORED, Tables
from graphkit.schema import CELLS, Kind
from graphkit.sheets import Sheet
from graphkit.threads import begun
from loaders.cells import TEXT, Habits, clean, parse
from loaders.mapping import Mapping
from loaders.recognition import by_heading, heading
from loaders.shape import Rows


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

    def naming(
        self,
        mapping: Mapping,
        rows: Rows,
        cells: Map[str, pa.Array],
        habits: Habits,
        at: np.ndarray,
    ) -> Rows:
        """The rows of which something is stored, with the fields by which they name others.

        Args:
            mapping: Describes the sheet.
            rows: Those that are read and whole.
            cells: Text of each field, of all rows.
            habits: How the file writes dates and numbers.
            at: Row of each in the file.
        """
        again = mapping.kind.again
        if again is None or self.cells is None or not len(self.stored):
            return rows
        once = self.mask
        if self.repeated:
            once = once & ~pd.Series(self.cells).duplicated(keep="last").to_numpy(bool)
        stays = once | np.isin(at, rows.at.to_numpy(dtype=np.int64))
        columns = {
            name: series_of(parse(TEXT, cells[name].filter(pa.array(stays)), habits).values)
            for name in again.fields
            if name in cells
        }
        there = pd.Series(at[stays], dtype=Kind.INTEGER.dtype)
        return Rows(rows.source, there, columns, empty_column(Kind.INTEGER, len(there)))

    def kept(self, mapping: Mapping, batches: list[Batch], naming: Rows) -> tuple[Batch, ...]:
        """Batches of the other rows, which keep what is stored of these.

        Args:
            mapping: Describes the sheet.
            batches: What the other rows make.
            naming: These and the other rows, with the fields by which they name others.
        """
        again = mapping.kind.again
        if again is None or not len(self.stored):
            return tuple(batches)
        named = {one.entity: one for one in again.named(naming)}
        batches = [named.get(one.entity, one) for one in batches]
        on = self.stored[mapping.kind.event]
        lines = pd.DataFrame({"id": self.stored["id"], "on": on})
        kept = {again.row: lines, again.thing: _first_days(self.stored[again.part_of], on)}
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
    if mapping.kind.key[-1] not in cells:  # then their order in the file says which line each is
        signs = _in_turn(signs, _things(mapping, cells))
    stored = tables.get(STORED)
    if stored is None or not len(stored) or not len(signs):
        return Again(signs, nothing, NONE_KEPT)
    known = as_arrow(stored[CELLS])
    found = begun(lambda own: pc.index_in(own, known), pa.array(signs))
    part_of = series_of(as_arrow(stored[mapping.kind.again.part_of]).dictionary_encode())
    things = _things(mapping, cells)
    at = np.asarray(found.result().fill_null(-1))
    mask = _whole(things, at, places(part_of)[0])
    here = np.zeros(len(stored), dtype=bool)
    here[at[mask]] = True
    stored = stored.assign(**{mapping.kind.again.part_of: part_of})
    return Again(signs, mask, stored[here].reset_index(drop=True))


def _signs(
    mapping: Mapping, sheet: Sheet, source: Source, cells: Map[str, pa.Array], habits: Habits
) -> np.ndarray:
    """A hash of all that is read of each row, and of what decides how."""
    names = sorted(cells)
    there = by_heading(sheet)
    said = [heading(name) for one in mapping.leave_out for name in one.column]
    telling = [one for one in said if one in there]
    reader = (__version__, mapping.name, mapping.version, mapping.leave_out)
    how = repr((*reader, source.instance, source.currency, habits, names, telling))
    columns = [
        encoded(np.zeros(len(sheet.rows), dtype=np.int64), pa.array([how])),
        *(series_of(cells[name]) for name in names),
        *(sheet.cells[there[one]] for one in telling),
    ]
    return hashed_together(columns)


def _things(mapping: Mapping, cells: Map[str, pa.Array]) -> np.ndarray:
    """What each row is part of, by what is read of its key and not by how it is spaced.

    They are numbered from 0, nearly without gaps.
    """
    key = []
    for name in mapping.kind.key[:-1]:
        if name in cells:
            column = series_of(cells[name])
            codes, texts = places(column)
            told = clean(texts)
            key.append(column if told.equals(texts) else encoded(codes, told))
    numbers = together(key)
    return numbers if len(key) == 1 else np.asarray(pd.factorize(numbers)[0])


def _in_turn(signs: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Hashes of rows that also tell which of the different rows of its group each one is."""
    codes, _ = pd.factorize(signs)
    first = ~pd.Series(codes).duplicated().to_numpy(bool)
    turn = pd.Series(groups[first]).groupby(groups[first]).cumcount().to_numpy()
    told = signs.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + turn[codes].astype(np.uint64)
    return told.astype(np.int64)


def _first_days(things: pd.Series, on: pd.Series) -> pd.DataFrame:
    """The first day of each thing: `id` and `on`.

    Args:
        things: What each row is part of, encoded.
        on: The day of each.
    """
    codes, ids = places(things)
    days = np.asarray(as_arrow(on).cast(pa.int32()))
    first = np.full(len(ids), np.iinfo(np.int32).max)
    np.minimum.at(first, codes, days)
    there = np.flatnonzero(np.bincount(codes, minlength=len(ids)))
    first_on = pa.array(first[there], pa.int32()).cast(Kind.DATE.arrow)
    return pd.DataFrame({"id": series_of(ids.take(pa.array(there))), "on": series_of(first_on)})


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
