"""Results as tables, JSON or CSV."""

import csv
import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, TextIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(
    what: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    as_of: dt.date | None = None,
    warnings: Sequence[str] = (),
) -> str:
    """The envelope that every --json prints.

    Args:
        what: Name of the result.
        rows: The result.
        as_of: As of which day.
        warnings: What the reader should mind.
    """
    envelope = {
        "schema": f"graphkit.{what}",
        "version": 1,
        "as_of": as_of,
        "data": list(rows),
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


def safe_cell(value: object) -> object:
    """A value for a spreadsheet: text that would run as a formula gets a leading apostrophe."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV; lists are joined by "; " and nothing runs as a formula."""
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
    if isinstance(value, list | tuple):
        return "; ".join(str(one) for one in value)
    if isinstance(value, Mapping):
        return json.dumps(value, default=_plain, ensure_ascii=False)
    return value


def print_table(
    stream: TextIO,
    rows: Sequence[Mapping[str, Any]],
    *,
    columns: Sequence[str] = (),
    title: str = "",
) -> None:
    """A table that fits the terminal; numbers to the right."""
    from rich.console import Console  # noqa: PLC0415 - half of the start-up time of --help
    from rich.table import Table  # noqa: PLC0415 - likewise
    from rich.text import Text  # noqa: PLC0415 - likewise

    console = Console(file=stream, soft_wrap=False, highlight=False)
    if not rows:
        console.print(Text(f"{title or 'Result'}: nothing."))
        return
    shown = list(columns) or list(rows[0])
    table = Table(title=title or None, title_justify="left")
    for name in shown:
        number = all(isinstance(row[name], int | float) or row[name] is None for row in rows)
        table.add_column(name.replace("_", " "), justify="right" if number else "left")
    for row in rows:
        table.add_row(*(Text(_shown(row[name])) for name in shown))
    console.print(table)


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(_cell(value))
