"""A model trained on a shop's labels finds what they show, and nothing is left half done."""

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from graphkit.errors import UnreadableError, UsageError
from nlp.extract import extracted
from nlp.labelled import Entity, Labelled, written
from nlp.model import Model, chosen_model, load_model
from nlp.training import LEAST_TEXTS, Trained, train
from tests.command_line import Run

pytestmark = pytest.mark.slow

TOOLS = ("zorbit", "quelpin", "drazzle", "fimbler", "wexpin", "grobbit", "yatchel", "plunket")
SAYINGS = (
    "the {} broke again on the second op",
    "ran out of coolant, then the {} chattered",
    "we need a new {} before the weekend",
    "operator swapped the {} twice today",
)
UNSEEN = "night shift says the snorkel broke again on the second op"


def _tools() -> list[Labelled]:
    """Thirty-two texts in which everything of one make is a cutting tool, a label of our own."""
    return [
        _labelled(f"t{number}-{place}", saying.format(tool), tool, "CUTTING_TOOL")
        for number, tool in enumerate(TOOLS)
        for place, saying in enumerate(SAYINGS)
    ]


def _labelled(name: str, text: str, surface: str, label: str) -> Labelled:
    start = text.index(surface)
    return Labelled(name, text, (Entity(start, start + len(surface), label, surface),))


def _file(folder: Path, texts: Sequence[Labelled]) -> Path:
    path = folder / "labelled.jsonl"
    path.write_text(written(texts), "utf-8")
    return path


@pytest.fixture(scope="module")
def labels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _file(tmp_path_factory.mktemp("labels"), _tools())


@pytest.fixture(scope="module")
def trained(labels: Path) -> Trained:
    return train(labels, labels.parent / "model", model=chosen_model(), epochs=8)


def _found(text: str, model: Model) -> list[tuple[str, str]]:
    [read] = extracted([Labelled("x", text)], model=model)
    return [(one.label, text[one.start : one.end]) for one in read.entities]


def test_what_the_labels_show_is_found_in_another_text_after_training_and_not_before(
    trained: Trained,
) -> None:
    assert ("CUTTING_TOOL", "snorkel") not in _found(UNSEEN, chosen_model())
    assert ("CUTTING_TOOL", "snorkel") in _found(UNSEEN, trained.model)


def test_figures_before_and_after_are_of_the_fifth_kept_aside(trained: Trained) -> None:
    before, after = (one.of("entities").counts for one in (trained.before, trained.after))

    assert (trained.texts, trained.aside) == (26, 6)
    assert (before.right, before.missed) == (0, 6)
    assert after.right + after.missed == 6
    assert after.f1 > 0.5
    assert any("CUTTING_TOOL" in one and "spelt" in one for one in trained.notes)


def test_the_model_keeps_what_it_knew(trained: Trained) -> None:
    text = "They moved from Germany to Chicago in March."
    named = [
        {(one.text, one.label_) for one in load_model(model)(text).ents}
        for model in (chosen_model(), trained.model)
    ]

    assert named[0] == named[1]
    assert ("Chicago", "GPE") in named[1]


def test_the_model_says_what_it_was_made_of(trained: Trained, labels: Path) -> None:
    assert trained.model.folder
    said = json.loads((trained.model.folder / "meta.json").read_text("utf-8"))
    base = chosen_model()

    assert (said["name"], said["version"]) == (trained.model.name, trained.model.version)
    assert said["graphkit"] == {
        "labels": {"CUTTING_TOOL": "CUTTING_TOOL"},
        "texts": 26,
        "labels_sha256": hashlib.sha256(labels.read_bytes()).hexdigest(),
        "base": {"name": base.name, "version": base.version},
        "seed": 0,
    }


def test_a_trained_folder_is_chosen_by_its_path(trained: Trained) -> None:
    chosen = chosen_model(str(trained.model.folder))

    assert chosen == trained.model
    assert (chosen.name, chosen.origin) == ("model", "trained here on 26 texts")


def test_the_same_seed_gives_the_same_weights_and_another_draws_others(
    labels: Path, tmp_path: Path
) -> None:
    once, again, _ = (
        train(labels, tmp_path / name, model=chosen_model(), seed=seed, epochs=2)
        for name, seed in (("once", 0), ("again", 0), ("other", 1))
    )

    weights = [
        (tmp_path / name / "ner" / "model").read_bytes() for name in ("once", "again", "other")
    ]
    assert weights[0] == weights[1] != weights[2]
    assert again.after.of("entities") == once.after.of("entities")


def test_companies_and_people_of_shapes_that_rules_do_not_know_are_found(tmp_path: Path) -> None:
    firms = ("grindalot", "boltmonger", "latheworld", "millhappy", "chipnest", "borewell")
    texts = [
        _labelled(f"c{at}-{firm}", f"{start} {firm} {end}", firm, "COMPANY")
        for firm in firms
        for at, (start, end) in enumerate(
            (
                ("quoted", "for the brackets"),
                ("invoice from", "came in"),
                ("order for", "ships soon"),
                ("drove to", "with samples"),
                ("the folks at", "like our work"),
            )
        )
    ]
    made = train(_file(tmp_path, texts), tmp_path / "firms", model=chosen_model(), epochs=10)
    text = "invoice from toolbarn came in"

    assert ("COMPANY", "toolbarn") not in _found(text, chosen_model())
    assert ("COMPANY", "toolbarn") in _found(text, made.model)


def test_names_can_be_learned_without_any_model(labels: Path, tmp_path: Path) -> None:
    made = train(labels, tmp_path / "fresh", model=chosen_model("rules"), epochs=30)
    text = "they say the zorbit is back from repair"

    assert ("CUTTING_TOOL", "zorbit") not in _found(text, chosen_model("rules"))
    assert ("CUTTING_TOOL", "zorbit") in _found(text, made.model)


def test_a_text_that_stands_there_twice_is_not_learned_from_and_judged_by(tmp_path: Path) -> None:
    made = train(_file(tmp_path, _tools() * 2), tmp_path / "m", model=chosen_model(), epochs=1)

    assert made.texts + made.aside == len(_tools())


def test_too_few_texts_are_refused_with_how_many_there_are(tmp_path: Path) -> None:
    path = _file(tmp_path, [*_tools()[: LEAST_TEXTS - 1], Labelled("n", "nothing named")])

    with pytest.raises(UsageError, match=f"{LEAST_TEXTS - 1} different texts"):
        train(path, tmp_path / "model", model=chosen_model())
    assert not (tmp_path / "model").exists()


def test_labels_that_fit_no_words_are_refused_and_single_ones_told(tmp_path: Path) -> None:
    texts = _tools()
    cut = [
        Labelled(one.id, one.text, tuple(each._replace(end=each.end - 1) for each in one.entities))
        for one in texts
    ]

    with pytest.raises(UsageError, match="no label begins and ends where a word does, such as '"):
        train(_file(tmp_path, cut), tmp_path / "model", model=chosen_model())
    assert not (tmp_path / "model").exists()

    made = train(
        _file(tmp_path, [*cut[:4], *texts[4:]]), tmp_path / "model", model=chosen_model(), epochs=1
    )
    assert any("words begin or end elsewhere" in one for one in made.notes)


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("ORG", "ORG is called COMPANY here"),
        ("cutting tool", "'cutting tool' cannot be a label"),
        ("", "'' cannot be a label"),
        ("MATERIAL", "no names are labelled, only MATERIAL"),
    ],
)
def test_labels_that_cannot_be_learned_are_named(label: str, said: str, tmp_path: Path) -> None:
    texts = [
        Labelled(one.id, one.text, tuple(each._replace(label=label) for each in one.entities))
        for one in _tools()
    ]

    with pytest.raises(UsageError, match=said):
        train(_file(tmp_path, texts), tmp_path / "model", model=chosen_model())


def test_a_folder_of_something_else_is_not_replaced(labels: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_text("keep", "utf-8")

    with pytest.raises(UsageError, match="no model trained here"):
        train(labels, tmp_path / "letters", model=chosen_model())
    assert [one.name for one in tmp_path.rglob("*")] == ["letters", "mine.txt"]


def test_a_model_that_was_trained_before_is_replaced_and_nothing_else_is_left(
    trained: Trained, labels: Path, tmp_path: Path
) -> None:
    assert trained.model.folder
    shutil.copytree(trained.model.folder, tmp_path / "model")
    train(labels, tmp_path / "model", model=chosen_model(), seed=2, epochs=1)

    said = json.loads((tmp_path / "model" / "meta.json").read_text("utf-8"))
    assert said["graphkit"]["seed"] == 2
    assert [one.name for one in tmp_path.iterdir()] == ["model"]


def test_a_folder_without_a_trained_model_and_a_damaged_one_are_told_apart(
    trained: Trained, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableError, match="no model that was trained here"):
        chosen_model(str(tmp_path))

    assert trained.model.folder
    shutil.copytree(trained.model.folder, tmp_path / "model")
    (tmp_path / "model" / "ner" / "model").write_bytes(b"half")
    with pytest.raises(UnreadableError, match="damaged"):
        load_model(chosen_model(str(tmp_path / "model")))


def test_the_command_trains_shows_both_figures_and_the_others_read_with_it(
    graphkit: Run, labels: Path, tmp_path: Path
) -> None:
    done = graphkit("nlp", "train", labels, "--into", tmp_path / "shop", "--json")
    told = json.loads(done.out)

    assert done.code == 0
    assert told["texts"] == 26
    assert {one["reading"] for one in told["data"]} == {"before", "after"}
    [info, *_] = json.loads(graphkit("nlp", "info", "--model", tmp_path / "shop", "--json").out)[
        "data"
    ]
    assert (info["name"], info["origin"]) == ("shop", "trained here on 26 texts")
    shown = json.loads(graphkit("nlp", "show", UNSEEN, "--model", tmp_path / "shop", "--json").out)
    assert "CUTTING_TOOL" in {one["label"] for one in shown["entities"]}
    [all_names, *_] = json.loads(
        graphkit("nlp", "evaluate", labels, "--model", tmp_path / "shop", "--json").out
    )["data"]
    assert all_names["recall"] > 0.5
