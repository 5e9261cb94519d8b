"""Say that a finding was right; back-tests count it as something that happened."""

import click

from graphkit.cli import completing
from graphkit.cli.context import Context
from graphkit.cli.judging import judge
from graphkit.cli.options import redact, results


@click.command("confirm")
@click.argument("finding", shell_complete=completing.finding_ids)
@click.option("--why", default="", metavar="TEXT", help="How you know, for whoever reads the list.")
@redact
@results
@click.pass_obj
def command(context: Context, *, finding: str, why: str) -> None:
    """Say that FINDING is right.

    FINDING is the begin of its id, as it stands in brackets in what findings prints, or its kind
    and name as "KIND: NAME". Back-tests count it as something that happened; no threshold moves.
    graphkit dismiss --list shows what was said, and --undo takes it back.

    \b
    Examples:
      graphkit confirm 7edede --why announced
    """
    from graphkit.verdicts import CONFIRM

    judge(context, CONFIRM, finding, why=why)
