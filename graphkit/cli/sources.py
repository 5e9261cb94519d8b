"""Which reports to export from your systems, click by click, and what each answers."""

from collections.abc import Iterator, Sequence

import click

from graphkit.cli.context import Context
from graphkit.cli.options import results
from graphkit.errors import UnknownNameError
from graphkit.pipeline.sources import Report, reports, said_once, systems


@click.command("sources")
@click.argument("system", default="")
@results
@click.pass_obj
def command(context: Context, system: str) -> None:
    """Say which reports to export from SYSTEM, for which dates, and what each answers.

    Without SYSTEM, list the systems and plain sheets whose exports are known. The export to make
    first comes first; those that tell nothing come last.

    \b
    Examples:
      graphkit sources
      graphkit sources quickbooks
    """
    known = systems()
    if system and system.casefold() not in known:
        raise UnknownNameError.of("system", system, known)
    chosen = reports(system.casefold())
    rows = [
        {
            "system": one.system,
            "export": one.name,
            "holds": one.kind,
            "how": one.how or None,
            "useless": one.useless or None,
            "unlocks": list(one.unlocks),
            "goes_with": list(one.goes_with),
            "plain_sheet": one.plain,
        }
        for one in chosen
    ]
    lines = _told(chosen) if system else _listed(chosen)
    context.emit("sources", rows, text="\n".join(lines))


def _listed(found: Sequence[Report]) -> Iterator[str]:
    """A line a system; plain sheets, which are of no system, below."""
    yield "Systems whose exports are known:"
    yield from _lines([one for one in found if not one.plain])
    yield ""
    yield "Plain sheets with usual headings, whoever wrote them:"
    yield from _lines([one for one in found if one.plain])
    yield ""
    yield "graphkit sources NAME says how to export each, and what it answers."
    yield "Another system: graphkit init --mapping EXPORT drafts how its export is read."


def _lines(found: Sequence[Report]) -> Iterator[str]:
    """A line for each name, with what its exports hold."""
    names = dict.fromkeys(one.system for one in found)
    width = max(map(len, names))
    for name in names:
        kinds = dict.fromkeys(
            one.kind.replace("_", " ")
            for one in found
            if one.system == name and one.kind != "lookup" and not one.useless
        )
        yield f"  {name:{width}}  {', '.join(kinds)}"


def _told(chosen: Sequence[Report]) -> Iterator[str]:
    """How to export what is chosen; what holds for all of it once, before the rest."""
    shared = said_once(chosen)
    if shared:
        yield from shared.splitlines()
        yield ""
    for one in chosen:
        holds = "completes others" if one.kind == "lookup" else one.kind.replace("_", " ")
        yield f"{one.name}: {'not worth exporting' if one.useless else holds}"
        for line in one.how.removeprefix(shared).strip().splitlines():
            yield f"  {line.strip()}".rstrip()
        if one.useless:
            yield f"  {one.useless}"
        if one.goes_with:
            yield f"  Load it together with: {', '.join(one.goes_with)}"
        yield from (f"    helps answer: {question}" for question in one.unlocks)
        yield ""
