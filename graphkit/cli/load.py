"""Read exports (files or folders) into the graph."""

import contextlib
import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from graphkit.cli.context import Context
from graphkit.cli.explained import REASONS, show_explained
from graphkit.cli.options import results
from graphkit.errors import GraphkitError, NothingLoadedError
from graphkit.pipeline.explain import explain_exports
from graphkit.pipeline.exports import Recognised
from graphkit.pipeline.load import Loaded, Outcome, load_exports
from graphkit.pipeline.mappings import loaders_for
from graphkit.pipeline.recognise import recognise_exports
from graphkit.pipeline.rehearsal import rehearsal
from graphkit.plugins import Loader
from graphkit.schema import File, frame_of
from graphkit.store.base import GraphStore
from graphkit.workspace import Workspace

SOME_REJECTED = 5


@click.command("load")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--as", "instance", default="", metavar="NAME", help="Which of two such systems it is."
)
@click.option(
    "--kind",
    default="",
    help="Read as this, when two would fit: invoices, or the very export, finance.invoices.",
)
@click.option(
    "--mapping",
    "mappings",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Read by this mapping (TOML), or those in this folder, and by no other.",
)
@click.option("--explain", is_flag=True, help="Say what each file was taken for; write nothing.")
@click.option("--dry-run", is_flag=True, help="Read and check everything, write nothing.")
@click.option("--strict", is_flag=True, help="Load all or nothing: a rejected row stops the load.")
@results
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    *,
    instance: str,
    kind: str,
    mappings: tuple[Path, ...],
    explain: bool,
    dry_run: bool,
    strict: bool,
) -> None:
    """Read exports from PATHS (files or folders) into the graph.

    Each file is recognised by what is in it. Rows that cannot be read are kept apart with the
    reason (see graphkit rejects); all else loads. Loading the same files again changes nothing.
    A mapping with a query (a TOML file) asks its database and loads the answer like a file.

    \b
    Exit codes:
      0  everything is loaded
      1  nothing could be read, or --strict and something could not
      5  loaded, but some rows or files could not be: graphkit rejects
    The others are those of every command: see docs/commands.md.

    \b
    Examples:
      graphkit load exports/
      graphkit load exports/ --dry-run
      graphkit load exports/erp_quotes.csv --explain
      graphkit load plant2.csv --as plant2
    """
    context: Context = ctx.obj
    there = Workspace.is_in(context.folder)
    loaders = loaders_for(context.folder, mappings=mappings, kind=kind)
    recognised = recogniser(context, paths, loaders, instance=instance)
    if explain:
        show_explained(context, explain_exports(recognised(None), loaders))
        return
    doing = Loading(context, recognised, Workspace.at(context.folder, store=context.store))
    if dry_run or strict:
        outcome = doing.rehearsed()
        if strict and any(one.incomplete or one.standing for one in outcome.files):
            _show(context, outcome, title="Strict: nothing was loaded")
            raise GraphkitError(
                "with --strict nothing was loaded, since not everything can be",
                next_step="correct what is named above, or leave out --strict",
            )
    if not dry_run:
        outcome = doing.done(new=not (there or context.store))
    _show(context, outcome, title="Dry run: nothing was written" if dry_run else "Loaded")
    if any(one.incomplete for one in outcome.files):
        ctx.exit(SOME_REJECTED)


def recogniser(
    context: Context, paths: Sequence[Path], loaders: Sequence[Loader], *, instance: str = ""
) -> Callable[[GraphStore | None], Recognised]:
    """Says what files are, compared with what a store has.

    Args:
        context: The command's context.
        paths: Files and folders.
        loaders: What can read them.
        instance: Which of several such systems they are from.
    """
    known = Workspace.at(context.folder, store=context.store)

    def recognised(store: GraphStore | None) -> Recognised:
        books = frame_of(File) if store is None else store.read(File)
        return recognise_exports(
            paths,
            books,
            loaders=loaders,
            instance=instance,
            currency=known.settings.currency,
            processes=known.settings.processes,
            databases=known.databases,
        )

    return recognised


@dataclasses.dataclass(frozen=True, slots=True)
class Loading:
    """A load, as it is asked for.

    Attributes:
        context: The command's context.
        recognised: What the files are, compared with what a store has.
        workspace: Where to; need not be there yet.
    """

    context: Context
    recognised: Callable[[GraphStore | None], Recognised]
    workspace: Workspace

    def done(self, *, new: bool) -> Outcome:
        """Load; what cannot be read at all makes no workspace."""
        first = self.recognised(None) if new else None
        workspace, made = Workspace.create(self.context.folder, store=self.context.store)
        if made:
            self.context.say(f"made a workspace: {workspace.folder.resolve()}")
        with workspace.open_store(say=self.context.say) as store:
            return self._load(store, first)

    def rehearsed(self) -> Outcome:
        """Load into a copy of the graph: the same happens, and not even a workspace is made."""
        with contextlib.ExitStack() as stack:
            there = None
            if self.context.store or Workspace.is_in(self.context.folder):
                with contextlib.suppress(NothingLoadedError):
                    there = stack.enter_context(
                        self.workspace.open_store(read_only=True, say=self.context.say)
                    )
            copy = stack.enter_context(rehearsal(there))
            return self._load(copy, None)

    def _load(self, store: GraphStore, first: Recognised | None) -> Outcome:
        with self.context.progress() as (say, advance):
            return load_exports(
                store,
                first or self.recognised(store),
                precedence=self.workspace.settings.precedence,
                say=say,
                advance=advance,
            )


def _show(context: Context, outcome: Outcome, *, title: str) -> None:
    rows = [_row(one) for one in outcome.files]
    context.emit(
        "load",
        rows,
        text=context.table_text(
            [row | {"loaded": "as before"} if row["unchanged"] else row for row in rows],
            columns=("file", "read_as", "loaded", "repeated", "rejected"),
            title=title,
        ),
        more={
            "changes": {
                holds: {name: dataclasses.asdict(one) for name, one in by_type.items()}
                for holds, by_type in outcome.changes.items()
            }
        },
    )
    for one in outcome.files:
        if one.refused:
            context.say(f"not read: {one.refused}")
        for reason in one.reasons[:REASONS]:
            context.say(f"{one.name}, {reason}")
        if len(one.reasons) > REASONS:
            context.say(f"{one.name}: and for {len(one.reasons) - REASONS} more reasons")
    if context.form == "table" and title == "Loaded":
        if any(one.rejected or one.standing for one in outcome.files):
            context.say("Every rejected row, and how to correct them: graphkit rejects")
        context.say("Next: graphkit findings, graphkit report cluster, graphkit map")


def _row(one: Loaded) -> dict[str, object]:
    read = not (one.refused or one.unchanged)
    return {
        "file": one.name,
        "read_as": one.loader or "not read",
        "rows": one.rows if read else None,
        "loaded": one.loaded if read else None,
        "repeated": one.repeated if read else None,
        "rejected": one.rejected if read else one.standing if one.unchanged else None,
        "remarks": dict(one.remarks),
        "makes_nothing": dict(one.nothing),
        "reasons": [dataclasses.asdict(reason) for reason in one.reasons],
        "unchanged": one.unchanged,
        "refused": one.refused or None,
    }
