"""Grouped reports as plain rows: a line with only a name, its lines below, "Total for ..."."""

import bisect
import dataclasses
import re
from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pyarrow as pa

from graphkit.sheets import Unreconciled
from graphkit.sheets.lines import filled, words_of
from graphkit.sheets.text import Grid
from graphkit.sheets.totals import amount, plain, total_label

_HEAD = 60
"""A grouped report shows within so many lines what it is."""
_COUNT = re.compile(r"\s*\(\d{1,6}\)$")
"""How many rows are in a group, behind its name."""
_AGREED = 0.5
"""So many of the groups at least have a total of their own."""


@dataclasses.dataclass(frozen=True, slots=True)
class Grouped:
    """The lines of a grouped report that are rows, and what was above and below them.

    Attributes:
        lines: The lines that are rows.
        groups: The innermost group of each.
        total: The line of the grand total; None when there is none.
        unreconciled: Groups whose own total is not the sum of their lines.
    """

    lines: np.ndarray
    groups: pa.Array
    total: int | None
    unreconciled: tuple[Unreconciled, ...]


@dataclasses.dataclass(slots=True)
class _Mark:
    """A line whose first cells are filled: the name of a group, or a total."""

    line: int
    name: str
    is_total: bool = False
    start: int | None = None
    """For a total, the line that names its group."""


def grouped(grid: Grid, header: int, body: np.ndarray) -> Grouped | None:
    """The rows of a report that is grouped; None for a plain table.

    Args:
        grid: The cells.
        header: The line of the header.
        body: The lines below that hold something.
    """
    lead = _lead(grid, header)
    head = filled(grid.columns, body[:_HEAD])
    if not len(body) or head.shape[1] <= lead:
        return None
    if not _looks_grouped(head, lead) and not _has_a_total(grid, head, body, lead):
        return None
    full = filled(grid.columns, body)
    named = np.asarray(full[:, :lead].any(axis=1))
    bare = named & ~full[:, lead:].any(axis=1) & (full[:, :lead].sum(axis=1) == 1)
    marks, total, rows = _marks(grid, body, named, bare, lead)
    labels = [mark for mark in marks if not mark.is_total]
    closed = {mark.start for mark in marks if mark.is_total and mark.start is not None}
    blank_header = not any(column[header].as_py().strip() for column in grid.columns[:lead])
    whole = blank_header and not bool((named & ~bare)[rows].any())
    if not labels or (len(closed) < _AGREED * len(labels) and not (whole and not closed)):
        return None
    lines = body[rows]
    names = _innermost(marks, lines)
    return Grouped(
        lines, pa.array(names, pa.string()), total, _unreconciled(grid, header, lines, marks)
    )


def _lead(grid: Grid, header: int) -> int:
    """How many columns at the left hold the names of groups: those without a heading, or one."""
    count = 0
    for column in grid.columns:
        if column[header].as_py().strip():
            break
        count += 1
    return max(count, 1)


def _looks_grouped(head: np.ndarray, lead: int) -> bool:
    """Whether there is a line with only a name, and one that leaves the name out."""
    named = head[:, :lead].any(axis=1)
    rest = head[:, lead:].any(axis=1)
    return bool((named & ~rest).any() and (~named & rest).any())


def _has_a_total(grid: Grid, head: np.ndarray, body: np.ndarray, lead: int) -> bool:
    """Whether there is a line with only a name, and below it one with "Total for" that name."""
    alone = np.asarray(~head[:, lead:].any(axis=1))
    names = set()
    for index in np.flatnonzero(head[:, :lead].any(axis=1)).tolist():
        cells = [column[int(body[index])].as_py().strip() for column in grid.columns]
        if alone[index]:
            name = next(filter(None, cells))
            names |= {plain(name), _group_name(name)}
        elif (label := total_label(cells)) and label.sure and label.group in names:
            return True
    return False


def _group_name(text: str) -> str:
    """The name of a group as its total repeats it: without how many there are in it."""
    return plain(_COUNT.sub("", text))


def _marks(
    grid: Grid, body: np.ndarray, named: np.ndarray, bare: np.ndarray, lead: int
) -> tuple[list[_Mark], int | None, np.ndarray]:
    """Names and totals of groups, the line of the grand total, and which of the body are rows."""
    rows = ~named
    marks: list[_Mark] = []
    total = None
    for index in np.flatnonzero(named).tolist():
        line = int(body[index])
        cells = [column[line].as_py().strip() for column in grid.columns]
        label = total_label(cells)
        start = (
            _start(marks, label.group) if label and label.group and label.column < lead else None
        )
        if start is not None or (label and label.group and label.sure):
            marks.append(_Mark(line, label.group if label else "", is_total=True, start=start))
        elif label and not label.group and not bare[index]:
            total = line if label.grand else total
        elif bare[index]:
            marks.append(_Mark(line, next(cell for cell in cells if cell)))
        else:
            rows[index] = True
    last = int(body[np.flatnonzero(rows)[-1]]) if rows.any() else -1
    return marks, total if total is not None and total > last else None, rows


def _start(marks: Sequence[_Mark], group: str) -> int | None:
    """The line that names the group of a total: the nearest one above.

    Behind the name it may count what is in the group, which the total leaves out.
    """
    for one in reversed(marks):
        if not one.is_total and plain(one.name) == group:
            return one.line
        if not one.is_total and _group_name(one.name) == group:
            one.name = _COUNT.sub("", one.name)
            return one.line
    return None


def _innermost(marks: Sequence[_Mark], lines: np.ndarray) -> list[str]:
    """The group that each row is in; a group without a total ends where the next one begins."""
    closed = {mark.start for mark in marks if mark.is_total}
    open_groups: list[_Mark] = []
    at, names = [-1], [""]
    for mark in marks:
        if mark.is_total:
            while open_groups and mark.start is not None and open_groups[-1].line >= mark.start:
                open_groups.pop()
        else:
            while open_groups and open_groups[-1].line not in closed:
                open_groups.pop()
            open_groups.append(mark)
        at.append(mark.line)
        names.append(open_groups[-1].name if open_groups else "")
    places = np.searchsorted(np.array(at), lines, side="right") - 1
    return [names[place] for place in places.tolist()]


def _unreconciled(
    grid: Grid, header: int, lines: np.ndarray, marks: Sequence[_Mark]
) -> tuple[Unreconciled, ...]:
    """Where a group's total is neither the sum of its lines nor the last of a running balance."""
    found = []
    sums: dict[int, tuple[list[Decimal], list[Decimal]]] = {}
    for mark in marks:
        if mark.start is None:
            continue
        first, last = (bisect.bisect_right(lines, one) for one in (mark.start, mark.line))
        for index, column in enumerate(grid.columns):
            stated = amount(column[mark.line].as_py())
            if stated is None:
                continue
            if index not in sums:
                sums[index] = _running(column, lines)
            values, running = sums[index]
            total = running[last] - running[first]
            if stated != total and not (last > first and values[last - 1] == stated):
                found.append(
                    Unreconciled(
                        words_of(grid, mark.start),
                        " ".join(column[header].as_py().split()) or f"column {index + 1}",
                        column[mark.line].as_py().strip(),
                        str(total),
                    )
                )
    return tuple(found)


def _running(column: pa.Array, lines: np.ndarray) -> tuple[list[Decimal], list[Decimal]]:
    """The numbers of a column, and what they add up to before each line."""
    texts = column.take(pa.array(lines)).to_pylist()
    values = [amount(text) or Decimal(0) for text in texts]
    running = [Decimal(0)]
    for value in values:
        running.append(running[-1] + value)
    return values, running
