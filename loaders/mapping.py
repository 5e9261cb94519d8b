"""A mapping: what one system's export of a kind looks like, written in a TOML file."""

import dataclasses
import tomllib
from collections.abc import Mapping as Map
from typing import Any, cast

from graphkit.errors import UnknownNameError, UsageError
from loaders.shape import Field, SheetKind

_KEYS = ("system", "kind", "version", "signs", "also", "columns", "values", "dates", "example")


@dataclasses.dataclass(frozen=True, slots=True)
class Mapping:
    """How one system writes one kind of sheet.

    Attributes:
        system: The system.
        kind: What the sheet holds.
        version: Raised when the mapping changes.
        signs: Headings that only this system writes; a sheet with none of them is not its.
        also: Headings that the export has and that are not read.
        columns: Headings by field, tried before those that the kind knows.
        values: Cells for fields that have no column, as text.
        day_first: How 03/05/2025 is read where no row of the file settles it.
        example: A small file.
    """

    system: str
    kind: SheetKind
    version: str
    signs: tuple[str, ...]
    also: tuple[str, ...]
    columns: Map[str, tuple[str, ...]]
    values: Map[str, str]
    day_first: bool
    example: str

    def headings(self, field: Field) -> tuple[str, ...]:
        """Headings of a field, the likeliest first."""
        return (*self.columns.get(field.name, ()), *field.headings)


def mapping_of(text: str, kinds: Map[str, SheetKind], where: str) -> Mapping:
    """The mapping that a TOML text describes.

    Args:
        text: The TOML.
        kinds: Kinds of sheet by name.
        where: The file's name, for messages.

    Raises:
        UsageError: It is no TOML, or lacks its system or kind.
        UnknownNameError: It names a kind or field that there is not.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"this is no TOML: {error}", where=where) from error
    for key in table:
        if key not in _KEYS:
            raise UnknownNameError.of("setting", key, list(_KEYS), where=where)
    if not {"system", "kind"} <= set(table):
        raise UsageError("a mapping names its system and its kind", where=where)
    if table["kind"] not in kinds:
        raise UnknownNameError.of("kind", str(table["kind"]), list(kinds), where=where)
    kind = kinds[table["kind"]]
    for name in (*_table(table, "columns"), *_table(table, "values")):
        if name not in kind.field_names:
            raise UnknownNameError.of("field", name, kind.field_names, where=where)
    return Mapping(
        system=str(table["system"]),
        kind=kind,
        version=str(table.get("version", "1")),
        signs=tuple(table.get("signs", ())),
        also=tuple(table.get("also", ())),
        columns={name: tuple(names) for name, names in _table(table, "columns").items()},
        values={name: str(value) for name, value in _table(table, "values").items()},
        day_first=bool(_table(table, "dates").get("day_first", False)),
        example=str(table.get("example", "")),
    )


def _table(table: dict[str, Any], key: str) -> dict[str, Any]:
    return cast("dict[str, Any]", table.get(key, {}))
