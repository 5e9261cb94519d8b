"""Tolerances in what is written about order lines. Needs spaCy, but no language model."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from graphkit.batch import Batch
from graphkit.plugins import Known, enricher
from graphkit.schema import Mentions, Value
from nlp.components.document import READING_VERSION, Context
from nlp.lexicon_files import lexicon_version
from nlp.model import unavailable

if TYPE_CHECKING:
    from spacy.language import Language

_LABEL: Final = "TOLERANCE"


@enricher(
    "tolerances",
    version=lambda: f"{READING_VERSION} {lexicon_version()}",
    unavailable=unavailable,
)
def read(texts: pd.DataFrame, known: Known) -> Iterator[Batch]:  # noqa: ARG001 - as every enricher
    """Mentions of tolerances in the notes of order lines; the same words are read once.

    Args:
        texts: Every text to read, with the columns that an Enricher gets.
        known: What the shop knows by name; not needed here.
    """
    lines = texts[(texts["kind"] == "OrderLine") & texts["on"].notna()].reset_index(drop=True)
    if lines.empty:
        return
    found = tolerances_in(list(dict.fromkeys(lines["text"])))
    if found.empty:
        return
    rows = found.merge(lines[["id", "on", "text", "file_id", "row"]], on="text")
    names = found["canonical"].drop_duplicates()
    yield Batch.of(
        Value, {"id": _LABEL + ":" + names, "entity": [_LABEL] * len(names), "name": names}
    )
    yield Batch.of(
        Mentions,
        rows.drop(columns=["id", "text"]).assign(
            from_id=rows["id"],
            from_type="OrderLine",
            to_id=_LABEL + ":" + rows["canonical"],
            to_type="Value",
            entity=_LABEL,
        ),
    )


def tolerances_in(texts: list[str]) -> pd.DataFrame:
    """The tolerances that texts state, one row each with its text; `value` is half the band in mm.

    Args:
        texts: Distinct texts.
    """
    # spaCy takes half a second to import, which no command without texts should wait for.
    from nlp.components.pipeline import read_all  # noqa: PLC0415 - see above

    found = []
    for text, (clean, reading) in zip(
        texts,
        read_all(_pipeline(lexicon_version()), [(text, Context()) for text in texts]),
        strict=True,
    ):
        for one in reading.mentions:
            if one.value is None or one.upper is None or one.upper <= one.value:
                continue  # an ISO fit has no width of its own
            start, end = clean.span(one.start, one.end)
            first, last = clean.span(*reading.sentence_at(one.start))
            found.append(
                {
                    "text": text,
                    "start": start,
                    "end": end,
                    "canonical": one.canonical,
                    "value": round((one.upper - one.value) / 2, 6),
                    "sentence": text[first:last],
                    "polarity": one.polarity,
                    "confidence": one.confidence,
                    "component": one.component,
                }
            )
    return pd.DataFrame(found, columns=[*_COLUMNS])


@lru_cache(maxsize=1)
def _pipeline(lexicons: str) -> "Language":  # noqa: ARG001 - that it is made anew when they change
    """The pipeline, made once a version of the lexicons: that takes longer than a few notes."""
    from nlp.components.pipeline import build_tolerances  # noqa: PLC0415 - as in `tolerances_in`

    return build_tolerances()


_COLUMNS: Final = (
    "text",
    "start",
    "end",
    "canonical",
    "value",
    "sentence",
    "polarity",
    "confidence",
    "component",
)
