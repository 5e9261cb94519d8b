"""Topics of mails and pages. Needs no spaCy."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from graphkit.batch import Batch
from graphkit.plugins import Known, enricher
from graphkit.schema import HasTopic, Topic
from nlp.lexicon_files import lexicon_version
from nlp.topics import assigned_topics, topic_id

VERSION: Final = "1"


@enricher("topics", version=lambda: f"{VERSION} {lexicon_version()}")
def read(texts: pd.DataFrame, known: Known) -> Iterator[Batch]:  # noqa: ARG001 - as every enricher
    """Topics and which mail or page is about which; those without a topic have no row.

    Args:
        texts: Every text to read, with the columns that an Enricher gets.
        known: What the shop knows by name; not needed here.
    """
    found = {one: name for one, name in assigned_topics(texts).items() if name is not None}
    rows = texts[texts["id"].isin(list(found))]
    rows = rows[rows["kind"].isin(["Campaign", "Page"])].reset_index(drop=True)
    names = rows["id"].map(found)
    ids = names.map(topic_id)
    yield Batch.of(Topic, pd.DataFrame({"id": ids, "name": names}).drop_duplicates("id"))
    yield Batch.of(
        HasTopic,
        {
            "from_id": rows["id"],
            "from_type": rows["kind"],
            "to_id": ids,
            "component": [f"graphkit_topics/{VERSION}"] * len(rows),
            "file_id": rows["file_id"],
            "row": rows["row"],
        },
    )
