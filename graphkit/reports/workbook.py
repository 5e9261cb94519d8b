"""Tables as a workbook: real dates and numbers, frozen headings, filters, and nothing that runs."""

import datetime as dt
import io
import math
from collections.abc import Sequence
from typing import Any, Final

from graphkit.reports.tables import Cells, Column, Table

_FORMATS: Final = {
    Cells.TEXT: "@",
    Cells.WHOLE: "#,##0",
    Cells.NUMBER: "#,##0.###",
    Cells.MONEY: "#,##0.00",
    Cells.SHARE: "0 %",
    Cells.DATE: "yyyy-mm-dd",
}
_MOST: Final = 32_000
"""Characters that a cell takes; Excel stops at 32,767."""
_CUT: Final = " ... (--format json has all)"
_NARROW, _WIDE = 10, 60
"""Width of a column, in characters."""
_INERT: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""What is read from files is text: it becomes no formula, no link and no number."""


def workbook(tables: Sequence[Table], *, title: str, as_of: dt.date) -> bytes:
    """An XLSX with a sheet for each table.

    Args:
        tables: What it holds; their names are those of the sheets.
        title: What the workbook is called in its properties.
        as_of: As of which day; also the day of making, so that the same tables give the same bytes.
    """
    import xlsxwriter  # noqa: PLC0415 - only when a workbook is written

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, _INERT)
    made_on = dt.datetime(as_of.year, as_of.month, as_of.day)  # noqa: DTZ001 - a day
    book.set_properties({"title": title, "comments": f"As of {as_of}", "created": made_on})
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    formats = {
        cells: book.add_format({"num_format": shown, "valign": "top", "text_wrap": True})
        for cells, shown in _FORMATS.items()
    }
    for table in tables:
        _fill(book.add_worksheet(table.name), table, heading, formats)
    book.close()
    return made.getvalue()


def _fill(sheet: Any, table: Table, heading: Any, formats: dict[Cells, Any]) -> None:
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, _width(column, table))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    for at, column in enumerate(table.columns):
        sheet.write_string(0, at, column.title, heading)
    for down, row in enumerate(table.rows, 1):
        for at, column in enumerate(table.columns):
            _write(sheet, (down, at), row.get(column.name), formats[column.cells])


def _write(sheet: Any, place: tuple[int, int], value: Any, shown: Any) -> None:
    if value is None or value == "":
        return
    if hasattr(value, "item"):  # a numpy scalar
        value = value.item()
    if isinstance(value, bool):
        sheet.write_string(*place, "yes" if value else "no", shown)
    elif isinstance(value, int | float):
        if math.isfinite(value):
            sheet.write_number(*place, value, shown)
        else:
            sheet.write_string(*place, "no limit" if value > 0 else "", shown)
    elif isinstance(value, dt.date):
        sheet.write_datetime(*place, dt.datetime(*value.timetuple()[:3]), shown)  # noqa: DTZ001
    else:
        sheet.write_string(*place, _text(value), shown)


def _text(value: object) -> str:
    text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return text if len(text) <= _MOST else text[: _MOST - len(_CUT)] + _CUT


def _width(column: Column, table: Table) -> float:
    """As wide as what stands in it, within limits."""
    longest = max((len(_text(row.get(column.name) or "")) for row in table.rows), default=0)
    return min(max(longest, len(column.title), _NARROW), _WIDE) + 2
