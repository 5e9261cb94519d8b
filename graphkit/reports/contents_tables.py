"""Contents of a page as tables, for a workbook and for JSON."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from graphkit.reports.page import Contents
from graphkit.reports.rows import rows_by_file
from graphkit.reports.tables import Cells, Column, Table, evidence_table, findings_table

_UNSAFE: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST: Final = 31
"""Letters of the name of a sheet."""
_SAID: Final = (
    Column("part", "Part"),
    Column("sentence", "What is told"),
    Column("advice", "What to do"),
    Column("finding", "Id of the finding"),
    Column("file", "File"),
    Column("rows", "Rows"),
)


def contents_tables(
    contents: Contents, files: Mapping[str, str], currency: str
) -> tuple[Table, ...]:
    """What a page says, its tables and those of its charts, and the findings that it cites.

    Args:
        contents: What it says.
        files: File name by file_id.
        currency: Of what is at stake.
    """
    cited = {
        one.finding.id: one.finding
        for block in contents.blocks
        for one in block.sentences
        if one.finding is not None
    }
    told = list(cited.values())
    shown = [*_tables(contents), *_charts(contents)]
    named = [
        Table(_sheet(at, one.name), one.title, one.columns, one.rows)
        for at, one in enumerate(shown, 1)
    ]
    return (
        _said(contents, files),
        *named,
        findings_table(told, files, currency),
        evidence_table(told, files),
    )


def _said(contents: Contents, files: Mapping[str, str]) -> Table:
    rows = [
        {
            "part": block.title,
            "sentence": one.text,
            "advice": one.advice,
            "finding": one.finding.id if one.finding else None,
            "file": name,
            "rows": which,
        }
        for block in contents.blocks
        for one in block.sentences
        for name, which in (rows_by_file(one.sources, files) or {"": ""}).items()
    ]
    return Table("told", contents.lead, _SAID, rows)


def _tables(contents: Contents) -> Iterator[Table]:
    for block in contents.blocks:
        if block.table is not None:
            headings = {
                str(name): cell.text
                for name, cell in zip(block.table.frame.columns, block.table.headings, strict=True)
            }
            yield _of(block.title, block.title, block.table.frame, headings)


def _charts(contents: Contents) -> Iterator[Table]:
    for block in contents.blocks:
        for chart in block.charts:
            if chart is not None:
                shown = [one for one in chart.table.columns if one in chart.headings]
                yield _of(chart.kind, chart.title, chart.table[shown], chart.headings)


def _of(name: str, title: str, frame: pd.DataFrame, headings: Mapping[str, str]) -> Table:
    columns = tuple(
        Column(str(one), headings[str(one)], _cells(frame[one].tolist())) for one in frame.columns
    )
    rows = [
        {str(key): None if pd.isna(value) else value for key, value in row.items()}
        for row in frame.to_dict("records")
    ]
    return Table(name, title, columns, rows)


def _cells(values: list[Any]) -> Cells:
    """What stands in a column, by all that is there."""
    there = [one for one in values if not pd.isna(one)]
    if there and all(isinstance(one, dt.date) for one in there):
        return Cells.DATE
    if there and all(isinstance(one, int) for one in there):
        return Cells.WHOLE
    if there and all(isinstance(one, int | float) for one in there):
        return Cells.NUMBER
    return Cells.TEXT


def _sheet(at: int, name: str) -> str:
    """The name of a sheet: none of the letters that Excel refuses, and no two alike.

    >>> _sheet(1, "Orders: what / how much of all the industries")
    '1 Orders what  how much of all '
    """
    return f"{at} {_UNSAFE.sub('', name)}"[:_LONGEST]
