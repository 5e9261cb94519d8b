"""Quotes that companies asked for, the first time lately, in a process called like a topic."""

import dataclasses

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.interest.habit import Habits
from graphkit.findings import sources_of
from graphkit.schema import Process, Quote
from graphkit.snapshot import Snapshot, days_of

Ints = npt.NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True)
class Quotes:
    """Recent quotes in topics.

    Attributes:
        counts: Companies by topics.
        rows: The quotes, with the positions of company and topic.
    """

    counts: Ints
    rows: pd.DataFrame

    def sources(self, company: int, topic: int) -> tuple[str, ...]:
        """The rows of the quotes of one company and topic."""
        its = (self.rows["at"] == company) & (self.rows["topic"] == topic)
        return sources_of(self.rows[its.to_numpy(dtype=bool)])


def quotes_in_topics(snap: Snapshot, known: Habits, names: dict[str, str]) -> Quotes:
    """Quotes asked for in the recent window, of a process that names a topic or is named by one.

    Who has always asked for quotes in a process tells nothing new by another one.

    Args:
        snap: Quote and Process may be empty.
        known: Companies, topics and the window.
        names: Name of each topic.
    """
    processes = snap.frame(Process)
    pairs = [
        (process, at)
        for process, called in zip(processes["id"], processes["name"], strict=True)
        for at, topic in enumerate(known.topics.tolist())
        if _one_in_other(called, names[topic])
    ]
    quotes = snap.frame(Quote)
    rows = quotes[["company", "process", "file_id", "row"]].assign(on=days_of(quotes["quoted_on"]))
    rows = rows[rows["company"].isin(known.companies.tolist()).to_numpy(dtype=bool)]
    rows = rows.merge(pd.DataFrame(pairs, columns=["process", "topic"]), on="process")
    begun = rows.groupby(["company", "topic"])["on"].transform("min")
    rows = rows[(begun >= known.since).to_numpy(dtype=bool)]
    rows = rows.assign(at=np.searchsorted(known.companies, rows["company"].to_numpy(object)))
    counts = np.zeros((len(known.companies), len(known.topics)), dtype=np.int64)
    np.add.at(counts, (rows["at"].to_numpy(np.int64), rows["topic"].to_numpy(np.int64)), 1)
    return Quotes(counts, rows)


def _one_in_other(one: str, other: str) -> bool:
    """Whether all words of one name are among those of the other.

    >>> _one_in_other("Wire EDM", "wire EDM for dies"), _one_in_other("CNC Milling", "wire EDM")
    (True, False)
    """
    first, second = (set(name.casefold().split()) for name in (one, other))
    return bool(first) and bool(second) and (first <= second or second <= first)
