"""Which process a work centre means: as the shop says, else by usual names, else its own name."""

import dataclasses
import fnmatch
import re
import tomllib
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from functools import cache
from importlib import resources

import pandas as pd
import pyarrow as pa

from graphkit.plugins import SHOP_PROCESSES, Tables
from graphkit.schema import Kind


@dataclasses.dataclass(frozen=True, slots=True)
class Process:
    """What a work centre does.

    Attributes:
        name: Name of the process.
        supports: Whether it is done to every part, such as inspection, and so is no main process.
    """

    name: str
    supports: bool = False


@cache
def _usual() -> tuple[tuple[re.Pattern[str], Process], ...]:
    """The patterns of usual names, in their order; what supports comes first."""
    text = resources.files("loaders").joinpath("processes.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    return tuple(
        (re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z])"), Process(name, section == "support"))
        for section in ("support", "processes")
        for name, patterns in read[section].items()
        for pattern in patterns
    )


@cache
def _supporting() -> frozenset[str]:
    return frozenset(one.name.casefold() for _, one in _usual() if one.supports)


def shop_names(tables: Tables) -> Map[str, str]:
    """What the shop says: process by name of a work centre, in which * stands for anything."""
    said = tables.get(SHOP_PROCESSES)
    if said is None:
        return {}
    return dict(zip(map(_plain, said["work_centre"]), said["process"], strict=True))


def process_of(names: Iterable[str], shop: Map[str, str]) -> Process:
    """The process of a work centre.

    Args:
        names: The name of the work centre, then its department and type.
        shop: What the shop says (see `shop_names`).
    """
    there = [one for one in names if one.strip()]
    for name in there:
        said = _said(_plain(name), shop)
        if said:
            return Process(said, said.casefold() in _supporting())
    for name in there:
        known = next((one for form, one in _usual() if form.search(_plain(name))), None)
        if known:
            return known
    return Process(there[0].strip() if there else "")


def _said(name: str, shop: Map[str, str]) -> str:
    if name in shop:
        return shop[name]
    return next((to for form, to in shop.items() if fnmatch.fnmatchcase(name, form)), "")


def _plain(name: str) -> str:
    return re.sub(r"[\s_/\\.-]+", " ", name).strip().casefold()


def named_by_shop(cells: dict[str, pa.Array], tables: Tables) -> dict[str, pa.Array]:
    """Cells with the processes that the shop calls otherwise under the name it gave them.

    Args:
        cells: Text of each field.
        tables: What is in the load, the shop's own names among it.
    """
    shop = shop_names(tables)
    if not shop or "process" not in cells:
        return cells
    encoded = cells["process"].dictionary_encode()
    named = [_said(_plain(one), shop) or one for one in encoded.dictionary.to_pylist()]
    return {**cells, "process": pa.array(named, pa.string()).take(encoded.indices)}


def processes_of(
    centres: pd.Series, departments: Map[str, tuple[str, ...]], shop: Map[str, str]
) -> Iterator[pd.Series]:
    """The process of each work centre of a column, then whether it only supports.

    Args:
        centres: Names of work centres.
        departments: Department and type by name in lower case.
        shop: What the shop says.
    """
    codes, names = pd.factorize(centres)
    found = [process_of((name, *departments.get(name.casefold(), ())), shop) for name in names]
    for values, kind in (
        ([one.name for one in found], Kind.TEXT),
        ([one.supports for one in found], Kind.FLAG),
    ):
        column = pd.Series(values, dtype=kind.dtype).take(codes)
        yield column.set_axis(centres.index)
