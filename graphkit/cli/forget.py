"""Empty a person's page: out of the graph, and out of every later load."""

import click

from graphkit.cli import completing
from graphkit.cli.companies.industry import decider
from graphkit.cli.context import Context
from graphkit.cli.options import results
from graphkit.errors import UsageError


@click.command("forget")
@click.argument("name", required=False, default="", shell_complete=completing.people)
@click.option("--list", "listing", is_flag=True, help="How many are forgotten, and since when.")
@click.option("--yes", "sure", is_flag=True, help="Do not ask.")
@results
@click.pass_obj
def command(context: Context, *, name: str, listing: bool, sure: bool) -> None:
    """Forget the person NAME (a name, an e-mail address or an id).

    What is only about the person leaves the graph: name, address, phone, title, opens, clicks,
    talks and mentions. Texts that name the person stay, with [person] in place of the name. Only
    hashes are kept, so that loading the same exports again does not bring the person back.

    \b
    Examples:
      graphkit forget --list
      graphkit forget rosalind.montoya@wintersetdynamics-inc.com
      graphkit forget rosalind.montoya@wintersetdynamics-inc.com --yes --json
    """
    from graphkit.pipeline.forget import forget, person_called
    from graphkit.privacy import FORGET

    if listing == bool(name):
        raise UsageError("Say whom to forget, or --list.", next_step='graphkit forget "NAME"')
    if listing:
        _list(context)
        return
    with context.open_store(read_only=False) as store:
        person = person_called(store, name)
        if not sure:
            click.confirm(f"Forget {person}? This cannot be undone.", abort=True, err=True)
        with store.next_run(FORGET) as run:
            counts = forget(store, person, who=decider(), run=run)
    rows = [{"what": what, "rows": count} for what, count in counts.items()]
    context.emit("forget", rows, title="Gone or masked")
    context.say(
        "The exports themselves, copies of the store, and reports and maps written before still "
        "hold them. A Neo4j of its own follows with: graphkit neo4j push"
    )


def _list(context: Context) -> None:
    from graphkit.privacy import FORGET
    from graphkit.schema import Decision

    with context.open_store() as store:
        decisions = store.read(Decision, where=("kind", [FORGET])).sort_values("at")
    rows = [
        {"number": at, "forgotten_at": when, "who": who}
        for at, (when, who) in enumerate(zip(decisions["at"], decisions["who"], strict=True), 1)
    ]
    context.emit("forgotten", rows, title=f"{len(rows):,} people are forgotten")
