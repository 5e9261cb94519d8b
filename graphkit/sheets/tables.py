"""Where a second table begins below the first one."""

import re

import numpy as np
import pyarrow.compute as pc

from graphkit.sheets.lines import cells_of
from graphkit.sheets.text import Grid, blank
from graphkit.sheets.totals import amount, is_notice, total_label

_MOST_GAPS = 200
"""Blank lines after which a table is looked for; a file with more has them between its rows."""
_TITLES = 4
_SAMPLE = 20
_MOSTLY = 0.8
_LEAST = 2
_VALUE = re.compile(r"\d{1,4}[-/.:]\d|\S+@\S+|https?:|true$|false$", re.IGNORECASE)


def next_table(grid: Grid, header: int, blanks: np.ndarray) -> int | None:
    """The line, title or header, with which another table begins; None when there is one only.

    Args:
        grid: The cells.
        header: The line of the first table's header.
        blanks: The lines that hold nothing.
    """
    if len(grid.columns) == 1:
        return None
    comments = _comments(grid, header)
    empty = set(blanks.tolist())
    gaps: list[int] = blanks[blanks > header].tolist()
    after = [line + 1 for line in gaps if line + 1 not in empty]
    places = sorted({*comments[:_MOST_GAPS], *after[:_MOST_GAPS]})
    told = set(comments)
    for place in places:
        if place < len(grid.rows) and _begins(grid, header, place, empty, told):
            return place
    return None


def _comments(grid: Grid, header: int) -> list[int]:
    """The lines below the header that are nothing but a "# ..."."""
    first, second = grid.columns[0], grid.columns[1]
    marked = np.asarray(pc.starts_with(first, "#"))
    if not marked.any():
        return []
    lines = np.flatnonzero(marked)
    lines = lines[lines > header]
    for column in (second, *grid.columns[2:]):
        if len(lines):
            lines = lines[blank(column.take(lines))]
    return [int(line) for line in lines]


def _begins(grid: Grid, header: int, place: int, empty: set[int], told: set[int]) -> bool:
    """Whether titles, if any, and then a header and a row that fits it stand at a place."""
    line, titles, commented = place, 0, False
    while line < len(grid.rows):
        if line in told or line in empty:
            commented, line = commented or line in told, line + 1
            continue
        cells = cells_of(grid, line)
        alone = sum(map(bool, cells)) == 1
        if not alone or titles == _TITLES or is_notice(next(filter(None, cells))):
            break
        titles, line = titles + 1, line + 1
    if line + 1 >= len(grid.rows) or line + 1 in empty:
        return False
    return _is_header(grid, header, (line, place), commented=commented)


def _is_header(grid: Grid, header: int, at: tuple[int, int], *, commented: bool) -> bool:
    line, place = at
    names, row, above = (cells_of(grid, one) for one in (line, line + 1, header))
    known = [cell for cell in names if cell]
    if len(known) < _LEAST or len({*known}) < len(known) or total_label(names) is not None:
        return False
    if any(amount(cell) is not None or _VALUE.match(cell) for cell in known):
        return False
    if any(cell and not name for cell, name in zip(row[1:], names[1:], strict=True)):
        return False
    values = [bool(cell) and (amount(cell) is not None or bool(_VALUE.match(cell))) for cell in row]
    if not any(values):
        return False
    if commented:
        return True
    first = range(header + 1, min(place, header + 1 + _SAMPLE))
    return any(
        name and name != above[index] and _holds_values(grid, index, first)
        for index, name in enumerate(names)
    )


def _holds_values(grid: Grid, index: int, lines: range) -> bool:
    """Whether a column of the table above holds amounts or dates and no words."""
    cells = [cell for line in lines if (cell := grid.columns[index][line].as_py().strip())]
    values = sum(amount(cell) is not None or bool(_VALUE.match(cell)) for cell in cells)
    return bool(cells) and values >= _MOSTLY * len(cells)
