"""What was counted of each company, topic, channel and contact, and what was struck out and why."""

import dataclasses
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from graphkit.analyses.interest.habit import CLICKS, OPENS, VIEWS, WORDS, Habits
from graphkit.analyses.interest.views_and_words import topics_of
from graphkit.analyses.measures.company_rows import CompanyRows
from graphkit.analyses.measures.contacts import silent
from graphkit.findings import sources_of
from graphkit.schema import Campaign, Person
from graphkit.snapshot import Snapshot

_COLUMNS = ["company", "topic", "channel", "contact", "on", "struck", "file_id", "row"]


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger.

    Attributes:
        channel: opens, clicks, page views, or notes and posts.
        contact: Person id; empty where the company is all that is known.
        seen: Signs in the recent window.
        of: Mails of the topic with which it could have been; 0 where there is no such number.
        before: Signs before the window.
        of_before: Likewise.
        struck: How many were struck out of the recent window, by reason.
    """

    channel: str
    contact: str
    seen: int
    of: int
    before: int
    of_before: int
    struck: dict[str, int]


class Ledger:
    """Every sign with its row, by company and topic.

    Args:
        snap: The graph.
        known: What was read and said.
    """

    def __init__(self, snap: Snapshot, known: Habits) -> None:
        self._known = known
        people = snap.frame(Person).set_index("id")
        self._names = people["name"].fillna("").to_dict()
        self._left = silent(snap)
        self._of_mails = topics_of(snap, Campaign.__name__)

    @cached_property
    def _rows(self) -> CompanyRows:
        return CompanyRows(self._all, "on")

    @cached_property
    def _all(self) -> pd.DataFrame:
        """Every sign of a topic: company, topic, channel, contact, day, why struck, and its row."""
        known, pieces = self._known, []
        if known.mail is not None:
            mail = known.mail
            for channel, acts in ((OPENS, mail.opens), (CLICKS, mail.clicks)):
                frame = pd.DataFrame(
                    {
                        "company": mail.companies[acts.contact],
                        "about": mail.campaigns[acts.campaign],
                        "contact": mail.contacts[acts.contact],
                        "on": mail.days[acts.campaign],
                        "struck": acts.struck,
                        "file_id": acts.rows["file_id"].to_numpy(object),
                        "row": acts.rows["row"].to_numpy(),
                    }
                )
                pieces.append(frame.merge(self._of_mails, on="about").assign(channel=channel))
        pieces.append(known.views.assign(channel=VIEWS, contact=""))
        pieces.append(known.words.assign(channel=WORDS, contact="", struck=""))
        return pd.DataFrame(pd.concat([one[_COLUMNS] for one in pieces], ignore_index=True))

    def counted(self) -> pd.DataFrame:
        """Every sign that was not struck out: company, topic, channel, day and its row."""
        found: pd.DataFrame = self._all[(self._all["struck"] == "").to_numpy(dtype=bool)]
        return found

    def recent(self, company: int, topic: int) -> pd.DataFrame:
        """Every sign of a company and topic in the recent window, struck out or not."""
        rows = self._rows.company(self._known.companies[company])
        late = rows["on"].to_numpy("datetime64[D]") >= self._known.since
        found: pd.DataFrame = rows[late & (rows["topic"] == self._known.topics[topic]).to_numpy()]
        return found

    def struck_out(self) -> dict[tuple[str, str, str], dict[str, int]]:
        """How many signs were struck out of the recent window, by company, topic and channel."""
        rows = self._all
        kept = (rows["on"] >= self._known.since) & (rows["struck"] != "")
        rows = rows[kept.to_numpy(dtype=bool)]
        found: dict[tuple[str, str, str], dict[str, int]] = {}
        keys = zip(rows["company"], rows["topic"], rows["channel"], rows["struck"], strict=True)
        for (company, topic, channel, why), many in sorted(Counter(keys).items()):
            found.setdefault((company, topic, channel), {})[why] = many
        return found

    def days(self, company: int, topic: int) -> int:
        """On how many days, of mails, views and texts, there was a sign that counts."""
        rows = self.recent(company, topic)
        return int(rows.loc[(rows["struck"] == "").to_numpy(dtype=bool), "on"].nunique())

    def sources(self, company: int, topic: int, channel: str) -> tuple[str, ...]:
        """The rows of the signs of one channel that count."""
        rows = self.recent(company, topic)
        return sources_of(rows[((rows["channel"] == channel) & (rows["struck"] == "")).to_numpy()])

    def entries(self, company: int, topic: int) -> Iterator[Entry]:
        """The ledger of a company and topic: a line a channel and contact."""
        known, rows = self._known, self.recent(company, topic)
        struck = rows[(rows["struck"] != "").to_numpy(dtype=bool)]
        why: dict[tuple[str, str], Counter[str]] = {}
        for channel, contact, reason in zip(
            struck["channel"], struck["contact"], struck["struck"], strict=True
        ):
            why.setdefault((channel, contact), Counter())[reason] += 1
        for channel, one in known.draws.items():
            for at in np.flatnonzero(known.at == company).tolist():
                assert known.mail is not None  # noqa: S101 - who draws has mail
                contact = str(known.mail.contacts[at])
                yield Entry(
                    channel,
                    contact,
                    int(one.marks[at, topic]),
                    int(one.of_topic[at, topic]),
                    int(one.marks_before[at, topic]),
                    int(one.of_topic_before[at, topic]),
                    dict(sorted(why.get((channel, contact), Counter()).items())),
                )
        for channel in (VIEWS, WORDS):
            counts = known.channels[channel]
            seen, before = int(counts.recent[company, topic]), int(counts.before[company, topic])
            yield Entry(channel, "", seen, 0, before, 0, dict(why.get((channel, ""), Counter())))

    def name(self, contact: str) -> str:
        """What a contact is called."""
        return str(self._names.get(contact) or contact)

    def told(self, company: int, topic: int) -> list[dict[str, Any]]:
        """The ledger as plain rows, without lines that say nothing."""
        return [
            {
                "channel": one.channel,
                "contact": self.name(one.contact) if one.contact else "",
                "unsubscribed": one.contact in self._left,
                "seen": one.seen,
                "of": one.of,
                "before": one.before,
                "of_before": one.of_before,
                "struck_out": sum(one.struck.values()),
                "why": sorted(one.struck),
            }
            for one in self.entries(company, topic)
            if one.seen or one.before or one.struck
        ]

    def keenest(self, company: int, topic: int) -> list[str]:
        """Who showed most, by name; nobody who does not want mail."""
        signs: Counter[str] = Counter()
        for one in self.entries(company, topic):
            if one.contact and one.contact not in self._left and one.seen:
                signs[one.contact] += one.seen
        order = sorted(signs, key=lambda contact: (-signs[contact], contact))
        return [self.name(one) for one in order[:2]]
