"""Files of any dialect become the same sheet; what is no table is refused."""

import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.errors import GraphkitError, UnreadableError
from graphkit.sheets.files import read_sheets

ROWS = [["Name", "City", "Since"], ["Müller & Söhne", "Köln", "1981"], ["Acme", "", "2001"]]


def sheet_of(tmp_path, content):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    return read_sheets(path)[0]


def lines(separator, end="\n"):
    return "".join(separator.join(row) + end for row in ROWS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_separator_and_line_end_gives_the_same_cells(
    tmp_path, encoding, separator, end
):
    sheet = sheet_of(tmp_path, lines(separator, end).encode(encoding))

    assert sheet.header == ROWS[0]
    assert sheet.cells.to_numpy().tolist() == ROWS[1:]
    assert sheet.rows.tolist() == [2, 3]


def test_rows_keep_their_place_despite_line_breaks_blank_lines_titles_and_ragged_records(tmp_path):
    text = (
        'Customer list\n\nName,Note,City\n"Acme","two\nlines",Erie\n\nBolt,"a ""b"", c",Gary\n'
        "Cog,short\nDie,long,Flint,,\nEel,,Lima\nGrand Totals (5 records),,\n"
        "Confidential Information - Do Not Distribute\nCopyright (c) 2024 somebody\n"
    )
    sheet = sheet_of(tmp_path, text.encode())

    assert sheet.header == ["Name", "Note", "City"]
    assert sheet.rows.tolist() == [4, 6, 7, 8, 9]
    assert sheet.cells["Note"].tolist() == ["two\nlines", 'a "b", c', "short", "long", ""]
    assert sheet.cells["City"].tolist() == ["Erie", "Gary", "", "Flint", "Lima"]


def test_a_cell_more_than_the_header_has_is_kept(tmp_path):
    sheet = sheet_of(tmp_path, b"a,b\n1,2\n3,4,5\n6,7\n")

    assert sheet.header == ["a", "b", "column 3"]
    assert sheet.cells["column 3"].tolist() == ["", "5", ""]


def test_blank_and_repeated_headers_are_told_apart(tmp_path):
    sheet = sheet_of(tmp_path, b",Date,Amount,Date\nAcme,1,2,3\n")

    assert sheet.header == ["column 1", "Date", "Amount", "Date.2"]


@pytest.mark.parametrize("content", [b"\n0", b"\n\t!", b"\n\n\n\nName\nAcme\n"])
def test_blank_lines_above_do_not_hide_the_table(tmp_path, content):
    assert sheet_of(tmp_path, content).header == [content.split(b"\nAcme")[0].strip().decode()]


def test_nul_bytes_within_a_text_are_dropped(tmp_path):
    sheet = sheet_of(tmp_path, b"Name,City\nAc\x00me,Erie\nBolt,Gary\n")

    assert sheet.cells["Name"].tolist() == ["Acme", "Bolt"]


def test_a_total_line_in_the_middle_and_a_company_called_total_stay(tmp_path):
    sheet = sheet_of(tmp_path, b"Name,City,Phone\nTotal Tooling,Erie,1\nBolt,Gary,2\n")

    assert sheet.cells["Name"].tolist() == ["Total Tooling", "Bolt"]
    last = sheet_of(tmp_path, b"Name,City,Phone\nBolt,Gary,2\nTotal Tooling,,\n")
    assert last.cells["Name"].tolist() == ["Bolt", "Total Tooling"]


def test_a_header_with_nothing_under_it_is_a_sheet_without_rows(tmp_path):
    sheet = sheet_of(tmp_path, b"Name,City\n")

    assert (sheet.header, len(sheet.cells), sheet.rows.tolist()) == (["Name", "City"], 0, [])


def test_a_workbook_gives_numbers_and_dates_as_a_person_types_them(tmp_path):
    book = openpyxl.Workbook()
    first = book.active
    for row in (
        ["Orders of March"],
        [],
        ["No", "Qty", "Price", "Day", "At", "Open"],
        [70011, 34, 12.5, dt.date(2025, 3, 5), dt.datetime(2025, 3, 5, 8, 30), True],  # noqa: DTZ001
    ):
        first.append(row)
    book.create_sheet("Empty")
    second = book.create_sheet("More")
    second.append(["a", "b"])
    second.append(["x", "y"])
    path = tmp_path / "book.xlsx"
    book.save(path)

    sheets = read_sheets(path)

    assert [sheet.name for sheet in sheets] == ["Sheet", "More"]
    assert sheets[0].rows.tolist() == [4]
    cells = sheets[0].cells.iloc[0].tolist()
    assert cells == ["70011", "34", "12.5", "2025-03-05", "2025-03-05 08:30:00", "True"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n\n", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"<html><table></table></html>", "web page"),
        (bytes(range(256)) * 4, "no table and no text"),
        (b"PK\x03\x04 broken", "no whole workbook"),
        (b"\xd0\xcf\x11\xe0 broken", "no whole workbook"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(tmp_path, content, why):
    with pytest.raises(UnreadableError, match=why) as caught:
        sheet_of(tmp_path, content)
    assert "x.csv" in str(caught.value)
    assert caught.value.next_step


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(UnreadableError, match="folder"):
        read_sheets(tmp_path)
    with pytest.raises(GraphkitError, match="cannot be read"):
        read_sheets(tmp_path / "none.csv")


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_give_sheets_or_a_graphkit_error(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "fuzz.csv"
    path.write_bytes(content)
    try:
        sheets = read_sheets(path)
    except GraphkitError:
        return
    for sheet in sheets:
        assert len(sheet.cells) == len(sheet.rows)
        assert len(set(sheet.header)) == len(sheet.header)


def _workbook():
    """Bytes of a small workbook; made once, since it carries the time of its making."""
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WORKBOOK = _workbook()


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=0, max_value=4000), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_gives_sheets_or_a_graphkit_error(tmp_path_factory, at, junk):
    content = bytearray(WORKBOOK)
    content[at : at + len(junk)] = junk
    path = tmp_path_factory.getbasetemp() / "fuzz.xlsx"
    path.write_bytes(bytes(content))
    try:
        read_sheets(path)
    except GraphkitError:
        return


def test_a_stated_separator_that_is_no_plain_character_is_only_a_title(tmp_path):
    sheet = sheet_of(tmp_path, "sep=é\na,b\n1,2\n".encode())

    assert sheet.cells.to_numpy().tolist() == [["1", "2"]]
