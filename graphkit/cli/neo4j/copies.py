"""The graph into a Neo4j and out of it: push, export, import, and what a Browser is given."""

import dataclasses
from pathlib import Path

import click

from graphkit.cli.context import Context
from graphkit.cli.neo4j.home import home_of, tell_password
from graphkit.cli.options import redact, results
from graphkit.errors import UsageError


@click.command("push")
@click.option(
    "--to",
    metavar="ADDRESS",
    default="",
    help="Another Neo4j, such as neo4j+s://user@server/database; its password is asked by login.",
)
@results
@click.pass_obj
def push(context: Context, *, to: str) -> None:
    """Copy the workspace's graph into its Neo4j, or into another.

    When it is done again, only what changed is copied.

    \b
    Examples:
      graphkit neo4j push
      graphkit neo4j push --to neo4j+s://ann@crm.example.com/shop
    """
    from graphkit.pipeline.push import push as copy
    from graphkit.store.address import parsed, shown

    if to:
        parsed(to)  # before a large store is opened
    if "://" in context.store:
        server, context.store = shown(context.store), ""  # or the next step would name it twice
        raise UsageError(
            "push copies the workspace's own file; --store, or GRAPHKIT_STORE, names a server.",
            next_step=f"graphkit neo4j push --to {server}",
        )
    with (
        context.open_store() as source,
        context.workspace().open_neo4j(to, say=context.say) as target,
    ):
        changes = copy(source, target, say=context.say)
    rows = [{"type": name, **dataclasses.asdict(one)} for name, one in changes.items()]
    context.emit("neo4j.push", rows, title="Pushed")
    context.say("Next: graphkit query list, or open the address of graphkit neo4j status")


@click.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@redact
@results
@click.pass_obj
def export(context: Context, folder: Path) -> None:
    """Write the graph into FOLDER as files for neo4j-admin.

    What it imports is the graph that push draws; for a large shop this is far quicker.

    \b
    Examples:
      graphkit neo4j export import/
    """
    from graphkit.store.bulk import write_import
    from graphkit.store.import_files import COMMAND

    with context.open_store() as store:
        files = write_import(store, folder, say=context.say)
    rows = [{"file": one.name, "rows": one.rows} for one in files]
    context.emit("neo4j.export", rows, title=f"Written to {folder}")
    context.say(f"Next, for this workspace's Neo4j: graphkit neo4j import {folder}")
    context.say(f"For another, in {folder}, before its first start: {COMMAND}")


@click.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@results
@click.pass_obj
def import_(context: Context, folder: Path) -> None:
    """Fill this workspace's Neo4j with the files of an export.

    It must have no graph yet, and not run; graphkit neo4j up starts it then.

    \b
    Examples:
      graphkit neo4j import import/
    """
    from graphkit.local_neo4j.filling import fill
    from graphkit.store.import_files import ARGUMENTS

    if not (folder / ARGUMENTS).is_file():
        raise UsageError(
            f"has no file {ARGUMENTS}.", where=str(folder), next_step="graphkit neo4j export FOLDER"
        )
    kept_in = fill(home_of(context), folder, ARGUMENTS, say=context.say)
    tell_password(context, kept_in)
    context.emit("neo4j.import", [{"imported": str(folder)}], text=f"Imported {folder}.")
    context.say("Next: graphkit neo4j up")


@click.command("browser")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@results
@click.pass_obj
def browser(context: Context, folder: Path) -> None:
    """Write guide, style and saved queries as files.

    FOLDER then has them for any Neo4j Browser. The one of `graphkit neo4j up` has them already. On
    another one drop queries.zip and graph.grass; guide.html can be put on a web server of yours,
    for :guide.

    \b
    Examples:
      graphkit neo4j browser browser-files/
    """
    from graphkit.browser.site import FOR_ANY, files

    folder.mkdir(parents=True, exist_ok=True)
    ours = files()
    for name in FOR_ANY:
        (folder / name).write_bytes(ours[name])
    rows = [{"file": str(folder / name), "use": use} for name, use in FOR_ANY.items()]
    context.emit("neo4j.browser", rows, title="For Neo4j Browser")
