"""A real Neo4j with its Browser on this machine, without Docker and without an installed server.

Public: `up`, `down`, `status` and `connection`, all of which take the folder in which one
workspace keeps its server (see `server.py`).
"""

from graphkit.local_neo4j.server import Connection, Status, connection, down, status, up

__all__ = ["Connection", "Status", "connection", "down", "status", "up"]
