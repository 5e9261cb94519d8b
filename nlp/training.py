"""A language model that has learned names from a shop's own labelled texts.

The names that a model is asked for are learned: companies, people, and labels that the shop made
up. What is read by its form or with a lexicon is not; words for that go into the lexicon files.
A fifth of the texts is kept aside: it says when to stop, and how well texts are read before and
after.
"""

import hashlib
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkit.errors import UsageError
from nlp.extract import extracted
from nlp.labelled import Labelled, labelled_texts
from nlp.model import TRAINED, Model, trained_model
from nlp.model_folder import check_place, written_whole
from nlp.scoring import PATTERN_LABELS, Scores, scored
from nlp.teaching import NAMES, Course, taught

if TYPE_CHECKING:
    from spacy.language import Language

READ_BY_RULES: Final = frozenset(
    {*PATTERN_LABELS, "DATE", "MACHINE", "INDUSTRY", "PROJECT", "PART", "CONTACT"}
)
LEAST_TEXTS: Final = 20
"""With names to learn; fewer tell more about themselves than about the next text."""
EPOCHS: Final = 30
_ASIDE: Final = 5
_LABEL: Final = re.compile(r"[A-Z][A-Z0-9_]*")


@dataclass(frozen=True, slots=True)
class Trained:
    """A model that was trained, and how well texts are read without it and with it.

    Attributes:
        model: The model, in its folder.
        texts: How many texts it learned from.
        aside: How many were kept aside.
        labels: What it learned.
        before: How well the texts kept aside are read with the model it started from.
        after: The same with the trained one.
        notes: What of the labels was not learned and why, and what else to mind.
    """

    model: Model
    texts: int
    aside: int
    labels: tuple[str, ...]
    before: Scores
    after: Scores
    notes: tuple[str, ...]


def train(
    path: Path,
    folder: Path,
    *,
    model: Model,
    companies: Sequence[str] = (),
    seed: int = 0,
    epochs: int = EPOCHS,
) -> Trained:
    """Train a model on labelled texts, and write it when it is complete.

    Args:
        path: Labelled texts.
        folder: Where the model will be; a model that was trained there before is replaced.
        model: The model to start from.
        companies: Names on the shop's list, for reading before and after.
        seed: Draws the texts kept aside, and orders the others.
        epochs: How often to go through the texts at most.

    Raises:
        UnreadableError: The file holds no labelled texts, or something else is in that folder.
        UsageError: There is too little to learn from, or a label is not usable.
    """
    check_place(folder)
    truth = labelled_texts(path)
    labels, notes = _learnable(truth, path)
    wanted = [_only(one, labels) for one in truth]
    learned, aside = _parted(wanted, path, seed)
    before = scored(aside, _names(aside, model, companies, labels))

    nlp, lost = taught(learned, aside, Course(model, labels, seed, epochs))
    if lost:
        notes.append(f"Left out, since words begin or end elsewhere: {_some(lost)}.")
    _describe(nlp, folder.resolve().name, Course(model, labels, seed, epochs), path, len(learned))
    with written_whole(folder, nlp.to_disk) as part:
        after = scored(aside, _names(aside, trained_model(part), companies, labels))
    figures = [one.of("entities").counts.f1 for one in (before, after)]
    if not figures[1] > figures[0]:
        notes.append(
            "Texts are read no better with this model than without it: label more texts, or "
            "read on without it."
        )
    return Trained(
        trained_model(folder), len(learned), len(aside), labels, before, after, tuple(notes)
    )


def _describe(nlp: "Language", name: str, course: Course, path: Path, texts: int) -> None:
    """Say in the model itself what it was made of."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    nlp.meta["name"] = name
    nlp.meta["version"] = f"{course.model.version.partition('+')[0]}+{digest[:8]}"
    nlp.meta[TRAINED] = {
        "labels": {NAMES.get(one, one): one for one in course.labels},
        "texts": texts,
        "labels_sha256": digest,
        "base": {"name": course.model.name, "version": course.model.version},
        "seed": course.seed,
    }


def _some(places: Sequence[str]) -> str:
    shown = 3
    more = f" and {len(places) - shown} more" if len(places) > shown else ""
    return f"{', '.join(places[:shown])}{more}"


def _learnable(truth: Sequence[Labelled], path: Path) -> tuple[tuple[str, ...], list[str]]:
    """The labels to learn, and what to say of the others."""
    counts = Counter(one.label for text in truth for one in text.entities)
    wrong = [one for one in counts if not isinstance(one, str) or not _LABEL.fullmatch(one)]
    if wrong:
        raise UsageError(
            f"{wrong[0]!r} cannot be a label",
            where=str(path),
            next_step="labels of capitals, digits and _, such as COMPANY or CUTTING_TOOL",
        )
    if "ORG" in counts:
        raise UsageError(
            "ORG is called COMPANY here", where=str(path), next_step='the label "COMPANY"'
        )
    labels = tuple(sorted(set(counts) - READ_BY_RULES))
    if not labels:
        raise UsageError(
            f"no names are labelled, only {', '.join(sorted(counts)) or 'nothing'}",
            where=str(path),
            next_step="label names as COMPANY, PERSON, or with a label of your own",
        )
    notes = []
    if known := sorted(set(counts) & READ_BY_RULES):
        notes.append(
            f"Not learned, since rules and lexicon files read it: {', '.join(known)}. "
            "Add what they miss to the lexicon files."
        )
    if own := sorted(set(labels) - NAMES.keys()):
        notes.append(
            f"Not among the labels that graphkit knows: {', '.join(own)}. It is found and shown, "
            "but no fact is made of it. Is it spelt right?"
        )
    return labels, notes


def _only(text: Labelled, labels: Sequence[str]) -> Labelled:
    entities = tuple(one for one in text.entities if one.label in labels)
    return replace(text, entities=entities, facts=())


def _parted(
    texts: Sequence[Labelled], path: Path, seed: int
) -> tuple[list[Labelled], list[Labelled]]:
    """Texts to learn from and texts kept aside: a fifth of those with names, and of the others."""
    # A text that stands there twice must not be learned from and judged by.
    once = list({one.text: one for one in texts}.values())
    named = [one for one in once if one.entities]
    if len(named) < LEAST_TEXTS:
        raise UsageError(
            f"{len(named)} different texts name something to learn; at least {LEAST_TEXTS} "
            "are needed, and some hundreds are better",
            where=str(path),
            next_step="label more texts",
        )
    draw = random.Random(seed)  # noqa: S311 - no secret
    learned, aside = [], []
    for group in (named, [one for one in once if not one.entities]):
        draw.shuffle(group)
        kept = len(group) // _ASIDE
        aside += group[:kept]
        learned += group[kept:]
    return learned, aside


def _names(
    texts: Sequence[Labelled], model: Model, companies: Sequence[str], labels: Sequence[str]
) -> list[Labelled]:
    return [_only(one, labels) for one in extracted(texts, model=model, companies=companies)]
