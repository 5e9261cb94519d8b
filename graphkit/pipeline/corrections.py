"""Rejected rows as files that load once they are corrected, and what such a file makes up for."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

import pandas as pd

from graphkit.errors import AccessRefusedError
from graphkit.schema import File, Rejected
from graphkit.sheets import Sheet, safe_cell
from graphkit.store.base import GraphStore

SOURCE = "graphkit source"
"""The column that says which rejected row a corrected one makes up for, as "file:row"."""
REASON = "graphkit reason"
"""The column that says what is to be corrected; nothing reads it."""


def write_corrections(store: GraphStore, folder: Path) -> list[Path]:
    """Write the rejected rows of each file, whole, with what is wrong with each.

    Corrected and loaded, they make up for the rows that were rejected; what is still wrong is
    rejected again. Cells that a spreadsheet would run are made text with an apostrophe, which
    loading takes off again.

    Args:
        store: The store.
        folder: Where to; made when it is not there.

    Returns:
        The files, named after those that the rows stood in.

    Raises:
        AccessRefusedError: The folder cannot be written.
    """
    rejected = store.read(Rejected)
    books = store.read(File, ["id", "path"])
    paths = dict(zip(books["id"], books["path"], strict=True))
    made = []
    for file_id, rows in rejected.sort_values(["file_id", "row"]).groupby("file_id"):
        path = correction_path(folder, paths.get(file_id, "rows"))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8-sig", newline="") as stream:
                csv.writer(stream).writerows(_records(rows))
        except OSError as error:
            raise AccessRefusedError(
                f"cannot be written: {error.strerror}", where=str(path)
            ) from error
        made.append(path)
    return made


def correction_path(folder: Path, path: str) -> Path:
    """The place for a file's rejected rows; whatever the file was called, it is in the folder."""
    parts = [part for part in PurePosixPath(path.replace("\\", "/")).parts if part.strip("./\\")]
    name = parts[-1].removesuffix(".csv") if parts else "rows"
    return folder.joinpath(*[part.replace(":", "_") for part in parts[:-1]], f"{name}.rejected.csv")


def _records(rows: pd.DataFrame) -> Iterable[list[object]]:
    """A header and the rows, each with where it stood and what is wrong with it."""
    contents = [json.loads(text) for text in rows["content"]]
    header = list(dict.fromkeys(name for one in contents for name in one))
    header = [name for name in header if name not in (SOURCE, REASON)]
    yield [safe_cell(name) for name in [*header, SOURCE, REASON]]
    for content, row in zip(contents, rows.to_dict("records"), strict=True):
        reason = f"{row['column']}: {row['reason']}"
        source = f"{row['file_id']}:{row['row']}"
        yield [*(safe_cell(content.get(name, "")) for name in header), source, safe_cell(reason)]


def still_rejected(store: GraphStore) -> dict[str, int]:
    """How many rows of each File stand rejected, by its id.

    A corrected row that is still wrong counts for the file in which it stood first.
    """
    rows = store.read(Rejected, ["file_id", "row", "content"]).drop_duplicates(["file_id", "row"])
    own = rows["file_id"] + ":" + rows["row"].astype(str)
    named = [str(json.loads(text).get(SOURCE) or "") for text in rows["content"]]
    first = {one or other for one, other in zip(named, own, strict=True)}
    counts = Counter(one.rpartition(":")[0] for one in first)
    return dict(counts)


def drop_corrected(store: GraphStore, sheets: Sequence[Sheet]) -> None:
    """Forget the rejected rows that the rows of some sheets make up for.

    Args:
        store: The store, in a transaction.
        sheets: What is being loaded; sheets that no `write_corrections` made say nothing.
    """
    sources: set[str] = set()
    for sheet in sheets:
        if SOURCE in sheet.cells:
            sources |= set(sheet.cells[SOURCE].dropna().str.strip())
    if not sources:
        return
    files = sorted({source.partition(":")[0] for source in sources})
    rows = store.read(Rejected, ["id", "file_id", "row"], where=("file_id", files))
    key = rows["file_id"] + ":" + rows["row"].astype(str)
    store.remove(Rejected, rows.loc[key.isin(sources), "id"].tolist())
