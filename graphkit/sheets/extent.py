"""How far the sheets of a workbook reach: one stray cell far away makes billions of empty ones."""

import io
import re
import zipfile

from graphkit.errors import UnreadableError
from graphkit.sheets.damaged import DAMAGED

_MOST_CELLS = 20_000_000
"""So many cells may be mostly empty; each takes some fifty bytes while it is read."""
_SPARSE = 20
"""A sheet of more is refused when only one cell in so many is there."""
_SHEET = re.compile(r"/?xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_HEAD = 4_000
_STATED = re.compile(rb'dimension [^>]*ref="[A-Z]+\d+:([A-Z]+)(\d+)"')
_BEYOND_Z = re.compile(rb'r="[A-Z][A-Z]')  # begins with letters: found eight times as fast
_CELL = re.compile(rb'\sr="([A-Z]{1,3})(\d+)"')


def check_extent(content: bytes, where: str) -> None:
    """Refuse a workbook with a sheet that is almost all empty cells and would fill the memory.

    Most programs write how far a sheet reaches at its beginning. Where that is missing and a column
    is behind Z, all of its cells are looked at.

    Args:
        content: The bytes; those of other than XLSX and XLSM are not looked at.
        where: The file's name, for messages.

    Raises:
        UnreadableError: One of its sheets is such; the message names its last cell.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for entry in book.infolist():
                if _SHEET.fullmatch(entry.filename):
                    _check_sheet(book, entry, where)
    except DAMAGED:
        return  # what reads the cells says what is wrong with it


def _check_sheet(book: zipfile.ZipFile, entry: zipfile.ZipInfo, where: str) -> None:
    with book.open(entry) as stream:
        head = stream.read(_HEAD)
        stated = _STATED.search(head)
        if stated and _area(stated[1], int(stated[2])) <= _MOST_CELLS:
            return
        sheet = head + stream.read()
    if not _BEYOND_Z.search(sheet):
        return
    cells = _CELL.findall(sheet)
    column = max((name for name, _ in cells), key=_number)
    row = max(int(number) for _, number in cells)
    area = _area(column, row)
    if area > max(_MOST_CELLS, len(cells) * _SPARSE):
        raise UnreadableError(
            f"a sheet reaches to {column.decode()}{row}, {area:,} cells, and has something in "
            f"{len(cells):,} of them",
            where=where,
            next_step="delete the columns and rows behind the table, save, and load it again",
        )


def _area(column: bytes, row: int) -> int:
    return _number(column) * row


def _number(column: bytes) -> int:
    """The number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in column:
        number = number * 26 + letter - ord("A") + 1
    return number
