"""A workbook has real dates and numbers, frozen headings and filters, and nothing that runs."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from graphkit.reports.tables import Cells, Column, Table
from graphkit.reports.workbook import workbook

DAY = dt.date(2026, 6, 30)
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "http://example.com/x",
    "mailto:a@example.com",
    "<script>alert(1)</script>",
    "\u05d0\u05d1\u05d2",
    "\U0001f469\u200d\U0001f527",
    "a\x00b\x1b[2J",
    "007",
)


def table(rows):
    columns = (
        Column("name", "Name"),
        Column("day", "Day", Cells.DATE),
        Column("money", "At stake", Cells.MONEY, "USD"),
        Column("count", "Orders", Cells.WHOLE),
        Column("share", "Share", Cells.SHARE),
    )
    return Table("things", "Things", columns, rows)


def opened(*tables):
    return openpyxl.load_workbook(io.BytesIO(workbook(tables, title="T", as_of=DAY)))


def test_dates_and_numbers_are_real_and_shown_as_such():
    row = {"name": "A", "day": DAY, "money": 1234.5, "count": 3, "share": 0.25}

    sheet = opened(table([row]))["things"]

    assert [one.value for one in sheet[1]] == ["Name", "Day", "At stake, USD", "Orders", "Share"]
    name, day, money, count, share = sheet[2]
    assert day.is_date
    assert day.value.date() == DAY
    assert (money.value, money.data_type, money.number_format) == (1234.5, "n", "#,##0.00")
    assert (count.value, share.value, share.number_format) == (3, 0.25, "0 %")
    assert name.data_type == "s"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E2"
    assert sheet.column_dimensions["A"].width > 8


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_a_formula_a_link_or_a_number_stays_text(text):
    content = workbook([table([{"name": text}])], title=text, as_of=DAY)
    cell = openpyxl.load_workbook(io.BytesIO(content))["things"]["A2"]

    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value.replace("_x0000_", "\x00").replace("_x001B_", "\x1b") == text
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if "vba" in name.lower()]
        inside = b"".join(parts.read(name) for name in parts.namelist())
    assert b"<f>" not in inside
    assert b"<hyperlink" not in inside


def test_empty_cells_stay_empty_and_what_a_cell_cannot_hold_is_cut_with_a_word():
    rows = [{"name": "x" * 50_000}, {"name": None, "money": float("inf"), "count": None}]

    sheet = opened(table(rows))["things"]

    assert sheet["A2"].value.endswith("(--format json has all)")
    assert len(sheet["A2"].value) < 32_767
    assert sheet["A3"].value is None
    assert sheet["C3"].value == "no limit"
    assert sheet["D3"].value is None


def test_the_same_tables_give_the_same_bytes_and_a_table_without_rows_its_headings():
    both = [workbook([table([])], title="T", as_of=DAY) for _ in range(2)]

    assert both[0] == both[1]
    sheet = openpyxl.load_workbook(io.BytesIO(both[0]))["things"]
    assert sheet["A1"].value == "Name"
    assert sheet.max_row == 1
