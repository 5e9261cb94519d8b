"""Tables of trade: few columns and the largest rows on a screen, everything in JSON and CSV."""

import dataclasses
import datetime as dt
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from graphkit.cli.context import Context

if TYPE_CHECKING:  # imported late below, so that --help stays quick
    from graphkit.findings import Finding

Row = Mapping[str, Any]

_SHOWN: Final = 30
"""Rows of a table; --all shows the others too."""
_WIDTH: Final = 80


@dataclasses.dataclass(frozen=True, slots=True)
class TradeTable:
    """Rows, and how they are shown.

    Attributes:
        what: Name of the result.
        rows: Every row, in the order in which they are shown.
        columns: Heading, and what stands below it, of the columns of the table.
        head: What the table is, in a sentence or two.
        notes: What is to be said of it, a paragraph each.
        more: What JSON holds besides the rows and notes.
    """

    what: str
    rows: Sequence[Row]
    columns: Mapping[str, Callable[[Row], object]]
    head: str
    notes: Sequence[str] = ()
    more: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def emit(
        self, context: Context, *, as_of: dt.date, warnings: Sequence[str], everything: bool
    ) -> None:
        """Print it in the form asked for.

        Args:
            context: The options of the command.
            as_of: As of which day.
            warnings: What the reader should mind.
            everything: Whether a table has every row.
        """
        context.emit(
            self.what,
            self.rows,
            as_of=as_of,
            warnings=warnings,
            text=self._text(context, as_of, everything=everything),
            more={"notes": list(self.notes), **self.more},
        )

    def _text(self, context: Context, as_of: dt.date, *, everything: bool) -> str:
        shown = self.rows if everything else self.rows[:_SHOWN]
        cells = [{name: of(row) for name, of in self.columns.items()} for row in shown]
        parts = [f"As of {as_of}. {self.head}", *self.notes]
        if len(shown) < len(self.rows):
            left = len(self.rows) - len(shown)
            parts.append(f"{left:,} more: --all shows them; --json and --csv have every column.")
        head, *rest = (textwrap.fill(one, _WIDTH, break_on_hyphens=False) for one in parts)
        table = context.table_text(cells).rstrip() if cells else "Nothing."
        return "\n\n".join([head, table, *rest])


def told_of(
    findings: "Iterable[Finding]", words: "Callable[[Finding], Iterable[str]]"
) -> dict[str, str]:
    """What was found of each customer, process or industry, by id: "pays-late, paying-later?".

    Args:
        findings: Alerts as they are, watches with a question mark; others are left out.
        words: What to say of one.
    """
    from graphkit.findings import Level

    marks = {Level.ALERT: "", Level.WATCH: "?"}
    found: dict[str, list[str]] = {}
    for one in findings:
        if one.level in marks:
            told = [word + marks[one.level] for word in words(one)]
            found.setdefault(one.subject.id, []).extend(told)
    return {subject: ", ".join(told) for subject, told in found.items()}


def shown(name: str) -> Callable[[Row], object]:
    """A figure or text as it is."""
    return lambda row: row[name]


def whole(name: str) -> Callable[[Row], object]:
    """A figure without decimals."""
    return lambda row: None if row[name] is None else round(row[name])


def percent(name: str) -> Callable[[Row], object]:
    """A fraction in per cent."""
    return lambda row: None if row[name] is None else round(100 * row[name])
