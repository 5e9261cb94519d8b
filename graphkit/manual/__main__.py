"""Writes the pages that are made from the code.

`python -m graphkit.manual docs` writes the graph, the commands and recipes, in a second;
`python -m graphkit.manual docs --shop demo-shop` also what commands print in the demo shop.
"""

import argparse
from pathlib import Path

from graphkit.manual.blocks import printed_in, shown_lines, with_output, with_recipes
from graphkit.manual.reference import reference_page
from graphkit.manual.schema import schema_page


def main() -> None:
    """Write the pages below a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="The folder of the manual.")
    parser.add_argument("--shop", help="A workspace with the demo shop, for what commands print.")
    given = parser.parse_args()
    _write(given.folder / "schema.md", schema_page())
    _write(given.folder / "reference.md", reference_page())
    printed = printed_in(given.shop) if given.shop else None
    for path in sorted(given.folder.rglob("*.md")):
        before = path.read_text("utf-8")
        page = with_recipes(before)
        if printed is not None and shown_lines(page):
            page = with_output(page, printed)
        if page != before:
            _write(path, page)


def _write(path: Path, page: str) -> None:
    path.write_text(page, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
