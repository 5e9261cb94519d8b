"""Registers a loader for every TOML file in this folder; a new system is one file."""

import dataclasses
from functools import partial
from importlib import resources

import loaders.derived  # noqa: F401 - registers the tables that mappings look up
from graphkit.plugins import MAPPERS, Loader, Mapper, Recognition, add_loader
from graphkit.schema import CELLS, Entity
from graphkit.sheets import Sheet
from loaders.drafting import drafted
from loaders.kinds import KINDS
from loaders.mapping import Mapping, mapping_of
from loaders.reading import read
from loaders.recognition import is_meant, recognise
from loaders.shape import SheetKind


def loader_of(mapping: Mapping) -> Loader:
    """The loader that reads what a mapping describes."""
    return Loader(
        name=mapping.name,
        system=mapping.system,
        kind=mapping.kind.name,
        version=mapping.version,
        example=mapping.example,
        recognise=partial(recognise, mapping),
        read=partial(read, mapping),
        table=mapping.table,
        wants=mapping.wants,
        by_name=bool(mapping.file_name),
        by_process="process" in mapping.kind.field_names,
        again=_again(mapping.kind),
        useless=mapping.useless,
        report=mapping.report,
        database=mapping.database,
        query=mapping.query,
        companions=mapping.companions,
        headings=mapping.anybodys_headings,
    )


def _again(kind: SheetKind) -> tuple[type[Entity], tuple[str, ...]] | None:
    """The stored rows that a kind wants to know."""
    if kind.again is None:
        return None
    return kind.again.row, ("id", CELLS, kind.again.part_of, kind.event, kind.amount)


def _register() -> None:
    files = (file for file in resources.files(__name__).iterdir() if file.name.endswith(".toml"))
    for file in sorted(files, key=lambda file: file.name):
        add_loader(_loader(file.read_text(encoding="utf-8"), file.name))


def _loader(text: str, where: str) -> Loader:
    return loader_of(mapping_of(text, KINDS, where))


def _described(text: str, where: str) -> Loader:
    """The loader of a mapping that a shop wrote: for the sheets that it describes and no other."""
    mapping = mapping_of(text, KINDS, where)

    def recognised(sheet: Sheet) -> Recognition | None:
        return recognise(mapping, sheet) if is_meant(mapping, sheet) else None

    return dataclasses.replace(loader_of(mapping), recognise=recognised)


MAPPERS[".toml"] = Mapper(_described, drafted)


_register()
