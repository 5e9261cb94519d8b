"""The page of the manual that lists the fields of each kind of export, made from the code."""

from collections.abc import Iterator

import loaders.derived  # noqa: F401 - registers the derived tables
from loaders.kinds import KINDS
from loaders.shape import Field, SheetKind
from loaders.tables import DERIVED

_SHOWN = 6
"""Headings of a field that are named."""


def fields_page() -> str:
    """The kinds as Markdown: what a row of each is, its fields, and what they hold."""
    lines = [
        "# What a mapping can name",
        "",
        "Made from `loaders/` by `make docs`; do not edit it here.",
        "",
        "A [mapping](mappings.md) has one `kind`; its `[columns]` name the heading of each field.",
        "Headings in the last column are known without it. A row without a value for a field that",
        "is needed is rejected. Amounts, numbers and dates are read in any usual way of writing.",
        "",
    ]
    for kind in KINDS.values():
        lines += _section(kind)
    return "\n".join([*lines, *_derived()]).rstrip() + "\n"


def _section(kind: SheetKind) -> Iterator[str]:
    yield from (f"## {kind.name}", "", f"A row is {kind.doc}.", "")
    if not kind.fields:
        yield from ("It has no fields: the mappings that look it up name its headings.", "")
        return
    for group in kind.any_of:
        yield f"One of these is needed: {', '.join(f'`{name}`' for name in group)}."
    if set(kind.key) <= {*kind.field_names}:
        names = ", ".join(f"`{name}`" for name in kind.key)
        yield f"Of rows that agree in {names} the last one counts."
    if kind.any_of or set(kind.key) <= {*kind.field_names}:
        yield ""
    yield from ("| field | is | such as | known headings |", "|---|---|---|---|")
    yield from (_row(field) for field in kind.fields)
    yield ""


def _row(field: Field) -> str:
    name = f"{field.name} (needed)" if field.required else field.name
    headings = ", ".join(field.headings[:_SHOWN]) + ", ..." * (len(field.headings) > _SHOWN)
    cells = (name, field.doc, field.parser.wanted, headings)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _derived() -> Iterator[str]:
    """Tables that are looked up like files, and made of several."""
    yield from ("## Derived tables", "")
    yield "No files, but looked up like them (`[lookup.NAME]`) by mappings of their system; those"
    yield "in `loaders/mappings/` show their headings."
    yield from ("", "| system | table | is | made of |", "|---|---|---|---|")
    for (system, table), one in DERIVED.items():
        said = (one.make.__doc__ or "").strip().partition("\n")[0]
        yield f"| {system} | {table} | {said} | {', '.join(one.needs)} |"
    yield ""


if __name__ == "__main__":
    print(fields_page(), end="")  # noqa: T201 - it is what `make docs` writes
