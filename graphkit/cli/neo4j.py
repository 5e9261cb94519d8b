"""Neo4j and its Browser on this machine: up, down, status, push."""

import dataclasses
from pathlib import Path

import click

from graphkit import local_neo4j, passwords
from graphkit.cli.context import Context
from graphkit.cli.options import results
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
    default=local_neo4j.HEAP,
    show_default=True,
    metavar="SIZE",
    help="Java heap, such as 512m or 2g.",
)
@click.option("--open", "show", is_flag=True, help="Open Neo4j Browser, logged in.")
@results
@click.pass_obj
def up(context: Context, *, memory: str, show: bool) -> None:
    """Start Neo4j, fetching it first when it is not here.

    It goes on after this command.

    \b
    Examples:
      graphkit neo4j up --open
      graphkit neo4j up --memory 2g
    """
    reached = local_neo4j.up(home_of(context), memory=memory, say=context.say)
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

    login = {"username": reached.user, "password": reached.password}
    if not open_logged_in(reached.origin, login, webbrowser.open):
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

    Also its version, and how much is in it.

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
    }
    if found.running:
        text = (
            f"Neo4j {found.version} is running (process {found.pid}).\n"
            f"Browser  {found.browser}\nBolt     {found.uri}\n"
            f"{found.nodes:,} nodes, {found.relationships:,} relationships"
        )
    else:
        text = "Neo4j is not running. Try: graphkit neo4j up"
    context.emit("neo4j.status", [row], text=text)


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
        raise UsageError(
            "push copies the workspace's own file; --store names a server.",
            next_step=f"graphkit neo4j push --to {shown(context.store)}",
        )
    with context.open_store() as source, context.workspace().open_neo4j(to) as target:
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
@click.pass_obj
def login(context: Context, address: str) -> None:
    """Ask for the password at ADDRESS, try it, and keep it for later commands.

    It is kept in the system's keyring, else in a file that only you can read.

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
    context.say(f"kept in {passwords.keep(found.kept_as(user), password)}")


@command.command("logout")
@click.argument("address")
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
    context.say("The password is kept no longer." if was_kept else f"None was kept for {user}.")
