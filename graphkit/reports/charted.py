"""Charts as the pages show them: the picture, the figures below it, and where those come from."""

import dataclasses
import hashlib
import math
from collections.abc import Iterable, Mapping
from typing import Any, Final

import markupsafe
import pandas as pd
from rich.cells import cell_len

from graphkit.drawing import Chart, Draw

_NONE: Final = "\u2013"
_WIDTH: Final = 78
"""Characters of a line of plain text."""
_LONGEST: Final = 4000
"""Characters of the rows of one file on a page; the query lists all of them."""


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table: what it says, and whether it is a figure."""

    text: str
    figure: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """A table as pages show it.

    Attributes:
        headings: Heading of each column.
        cells: Its rows.
        read: Position of the column that says where each row was read; None without one.
        frame: The same as values.
    """

    headings: tuple[Cell, ...]
    cells: tuple[tuple[Cell, ...], ...]
    read: int | None
    frame: pd.DataFrame = dataclasses.field(compare=False, repr=False)

    @classmethod
    def of(cls, frame: pd.DataFrame, headings: Mapping[str, str]) -> "Table":
        """The columns of a frame that have a heading.

        Args:
            frame: With a column `read` where it is said where each row was read.
            headings: Heading by column.
        """
        shown = [name for name in frame.columns if name in headings]
        columns = [frame[name].tolist() for name in shown]
        figures = [_are_figures(one) for one in columns]
        texts = [
            _texts(one) if figure else list(map(str, one))
            for one, figure in zip(columns, figures, strict=True)
        ]
        cells = tuple(tuple(map(Cell, row, figures)) for row in zip(*texts, strict=True))
        told = tuple(map(Cell, (headings[name] for name in shown), figures))
        return cls(told, cells, shown.index("read") if "read" in shown else None, frame[shown])

    @property
    def lines(self) -> list[str]:
        """The table as lines of plain text, without the column of rows; records where too wide."""
        kept = [at for at in range(len(self.headings)) if at != self.read]
        rows = [[row[at] for at in kept] for row in (self.headings, *self.cells)]
        widths = [max(cell_len(row[at].text) for row in rows) for at in range(len(kept))]
        if sum(widths) + 2 * len(widths) <= _WIDTH:
            return ["  ".join(map(_padded, row, widths)).rstrip() for row in rows]
        told = [one.text for one in rows[0]]
        return [
            line
            for row in rows[1:]
            for line in (
                row[0].text,
                *(f"    {name}: {cell.text}" for name, cell in zip(told[1:], row[1:], strict=True)),
            )
        ]


@dataclasses.dataclass(frozen=True, slots=True)
class Charted:
    """What the templates show of a chart.

    Attributes:
        chart: The chart.
        svg: The picture; empty where nothing is installed that draws it.
        anchor: Id of its place on the page.
        table: Its figures.
        read: Where they were read.
    """

    chart: Chart
    svg: markupsafe.Markup
    anchor: str
    table: Table
    read: tuple[str, ...]


def charted(charts: Iterable[Chart | None], draw: Draw | None) -> tuple[Charted, ...]:
    """Charts for a page, those that are None left out.

    Args:
        charts: The charts.
        draw: Makes SVG; None where nothing is installed that does.
    """
    return tuple(_charted(one, draw) for one in charts if one is not None)


def _charted(chart: Chart, draw: Draw | None) -> Charted:
    digest = hashlib.sha256(f"{chart.kind}\0{chart.title}".encode()).hexdigest()
    # Safe: it is made by us of escaped texts, see the engines' tests with hostile ones.
    svg = markupsafe.Markup(draw(chart)) if draw else markupsafe.Markup()  # noqa: S704
    table = Table.of(chart.table, chart.headings)
    anchor = f"{chart.kind}-{digest[:6]}"
    return Charted(chart, svg, anchor, table, tuple(map(_cut, chart.rows)))


def _are_figures(values: list[Any]) -> bool:
    return all(_empty(one) or isinstance(one, int | float) for one in values)


def _empty(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _texts(values: list[Any]) -> list[str]:
    """Figures as commands print them, all of a column with as many decimals as one needs."""
    known = [float(one) for one in values if not _empty(one)]
    digits = next((n for n in (0, 1) if all(round(one, n) == round(one, 2) for one in known)), 2)
    return [_NONE if _empty(one) else f"{one:,.{digits}f}" for one in values]


def _cut(rows: str) -> str:
    if len(rows) <= _LONGEST:
        return rows
    return rows[:_LONGEST].rpartition(",")[0] + ", \u2026 (the query lists all)"


def _padded(cell: Cell, width: int) -> str:
    blank = " " * (width - cell_len(cell.text))
    return blank + cell.text if cell.figure else cell.text + blank
