"""What a sheet that no loader knows comes nearest to, heading by heading."""

import difflib
from collections.abc import Sequence

from graphkit.plugins import Loader
from graphkit.sheets import Sheet

_ALIKE = 0.74
_LOOKED_AT = 30
"""Headings of a sheet, so that a very wide one is refused as fast."""
_SHOWN = 5


def nearest(sheet: Sheet, loaders: Sequence[Loader]) -> str:
    """The loader most of whose headings a sheet nearly has, with which would be which; or nothing.

    Nearly alike headings are only named, never read: a person decides.

    Args:
        sheet: A header and rows.
        loaders: Every loader there is.
    """
    best, most = "", 1
    header = sheet.header[:_LOOKED_AT]
    for loader in loaders:
        alike = _alike(header, loader.headings)
        if len(alike) > most and len(alike) * 2 >= len(header):
            pairs = [f"'{name}' is '{meant}'" for name, meant in list(alike.items())[:_SHOWN]]
            best, most = f"{loader.name}, if {', '.join(pairs)}", len(alike)
    return best


def _alike(header: Sequence[str], headings: Sequence[str]) -> dict[str, str]:
    """The heading that each of a sheet may stand for; each for one only."""
    meant = {name.casefold(): name for name in reversed(headings)}
    found: dict[str, str] = {}
    for name in header:
        near = difflib.get_close_matches(name.casefold(), meant, n=1, cutoff=_ALIKE)
        if near:
            found[name] = meant.pop(near[0])
    return found
