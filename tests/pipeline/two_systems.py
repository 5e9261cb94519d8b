"""Exports of two systems of one shop, written and loaded as a user would."""

from collections.abc import Sequence
from pathlib import Path

from graphkit import registry
from graphkit.pipeline.load import load
from graphkit.store import open_store
from graphkit.store.base import GraphStore

INVOICES = "Invoice Number,Invoice Date,Customer,Due Date,Amount,Open Balance,Currency,Paid Date"
ORDERS = "Order Number,Line,Order Date,Customer,Part Number,Process,Qty,Unit Price,Status"
QUOTES = "Quote Number,Quote Date,Customer,Part Number,Quantity,Unit Price,Status"


class Shop:
    """A shop's store, into which exports are loaded.

    Args:
        folder: Where the store and the exports lie.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store: GraphStore = open_store(folder / "graph.duckdb")
        self.precedence: Sequence[str] = ()

    def load(self, instance: str, name: str, header: str, *rows: str, kind: str = "") -> None:
        """Load one export, of a header and rows."""
        path = self.folder / instance / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join([header, *rows, ""]), "utf-8")
        loaders = [one for one in registry.loaders() if one.name == kind]
        load(self.store, [path], loaders=loaders, instance=instance, precedence=self.precedence)
