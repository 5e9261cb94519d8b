"""Which customers belong together, and what holds them together."""

import textwrap

import click

from graphkit.cli.context import Context
from graphkit.cli.options import as_of, in_database_above, redact, results
from graphkit.findings import Finding
from graphkit.pipeline.analyse import analyse
from graphkit.pipeline.questions import cautions

_WIDTH = 80


@click.command("clusters")
@in_database_above
@as_of
@redact
@results
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
        missing = cautions(store, snap, ["clusters"])
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
    blocks = [_block(one) for one in told]
    unknown = [f"{one.statement} {one.advice}" for one in found if one not in told]
    text = f"As of {snap.as_of}\n\n" + "\n".join([*blocks, *unknown])
    warnings = missing if context.form == "table" else [*missing, *unknown]  # a table said so
    context.emit("clusters", rows, as_of=snap.as_of, warnings=warnings, text=text)


def _block(one: Finding) -> str:
    """A cluster in words; names hold commas, so that semicolons stand between them."""
    lines = [
        one.statement.removeprefix(f"{one.subject.name}: "),  # it is the heading
        f"Members: {'; '.join(member['name'] for member in one.details['members'])}",
        f"Between: {'; '.join(one.details['between']) or 'nobody'}",
        f"Do: {one.advice}",
    ]
    wrapped = [
        textwrap.fill(
            line,
            _WIDTH,
            initial_indent="  ",
            subsequent_indent="    ",
            break_on_hyphens=False,
        )
        for line in lines
    ]
    head = f"{one.subject.name}  (stability {one.details['stability']:.2f})"
    return "\n".join([head, *wrapped, ""])
