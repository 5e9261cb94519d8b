"""Files as sheets: text in any dialect, workbooks, JSON, Parquet, and tables of web pages."""

from pathlib import Path

from graphkit.errors import UnreadableError
from graphkit.sheets import Sheet
from graphkit.sheets.cut import sheet_of_records, sheets_in
from graphkit.sheets.members import Member, members_of
from graphkit.sheets.page import page_grids
from graphkit.sheets.records import json_records, parquet_records
from graphkit.sheets.text import grid_of
from graphkit.sheets.workbook import workbook_grids

_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_PARQUET = b"PAR1"
_PAGE = (b"<!doctype html", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"<style")
_NO_TABLE = {
    b"%PDF": "this is a PDF",
    b"\x89PNG": "this is a picture",
    b"\xff\xd8\xff": "this is a picture",
    b"Rar!": "this is a compressed file",
    b"7z\xbc\xaf": "this is a compressed file",
    b"SQLite format 3": "this is a database",
}
_NEXT = "export it again as CSV (UTF-8) or XLSX"


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a file, all cells as text, with the row each record stands in.

    Args:
        path: A CSV file in UTF-8, UTF-16 or Windows encoding with commas, semicolons, tabs or bars;
            a workbook (XLSX, XLSM, XLSB, XLS, ODS); JSON lines or a JSON array; Parquet; a table
            that only calls itself .xls; any of them compressed (.gz); or a zip file of them.

    Returns:
        One sheet, or those sheets of a workbook or files of a zip file that hold a header.

    Raises:
        UnreadableError: It is a folder, empty, no table, or damaged.
        AccessRefusedError: It may not be read, or is not there.
    """
    if path.is_dir():
        raise UnreadableError(
            "this is a folder", where=str(path), next_step=f"graphkit load {path}"
        )
    members, _ = members_of(path, path.name)
    if not members:
        raise UnreadableError("the zip file holds no table", where=str(path), next_step=_NEXT)
    return [sheet for one in members for sheet in sheets_of(one, one.content())]


def sheets_of(member: Member, content: bytes) -> list[Sheet]:
    """The sheets of one file.

    Args:
        member: The file.
        content: Its bytes.

    Raises:
        UnreadableError: It is empty, no table, or damaged.
    """
    where, path = member.where, member.name
    for magic, what in _NO_TABLE.items():
        if content.startswith(magic):
            raise UnreadableError(what, where=where, next_step=_NEXT)
    records = None
    if content.startswith(_PARQUET):
        records = parquet_records(content, where)
    elif not content.startswith(_WORKBOOK):
        records = json_records(content, where)
    if records is not None and records.names:
        return [sheet_of_records(path, records.names, records.grid)]
    if content.startswith(_WORKBOOK):
        grids = workbook_grids(content, where)
    elif (
        content[:200]
        .replace(b"\x00", b"")
        .lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        .lower()
        .startswith(_PAGE)
    ):
        grids = page_grids(content, where)
    else:
        grids = [("", grid_of(content, where))]
    sheets = [sheet for name, grid in grids for sheet in sheets_in(path, name, grid)]
    if not sheets:
        raise UnreadableError("no row of it is a header", where=where, next_step=_NEXT)
    return sheets
