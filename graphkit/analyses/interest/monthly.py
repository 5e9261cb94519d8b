"""Signs of each topic month by month, counted as the recent ones are."""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.interest.habit import Habits
from graphkit.analyses.interest.mail import Mail
from graphkit.analyses.interest.views_and_words import topics_of
from graphkit.schema import Campaign
from graphkit.snapshot import Snapshot


def signs_by_month(snap: Snapshot, known: Habits, companies: Collection[str] = ()) -> pd.DataFrame:
    """How many opens, clicks, page views and texts of each topic there were in each month.

    What a machine did is left out. Opens and clicks count once a contact and mail, in the month in
    which it was sent: so the months since `known.since` add up to what `known.channels` has.

    Args:
        snap: Needs HasTopic.
        known: What was read and said.
        companies: Ids of those that are looked at; all when empty.

    Returns:
        topic, month (year * 12 + month - 1) and count, one row a pair with a sign.
    """
    fresh = known.views[(known.views["struck"] == "").to_numpy(dtype=bool)]
    pieces = [_counted(_of(one, companies)) for one in (fresh, known.words)]
    if known.mail is not None:
        pieces.append(_mailed(snap, known, known.mail, companies))
    every = pd.concat(pieces, ignore_index=True)
    summed = every.groupby(["topic", "month"])["count"].sum().reset_index()
    return pd.DataFrame(summed[(summed["count"] > 0).to_numpy(dtype=bool)])


def _of(rows: pd.DataFrame, companies: Collection[str]) -> pd.DataFrame:
    if not companies:
        return rows
    return rows[rows["company"].isin(list(companies)).to_numpy(dtype=bool)]


def _counted(rows: pd.DataFrame) -> pd.DataFrame:
    """A count of one for each view or text."""
    return pd.DataFrame(
        {
            "topic": rows["topic"].to_numpy(object),
            "month": _months(rows["on"].to_numpy("datetime64[D]")),
            "count": np.ones(len(rows), dtype=np.int64),
        }
    )


def _mailed(snap: Snapshot, known: Habits, mail: Mail, companies: Collection[str]) -> pd.DataFrame:
    """Opens and clicks of each campaign, once a topic that it is about."""
    machine = (mail.machines != "")[:, None]
    opened = mail.sent & ~machine & mail.opened
    clicked = mail.clicked & np.where(machine, mail.sent, mail.opened)
    of = np.isin(mail.companies.astype(str), list(companies)) if companies else known.at >= 0
    signs = (opened[of].astype(np.int64) + clicked[of]).sum(axis=0)
    every = pd.DataFrame({"about": mail.campaigns, "month": _months(mail.days), "count": signs})
    return every.merge(topics_of(snap, Campaign.__name__), on="about")[["topic", "month", "count"]]


def _months(days: npt.NDArray[np.datetime64]) -> npt.NDArray[np.int64]:
    """Numbers of months: year * 12 + month - 1."""
    return np.asarray(days.astype("datetime64[M]").astype(np.int64) + 1970 * 12)
