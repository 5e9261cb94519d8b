"""A graph of a shop's customers, from the exports it already has, and what it tells.

>>> import graphkit
>>> shop = graphkit.open("my-shop")  # doctest: +SKIP
"""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # imported when a shop is opened: `import graphkit` stays quick
    from graphkit.shop import Shop

__all__ = ["open"]
__version__ = "0.1.0"


def open(
    folder: str | Path = ".", *, store: str = "", as_of: str | dt.date | None = None
) -> "Shop":
    """The shop in a workspace, to be asked in a notebook; docs/notebook.md has examples.

    Args:
        folder: The workspace: where `graphkit load` put the graph.
        store: Where the graph is, unless in the workspace's own file: neo4j://...
        as_of: See it as of this day, such as "2026-03-31"; the last day when None.

    Raises:
        UsageError: The folder is no workspace, or the day answers nothing.
        NothingLoadedError: Nothing is loaded yet.
    """
    from graphkit.shop import open_shop  # noqa: PLC0415 - loads pandas and all analyses

    return open_shop(folder, store=store, as_of=as_of)
