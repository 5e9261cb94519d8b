"""Results as tables, JSON or CSV."""

import csv
import datetime as dt
import io
import json
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TextIO

from graphkit.sheets import safe_cell

if TYPE_CHECKING:  # imported late below, so that --help stays quick
    from rich.console import Console

_WIDTH = 100
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


def print_table(
    stream: TextIO,
    rows: Sequence[Mapping[str, Any]],
    *,
    columns: Sequence[str] = (),
    title: str = "",
    width: int | None = None,
) -> None:
    """A table that fits the terminal, or `width` characters; numbers to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    width = width or (None if stream.isatty() else _WIDTH)
    console = Console(file=stream, width=width, soft_wrap=False, highlight=False)
    if not rows:
        console.print(Text(f"{title or 'Result'}: nothing."))
        return
    shown = list(columns) or list(rows[0])
    if title:
        console.print(Text(title))
    cells = {name: [printable(_cell_of(name, row[name])) for row in rows] for name in shown}
    widths = _widths(rows, cells, console.width)
    if not widths:
        _print_blocks(console, cells)
        return
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for name in shown:
        number = _are_figures(rows, name) and not any(
            isinstance(one[name], dt.date) for one in rows
        )
        table.add_column(
            name.replace("_", " "),
            justify="right" if number else "left",
            overflow="fold",  # nothing is cut: what is cut cannot be looked up
            width=widths[name],
        )
    for row in zip(*cells.values(), strict=True):
        table.add_row(*map(Text, row))
    console.print(table)


_NARROW = 14
"""Characters below which a column of texts says nothing."""
_BETWEEN = 2
"""Spaces between two columns."""


def _widths(
    rows: Sequence[Mapping[str, Any]], cells: Mapping[str, Sequence[str]], width: int
) -> dict[str, int]:
    """The width of each column; none when they do not fit beside each other.

    A figure and a word of a heading are never parted; what is left over goes to the texts first.
    """
    headings = {name: name.replace("_", " ") for name in cells}
    longest = {name: max(map(len, cells[name])) for name in cells}
    found = {}
    for name, heading in headings.items():
        least = longest[name] if _are_figures(rows, name) else min(longest[name], _NARROW)
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


def print_marked(stream: TextIO, pieces: Sequence[tuple[str, str]]) -> None:
    """A text whose pieces have styles, such as "bold cyan"; in colour on a terminal only."""
    from rich.console import Console
    from rich.text import Text

    shown = Text.assemble(*((printable(piece), style) for piece, style in pieces))
    width = None if stream.isatty() else _WIDTH
    Console(file=stream, width=width, highlight=False).print(shown)


def table_text(
    rows: Sequence[Mapping[str, Any]], *, columns: Sequence[str] = (), title: str = ""
) -> str:
    """A table as plain text, as wide as the terminal."""
    stream = io.StringIO()
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH
    print_table(stream, rows, columns=columns, title=title, width=width)
    return stream.getvalue()


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
