"""A first mapping for a sheet that no loader knows: what can be told, and what is left to say."""

import difflib
import json
from collections.abc import Iterator

from graphkit.errors import UsageError
from graphkit.sheets import Sheet
from loaders.kinds import KINDS
from loaders.mapping import Mapping, mapping_of
from loaders.recognition import heading, readable, recognise
from loaders.shape import Field, SheetKind

_SHOWN = 3
"""Cells of a column that are shown beside its heading."""


def drafted(sheet: Sheet, system: str, kind: str) -> str:
    """A mapping for a sheet, as TOML with a comment beside each field, to be completed by a person.

    Every heading of the sheet stands in it once: behind the field that it seems to be, or below,
    with some of its cells.

    Args:
        sheet: A header and rows.
        system: A name for the system that wrote it.
        kind: What it holds; where empty, the kind of which most is found.

    Raises:
        UsageError: There is no such kind, or it cannot be told which it is.
    """
    mapping = _empty(system, kind) if kind else _likeliest(sheet, system)
    seen = recognise(mapping, sheet)
    columns = dict(seen.columns) if seen else {}
    left = [name for name in sheet.header if name not in columns.values()]
    offered = _offered(mapping.kind, columns, sheet, left)
    unread = [name for name in left if not any(name in names for names in offered.values())]
    lines = [
        f"# Drafted from {sheet.path}: {mapping.kind.doc} a row. Complete it, then:",
        "#   graphkit load EXPORT --explain",
        "# What a row may be:",
        *(f"#   {name}: {one.doc}" for name, one in KINDS.items() if one.fields),
        f"system = {_quoted(system)}",
        f"kind = {_quoted(mapping.kind.name)}",
        f"also = {json.dumps(unread, ensure_ascii=False)}  # not read unless [columns] names them",
        "",
        "[columns]",
        *_fields(mapping.kind, columns, offered),
        "",
        "# Fields that no column has, but that are the same in every row:",
        "[values]",
        *(['# currency = "EUR"'] if "currency" in mapping.kind.field_names else []),
        "",
        "[dates]",
        "# day_first = true  # how 03/05/2025 is read where no date of the file settles it",
        "",
        "# Not read so far:",
        *(f"#   {_quoted(name)}: {_some_cells(sheet, name)}" for name in left),
    ]
    return "\n".join(lines) + "\n"


def _empty(system: str, kind: str) -> Mapping:
    return mapping_of(f"system = {_quoted(system)}\nkind = {_quoted(kind)}\n", KINDS, "--kind")


def _likeliest(sheet: Sheet, system: str) -> Mapping:
    """The kind of which a sheet has most."""
    scores = {}
    for name in KINDS:
        mapping = _empty(system, name)
        seen = recognise(mapping, sheet)
        if seen and seen.columns:
            scores[name] = (seen.score, mapping)
    if not scores:
        known = "; ".join(f"{name} ({one.doc})" for name, one in KINDS.items() if one.fields)
        raise UsageError(
            "no heading of it is known, so say what one row of it is: " + known,
            where=sheet.path,
            next_step=f"graphkit init --mapping {sheet.path} --kind orders",
        )
    return max(scores.values(), key=lambda one: one[0])[1]


def _fields(
    kind: SheetKind, columns: dict[str, str], offered: dict[str, list[str]]
) -> Iterator[str]:
    """A line for each field: its heading, or where it may stand."""
    needed = _needed(kind, columns)
    for field in kind.fields:
        said = field.doc + (", needed" if field.name in needed else "")
        if field.name in columns:
            yield f"{field.name} = [{_quoted(columns[field.name])}]  # {said}"
        else:
            perhaps = " or ".join(map(_quoted, offered[field.name]))
            yield f"# {field.name} = []  # {said}" + (f"; perhaps {perhaps}" if perhaps else "")


def _needed(kind: SheetKind, columns: dict[str, str]) -> set[str]:
    """Fields without which a row is not whole; of a group one is enough."""
    groups = [group for group in kind.any_of if not columns.keys() & set(group)]
    required = {one.name for one in kind.fields if one.required and one.name not in columns}
    return required.union(*groups)


def _offered(
    kind: SheetKind, columns: dict[str, str], sheet: Sheet, left: list[str]
) -> dict[str, list[str]]:
    """Headings that each field without one may have."""
    needed = _needed(kind, columns)
    return {
        field.name: _candidates(field, sheet, left, needed=field.name in needed)
        for field in kind.fields
        if field.name not in columns
    }


def _candidates(field: Field, sheet: Sheet, left: list[str], *, needed: bool) -> list[str]:
    """Headings that may be a field: alike in name, else, of what is needed, alike in content."""
    known = [heading(name) for name in field.headings]
    alike = [
        name for name in left if difflib.get_close_matches(heading(name), known, n=1, cutoff=0.7)
    ]
    if alike or not needed:
        return alike[:_SHOWN]
    shares = {name: readable(field, sheet, name) for name in left}
    return [name for name, (good, filled) in shares.items() if good * 2 > filled][:_SHOWN]


def _some_cells(sheet: Sheet, name: str) -> str:
    cells = sheet.cells[name].fillna("").str.strip()
    some = cells[cells != ""].drop_duplicates().head(_SHOWN)
    return ", ".join(_quoted(" ".join(str(one).split())[:40]) for one in some) or "always empty"


def _quoted(text: str) -> str:
    """A text as TOML, on one line."""
    return json.dumps(text, ensure_ascii=False)
