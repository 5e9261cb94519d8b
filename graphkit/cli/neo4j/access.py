"""Who asks at a Neo4j elsewhere: login and logout."""

import click

from graphkit import passwords
from graphkit.cli.context import Context
from graphkit.cli.options import results


@click.command("login")
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


@click.command("logout")
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
