"""Reading the lexicon files, ours and the shop's own, without spaCy."""

import hashlib
import tomllib
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

from graphkit.errors import UnreadableError

LEXICONS: Final = (
    "processes",
    "materials",
    "finishes",
    "methods",
    "machines",
    "certificates",
    "industries",
)
_OTHERS: Final = (
    *("shows", "topics", "assertion", "relations", "signals", "names", "given_names"),
    "companies",
)


def read_lexicon(name: str, folder: str | None = None) -> list[dict[str, Any]]:
    """The tables of a lexicon: ours, then the shop's own.

    Args:
        name: File name without ".toml", such as "processes".
        folder: The shop's folder of lexicon files; None for none.

    Raises:
        UnreadableError: A file is not TOML; says which file and line.
    """
    tables = []
    for where, text in _texts(name, folder):
        try:
            tables.append(tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            raise UnreadableError(
                f"this is not TOML: {error}.", where=where, next_step="mend that line"
            ) from error
    return tables


@lru_cache(maxsize=8)
def lexicon_version(folder: str | None = None) -> str:
    """Changes whenever any lexicon file changes, so that texts are read again."""
    parts = [text for name in (*LEXICONS, *_OTHERS) for _, text in _texts(name, folder)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def _texts(name: str, folder: str | None) -> list[tuple[str, str]]:
    """Where each file of a name stands and what it says."""
    ours = resources.files("nlp").joinpath("lexicons", f"{name}.toml")
    texts = [(f"nlp/lexicons/{name}.toml", ours.read_text(encoding="utf-8"))]
    own = Path(folder) / f"{name}.toml" if folder else None
    if own is not None and own.is_file():
        texts.append((str(own), own.read_text(encoding="utf-8")))
    return texts
