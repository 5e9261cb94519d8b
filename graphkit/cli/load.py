"""Read exports (files or folders) into the graph."""

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from graphkit.cli.context import Context
from graphkit.cli.options import results
from graphkit.cli.output import table_text
from graphkit.errors import NothingLoadedError
from graphkit.pipeline.load import Loaded, Say, check_exports, load_exports
from graphkit.pipeline.recognise import Recognised, recognise_exports
from graphkit.schema import File, frame_of
from graphkit.store.base import GraphStore
from graphkit.workspace import Settings, Workspace

_SOME_REJECTED = 5


@click.command("load")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--as", "instance", default="", metavar="NAME", help="Which of two such systems it is."
)
@click.option("--kind", default="", metavar="LOADER", help="Read as this, when two would fit.")
@click.option("--dry-run", is_flag=True, help="Read and check everything, write nothing.")
@results
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], *, instance: str, kind: str, dry_run: bool
) -> None:
    """Read exports from PATHS (files or folders) into the graph.

    Each file is recognised by what is in it. Rows that cannot be read are kept apart with the
    reason (see graphkit rejects); all else loads. Loading the same files again changes nothing.

    \b
    Exit codes:
      0  everything is loaded
      1  nothing could be read
      5  loaded, but some rows or files could not be: graphkit rejects
    The others are those of every command: see docs/commands.md.

    \b
    Examples:
      graphkit load exports/
      graphkit load exports/ --dry-run
      graphkit load plant2.csv --as plant2
    """
    context: Context = ctx.obj
    there = Workspace.is_in(context.folder)
    settings = context.workspace().settings if there else Settings()

    def recognised(store: GraphStore | None) -> Recognised:
        books = frame_of(File) if store is None else store.read(File)
        return recognise_exports(
            paths,
            books,
            instance=instance,
            kind=kind,
            currency=settings.currency,
            processes=settings.processes,
        )

    with context.progress() as say:
        if dry_run:
            found = _checked(context, recognised, say)
        else:
            # What cannot be read at all makes no workspace.
            first = None if there or context.store else recognised(None)
            workspace, made = Workspace.create(context.folder, store=context.store)
            if made:
                say(f"made a workspace: {workspace.folder.resolve()}")
            with workspace.open_store() as store:
                found = load_exports(store, first or recognised(store), say=say)
    _show(context, found, dry_run=dry_run)
    if any(one.refused or _rejected(one) for one in found):
        ctx.exit(_SOME_REJECTED)


def _checked(
    context: Context, recognised: Callable[[GraphStore | None], Recognised], say: Say
) -> list[Loaded]:
    """What a load would do, with nothing written: not even a workspace is made."""
    if not (context.store or Workspace.is_in(context.folder)):
        return check_exports(None, recognised(None), say=say)
    try:
        with Workspace.at(context.folder, store=context.store).open_store(read_only=True) as store:
            return check_exports(store, recognised(store), say=say)
    except NothingLoadedError:
        return check_exports(None, recognised(None), say=say)


def _show(context: Context, found: Sequence[Loaded], *, dry_run: bool) -> None:
    rows = [_row(one) for one in found]
    context.emit(
        "load",
        rows,
        text=table_text(
            [row | {"loaded": "as before"} if row["unchanged"] else row for row in rows],
            columns=("file", "read_as", "loaded", "repeated", "rejected"),
            title="Dry run: nothing was written" if dry_run else "Loaded",
        ),
    )
    for one in found:
        if one.refused:
            context.say(f"not read: {one.refused}")
    if any(map(_rejected, found)):
        how = "a load keeps them for graphkit rejects" if dry_run else "graphkit rejects says why"
        context.say(f"Some rows cannot be loaded: {how}.")
    if not dry_run and context.form == "table":
        context.say("Next: graphkit findings, graphkit report cluster, graphkit map")


def _rejected(one: Loaded) -> int:
    return int(one.reading.rejects["row"].nunique()) if one.reading else 0


def _row(one: Loaded) -> dict[str, object]:
    reading = one.reading
    rejected = _rejected(one)
    return {
        "file": one.name,
        "read_as": one.loader or "not read",
        "rows": reading.rows if reading else None,
        "loaded": reading.rows - reading.repeated - rejected if reading else None,
        "repeated": reading.repeated if reading else None,
        "rejected": rejected if reading else None,
        "unchanged": one.unchanged,
        "refused": one.refused or None,
    }
