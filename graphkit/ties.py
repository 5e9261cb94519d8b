"""Ties: each time that something was said or happened which joins two nodes of the graph."""

import numpy as np
import pandas as pd

from graphkit.schema import (
    Account,
    Attended,
    Campaign,
    Clicked,
    Follows,
    HasTopic,
    Is,
    Kind,
    Knows,
    Liked,
    Opened,
    Page,
    Person,
    Project,
    Shared,
    Supplies,
    TalkedTo,
    TradeShow,
    UsesMethod,
    Visited,
)
from graphkit.snapshot import Snapshot, days_of

TIE_COLUMNS = ("relation", "from_type", "from_id", "to_type", "to_id", "on", "source")
"""Columns of `ties`: all text but the day `on`, which is empty for what has no date; source is
"file_id:row", empty where the fact has no row."""


def ties(snap: Snapshot) -> pd.DataFrame:
    """Every tie as often as it was stated, with the columns of TIE_COLUMNS.

    Only what is asserted is a tie. All who were at one edition of a show were there at the same
    time, whenever they said so: the middle of the days on which it was said. Orders, opens and
    visits are ties too, one row each.
    """
    parts = [
        *_orders(snap),
        _industries(snap),
        *_shows(snap),
        _supplies(snap),
        _methods(snap),
        *_reading(snap),
        *_social(snap),
        *_people(snap),
    ]
    joined = pd.concat(parts, ignore_index=True)
    same = joined["from_id"] == joined["to_id"]
    return joined[~same.to_numpy(dtype=bool)].reset_index(drop=True)


def _made(
    rows: pd.DataFrame, relation: str, start: tuple[str, str], end: tuple[str, str], on: str = ""
) -> pd.DataFrame:
    """Ties from rows: type and column of the start, of the end, and the column of the day."""
    kept = rows.dropna(subset=[start[1], end[1]])
    text = Kind.TEXT.dtype
    source = kept["file_id"].astype(text) + ":" + kept["row"].astype(text)
    none = pd.Series(pd.NaT, index=kept.index)
    when = kept[on].astype(Kind.TIME.dtype) if on else none.astype(Kind.TIME.dtype)
    return pd.DataFrame(
        {
            "relation": pd.Series(relation, index=kept.index, dtype=text),
            "from_type": pd.Series(start[0], index=kept.index, dtype=text),
            "from_id": kept[start[1]].astype(text),
            "to_type": pd.Series(end[0], index=kept.index, dtype=text),
            "to_id": kept[end[1]].astype(text),
            "on": when.astype(Kind.DATE.dtype),
            "source": source.fillna(""),
        }
    )


def _orders(snap: Snapshot) -> list[pd.DataFrame]:
    lines = snap.lines
    kinds = (("USES_PROCESS", "Process"), ("IN_MATERIAL", "Material"), ("HAS_FINISH", "Finish"))
    return [
        _made(lines, relation, ("Company", "company"), (label, label.lower()), "ordered_on")
        for relation, label in kinds
    ]


def stated_by_accounts(snap: Snapshot, column: str) -> pd.DataFrame:
    """Companies with a value of theirs and where the latest account that states one was read.

    Args:
        snap: What was known.
        column: A column that Company and Account share, such as industry.

    Returns:
        company, value, file_id and row; one row a company.
    """
    companies = snap.companies[["id", column]].rename(columns={"id": "company", column: "value"})
    joined = snap.frame(Is)[["from_id", "to_id"]].rename(
        columns={"from_id": "id", "to_id": "company"}
    )
    said = snap.frame(Account)[["id", column, "file_id", "row"]].dropna(subset=[column])
    said = said.merge(joined, on="id").drop_duplicates("company", keep="last")
    return companies.reset_index(drop=True).merge(
        said[["company", "file_id", "row"]], on="company", how="left"
    )


def _industries(snap: Snapshot) -> pd.DataFrame:
    rows = stated_by_accounts(snap, "industry")
    return _made(rows, "IN_INDUSTRY", ("Company", "company"), ("Industry", "value"))


def _shows(snap: Snapshot) -> list[pd.DataFrame]:
    rows = attendance(snap)
    show = ("TradeShow", "to_id")
    return [
        _made(rows, "ATTENDED", ("Company", "company"), show, "held").drop_duplicates(),
        _made(rows, "ATTENDED", ("Person", "person"), show, "held"),
    ]


def attendance(snap: Snapshot) -> pd.DataFrame:
    """Who was at which edition of a show, a row each time that it was said; no denial counts.

    Nothing says when a show was: it is taken to be in the middle of the days on which somebody was
    said to be there, within its year.

    Args:
        snap: What was known.

    Returns:
        Rows of Attended, with person, company (of a person, the employer) and held.
    """
    rows = snap.asserted(Attended)
    said = days_of(rows["on"]).astype(np.int64)
    middle = pd.Series(said, index=rows.index).groupby(rows["to_id"]).transform("median")
    held = middle.astype(np.int64).to_numpy().astype("datetime64[D]")
    shows = snap.frame(TradeShow).set_index("id")["year"]
    year = (rows["to_id"].map(shows).to_numpy(np.int64) - 1970).astype("datetime64[Y]")
    first, last = year.astype("datetime64[D]"), (year + 1).astype("datetime64[D]") - 1
    held = np.minimum(held, last)
    held = np.where(first <= np.datetime64(snap.as_of), np.maximum(held, first), held)
    held_at = pd.Series(held.astype("datetime64[us]"), index=rows.index, dtype=Kind.TIME.dtype)
    person = rows["from_id"].where(rows["from_type"] == "Person")
    company = rows["from_company"].fillna(rows["from_id"].map(snap.employers))
    return rows.assign(held=held_at, person=person, company=company)


def _supplies(snap: Snapshot) -> pd.DataFrame:
    ends = ("Company", "from_company"), ("Company", "to_company")
    return _made(supply_links(snap), "SUPPLIES", *ends, "on")


def supply_links(snap: Snapshot) -> pd.DataFrame:
    """Who is stated to supply whom, a row each time that it was said; what is denied or hedged not.

    Args:
        snap: What was known.

    Returns:
        from_company, to_company, on, confidence, file_id and row. Of what one row of a file says
        twice, as a project's column and its description, the surer.
    """
    ends = ["from_company", "to_company"]
    projects = snap.frame(Project).rename(
        columns={"company": ends[0], "end_customer_company": ends[1], "started_on": "on"}
    )
    columns = [*ends, "on", "confidence", "file_id", "row"]
    stated = snap.asserted(Supplies)[columns]
    rows = pd.concat([stated, projects.assign(confidence=1.0)[columns]], ignore_index=True)
    rows = rows.dropna(subset=ends).sort_values("confidence", ascending=False, kind="stable")
    said_once = rows.drop_duplicates([*ends, "on", "file_id", "row"])
    return said_once.sort_index().reset_index(drop=True)


def _methods(snap: Snapshot) -> pd.DataFrame:
    rows = snap.asserted(UsesMethod)
    projects = snap.frame(Project)
    of_project = rows["from_id"].map(dict(zip(projects["id"], projects["company"], strict=True)))
    rows = rows.assign(company=rows["from_company"].fillna(of_project))
    made = _made(rows, "USES_METHOD", ("Company", "company"), ("Method", "to_id"), "on")
    return made.drop_duplicates()


def _reading(snap: Snapshot) -> list[pd.DataFrame]:
    about = snap.frame(HasTopic)[["from_id", "from_type", "to_id"]].rename(
        columns={"from_id": "about", "to_id": "topic"}
    )
    found = []
    for entity, kind in ((Opened, Campaign), (Clicked, Campaign), (Visited, Page)):
        rows = snap.frame(entity).rename(columns={"to_id": "about", "at": "on"})
        if "from_company" in rows:
            rows = rows.assign(company=rows["from_company"])
        else:
            rows = rows.assign(company=rows["from_id"].map(snap.employers))
        topics = about[(about["from_type"] == kind.label).to_numpy(dtype=bool)]
        joined = rows.merge(topics, on="about")
        found.append(_made(joined, "READS_ABOUT", ("Company", "company"), ("Topic", "topic"), "on"))
    return found


def _social(snap: Snapshot) -> list[pd.DataFrame]:
    start, end = ("Company", "from_company"), ("Company", "to_company")
    return [
        _made(snap.frame(entity), entity.label, start, end, "on")
        for entity in (Follows, Liked, Shared)
    ]


def _people(snap: Snapshot) -> list[pd.DataFrame]:
    owned = stated_by_accounts(snap, "owner")
    ours, theirs = ("Employee", "from_id"), ("Person", "to_id")
    return [
        _made(snap.frame(Person), "WORKS_AT", ("Person", "id"), ("Company", "company")),
        _made(owned, "OWNED_BY", ("Company", "company"), ("Employee", "value")),
        _made(snap.frame(TalkedTo), "TALKED_TO", ours, theirs, "on"),
        _made(snap.frame(Knows), "KNOWS", ours, theirs, "on"),
    ]
