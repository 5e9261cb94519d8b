"""Lines of a grid: which are blank, what is in them, and whole columns of some of them."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graphkit.sheets.text import Grid, blank

_FEW = 40


def filled(columns: list[pa.Array], lines: np.ndarray) -> np.ndarray:
    """Which cells of some lines hold something: one row a line, one column a column."""
    return ~np.column_stack([blank(column.take(pa.array(lines))) for column in columns])


def blank_lines(columns: list[pa.Array]) -> np.ndarray:
    """The lines that hold nothing at all."""
    found = np.flatnonzero(blank(columns[0]))
    for column in columns[1:]:
        if len(found):
            found = found[blank(column.take(pa.array(found)))]
    return found


def repeats_of(columns: list[pa.Array], header: int) -> np.ndarray:
    """The lines below the header that are the header again, as in exports put end to end."""
    named = [column for column in columns if column[header].as_py().strip()]
    found = np.flatnonzero(pc.equal(named[0], named[0][header])) if named else np.array([], int)
    found = found[found > header]
    for column in columns:
        if len(found):
            found = found[np.asarray(pc.equal(column.take(pa.array(found)), column[header]))]
    return found


def cells_of(grid: Grid, line: int) -> list[str]:
    """The cells of a line, without space around them."""
    return [column[line].as_py().strip() for column in grid.columns]


def words_of(grid: Grid, line: int) -> str:
    """What is in a line, as one text."""
    return " ".join(cell for cell in cells_of(grid, line) if cell)


def is_used(column: pa.Array, lines: np.ndarray) -> bool:
    """Whether any of some lines fills a column; the first ones usually settle it."""
    few = lines[:_FEW]
    return bool((~blank(column.take(pa.array(few)))).any()) or bool(
        (~blank(column.take(pa.array(lines)))).any()
    )


def taken(column: pa.Array, lines: np.ndarray) -> pa.Array:
    """A column of some lines only; of adjacent ones without a copy."""
    if len(lines) and lines[-1] - lines[0] + 1 == len(lines):
        return column.slice(int(lines[0]), len(lines))
    return column.take(pa.array(lines))


def names_of(header: Sequence[tuple[int, str]]) -> list[str]:
    """Column names: a blank one by its place, a repeated one as "Name.2".

    >>> names_of([(0, ""), (1, "Date"), (3, "Date")])
    ['column 1', 'Date', 'Date.2']
    """
    made: dict[str, None] = {}
    for index, name in header:
        base = " ".join(name.split()) or f"column {index + 1}"
        again = 2
        unique = base
        while unique in made:
            unique, again = f"{base}.{again}", again + 1
        made[unique] = None
    return list(made)
