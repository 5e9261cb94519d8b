"""Files as sheets: CSV in any dialect, XLSX, XLS and ODS; titles above and totals below cut off."""

import datetime as dt
import io
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import python_calamine

from graphkit.errors import AccessRefusedError, UnreadableError
from graphkit.sheet_text import Grid, blank, grid_of
from graphkit.sheets import Sheet

_HEADER_WITHIN = 40
"""Titles above the header are fewer lines than this."""
_FOOTER_WITHIN = 12
_FOOTER = re.compile(
    r"(grand )?totals?( for .*|\s*[:(].*)?$|sum:?$|confidential information|copyright "
    r"|\d[\d,]* (records?|rows?)\b|(accrual|cash) basis|\w+day, \w+ \d+, \d{4}"
    r"|(report )?generated\b|filtered by",
    re.IGNORECASE,
)
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_NO_TABLE = {
    b"%PDF": "this is a PDF",
    b"\x89PNG": "this is a picture",
    b"\xff\xd8\xff": "this is a picture",
    b"\x1f\x8b": "this is a compressed file",
    b"Rar!": "this is a compressed file",
    b"7z\xbc\xaf": "this is a compressed file",
    b"SQLite format 3": "this is a database",
    b"PAR1": "this is a Parquet file",
}
_NEXT = "export it again as CSV (UTF-8) or XLSX"


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a file, all cells as text, with the row each record stands in.

    Args:
        path: A CSV file in UTF-8, UTF-16 or Windows encoding with commas, semicolons, tabs or bars;
            or a workbook (XLSX, XLSM, XLSB, XLS, ODS).

    Returns:
        One sheet, or those sheets of a workbook that hold a header.

    Raises:
        UnreadableError: It is a folder, empty, no table, or damaged.
        AccessRefusedError: It may not be read, or is not there.
    """
    where = str(path)
    if path.is_dir():
        raise UnreadableError("this is a folder", where=where, next_step=f"graphkit load {path}")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise AccessRefusedError(
            f"cannot be read: {error.strerror}", where=where, next_step="close it in Excel"
        ) from error
    for magic, what in _NO_TABLE.items():
        if content.startswith(magic):
            raise UnreadableError(what, where=where, next_step=_NEXT)
    if content[:200].lstrip().lower().startswith((b"<!doctype html", b"<html", b"<table")):
        raise UnreadableError("this is a web page", where=where, next_step=_NEXT)
    grids = _workbook(content, where) if content.startswith(_WORKBOOK) else None
    grids = grids or [("", grid_of(content, where))]
    sheets = [sheet for name, grid in grids if (sheet := _sheet(path.name, name, grid)) is not None]
    if not sheets:
        raise UnreadableError("no row of it is a header", where=where, next_step=_NEXT)
    return sheets


def _workbook(content: bytes, where: str) -> list[tuple[str, Grid]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = []
        for name in book.sheet_names:
            records = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            width = max(map(len, records), default=0)
            padded = [[*record, *[""] * (width - len(record))] for record in records]
            columns = [
                pa.array([*map(_text, column)], pa.string()) for column in zip(*padded, strict=True)
            ]
            found.append((name, Grid(columns, np.arange(1, len(records) + 1), "workbook")))
    except python_calamine.PasswordError as error:
        raise UnreadableError(
            "the workbook has a password", where=where, next_step="save it without"
        ) from error
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnreadableError(
            f"this is no whole workbook ({error})", where=where, next_step=_NEXT
        ) from error
    if not any(len(grid.rows) for _, grid in found):
        raise UnreadableError("the workbook is empty", where=where, next_step=_NEXT)
    return found


def _text(value: object) -> str:
    """A cell as a person would type it: 34 and not 34.0, 2025-03-05 and not its serial number."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return str(value)


def _sheet(path: str, name: str, grid: Grid) -> Sheet | None:
    """A grid cut into header and rows; None when nothing is a header."""
    if not grid.columns or not len(grid.rows):
        return None
    header = _header_at(_filled(grid.columns, np.arange(min(_HEADER_WITHIN, len(grid.rows)))))
    if header is None:
        return None
    filled = np.delete(np.arange(len(grid.rows)), _blank_rows(grid.columns))
    body = filled[filled > header]
    body = body[: len(body) - _footers(grid, body)]
    lines = np.concatenate([[header], body])
    used = [index for index, column in enumerate(grid.columns) if _used(column, lines)]
    names = _names([(index, grid.columns[index][header].as_py().strip()) for index in used])
    cells = pa.table([_taken(grid.columns[index], body) for index in used], names=names).to_pandas(
        types_mapper=pd.ArrowDtype
    )
    return Sheet(path, name, cells, grid.rows[body], grid.encoding)


def _filled(columns: list[pa.Array], lines: np.ndarray) -> np.ndarray:
    """Which cells of some records hold something."""
    return ~np.column_stack([blank(column.take(pa.array(lines))) for column in columns])


def _blank_rows(columns: list[pa.Array]) -> np.ndarray:
    """The records that hold nothing at all."""
    found = np.flatnonzero(blank(columns[0]))
    for column in columns[1:]:
        if len(found):
            found = found[blank(column.take(pa.array(found)))]
    return found


def _used(column: pa.Array, lines: np.ndarray) -> bool:
    """Whether any of some records fills a column; the first ones usually settle it."""
    few = lines[:_HEADER_WITHIN]
    return bool((~blank(column.take(pa.array(few)))).any()) or bool(
        (~blank(column.take(pa.array(lines)))).any()
    )


def _taken(column: pa.Array, body: np.ndarray) -> pa.Array:
    if len(body) and body[-1] - body[0] + 1 == len(body):
        return column.slice(int(body[0]), len(body))
    return column.take(pa.array(body))


def _header_at(filled: np.ndarray) -> int | None:
    """The first record that fills at least half as many cells as the fullest one nearby."""
    counts = filled.sum(axis=1)
    if not counts.any():
        return None
    return int(np.flatnonzero(counts * 2 >= max(counts.max(), 1))[0])


def _footers(grid: Grid, body: np.ndarray) -> int:
    """How many records at the end are totals and notices of the report, not rows of it."""
    last = 0
    width = len(grid.columns)
    tail = body[-_FOOTER_WITHIN:]
    filled = _filled(grid.columns, tail)
    for back in range(1, len(tail) + 1):
        first = grid.columns[int(filled[-back].argmax())][int(tail[-back])].as_py().strip()
        if not _FOOTER.match(first) or (width > 1 and filled[-back].sum() * 2 > width):
            break
        last = back
    return last


def _names(header: Sequence[tuple[int, str]]) -> list[str]:
    """Column names: a blank one by its place, a repeated one as "Name.2"."""
    made: list[str] = []
    for index, name in header:
        base = " ".join(name.split()) or f"column {index + 1}"
        again = 2
        unique = base
        while unique in made:
            unique, again = f"{base}.{again}", again + 1
        made.append(unique)
    return made
