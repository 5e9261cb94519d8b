"""What a named file consists of: itself, or the files within a zip file; unpacked."""

import contextlib
import dataclasses
import gzip
import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from graphkit.errors import AccessRefusedError, UnreadableError
from graphkit.sheets.damaged import DAMAGED

READABLE = frozenset(
    {".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".parquet"}
    | {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"}
)
"""Endings of the files that are tried in a folder; a file named on the command line always is."""
MOST_BYTES = 1 << 31
"""What a compressed file may hold when unpacked; far more than a shop exports."""
MOST_MEMBERS = 10_000
_PIECE = 1 << 20
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP = b"\x1f\x8b"
_OF_WORKBOOKS = frozenset({"[Content_Types].xml", "xl/workbook.xml", "xl/workbook.bin", "mimetype"})
_AGAIN = "unpack it yourself, and load the folder"


@dataclasses.dataclass(frozen=True, slots=True)
class Member:
    """One file of cells, on its own or within a zip file.

    Attributes:
        path: The file on disk.
        name: How it is shown, such as "export.zip/lists/members/all.csv".
        entry: Its place in the zip file; None when it is the file itself.
        shown: Its path within the zip file.
    """

    path: Path
    name: str
    entry: int | None = None
    shown: str = ""

    @property
    def where(self) -> str:
        """Its place, for messages."""
        return f"{self.path}/{self.shown}" if self.shown else str(self.path)

    def content(self) -> bytes:
        """Its bytes, unpacked.

        Raises:
            AccessRefusedError: It may not be read, or is not there.
            UnreadableError: What it is packed in is damaged, or holds too much.
        """
        if self.entry is None:
            packed = _read(self.path)
        else:
            with _opened(self.path) as archive:
                packed = _unpacked(archive, archive.infolist()[self.entry], self.where)
        if not packed.startswith(_GZIP):
            return packed
        try:
            with io.BufferedReader(gzip.GzipFile(fileobj=io.BytesIO(packed))) as stream:
                return b"".join(_pieces(stream, self.where))
        except DAMAGED as error:
            raise UnreadableError(
                f"this is no whole gzip file ({error})", where=self.where, next_step="export again"
            ) from error

    def digest(self) -> tuple[str, int]:
        """SHA-256 of its bytes, unpacked, and how many there are; a plain file is not held whole.

        Raises:
            AccessRefusedError: It may not be read, or is not there.
            UnreadableError: What it is packed in is damaged, or holds too much.
        """
        if self.entry is None:
            with _refusing(self.path), self.path.open("rb") as stream:
                if stream.peek(len(_GZIP))[: len(_GZIP)] != _GZIP:
                    return hashlib.file_digest(stream, "sha256").hexdigest(), stream.tell()
        content = self.content()
        return hashlib.sha256(content).hexdigest(), len(content)


def readable(name: str) -> bool:
    """Whether a file's ending is that of a table, compressed or not.

    >>> readable("orders.CSV.gz"), readable("photo.png"), readable("export.zip")
    (True, False, True)
    """
    path = PurePosixPath(name.casefold())
    return path.suffix == ".zip" or _is_table(path)


def _is_table(path: PurePosixPath) -> bool:
    return (PurePosixPath(path.stem).suffix if path.suffix == ".gz" else path.suffix) in READABLE


def members_of(path: Path, name: str) -> tuple[list[Member], list[str]]:
    """The file itself, or each table within a zip file; and what in it is none.

    Args:
        path: A file.
        name: How it is shown.

    Raises:
        AccessRefusedError: It may not be read, or is not there.
        UnreadableError: It is a zip file that is damaged, has a password or holds too much.
    """
    if not _is_zip(path):
        return [Member(path, name)], []
    try:
        with _opened(path) as archive:
            entries = archive.infolist()
    except UnreadableError:
        if path.suffix.casefold() == ".zip":
            raise
        return [Member(path, name)], []  # a damaged workbook says so itself
    _check_size(entries, path)
    if not _OF_WORKBOOKS.isdisjoint(one.filename for one in entries):
        return [Member(path, name)], []
    found, others = [], []
    for index, entry in enumerate(entries):
        shown = _shown(entry.filename)
        parts = PurePosixPath(shown).parts
        if entry.is_dir() or any(one.startswith((".", "~$", "__MACOSX")) for one in parts):
            continue
        if not _is_table(PurePosixPath(shown.casefold())):
            others.append(f"{name}/{shown}: not a table")
        elif entry.flag_bits & 1:
            raise UnreadableError("the zip file has a password", where=str(path), next_step=_AGAIN)
        else:
            found.append(Member(path, f"{name}/{shown}", index, shown))
    found.sort(key=lambda member: (member.name, member.entry))
    return found, others if found else [*others, f"{name}: no table in it"]


def _shown(name: str) -> str:
    """A path within a zip file as text: it is never a path on this machine."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    return "".join(letter if letter.isprintable() else "?" for letter in "/".join(parts))


def _is_zip(path: Path) -> bool:
    with _refusing(path), path.open("rb") as stream:
        return stream.read(4) in _ZIP


def _read(path: Path) -> bytes:
    with _refusing(path):
        return path.read_bytes()


@contextlib.contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """An error of the operating system as one that says what to do."""
    try:
        yield
    except OSError as error:
        why = "it is still open in Excel" if lock_of(path) else error.strerror
        raise AccessRefusedError(
            f"cannot be read: {why}",
            where=str(path),
            next_step="close it in Excel, or make it readable for you",
        ) from error


def lock_of(path: Path) -> Path | None:
    """The file that Excel or LibreOffice keeps beside one that somebody has open."""
    beside = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
    return next((one for one in beside if one.exists()), None)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    with _refusing(path):
        stream = path.open("rb")
    with stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                yield archive
        except DAMAGED as error:
            raise UnreadableError(
                f"this is no whole zip file ({error})", where=str(path), next_step="export it again"
            ) from error


def _check_size(entries: list[zipfile.ZipInfo], path: Path) -> None:
    """Refuse what would fill the memory when unpacked; sizes that lie are caught while reading."""
    size = sum(one.file_size for one in entries)
    if len(entries) > MOST_MEMBERS:
        what = f"{len(entries):,} files, more than {MOST_MEMBERS:,}"
    elif size > MOST_BYTES:
        what = f"{size:,} bytes when unpacked, more than {MOST_BYTES:,}"
    else:
        return
    raise UnreadableError(f"the zip file holds {what}", where=str(path), next_step=_AGAIN)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, where: str) -> bytes:
    """A member's bytes, read in pieces so that no more than its stated size is ever unpacked."""
    with archive.open(entry) as stream:
        return b"".join(_pieces(stream, where))


def _pieces(stream: IO[bytes], where: str) -> Iterator[bytes]:
    total = 0
    while piece := stream.read(_PIECE):
        total += len(piece)
        if total > MOST_BYTES:
            raise UnreadableError(
                f"it holds more than {MOST_BYTES:,} bytes when unpacked",
                where=where,
                next_step=_AGAIN,
            )
        yield piece
