"""When each company first showed interest in each topic, and since when it could have."""

import dataclasses
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.interest.mail import Acts, Mail, mail
from graphkit.analyses.interest.views_and_words import TEXTS, topics_of, views, words
from graphkit.schema import Campaign, Order, Page
from graphkit.snapshot import Snapshot, days_of

Ints = npt.NDArray[np.int64]

NEVER: Final = 1 << 31
"""A day after all others."""
_COLUMNS: Final = ["company", "about", "on", "file_id", "row"]


@dataclasses.dataclass(frozen=True, slots=True)
class Adoptions:
    """First signs of interest; days are counted from 1970.

    Attributes:
        companies: Company ids, sorted.
        topics: Topic ids, sorted.
        rows: A row a company and topic: company and topic as positions, day, file_id and row.
        since: The first day on which each company ordered, opened, clicked, looked at a page or was
            written of; NEVER when it did not.
    """

    companies: npt.NDArray[np.object_]
    topics: npt.NDArray[np.object_]
    rows: pd.DataFrame
    since: Ints

    def days(self, topic: int) -> Ints:
        """The day of each company's first sign of a topic; NEVER where there is none.

        Args:
            topic: Its position.
        """
        its = self.rows[(self.rows["topic"] == topic).to_numpy(dtype=bool)]
        found = np.full(len(self.companies), NEVER, dtype=np.int64)
        found[its["company"].to_numpy(np.int64)] = its["day"].to_numpy(np.int64)
        return found


def adoptions(snap: Snapshot) -> Adoptions:
    """Each company's first click, page view or text about each topic.

    Opens do not count: they tell that mail is read, not of what. What scanners clicked does not
    either.

    Args:
        snap: Needs HasTopic, and Clicked, Visited or texts.
    """
    companies = np.sort(snap.companies["id"].to_numpy(object))
    posted, seen, said = mail(snap), views(snap), words(snap)
    clicks = _acts(posted, posted.clicks) if posted else pd.DataFrame(columns=_COLUMNS)
    looked = seen[(seen["struck"] == "").to_numpy(dtype=bool)]
    pieces = [
        clicks.merge(topics_of(snap, Campaign.__name__), on="about"),
        looked[_COLUMNS].merge(topics_of(snap, Page.__name__), on="about"),
        *(
            said.loc[(said["kind"] == one.__name__.lower()).to_numpy(dtype=bool), _COLUMNS].merge(
                topics_of(snap, one.__name__), on="about"
            )
            for one in TEXTS
        ),
    ]
    signs = pd.concat([one for one in pieces if len(one)] or pieces[:1], ignore_index=True)
    signs = signs.assign(day=_numbers(signs["on"]))
    signs = signs.sort_values(["company", "topic", "day", "file_id", "row"])
    first = signs.drop_duplicates(["company", "topic"], ignore_index=True)
    topics = np.unique(first["topic"].to_numpy(object))
    rows = first.assign(
        company=np.searchsorted(companies, first["company"].to_numpy(object)),
        topic=np.searchsorted(topics, first["topic"].to_numpy(object)),
    )[["company", "topic", "day", "file_id", "row"]]
    acts = [_acts(posted, one) for one in (posted.opens, posted.clicks)] if posted else []
    return Adoptions(companies, topics, rows, _since(snap, companies, [*acts, seen, said]))


def _acts(posted: Mail, acts: Acts) -> pd.DataFrame:
    """Opens or clicks that are human."""
    human = acts.human
    return pd.DataFrame(
        {
            "company": posted.companies[acts.contact[human]],
            "about": posted.campaigns[acts.campaign[human]],
            "on": days_of(acts.rows["at"])[human],
            "file_id": acts.rows["file_id"].to_numpy(object)[human],
            "row": acts.rows["row"].to_numpy()[human],
        }
    )


def _since(snap: Snapshot, companies: npt.NDArray[np.object_], pieces: list[pd.DataFrame]) -> Ints:
    orders = snap.frame(Order)
    placed = pd.DataFrame({"company": orders["company"], "on": days_of(orders["ordered_on"])})
    found = np.full(len(companies), NEVER, dtype=np.int64)
    for one in [*pieces, placed]:
        known = one[one["company"].notna().to_numpy(dtype=bool)]
        at = np.searchsorted(companies, known["company"].to_numpy(object))
        np.minimum.at(found, at, _numbers(known["on"]))
    return found


def _numbers(on: "pd.Series[pd.Timestamp]") -> Ints:
    """Days from 1970."""
    return on.to_numpy("datetime64[D]").astype(np.int64)
