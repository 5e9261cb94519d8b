"""Rows that are read and make nothing: part of another row, none of the kind, or only looked up."""

from collections.abc import Mapping as Map

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graphkit.plugins import Tables
from graphkit.sheets import Sheet
from loaders.mapping import Mapping
from loaders.recognition import by_heading, heading
from loaders.shape import Rows
from loaders.tables import cleaned, present

_LOOKED_UP = "they only complete rows of other files"


def left_out(mapping: Mapping, sheet: Sheet, tables: Tables, rows: Rows) -> dict[str, np.ndarray]:
    """Which rows make nothing of their own, by what they are; each row for one reason only.

    Args:
        mapping: Describes the sheet.
        sheet: The sheet, with the columns of other tables.
        tables: The other files of the system.
        rows: Its parsed rows.
    """
    found: dict[str, np.ndarray] = {}
    before = np.zeros(len(sheet.rows), dtype=bool)
    told = (*_parts(mapping, sheet, tables), *_others(mapping, sheet))
    for why, mask in (*told, *mapping.kind.leave_out(rows).items()):
        found[why] = found.get(why, False) | (mask & ~before)
        before |= mask
    return found


def counted(mapping: Mapping, left: Map[str, np.ndarray], kept: int) -> dict[str, int]:
    """How many of the loaded rows make nothing, by what they are.

    Args:
        mapping: Describes the sheet.
        left: What `left_out` found.
        kept: How many of the other rows neither repeat another one nor are rejected.
    """
    found = {why: int(mask.sum()) for why, mask in left.items() if mask.any()}
    return found if mapping.kind.fields or not kept else {**found, _LOOKED_UP: kept}


def _parts(mapping: Mapping, sheet: Sheet, tables: Tables) -> list[tuple[str, np.ndarray]]:
    """Rows that another file has as part of one of its own: they are one thing, not two."""
    masks = [(one, present(sheet, mapping.system, one, tables)) for one in mapping.part_of]
    return [(one.because, mask) for one, mask in masks if mask is not None]


def _others(mapping: Mapping, sheet: Sheet) -> list[tuple[str, np.ndarray]]:
    """Rows that are none of the kind."""
    there = by_heading(sheet)
    found = []
    for one in mapping.leave_out:
        name = next((there[heading(name)] for name in one.column if heading(name) in there), None)
        if name is not None:
            cells = pc.utf8_lower(cleaned(sheet.cells[name]))
            mask = np.asarray(pc.is_in(cells, value_set=pa.array(one.cells)))
            found.append((one.because, mask))
    return found
