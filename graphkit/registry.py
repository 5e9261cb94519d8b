"""Finds the plug-ins: imports every module of the plug-in packages, and asks entry points."""

import dataclasses
import importlib
import importlib.metadata
import importlib.util
import pkgutil
from functools import cache
from types import ModuleType

from graphkit import plugins
from graphkit.errors import GraphkitError, UsageError

OWNER = "graphkit-crm"
_PACKAGES = {
    "loaders": "loaders",
    "enrichers": "nlp",
    "analyses": "graphkit.analyses",
    "pictures": "visualizations",
    "charts": "visualizations.charts",
}


def _owned(name: str) -> ModuleType:
    """A plug-in package, after a check that it is ours: others may use its name too."""
    package = importlib.import_module(name)
    if not name.startswith("graphkit.") and getattr(package, "OWNED_BY", "") != OWNER:
        raise GraphkitError(
            f"another package is called '{name}'",
            where=str(package.__file__),
            next_step="install graphkit in a virtual environment of its own",
        )
    return package


@cache
def _import_all(package_name: str) -> None:
    package = _owned(package_name)
    for module in pkgutil.iter_modules(package.__path__):
        if not module.name.startswith("_"):
            importlib.import_module(f"{package_name}.{module.name}")


@cache
def _third_parties() -> None:
    for point in importlib.metadata.entry_points(group="graphkit.plugins"):
        point.load()


def loaders() -> list[plugins.Loader]:
    """Every loader, by name."""
    _import_all(_PACKAGES["loaders"])
    _third_parties()
    return [plugins.LOADERS[name] for name in sorted(plugins.LOADERS)]


def mapper() -> plugins.Mapper:
    """What makes loaders of TOML files."""
    loaders()
    return plugins.MAPPERS[".toml"]


def loader_from(text: str, where: str) -> plugins.Loader:
    """The loader that a TOML text describes.

    Args:
        text: The TOML.
        where: Its file's name, for messages.

    Raises:
        UsageError: It is no description of an export.
    """
    return dataclasses.replace(mapper().loader(text, where), own=where)


def enrichers() -> list[plugins.Enricher]:
    """Every reader of texts, by name."""
    _import_all(_PACKAGES["enrichers"])
    _third_parties()
    return [plugins.ENRICHERS[name] for name in sorted(plugins.ENRICHERS)]


def text_reader() -> plugins.TextReader:
    """What reads English texts apart from any store.

    Raises:
        UsageError: What it needs is not installed; says what to install.
    """
    enrichers()
    reader = plugins.TEXT_READERS["en"]
    if why := reader.unavailable():
        what, _, how = why.partition(": ")
        raise UsageError(what, next_step=how)
    return reader


def analyses() -> list[plugins.Analysis]:
    """Every analysis, by name."""
    _import_all(_PACKAGES["analyses"])
    _third_parties()
    return [plugins.ANALYSES[name] for name in sorted(plugins.ANALYSES)]


def pictures() -> list[plugins.Picture]:
    """Every engine that draws maps, by name."""
    _import_all(_PACKAGES["pictures"])
    _third_parties()
    return [plugins.PICTURES[name] for name in sorted(plugins.PICTURES)]


def draws_charts() -> bool:
    """Whether what draws charts is installed; without it nothing but the pictures is missing."""
    needs: tuple[str, ...] = _owned(_PACKAGES["charts"]).NEEDS
    return all(importlib.util.find_spec(name) is not None for name in needs)


def charts() -> list[plugins.ChartKind]:
    """Every kind of chart that can be drawn, by name; call it where `draws_charts`."""
    _import_all(_PACKAGES["charts"])
    _third_parties()
    return [plugins.CHARTS[name] for name in sorted(plugins.CHARTS)]
