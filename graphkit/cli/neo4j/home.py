"""Where a workspace keeps its server, and what is said of its password."""

from pathlib import Path

from graphkit.cli.context import Context


def home_of(context: Context) -> Path:
    """The folder in which the workspace keeps its server."""
    return context.folder / "neo4j"


def tell_password(context: Context, kept_in: str) -> None:
    """Say that a password was generated, and where it is; nothing when none was.

    Args:
        context: The command's.
        kept_in: Where, in words.
    """
    if kept_in:
        context.say(f"a password was generated; it is in {kept_in}")
