"""Neo4j and its Browser for a workspace: a server of its own, copies, and others elsewhere."""

import click

from graphkit.cli.neo4j import access, copies, server


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


for one in (
    *(server.up, server.down, server.status, server.logs, server.compose),
    *(copies.push, copies.export, copies.import_, copies.browser),
    *(access.login, access.logout),
):
    command.add_command(one)
