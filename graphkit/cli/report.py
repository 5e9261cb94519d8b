"""Reports: who belongs together, all about a customer, and how good the alerts have been."""

from pathlib import Path

import click

from graphkit.cli.backtest import permutations, replayed_with
from graphkit.cli.context import Context
from graphkit.cli.options import as_of, output, redact
from graphkit.errors import UsageError
from graphkit.pipeline.analyse import analyse
from graphkit.pipeline.backtest import backtest
from graphkit.pipeline.judge import verdicts_in
from graphkit.pipeline.pages import about_company
from graphkit.pipeline.questions import EXPORTS, cautions
from graphkit.reports.backtest import called
from graphkit.reports.cluster import FORMS, cluster_report
from graphkit.reports.customer import customer_page
from graphkit.reports.proof import proof_page

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
      graphkit report proof -o proof.html
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


@command.command("proof")
@click.option("--kind", "kinds", multiple=True, help="Only this kind; may be given several times.")
@permutations
@click.option("--format", "form", type=click.Choice(sorted(FORMS)), help="By the ending of -o.")
@as_of
@redact
@output
@click.pass_obj
def proof(
    context: Context, *, kinds: tuple[str, ...], permutations: int | None, form: str | None
) -> None:
    """Show how good the alerts have been on your own past.

    Each kind as `backtest KIND` tells it: how many alerts came true beside a naive rule, how early,
    and what had none, by name. Every past month is analysed again, which takes minutes; fewer
    --permutations are quicker. The ending of -o says the form: .html, .md or .txt.

    \b
    Examples:
      graphkit report proof -o proof.html
      graphkit report proof --kind slowing-customer --kind paying-later --permutations 499
    """
    chosen = form or _form_of(context.output)
    settings = context.workspace().settings
    with context.open_store() as store:
        today = context.snapshot(store)
        found = backtest(
            today,
            lambda day: context.snapshot(store, day),
            list(dict.fromkeys(kinds)),
            settings,
            verdicts_in(store),
            permutations=permutations,
            tick=lambda month: context.say(f"Replaying {month}"),
        )
        notes = replayed_with(permutations)
        text = proof_page(found, called(today), chosen, as_of=today.as_of, notes=notes)
    with context.out() as stream:
        stream.write(text)


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
