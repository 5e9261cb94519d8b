"""Rows that other files of the same system look up, such as work centres: none of their own."""

from graphkit.batch import Batch
from loaders.shape import Rows, SheetKind


def _build(_: Rows) -> list[Batch]:
    return []


KIND = SheetKind(
    name="lookup",
    doc="one row that rows of other files look up",
    fields=(),
    key=(),
    build=_build,
)
