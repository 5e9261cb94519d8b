"""Results as tables, JSON or CSV."""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # imported late below, so that --help stays quick
    from rich.console import Console

WIDTH = 100
"""Width of tables that go into a file or pipe, in characters."""
_SHORT = (int, float, dt.date, type(None))
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def as_json(
    what: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    as_of: dt.date | None = None,
    warnings: Sequence[str] = (),
    more: Mapping[str, Any] = MappingProxyType({}),
) -> str:
    """The envelope that every --json prints.

    Args:
        what: Name of the result.
        rows: The result.
        as_of: As of which day.
        warnings: What the reader should mind.
        more: What else there is, by name.
    """
    envelope = {
        "schema": f"graphkit.{what}",
        "version": 1,
        "as_of": as_of,
        "data": list(rows),
        **more,
        "warnings": list(warnings),
    }
    return json.dumps(envelope, default=_plain, ensure_ascii=False, indent=1) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if hasattr(value, "item"):  # a numpy scalar
        return value.item()
    if hasattr(value, "tolist"):  # a numpy array
        return value.tolist()
    raise TypeError(f"{type(value).__name__} is not JSON: {value!r}")


def as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV; nothing runs as a formula.

    A list of plain values is joined by "; ", what is nested further is JSON.
    """
    from graphkit.sheets import safe_cell  # loads pandas

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    if rows:
        writer.writerow(rows[0].keys())
    for row in rows:
        writer.writerow([safe_cell(_cell(value)) for value in row.values()])
    return stream.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    nested = isinstance(value, Mapping)
    if isinstance(value, list | tuple):
        nested = any(isinstance(one, Mapping | list | tuple) for one in value)
        if not nested:
            return "; ".join(str(one) for one in value)
    if nested:
        return json.dumps(value, default=_plain, ensure_ascii=False)
    return value


def table_text(
    rows: Sequence[Mapping[str, Any]],
    *,
    columns: Sequence[str] = (),
    title: str = "",
    screen: int | None = None,
) -> str:
    """A table as plain text; numbers to the right.

    In a file or pipe nothing is cut: what is cut cannot be looked up. On a screen a cell has at
    most four lines, and what is cut ends with an ellipsis; --json has it whole.

    Args:
        rows: One mapping a row, all with the same keys.
        columns: The columns, where it shows fewer than there are.
        title: A line above.
        screen: Width of the terminal in characters; None for a file or pipe.
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    stream = io.StringIO()
    console = Console(
        file=stream,
        width=screen or WIDTH,
        force_terminal=False,
        color_system=None,
        highlight=False,
    )
    if not rows:
        console.print(Text(f"{title or 'Result'}: nothing."))
        return stream.getvalue()
    shown = list(columns) or list(rows[0])
    if title:
        console.print(Text(title))
    cells = {name: [printable(_cell_of(name, row[name])) for row in rows] for name in shown}
    widths = _fitted(rows, cells, console.width, _NARROWER if screen else _PLAIN)
    if not widths:
        _print_blocks(console, cells)
        return stream.getvalue()
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for name in shown:
        number = _are_figures(rows, name) and not any(
            isinstance(one[name], dt.date) for one in rows
        )
        table.add_column(
            name.replace("_", " "),
            justify="right" if number else "left",
            overflow="fold",
            width=widths[name],
        )
    for row in zip(*cells.values(), strict=True):
        texts = [Text(cell) for cell in row]
        for name, text in zip(shown, texts, strict=True) if screen else ():
            text.truncate(_LINES * (widths[name] - 1), overflow="ellipsis")
        table.add_row(*texts)
    console.print(table)
    return stream.getvalue()


_LINES = 4
"""Of a cell on a screen, at most."""
_PLAIN = ((14, 12),)
_NARROWER = ((14, 24), (14, 12), (11, 12), (9, 12))
"""Characters below which a column of texts says little, and up to which a word is kept together.

Where room on a screen is short, the next are tried.
"""
_BETWEEN = 2
"""Spaces between two columns."""


def _fitted(
    rows: Sequence[Mapping[str, Any]],
    cells: Mapping[str, Sequence[str]],
    width: int,
    tries: Sequence[tuple[int, int]],
) -> dict[str, int]:
    """The width of each column, as narrow as it takes; none when they do not fit at all."""
    found = (_widths(rows, cells, width, *each) for each in tries)
    return next(filter(None, found), {})


def _widths(
    rows: Sequence[Mapping[str, Any]],
    cells: Mapping[str, Sequence[str]],
    width: int,
    narrow: int,
    together: int,
) -> dict[str, int]:
    """The width of each column; none when they do not fit beside each other.

    A figure and a word of a heading are never parted; what is left over goes to the texts first.
    """
    from rich.cells import cell_len  # a wide character takes two places

    headings = {name: name.replace("_", " ") for name in cells}
    longest = {name: max(map(cell_len, cells[name])) for name in cells}
    found = {}
    for name, heading in headings.items():
        if _are_figures(rows, name):
            least = longest[name]
        else:
            word = max(cell_len(word) for cell in cells[name] for word in cell.split() or [""])
            least = max(min(longest[name], narrow), min(word, together))
        found[name] = max(least, *map(len, heading.split() or [""]))
    spare = width - sum(found.values()) - _BETWEEN * len(found)
    if spare < 0:
        return {}
    for name in sorted(found, key=lambda one: _are_figures(rows, one)):
        more = min(spare, max(0, max(longest[name], len(headings[name])) - found[name]))
        found[name] += more
        spare -= more
    return found


def _are_figures(rows: Sequence[Mapping[str, Any]], name: str) -> bool:
    return all(isinstance(row[name], _SHORT) for row in rows)


def _print_blocks(console: "Console", cells: Mapping[str, Sequence[str]]) -> None:
    """Rows too wide for a table, each as a block of lines."""
    from rich.text import Text

    widest = max(map(len, cells))
    for values in zip(*cells.values(), strict=True):
        for name, value in zip(cells, values, strict=True):
            console.print(Text(f"{name.replace('_', ' '):{widest}}  {value}".rstrip()))
        console.print()


def _cell_of(name: str, value: object) -> str:
    """A cell's text; a year has no thousands separator."""
    return str(value) if isinstance(value, int) and name.endswith("year") else _shown(value)


def printable(text: str) -> str:
    """A text that cannot take over a terminal.

    Control characters, and marks that turn the direction of writing, become visible.

    >>> printable("Acme\\x1b[2J")
    'Acme\ufffd[2J'
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(_cell(value))
