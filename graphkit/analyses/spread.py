"""Who is exposed to a topic by companies in contact with it, where interest was seen to spread."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from graphkit.analyses.interest.query import LISTED, SIGNS
from graphkit.analyses.spreading.measure import LEAST, WEAK, Spreads, spread_of_interest
from graphkit.analyses.wording import counted, listed, month_name, quoted, when_enough
from graphkit.findings import Effect, Evidence, Finding, Level, sources_of
from graphkit.plugins import analysis
from graphkit.snapshot import Snapshot
from graphkit.statistics.share import Share

KIND: Final = "interest-spread"
_NAMED: Final = 3
_MONTH: Final = 30.4

_CYPHER: Final = f"""\
MATCH (one:Company {{id: $company}})
MATCH (t:Topic {{id: $topic}})
CALL (one, t) {{
  CALL (one) {{
    MATCH (one)-[x:FOLLOWS|LIKED|SHARED]->(c:Company)
    RETURN c, x, x.on AS day
    UNION ALL
    MATCH (one)-[:WORKS_ON]->(x:Project)-[:FOR_END_CUSTOMER]->(c:Company)
    RETURN c, x, x.started_on AS day
    UNION ALL
    MATCH (one)<-[:FOR_END_CUSTOMER]-(x:Project)<-[:WORKS_ON]-(c:Company)
    RETURN c, x, x.started_on AS day
  }}
  RETURN x, "in contact" AS what, day, c.name AS who, one.name AS of_what
  UNION ALL
  MATCH (one)-[:FOLLOWS|LIKED|SHARED|WORKS_ON|FOR_END_CUSTOMER*1..2]-(c:Company)
  WITH DISTINCT one, c, t
  WHERE EXISTS {{ (one)-[:FOLLOWS|LIKED|SHARED]->(c) }}
     OR EXISTS {{ (one)-[:WORKS_ON]->(:Project)-[:FOR_END_CUSTOMER]->(c) }}
     OR EXISTS {{ (one)<-[:FOR_END_CUSTOMER]-(:Project)<-[:WORKS_ON]-(c) }}
  CALL (c, t) {{
{SIGNS}
  }}
  RETURN x, what, day, c.name AS who, of_what
}}
{LISTED}"""

Ints = npt.NDArray[np.int64]


@analysis(
    "spread",
    question="Does interest spread between companies in contact, and who is exposed to it?",
    needs=("HasTopic",),
    kinds=(KIND,),
)
def spread(
    snap: Snapshot, *, draws: int = 999, months: int = 3, most: int = 10, seed: int = 1
) -> Iterator[Finding]:
    """Companies whose contacts took a topic up, and that did not yet, if that is seen to matter.

    Told only where more first signs of interest came soon after a contact's than in 95 % of the
    shuffles of their days, and exposure told better than a coin who would be next. A watch at most:
    the test is of the shop, not of the company, and exposure alone is weak. Where nothing was seen
    to spread there is no finding; `graphkit spread` says so.

    Args:
        snap: Needs HasTopic; Clicked, Visited or texts; Follows, Liked, Shared or Project.
        draws: How many shuffles.
        months: Within which one comes soon after the other, and after which exposure is half.
        most: How many companies and topics are told, the most exposed first.
        seed: Of the shuffles.

    Yields:
        A finding a company and topic, or one that it cannot be told in this shop.
    """
    found = spread_of_interest(snap, draws=draws, months=months, seed=seed)
    if found is None:
        return
    if not found.whole.enough:
        yield _cannot_tell(snap, found)
    elif found.worth_telling:
        teller = _Teller(snap, found, months)
        for rank, at in enumerate(teller.exposed()[:most], start=1):
            yield teller.told(rank, *at)


def exposure_of(company: str, topic: str) -> str:
    """The query of who is in contact with a company, and what they read and said of a topic.

    Args:
        company: Its id.
        topic: Its id.
    """
    return _CYPHER.replace("$company", quoted(company)).replace("$topic", quoted(topic))


def foretold(found: Spreads, months: int) -> str:
    """How well exposure told who would be next in the shop's own past, as a sentence.

    Args:
        found: What is known of the spread of interest.
        months: In which a company should have taken a topic up.
    """
    auc = found.whole.auc
    if auc is None:
        return "How well exposure tells who comes next cannot be told yet."
    weak = auc.value < WEAK
    picked = "Exposure alone is weak: of two companies it" if weak else "Of two companies exposure"
    return (
        f"{picked} picked the one that took a topic up within {months} months in"
        f" {auc.value:.0%} of cases ({auc.low:.0%} to {auc.high:.0%}), and a coin picks it in 50%."
    )


def named(snap: Snapshot, companies: Sequence[str]) -> str:
    """Companies as one reads them out, three by name at most.

    Args:
        snap: Knows their names.
        companies: Their ids.
    """
    names = [snap.names[one] for one in companies[:_NAMED]]
    rest = len(companies) - _NAMED
    return listed([*names, *([counted(rest, "other")] if rest > 0 else [])])


class _Teller:
    """Tells who is exposed.

    Args:
        snap: The graph.
        found: What is known of the spread of interest.
        months: In which a company should have taken a topic up.
    """

    def __init__(self, snap: Snapshot, found: Spreads, months: int) -> None:
        self._snap, self._found, self._months = snap, found, months
        self._today = int(np.datetime64(snap.as_of).astype(np.int64))

    def exposed(self) -> list[tuple[int, int, float]]:
        """Company, topic and score of who has not taken a topic up, the most exposed first.

        Of topics whose first signs came soon after a contact's no more often than by chance,
        nothing is told: there is nothing to go by.
        """
        taken_up, places = self._found.taken_up, []
        for topic, one in enumerate(self._found.topics):
            if one.after <= one.expected:
                continue
            first = taken_up.days(topic)
            score = self._found.contacts.exposure(first, self._today)
            asked = (score > 0) & (first > self._today) & (taken_up.since <= self._today)
            places += [(int(at), topic, float(score[at])) for at in np.flatnonzero(asked)]
        return sorted(places, key=lambda one: (-one[2], one[0], one[1]))

    def told(self, rank: int, company: int, topic: int, score: float) -> Finding:
        """That a company is exposed to a topic."""
        found, whole = self._found, self._found.whole
        subject = self._snap.ref(found.taken_up.companies[company])
        name = found.names[topic].name
        figures, ids, last = self._contacts(company, topic)
        return Finding(
            kind=KIND,
            level=Level.WATCH,
            subject=subject,
            object=found.names[topic],
            statement=(
                f"{subject.name} has shown no interest in {name} yet; {named(self._snap, ids)},"
                f" with which it is in contact, {'has' if len(ids) == 1 else 'have'}, last in"
                f" {month_name(np.datetime64(last, 'M'))}. First signs of interest come soon"
                f" after a contact's in this shop more often than by chance. {self._foretold}"
            ),
            as_of=self._snap.as_of,
            evidence=(*figures, *_in_the_past(found, self._months)),
            effect=_auc(found),
            p=whole.p,
            q=whole.p,
            n=whole.could,
            test=(
                f"{whole.after} of {counted(whole.could, 'first sign')} of companies with contacts"
                f" came within {self._months} months after a contact's, by chance"
                f" {whole.expected:.1f}: their days shuffled within each topic, nobody's before it"
                " was there, and more than with all contacts reversed; one question, of the whole"
                " shop, so a watch at most"
            ),
            advice=(
                f"Bring up {name} when you next speak to {subject.name}; it is no reason to call"
                " by itself."
            ),
            cypher=exposure_of(subject.id, found.names[topic].id),
            details={"rank": rank, "score": round(score, 3), "contacts": ids},
        )

    @property
    def _foretold(self) -> str:
        return foretold(self._found, self._months)

    def _contacts(self, company: int, topic: int) -> tuple[list[Evidence], list[str], dt.date]:
        """Contacts that took the topic up, who did so last first, and when that was."""
        found, tied = self._found, self._found.contacts
        first = found.taken_up.days(topic)
        pairs = tied.taken_up(first, self._today) & (tied.to == company)
        of = sorted(tied.of[pairs].tolist(), key=lambda one: (-first[one], one))
        rows = found.taken_up.rows
        signs = rows[((rows["topic"] == topic) & rows["company"].isin(of)).to_numpy(dtype=bool)]
        figures = [
            Evidence("contacts that took it up", len(of), "companies", sources_of(signs)),
            Evidence("in contact with them", len(of), "companies", tied.sources(pairs)),
        ]
        last = np.datetime64(int(first[of[0]]), "D").astype(dt.date)
        return figures, [str(found.taken_up.companies[one]) for one in of], last


def _auc(found: Spreads) -> Effect | None:
    auc = found.whole.auc
    return None if auc is None else Effect(auc.value, auc.low, auc.high, "AUC (.5 is a coin)")


def _in_the_past(found: Spreads, months: int) -> Iterator[Evidence]:
    """How many took a topic up when exposed, and when not."""
    shares: list[tuple[str, Share]] = [
        ("exposed", found.whole.exposed),
        ("in contact with companies that had not", found.whole.others),
    ]
    for who, share in shares:
        if share.value is not None:
            label = f"share that took a topic up within {months} months, {who} (of {share.of:,})"
            yield Evidence(label, round(share.value, 4), "share")


def _cannot_tell(snap: Snapshot, found: Spreads) -> Finding:
    """That there are too few first signs, told of the topic that has most."""
    could, rows = found.whole.could, found.taken_up.rows
    topic = max(range(len(found.topics)), key=lambda at: found.topics[at].adoptions)
    span = int(np.datetime64(snap.as_of).astype(np.int64)) - int(rows["day"].min())
    wait = int(np.ceil((LEAST - could) * max(span / _MONTH, 1.0) / could)) if could else -1
    return Finding(
        kind=KIND,
        level=Level.CANNOT_TELL,
        subject=found.names[topic],
        statement=(
            "Whether interest spreads between companies in contact cannot be told from"
            f" {counted(could, 'first sign')} of interest of companies with contacts;"
            f" {when_enough(snap.last_whole_month, wait)}."
        ),
        as_of=snap.as_of,
        evidence=(
            Evidence("first signs of companies with contacts", could, "signs", sources_of(rows)),
        ),
        n=could,
        test=f"needs {LEAST} first signs of interest of companies with contacts",
        advice="Load who follows, likes and shares, clicks in mails and views of pages.",
        details={"months_until_enough": wait},
    )
