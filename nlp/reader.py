"""Notes, posts and descriptions as facts with evidence."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from nlp.components.document import ACCOUNT, US, Context, Mention, Reading, Relation, Signal
from nlp.components.normalise import Clean
from nlp.model import Model, chosen_model

MENTION_COLUMNS: Final = (
    "text_id",
    "number",
    "start",
    "end",
    "label",
    "canonical",
    "node",
    "component",
    "confidence",
    "polarity",
    "sentence",
    "value",
    "upper",
    "unit",
)
RELATION_COLUMNS: Final = (
    "text_id",
    "head",
    "type",
    "tail",
    "polarity",
    "sentence",
    "start",
    "end",
    "confidence",
)
SIGNAL_COLUMNS: Final = (
    "text_id",
    "head",
    "name",
    "polarity",
    "sentence",
    "start",
    "end",
    "confidence",
    "component",
)
_TEXT_COLUMNS: Final = ("id", "kind", "date", "text", "account", "author")


@dataclass(frozen=True, slots=True)
class Facts:
    """What texts say.

    Attributes:
        mentions: One row a mention, with the columns of MENTION_COLUMNS; `number` counts within the
            text, `start` and `end` are characters of the text as stored, `node` is the id of a
            known company or person. Topics come last and may share a stretch with another mention.
        relations: One row a relation, with the columns of RELATION_COLUMNS; `head` and `tail` are
            numbers of mentions, or US (-1, the shop) or ACCOUNT (-2, the text's account).
        signals: One row a signal, with the columns of SIGNAL_COLUMNS; `head` as in relations.
        model: The model that read them.
    """

    mentions: pd.DataFrame
    relations: pd.DataFrame
    signals: pd.DataFrame
    model: Model


def read_texts(
    frame: pd.DataFrame,
    companies: Iterable[tuple[str, str]] = (),
    people: Iterable[tuple[str, str, str]] = (),
    *,
    topics: Iterable[str] = (),
    lexicons: str | None = None,
    model: str | None = None,
) -> Facts:
    """What texts say, as mentions and relations with their evidence.

    Args:
        frame: Columns id, kind (note, post or project), date, text, account (id of the company that
            posted it or that it is filed under) and author; account and author may be empty.
        companies: Id and name of the companies the shop knows, one pair a spelling.
        people: Id, name and company id of contacts; the company is "" for our own employees.
        topics: Topics of the shop's mails and pages.
        lexicons: Folder of the shop's own lexicon files.
        model: Language model; None for the best that is installed, "rules" for none.

    Returns:
        Facts in the order of the texts.

    Raises:
        UnknownNameError: That model is not installed.
        UnreadableError: A lexicon file is not TOML.
    """
    # spaCy takes half a second to import, which no command without texts should wait for.
    from nlp.components.pipeline import Known, build, read_all  # noqa: PLC0415 - see above

    chosen = chosen_model(model)
    known: Known = Known(tuple(companies), tuple(people), tuple(topics), lexicons)
    texts = [
        _with_context(row) for row in frame.loc[:, list(_TEXT_COLUMNS)].itertuples(index=False)
    ]
    mentions: list[dict[str, Any]] = []
    relations: list[dict[str, Any]] = []
    signals: list[dict[str, Any]] = []
    for (text, context), (clean, read) in zip(
        texts, read_all(build(chosen, known), texts), strict=True
    ):
        mentions += _mention_rows(text, context, clean, read)
        relations += [_relation_row(text, context, clean, read, one) for one in read.relations]
        signals += [_signal_row(text, context, clean, read, one) for one in read.signals]
    return Facts(
        pd.DataFrame(mentions, columns=list(MENTION_COLUMNS)),
        pd.DataFrame(relations, columns=list(RELATION_COLUMNS)),
        pd.DataFrame(signals, columns=list(SIGNAL_COLUMNS)),
        chosen,
    )


def _with_context(row: Any) -> tuple[str, Context]:
    def text_or_none(value: object) -> str | None:
        return str(value) if isinstance(value, str) and value else None

    date = row.date if isinstance(row.date, dt.date) else None
    context = Context(
        id=str(row.id),
        kind=str(row.kind).lower(),
        date=date.date() if isinstance(date, dt.datetime) else date,
        account=text_or_none(row.account),
        author=text_or_none(row.author),
    )
    return text_or_none(row.text) or "", context


def _mention_rows(text: str, context: Context, clean: Clean, read: Reading) -> list[dict[str, Any]]:
    return [
        _mention_row(text, context, clean, read, numbered)
        for numbered in enumerate([*read.mentions, *read.topics])
    ]


def _mention_row(
    text: str, context: Context, clean: Clean, read: Reading, numbered: tuple[int, Mention]
) -> dict[str, Any]:
    number, one = numbered
    return _evidence(text, context, clean, read, one) | {
        "number": number,
        "label": one.label,
        "canonical": one.canonical,
        "node": one.node,
        "component": one.component,
        "value": one.value,
        "upper": one.upper,
        "unit": one.unit,
    }


def _relation_row(
    text: str, context: Context, clean: Clean, read: Reading, one: Relation
) -> dict[str, Any]:
    return _evidence(text, context, clean, read, one) | {
        "head": one.head,
        "type": one.label,
        "tail": one.tail,
    }


def _signal_row(
    text: str, context: Context, clean: Clean, read: Reading, one: Signal
) -> dict[str, Any]:
    return _evidence(text, context, clean, read, one) | {
        "head": one.head,
        "name": one.name,
        "component": one.component,
    }


def _evidence(
    text: str, context: Context, clean: Clean, read: Reading, one: Mention | Relation | Signal
) -> dict[str, Any]:
    """Where a text says something, in which sentence, how it is meant, and how sure that is."""
    start, end = clean.span(one.start, one.end)
    first, last = clean.span(*read.sentence_at(one.start))
    return {
        "text_id": context.id,
        "start": start,
        "end": end,
        "sentence": text[first:last],
        "polarity": one.polarity,
        "confidence": one.confidence,
    }


__all__ = ["ACCOUNT", "US", "Facts", "read_texts"]
