"""All analyses, ranked: what deserves attention."""

import click

from graphkit import registry
from graphkit.cli.context import Context
from graphkit.cli.options import as_of, redact, results
from graphkit.errors import UnknownNameError
from graphkit.pipeline.analyse import analyse, write_back
from graphkit.pipeline.questions import cautions


@click.command("findings")
@click.option("--kind", "kinds", multiple=True, help="Only this kind; may be given several times.")
@click.option(
    "--all", "everything", is_flag=True, help="Also each cannot-tell, not only their count."
)
@as_of
@redact
@results
@click.pass_obj
def command(context: Context, *, kinds: tuple[str, ...], everything: bool) -> None:
    """Run every analysis and show what it found, most important first.

    The findings are written back to the graph, so that queries and maps show them too.

    \b
    Examples:
      graphkit findings
      graphkit findings --kind slowing-industry
      graphkit findings --as-of 2025-06-30 --json
    """
    known = sorted({kind for one in registry.analyses() for kind in one.kinds})
    for kind in kinds:
        if kind not in known:
            raise UnknownNameError.of("kind of finding", kind, known)
    settings = context.workspace().settings
    with context.open_store(read_only=context.as_of is not None) as store:
        snap = context.snapshot(store)
        found = analyse(snap, settings)
        if context.as_of is None:  # a look back is not what the graph should show today
            write_back(store, found)
        wanted = [one for one in found if not kinds or one.kind in kinds]
        warnings = cautions(store, snap)
        context.emit_findings("findings", wanted, snap, everything=everything, warnings=warnings)
