"""Leave a finding out until it gets worse, and list or take back what was decided."""

import click

from graphkit.cli import completing
from graphkit.cli.context import Context
from graphkit.cli.judging import judge, show, verdict_row
from graphkit.cli.options import redact, results
from graphkit.errors import UsageError


@click.command("dismiss")
@click.argument("finding", required=False, default="", shell_complete=completing.finding_ids)
@click.option("--why", default="", metavar="TEXT", help="Why, for whoever reads the list.")
@click.option("--list", "listing", is_flag=True, help="What was dismissed and confirmed, by whom.")
@click.option("--undo", is_flag=True, help="Take back what was last said of FINDING.")
@redact
@results
@click.pass_obj
def command(context: Context, *, finding: str, why: str, listing: bool, undo: bool) -> None:
    """Leave FINDING out of findings, reports and maps until it gets worse.

    FINDING is the begin of its id, as it stands in brackets in what findings prints, or its kind
    and name as "KIND: NAME". It comes back when its level rises, or when its effect leaves the
    interval it has now. No threshold moves: nobody else is judged otherwise.

    \b
    Examples:
      graphkit dismiss --list
      graphkit dismiss 7edede --why retooling
      graphkit dismiss 7edede --undo
    """
    if listing == bool(finding) or (undo and (listing or why)):
        raise UsageError(
            "Say which finding to dismiss, or --list.",
            next_step='graphkit dismiss "KIND: NAME", or the same with --undo',
        )
    from graphkit.pipeline.judge import verdicts_in
    from graphkit.verdicts import DISMISS

    if listing:
        with context.open_store() as store:
            show(context, verdicts_in(store))
    elif undo:
        _undo(context, finding)
    else:
        said = judge(context, DISMISS, finding, why=why)
        context.say(
            f"It is left out until it gets worse. graphkit dismiss {said.claim.id[:6]} --undo"
            " takes that back."
        )


def _undo(context: Context, finding: str) -> None:
    from graphkit.pipeline.judge import claim_called, take_back, verdicts_in
    from graphkit.verdicts import latest

    with context.open_store(read_only=False) as store:
        words = latest(verdicts_in(store))
        if not words:
            raise UsageError("Nothing was dismissed or confirmed.")
        said = words[claim_called([one.claim for one in words.values()], finding).id]
        take_back(store, said)
    row = verdict_row(said)
    context.emit("verdicts", [row], text=f"No longer {row['decided']}: {said.claim}")
