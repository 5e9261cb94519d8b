"""A mapping: what one system's export of a kind looks like, written in a TOML file."""

import dataclasses
import re
from collections.abc import Mapping as Map
from typing import Any, cast

from graphkit.errors import UnknownNameError, UsageError
from loaders.mapping_check import parsed, repeats_within
from loaders.shape import Field, SheetKind
from loaders.tables import Link, headings_of


@dataclasses.dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that are none of the kind, such as the templates among the jobs.

    Attributes:
        column: The heading that tells, or several, of which the first that is there does; it may
            be one of another table.
        cells: What stands there, in lower case; "" for nothing.
        because: What they are, for people.
    """

    column: tuple[str, ...]
    cells: tuple[str, ...]
    because: str


@dataclasses.dataclass(frozen=True, slots=True)
class Mapping:
    """How one system writes one kind of sheet.

    Attributes:
        system: The system.
        kind: What the sheet holds.
        table: The system's own name for it, by which its other files look it up; may be empty.
        version: Raised when the mapping changes.
        signs: Headings that only this system writes; a sheet with none of them is not its. A sheet
            without fields of its own (kind lookup, or useless) has all of them, unless it says what
            it needs.
        needs: Headings that a sheet without fields of its own must have.
        also: Headings that the export has and that become no field of its rows.
        against: Headings that speak for another export.
        lines: Whether a row is a line of an invoice, so that the rows of one number add up.
        columns: Headings by field, tried before those that the kind knows. Where one is of another
            table, each row takes the first of them that has something.
        texts: Headings of the columns that make up a field together, by field.
        values: Cells for fields that have no column, as text.
        day_first: How 03/05/2025 is read where no row of the file settles it.
        fill_down: Headings of what stands once above several lines, the leading one first.
        file_name: For fields that stand only in the file's name or folder, the pattern that finds
            them there.
        lookups: Other tables of the system whose columns are looked up, by the name that goes
            before their headings.
        belongs_to: Tables of which a row must find its own in one; else it is rejected.
        part_of: Tables that have rows of this one as part of theirs: such a row makes nothing of
            its own.
        leave_out: Rows that are none of the kind; they make nothing and are counted.
        useless: Why an export of this kind tells nothing, and which one to make instead.
        report: Which report to export, click by click.
        database: Name of the database that the query asks.
        query: The SQL query whose answer is the sheet; empty for files.
        example: A small file.
        companions: Small files of the tables that the example looks up, by table.
    """

    system: str
    kind: SheetKind
    table: str
    version: str
    signs: tuple[str, ...]
    needs: tuple[str, ...]
    also: tuple[str, ...]
    against: tuple[str, ...]
    lines: bool
    columns: Map[str, tuple[str, ...]]
    values: Map[str, str]
    day_first: bool
    fill_down: tuple[str, ...]
    file_name: Map[str, re.Pattern[str]]
    texts: Map[str, tuple[str, ...]]
    lookups: Map[str, Link]
    belongs_to: tuple[Link, ...]
    part_of: tuple[Link, ...]
    leave_out: tuple[LeftOut, ...]
    useless: str
    report: str
    database: str
    query: str
    example: str
    companions: Map[str, str]

    @property
    def name(self) -> str:
        """system.table, or system.kind."""
        return f"{self.system}.{self.table or self.kind.name}"

    def headings(self, field: Field) -> tuple[str, ...]:
        """Headings of a field, the likeliest first."""
        return (*self.columns.get(field.name, ()), *field.headings)

    @property
    def anybodys_headings(self) -> tuple[str, ...]:
        """The headings that it knows, where they are not the marks of one system."""
        if self.signs:
            return ()
        fields = (name for field in self.kind.fields for name in self.headings(field))
        return (*fields, *self.also)

    @property
    def wants(self) -> Map[str, tuple[str, ...]]:
        """The tables of other files that it looks into, with the headings that it reads of each."""
        found: dict[str, tuple[str, ...]] = {}
        parts = [*self.belongs_to, *self.part_of]
        for name, link in [*self.lookups.items(), *((one.table, one) for one in parts)]:
            read = [one.partition(".")[2] for one in self.read if one.partition(".")[0] == name]
            headings = headings_of(self.system, link.table, (*link.there, *filter(None, read)))
            for table, own in headings.items():
                found[table] = tuple(dict.fromkeys((*found.get(table, ()), *own)))
        return found

    @property
    def keys(self) -> list[str]:
        """The headings by which it finds rows of other tables."""
        links = (*self.lookups.values(), *self.belongs_to, *self.part_of)
        return [name for one in links for name in one.here]

    @property
    def read(self) -> list[str]:
        """Every heading that it names because it reads it."""
        named = [*self.columns.values(), *self.texts.values()]
        rows = [name for one in self.leave_out for name in one.column]
        return [*(name for names in named for name in names), *rows, *self.keys]

    def looked_up(self, field: str) -> str:
        """The heading such as "SO_Header.Order_Date" from which a field comes, else empty."""
        for name in self.columns.get(field, ()):
            if name.partition(".")[0] in self.lookups:
                return name
        return ""


def mapping_of(text: str, kinds: Map[str, SheetKind], where: str) -> Mapping:
    """The mapping that a TOML text describes.

    Args:
        text: The TOML.
        kinds: Kinds of sheet by name.
        where: The file's name, for messages.

    Raises:
        UsageError: It is no TOML, lacks its system or kind, or holds what is not to be there.
        UnknownNameError: It names a kind or field that there is not.
    """
    table = parsed(text, where)
    if not {"system", "kind"} <= set(table):
        raise UsageError("a mapping names its system and its kind", where=where)
    if table["kind"] not in kinds:
        raise UnknownNameError.of("kind", str(table["kind"]), list(kinds), where=where)
    kind = kinds[table["kind"]]
    if table.get("lines") and kind.together is None:
        raise UsageError(f"rows of {kind.name} are no lines that add up", where=where)
    for name in (one for key in _BY_FIELD for one in _table(table, key)):
        if name not in kind.field_names:
            raise UnknownNameError.of("field", name, kind.field_names, where=where)
    return Mapping(
        system=str(table["system"]),
        kind=kind,
        table=str(table.get("table", "")),
        version=str(table.get("version", "1")),
        signs=_texts(table, "signs"),
        needs=_texts(table, "needs"),
        also=_texts(table, "also"),
        against=_texts(table, "against"),
        lines=table.get("lines", False),
        columns={name: _texts(_table(table, "columns"), name) for name in _table(table, "columns")},
        values={name: str(value) for name, value in _table(table, "values").items()},
        day_first=_table(table, "dates").get("day_first", False),
        fill_down=_texts(table, "fill_down"),
        file_name={
            name: _pattern(str(value), f"{where}, file_name.{name}")
            for name, value in _table(table, "file_name").items()
        },
        texts={name: _texts(_table(table, "texts"), name) for name in _table(table, "texts")},
        lookups=_links(table, "lookup", where),
        belongs_to=tuple(_links(table, "belongs_to", where).values()),
        part_of=tuple(_links(table, "part_of", where).values()),
        leave_out=_left_out(table, where),
        useless=str(table.get("useless", "")),
        report=str(table.get("report", "")).strip(),
        database=str(table.get("database", "")),
        query=str(table.get("query", "")).strip(),
        example=str(table.get("example", "")).lstrip(),
        companions={
            name: str(value).lstrip() for name, value in _table(table, "companions").items()
        },
    )


_BY_FIELD = ("columns", "texts", "values", "file_name")
"""Sections that say something of fields."""


def _table(table: dict[str, Any], key: str) -> dict[str, Any]:
    return cast("dict[str, Any]", table.get(key, {}))


def _texts(table: dict[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts; one text is a list of one."""
    value = table.get(key, ())
    return (value,) if isinstance(value, str) else tuple(value)


def _pattern(text: str, where: str) -> re.Pattern[str]:
    try:
        found = re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise UsageError(f"this is no regular expression: {error}", where=where) from error
    if found.groups != 1:
        raise UsageError("the pattern needs one group, in round brackets", where=where)
    if repeats_within(text):
        raise UsageError(
            "the pattern repeats a group in which something is repeated or a choice, as in (a+)+ "
            "or (a|b)*; some file names would keep it busy for years",
            where=where,
            next_step="say how often, up to 9 times, as in (a+){1,9}, or repeat a [set] instead",
        )
    return found


def _left_out(table: dict[str, Any], where: str) -> tuple[LeftOut, ...]:
    found = []
    for name, content in _table(table, "leave_out").items():
        if {*content} != {"column", "is", "because"}:
            raise UsageError(f"[leave_out.{name}] says column, is and because", where=where)
        cells = tuple(one.casefold() for one in _texts(content, "is"))
        found.append(LeftOut(_texts(content, "column"), cells, str(content["because"])))
    return tuple(found)


def _links(table: dict[str, Any], key: str, where: str) -> dict[str, Link]:
    """The tables that are looked into, by the name that they are given."""
    found = {}
    for name, content in _table(table, key).items():
        on = content.get("on")
        if not on:
            raise UsageError(f"[{key}.{name}] must say on which headings", where=where)
        same = _texts(content, "on") if not isinstance(on, dict) else ()
        pairs = on if isinstance(on, dict) else dict(zip(same, same, strict=True))
        because = str(content.get("because", ""))
        if key == "part_of" and not because:
            raise UsageError(f"[{key}.{name}] must say because: what such rows are", where=where)
        table_name = str(content.get("table", name))
        found[name] = Link(table_name, tuple(pairs), tuple(pairs.values()), because)
    return found
