"""How a file writes dates and numbers, decided by the rows that can only be one thing."""

from collections.abc import Mapping as Map
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from graphkit.schema import Kind
from loaders.amounts import MONEY, NUMBER, says_decimal_comma
from loaders.cells import Habits, clean, distinct
from loaders.columns import Columns
from loaders.days import DAY, day_first_votes, read_either_way
from loaders.mapping import Mapping

ORDER = {True: "day/month/year", False: "month/day/year"}
"""How dates are written, by whether the day comes first."""


def habits_of(
    mapping: Mapping, cells: Map[str, pa.Array], columns: Columns
) -> tuple[Habits, tuple[str, ...], dict[str, np.ndarray]]:
    """What most rows that can only be one thing say.

    Args:
        mapping: Describes the file; has the say where the file does not.
        cells: The columns as text, by field.
        columns: Where they stand in the file.

    Returns:
        The habits; what to say of them; and which rows are read by the mapping's word alone.
    """
    day_first = month_first = commas = 0
    dates = {}
    for name, column in cells.items():
        parser = mapping.kind.field(name).parser
        if parser.kind in (Kind.DATE, Kind.TIME):
            votes = day_first_votes(distinct(column))
            day_first, month_first = day_first + votes[0], month_first + votes[1]
            dates[name] = column
        elif parser in (MONEY, NUMBER):
            commas += says_decimal_comma(distinct(column))
    decided = day_first > month_first if day_first != month_first else mapping.day_first
    habits = Habits(day_first=decided, decimal_comma=commas > 0)
    either, examples = _either_way(dates)
    names = [*dict.fromkeys(columns.first(name) for name in examples)]
    notes = []
    guessed = {}
    if either.any() and day_first != month_first:
        why = _why(habits, (day_first, month_first))
        notes.append(f"dates in {' and '.join(names)} are read as {ORDER[decided]}: {why}")
    elif either.any():
        guessed[_guess(names, next(iter(examples.values())), habits)] = either
    if commas > 0:
        notes.append("1.234,50 is how it writes numbers")
    return habits, tuple(notes), guessed


def _either_way(columns: Map[str, pa.Array]) -> tuple[np.ndarray, dict[str, str]]:
    """Which rows have a date that is one day or another, and such a date by field."""
    examples = {}
    rows = np.zeros(max(map(len, columns.values()), default=0), dtype=bool)
    for name, column in columns.items():
        encoded = column.dictionary_encode()
        spellings = clean(encoded.dictionary)
        both = read_either_way(spellings)
        if both.any():
            examples[name] = spellings[int(both.argmax())].as_py()
            rows |= both[np.asarray(encoded.indices)]
    return rows, examples


def _why(habits: Habits, votes: tuple[int, int]) -> str:
    """What speaks for the order that was taken, and what becomes of dates in the other one."""
    most, least = max(votes), min(votes)
    why = f"of its different dates {most:,} can only be read so"
    if not least:
        return why
    return (
        f"{why}, {least:,} only as {ORDER[not habits.day_first]}, and rows with these are rejected"
    )


def _guess(names: Sequence[str], example: str, habits: Habits) -> str:
    """What to say of dates that can be read in two ways where nothing in the file decides."""
    day = DAY.read(clean(pa.array([example])), habits).values[0].as_py()
    other = "false" if habits.day_first else "true"
    return (
        f"have a date in {' or '.join(names)} that can be read in two ways, such as {example}: "
        f"taken to be {day:%B} {day.day}, {day.year} ({ORDER[habits.day_first]}), since no date of "
        f"the file says which. If that is wrong: graphkit init --mapping FILE drafts a mapping of "
        f"your own; write day_first = {other} under [dates] in it, and load again"
    )
