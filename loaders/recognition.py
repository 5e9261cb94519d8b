"""Whether a sheet is what a mapping describes: by its headings, and by what the columns hold."""

import dataclasses
import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Map

import pyarrow as pa
import pyarrow.compute as pc

from graphkit.plugins import Recognition
from graphkit.schema import Kind
from graphkit.sheets import Sheet
from loaders.cells import Habits, clean
from loaders.mapping import Mapping
from loaders.shape import Field

_SAMPLE = 200
_READABLE = 0.5
"""A column of which fewer cells can be read does not hold what its heading says,"""
_ENOUGH = 5
"""once it has so many: before, the rows are at fault and not the column."""
_FOUND, _EXPLAINED, _SIGNED = 0.65, 0.2, 0.15
"""What counts in a score: the fields found, the columns explained, the marks of the system."""
_OPTIONAL = 0.2
"""All optional fields together count this much of what is found."""
_NEAR = 0.5
"""With less of what it needs, and no mark of the system, a sheet is not even nearly one."""
_AGAINST = _NAMED = 0.3
"""What a heading of another kind takes, and what a folder that a system names brings."""
_WHOLE = 0.35
"""A sheet that only needs a name must be known in so much of its columns, to be more than a sheet
in which names occur."""
_WORDS = {
    "#": "number", "no": "number", "num": "number", "nbr": "number", "nr": "number",
    "qty": "quantity", "quant": "quantity", "amt": "amount", "cust": "customer",
    "acct": "account", "desc": "description", "descr": "description", "est": "estimated",
    "mins": "minutes", "min": "minutes", "inv": "invoice", "emp": "employee", "e": "e",
    "ord": "order", "org": "organization", "organisation": "organization", "addr": "address",
    "mail": "email", "tel": "phone", "telephone": "phone", "ref": "reference",
}  # fmt: skip


@functools.cache
def heading(name: str) -> str:
    """A heading without case, punctuation, underscores, accents and abbreviations.

    >>> heading("Cust. No."), heading("customer_number"), heading("CustomerNumber")
    ('customernumber', 'customernumber', 'customernumber')
    >>> heading("*CONTACTNAME"), heading("Tel\u00e9fono")
    ('contactname', 'telefono')
    """
    text = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", name))
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    text = re.sub(r"\be-?mail\b", "email", text.casefold()).replace("#", " # ")
    words = re.findall(r"[^\W_]+|#", text)
    return "".join(_WORDS.get(word, word) for word in words)


def by_heading(sheet: Sheet) -> dict[str, str]:
    """The names of a sheet's columns by `heading`; of equal ones the first."""
    return {heading(name): name for name in reversed(sheet.header)}


def recognise(mapping: Mapping, sheet: Sheet) -> Recognition | None:
    """How well a sheet fits a mapping; None when it has nothing that it looks for.

    What a mapping looks up in other files counts as there: whether it is, only the load can tell.

    Args:
        mapping: Describes an export.
        sheet: A header and rows.
    """
    written = by_heading(sheet)
    exactly = {_as_written(name) for name in sheet.header}
    signs = [one for one in mapping.signs if _as_written(one) in exactly]
    named = from_file_name(mapping, sheet)
    if mapping.signs and not signs and not named:
        return None
    if not mapping.kind.fields or mapping.useless:
        return _by_signs(mapping, sheet, written, signs)
    columns = _columns(mapping, sheet, written)
    has = {*columns, *mapping.values, *named, *_looked_up(mapping)}
    lacking = tuple(_lacking(mapping, has))
    found = _share_found(mapping, has, signed=bool(signs or named))
    if found <= 0:
        return None
    explained = _explained(mapping, written, columns.values())
    if _needs_little(mapping) and not (signs or mapping.query) and explained < _WHOLE:
        return None
    score = _FOUND * found + _EXPLAINED * explained + _SIGNED * (1.0 if signs or named else 0.5)
    if mapping.file_name and named.keys() == mapping.file_name.keys() and not lacking:
        score += _NAMED
    if _speaks_for_another(mapping, written):
        score -= _AGAINST
    missing = tuple(_usual(mapping, fields) for fields in lacking)
    seen = _recognition(mapping, sheet, score, columns, missing)
    return dataclasses.replace(seen, unnamed=tuple(" or ".join(fields) for fields in lacking))


def is_meant(mapping: Mapping, sheet: Sheet) -> bool:
    """Whether a sheet is one that a shop described: it has headings that the mapping names itself.

    A mapping also reads the usual headings of its kind, which the exports of any system have. So it
    speaks for a sheet with headings for half of the fields for which it names any; where it names
    none yet, for one with half of the headings that it lists.
    """
    if mapping.query:  # the answer to its own query
        return True
    written = by_heading(sheet)
    fields = [[heading(one) for one in named] for named in mapping.columns.values()]
    listed = fields or [[heading(one)] for one in (*mapping.also, *mapping.signs)]
    return 2 * sum(not written.keys().isdisjoint(one) for one in listed) >= len(listed)


def _speaks_for_another(mapping: Mapping, written: Iterable[str]) -> bool:
    """Whether a heading tells another kind, and is none that the mapping names itself."""
    own = {heading(one) for one in (*mapping.read, *mapping.also)}
    against = {heading(one) for one in mapping.kind.against.split(", ")} - own
    return not (against | {heading(one) for one in mapping.against}).isdisjoint(written)


@functools.lru_cache(maxsize=4096)
def _as_written(name: str) -> str:
    """A heading without case: "Num" is a mark of QuickBooks, "Number" is none."""
    return " ".join(name.casefold().split())


def from_file_name(mapping: Mapping, sheet: Sheet) -> dict[str, str]:
    """The fields that the file's name or folder tells."""
    found = {name: form.search(sheet.place) for name, form in mapping.file_name.items()}
    return {name: match[1] for name, match in found.items() if match}


def _looked_up(mapping: Mapping) -> list[str]:
    """The fields that other files of the system bring."""
    return [*mapping.texts, *(name for name in mapping.columns if mapping.looked_up(name))]


def _by_signs(
    mapping: Mapping, sheet: Sheet, written: dict[str, str], signs: Sequence[str]
) -> Recognition | None:
    """A sheet without fields to look for is known by what it needs, else by all of its signs."""
    needed = mapping.needs or mapping.signs
    missing = tuple(one for one in needed if heading(one) not in written)
    if not signs or 2 * len(missing) > len(needed):
        return None
    share = 1 - len(missing) / len(needed)
    score = _FOUND * share + _EXPLAINED * _explained(mapping, written, signs) + _SIGNED
    if any(heading(one) in written for one in mapping.against):
        score -= _AGAINST
    return _recognition(mapping, sheet, score, {}, missing)


def _explained(mapping: Mapping, written: dict[str, str], columns: Iterable[str]) -> float:
    """The share of the headings of which the mapping knows what they are."""
    named = (*mapping.also, *mapping.signs, *mapping.needs, *columns, *mapping.read)
    known = {heading(one) for one in named}
    return sum(one in known for one in written) / max(len(written), 1)


def _recognition(
    mapping: Mapping,
    sheet: Sheet,
    score: float,
    columns: Map[str, str],
    missing: tuple[str, ...],
) -> Recognition:
    used = {heading(one) for one in (*columns.values(), *mapping.read)}
    return Recognition(
        score=round(min(max(score, 0.0), 1.0), 4),
        columns=columns,
        missing=missing,
        ignored=tuple(name for name in sheet.header if heading(name) not in used),
        meaning={name: mapping.kind.field(name).doc for name in columns},
    )


def _needs_little(mapping: Mapping) -> bool:
    """Whether a single column makes a sheet one of this kind."""
    needed = [one for one in mapping.kind.fields if one.required]
    return len(needed) + len(mapping.kind.any_of) == 1


def _columns(mapping: Mapping, sheet: Sheet, written: dict[str, str]) -> dict[str, str]:
    """The heading of the sheet for each field: what the mapping names, then what the kind knows.

    Of each the closest wish of any field is served first.
    """
    unread = {heading(one) for one in mapping.also}
    wishes = sorted(
        (rank >= len(mapping.columns.get(field.name, ())), rank, index, wanted)
        for index, field in enumerate(mapping.kind.fields)
        for rank, wanted in enumerate(mapping.headings(field))
        if heading(wanted) in written
        and field.name not in mapping.values
        and field.name not in mapping.texts
        and (heading(wanted) not in unread or wanted in mapping.columns.get(field.name, ()))
        and not (mapping.looked_up(field.name) and wanted not in mapping.columns[field.name])
    )
    columns: dict[str, str] = {}
    for _, _, index, wanted in wishes:
        field = mapping.kind.fields[index]
        name = written[heading(wanted)]
        if (
            field.name not in columns
            and name not in columns.values()
            and _holds(field, sheet, name)
        ):
            columns[field.name] = name
    return columns


def _holds(field: Field, sheet: Sheet, name: str) -> bool:
    """Whether a column holds values of a field, or too few cells to tell."""
    if field.parser.kind is Kind.TEXT:
        return True
    good, filled = readable(field, sheet, name)
    return filled < _ENOUGH or good >= _READABLE * filled


def readable(field: Field, sheet: Sheet, name: str) -> tuple[int, int]:
    """How many cells in a sample of a column can be read as a field, and how many are filled."""
    cells = clean(pa.array(sheet.cells[name].head(_SAMPLE)).cast(pa.string()))
    filled = cells.filter(pc.not_equal(cells, ""))
    dated = field.parser.kind in (Kind.DATE, Kind.TIME)
    orders = (False, True) if dated else (False,)  # of day and month
    bad = min(int(field.parser.read(filled, Habits(day_first=one)).bad.sum()) for one in orders)
    return len(filled) - bad, len(filled)


def _lacking(mapping: Mapping, has: set[str]) -> Iterator[tuple[str, ...]]:
    """The fields that a sheet must have and has not, those together of which one is enough."""
    for field in mapping.kind.fields:
        if field.required and field.name not in has:
            yield (field.name,)
    yield from (group for group in mapping.kind.any_of if not has.intersection(group))


def _usual(mapping: Mapping, fields: tuple[str, ...]) -> str:
    """The usual headings of fields of which one is enough."""
    firsts = (mapping.headings(mapping.kind.field(name))[:1] for name in fields)
    return " or ".join(name for first in firsts for name in first)


def _share_found(mapping: Mapping, has: set[str], *, signed: bool) -> float:
    grouped = {name for group in mapping.kind.any_of for name in group}
    needed: Sequence[bool] = [one.name in has for one in mapping.kind.fields if one.required]
    needed = [*needed, *(bool(has.intersection(group)) for group in mapping.kind.any_of)]
    optional = [
        one.name in has
        for one in mapping.kind.fields
        if not one.required and one.name not in grouped and mapping.headings(one)
    ]
    share = sum(needed) / max(len(needed), 1)
    if share < _NEAR and not signed:
        return 0.0
    return (1 - _OPTIONAL) * share + _OPTIONAL * sum(optional) / max(len(optional), 1)
