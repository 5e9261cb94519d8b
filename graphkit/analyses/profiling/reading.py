"""What the people of a company read: counts by topic, and nobody's name."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from graphkit.analyses.measures.contacts import silent
from graphkit.analyses.profiling.sentences import Sentence
from graphkit.analyses.profiling.subject import Subject
from graphkit.analyses.wording import counted, listed
from graphkit.findings import sources_of
from graphkit.schema import Campaign, Clicked, HasTopic, Opened, Page, Person, Topic, Visited
from graphkit.snapshot import days_of

OPENS: Final = (
    "An open says little: some mail programs open everything. Clicks and visits say more."
)
_SHOWN: Final = 5
_KINDS: Final = (
    ("click", Clicked, Campaign, "at"),
    ("page view", Visited, Page, "on"),
    ("open", Opened, Campaign, "at"),
)


def reading(one: Subject) -> Iterator[Sentence]:
    """Clicks, page views and opens by topic, what was clicked and visited most first.

    Args:
        one: The company.
    """
    rows = _read(one)
    if rows.empty:
        there = any(not one.snap.frame(entity).empty for _, entity, _, _ in _KINDS)
        yield one.unknown("opens, clicks or page views", "Opened", others=there)
        return
    names = one.names(Topic)
    counts = rows.groupby(["topic", "kind"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=[kind for kind, *_ in _KINDS], fill_value=0)
    ranked = sorted(
        counts.index,
        key=lambda key: (
            -counts.loc[key, "click":"page view"].sum(),
            -counts.loc[key, "open"],
            key,
        ),
    )
    for topic in ranked[:_SHOWN]:
        some = rows[(rows["topic"] == topic).to_numpy(dtype=bool)]
        told = [counted(int(number), kind) for kind, number in counts.loc[topic].items() if number]
        people = some["person"].nunique()
        by = f" by {counted(people, 'contact')}" if people else ""
        last = f"{some['day'].max():%Y-%m-%d}"
        text = f"On {names.get(topic, topic)}: {listed(told)}{by}, last on {last}."
        yield Sentence(text, sources_of(some))
    yield from _opted_out(one, rows)


def _read(one: Subject) -> pd.DataFrame:
    """What it opened, clicked and visited, a row a topic."""
    about = one.snap.frame(HasTopic)[["from_id", "from_type", "to_id"]].rename(
        columns={"from_id": "about", "to_id": "topic"}
    )
    parts = []
    for kind, entity, what, day in _KINDS:
        rows = one.snap.frame(entity)
        company = rows.get("from_company", rows["from_id"].map(one.snap.employers))
        rows = one.of(rows.assign(company=company)).rename(columns={"to_id": "about"})
        by_somebody = pd.Series(what is Campaign, index=rows.index)  # a visit is only a company's
        rows = rows.assign(
            kind=kind, person=rows["from_id"].where(by_somebody), day=days_of(rows[day])
        )
        topics = about[(about["from_type"] == what.label).to_numpy(dtype=bool)]
        kept = ["about", "kind", "person", "day", "file_id", "row"]
        parts.append(rows[kept].merge(topics, on="about"))
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def _opted_out(one: Subject, rows: pd.DataFrame) -> Iterator[Sentence]:
    people = one.snap.frame(Person)
    out = people[people["id"].isin(silent(one.snap)).to_numpy(dtype=bool)]
    readers = out[out["id"].isin(set(rows["person"].dropna())).to_numpy(dtype=bool)]
    if len(readers):
        who = counted(len(readers), "contact")
        text = f"{who} of those who read this opted out of mail: counted, and not to be written to."
        yield Sentence(text, sources_of(readers))
