"""Which customers belong together, and what holds them together."""

import click

from graphkit.cli.context import Context
from graphkit.pipeline.analyse import analyse


@click.command("clusters")
@click.pass_obj
def command(context: Context) -> None:
    """Show groups of customers that are alike, what holds each together, and who is between.

    \b
    Examples:
      graphkit clusters
      graphkit clusters --json -o clusters.json
    """
    settings = context.workspace().settings
    with context.open_store() as store:
        snap = context.snapshot(store)
        found = analyse(snap, settings, ["clusters"])
    told = [one for one in found if one.details.get("members")]
    rows = [
        {
            "id": one.subject.id,
            "name": one.subject.name,
            "members": [member["name"] for member in one.details["members"]],
            "strengths": [member["strength"] for member in one.details["members"]],
            "stability": one.details["stability"],
            "traits": one.details["traits"],
            "between": one.details["between"],
            "advice": one.advice,
        }
        for one in told
    ]
    blocks = [
        f"{one.subject.name}  (stability {one.details['stability']:.2f})\n"
        f"  {one.statement}\n"
        f"  Members: {', '.join(member['name'] for member in one.details['members'])}\n"
        f"  Between: {', '.join(one.details['between']) or 'nobody'}\n"
        f"  Do: {one.advice}\n"
        for one in told
    ]
    unknown = [f"{one.statement} {one.advice}" for one in found if one not in told]
    text = f"As of {snap.as_of}\n\n" + "\n".join([*blocks, *unknown])
    warnings = () if context.form == "table" else unknown  # a table has said so
    context.emit("clusters", rows, as_of=snap.as_of, warnings=warnings, text=text)
