"""Workbooks as grids of cells: XLSX, XLSM, XLSB, XLS and ODS."""

import datetime as dt
import decimal
import io
import itertools

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import python_calamine

from graphkit.errors import UnreadableError
from graphkit.sheets.extent import check_extent
from graphkit.sheets.text import Grid

_AS_CSV = "export it again as CSV (UTF-8) or XLSX"
_EXACT = 2**53
"""Below it, a whole number in a cell is the one that was typed."""
_DIGITS = 15
"""So many digits a spreadsheet shows; what is behind them is dirt of its arithmetic."""


def workbook_grids(content: bytes, where: str) -> list[tuple[str, Grid]]:
    """The sheets of a workbook with their names, all cells as a person would type them.

    Args:
        content: The bytes.
        where: The file's name, for messages.

    Raises:
        UnreadableError: It is damaged, empty, or has a password, or a cell of it is far away.
    """
    check_extent(content, where)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = []
        for name in book.sheet_names:
            records = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            columns = [_texts(column) for column in itertools.zip_longest(*records, fillvalue="")]
            found.append((name, Grid(columns, np.arange(1, len(records) + 1), "workbook")))
    except python_calamine.PasswordError as error:
        raise UnreadableError(
            "the workbook has a password", where=where, next_step="save it without"
        ) from error
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnreadableError(
            f"this is no whole workbook ({error})", where=where, next_step=_AS_CSV
        ) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader's own crash, which has no class
            raise
        raise UnreadableError(
            "this is no whole workbook", where=where, next_step=_AS_CSV
        ) from error
    if not any(len(grid.rows) for _, grid in found):
        raise UnreadableError("the workbook is empty", where=where, next_step=_AS_CSV)
    return found


def _texts(column: tuple[object, ...]) -> pa.Array:
    """A column of cells as text; most hold nothing else, which Arrow sees at once.

    Cells of one other type are put into words once for each value: 1 and True are equal, and differ
    in type.
    """
    try:
        return pc.replace_substring(pa.array(column, pa.string()), "\x00", "")
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        if len({*map(type, column)} - {str}) > 1:
            return pa.array([*map(cell_text, column)], pa.string())
        written = {value: cell_text(value) for value in {*column}}
        return pa.array([*map(written.__getitem__, column)], pa.string())


def cell_text(value: object) -> str:
    """A cell as a person would type it: 34 and not 34.0, 2025-03-05 and not its serial number.

    >>> [cell_text(one) for one in (34.0, 0.1 + 0.2, 1e-7, dt.timedelta(hours=30, minutes=5))]
    ['34', '0.3', '0.0000001', '30:05:00']
    """
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return str(value)


def _number_text(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    text = repr(value)
    if len(text) > _DIGITS + 1:
        text = f"{value:.{_DIGITS}g}"
    return f"{decimal.Decimal(text):f}" if "e" in text else text
