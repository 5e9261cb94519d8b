"""A grid cut into sheets: titles, header and rows, without totals, notices and other tables."""

import dataclasses
import re
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa

from graphkit.sheets import Sheet, Unreconciled
from graphkit.sheets.groups import Grouped, grouped
from graphkit.sheets.lines import (
    blank_lines,
    cells_of,
    filled,
    is_used,
    names_of,
    repeats_of,
    taken,
    words_of,
)
from graphkit.sheets.subtotals import totals_in
from graphkit.sheets.tables import next_table
from graphkit.sheets.text import Grid
from graphkit.sheets.totals import amount, is_notice

_HEADER_WITHIN = 40
"""Titles above the header are fewer lines than this."""
_FOOTER_WITHIN = 12
_MOSTLY = 0.8
_MOST_TABLES = 50
_WITH_COMMAS = re.compile(r"copyright \(c\)", re.IGNORECASE)
_COMMENT = re.compile(r"#($|[\s#=-])")
_UNIT = re.compile(
    r"[(\[].{1,14}[)\]]$|(usd|eur|gbp|cad|chf|[$€£%]|pcs|pieces|ea|each|hrs?|hours|days|min|minutes"
    r"|kg|g|lbs?|in|inch|mm|cm|m|date|text|number|yyyy-mm-dd|mm/dd/yyyy|dd/mm/yyyy)$",
    re.IGNORECASE,
)


@dataclasses.dataclass(frozen=True, slots=True)
class _Cut:
    """What a table consists of.

    Attributes:
        header: The line of the header.
        rows: The lines that are rows.
        groups: The group of each row, in a grouped report.
        totals: The report's own totals, by column.
        unreconciled: Groups whose total is not the sum of their lines.
    """

    header: int
    rows: np.ndarray
    groups: pa.Array | None = None
    totals: Mapping[int, str] = dataclasses.field(default_factory=dict)
    unreconciled: tuple[Unreconciled, ...] = ()


def sheets_in(path: str, name: str, grid: Grid) -> list[Sheet]:
    """The tables in a grid, one below the other; most often one, and none when nothing is a header.

    Args:
        path: The file's name, for people.
        name: The sheet's name in a workbook.
        grid: Its cells.
    """
    sheets: list[Sheet] = []
    rest: Grid | None = grid
    while rest is not None and len(sheets) < _MOST_TABLES:
        if not rest.columns or not len(rest.rows):
            break
        head = np.arange(min(_HEADER_WITHIN, len(rest.rows)))
        header = header_at(rest, filled(rest.columns, head))
        if header is None:
            break
        blank = blank_lines(rest.columns)
        end = next_table(rest, header, blank)
        table = rest if end is None else part_of(rest, 0, end)
        known = name if not sheets else f"{name}#{len(sheets) + 1}"
        sheets.append(
            _sheet(path, known, table, _cut(table, header, blank[blank < len(table.rows)]))
        )
        rest = None if end is None else part_of(rest, end, len(rest.rows))
    return sheets


def part_of(grid: Grid, first: int, last: int) -> Grid:
    """Some lines of a grid, without a copy."""
    columns = [column.slice(first, last - first) for column in grid.columns]
    return Grid(columns, grid.rows[first:last], grid.encoding)


def sheet_of_records(path: str, names: list[str], grid: Grid) -> Sheet:
    """Records with named fields as a sheet; those that hold nothing are left out.

    Args:
        path: The file's name, for people.
        names: The fields.
        grid: Their cells, without a header.
    """
    lines = np.delete(np.arange(len(grid.rows)), blank_lines(grid.columns))
    known = names_of([*enumerate(names)])
    cells = _frame([taken(column, lines) for column in grid.columns], known)
    return Sheet(path, "", cells, grid.rows[lines], grid.encoding)


def header_at(grid: Grid, full: np.ndarray) -> int | None:
    """The first line that fills more than half as many cells as the fullest one nearby.

    Comment lines ("# Start date: ...") are none. A blank first heading counts as a heading. Where
    the table has two columns, a single cell is a title only if all lines below have two.

    Args:
        grid: The cells.
        full: Which cells of the first lines are filled.
    """
    counts = full.sum(axis=1)
    unnamed = ~full[:, 0] & (counts == full.shape[1] - 1) & (counts > 0)
    counts = counts + unnamed
    start = _comments(grid, counts)
    counts[:start] = 0
    if not counts.any():
        return None
    most = counts.max()
    wide = np.flatnonzero(counts * 2 >= most)
    first = int(wide[0])
    if counts[first] * 2 == most and len(wide) > 1:
        below = counts[first + 1 :]
        below = below[below > 0]
        if below[0] == most and (below == most).mean() > _MOSTLY and counts[first] == 1:
            return int(wide[1])
        if first + 1 < len(counts) and counts[first + 1] == 0:
            return int(wide[1])
    return first


def _comments(grid: Grid, counts: np.ndarray) -> int:
    """How many lines at the top are comments: they begin with "#", two of them or a lone cell."""
    last = found = 0
    for at in range(len(counts)):
        if not counts[at]:
            continue
        first = grid.columns[0][at].as_py().strip()
        if not _COMMENT.match(first) or (first == "#" and counts[at] > 1):
            break
        last, found = at + 1, found + 1
    alone = found == 1 and counts[last - 1] == 1 and counts.max() > 1
    return last if found > 1 or alone else 0


def _cut(grid: Grid, header: int, blank: np.ndarray) -> _Cut:
    """What of a table are rows."""
    out = np.concatenate([np.arange(header + 1), blank, repeats_of(grid.columns, header)])
    body = np.delete(np.arange(len(grid.rows)), out)
    if len(body) and _are_units(grid, header, int(body[0])):
        body = body[1:]
    body = body[: len(body) - _notices(grid, body)]
    groups = grouped(grid, header, body)
    if groups is not None:
        return _of_groups(grid, header, groups)
    totals = totals_in(grid, body)
    grand = max((line for line, is_grand in totals.items() if is_grand), default=-1)
    rows = np.setdiff1d(body, np.array([*totals], np.int64)) if totals else body
    if len(rows) and grand < rows[-1]:
        grand = -1
    return _Cut(header, rows, None, _stated(grid, grand))


def _of_groups(grid: Grid, header: int, groups: Grouped) -> _Cut:
    total = -1 if groups.total is None else groups.total
    return _Cut(header, groups.lines, groups.groups, _stated(grid, total), groups.unreconciled)


def _stated(grid: Grid, line: int) -> dict[int, str]:
    """The amounts of the line with the grand total."""
    if line < 0:
        return {}
    return {
        index: text
        for index, text in enumerate(cells_of(grid, line))
        if text and amount(text) is not None
    }


def _sheet(path: str, name: str, grid: Grid, cut: _Cut) -> Sheet:
    lines = np.concatenate([[cut.header], cut.rows])
    used = [index for index, column in enumerate(grid.columns) if is_used(column, lines)]
    names = names_of([(index, grid.columns[index][cut.header].as_py().strip()) for index in used])
    columns = [taken(grid.columns[index], cut.rows) for index in used]
    totals = {
        name: cut.totals[index]
        for index, name in zip(used, names, strict=True)
        if index in cut.totals
    }
    if cut.groups is not None:
        filled_in = [
            one for one, column in enumerate(columns) if is_used(column, np.arange(len(column)))
        ]
        kept = [one for one in range(len(columns)) if one in filled_in or used[one] > 0]
        names = names_of([(0, "Group"), *((used[one], names[one]) for one in kept)])
        columns = [cut.groups, *(columns[one] for one in kept)]
    titles = tuple(text for line in range(cut.header) if (text := words_of(grid, line)))
    return Sheet(
        path,
        name,
        _frame(columns, names),
        grid.rows[cut.rows],
        grid.encoding,
        titles,
        totals,
        unreconciled=cut.unreconciled,
    )


def _frame(columns: list[pa.Array], names: list[str]) -> pd.DataFrame:
    frame: pd.DataFrame = pa.table(columns, names=names).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def _are_units(grid: Grid, header: int, line: int) -> bool:
    """Whether the line below the header says only in what its columns are measured."""
    if line != header + 1:
        return False
    cells = [cell for cell in cells_of(grid, line) if cell]
    return len(cells) > 1 and all(map(_UNIT.match, cells))


def _notices(grid: Grid, body: np.ndarray) -> int:
    """How many lines at the end are what a system prints below a report.

    A line with one cell belongs to them when it stands with one of them after a blank line.
    """
    last = 0
    tail = body[-_FOOTER_WITHIN:]
    full = filled(grid.columns, tail).sum(axis=1)
    for back in range(1, len(tail) + 1):
        words = words_of(grid, int(tail[-back]))
        alone = full[-back] == 1
        gap = back > 1 and tail[-back + 1] - tail[-back] > 1
        if gap and last < back - 1:
            break
        if is_notice(words) and (
            alone or full[-back] * 2 <= len(grid.columns) or _WITH_COMMAS.match(words)
        ):
            last = back
        elif not alone or gap or len(grid.columns) == 1:
            break
    return last
