"""Notes, posts and project descriptions into mentions and facts. Needs spaCy."""

from collections.abc import Iterator

import pandas as pd

from graphkit.batch import Batch
from graphkit.plugins import Known, enricher
from nlp.batches import batches
from nlp.components.document import READING_VERSION
from nlp.lexicon_files import lexicon_version
from nlp.model import chosen_model, unavailable
from nlp.reader import read_texts
from nlp.topics import assigned_topics

_KINDS = ("Note", "Post", "Project")


def _version() -> str:
    model = chosen_model()
    return f"{READING_VERSION} {model.name} {model.version} {lexicon_version()}"


def _warning() -> str:
    return chosen_model().warning


@enricher("texts", version=_version, unavailable=unavailable, warning=_warning)
def read(texts: pd.DataFrame, known: Known) -> Iterator[Batch]:
    """Mentions and facts of notes, posts and projects.

    Args:
        texts: Every text to read, with the columns that an Enricher gets; mails and pages
            among them say which topics the shop writes about.
        known: What the shop knows by name.
    """
    own = texts[texts["kind"].isin(_KINDS)].reset_index(drop=True)
    if own.empty:
        return
    company_of = known.companies.drop_duplicates("account").set_index("account")["company"]
    frame = pd.DataFrame(
        {
            "id": own["id"],
            "kind": own["kind"].str.lower(),
            "date": own["on"],
            "text": own["text"],
            "account": own["account"].map(company_of),
            "author": own["author"],
        }
    )
    pairs = known.companies[["company", "name"]].drop_duplicates()
    topics = {name for name in assigned_topics(texts).values() if name is not None}
    facts = read_texts(
        frame,
        zip(pairs["company"], pairs["name"], strict=True),
        _people(known),
        topics=sorted(topics),
    )
    yield from batches(own, known, facts)


def _people(known: Known) -> list[tuple[str, str, str]]:
    """Contacts with their company, then our own people with none."""
    # A contact without a company is not one of us: "?" is nobody's company.
    company = known.people["company"].fillna("?")
    contacts = zip(known.people["id"], known.people["name"], company, strict=True)
    ours = zip(known.employees["id"], known.employees["name"], strict=True)
    return [*contacts, *((node, name, "") for node, name in ours)]
