"""What `graphkit nlp` offers: texts read, shown and judged apart from any store."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from graphkit.plugins import TEXT_READERS, TextReader, TextToShow
from nlp.extract import extracted, related, shown
from nlp.labelled import Labelled, labelled_texts
from nlp.materials import Families
from nlp.model import Model, chosen_model, installed_models, unavailable
from nlp.scoring import Score, Scores, scored
from nlp.training import train


def _models(name: str) -> list[dict[str, object]]:
    chosen = chosen_model(name or None)
    listed = [one for one in installed_models() if one.name != chosen.name]
    return [{**_model(one), "chosen": one is chosen} for one in (chosen, *listed)]


def _model(one: Model) -> dict[str, object]:
    return {key: value for key, value in asdict(one).items() if key != "folder"}


def _extract(path: Path, companies: Sequence[str], model: str) -> Iterator[str]:
    texts = labelled_texts(path)
    for one in extracted(texts, model=chosen_model(model or None), companies=companies):
        yield one.as_json()


def _show(text: TextToShow, companies: Sequence[str], model: str) -> dict[str, object]:
    written = Labelled("text", text.text, (), (), text.kind, text.date, text.account)
    read, sure = shown(written, model=chosen_model(model or None), companies=companies)
    families = Families()
    entities = [
        {**one._asdict(), "kind_of": families.of(one.canonical) if one.label == "MATERIAL" else []}
        for one in read.entities
    ]
    relations = [[*one, round(sure[one], 2)] for one in read.facts]
    return {"text": text.text, "entities": entities, "relations": relations}


def _page(shown: Mapping[str, object]) -> str:
    from spacy import displacy  # noqa: PLC0415 - spaCy is slow to import

    entities = cast("list[dict[str, Any]]", shown["entities"])
    marked = {"text": shown["text"], "ents": entities, "title": None}
    return str(displacy.render(marked, style="ent", manual=True, page=True, jupyter=False))


def _evaluate(path: Path, companies: Sequence[str], model: str) -> list[dict[str, object]]:
    truth = labelled_texts(path)
    found = extracted(truth, model=chosen_model(model or None), companies=companies)
    scores = scored(truth, found, given=related(truth), customers=frozenset(companies))
    return _rows(scores)


def _rows(scores: Scores) -> list[dict[str, object]]:
    rows = [{"measure": one.measure, **_row(one)} for one in scores.scores]
    meant = scores.polarity
    nothing = dict.fromkeys(("missed", "precision", "recall", "f1", "low", "high"))
    return [
        *rows,
        {
            "measure": "polarity of facts found",
            "label": "all",
            "right": meant.right,
            "wrong": meant.wrong,
            **nothing,
        },
        {
            "measure": "negated or hedged",
            "label": "asserted",
            "right": meant.denied - meant.asserted,
            "wrong": meant.asserted,
            **nothing,
        },
    ]


def _row(one: Score) -> dict[str, object]:
    return {
        "label": one.label,
        "right": one.counts.right,
        "wrong": one.counts.wrong,
        "missed": one.counts.missed,
        "precision": _rounded(one.counts.precision),
        "recall": _rounded(one.counts.recall),
        "f1": _rounded(one.counts.f1),
        "low": _rounded(one.low),
        "high": _rounded(one.high),
    }


def _train(
    path: Path, folder: Path, companies: Sequence[str], model: str, seed: int
) -> dict[str, object]:
    base = chosen_model(model or None)
    made = train(path, folder, model=base, companies=companies, seed=seed)
    scores = [
        {"reading": when, **_row(one)}
        for when, reading in (("before", made.before), ("after", made.after))
        for one in reading.scores
        if one.measure == "entities"
    ]
    started = f"{base.name} {base.version}"
    return {
        "scores": scores,
        "model": {**_model(made.model), "folder": str(folder), "started_from": started},
        "texts": made.texts,
        "aside": made.aside,
        "notes": [*made.notes],
    }


def _rounded(share: float) -> float | None:
    return None if share != share else round(share, 3)  # noqa: PLR0124 - not a number


TEXT_READERS["en"] = TextReader(
    "en",
    unavailable=unavailable,
    models=_models,
    extract=_extract,
    show=_show,
    page=_page,
    evaluate=_evaluate,
    train=_train,
)
