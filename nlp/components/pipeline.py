"""The components put together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nlp.components import (
    assertion,
    companies,
    contacts,
    dates,
    given,
    lexicon,
    new_methods,
    people,
    quantities,
    relations,
    sentences,
    shows,
    signals,
    taught,
    topic_mentions,
)
from nlp.components.document import Context, Reading, reading
from nlp.components.normalise import Clean, normalise
from nlp.lexicon_files import lexicon_version
from nlp.model import TRAINED, Model, load_model

# Importing a module registers its factory with spaCy.
_REGISTERED: Final = (
    sentences,
    given,
    quantities,
    contacts,
    dates,
    lexicon,
    new_methods,
    shows,
    companies,
    people,
    taught,
    topic_mentions,
    assertion,
    relations,
    signals,
)
LONGEST_TEXT: Final = 20_000
"""Characters of a text that are read; notes are a few hundred, a pasted mail thread thousands."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the shop knows by name.

    Attributes:
        companies: Id and name, one pair a spelling.
        people: Id, name and company id; the company is empty for our own employees.
        topics: Topics of the shop's mails and pages.
        lexicons: Folder of the shop's own lexicon files; None for none.
    """

    companies: tuple[tuple[str, str], ...] = ()
    people: tuple[tuple[str, str, str], ...] = ()
    topics: tuple[str, ...] = ()
    lexicons: str | None = None


def build(model: Model, known: Known) -> Language:
    """A pipeline that reads texts.

    Args:
        model: Finds names that no list has.
        known: What the shop knows by name.
    """
    nlp = load_model(model)
    folder = {"folder": known.lexicons}
    nlp.add_pipe("graphkit_sentences", first=True)
    nlp.add_pipe("graphkit_quantities")
    nlp.add_pipe("graphkit_lexicon", config=folder)
    nlp.add_pipe("graphkit_new_methods")
    nlp.add_pipe("graphkit_shows", config=folder)
    nlp.add_pipe("graphkit_dates")
    nlp.add_pipe("graphkit_contacts")
    nlp.add_pipe("graphkit_companies", config={"known": [list(one) for one in known.companies]})
    nlp.add_pipe("graphkit_people", config={"known": [list(one) for one in known.people]})
    learned = nlp.meta.get(TRAINED, {})
    nlp.add_pipe("graphkit_taught", config={"labels": learned.get("labels", {})})
    nlp.add_pipe("graphkit_topics", config={"topics": list(known.topics)} | folder)
    nlp.add_pipe("graphkit_assertion", config=folder)
    nlp.add_pipe("graphkit_relations", config=folder)
    nlp.add_pipe("graphkit_signals", config=folder)
    nlp.meta["graphkit_lexicons"] = lexicon_version(known.lexicons)
    return nlp


def build_given(lexicons: str | None = None, *, guess: bool = True) -> Language:
    """A pipeline that finds what is said of mentions that its texts come with; needs no model.

    Args:
        lexicons: Folder of the shop's own lexicon files.
        guess: Whether signals are also read by their wording (see `signal_model`).
    """
    nlp = spacy.blank("en")
    folder = {"folder": lexicons}
    nlp.add_pipe("graphkit_sentences")
    nlp.add_pipe("graphkit_given")
    nlp.add_pipe("graphkit_assertion", config=folder)
    nlp.add_pipe("graphkit_relations", config=folder)
    nlp.add_pipe("graphkit_signals", config={**folder, "guess": guess})
    return nlp


def build_tolerances() -> Language:
    """A pipeline that finds nothing but tolerances, and how each is meant; needs no model."""
    nlp = spacy.blank("en")
    nlp.add_pipe("graphkit_sentences")
    nlp.add_pipe("graphkit_quantities", config={"labels": ["TOLERANCE"]})
    nlp.add_pipe("graphkit_assertion")
    return nlp


def read_all(
    nlp: Language, texts: Sequence[tuple[str, Context]]
) -> Iterator[tuple[Clean, Reading]]:
    """The reading of each text, with the way back to the text as stored.

    Args:
        nlp: A pipeline of `build`.
        texts: Texts with what is known of each.
    """
    cleaned = [normalise(text[:LONGEST_TEXT]) for text, _ in texts]
    docs = (
        _prepared(nlp, clean, context) for clean, (_, context) in zip(cleaned, texts, strict=True)
    )
    for clean, doc in zip(cleaned, nlp.pipe(docs, batch_size=256), strict=True):
        yield clean, reading(doc)


def _prepared(nlp: Language, clean: Clean, context: Context) -> Doc:
    doc = nlp.make_doc(clean.text)
    given = []
    for one in context.given:
        start, end = clean.place(one.start), clean.place(one.end - 1) + 1
        given.append(replace(one, start=start, end=end))
    reading(doc).context = replace(context, given=tuple(given))
    return doc
