"""Where a database is, and the password for it: from the environment or the system's keyring.

An address in graphkit.toml has no password, so that the file can be shown, copied and kept under
version control. A keyring keeps a password for an address and not for a name: somebody else's
graphkit.toml cannot make us send it elsewhere.
"""

import dataclasses
import os
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, unquote_plus

from graphkit import keyrings
from graphkit.errors import UnknownNameError, UsageError

if TYPE_CHECKING:  # an extra, imported late below
    from sqlalchemy import URL

SERVICE = "graphkit-databases"
EXAMPLE = "postgresql+psycopg://reader@server/erp"
_NAME = re.compile(r"(?!neo4j$)[a-z][a-z0-9_]*")
"""So that no two names share a variable, and none has that of graphkit's own server."""
_PASSWORD = re.compile(r"(?://|^)[^/:@]*:(?!//)[^@]*@")
"""Also where the address is none, as in "reader:secret@server"."""
_SECRET = re.compile(r"pass(word|wd)?|pwd|secret|token", re.IGNORECASE)
_ASSIGNED = re.compile(r"((?:password|passwd|pwd)\s*=\s*)[^;\s]+", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True)
class Database:
    """A database that can be asked.

    Attributes:
        name: Its name in [databases] and in mappings.
        address: Its address without password and options; a keyring keeps the password for it.
        url: Its address with the password; shown without it.
        folder: What the path of a SQLite file is relative to.
    """

    name: str
    address: str
    url: "URL" = dataclasses.field(repr=False)
    folder: Path

    def masked(self, text: str) -> str:
        """A text, such as a driver's message, without the password in any spelling."""
        secrets = [self.url.password or "", *_secrets_in(self.url.query)]
        for secret in sorted(filter(None, secrets), key=len, reverse=True):
            for spelling in (secret, quote(secret, safe=""), quote_plus(secret)):
                text = text.replace(spelling, "***")
        return _ASSIGNED.sub(r"\1***", text)

    @property
    def how_to_sign_in(self) -> str:
        """How to give graphkit the password."""
        return (
            f"set {_variable(self.name, 'PASSWORD')}, or once: "
            f'keyring set {SERVICE} "{self.address}"'
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Databases:
    """The databases that mappings may name.

    Attributes:
        folder: The workspace's folder.
        addresses: Addresses by name, as [databases] in graphkit.toml has them.
    """

    folder: Path = Path()
    addresses: Mapping[str, str] = dataclasses.field(default_factory=lambda: MappingProxyType({}))

    def named(self, name: str, where: str) -> Database:
        """The database of a name, with its password where one is kept.

        Args:
            name: As the mapping has it.
            where: The mapping, for messages.

        Raises:
            UnknownNameError: No setting and no variable says where it is.
            UsageError: It is not named, its address is none, or SQLAlchemy is not installed.
        """
        if not name:
            raise UsageError(
                "it has a query, but says not of which database",
                where=where,
                next_step=f'add database = "erp", and erp = "{EXAMPLE}" in [databases] of '
                "graphkit.toml",
            )
        given = os.environ.get(_variable(name, "URL"), "")
        if not given and name not in self.addresses:
            known = UnknownNameError.of("database", name, list(self.addresses), where=where)
            known.next_step = (
                f'{name} = "{EXAMPLE}" in [databases] of graphkit.toml, or set '
                f"{_variable(name, 'URL')}"
            )
            raise known
        url = _parsed(given or self.addresses[name], f"{where}, database {name}")
        address = _without_secrets(url)
        if not url.password:
            password = os.environ.get(_variable(name, "PASSWORD")) or keyrings.kept(
                SERVICE, address
            )
            url = url.set(password=password)
        return Database(name, address, url, self.folder)


NO_DATABASES = Databases()


def check_address(name: str, address: str, where: str) -> None:
    """Refuse a setting that is no name for a database, or that holds a password.

    Args:
        name: The name.
        address: What the setting says; it is never repeated in a message.
        where: The file of settings.

    Raises:
        UsageError: It is to be changed.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"'{name}' in [databases] is no name for a database",
            where=where,
            next_step="small letters, digits and _, such as erp (neo4j is taken)",
        )
    options = address.partition("?")[2]
    if _PASSWORD.search(address) or _SECRET.search(unquote_plus(options)):
        raise UsageError(
            f"{name} in [databases] holds a password",
            where=where,
            next_step=f"take it out, change it, and set {_variable(name, 'PASSWORD')}",
        )


def _variable(name: str, what: str) -> str:
    """The environment variable of a database, such as GRAPHKIT_ERP_PASSWORD."""
    return f"GRAPHKIT_{name.upper()}_{what}"


def _parsed(address: str, where: str) -> "URL":
    """An address in its parts; what is wrong with it is not said, since it may hold a password."""
    try:
        from sqlalchemy import make_url  # noqa: PLC0415 - an extra
        from sqlalchemy.exc import ArgumentError  # noqa: PLC0415
    except ImportError:
        raise UsageError(
            "databases are asked with SQLAlchemy, which is not installed",
            where=where,
            next_step='pip install "graphkit-crm[sql]"',
        ) from None
    try:
        return make_url(address)
    except (ArgumentError, ValueError):
        raise UsageError(
            "its address cannot be read", where=where, next_step=f"such as {EXAMPLE}"
        ) from None


def _without_secrets(url: "URL") -> str:
    """User, server and database; options are left out, since they may hold a secret too."""
    bare = url.create(
        url.drivername, username=url.username, host=url.host, port=url.port, database=url.database
    )
    return bare.render_as_string()


def _secrets_in(options: Mapping[str, str | tuple[str, ...]]) -> list[str]:
    """Values of the options of an address that name themselves secret."""
    found: list[str] = []
    for name, value in options.items():
        if _SECRET.search(name):
            found += [value] if isinstance(value, str) else value
    return found
