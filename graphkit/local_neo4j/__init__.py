"""A real Neo4j with its Browser on this machine, without Docker and without an installed server.

Public: `up`, `down`, `status` and `connection`, all of which take the folder in which one
workspace keeps its server (see `server.py`).
"""

from graphkit.local_neo4j.reach import Connection
from graphkit.local_neo4j.server import Status, connection, down, status, up
from graphkit.local_neo4j.settings import HEAP

__all__ = ["HEAP", "Connection", "Status", "connection", "down", "status", "up"]
