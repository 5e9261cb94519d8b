"""Sheet: the cells of a file as text, with the row each stands in."""

import dataclasses
import re
from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd


@dataclasses.dataclass(frozen=True, slots=True)
class Unreconciled:
    """A group of a report whose own total is not the sum of its lines.

    Attributes:
        group: The group, as the report names it.
        column: Heading of the column.
        stated: The total that the report gives, as it stands there.
        found: What the lines add up to.
    """

    group: str
    column: str
    stated: str
    found: str


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """A header and the rows below it, all text.

    Attributes:
        path: The file's name, for people.
        name: Name of the sheet in a workbook; empty for a CSV file; a second table below the first
            one is called "name#2".
        cells: One Arrow text column per header; repeated headers are told apart as "Name.2".
        rows: Row of each record as a spreadsheet counts (the header is usually row 1).
        encoding: How the file was decoded.
        titles: The lines above the header, such as "As of March 31, 2025".
        totals: What the report itself says its columns add up to, by header, as text.
        place: The file with its folders, since some exports say there what they hold.
        unreconciled: Where a group's own total is not the sum of its lines.
    """

    path: str
    name: str
    cells: pd.DataFrame
    rows: np.ndarray
    encoding: str = "utf-8"
    titles: tuple[str, ...] = ()
    totals: Mapping[str, str] = dataclasses.field(default_factory=dict)
    place: str = ""
    unreconciled: tuple[Unreconciled, ...] = ()

    @property
    def header(self) -> list[str]:
        """The column names."""
        return [str(name) for name in self.cells.columns]


@cache
def folded(name: str) -> str:
    """A heading without case and punctuation: exports of one table write it in several ways."""
    return re.sub(r"[\W_]", "", name.casefold())


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> object:
    """A value for a spreadsheet: text that would run as a formula gets a leading apostrophe."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
