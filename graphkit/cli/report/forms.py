"""The form of a report: the one that is named, or that which the ending of its file asks for."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from graphkit.cli.context import Context
from graphkit.errors import UsageError

if TYPE_CHECKING:  # imported late below, so that --help stays quick
    from graphkit.reports.report import Report

FORMS: Final = ("html", "json", "markdown", "text", "xlsx")
_ENDINGS: Final = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".xlsx": "xlsx",
    ".json": "json",
}

form_option = click.option(
    "--format", "form", type=click.Choice(FORMS), help="By the ending of -o."
)
"""For reports in every form."""


def form_of(form: str | None, output: Path | None) -> str:
    """The form that was named, else that of a file's ending; text where neither says one.

    Args:
        form: What --format says.
        output: The file that the report goes to.

    Raises:
        UsageError: There is no report with that ending, or a workbook has no file to go to.
    """
    chosen = form or _by_ending(output)
    if chosen == "xlsx" and output is None:
        raise UsageError("A workbook needs a file.", next_step="-o report.xlsx")
    return chosen


def _by_ending(output: Path | None) -> str:
    ending = output.suffix.casefold() if output else ""
    if output and ending and ending not in _ENDINGS:
        page = f'-o "{output.with_suffix(".html")}"'
        other = "then print it from a browser" if ending == ".pdf" else "or another of these"
        raise UsageError(
            f"no report is written as {ending}, only as {', '.join(_ENDINGS)}",
            where=str(output),
            next_step=f"{page}, {other}; --format writes each of them under any name",
        )
    return _ENDINGS.get(ending, "text")


def write_report(
    context: Context, report: "Report", form: str, warnings: Sequence[str] = ()
) -> None:
    """Write a report in one form; what a reader should mind goes to standard error, or into JSON.

    Args:
        context: Where to.
        report: The report.
        form: One of FORMS.
        warnings: What a reader should mind.
    """
    if form == "json":
        from graphkit.cli.output import as_json

        data = [one.as_data() for one in report.tables()]
        with context.out() as stream:
            stream.write(as_json(report.what, data, as_of=report.as_of, warnings=warnings))
        return
    if form == "xlsx":
        from graphkit.reports.workbook import workbook

        context.write(workbook(report.tables(), title=report.title, as_of=report.as_of))
    else:
        from graphkit.cli.output import printable

        text = report.page(form)
        with context.out() as stream:
            stream.write(printable(text) if form == "text" else text)
    for line in warnings:
        context.say(line)
