"""Which files are named: alone, in folders, within zip files."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from graphkit.errors import UnreadableError, writable
from graphkit.pipeline.queries import has_query
from graphkit.sheets.members import READABLE, Member, lock_of, members_of, readable


def files_below(paths: Iterable[Path]) -> tuple[list[tuple[Path, str]], list[str]]:
    """The files named, and every readable file in the folders named, sorted, each once.

    Returns:
        Each file with the name to show for it; and which files of a folder are no tables.

    Raises:
        UnreadableError: There is none.
    """
    found: dict[Path, str] = {}
    others: list[str] = []
    asked = sorted(paths)
    for path in asked:
        if not path.is_dir():
            found.setdefault(path, writable(path.name))
            continue
        inside = sorted(one for one in path.rglob("*") if one.is_file())
        for one in inside:
            name = writable(one.relative_to(path).as_posix())
            if any(part.startswith((".", "~$")) for part in one.relative_to(path).parts):
                continue
            if readable(one.name) or has_query(one):
                found.setdefault(one, name)
            else:
                others.append(f"{name}: not a table")
    if not found:
        raise UnreadableError(
            "there is no export in it (looked for " + " ".join(sorted({*READABLE, ".zip"})) + ")",
            where=", ".join(str(path) for path in asked),
        )
    return list(found.items()), others


def members_in(
    files: Iterable[tuple[Path, str]], passed_over: list[str], refused: dict[str, str]
) -> Iterator[Member]:
    """The files, and those within zip files; adds to what is passed over and refused."""
    for path, name in files:
        try:
            members, others = members_of(path, name)
        except UnreadableError as error:
            refused[name] = str(error)
            continue
        if lock_of(path):
            others.append(f"{name}: is open in Excel; what is not saved there yet is not read")
        passed_over += others
        yield from members
