"""The folder a shop works in: graphkit.toml and the store."""

import dataclasses
import math
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from graphkit.databases import Databases, check_address
from graphkit.errors import (
    AccessRefusedError,
    GraphkitError,
    StoreUnreachableError,
    UnknownNameError,
    UsageError,
)
from graphkit.places import SETTINGS_FILE, STORE_FILE
from graphkit.store import open_store
from graphkit.store.base import GraphStore

TEMPLATE = """# What graphkit should know about the shop. Every line is optional.

[shop]
# currency = "USD"                 # of amounts that name none; others are left out of sums

[sources]
# precedence = ["jobboss", "quickbooks"]   # whose row counts where two systems report the same

# [databases]                      # for mappings with a query; passwords never stand here
# erp = "postgresql+psycopg://reader@server/erp"
# [processes]                      # what the work centres of your orders do
# "HAAS VF2" = "CNC Milling"
# "CELL 7*" = "Swiss Turning"
# [capacity]                       # machine hours a month of each process, for graphkit forecast
# "CNC Milling" = 640
# [capability]                     # tightest tolerance of each process, half the band in mm
# "CNC Milling" = 0.0127           # that is .0005 in

# [weekly]                         # for graphkit weekly
# inbox = "exports"                # the folder that it loads, beside this file or anywhere
# recipients = ["ada@example.com"] # to whom its mail draft goes

# [analysis.slowdown]              # options of an analysis
# window = 5
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """What graphkit.toml says.

    Attributes:
        currency: ISO currency of amounts that name none; amounts in others are left out of sums.
        precedence: Instances of systems, the one whose row counts first where two report the same
            quote, order or invoice.
        options: Options by analysis.
        databases: Addresses of databases by name, without passwords.
        processes: Process by name of a work centre, where the shop calls it otherwise.
        inbox: The folder that `weekly` loads, relative to the workspace; empty for none.
        recipients: To whom the mail draft of `weekly` goes.
    """

    currency: str = "USD"
    precedence: tuple[str, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = dataclasses.field(default_factory=dict)
    databases: Mapping[str, str] = dataclasses.field(default_factory=dict)
    processes: Mapping[str, str] = dataclasses.field(default_factory=dict)
    inbox: str = ""
    recipients: tuple[str, ...] = ()


_SECTIONS: dict[str, tuple[str, ...]] = {
    "shop": ("currency",),
    "sources": ("precedence",),
    "databases": (),
    "processes": (),
    "capacity": (),
    "capability": (),
    "weekly": ("inbox", "recipients"),
    "analysis": (),
}

_ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")

_OPTIONS = {
    "capacity": ("forecast", "capacity"),
    "capability": ("leanings", "capability"),
}
"""Sections that are an option of an analysis: what a shop states of itself, not of graphkit."""


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one for one in value)


def _are_addresses(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, str) and _ADDRESS.fullmatch(one) for one in value
    )


def _is_positive(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 < value < math.inf


def _is_section(value: object) -> bool:
    return isinstance(value, dict)


_WANTED: dict[str, tuple[str, Callable[[object], bool]]] = {
    "currency": ("a text", _is_text),
    "precedence": ('a list of systems, such as ["jobboss", "quickbooks"]', _is_names),
    "analysis": ("a section of options", _is_section),
    "inbox": ("the name of a folder", _is_text),
    "recipients": ('a list of addresses, such as ["ada@example.com"]', _are_addresses),
    "databases": ("a text", _is_text),
    "processes": ("the name of a process", _is_text),
    "capacity": ("a number of machine hours a month, above zero", _is_positive),
    "capability": ("a tolerance in mm such as 0.0127, half the band", _is_positive),
}
"""What a value must be: by key, or by section where all of its values are alike."""


def read_settings(path: Path) -> Settings:
    """Settings from a graphkit.toml.

    Args:
        path: The file.

    Raises:
        UsageError: It is not TOML, a key is not known (with the nearest one), or a value is wrong.
        AccessRefusedError: It may not be read.
    """
    found = _parsed(path)
    _check(found, str(path))
    for name, address in found.get("databases", {}).items():
        check_address(name, address, str(path))
    return Settings(
        currency=found.get("shop", {}).get("currency", "USD"),
        precedence=tuple(found.get("sources", {}).get("precedence", ())),
        options=_options(found, str(path)),
        databases=found.get("databases", {}),
        processes=found.get("processes", {}),
        inbox=found.get("weekly", {}).get("inbox", ""),
        recipients=tuple(found.get("weekly", {}).get("recipients", ())),
    )


def _options(found: Mapping[str, Any], where: str) -> dict[str, dict[str, Any]]:
    """Options by analysis, those that have a section of their own among them."""
    options = {name: dict(of) for name, of in found.get("analysis", {}).items()}
    for section, (analysis, option) in _OPTIONS.items():
        if option in options.get(analysis, {}):
            raise UsageError(
                f"{option} in [analysis.{analysis}] stands in a section of its own",
                where=where,
                next_step=f"[{section}]",
            )
        if section in found:
            options.setdefault(analysis, {})[option] = found[section]
    return options


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text_in(path))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"this is not TOML: {error}", where=str(path)) from error


def text_in(path: Path) -> str:
    """What stands in a file of settings, such as graphkit.toml or a mapping.

    Args:
        path: The file.

    Raises:
        UsageError: It is not UTF-8 text.
        AccessRefusedError: It may not be read.
    """
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            "this is not UTF-8 text", where=str(path), next_step="save it as UTF-8"
        ) from error
    except OSError as error:
        raise AccessRefusedError(f"cannot be read: {error.strerror}", where=str(path)) from error


def _check(found: Mapping[str, Any], where: str) -> None:
    """Refuse sections and keys that are not known, and values of the wrong sort."""
    for section, content in found.items():
        if section not in _SECTIONS:
            raise UnknownNameError.of("section", section, list(_SECTIONS), where=where)
        if not isinstance(content, dict):
            raise UsageError(f"[{section}] must be a section", where=where)
        known = _SECTIONS[section]
        for key in content if known else ():
            if key not in known:
                raise UnknownNameError.of(f"key in [{section}]", key, list(known), where=where)
        for key, value in content.items():
            wanted, fits = _WANTED[section] if section in _WANTED else _WANTED[key]
            if not fits(value):
                raise UsageError(f"{key} in [{section}] must be {wanted}", where=where)


@dataclasses.dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with graphkit.toml and, unless a server holds the graph, the embedded store.

    Attributes:
        folder: The folder.
        settings: What its graphkit.toml says.
        store: Address of the store: a path, or bolt://, neo4j://, neo4j+s://.
    """

    folder: Path
    settings: Settings
    store: str

    @staticmethod
    def is_in(folder: Path) -> bool:
        """Whether a folder is a workspace."""
        try:
            return (folder / SETTINGS_FILE).is_file()
        except OSError:  # a name that no file system takes
            return False

    @classmethod
    def at(cls, folder: Path, *, store: str = "") -> "Workspace":
        """The workspace in a folder, with the default settings while it is none yet."""
        if cls.is_in(folder):
            return cls.open(folder, store=store)
        return cls(folder, Settings(), store or str(folder / STORE_FILE))

    @classmethod
    def open(cls, folder: Path, *, store: str = "") -> "Workspace":
        """The workspace in a folder.

        Raises:
            UsageError: The folder is no workspace.
        """
        settings = folder / SETTINGS_FILE
        if not cls.is_in(folder):
            raise UsageError(
                "this folder is no workspace yet",
                where=str(folder),
                next_step="graphkit load EXPORTS (makes it one), or graphkit demo",
            )
        return cls(folder, read_settings(settings), store or str(folder / STORE_FILE))

    @classmethod
    def create(cls, folder: Path, *, store: str = "") -> tuple["Workspace", bool]:
        """The workspace in a folder, made when it was none; and whether it was made.

        Raises:
            GraphkitError: The folder cannot be written.
        """
        settings = folder / SETTINGS_FILE
        made = not cls.is_in(folder)
        if made:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                settings.write_text(TEMPLATE, "utf-8")
            except OSError as error:
                raise GraphkitError(
                    f"cannot make a workspace here: {error.strerror}",
                    where=str(folder),
                    next_step="graphkit -w ANOTHER-FOLDER load EXPORTS",
                ) from error
        return cls.open(folder, store=store), made

    @property
    def databases(self) -> Databases:
        """The databases that its mappings may ask."""
        return Databases(self.folder, self.settings.databases)

    def open_store(
        self, *, read_only: bool = False, say: Callable[[str], None] = lambda _: None
    ) -> GraphStore:
        """The store; the caller closes it.

        The workspace's own local Neo4j is opened with the password that was generated for it.

        Args:
            read_only: Whether nothing will be written.
            say: Takes lines of progress: what a server is asked again, and why.
        """
        if "://" in self.store:
            return self.open_neo4j(self.store, say=say)
        return open_store(self.store, read_only=read_only, say=say)

    def open_cypher(self, *, say: Callable[[str], None] = lambda _: None) -> GraphStore:
        """The Neo4j that answers Cypher: the one that holds the graph, else the workspace's own.

        Args:
            say: Takes lines of progress: what a server is asked again, and why.

        Raises:
            StoreUnreachableError: The workspace's own is not running, or nobody answers.
        """
        if "://" in self.store:
            return self.open_neo4j(self.store, say=say)
        from graphkit.local_neo4j import connection  # noqa: PLC0415 - loads Neo4j's driver

        if connection(self.folder / "neo4j") is None:
            raise StoreUnreachableError(
                "Cypher needs Neo4j, and this workspace's is not running.",
                next_step="graphkit neo4j up, then graphkit neo4j push",
            )
        return self.open_neo4j(say=say)

    def open_neo4j(
        self, place: str = "", *, say: Callable[[str], None] = lambda _: None
    ) -> GraphStore:
        """The Neo4j at an address; the caller closes it.

        Args:
            place: Its address; the workspace's own local server when empty, or when it is there.
            say: Takes lines of progress: what the server is asked again, and why.

        Raises:
            UsageError: It is no address, or it holds a password.
            StoreUnreachableError: Nobody answers there.
            AccessRefusedError: No password for it is known, or it is refused.
        """
        from graphkit.local_neo4j import connection  # noqa: PLC0415 - loads Neo4j's driver
        from graphkit.store.address import is_own, parsed  # noqa: PLC0415 - likewise
        from graphkit.store.neo4j import Neo4jStore, connect  # noqa: PLC0415 - likewise

        local = connection(self.folder / "neo4j")
        if local is None and not place:
            raise StoreUnreachableError("Neo4j is not running.", next_step="graphkit neo4j up")
        if local is None:
            return connect(place, say=say)
        address = parsed(place or local.uri)
        if place and not is_own(address, parsed(local.uri), local.user):
            return connect(place, say=say)
        return Neo4jStore(
            address.uri,
            user=local.user,
            password=local.password,
            database=address.database,
            say=say,
        )
