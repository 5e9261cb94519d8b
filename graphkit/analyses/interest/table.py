"""What was counted of every company, topic, channel and contact, as tables."""

from typing import Any

import numpy as np

from graphkit.analyses.interest.chance import chance
from graphkit.analyses.interest.habit import MONTHS, habits
from graphkit.analyses.interest.ledger import Ledger
from graphkit.analyses.interest.views_and_words import topic_names
from graphkit.snapshot import Snapshot


def ledger_rows(snap: Snapshot, *, months: int = MONTHS) -> list[dict[str, Any]]:
    """What was counted and what was struck out, a row a company, topic and channel.

    Args:
        snap: Needs HasTopic, and Opened, Clicked or Visited.
        months: Whole months that are recent, with what came after them.

    Returns:
        company, topic, channel, seen, expected, before, struck_out and why, most beyond what is
        expected first; without rows of which the recent window has nothing.
    """
    known = habits(snap, months)
    if known is None:
        return []
    struck, liked, names = Ledger(snap, known).struck_out(), chance(known).liking, topic_names(snap)
    rows = []
    for channel, counts in known.channels.items():
        out = np.zeros(counts.recent.shape, dtype=bool)
        for company, topic, name in struck:
            if name == channel:
                row = np.searchsorted(known.companies, company)
                out[row, np.searchsorted(known.topics, topic)] = True
        for at in zip(*np.nonzero((counts.recent > 0) | out), strict=True):
            company, topic = known.companies[at[0]], known.topics[at[1]]
            why = struck.get((company, topic, channel), {})
            rows.append(
                {
                    "company": snap.names[company],
                    "topic": names[topic],
                    "channel": channel,
                    "seen": int(counts.recent[at]),
                    "expected": round(float(counts.expected[at] * liked[at]), 2),
                    "before": int(counts.before[at]),
                    "struck_out": sum(why.values()),
                    "why": "; ".join(f"{reason}: {many}" for reason, many in why.items()),
                }
            )
    return sorted(rows, key=lambda one: (one["expected"] - one["seen"], one["company"]))


def contact_rows(snap: Snapshot, company: str, *, months: int = MONTHS) -> list[dict[str, Any]]:
    """The same of one company, a row a topic, channel and contact.

    Args:
        snap: Needs HasTopic, and Opened, Clicked or Visited.
        company: Its id.
        months: Whole months that are recent, with what came after them.

    Returns:
        topic, channel, contact (empty where only the company is known), unsubscribed, seen, of (the
        mails with which it could have been; 0 for none), before, of_before, struck_out and why;
        most signs of a topic first.
    """
    known = habits(snap, months)
    if known is None or company not in known.companies:
        return []
    ledger, names = Ledger(snap, known), topic_names(snap)
    at = int(np.searchsorted(known.companies, company))
    most = np.argsort(-known.points[at], kind="stable").tolist()
    return [
        {"topic": names[known.topics[topic]], **one, "why": "; ".join(one["why"])}
        for topic in most
        for one in ledger.told(at, topic)
    ]
