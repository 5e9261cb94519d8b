"""Mail activity that names its campaign by title: led to the campaign that has the title."""

import re
from collections.abc import Callable, Mapping

import pandas as pd

from graphkit.batch import Batch
from graphkit.schema import Campaign, Clicked, Opened, Relationship, SentTo
from graphkit.store.base import GraphStore

_ENDS: tuple[tuple[type[Relationship], str], ...] = (
    (Opened, "to_id"),
    (Clicked, "to_id"),
    (SentTo, "from_id"),
)
"""Types that link to a campaign, and the column with its id."""


def find_campaigns(store: GraphStore, *, run: int, say: Callable[[str], None]) -> None:
    """Lead opens, clicks and recipients to their campaign where only its title was known.

    Mailchimp's account export has one file a campaign and writes its title in the file's name, with
    dashes; the list of campaigns has ids and titles. Where two campaigns share a title nothing is
    guessed: what is said of either stays with neither.

    Args:
        store: The store, writable.
        run: The run that the changes belong to.
        say: Takes a line about what names no campaign that is loaded.
    """
    campaigns = store.read(Campaign, ["id", "title"])
    known = set(campaigns["id"])
    titled = _by_title(campaigns)
    lost = 0
    with store.transaction():
        for entity, end in _ENDS:
            named = store.read(entity, ["id", end])
            astray = named[~named[end].isin(known)]
            if astray.empty:
                continue
            there = {name: titled[_slug(name)] for name in astray[end] if _slug(name) in titled}
            found = astray[astray[end].isin(there)]
            rows = store.read(entity, where=("id", found["id"].tolist()))
            store.remove(entity, rows["id"].tolist())
            store.write(_led(entity, rows, {end: rows[end].map(there)}), run=run)
            lost += len(astray) - len(found)
    if lost:
        say(f"opens, clicks and recipients of a campaign that no loaded list has: {lost:,}")


def _led(entity: type[Relationship], rows: pd.DataFrame, ends: Mapping[str, pd.Series]) -> Batch:
    """The rows with another end; their ids follow from it."""
    return Batch.of(entity, rows.drop(columns=["id", "hash", "run"]).assign(**ends))


def _by_title(campaigns: pd.DataFrame) -> dict[str, str]:
    """Ids by instance and title as in a file's name; only titles that one campaign has."""
    slugs = [
        _slug(f"{ident.partition(':')[0]}:{title}")
        for ident, title in zip(campaigns["id"], campaigns["title"].fillna(""), strict=True)
    ]
    frame = pd.DataFrame({"slug": slugs, "id": campaigns["id"]}).drop_duplicates("slug", keep=False)
    return dict(zip(frame["slug"], frame["id"], strict=True))


def _slug(name: str) -> str:
    """An id or title of an instance as a file's name would write it.

    >>> _slug("mailchimp:Spring letter (1)"), _slug("mailchimp:spring-letter-1")
    ('mailchimp:spring-letter-1', 'mailchimp:spring-letter-1')
    """
    instance, _, title = name.partition(":")
    return instance + ":" + "-".join(re.findall(r"[^\W_]+", title.casefold()))
