"""The cells of each field: of its column, of other tables, of several columns together."""

import dataclasses
from collections.abc import Mapping as Map

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graphkit.encoded import as_arrow, together
from graphkit.errors import UnreadableError
from graphkit.sheets import Sheet
from loaders.mapping import Mapping
from loaders.recognition import by_heading, from_file_name, heading
from loaders.tables import cleaned, files_of

_BETWEEN = "; "
"""Between texts of several columns: the end of a clause for whoever reads them."""


@dataclasses.dataclass(frozen=True, slots=True)
class Columns:
    """Where the cells of each field stand.

    Attributes:
        by_field: Headings by field: of several the first that has something counts.
        texts: Headings by field whose cells are written one after another.
    """

    by_field: Map[str, tuple[str, ...]]
    texts: Map[str, tuple[str, ...]]

    def first(self, field: str) -> str:
        """The heading to name in a message about a field."""
        names = self.by_field.get(field) or self.texts.get(field) or (field,)
        return names[0]


def columns_of(mapping: Mapping, sheet: Sheet, recognised: Map[str, str]) -> Columns:
    """Where the cells of each field stand, in the sheet with what it looks up.

    Args:
        mapping: Describes the sheet.
        sheet: The sheet, with the columns of other tables.
        recognised: The heading of each field that the sheet itself has.

    Raises:
        UnreadableError: A field that is needed is in none of the other tables.
    """
    there = by_heading(sheet)

    def found(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(there[heading(name)] for name in names if heading(name) in there)

    by_field: dict[str, tuple[str, ...]] = {field: (name,) for field, name in recognised.items()}
    for field in mapping.kind.fields:
        if not mapping.looked_up(field.name):
            continue
        has = found(mapping.columns[field.name])
        if has:
            by_field[field.name] = has
        elif field.required and len(sheet.rows):
            raise _elsewhere(mapping, field.name, field.doc, sheet)
    texts = {name: found(headings) for name, headings in mapping.texts.items()}
    return Columns(by_field, {name: has for name, has in texts.items() if has})


def _elsewhere(mapping: Mapping, field: str, doc: str, sheet: Sheet) -> UnreadableError:
    """What to say when a needed field stands in a file that is not in the load."""
    names = [name.partition(".")[0] for name in mapping.columns[field]]
    links = [mapping.lookups[name] for name in names if name in mapping.lookups]
    files = dict.fromkeys(file for one in links for file in files_of(mapping.system, one.table))
    return UnreadableError(
        f"{doc} stands in another export, {' or '.join(files)}",
        where=sheet.path,
        next_step=f"export {next(iter(files))} too, and load both together",
    )


def cells_of(mapping: Mapping, sheet: Sheet, columns: Columns) -> dict[str, pa.Array]:
    """Text of each field: its column, or what the mapping or the file's name fixes."""
    fixed = {**mapping.values, **from_file_name(mapping, sheet)}
    found = {}
    for field in mapping.kind.fields:
        if field.name in columns.texts:
            found[field.name] = _one_after_another(sheet, columns.texts[field.name])
        elif field.name in columns.by_field:
            found[field.name] = _first_of(sheet, columns.by_field[field.name])
        elif field.name in fixed:
            found[field.name] = pa.repeat(fixed[field.name], len(sheet.rows))
    return found


def _first_of(sheet: Sheet, names: tuple[str, ...]) -> pa.Array:
    if len(names) == 1:
        return as_arrow(sheet.cells[names[0]]).cast(pa.string()).fill_null("")
    found = cleaned(sheet.cells[names[0]])
    for name in names[1:]:
        found = pc.if_else(pc.equal(found, ""), cleaned(sheet.cells[name]), found)
    return found


def _one_after_another(sheet: Sheet, names: tuple[str, ...]) -> pa.Array:
    """Each text once, in the order of the columns; each combination is put together once."""
    columns = [cleaned(sheet.cells[name]).to_pandas() for name in names]
    codes = pd.factorize(together(columns))[0]
    _, first = np.unique(codes, return_index=True)
    parts = zip(*(column.iloc[first] for column in columns), strict=True)
    texts = [_BETWEEN.join(dict.fromkeys(filter(None, row))) for row in parts]
    return pa.array(texts, pa.string()).take(pa.array(codes))
