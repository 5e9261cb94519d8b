"""Tables of a web page or of SpreadsheetML, which many old systems save under the name .xls."""

import html.parser

import numpy as np
import pyarrow as pa

from graphkit.errors import UnreadableError
from graphkit.sheets.text import Grid, decode

_NEXT = "open it in Excel and save it as XLSX"
_WIDEST = 5_000
_TALLEST = 2_000_000
_DIGITS = 7
_TABLES = frozenset({"table", "worksheet"})
_ROWS = frozenset({"tr", "row"})
_CELLS = frozenset({"td", "th", "cell"})
_UNSEEN = frozenset({"script", "style", "comment"})
_ISO_MIDNIGHT = "T00:00:00.000"


class _Table:
    """The cells of one table while it is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[dict[int, str]] = []
        self.spans: dict[int, int] = {}
        """Columns that a cell above still covers, and for how many rows."""
        self.column = 0

    def begin_row(self, index: int) -> None:
        """Go to the next row, or to one that is named by its number."""
        target = min(max(index - 1, len(self.rows)), _TALLEST)
        self.rows.extend({} for _ in range(target - len(self.rows) + 1))
        self.spans = {column: left - 1 for column, left in self.spans.items() if left > 1}
        self.column = 0

    def begin_cell(self, index: int) -> int:
        """Where the next cell stands."""
        if index:
            self.column = min(index - 1, _WIDEST)
        while self.column in self.spans:
            self.column += 1
        return self.column

    def end_cell(self, text: str, across: int, down: int) -> None:
        """Keep a cell, which may cover several columns and rows."""
        if not self.rows:
            self.rows.append({})
        if self.column < _WIDEST and text:
            self.rows[-1][self.column] = text
        last = min(self.column + across, _WIDEST)
        if down > 1:
            self.spans |= dict.fromkeys(range(self.column, last), down)
        self.column = last


class _Reader(html.parser.HTMLParser):
    """Tags and texts of a page; nothing in it is run, fetched or expanded."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Table] = []
        self.open: list[_Table] = []
        self.text: list[str] | None = None
        self.span = (1, 1)
        self.hidden = ""
        self.name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = tag.removeprefix("ss:")
        given = {name.removeprefix("ss:"): value or "" for name, value in attrs}
        if tag in _UNSEEN:
            self.hidden = tag
        elif tag == "worksheet":
            self.name = given.get("name", "")
        elif tag == "table":
            self.open.append(_Table(self.name))
            self.found.append(self.open[-1])
        elif self.open and tag in _ROWS:
            self._close_cell()
            self.open[-1].begin_row(_whole(given.get("index")))
        elif self.open and tag in _CELLS:
            self._close_cell()
            self.open[-1].begin_cell(_whole(given.get("index")))
            across = _whole(given.get("colspan")) or _whole(given.get("mergeacross")) + 1
            down = _whole(given.get("rowspan")) or _whole(given.get("mergedown")) + 1
            self.text, self.span = [], (min(across, _WIDEST), down)
        elif tag == "br" and self.text is not None:
            self.text.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag.removeprefix("ss:") in _CELLS | _ROWS | _UNSEEN:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        tag = tag.removeprefix("ss:")
        if tag == self.hidden:
            self.hidden = ""
        elif tag in _CELLS | _ROWS:
            self._close_cell()
        elif tag == "table" and self.open:
            self._close_cell()
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.text is not None and not self.hidden:
            self.text.append(data)

    def _close_cell(self) -> None:
        if self.text is not None and self.open:
            lines = "".join(self.text).replace("\xa0", " ").strip().split("\n")
            text = "\n".join(" ".join(line.split()) for line in lines).strip()
            self.open[-1].end_cell(text.removesuffix(_ISO_MIDNIGHT), *self.span)
        self.text = None


def _whole(text: str | None) -> int:
    """A number in an attribute; 0 when there is none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= _DIGITS else 0


def page_grids(content: bytes, where: str) -> list[tuple[str, Grid]]:
    """The tables of a page, each as a grid.

    Args:
        content: The bytes.
        where: The file's name, for messages.

    Raises:
        UnreadableError: There is no table in it.
    """
    text, encoding = decode(content, where)
    reader = _Reader()
    reader.feed(text)
    reader.close()
    tables = [one for one in reader.found if any(map(len, one.rows))]
    if not tables:
        raise UnreadableError("this is a web page without a table", where=where, next_step=_NEXT)
    grids = []
    for number, table in enumerate(tables, start=1):
        name = table.name or (f"table {number}" if len(tables) > 1 else "")
        width = max(max(row, default=-1) for row in table.rows) + 1
        columns = [
            pa.array([row.get(index, "") for row in table.rows], pa.string())
            for index in range(width)
        ]
        grids.append((name, Grid(columns, np.arange(1, len(table.rows) + 1), encoding)))
    return grids
