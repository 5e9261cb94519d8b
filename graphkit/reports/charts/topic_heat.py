"""Which topic is read and spoken of in which month."""

from collections.abc import Collection
from typing import Final

import numpy as np
import pandas as pd

from graphkit.analyses.interest.habit import MONTHS, habits
from graphkit.analyses.interest.ledger import Ledger
from graphkit.analyses.interest.monthly import signs_by_month
from graphkit.analyses.interest.query import every_sign
from graphkit.analyses.interest.views_and_words import topic_names
from graphkit.analyses.wording import counted, month_name
from graphkit.drawing import Chart
from graphkit.findings import sources_of
from graphkit.reports.charts.sourced import cell_of, read_from
from graphkit.snapshot import Snapshot, once

KIND: Final = "topic-heat"
_MONTHS: Final = 12
_TOPICS: Final = 12
"""Topics with most signs, which are drawn."""


def topic_heat(snap: Snapshot, companies: Collection[str] = (), *, whose: str = "") -> Chart | None:
    """Opens, clicks, page views and texts of each topic by month, as `graphkit topics` counts them.

    What machines opened and scanners clicked is left out, and a page that was loaded again. An open
    and a click count in the month in which the mail was sent.

    Args:
        snap: Needs HasTopic, and Opened, Clicked or Visited.
        companies: Ids of those that are looked at; all when empty.
        whose: What these are called, for the title.

    Returns:
        The chart; None where there was no sign.
    """
    known = habits(snap, MONTHS)
    if known is None:
        return None
    last = np.datetime64(snap.as_of, "M").astype(int) + 1970 * 12
    months = range(last - _MONTHS + 1, last + 1)
    counts = signs_by_month(snap, known, companies)
    counts = counts[counts["month"].isin(list(months)).to_numpy(dtype=bool)]
    if counts.empty:
        return None
    rows = _rows(_signs(snap), companies, months)
    table = _table(snap, counts, rows, months)
    of, since = f" of {whose}" if whose else "", _named(months[0])
    most, signs = table.iloc[0], int(counts["count"].sum())
    return Chart(
        KIND,
        f"{most['topic']} is read and spoken of most: {int(most['all']):,} of"
        f" {counted(signs, 'sign')}{of} since {since}",
        "A field each topic and month, the darker the more: opens, clicks, page views, notes and"
        f" posts together, from {since} to {_named(months[-1])}. What machines opened is left out.",
        table,
        {
            "topic": "Topic",
            **{_column(at): _named(at) for at in months},
            "all": "All",
            "read": "Where it was read",
        },
        {"months": {_column(at): at for at in months}},
        read_from(snap, sources_of(rows)),
        every_sign(sorted(companies)),
    )


def _rows(signs: pd.DataFrame, companies: Collection[str], months: range) -> pd.DataFrame:
    """The signs of these companies and months, with their rows."""
    kept = signs["month"].isin(list(months)).to_numpy(dtype=bool)
    if companies:
        kept = kept & signs["company"].isin(list(companies)).to_numpy(dtype=bool)
    return pd.DataFrame(signs[kept])


@once
def _signs(snap: Snapshot) -> pd.DataFrame:
    """Every sign that counts, with its month and row; for who knows that there are some."""
    known = habits(snap, MONTHS)
    assert known is not None  # noqa: S101 - who asks has seen some
    rows = Ledger(snap, known).counted()
    month = rows["on"].to_numpy("datetime64[D]").astype("datetime64[M]").astype(int) + 1970 * 12
    return rows.assign(month=month)


def _table(snap: Snapshot, counts: pd.DataFrame, rows: pd.DataFrame, months: range) -> pd.DataFrame:
    """One row a topic, the most signs first."""
    names = topic_names(snap)
    cells: dict[str, dict[int, int]] = {}
    for topic, month, count in zip(
        counts["topic"].tolist(), counts["month"].tolist(), counts["count"].tolist(), strict=True
    ):
        cells.setdefault(topic, {})[month] = count
    total = {topic: sum(by_month.values()) for topic, by_month in cells.items()}
    ranked = sorted(total, key=lambda one: (-total[one], names.get(one, one)))[:_TOPICS]
    found = []
    for topic in ranked:
        own = rows[(rows["topic"] == topic).to_numpy(dtype=bool)]
        by_month = {_column(at): cells[topic].get(at, 0) for at in months}
        told = {"all": total[topic], "read": cell_of(snap, sources_of(own))}
        found.append({"topic": names.get(topic, topic), **by_month, **told})
    return pd.DataFrame(found)


def _column(month: int) -> str:
    return f"month_{month}"


def _named(month: int) -> str:
    return month_name(np.datetime64(month - 1970 * 12, "M"))
