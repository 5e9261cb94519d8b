"""Files of named records as a grid of cells: JSON lines, a JSON array, Parquet."""

import dataclasses
import decimal
import io
import json
import re
import textwrap
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graphkit.errors import UnreadableError
from graphkit.sheets.text import Grid, decode
from graphkit.sheets.workbook import cell_text

_AS_CSV = "export it again as CSV (UTF-8) or XLSX"
_MOST_CELLS = 500_000_000
"""More cells than this in a Parquet file are not what a shop exports."""
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclasses.dataclass(frozen=True, slots=True)
class Records:
    """Records whose fields have names, so that no header needs to be looked for.

    Attributes:
        names: The fields, in the order in which they appear first.
        grid: Their cells; a record's row is its line, or its place where several share a line.
    """

    names: list[str]
    grid: Grid


class _Exact(float):
    """A number that keeps how it was written."""

    written: str

    def __new__(cls, text: str) -> Self:
        made = super().__new__(cls, text)
        made.written = text
        return made


def json_records(content: bytes, where: str) -> Records | None:
    """The objects of a JSON array or of JSON lines; None when it is something else.

    Args:
        content: The bytes.
        where: The file's name, for messages.

    Raises:
        UnreadableError: It begins as JSON of this kind and breaks off, or not all of it is objects.
    """
    if content[:64].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] not in (
        b"[",
        b"{",
    ):
        return None
    text, encoding = decode(content, where)
    try:
        found = _array(text, where) if text.lstrip().startswith("[") else _lines(text, where)
    except (ValueError, RecursionError) as error:
        if not re.match(r'\s*[\[{]\s*["{]', text):
            return None  # text with a bracket first, such as the heading [No]
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableError(
            f"this is no whole JSON ({error})", where=where + line, next_step="export it again"
        ) from error
    if found is None:
        return None
    rows, records = found
    names = list(dict.fromkeys(name for record in records for name in record))
    columns = [
        pa.array([_json_text(record.get(name)) for record in records], pa.string())
        for name in names
    ]
    return Records(
        [_valid(name) for name in names], Grid(columns, np.array(rows, np.int64), encoding)
    )


def _load(text: str) -> object:
    return json.loads(text, parse_float=_Exact)


def _array(text: str, where: str) -> tuple[list[int], list[dict[str, object]]] | None:
    loaded = _load(text)
    if not isinstance(loaded, list) or not any(isinstance(one, dict) for one in loaded):
        return None
    for number, one in enumerate(loaded, start=1):
        if not isinstance(one, dict):
            raise _no_object(one, f"{where}, record {number}")
    return list(range(1, len(loaded) + 1)), loaded


def _no_object(value: object, where: str) -> UnreadableError:
    short = textwrap.shorten(_json_text(value) or "null", 40, placeholder=" ...")
    return UnreadableError(
        f"all other records are JSON objects, and this is none: {short}",
        where=where,
        next_step="take it out, or export again",
    )


def _lines(text: str, where: str) -> tuple[list[int], list[dict[str, object]]] | None:
    """One object a line, or one object over several lines."""
    rows: list[int] = []
    records: list[dict[str, object]] = []
    for number, line in enumerate(io.StringIO(text), start=1):
        if not line.strip():
            continue
        try:
            one = _load(line)
        except json.JSONDecodeError as error:
            if not records:
                whole = _load(text)
                return ([1], [whole]) if isinstance(whole, dict) else None
            raise json.JSONDecodeError(error.msg, text, _offset(text, number)) from error
        if not isinstance(one, dict):
            raise _no_object(one, f"{where}, line {number}")
        rows.append(number)
        records.append(one)
    return rows, records


def _offset(text: str, line: int) -> int:
    """Where a line of a text begins."""
    return sum(len(one) for _, one in zip(range(line - 1), io.StringIO(text), strict=False))


def _json_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, _Exact):
        return value.written
    if isinstance(value, dict | list):
        return _valid(json.dumps(value, ensure_ascii=False))
    return _valid(str(value))


def _valid(text: str) -> str:
    """A text without NULs and halves of characters, which no store takes."""
    return _SURROGATES.sub("\ufffd", text.replace("\x00", ""))


def parquet_records(content: bytes, where: str) -> Records:
    """The columns of a Parquet file, each cell as text that says exactly what it holds.

    Args:
        content: The bytes.
        where: The file's name, for messages.

    Raises:
        UnreadableError: It is damaged or holds too much.
    """
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        if file.metadata.num_rows * file.metadata.num_columns > _MOST_CELLS:
            raise UnreadableError("it holds too many cells", where=where, next_step=_AS_CSV)
        table = file.read()
        columns = [_column(one.combine_chunks()) for one in table.columns]
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise UnreadableError(
            f"this is no whole Parquet file ({error})", where=where, next_step=_AS_CSV
        ) from error
    rows = np.arange(1, table.num_rows + 1)
    return Records([_valid(name) for name in table.column_names], Grid(columns, rows, "parquet"))


def _column(column: pa.Array) -> pa.Array:
    """A column as text."""
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if pa.types.is_null(kind):
        return pa.array([""] * len(column), pa.string())
    if pa.types.is_boolean(kind):
        text = pc.if_else(column, "True", "False")
    elif pa.types.is_string(kind) or pa.types.is_large_string(kind):
        text = pc.replace_substring(column.cast(pa.string()), "\x00", "")
    elif pa.types.is_timestamp(kind):
        exact = pc.replace_substring_regex(column.cast(pa.string()), r"\.(\d*?)0+(Z?)$", r".\1\2")
        text = pc.replace_substring_regex(
            pc.replace_substring_regex(exact, r"\.(Z?)$", r"\1"), r" 00:00:00$", ""
        )
    elif pa.types.is_date(kind) or pa.types.is_integer(kind):
        text = column.cast(pa.string())
    else:
        return pa.array([_python_text(one) for one in column.to_pylist()], pa.string())
    return pc.fill_null(text, "")


def _python_text(value: object) -> str:
    """A cell that Arrow does not write as a person would."""
    if value is None or value != value:  # noqa: PLR0124 - not a number is nothing
        return ""
    if isinstance(value, decimal.Decimal):
        return f"{value:f}"
    if isinstance(value, bytes):
        return _valid(value.decode("utf-8", errors="replace"))
    if isinstance(value, dict | list | tuple):
        return _valid(json.dumps(value, ensure_ascii=False, default=str))
    return cell_text(value)
