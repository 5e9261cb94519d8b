"""The loaders of a load: those that come with graphkit, and those that a shop described itself."""

from collections.abc import Sequence
from pathlib import Path

from graphkit import registry
from graphkit.errors import AccessRefusedError, UnknownNameError, UnreadableError, UsageError
from graphkit.plugins import Loader
from graphkit.sheets.files import read_sheets
from graphkit.workspace import text_in

FOLDER = "mappings"
"""The folder of a workspace whose TOML files describe exports."""


def loaders_for(folder: Path, *, mappings: Sequence[Path] = (), kind: str = "") -> Sequence[Loader]:
    """The loaders that may read an export.

    Args:
        folder: The workspace's folder; its own mappings win over what fits as well.
        mappings: Mappings, or folders of them; then only these read.
        kind: What the export holds (invoices), or which one it is (finance.invoices), where two
            fit; then only such loaders read.

    Raises:
        UsageError: A mapping does not describe an export.
        UnknownNameError: No loader is of that kind, or called so.
    """
    if mappings:
        found = [one for path in mappings for one in _described_in(path)]
        if not found:
            where = ", ".join(map(str, mappings))
            raise UsageError(
                "there is no mapping of a file (*.toml) in it",
                where=where,
                next_step="a mapping with a query is loaded itself: graphkit load MAPPING.toml",
            )
    else:
        found = [*registry.loaders(), *_described_in(folder / FOLDER)]
    return _of_kind(found, kind) if kind else found


def _of_kind(loaders: Sequence[Loader], kind: str) -> list[Loader]:
    """The loaders of a kind, or the one of that name.

    Raises:
        UnknownNameError: There is none.
    """
    chosen = [one for one in loaders if kind in (one.name, one.kind)]
    if not chosen:
        kinds = sorted({one.kind for one in loaders})
        raise UnknownNameError.of("kind of export", kind, [*kinds, *(one.name for one in loaders)])
    return chosen


def _described_in(path: Path) -> list[Loader]:
    """The loaders of a mapping, or of those in a folder; none where there is no such folder.

    Mappings with a query read no file: they are loaded themselves.
    """
    try:
        files = sorted(path.glob("*.toml")) if path.is_dir() else [path] * path.is_file()
    except OSError:  # a name that no file system takes
        return []
    found = [loader_in(file) for file in files]
    return [one for one in found if not one.query]


def loader_in(file: Path) -> Loader:
    """The loader that a mapping describes.

    Raises:
        UsageError: It does not describe an export.
        AccessRefusedError: It may not be read.
    """
    return registry.loader_from(text_in(file), str(file))


def draft_mapping(export: Path, folder: Path, *, kind: str = "") -> Path:
    """Write a mapping for an export to complete, into the workspace's folder of mappings.

    Args:
        export: A file that no loader knows.
        folder: The workspace's folder.
        kind: What it holds (invoices), or an export of the same kind (finance.invoices); found
            out where empty.

    Returns:
        The mapping.

    Raises:
        UsageError: It cannot be told what the file holds, or there is such a mapping already.
        UnknownNameError: There is no such kind.
        UnreadableError: It is no table.
    """
    sheets = read_sheets(export)
    if not sheets:
        raise UnreadableError("there is no table in it", where=str(export))
    name = export.name.partition(".")[0] or "export"
    if kind:
        kind = _of_kind(loaders_for(folder), kind)[0].kind
    text = registry.mapper().draft(sheets[0], name, kind)
    made = folder / FOLDER / f"{name}.toml"
    try:
        made.parent.mkdir(parents=True, exist_ok=True)
        with made.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise UsageError(
            "there is such a mapping already", where=str(made), next_step="edit it, or move it away"
        ) from error
    except OSError as error:
        raise AccessRefusedError(f"cannot be written: {error.strerror}", where=str(made)) from error
    return made
