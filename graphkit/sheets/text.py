"""Text files as a grid of cells: encoding, separator, header, quoted line breaks, ragged rows."""

import codecs
import csv
import dataclasses
import io
import re
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from graphkit.errors import UnreadableError
from graphkit.sheets.quotes import spans_lines, unswallowed
from graphkit.threads import side_by_side

_SEPARATORS = ",;\t|"
_PREVIEW_RECORDS = 60
_PREVIEW_CHARACTERS = 200_000
_BLOCK = 1 << 23
_LARGE = 1 << 20
"""Bytes; more than the preview takes."""
_WIDEST = 5_000
"""More columns than this are not a table that a shop exports."""
_FEW = 1_000
"""Characters; in a shorter text a few control characters are dirt in a cell and no other kind."""
_NOTHING = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x19\x1b-\x1f\x7f\ufffe\uffff]")
_SEPARATOR_LINE = re.compile(r"sep=([\t -~])\s*$", re.IGNORECASE)
_AS_CSV = "export it again as CSV (UTF-8) or XLSX"
csv.field_size_limit((1 << 31) - 1)  # a file's bytes are the limit, and no single long note


@dataclasses.dataclass(frozen=True, slots=True)
class Grid:
    """Cells of equal rows, nothing interpreted.

    Attributes:
        columns: One text array a column, all of one length.
        rows: Row of each, as a spreadsheet counts.
        encoding: How the text was decoded.
    """

    columns: list[pa.Array]
    rows: np.ndarray
    encoding: str


def decode(content: bytes, where: str) -> tuple[str, str]:
    """The text of a file and the name of its encoding; NUL bytes within a text are dropped.

    Args:
        content: The bytes.
        where: The file's name, for messages.

    Raises:
        UnreadableError: It is empty, or no text.
    """
    if not (content[:_FEW].strip(_NOTHING) or content.strip(_NOTHING)):
        raise UnreadableError("the file is empty", where=where, next_step=_AS_CSV)
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        text = text.removeprefix("\ufeff").replace("\x00", "")
        if _is_text(text):
            return text, "utf-8" if encoding == "utf-8-sig" else encoding
    raise UnreadableError("this is no table and no text", where=where, next_step=_AS_CSV)


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    head = content[:4_000]
    zeros = [head[start::2].count(0) * 4 / max(len(head), 1) for start in (0, 1)]
    if zeros[1] > 1 > zeros[0]:
        return ("utf-16-le",)
    if zeros[0] > 1 > zeros[1]:
        return ("utf-16-be",)
    return ("utf-8-sig", "cp1252")


def _is_text(text: str) -> bool:
    head = text[:_PREVIEW_CHARACTERS]
    return len(_CONTROLS.findall(head)) * 200 <= max(len(head), _FEW)


def separator_of(text: str) -> str:
    """The character between cells: the one that cuts most records into equally many.

    Args:
        text: The whole file.
    """
    stated = _SEPARATOR_LINE.match(text[:10].splitlines()[0]) if text[:10].strip() else None
    if stated:
        return stated[1]
    best, most = ",", (0.0, 0)
    for separator in _SEPARATORS:
        widths = [len(record) for record in preview(text, separator) if record]
        usual = max(sorted(set(widths), reverse=True), key=widths.count, default=1)
        fit = (widths.count(usual) / max(len(widths), 1), usual)
        if usual > 1 and fit > most:
            best, most = separator, fit
    return best


def preview(text: str, separator: str) -> list[list[str]]:
    """The first records of a text."""
    head = text[:_PREVIEW_CHARACTERS]
    whole = head if len(head) == len(text) else head[: head.rfind("\n") + 1] or head
    reader = csv.reader(io.StringIO(whole, newline=""), delimiter=separator)
    try:
        return [record for record, _ in zip(reader, range(_PREVIEW_RECORDS), strict=False)]
    except csv.Error:
        return [line.split(separator) for line in whole.splitlines()[:_PREVIEW_RECORDS]]


def _opened(content: bytes, where: str) -> tuple[str, str, bytes]:
    """The text of a file, of a large one its beginning; its encoding; and all of it in UTF-8.

    A million rows that are in UTF-8 already need not become a text of Python's.
    """
    raw = content.removeprefix(codecs.BOM_UTF8)
    if len(raw) > _LARGE and b"\x00" not in raw and _is_utf8(raw):
        head = raw[:_LARGE].decode(errors="ignore")  # it may end within a letter
        if _is_text(head):
            return head, "utf-8", raw
    text, encoding = decode(content, where)
    as_it_is = encoding == "utf-8" and b"\x00" not in content
    return text, encoding, raw if as_it_is else text.encode()


def _is_utf8(content: bytes) -> bool:
    ends = pa.array([0, len(content)], pa.int64()).buffers()[1]
    whole = pa.Array.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(content)])
    try:
        whole.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def grid_of(content: bytes, where: str) -> Grid:
    """Every record of a text file, ragged ones filled up with empty cells.

    Args:
        content: The bytes.
        where: The file's name, for messages.

    Raises:
        UnreadableError: It is empty, no text, or its quotes never close.
    """
    text, encoding, raw = _opened(content, where)
    separator = separator_of(text)
    widths = [len(record) for record in preview(text, separator) if record]
    width = min(max(sorted(set(widths)), key=widths.count, default=1), _WIDEST)
    columns, ragged = _records(raw, separator, width, where)
    if spans_lines(raw, len(ragged) + (len(columns[0]) if columns else 0)):
        whole = raw.decode()
        mended = unswallowed(whole, separator, width)
        if mended is not whole:
            columns, ragged = _records(mended.encode(), separator, width, where)
    return _joined(columns, ragged, encoding)


_Ragged = dict[int, list[str]]
"""Records of another width, by row."""


def _records(
    content: bytes, separator: str, width: int, where: str
) -> tuple[list[pa.Array], _Ragged]:
    """Columns of the records that have the usual width, and the others."""
    try:
        return _fast(content, separator, width)
    except pa.ArrowInvalid:
        return [], _slow(content.decode(), separator, where)


def _fast(content: bytes, separator: str, width: int) -> tuple[list[pa.Array], _Ragged]:
    """Columns of the records that have the usual width, and the others.

    Arrow tells the place of the others only when it reads with one thread; so that is the second
    try, and most files need no second.
    """
    ragged: list[tuple[int | None, str]] = []

    def keep(row: pyarrow.csv.InvalidRow) -> str:
        ragged.append((row.number, row.text))
        return "skip"

    table = _table(content, separator, width, keep, threads=True)
    if ragged:
        ragged.clear()
        table = _table(content, separator, width, keep, threads=False)
    columns = side_by_side(pa.ChunkedArray.combine_chunks, table.columns)
    cut = {
        number: next(csv.reader(io.StringIO(line, newline=""), delimiter=separator), [])
        for number, line in ragged
        if number is not None
    }
    return columns, cut


def _table(
    content: bytes,
    separator: str,
    width: int,
    keep: Callable[[pyarrow.csv.InvalidRow], str],
    *,
    threads: bool,
) -> pa.Table:
    names = [str(index) for index in range(width)]
    return pyarrow.csv.read_csv(
        pa.BufferReader(content),
        read_options=pyarrow.csv.ReadOptions(
            column_names=names, use_threads=threads, block_size=_BLOCK
        ),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=separator,
            newlines_in_values=b'"' in content,
            ignore_empty_lines=False,
            invalid_row_handler=keep,
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )


def _slow(text: str, separator: str, where: str) -> _Ragged:
    """Every record as a ragged one, by the standard library, which forgives more."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return dict(enumerate(reader, start=1))
    except csv.Error as error:
        raise UnreadableError(
            f"its cells cannot be told apart ({error})", where=where, next_step=_AS_CSV
        ) from error


def _joined(columns: list[pa.Array], ragged: _Ragged, encoding: str) -> Grid:
    """Records of the usual width and the others in the order of the file."""
    usual = len(columns[0]) if columns else 0
    total = usual + len(ragged)
    odd = np.array(sorted(ragged), dtype=np.int64)
    rows = np.delete(np.arange(1, total + 1), odd - 1)
    if not len(odd):
        return Grid(columns, rows, encoding)
    filled = (len(_stripped(ragged[number])) for number in odd.tolist())
    width = min(max([len(columns), *filled]), _WIDEST)
    order = np.argsort(np.concatenate([rows, odd]), kind="stable")
    joined = []
    for index in range(width):
        old = columns[index] if index < len(columns) else pa.array([""] * usual, pa.string())
        new = [_cell(ragged[number], index) for number in odd.tolist()]
        joined.append(pa.concat_arrays([old, pa.array(new, pa.string())]).take(pa.array(order)))
    return Grid(joined, np.concatenate([rows, odd])[order], encoding)


def _cell(record: list[str], index: int) -> str:
    return record[index] if index < len(record) else ""


def _stripped(record: list[str]) -> list[str]:
    """A record without the empty cells at its end."""
    while record and not record[-1].strip():
        record = record[:-1]
    return record


def blank(column: pa.Array) -> np.ndarray:
    """Which cells hold nothing but space."""
    return np.asarray(pc.equal(pc.utf8_trim_whitespace(column), ""))
