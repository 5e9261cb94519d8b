"""How a file writes dates and numbers, decided by the rows that can only be one thing."""

from collections.abc import Mapping as Map

import numpy as np
import pyarrow as pa

from graphkit.schema import Kind
from loaders.amounts import MONEY, NUMBER, says_decimal_comma
from loaders.cells import Habits, clean, distinct
from loaders.days import day_first_votes, read_either_way
from loaders.mapping import Mapping


def habits_of(
    mapping: Mapping, cells: Map[str, pa.Array]
) -> tuple[Habits, tuple[str, ...], dict[str, np.ndarray]]:
    """What most rows that can only be one thing say.

    Args:
        mapping: Describes the file; has the say where the file does not.
        cells: The columns as text, by field.

    Returns:
        The habits; what to say of them; and which rows are read by the mapping's word alone.
    """
    day_first = month_first = commas = 0
    dates = []
    for name, column in cells.items():
        parser = mapping.kind.field(name).parser
        if parser.kind in (Kind.DATE, Kind.TIME):
            votes = day_first_votes(distinct(column))
            day_first, month_first = day_first + votes[0], month_first + votes[1]
            dates.append(column)
        elif parser in (MONEY, NUMBER):
            commas += says_decimal_comma(distinct(column))
    decided = day_first > month_first if day_first != month_first else mapping.day_first
    either, example = _either_way(dates)
    order = "the day" if decided else "the month"
    notes = []
    guessed = {}
    if either.any():
        notes.append(f"03/05/2025 begins with {order}: {_why(day_first, month_first)}")
    if either.any() and day_first == month_first:
        why = f"have a date such as {example}, taken to begin with {order}: {_why(0, 0)}"
        guessed[why] = either
    if commas > 0:
        notes.append("1.234,50 is how it writes numbers")
    return Habits(day_first=decided, decimal_comma=commas > 0), tuple(notes), guessed


def _either_way(columns: list[pa.Array]) -> tuple[np.ndarray, str]:
    """Which rows have a date that is one day or another, and such a date."""
    example = ""
    rows = np.zeros(len(columns[0]) if columns else 0, dtype=bool)
    for column in columns:
        encoded = column.dictionary_encode()
        spellings = clean(encoded.dictionary)
        both = read_either_way(spellings)
        if both.any():
            example = example or spellings[int(both.argmax())].as_py()
            rows |= both[np.asarray(encoded.indices)]
    return rows, example


def _why(day_first: int, month_first: int) -> str:
    if day_first == month_first:
        return "no date of it settles that; if it is wrong, set day_first in a mapping"
    most, least = max(day_first, month_first), min(day_first, month_first)
    return f"{most:,} different dates can only be that, {least:,} only the other"
