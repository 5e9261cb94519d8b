"""Databases that a shop's own systems keep: asked by a query of a mapping, never written to."""

from graphkit.databases.address import NO_DATABASES, Database, Databases, check_address
from graphkit.databases.answer import Answer, ask

__all__ = ["NO_DATABASES", "Answer", "Database", "Databases", "ask", "check_address"]
