"""The other files that the example of a loader looks into."""

import tempfile
from pathlib import Path

from graphkit.plugins import Loader, Tables
from graphkit.sheet_files import read_sheets


def companions(loader: Loader) -> Tables:
    """Cells of the companions of a loader's example, by table."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for table, text in loader.companions.items():
            path = Path(folder) / "companion.csv"
            path.write_text(text, encoding="utf-8")
            found[table] = read_sheets(path)[0].cells
    return found
