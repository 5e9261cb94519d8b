"""The form of a report: the one that is named, or that which the ending of its file asks for."""

from pathlib import Path
from typing import Final

import click

from graphkit.errors import UsageError

FORMS: Final = ("html", "markdown", "text")
_ENDINGS: Final = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
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
        UsageError: There is no report with that ending.
    """
    if form:
        return form
    ending = output.suffix.casefold() if output else ""
    if ending and ending not in _ENDINGS:
        raise UsageError(
            f"no report is written as {ending}, only as {', '.join(_ENDINGS)}",
            where=str(output),
            next_step="-o clusters.html, or --format to write one of these under any name",
        )
    return _ENDINGS.get(ending, "text")
