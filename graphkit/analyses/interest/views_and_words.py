"""Pages that companies looked at, and what notes, posts and projects say of topics."""

from typing import Final

import pandas as pd

from graphkit.schema import HasTopic, Mentions, Note, Page, Post, Project, Topic, Visited
from graphkit.snapshot import Snapshot, days_of

TEXTS: Final = {Note: "written_on", Post: "posted_on", Project: "started_on"}
"""Texts that are about topics, and when they were written."""
AGAIN: Final = "the same page again that day"


def topics_of(snap: Snapshot, kind: str) -> pd.DataFrame:
    """Columns about (the id of a Campaign, Page, Note and so on) and topic.

    Args:
        snap: Needs HasTopic.
        kind: The type that is about the topics.
    """
    rows = snap.frame(HasTopic)
    rows = rows[(rows["from_type"] == kind).to_numpy(dtype=bool)]
    pairs = rows[["from_id", "to_id"]].rename(columns={"from_id": "about", "to_id": "topic"})
    return pairs.astype(object).drop_duplicates(ignore_index=True)


def views(snap: Snapshot) -> pd.DataFrame:
    """Page views of companies: company, about, on, struck, file_id and row.

    A page that is loaded again on the same day is not looked at anew.

    Args:
        snap: Needs Visited.
    """
    rows = snap.frame(Visited)
    rows = rows[rows["from_company"].notna().to_numpy(dtype=bool)]
    found = pd.DataFrame(
        {
            "company": rows["from_company"].to_numpy(object),
            "about": rows["to_id"].to_numpy(object),
            "on": days_of(rows["on"]),
            "file_id": rows["file_id"].to_numpy(object),
            "row": rows["row"].to_numpy(),
        }
    )
    found = found.sort_values(["company", "about", "on", "file_id", "row"], ignore_index=True)
    again = found.duplicated(["company", "about", "on"]).to_numpy()
    return found.assign(struck=pd.Series(again).map({True: AGAIN, False: ""}))


def words(snap: Snapshot) -> pd.DataFrame:
    """Texts of or about companies: company, about, on, kind, file_id and row.

    A note that is filed under nobody is about the company that it names, if it names one only.

    Args:
        snap: Needs Note, Post or Project.
    """
    named = _only_company_named(snap)
    pieces = []
    for entity, day in TEXTS.items():
        rows = snap.frame(entity)
        company = rows["company"].astype(object)
        pieces.append(
            pd.DataFrame(
                {
                    "company": company.where(company.notna(), rows["id"].map(named)),
                    "about": rows["id"].to_numpy(object),
                    "on": days_of(rows[day]),
                    "kind": entity.__name__.lower(),
                    "file_id": rows["file_id"].to_numpy(object),
                    "row": rows["row"].to_numpy(),
                }
            )
        )
    found = pd.concat(pieces, ignore_index=True)
    return found[found["company"].notna()].reset_index(drop=True)


def _only_company_named(snap: Snapshot) -> dict[str, str]:
    """The company of a text that names it, or people of it, and no other."""
    said = snap.frame(Mentions)
    said = said[(said["polarity"] != "negated").to_numpy(dtype=bool)]
    people = (said["to_type"] == "Person").to_numpy(dtype=bool)
    companies = said["to_company"].astype(object)
    companies = companies.where(~people, said["to_id"].map(snap.employers))
    pairs = pd.DataFrame({"about": said["from_id"].astype(object), "company": companies})
    pairs = pairs.dropna().drop_duplicates()
    alone = pairs.drop_duplicates("about", keep=False)
    return dict(zip(alone["about"], alone["company"], strict=True))


def pages(snap: Snapshot) -> pd.DataFrame:
    """Topics of pages: about and topic."""
    return topics_of(snap, Page.__name__)


def topic_names(snap: Snapshot) -> dict[str, str]:
    """Name of each topic by id."""
    nodes = snap.frame(Topic)
    return dict(zip(nodes["id"], nodes["name"], strict=True))
