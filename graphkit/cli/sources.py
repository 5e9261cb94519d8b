"""Which reports to export from your systems, click by click, and what each answers."""

from collections.abc import Iterator, Sequence

import click

from graphkit.cli.context import Context
from graphkit.cli.options import results
from graphkit.errors import UnknownNameError
from graphkit.pipeline.sources import Report, reports


@click.command("sources")
@click.argument("system", default="")
@results
@click.pass_obj
def command(context: Context, system: str) -> None:
    """Say which reports to export from SYSTEM, for which dates, and what each answers.

    Without SYSTEM, list the systems whose exports are known.

    \b
    Examples:
      graphkit sources
      graphkit sources quickbooks
    """
    found = reports()
    systems = sorted({one.system for one in found})
    if system and system.casefold() not in systems:
        raise UnknownNameError.of("system", system, systems)
    chosen = [one for one in found if not system or one.system == system.casefold()]
    rows = [
        {
            "system": one.system,
            "export": one.name,
            "holds": one.kind,
            "how": one.how or None,
            "useless": one.useless or None,
            "unlocks": list(one.unlocks),
            "goes_with": list(one.goes_with),
        }
        for one in chosen
    ]
    lines = _told(chosen) if system else _listed(systems, found)
    context.emit("sources", rows, text="\n".join(lines))


def _listed(systems: Sequence[str], found: Sequence[Report]) -> Iterator[str]:
    """A line a system."""
    width = max(map(len, systems))
    for name in systems:
        kinds = dict.fromkeys(
            one.kind.replace("_", " ")
            for one in found
            if one.system == name and one.kind != "lookup" and not one.useless
        )
        yield f"{name:{width}}  {', '.join(kinds)}"
    yield ""
    yield "graphkit sources SYSTEM says how to export each, and what it answers."
    yield "Another system: graphkit init --mapping EXPORT drafts how its export is read."


def _told(chosen: Sequence[Report]) -> Iterator[str]:
    for one in chosen:
        yield f"{one.name}: {one.kind.replace('_', ' ')}"
        for line in one.how.splitlines():
            yield f"  {line.strip()}"
        if one.useless:
            yield f"  Not worth exporting: {one.useless}"
        if one.goes_with:
            yield f"  Load it together with: {', '.join(one.goes_with)}"
        yield from (f"    helps answer: {question}" for question in one.unlocks)
        yield ""
