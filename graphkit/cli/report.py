"""Reports: who belongs together, and what to do about it."""

from pathlib import Path

import click

from graphkit.cli.context import Context
from graphkit.cli.options import as_of, output, redact
from graphkit.errors import UsageError
from graphkit.pipeline.analyse import analyse
from graphkit.pipeline.pages import about_company
from graphkit.pipeline.questions import EXPORTS, cautions
from graphkit.reports.cluster import FORMS, cluster_report
from graphkit.reports.customer import customer_page

_ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
}


@click.group("report")
def command() -> None:
    """Write a report as text, Markdown or a self-contained HTML page.

    \b
    Examples:
      graphkit report cluster
      graphkit report cluster -o clusters.html
      graphkit report customer "Aurora Falls Bearings" -o aurora.html
    """


@command.command("cluster")
@click.option("--format", "form", type=click.Choice(sorted(FORMS)), help="By the ending of -o.")
@as_of
@redact
@output
@click.pass_obj
def cluster(context: Context, *, form: str | None) -> None:
    """Show the clusters: who is in each, and what to do about it.

    For each its members, what holds them together, and who is between it and others. The ending
    of -o says the form: .html, .md or .txt.

    \b
    Examples:
      graphkit report cluster
      graphkit report cluster -o clusters.html
      graphkit report cluster --format markdown -o clusters.md
    """
    chosen = form or _form_of(context.output)
    with context.open_store() as store:
        snap = context.snapshot(store)
        found = analyse(snap, context.workspace().settings)
        text = cluster_report(snap, found, chosen)
        missing = cautions(store, snap, ["clusters"])
        if snap.customers.empty:
            missing.append(f"Missing: {EXPORTS['Order']}. It says who buys what from you.")
    with context.out() as stream:
        stream.write(text)
    for line in missing:
        context.say(line)


@command.command("customer")
@click.argument("name")
@click.option("--format", "form", type=click.Choice(sorted(FORMS)), help="By the ending of -o.")
@as_of
@redact
@output
@click.pass_obj
def customer(context: Context, name: str, *, form: str | None) -> None:
    """Write the page of the company NAME.

    A picture of its orders, what deserves attention now, and all that is known of it, every
    sentence with its source. The ending of -o says the form: .html, .md or .txt.

    \b
    Examples:
      graphkit report customer "Aurora Falls Bearings" -o aurora.html
      graphkit report customer "Aurora Falls Bearings" --format markdown
    """
    chosen = form or _form_of(context.output)
    with context.open_store() as store:
        snap = context.snapshot(store)
        found, missing = about_company(store, snap, context.workspace().settings, name)
        text = customer_page(found, snap.files, chosen)
    with context.out() as stream:
        stream.write(text)
    for line in missing:
        context.say(line)


def _form_of(output: Path | None) -> str:
    """The form that the ending of a file asks for; text where it has none.

    Raises:
        UsageError: There is no report with that ending.
    """
    ending = output.suffix.casefold() if output else ""
    if ending and ending not in _ENDINGS:
        raise UsageError(
            f"no report is written as {ending}, only as {', '.join(_ENDINGS)}",
            where=str(output),
            next_step="-o clusters.html, or --format to write one of these under any name",
        )
    return _ENDINGS.get(ending, "text")
