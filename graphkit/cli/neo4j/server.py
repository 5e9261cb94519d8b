"""The workspace's own Neo4j: up, down, status, logs, and the same in Docker."""

import click

from graphkit import local_neo4j
from graphkit.cli.context import Context, typed
from graphkit.cli.neo4j.home import home_of, tell_password
from graphkit.cli.options import results, rows_only
from graphkit.errors import StoreUnreachableError


@click.command("up")
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
    tell_password(context, reached.kept_in)
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


@click.command("down")
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


@click.command("status")
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


@click.command("logs")
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


@click.command("compose")
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
    tell_password(context, made.kept_in)
    context.say(f"Next: docker compose --project-directory {typed(folder)} up -d")
    context.say(f"then: graphkit neo4j push --to {made.uri}")
