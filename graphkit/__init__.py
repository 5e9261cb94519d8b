"""A graph of a shop's customers, from the exports it already has, and what it tells."""

__version__ = "0.1.0"
