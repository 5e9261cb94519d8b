"""One page on a customer: what it orders, how it pays, whom it is near, each with its source."""

import click

from graphkit.cli import completing
from graphkit.cli.context import Context
from graphkit.cli.options import as_of, redact, results


@click.command("profile")
@click.argument("name", shell_complete=completing.companies)
@as_of
@redact
@results
@click.pass_obj
def command(context: Context, name: str) -> None:
    """Show all that is known of the company NAME, and what about it deserves attention now.

    Every sentence has the number of its source: rows of your exports, or a finding. What is not
    known is said, with the export that would tell. NAME is a name, domain or id.

    \b
    Examples:
      graphkit profile "Aurora Falls Bearings"
      graphkit profile "Aurora Falls Bearings" --json
    """
    from graphkit.pipeline.pages import about_company
    from graphkit.reports.customer import customer_page, section_rows

    settings = context.workspace().settings
    with context.open_store() as store:
        snap = context.snapshot(store)
        found = about_company(store, snap, settings, name)
        rows = section_rows(found.profile.sections, snap.files)
        text = customer_page(found.profile, snap.files, "text")
    context.emit("profile", rows, as_of=snap.as_of, warnings=found.warnings, text=text)
