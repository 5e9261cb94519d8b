"""Folders that hold a trained model: written whole or not at all, and nothing else replaced."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graphkit.errors import AccessRefusedError, UsageError
from nlp.model import is_trained_model


def check_place(folder: Path) -> None:
    """Refuse to replace anything but a model that was trained before.

    Raises:
        UsageError: Something else is there.
    """
    if folder.exists() and not is_trained_model(folder):
        raise UsageError(
            "something is there that is no model trained here",
            where=str(folder),
            next_step="a folder that is not there yet",
        )


@contextmanager
def written_whole(folder: Path, write: Callable[[Path], object]) -> Iterator[Path]:
    """Write a folder elsewhere, and put it in its place when the block ended well.

    Args:
        folder: Its place.
        write: Writes a folder.

    Yields:
        The folder as written, to look at.

    Raises:
        AccessRefusedError: It may not be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as aside:
            part = Path(aside, folder.name)
            write(part)
            yield part
            _put(part, folder, Path(aside, "old"))
    except OSError as error:
        raise AccessRefusedError(
            f"cannot be written: {error.strerror}", where=str(folder)
        ) from error


def _put(part: Path, folder: Path, old: Path) -> None:
    """Take the place of a folder; when that fails the old one is back."""
    replaced = folder.exists()
    if replaced:
        shutil.move(folder, old)
    try:
        part.rename(folder)
    except OSError:
        if replaced:
            shutil.move(old, folder)
        raise
