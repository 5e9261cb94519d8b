"""Every format that holds a table gives the same sheet; what is packed is unpacked in limits."""

import datetime as dt
import decimal
import gzip
import io
import json
import struct
import zipfile

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit import registry
from graphkit.errors import AccessRefusedError, GraphkitError, UnreadableError
from graphkit.pipeline.recognise import recognise_exports
from graphkit.sheets import members
from graphkit.sheets.files import read_sheets
from graphkit.sheets.members import members_of
from graphkit.sheets.text import grid_of

HEADER = ["Order", "Customer", "Price"]
ROWS = [["1001", "Müller & Söhne", "12.5"], ["1002", "Acme", ""]]


def as_csv(header=HEADER, rows=ROWS):
    return "".join(",".join(row) + "\n" for row in [header, *rows]).encode()


def as_xlsx(header=HEADER, rows=ROWS):
    book = openpyxl.Workbook()
    for row in [header, *rows]:
        book.active.append(row)
        for cell in book.active[book.active.max_row]:
            cell.data_type = "s" if cell.value else cell.data_type
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_xls(header=HEADER, rows=ROWS):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Orders")
    for at, row in enumerate([header, *rows]):
        for index, cell in enumerate(row):
            sheet.write(at, index, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
    '<office:spreadsheet><table:table table:name="Orders">{}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)


def as_ods(header=HEADER, rows=ROWS):
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell.replace("&", "&amp;")}'
            "</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in [header, *rows]
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    return zipped(
        {"mimetype": kind, "content.xml": ODS.format(lines), "META-INF/manifest.xml": manifest}
    )


def as_parquet(header=HEADER, rows=ROWS):
    columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
    out = io.BytesIO()
    pq.write_table(pa.table(columns, names=header), out)
    return out.getvalue()


def as_html(header=HEADER, rows=ROWS):
    lines = ("".join(f"<td>{cell.replace('&', '&amp;')}</td>" for cell in row) for row in rows)
    names = "".join(f"<th>{name}</th>" for name in header)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<html><body><table><tr>{names}</tr>{body}</table></body></html>".encode()


def as_json_lines(header=HEADER, rows=ROWS):
    return "".join(json.dumps(dict(zip(header, row, strict=True))) + "\n" for row in rows).encode()


def as_json(header=HEADER, rows=ROWS):
    return json.dumps([dict(zip(header, row, strict=True)) for row in rows]).encode()


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


MADE = {
    "x.csv": as_csv,
    "x.xlsx": as_xlsx,
    "x.xls": as_xls,
    "x.ods": as_ods,
    "x.parquet": as_parquet,
    "page.xls": as_html,
    "x.jsonl": as_json_lines,
    "x.json": as_json,
}


@pytest.fixture
def written(tmp_path):
    """A file of some bytes."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_large_file_is_read_as_a_small_one_is_in_any_encoding(encoding):
    rows = "".join(f"M\u00fcller {number},{number}\r\n" for number in range(70_000))
    large = grid_of(f"Name,Gr\u00f6\u00dfe\r\n{rows}".encode(encoding), "large.csv")

    assert len(large.rows) == 70_001
    assert [column[0].as_py() for column in large.columns] == ["Name", "Gr\u00f6\u00dfe"]
    assert large.columns[0][70_000].as_py() == "M\u00fcller 69999"


def test_a_quote_that_never_closes_takes_nothing_with_it_in_a_large_file_either():
    rows = [f"M\u00fcller {number},{number}\n" for number in range(70_000)]
    rows[60_000] = '"Open,60000\n'
    grid = grid_of("".join(["Name,Size\n", *rows]).encode(), "large.csv")

    assert len(grid.rows) == 70_001
    assert grid.columns[0][60_001].as_py() == '"Open'


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("packed", ["", ".gz", ".zip"])
def test_every_format_plain_or_packed_gives_the_same_cells(written, name, packed):
    content = MADE[name]()
    content = gzip.compress(content) if packed == ".gz" else content
    content = zipped({f"lists/{name}": content}) if packed == ".zip" else content
    (sheet,) = read_sheets(written(name + packed, content))

    assert sheet.header == HEADER
    assert sheet.cells.to_numpy().tolist() == ROWS
    assert sheet.path == f"{name}{packed}" + (f"/lists/{name}" if packed == ".zip" else "")
    below_a_header = name not in {"x.parquet", "x.json", "x.jsonl"}
    assert sheet.rows.tolist() == ([2, 3] if below_a_header else [1, 2])


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=8)
TABLE = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(CELL.map(lambda text: f"x{text.strip()}"), min_size=width, max_size=width),
        min_size=1,
        max_size=6,
    )
)


@settings(max_examples=15, deadline=None)
@given(rows=TABLE, name=st.sampled_from(["x.xlsx", "x.xls", "x.parquet", "x.jsonl", "x.json"]))
def test_any_text_comes_back_from_any_format(tmp_path_factory, rows, name):
    header = [f"Name {index}" for index in range(len(rows[0]))]
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(MADE[name](header, rows))

    (sheet,) = read_sheets(path)

    assert sheet.header == header
    assert sheet.cells.to_numpy().tolist() == rows


def test_numbers_of_json_stay_as_written_and_nested_values_are_json(written):
    (sheet,) = read_sheets(
        written(
            "x.jsonl",
            '{"no": 7, "price": 1.50, "ok": true, "at": null}\n\n'
            '{"no": 8, "lines": [{"qty": 2.5}], "price": 1e3}\n',
        )
    )

    assert sheet.header == ["no", "price", "ok", "at", "lines"]
    assert sheet.rows.tolist() == [1, 3]
    assert sheet.cells.to_numpy().tolist() == [
        ["7", "1.50", "True", "", ""],
        ["8", "1e3", "", "", '[{"qty": 2.5}]'],
    ]


def test_a_torn_json_names_its_line(written):
    with pytest.raises(UnreadableError, match=r"x\.jsonl, line 2: this is no whole JSON"):
        read_sheets(written("x.jsonl", '{"a": 1}\n{"a": \n'))


@pytest.mark.parametrize("value", ["7", "null", '"note"', "[1, 2]"])
def test_json_that_is_not_all_objects_is_refused_where_it_is_none(written, value):
    lines = '{"a": 1, "b": 2}\n\n' + value + '\n{"a": 3}\n'
    with pytest.raises(UnreadableError, match=r"x\.jsonl, line 3: all other records are JSON obj"):
        read_sheets(written("x.jsonl", lines))
    array = '[{"a": 1, "b": 2}, ' + value + "]"
    with pytest.raises(UnreadableError, match=r"x\.json, record 2: all other records are JSON obj"):
        read_sheets(written("x.json", array))


def test_a_heading_in_brackets_is_no_json(written):
    assert read_sheets(written("x.csv", "[No],[City]\n1,Erie\n"))[0].header == ["[No]", "[City]"]


def test_dates_decimals_and_lists_of_parquet_are_exact(written):
    table = pa.table(
        {
            "amount": pa.array([decimal.Decimal("1234567890123.4500"), None]),
            "day": pa.array([dt.date(2024, 3, 31), None]),
            "at": pa.array([pd.Timestamp("2024-03-31 08:30:00.250"), pd.Timestamp("2024-03-31")]),
            "hours": pa.array([0.1 + 0.2, 34.0]),
            "open": pa.array([True, None]),
            "kind": pa.array(["a", "b"]).dictionary_encode(),
            "lines": pa.array([[1, 2], None]),
        }
    )
    out = io.BytesIO()
    pq.write_table(table, out)
    (sheet,) = read_sheets(written("x.parquet", out.getvalue()))

    assert sheet.cells.to_numpy().tolist() == [
        [
            "1234567890123.4500",
            "2024-03-31",
            "2024-03-31 08:30:00.25",
            "0.3",
            "True",
            "a",
            "[1, 2]",
        ],
        ["", "", "2024-03-31", "34", "", "b", ""],
    ]


def test_dates_and_truths_of_an_old_workbook_are_read(written):
    book = xlwt.Workbook()
    sheet = book.add_sheet("A")
    for index, name in enumerate(["Day", "Open", "Price", "Share"]):
        sheet.write(0, index, name)
    sheet.write(1, 0, dt.date(2025, 3, 5), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(1, 1, True)
    sheet.write(1, 2, 12.5)
    sheet.write(1, 3, 0.25, xlwt.easyxf(num_format_str="0%"))
    out = io.BytesIO()
    book.save(out)

    (found,) = read_sheets(written("x.xls", out.getvalue()))

    assert found.cells.to_numpy().tolist() == [["2025-03-05", "True", "12.5", "0.25"]]


@pytest.mark.parametrize("stated", [True, False])
def test_a_workbook_with_a_cell_far_away_is_refused_by_its_place(written, stated):
    book = openpyxl.Workbook(write_only=not stated)
    sheet = book.active if stated else book.create_sheet()
    sheet.append(HEADER)
    if stated:
        sheet["XFD900000"] = "x"
    else:
        far = openpyxl.cell.WriteOnlyCell(sheet, "x")
        for _ in range(2_000):
            sheet.append(["1", "Acme"])
        sheet.append([""] * 16_383 + [far])
    out = io.BytesIO()
    book.save(out)

    with pytest.raises(UnreadableError, match=r"x\.xlsx: a sheet reaches to XFD\d+, [\d,]+ cells"):
        read_sheets(written("x.xlsx", out.getvalue()))


def test_a_workbook_with_a_cell_far_below_is_read(written):
    book = openpyxl.Workbook()
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    book.active["A300000"] = "end"
    out = io.BytesIO()
    book.save(out)

    assert len(read_sheets(written("x.xlsx", out.getvalue()))[0].rows) == len(ROWS) + 1


def test_yes_and_one_in_a_column_are_told_apart(written):
    book = openpyxl.Workbook()
    for row in [["Name", "Flag"], ["a", True], ["b", 1], ["c", 0], ["d", False], ["e", 1.5]]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)

    (found,) = read_sheets(written("x.xlsx", out.getvalue()))

    assert found.cells["Flag"].tolist() == ["True", "1", "0", "False", "1.5"]


def test_times_errors_and_chart_sheets_of_a_workbook_do_no_harm(written):
    book = openpyxl.Workbook()
    book.active.append(["Name", "At", "For", "Bad"])
    book.active.append(["Acme", dt.time(8, 30), dt.timedelta(hours=30), "#REF!"])
    book.active["D2"].data_type = "e"
    book.create_chartsheet("Chart")
    out = io.BytesIO()
    book.save(out)

    (found,) = read_sheets(written("x.xlsx", out.getvalue()))

    assert found.cells.to_numpy().tolist()[0][:3] == ["Acme", "08:30:00", "30:00:00"]


def test_a_spreadsheet_in_xml_is_read_with_its_gaps(written):
    (found,) = read_sheets(
        written(
            "x.xls",
            '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
            '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
            'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
            '<Worksheet ss:Name="Orders"><Table>'
            '<Row ss:Index="3"><Cell><Data ss:Type="String">No</Data></Cell>'
            '<Cell><Data ss:Type="String">On</Data></Cell><Cell><Data>Qty</Data></Cell></Row>'
            '<Row><Cell><Data ss:Type="Number">1</Data></Cell><Cell ss:Index="3">'
            "<Data>5</Data></Cell></Row>"
            '<Row><Cell><Data>2</Data></Cell><Cell><Data ss:Type="DateTime">'
            "2025-03-05T00:00:00.000</Data></Cell><Cell/></Row>"
            "</Table></Worksheet></Workbook>",
        )
    )

    assert (found.name, found.header, found.rows.tolist()) == (
        "Orders",
        ["No", "On", "Qty"],
        [4, 5],
    )
    assert found.cells.to_numpy().tolist() == [["1", "", "5"], ["2", "2025-03-05", ""]]


def test_scripts_of_a_page_are_not_read_and_spans_keep_columns_apart(written):
    (found,) = read_sheets(
        written(
            "x.xls",
            "<table><tr><th colspan=3>Orders of March</th></tr>"
            "<tr><th>No</th><th>City</th><th>Qty</th></tr>"
            "<tr><td rowspan=2>1<script>alert(1)</script></td><td>Erie<br>PA</td>"
            "<td>&lt;5</td></tr>"
            "<tr><td>Gary</td><td>6</td></tr></table>",
        )
    )

    assert found.titles == ("Orders of March",)
    assert found.cells.to_numpy().tolist() == [["1", "Erie\nPA", "<5"], ["", "Gary", "6"]]


# --- zip files ---


def test_each_file_of_a_zip_is_an_export_of_its_own(written, stored_files):
    path = written(
        "export.zip",
        zipped(
            {
                "lists/members/all.csv": "Name,Email\nKim,kim@ash.test\nLee,lee@elm.test\n",
                "lists/readme.pdf": "%PDF",
                "__MACOSX/lists/._all.csv": "x",
                "../../up.csv": "Name,Email\nJo,jo@oak.test\n",
            }
        ),
    )
    found = recognise_exports([path], stored_files, loaders=registry.loaders())

    assert [one.name for one in found.all_exports] == [
        "export.zip/lists/members/all.csv",
        "export.zip/up.csv",
    ]
    assert [one.read(found.tables_for(one)).rows for one in found.all_exports] == [2, 1]
    assert len({one.content for one in found.all_exports}) == 2
    assert found.passed_over == ["export.zip/lists/readme.pdf: not a table"]


@pytest.fixture
def stored_files():
    """What a store that has no file yet knows of files."""
    return pd.DataFrame({"id": [], "content": [], "reading": []}, dtype=str)


def test_a_damaged_file_within_a_zip_leaves_the_others(written, stored_files):
    path = written(
        "export.zip",
        zipped({"a.xlsx": "PK\x03\x04 torn", "b.csv": "Name,Email\nKim,kim@ash.test\n"}),
    )
    found = recognise_exports([path], stored_files, loaders=registry.loaders())

    assert [one.name for one in found.all_exports] == ["export.zip/b.csv"]
    assert "no whole workbook" in found.refused["export.zip/a.xlsx"]


def test_a_zip_that_would_fill_the_memory_is_refused(written, monkeypatch):
    monkeypatch.setattr(members, "MOST_BYTES", 1_000)
    path = written("export.zip", zipped({"a.csv": b"a,b\n" * 500}))
    with pytest.raises(UnreadableError, match="2,000 bytes when unpacked, more than 1,000"):
        members_of(path, path.name)
    with pytest.raises(UnreadableError, match="more than 1,000 bytes"):
        read_sheets(written("a.csv.gz", gzip.compress(b"a,b\n" * 500)))


def test_a_zip_with_too_many_files_is_refused(written, monkeypatch):
    monkeypatch.setattr(members, "MOST_MEMBERS", 2)
    path = written("export.zip", zipped({f"{index}.csv": "a" for index in range(3)}))
    with pytest.raises(UnreadableError, match="3 files, more than 2"):
        members_of(path, path.name)


def test_a_zip_whose_sizes_lie_gives_no_more_than_it_states(written):
    content = bytearray(zipped({"a.csv": b"a,b\n" * 50_000}))
    at = content.rfind(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", 10)
    with pytest.raises(UnreadableError, match="no whole zip file"):
        read_sheets(written("export.zip", bytes(content)))


def test_a_zip_with_a_password_says_so(written):
    content = bytearray(zipped({"a.csv": "a,b\n1,2\n"}))
    for mark, shift in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.find(mark) + shift] |= 1
    with pytest.raises(UnreadableError, match="has a password"):
        read_sheets(written("export.zip", bytes(content)))


def test_a_zip_within_a_zip_and_one_without_tables_are_passed_over(written, stored_files):
    path = written("export.zip", zipped({"inner.zip": zipped({"a.csv": "a"}), "b.png": "x"}))
    with pytest.raises(UnreadableError, match="no table in it"):
        recognise_exports([path], stored_files, loaders=registry.loaders())


# --- files that somebody has open ---


def test_a_file_that_is_open_in_excel_is_read_with_a_warning(written, stored_files):
    path = written("people.csv", "Name,Email\nKim,kim@ash.test\n")
    written("~$people.csv", "")

    found = recognise_exports([path], stored_files, loaders=registry.loaders())

    assert found.passed_over == [
        "people.csv: is open in Excel; what is not saved there yet is not read"
    ]


def test_a_file_that_excel_locks_says_to_close_it(tmp_path):
    (tmp_path / "~$orders.xlsx").write_bytes(b"")
    with pytest.raises(AccessRefusedError, match=r"open in Excel.*close it"):
        read_sheets(tmp_path / "orders.xlsx")


# --- whole files, damaged ---


GOOD = {name: make() for name, make in MADE.items()}
GOOD["x.csv.gz"] = gzip.compress(GOOD["x.csv"])
GOOD["x.zip"] = zipped({"a/x.csv": GOOD["x.csv"], "x.xlsx": GOOD["x.xlsx"]})


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(sorted(GOOD)),
    cut=st.floats(0, 1),
    at=st.floats(0, 1),
    junk=st.binary(max_size=12),
)
def test_a_torn_or_spliced_file_gives_sheets_or_a_graphkit_error(
    tmp_path_factory, name, cut, at, junk
):
    content = bytearray(GOOD[name])
    place = int(at * len(content))
    content[place : place + len(junk)] = junk
    path = tmp_path_factory.getbasetemp() / f"torn-{name}"
    path.write_bytes(bytes(content[: max(int(cut * len(content)), 1)]))
    try:
        sheets = read_sheets(path)
    except GraphkitError:
        return
    assert all(len(sheet.cells) == len(sheet.rows) for sheet in sheets)
