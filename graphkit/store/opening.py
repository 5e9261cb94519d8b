"""Opening the file of an embedded store, and saying clearly why it cannot be opened or written."""

import contextlib
import os
import platform
import re
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from graphkit.errors import (
    AccessRefusedError,
    GraphkitError,
    NothingLoadedError,
    StoreUnreachableError,
    UnreadableError,
    writable,
)

_PAUSE = 0.1  # seconds between two attempts at a locked store

_INTERRUPTED = re.compile(r"query interrupted|keyboardinterrupt|interrupted!", re.IGNORECASE)

# What DuckDB says on Linux and macOS, and on Windows, when another process has the file.
_LOCKED = re.compile(r"could not set lock|used by another process|already open in", re.IGNORECASE)
_HOLDER = re.compile(r"(?P<program>[^\s/\\]+)?\"? \(PID (?P<pid>\d+)\)")
_NEWER_FORMAT = re.compile(r"version number|newer version|storage version", re.IGNORECASE)
_DAMAGED = re.compile(r"could not read|corrupt", re.IGNORECASE)
_FULL = re.compile(r"no space left|not enough space|file too large|temp_directory", re.IGNORECASE)
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "50%",  # the rest is for the frames that are read, and for other programs
    "autoinstall_known_extensions": False,  # nothing is ever fetched from the network
    "autoload_known_extensions": False,
    "preserve_insertion_order": False,  # reads are sorted by id; so several cores may write
}


def connect(path: Path, *, read_only: bool, wait: float) -> duckdb.DuckDBPyConnection:
    """A connection to the file of a store, once nobody else is writing to it.

    Args:
        path: The file; made when it is not there, unless read_only.
        read_only: Whether to open it beside other readers.
        wait: Seconds to wait for a process that has it.

    Raises:
        NothingLoadedError: There is no such file to read.
        StoreUnreachableError: It is still locked, or of a newer DuckDB.
        AccessRefusedError: The file or its folder may not be read or written.
        UnreadableError: It is not a DuckDB file, or damaged.
    """
    _check_place(path, read_only=read_only)
    deadline = time.monotonic() + wait
    # Data that does not fit into memory waits beside the store: that disk has room for it.
    settings = _SETTINGS | {"temp_directory": f"{path}.tmp"}
    while True:
        try:
            # Made absolute, no name means something else to DuckDB, as :memory: does.
            address = str(path.absolute())
            return _of_a_file(duckdb.connect(address, read_only=read_only, config=settings), path)
        except duckdb.ConnectionException as error:
            raise StoreUnreachableError(
                "this process has it open already, with other rights.", where=str(path)
            ) from error
        except duckdb.Error as error:
            if not _LOCKED.search(str(error)):
                raise _why_not_opened(path, error) from error
            if time.monotonic() >= deadline:
                raise _locked(path, str(error), wait) from error
        time.sleep(_PAUSE)


def _of_a_file(connection: duckdb.DuckDBPyConnection, path: Path) -> duckdb.DuckDBPyConnection:
    """The connection, if it is one to a database: DuckDB opens a CSV file as a view in memory."""
    [(file,)] = connection.execute(
        "SELECT path FROM duckdb_databases() WHERE database_name = current_database()"
    ).fetchall()
    if file is None:
        connection.close()
        raise _not_ours(path, "it is read as a table.")
    return connection


def _check_place(path: Path, *, read_only: bool) -> None:
    if writable(str(path)) != str(path):
        raise UnreadableError(
            "DuckDB opens no file whose name or folder is not UTF-8 text",
            where=str(path),
            next_step="another folder: graphkit -w ANOTHER-FOLDER load EXPORTS",
        )
    if not path.parent.is_dir():
        raise StoreUnreachableError(f"there is no folder {path.parent}.", where=str(path))
    if path.is_dir():
        raise UnreadableError("is a folder, not a store.", where=str(path))
    if not path.exists():
        if read_only:
            raise NothingLoadedError("nothing is loaded yet.", next_step="graphkit load FOLDER")
        return
    for right, what in ((os.R_OK, "read"), (os.W_OK, "written")):
        if right == os.W_OK and read_only:
            continue
        if not os.access(path, right):
            raise AccessRefusedError(f"the file may not be {what} by you.", where=str(path))


def _locked(path: Path, message: str, waited: float) -> StoreUnreachableError:
    """An error that names the process which holds the store."""
    return StoreUnreachableError(
        f"the store is in use by {holder_in(message)}; waited {waited:g} s.",
        where=str(path),
        next_step="the same again when that has ended",
    )


def holder_in(message: str) -> str:
    """Who holds a file, as DuckDB's message has it, in words.

    >>> holder_in("held in /usr/bin/python3.11 (PID 42).").partition(" on ")[0]
    'python3.11, process 42'
    """
    host = platform.node() or "this machine"
    found = _HOLDER.search(message)
    if not found:
        return f"another program on {host}, or on another machine that shares the folder"
    return f"{found['program'] or 'a program'}, process {found['pid']} on {host}"


def _why_not_opened(path: Path, error: duckdb.Error) -> GraphkitError:
    said = first_line(error)
    if _NEWER_FORMAT.search(said):
        return StoreUnreachableError(
            f"its format is not one that DuckDB {duckdb.__version__} reads: {said}",
            where=str(path),
            next_step="pip install --upgrade graphkit-crm",
        )
    if "ermission denied" in said:
        return AccessRefusedError(
            f"the file or its folder is closed to you: {said}", where=str(path)
        )
    if _FULL.search(said):
        return _failed(path, error)
    return _not_ours(path, said)


def _not_ours(path: Path, said: str) -> UnreadableError:
    return UnreadableError(
        f"is not a graphkit store, or is damaged: {said}",
        where=str(path),
        next_step="move it away, then graphkit load FOLDER",
    )


def first_line(error: BaseException) -> str:
    """What DuckDB says, without its class, stack and advice."""
    line = str(error).partition("\n")[0]
    line = re.sub(r"^(\w+ )?(Error|Failed): ", "", line)
    return re.sub(r"\.? See also .*$", "", line).strip()


@contextlib.contextmanager
def clear_failures(path: Path) -> Iterator[None]:
    """Turn a full disk, a broken file or exhausted memory into an error that says so.

    Raises:
        StoreUnreachableError: The store could not be read or written. What was committed before is
            still there.
        UnreadableError: The file is damaged.
        KeyboardInterrupt: Ctrl-C was pressed, which DuckDB tells by errors of its own.
    """
    try:
        yield
    except (RuntimeError, duckdb.InvalidInputException, duckdb.InterruptException) as error:
        if _INTERRUPTED.search(str(error)):
            raise KeyboardInterrupt from error
        raise
    except (
        duckdb.IOException,
        duckdb.FatalException,
        duckdb.OutOfMemoryException,
        duckdb.TransactionException,
    ) as error:
        raise _failed(path, error) from error


def _failed(path: Path, error: duckdb.Error) -> GraphkitError:
    said = first_line(error)
    if _DAMAGED.search(said):
        return _not_ours(path, said)
    room = "make room on that disk, then " if _FULL.search(said) else ""
    return StoreUnreachableError(
        f"could not be read or written: {said}. What was stored before this is still there.",
        where=str(path),
        next_step=f"{room}the same again",
    )
