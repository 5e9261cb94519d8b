"""What is installed, reachable or missing, and the command that mends it."""

import importlib
import importlib.util
import platform
from importlib import metadata

import click

from graphkit import registry
from graphkit.cli.context import Context
from graphkit.cli.options import results
from graphkit.errors import GraphkitError
from graphkit.local_neo4j.java import find_java
from graphkit.schema import File


@click.command("doctor")
@results
@click.pass_obj
def command(context: Context) -> None:
    """Check the installation, the plug-ins and the workspace.

    \b
    Examples:
      graphkit doctor
    """
    rows = [
        _row("Python", platform.python_version()),
        *_plugins(),
        *(_text_reader()),
        _java(),
        _codec(),
        _package("keyring", "passwords in the system's keyring", "neo4j"),
        _package("altair", "charts of reports", "charts"),
        _package("vl_convert", "charts of reports", "charts"),
        _package("sqlalchemy", "mappings that ask a database", "sql"),
        _workspace(context),
    ]
    context.emit("doctor", rows, title="graphkit doctor")


def _row(part: str, found: str, mend: str = "") -> dict[str, str]:
    return {"part": part, "state": "missing" if mend else "ok", "found": found, "mend": mend}


def _plugins() -> list[dict[str, str]]:
    rows = []
    for part, find in (
        ("loaders", registry.loaders),
        ("analyses", registry.analyses),
        ("pictures", registry.pictures),
    ):
        try:
            rows.append(_row(part, f"{len(find())}"))
        except GraphkitError as error:
            rows.append(_row(part, error.message, error.next_step))
    return rows


def _text_reader() -> list[dict[str, str]]:
    rows = []
    for one in registry.enrichers():
        found, _, mend = one.unavailable().partition(": ")
        rows.append(_row(f"reader of {one.name}", found or one.version(), mend or found))
    return rows


def _java() -> dict[str, str]:
    """Neo4j runs on an installed Java as well as on the one that comes with the extra."""
    try:
        return _row("Java", str(find_java()))
    except GraphkitError as error:
        return _row("Java", f"{error.message} It is for graphkit neo4j up.", error.next_step)


def _codec() -> dict[str, str]:
    """The driver of Neo4j takes this extension where it can be loaded, and says nothing of it."""
    name = "neo4j-rust-ext"
    try:
        importlib.import_module("neo4j._rust.codec.packstream")
    except ImportError:
        mend = 'pip install "graphkit-crm[neo4j]"'
        return _row(name, "not used: graphs travel to and from Neo4j more slowly", mend)
    return _row(name, f"{metadata.version(name)}: used for all that travels to and from Neo4j")


_DISTRIBUTIONS = {"vl_convert": "vl-convert-python"}
"""What to ask for a version, where it is not called as it is imported."""


def _package(name: str, purpose: str, extra: str) -> dict[str, str]:
    if importlib.util.find_spec(name) is None:
        return _row(name, f"not installed: {purpose}", f'pip install "graphkit-crm[{extra}]"')
    return _row(name, metadata.version(_DISTRIBUTIONS.get(name, name)))


def _workspace(context: Context) -> dict[str, str]:
    try:
        with context.open_store() as store:
            return _row("workspace", f"{store.count(File)} files loaded")
    except GraphkitError as error:
        return _row("workspace", error.message, error.next_step or "graphkit load EXPORTS")
