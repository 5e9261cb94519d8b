"""Charts as the pages show them: the picture, the figures below it, and where those come from."""

import dataclasses
import hashlib
import math
from collections.abc import Iterable
from typing import Any, Final

import markupsafe
from rich.cells import cell_len

from graphkit.drawing import Chart, Draw

_LONGEST: Final = 4000
"""Characters of the rows of one file on a page; the query lists all of them."""


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the table: what it says, and whether it is a figure."""

    text: str
    figure: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Charted:
    """What the templates show of a chart.

    Attributes:
        chart: The chart.
        svg: The picture; empty where nothing is installed that draws it.
        anchor: Id of its place on the page.
        headings: Headings of the table.
        cells: Its rows.
        read: Where its figures were read.
    """

    chart: Chart
    svg: markupsafe.Markup
    anchor: str
    headings: tuple[Cell, ...]
    cells: tuple[tuple[Cell, ...], ...]
    read: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """The table as lines of plain text, without the column of rows."""
        kept = [at for at, name in enumerate(self._shown) if name != "read"]
        rows = [[row[at] for at in kept] for row in (self.headings, *self.cells)]
        widths = [max(cell_len(row[at].text) for row in rows) for at in range(len(kept))]
        return ["  ".join(map(_padded, row, widths)).rstrip() for row in rows]

    @property
    def _shown(self) -> list[str]:
        return [name for name in self.chart.table.columns if name in self.chart.headings]


def charted(charts: Iterable[Chart | None], draw: Draw | None) -> tuple[Charted, ...]:
    """Charts for a page, those that are None left out.

    Args:
        charts: The charts.
        draw: Makes SVG; None where nothing is installed that does.
    """
    return tuple(_charted(one, draw) for one in charts if one is not None)


def _charted(chart: Chart, draw: Draw | None) -> Charted:
    shown = [name for name in chart.table.columns if name in chart.headings]
    figures = [_are_figures(chart.table[name].tolist()) for name in shown]
    cells = tuple(
        tuple(Cell(_text(row[name]), figure) for name, figure in zip(shown, figures, strict=True))
        for row in chart.table.to_dict("records")
    )
    headings = tuple(map(Cell, (chart.headings[name] for name in shown), figures))
    digest = hashlib.sha256(f"{chart.kind}\0{chart.title}".encode()).hexdigest()
    # Safe: it is made by us of escaped texts, see the engines' tests with hostile ones.
    svg = markupsafe.Markup(draw(chart)) if draw else markupsafe.Markup()  # noqa: S704
    return Charted(
        chart, svg, f"{chart.kind}-{digest[:6]}", headings, cells, tuple(map(_cut, chart.rows))
    )


def _are_figures(values: list[Any]) -> bool:
    return all(_empty(one) or isinstance(one, int | float) for one in values)


def _empty(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _text(value: object) -> str:
    """A cell as commands print it, without decimals that are zero."""
    if _empty(value):
        return "\u2013"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) else str(value)


def _cut(rows: str) -> str:
    if len(rows) <= _LONGEST:
        return rows
    return rows[:_LONGEST].rpartition(",")[0] + ", \u2026 (the query lists all)"


def _padded(cell: Cell, width: int) -> str:
    blank = " " * (width - cell_len(cell.text))
    return blank + cell.text if cell.figure else cell.text + blank
