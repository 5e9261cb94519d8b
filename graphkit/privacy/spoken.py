"""What texts call the people that they mention."""

from collections.abc import Iterator, Mapping

import pandas as pd

from graphkit.schema import Entity, Note, OrderLine, Post, Project
from graphkit.store.base import GraphStore

TEXTS: Mapping[type[Entity], str] = {
    Note: "text",
    Post: "text",
    Project: "description",
    OrderLine: "note",
}
"""The column in which each type has the text that mentions are stretches of."""


def spoken(store: GraphStore, mentions: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """The text of each mention, and the words that stand there, such as only a first name.

    Args:
        store: A store to read.
        mentions: Rows of schema.Mentions, with from_id, start and end.
    """
    wanted = mentions["from_id"].tolist()
    for entity, column in TEXTS.items():
        rows = store.read(entity, ["id", column], where=("id", wanted))
        texts = dict(zip(rows["id"], rows[column].fillna(""), strict=True))
        for key, start, end in mentions[["from_id", "start", "end"]].itertuples(index=False):
            if words := texts.get(key, "")[start:end]:
                yield key, words
