"""What a report holds as tables: the same rows for a workbook and for JSON."""

import dataclasses
import enum
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from graphkit.findings import Finding
from graphkit.reports.rows import finding_row, rows_by_file

Row = Mapping[str, Any]


class Cells(enum.StrEnum):
    """What stands in a column."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    MONEY = "money"
    SHARE = "share"
    """A fraction, shown in per cent."""
    DATE = "date"


_SHOWN: Final = {
    Cells.WHOLE: "{:,.0f}",
    Cells.NUMBER: "{:,.2f}",
    Cells.MONEY: "{:,.2f}",
    Cells.SHARE: "{:.0f} %",
    Cells.DATE: "{}",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: Key of its cells in each row.
        heading: What stands above it, in the reader's words.
        cells: What stands in it.
        unit: Such as USD or days; empty for none.
    """

    name: str
    heading: str
    cells: Cells = Cells.TEXT
    unit: str = ""

    @property
    def title(self) -> str:
        """The heading with its unit."""
        return f"{self.heading}, {self.unit}" if self.unit else self.heading

    @property
    def is_figure(self) -> bool:
        """Whether figures stand in it, which read better to the right."""
        return self.cells not in {Cells.TEXT, Cells.DATE}

    def shown(self, value: object) -> str:
        """A cell as a page shows it; empty for none.

        Args:
            value: What stands in it.

        >>> Column("a", "A", Cells.SHARE).shown(0.256), Column("b", "B").shown(None)
        ('26 %', '')
        """
        if value is None:
            return ""
        if isinstance(value, list | tuple):
            return ", ".join(map(str, value))
        if self.cells is Cells.TEXT or not isinstance(value, int | float):
            return str(value)
        return _SHOWN[self.cells].format(100 * value if self.cells is Cells.SHARE else value)


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """Rows that belong together.

    Attributes:
        name: For programs, such as findings; also the name of its sheet.
        title: What it is, in a sentence.
        columns: What each row has.
        rows: By name of the column; None, or no key, where a cell is empty.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]

    def as_data(self) -> dict[str, Any]:
        """What JSON holds of it."""
        return {
            "table": self.name,
            "title": self.title,
            "columns": [
                {"name": one.name, "heading": one.heading, "unit": one.unit} for one in self.columns
            ],
            "rows": [{one.name: row.get(one.name) for one in self.columns} for row in self.rows],
        }


_FINDINGS: Final = (
    Column("id", "Id"),
    Column("kind", "Kind"),
    Column("level", "Level"),
    Column("about", "About"),
    Column("beside", "And"),
    Column("statement", "Statement"),
    Column("advice", "What to do"),
    Column("effect", "Effect", Cells.NUMBER),
    Column("low", "From", Cells.NUMBER),
    Column("high", "To", Cells.NUMBER),
    Column("unit", "Unit"),
    Column("p", "p", Cells.NUMBER),
    Column("q", "q", Cells.NUMBER),
    Column("n", "n", Cells.WHOLE),
    Column("test", "Test"),
    Column("as_of", "As of", Cells.DATE),
    Column("cypher", "Query for Neo4j Browser"),
)
_EVIDENCE: Final = (
    Column("finding", "Id of the finding"),
    Column("kind", "Kind"),
    Column("about", "About"),
    Column("label", "Figure"),
    Column("value", "Value", Cells.NUMBER),
    Column("said", "In words"),
    Column("unit", "Unit"),
    Column("file", "File"),
    Column("rows", "Rows"),
)


def findings_table(findings: Iterable[Finding], files: Mapping[str, str], currency: str) -> Table:
    """Findings, a row each, with test, advice, what is at stake and the query of their rows.

    Args:
        findings: In the order in which they are told.
        files: File name by file_id.
        currency: Of what is at stake.
    """
    at_stake = Column("at_stake", "At stake", Cells.MONEY, currency)
    columns = (*_FINDINGS[:5], at_stake, *_FINDINGS[5:])
    return Table(
        "findings",
        "What was found, with test, interval and the query of its rows",
        columns,
        [_finding(one, files) for one in findings],
    )


def _finding(one: Finding, files: Mapping[str, str]) -> dict[str, Any]:
    row = finding_row(one, files)
    low, high = row["interval"] or (None, None)
    beside = one.object.name if one.object else None
    return {**row, "about": one.subject.name, "beside": beside, "low": low, "high": high}


def evidence_table(findings: Iterable[Finding], files: Mapping[str, str]) -> Table:
    """The figures behind findings, a row for each file that they were read from.

    Args:
        findings: In the order in which they are told.
        files: File name by file_id.
    """
    rows = []
    for one in findings:
        for figure in one.evidence:
            number = isinstance(figure.value, int | float)
            told = {
                "finding": one.id,
                "kind": one.kind,
                "about": one.subject.name,
                "label": figure.label,
                "value": figure.value if number else None,
                "said": None if number else figure.value,
                "unit": figure.unit,
            }
            read = rows_by_file(figure.sources, files) or {"": ""}
            rows += [{**told, "file": name, "rows": which} for name, which in read.items()]
    return Table("evidence", "The figures behind each finding, and their rows", _EVIDENCE, rows)
