"""Which lines of a plain table are totals of the lines above them."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graphkit.sheets.lines import cells_of, taken
from graphkit.sheets.text import Grid
from graphkit.sheets.totals import amount, plain, total_label

_FIRST = 3
"""The name of a total stands in one of so many columns at the left."""
_NARROW = 8
"""In a table of so few columns a total may fill all of them."""
_MAY_BE_TOTAL = r"(?i)^\s*(sub[\s-]?totals?|(grand |overall |report |net )?totals?|sum)\b"


def totals_in(grid: Grid, body: np.ndarray) -> dict[int, bool]:
    """The lines that are totals of the lines above, and whether each may be the grand one.

    Args:
        grid: The cells.
        body: The lines below the header that hold something.
    """
    found: dict[int, bool] = {}
    for line in _candidates(grid, body):
        cells = cells_of(grid, line)
        label = total_label(cells)
        if label is None:
            continue
        if label.sure:
            bare = sum(map(bool, cells)) == 1 and cells[label.column].isalpha()
            if not bare or line == body[-1]:  # else it may be a company called so
                found[line] = label.grand
        else:
            found |= dict.fromkeys(_of_named(grid, body, (line, label.column), found), False)
    return found


def _candidates(grid: Grid, body: np.ndarray) -> list[int]:
    """Lines that begin as a total does; a wide table's are looked for where a cell is empty."""
    lines = body
    if len(grid.columns) > _NARROW and len(body):
        gaps = np.zeros(len(grid.rows), bool)
        for column in grid.columns:
            gaps |= np.asarray(pc.equal(column, ""))
        lines = body[gaps[body]]
    if not len(lines):
        return []
    seen = np.zeros(len(lines), bool)
    for column in grid.columns[:_FIRST]:
        seen |= np.asarray(pc.match_substring_regex(taken(column, lines), _MAY_BE_TOTAL))
    return [int(line) for line in lines[seen]]


def _of_named(
    grid: Grid, body: np.ndarray, at: tuple[int, int], known: Mapping[int, bool]
) -> list[int]:
    """The line of a "Total Acme", and the one with nothing but "Acme" above; none if it is a name.

    It is a total when the name stands alone on a line above, or when it is the sum from there on.
    """
    line, column = at
    cells = cells_of(grid, line)
    label = total_label(cells)
    above = body[body < line]
    names = grid.columns[column].take(pa.array(above)).to_pylist()
    heads = [
        one
        for one, name in zip(above.tolist(), names, strict=True)
        if label and plain(name) == label.group
    ]
    if not heads:
        return []
    if sum(map(bool, cells_of(grid, heads[-1]))) == 1:
        return [heads[-1], line]
    parts = [one for one in above.tolist() if one >= heads[-1] and one not in known]
    if len(parts) < 2:  # noqa: PLR2004 - one line is no sum
        return []
    for index, cell in enumerate(cells):
        stated = amount(cell) if cell else None
        summed = sum((amount(grid.columns[index][one].as_py()) or 0) for one in parts)
        if stated is not None and stated != summed:
            return []
    return [line]
