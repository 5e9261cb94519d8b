"""Quotes that open a cell and never close it: without them, each swallows the rows that follow."""

import re

import numpy as np

_QUOTE = '"'


def spans_lines(content: bytes, records: int) -> bool:
    """Whether a record may have a line break within: there are fewer records than lines.

    Args:
        content: A text file, in UTF-8.
        records: How many records it was cut into.
    """
    last_is_open = not content.endswith((b"\n", b"\r"))
    returns = content.count(b"\r") if b"\r" in content else 0  # most files have none
    lines = max(content.count(b"\n"), returns) + last_is_open
    return records < lines


def unswallowed(text: str, separator: str, width: int) -> str:
    """A text in which no quote that never closes takes the rows below it into its cell.

    Such a quote becomes a character like any other. One never closes when the file ends before it
    does; or when it spans lines and what would close it stands amid a cell, and is itself the start
    of a cell, or the quote's own line or one below it is a whole record as it stands.

    Args:
        text: The whole file.
        separator: What stands between cells.
        width: How many cells most records have.
    """
    if _all_close(text.encode(), separator):
        return text
    opening = re.compile(rf"(?:^|(?<=[{re.escape(separator)}\r\n]))\"")
    closing = re.compile(r'[^"]*(?:""[^"]*)*"')
    end_of_cell = re.compile(rf"[{re.escape(separator)}\r\n]|\Z")
    made: list[str] = []
    kept = at = 0
    while (opened := opening.search(text, at)) is not None:
        start = opened.start()
        closed = closing.match(text, start + 1)
        end = closed.end() if closed else len(text)
        if closed and (end == len(text) or text[end] in f"{separator}\r\n"):
            at = end
            continue
        found = end_of_cell.search(text, start + 1)
        cell_end = found.start() if found else len(text)
        if closed is None or _swallows(text, start, end, separator, width):
            cell = text[start:cell_end].replace(_QUOTE, _QUOTE * 2)
            made += [text[kept:start], _QUOTE, cell, _QUOTE]
            kept = at = cell_end
        else:
            found = end_of_cell.search(text, end)
            at = found.start() if found else len(text)
    return "".join([*made, text[kept:]])


def _all_close(content: bytes, separator: str) -> bool:
    """Whether each quote opens a cell, closes one, or is one of two together within one."""
    data = np.frombuffer(content, np.uint8)
    at = np.flatnonzero(data == ord(_QUOTE))
    if len(at) % 2:
        return False
    edges = np.frombuffer(f'{separator}\r\n"'.encode(), np.uint8)
    opens, closes = at[::2], at[1::2]
    before = data[opens[opens > 0] - 1]
    after = data[closes[closes < len(data) - 1] + 1]
    return bool(np.isin(before, edges).all() and np.isin(after, edges).all())


def _swallows(text: str, start: int, end: int, separator: str, width: int) -> bool:
    """Whether a quote that something amid a cell would close takes other rows into its cell.

    Args:
        text: The whole file.
        start: Where the quote is.
        end: Behind the quote that would close it.
        separator: What stands between cells.
        width: How many cells most records have.
    """
    body = text[start:end].replace("\r\n", "\n").replace("\r", "\n")
    if "\n" not in body:
        return False
    if text[end - 2] in f"{separator}\r\n":
        return True
    line_start = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    first, *others = (text[line_start:start] + body).split("\n")
    return any(line.count(separator) == width - 1 for line in (first, *others[:-1]))
