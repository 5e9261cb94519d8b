"""Where a Neo4j is, who asks there, and with which password.

An address may name user and database, and never a password: other users of a machine can read the
arguments of a command, and settings are shown, copied and kept.
"""

import os
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from graphkit import passwords
from graphkit.errors import AccessRefusedError, UsageError

SCHEMES = tuple(
    f"{protocol}{security}" for protocol in ("bolt", "neo4j") for security in ("", "+s", "+ssc")
)
EXAMPLE = "neo4j+s://user@server:7687/database"
_PORT = 7687
_DATABASE = re.compile(r"[A-Za-z][A-Za-z0-9.-]{2,62}")


@dataclass(frozen=True, slots=True)
class Address:
    """A Neo4j, as an address names it.

    Attributes:
        scheme: How to speak with it, such as neo4j+s.
        server: Its host and port, such as localhost:7687.
        user: Who asks; empty where the address does not say it.
        database: The database; the user's home database where it is empty.
        options: Of the routing, such as "policy=europe".
    """

    scheme: str
    server: str
    user: str = ""
    database: str = ""
    options: str = ""

    @property
    def uri(self) -> str:
        """What a driver takes, and what is fit to be shown."""
        return f"{self.scheme}://{self.server}" + (f"/?{self.options}" if self.options else "")

    def kept_as(self, user: str) -> str:
        """What the password of a user there is kept as.

        Its scheme counts: a password that was given for an encrypted connection goes over no
        other.
        """
        return f"{self.scheme}://{quote(user, safe='')}@{self.server}"


def is_address(place: str) -> bool:
    """Whether a place is the address of a Neo4j, and not a path."""
    return place.partition("://")[0].lower() in SCHEMES and "://" in place


def shown(place: str) -> str:
    """A place without whatever stands before its last @: that may hold a password.

    >>> shown("http://user:secret@server/x")
    'http://***@server/x'
    """
    return re.sub(r"//.*@", "//***@", place)


def holds_password(place: str) -> bool:
    """Whether an address names a password besides its user.

    >>> holds_password("bolt://ann@server:7687"), holds_password("bolt://ann:secret@server")
    (False, True)
    """
    return ":" in place.partition("://")[2].rpartition("@")[0]


def parsed(place: str) -> Address:
    """An address in its parts.

    Args:
        place: Such as neo4j+s://user@server:7687/database.

    Raises:
        UsageError: It is none, or it holds a password, which the message does not repeat.

    >>> found = parsed("neo4j+s://ann@crm.example.com/shop")
    >>> found.uri, found.user, found.database
    ('neo4j+s://crm.example.com:7687', 'ann', 'shop')
    """
    if not is_address(place):
        known = ", ".join(SCHEMES)
        raise UsageError(
            f"'{shown(place)}' is not the address of a Neo4j. Known: {known}.",
            next_step=f"such as {EXAMPLE}",
        )
    if holds_password(place):
        raise UsageError(
            "An address must hold no password: others can read it.",
            where=shown(place),
            next_step=f"change that password, then graphkit neo4j login {EXAMPLE}",
        )
    scheme, parts = place.partition("://")[0].lower(), urlsplit(place)
    database = unquote(parts.path).strip("/")
    try:
        host, port = parts.hostname, parts.port or _PORT
    except ValueError:
        host = None
    if not host or (database and not _DATABASE.fullmatch(database)) or parts.fragment:
        raise UsageError(
            "is not the address of a Neo4j.", where=shown(place), next_step=f"such as {EXAMPLE}"
        )
    named = f"[{host}]" if ":" in host else host
    user = unquote(parts.username or "")
    return Address(scheme, f"{named}:{port}", user, database, parts.query)


def credentials(address: Address) -> dict[str, str]:
    """User, password and database: what the environment says first, then what the address does.

    Args:
        address: Where they are asked for.

    Raises:
        AccessRefusedError: There is no password, in the environment or kept by `login`.
    """
    user = user_of(address)
    password = os.environ.get("GRAPHKIT_NEO4J_PASSWORD") or passwords.recall(address.kept_as(user))
    if not password:
        raise AccessRefusedError(
            f"No password is known for {user}.",
            where=address.uri,
            next_step=f"graphkit neo4j login {address.kept_as(user)}, or set "
            "GRAPHKIT_NEO4J_PASSWORD (and GRAPHKIT_NEO4J_USER, GRAPHKIT_NEO4J_DATABASE where "
            "they are not the usual ones)",
        )
    database = os.environ.get("GRAPHKIT_NEO4J_DATABASE") or address.database
    return {"user": user, "password": password, "database": database}


def is_own(address: Address, own: Address, user: str) -> bool:
    """Whether an address means the workspace's own server, and its own user there.

    Args:
        address: What somebody named.
        own: Where the own server is.
        user: Its user, whose password is known.
    """
    host, _, port = address.server.rpartition(":")
    server = f"127.0.0.1:{port}" if host == "localhost" else address.server
    somebody_else = os.environ.get("GRAPHKIT_NEO4J_PASSWORD") or user_of(address) != user
    return server == own.server and not somebody_else


def user_of(address: Address) -> str:
    """Who asks at an address: named by the environment, by the address, else neo4j."""
    return os.environ.get("GRAPHKIT_NEO4J_USER") or address.user or passwords.USER
