"""Neo4j and its Browser on this machine: up, down, status, push, export, import."""

import dataclasses
from pathlib import Path

import click

from graphkit import local_neo4j, passwords
from graphkit.cli.context import Context, typed
from graphkit.cli.options import redact, results, rows_only
from graphkit.errors import StoreUnreachableError, UsageError


def home_of(context: Context) -> Path:
    """The folder in which the workspace keeps its server."""
    return context.folder / "neo4j"


@click.group("neo4j")
def command() -> None:
    """Neo4j and its Browser on this machine, for this workspace.

    \b
    Examples:
      graphkit neo4j up
      graphkit neo4j push
      graphkit neo4j status
      graphkit neo4j down
    """


@command.command("up")
@click.option(
    "--memory",
    default="",
    metavar="SIZE",
    help=f"Java heap, such as 2g; {local_neo4j.HEAP} at first.",
)
@click.option(
    "--listen",
    default="",
    metavar="ADDRESS",
    help="Let other machines reach it at this address of yours; 0.0.0.0 for all.",
)
@click.option("--open", "show", is_flag=True, help="Open Neo4j Browser, logged in.")
@click.option("--gds/--no-gds", default=None, help="With Graph Data Science, or no longer.")
@click.option("--apoc/--no-apoc", default=None, help="With APOC, or no longer.")
@results
@click.pass_obj
def up(
    context: Context, *, memory: str, listen: str, gds: bool | None, apoc: bool | None, show: bool
) -> None:
    """Start Neo4j, fetching it first when it is not here.

    It goes on after this command. What is chosen here holds for later starts too.

    \b
    Examples:
      graphkit neo4j up --open
      graphkit neo4j up --memory 2g
      graphkit neo4j up --listen 192.168.1.20
      graphkit neo4j up --gds --memory 2g
    """
    asked = {"gds": gds, "apoc": apoc}
    reached = local_neo4j.up(
        home_of(context),
        memory=memory,
        listen=listen,
        plugins={name: wanted for name, wanted in asked.items() if wanted is not None},
        say=context.say,
    )
    if reached.kept_in:
        context.say(f"a password was generated; it is in {reached.kept_in}")
    row = {"browser": reached.browser, "bolt": reached.uri, "user": reached.user}
    text = "".join(f"{name.capitalize():8} {value}\n" for name, value in row.items())
    context.emit("neo4j.up", [row], text=text)
    context.say("password: graphkit neo4j status --password; end it: graphkit neo4j down")
    if show:
        _open(context, reached)


def _open(context: Context, reached: local_neo4j.Connection) -> None:
    import webbrowser

    from graphkit.browser.handshake import open_logged_in

    if local_neo4j.status(home_of(context)).last_push is None:
        context.say("Nothing is drawn before: graphkit neo4j push")
    login = {"username": reached.user, "password": reached.password}
    if not open_logged_in(reached.origin, login, home_of(context), webbrowser.open):
        context.say(f"No web browser came. Open {reached.browser} yourself.")


@command.command("down")
@results
@click.pass_obj
def down(context: Context) -> None:
    """Shut Neo4j down cleanly, from any shell; its data stay.

    \b
    Examples:
      graphkit neo4j down
    """
    was_running = local_neo4j.down(home_of(context))
    text = "Neo4j is down." if was_running else "Neo4j was not running."
    context.emit("neo4j.down", [{"was_running": was_running}], text=text)


@command.command("status")
@click.option("--password", "show_password", is_flag=True, help="Print only the password.")
@results
@click.pass_obj
def status(context: Context, *, show_password: bool) -> None:
    """Say whether this workspace's Neo4j runs, and where.

    Also its version, plugins, how much is in it, and when it was last pushed.

    \b
    Examples:
      graphkit neo4j status
      graphkit neo4j status --json
    """
    home = home_of(context)
    if show_password:
        reached = local_neo4j.connection(home)
        if reached is None:
            raise StoreUnreachableError("Neo4j is not running.", next_step="graphkit neo4j up")
        context.emit("neo4j.password", [{"password": reached.password}], text=reached.password)
        return
    found = local_neo4j.status(home)
    row = {
        "running": found.running,
        "browser": found.browser,
        "bolt": found.uri,
        "pid": found.pid,
        "version": found.version,
        "nodes": found.nodes,
        "relationships": found.relationships,
        "last_push": found.last_push,
        "plugins": list(found.plugins),
    }
    if found.running:
        text = (
            f"Neo4j {found.version} is running (process {found.pid}).\n"
            f"Browser  {found.browser}\nBolt     {found.uri}\n"
            f"Holds    {found.nodes:,} nodes, {found.relationships:,} relationships\n"
            f"Pushed   {f'{found.last_push:%Y-%m-%d %H:%M}' if found.last_push else 'never'}\n"
            f"Plugins  {', '.join(found.plugins) or 'none'}"
        )
    else:
        text = "Neo4j is not running. Try: graphkit neo4j up"
    context.emit("neo4j.status", [row], text=text)


@command.command("logs")
@click.option("-n", "count", default=20, show_default=True, help="How many of the last lines.")
@click.option("-f", "--follow", is_flag=True, help="Go on with what it says from now on.")
@click.pass_obj
def logs(context: Context, *, count: int, follow: bool) -> None:
    """Show the last lines of Neo4j's log.

    \b
    Examples:
      graphkit neo4j logs
      graphkit neo4j logs -n 5 --follow
    """
    from graphkit.cli.output import printable
    from graphkit.local_neo4j import logs as server_logs

    home = home_of(context)
    said = server_logs.lines(home)
    if not said:
        context.say("Neo4j has not been started here. Try: graphkit neo4j up")
    for line in said[-count:] if count > 0 else ():
        click.echo(printable(line))
    for line in server_logs.follow(home) if follow else ():
        click.echo(printable(line))


@command.command("compose")
@click.option(
    "--memory", default=local_neo4j.HEAP, show_default=True, metavar="SIZE", help="Java heap."
)
@click.option("--bolt-port", default=7687, show_default=True, help="Port for drivers.")
@click.option("--http-port", default=7474, show_default=True, help="Port of Neo4j Browser.")
@click.option("--gds", is_flag=True, help="With Graph Data Science.")
@click.option("--apoc", is_flag=True, help="With APOC.")
@rows_only
@click.pass_obj
def compose(
    context: Context, *, memory: str, bolt_port: int, http_port: int, gds: bool, apoc: bool
) -> None:
    """Write files that run the same Neo4j in Docker.

    They go to the folder neo4j-docker of the workspace. The password is generated; it stands in a
    file of its own that only you can read.

    \b
    Examples:
      graphkit neo4j compose
      graphkit neo4j compose --memory 2g --bolt-port 7688
    """
    from graphkit.local_neo4j.compose import compose as write_files

    folder = context.folder / "neo4j-docker"
    plugins = [name for name, wanted in (("gds", gds), ("apoc", apoc)) if wanted]
    made = write_files(
        folder, memory=memory, bolt_port=bolt_port, http_port=http_port, plugins=plugins
    )
    context.emit("neo4j.compose", [{"file": str(made.file), "bolt": made.uri}], text=str(made.file))
    context.say(f"a password was generated; it is in {made.kept_in}")
    context.say(f"Next: docker compose --project-directory {typed(folder)} up -d")
    context.say(f"then: graphkit neo4j push --to {made.uri}")


@command.command("push")
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


@command.command("browser")
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


@command.command("login")
@click.argument("address")
@results
@click.pass_obj
def login(context: Context, address: str) -> None:
    """Ask for the password at ADDRESS, try it and keep it.

    Later commands use it. It is in the system's keyring, else in a file that only you can read.

    \b
    Examples:
      graphkit neo4j login neo4j+s://ann@crm.example.com
    """
    from graphkit.store.address import parsed, user_of
    from graphkit.store.bolt import Bolt

    found = parsed(address)
    user = user_of(found)
    prompt = f"Password of {user} at {found.uri}"
    password = click.prompt(prompt, hide_input=True, err=True)
    Bolt(found.uri, user=user, password=password, database=found.database).close()
    kept_in = passwords.keep(found.kept_as(user), password)
    row = {"address": found.uri, "user": user, "kept_in": kept_in}
    context.emit("neo4j.login", [row], text=f"It is right, and kept in {kept_in}.")


@command.command("logout")
@click.argument("address")
@results
@click.pass_obj
def logout(context: Context, address: str) -> None:
    """Keep the password at ADDRESS no longer.

    \b
    Examples:
      graphkit neo4j logout neo4j+s://ann@crm.example.com
    """
    from graphkit.store.address import parsed, user_of

    found = parsed(address)
    user = user_of(found)
    was_kept = passwords.forget(found.kept_as(user))
    text = "The password is kept no longer." if was_kept else f"None was kept for {user}."
    row = {"address": found.uri, "user": user, "was_kept": was_kept}
    context.emit("neo4j.logout", [row], text=text)


@command.command("export")
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


@command.command("import")
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
    if kept_in:
        context.say(f"a password was generated; it is in {kept_in}")
    context.emit("neo4j.import", [{"imported": str(folder)}], text=f"Imported {folder}.")
    context.say("Next: graphkit neo4j up")
