"""What is known of each customer, as families of features: from the graph to arrays."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.clustering.likeness import Family
from graphkit.schema import (
    TYPES,
    Attended,
    Campaign,
    Clicked,
    HasTopic,
    Kind,
    Opened,
    Page,
    Project,
    Supplies,
    TradeShow,
    UsesMethod,
    Visited,
)
from graphkit.snapshot import Snapshot, once
from graphkit.ties import stated_by_accounts

_ASPECTS = {
    "process": "makes",
    "material": "makes",
    "finish": "makes",
    "industry": "makes",
    "show": "goes",
    "end customer": "supplies",
    "method": "works on",
    "opened": "reads",
    "clicked": "reads",
    "visited": "reads",
}
_MIXES = frozenset({"process", "material", "finish", "opened", "clicked", "visited"})


@dataclass(frozen=True, slots=True)
class Features:
    """One family with what its columns are called and where they were read.

    Attributes:
        family: The arrays; one row a customer, in the order asked for.
        names: Name of each column.
        sources: Customers by columns: "file_id:row" of the latest row that says it; empty where
            none does or the fact has no row.
    """

    family: Family
    names: list[str]
    sources: npt.NDArray[np.object_]


@once
def customer_features(snap: Snapshot) -> list[Features]:
    """Every family of which at least one customer has something, customers in order of their id.

    Args:
        snap: What was known.
    """
    return features_of(snap, snap.customers.index)


def features_of(snap: Snapshot, companies: pd.Index) -> list[Features]:
    """Every family of which at least one of these companies has something.

    Only what is asserted counts: a show that somebody will not be at is no attendance. Shows are
    taken as series, since two customers who go to the same show in different years are alike.

    Args:
        snap: What was known.
        companies: Ids; the rows of the arrays are in their order.
    """
    found = []
    for name, facts in _facts(snap).items():
        made = _features(name, facts, companies)
        if made is not None:
            found.append(made)
    return found


@once
def _facts(snap: Snapshot) -> dict[str, pd.DataFrame]:
    """Rows of company, feature, name, on, file_id and row, by family."""
    lines = snap.lines.rename(columns={"ordered_on": "on"})
    facts = {}
    for column in ("process", "material", "finish"):
        named = _names(snap, column.capitalize())
        facts[column] = _fact(lines.assign(feature=lines[column]), named)
    facts["industry"] = _industries(snap)
    facts["show"] = _shows(snap)
    facts["end customer"] = _end_customers(snap)
    facts["method"] = _methods(snap)
    return facts | _readings(snap)


def _names(snap: Snapshot, entity: str) -> dict[str, str]:
    nodes = snap.frame(TYPES[entity])
    return dict(zip(nodes["id"], nodes["name"], strict=True))


def _fact(rows: pd.DataFrame, names: dict[str, str] | None = None) -> pd.DataFrame:
    """Company, feature, name, day as text and "file_id:row", empty where there is none."""
    kept = rows.dropna(subset=["company", "feature"])
    text = Kind.TEXT.dtype
    source = kept["file_id"].astype(text) + ":" + kept["row"].astype(text)
    return pd.DataFrame(
        {
            "company": kept["company"].astype(text),
            "feature": kept["feature"].astype(text),
            "name": (kept["feature"].map(names) if names else kept["feature"]).astype(text),
            "on": kept["on"].astype(text).fillna(""),
            "source": source.fillna(""),
        }
    )


def _industries(snap: Snapshot) -> pd.DataFrame:
    """The industry of each company, with the account that says so."""
    rows = stated_by_accounts(snap, "industry").rename(columns={"value": "feature"})
    return _fact(rows.assign(on=""), _names(snap, "Industry"))


def _shows(snap: Snapshot) -> pd.DataFrame:
    rows = snap.asserted(Attended)
    shows = snap.frame(TradeShow)
    company = rows["from_company"].fillna(rows["from_id"].map(snap.employers))
    series = rows["to_id"].map(dict(zip(shows["id"], shows["series"], strict=True)))
    rows = rows.assign(company=company, feature=series)
    # The same edition said in a note and in a post is one visit.
    return _fact(rows.sort_values("on").drop_duplicates(["company", "to_id"], keep="last"))


def _end_customers(snap: Snapshot) -> pd.DataFrame:
    stated = snap.asserted(Supplies).rename(columns={"from_company": "company"})
    projects = snap.frame(Project).rename(columns={"started_on": "on"})
    rows = pd.concat(
        [
            _fact(stated.assign(feature=stated["to_company"]), snap.names),
            _fact(projects.assign(feature=projects["end_customer_company"]), snap.names),
        ]
    )
    return rows[(rows["company"] != rows["feature"]).to_numpy(dtype=bool)]


def _methods(snap: Snapshot) -> pd.DataFrame:
    rows = snap.asserted(UsesMethod)
    projects = snap.frame(Project)
    of_project = rows["from_id"].map(dict(zip(projects["id"], projects["company"], strict=True)))
    rows = rows.assign(company=rows["from_company"].fillna(of_project), feature=rows["to_id"])
    return _fact(rows, _names(snap, "Method"))


def _readings(snap: Snapshot) -> dict[str, pd.DataFrame]:
    """Opens, clicks and visits by topic."""
    about = snap.frame(HasTopic)[["from_id", "from_type", "to_id"]].rename(
        columns={"from_id": "about", "to_id": "feature"}
    )
    names = _names(snap, "Topic")
    facts = {}
    for family, entity, kind in (
        ("opened", Opened, Campaign),
        ("clicked", Clicked, Campaign),
        ("visited", Visited, Page),
    ):
        rows = snap.frame(entity).rename(columns={"to_id": "about", "at": "on"})
        company = rows.get("from_company", rows["from_id"].map(snap.employers))
        topics = about[(about["from_type"] == kind.label).to_numpy(dtype=bool)]
        joined = rows.assign(company=company).merge(topics, on="about")
        facts[family] = _fact(joined, names)
    return facts


def _features(name: str, facts: pd.DataFrame, customers: pd.Index) -> Features | None:
    """Counts and latest sources of one family; None when nobody has anything of it."""
    where = customers.get_indexer(pd.Index(facts["company"]))
    facts, where = facts[where >= 0], where[where >= 0]
    if facts.empty:
        return None
    # Days and times compare as text; of one customer and feature the last row wins.
    order = np.argsort(facts["on"].to_numpy(dtype=object), kind="stable")
    facts, where = facts.iloc[order], where[order]
    codes, columns = pd.factorize(facts["feature"], sort=True)
    cells = np.bincount(where * len(columns) + codes, minlength=len(customers) * len(columns))
    counts = cells.reshape(len(customers), len(columns)).astype(np.float64)
    sources = np.full(counts.shape, "", dtype=object)
    sources[where, codes] = facts["source"].to_numpy(dtype=object)
    called = facts.drop_duplicates("feature").set_index("feature")["name"]
    mix = name in _MIXES
    if not mix and name != "show":
        counts = np.minimum(counts, 1.0)  # said twice is not twice as much so
    return Features(
        Family(name, _ASPECTS[name], counts, mix),
        [str(called.get(column, column)) for column in columns],
        sources,
    )
