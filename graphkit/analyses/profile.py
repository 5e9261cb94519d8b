"""The profile of a company: everything known of it, every sentence with where it comes from."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graphkit.analyses import payments, smaller_lots
from graphkit.analyses.leaning.mix import KINDS, TIGHTER
from graphkit.analyses.payment_figures import LATE
from graphkit.analyses.profiling.market import said, shows, supplies, works
from graphkit.analyses.profiling.near import CLUSTER, near
from graphkit.analyses.profiling.ordering import Ordering, Pace
from graphkit.analyses.profiling.paying import paying
from graphkit.analyses.profiling.reading import OPENS, reading
from graphkit.analyses.profiling.sentences import Section, Sentence, told
from graphkit.analyses.profiling.subject import Subject
from graphkit.analyses.profiling.who import who
from graphkit.findings import Finding, Level, Ref
from graphkit.snapshot import Snapshot

_SECTION_OF_KIND: Final = {
    LATE: "pays",
    payments.LATER: "pays",
    smaller_lots.KIND: "leans",
    TIGHTER: "leans",
}
_SECTION_OF_OBJECT: Final = {
    "Process": "leans",
    "Finish": "leans",
    "Material": "leans",
    "Topic": "reads",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a company.

    Attributes:
        company: The company.
        is_customer: Whether it ever bought.
        as_of: As of which day.
        pace: Orders month by month; None when there are none.
        sections: What is known, question by question.
    """

    company: Ref
    is_customer: bool
    as_of: dt.date
    pace: Pace | None
    sections: tuple[Section, ...]


def profile(
    snap: Snapshot,
    company: str,
    findings: Sequence[Finding],
    *,
    brings: Mapping[str, str] = MappingProxyType({}),
) -> Profile:
    """One page on a company: who it is, what it orders, how it pays, and what to do now.

    Every sentence cites rows of files, a finding or a decision; what is not known is said, with
    the export that would tell.

    Args:
        snap: What was known.
        company: Its id, a customer or not.
        findings: What analyses found of everybody, ranked.
        brings: The export that brings rows of a type, by its name.
    """
    one = Subject(snap, company, brings)
    ordering = Ordering(one)
    own = [found for found in findings if found.kind != CLUSTER and _concerns(one, found)]
    parts: list[tuple[str, str, Iterator[Sentence], str]] = [
        ("now", "What deserves attention now", _now(one, own), ""),
        ("who", "Who they are", who(one), ""),
        ("orders", "What, when and how much they order", ordering.sentences(), ""),
        ("pays", "How they pay", paying(one), ""),
        ("leans", "What they lean to", _leanings(ordering, own), ""),
        ("supplies", "Who they sell to", supplies(one), ""),
        ("reads", "What they read", reading(one), OPENS),
        ("shows", "Where they go", shows(one), ""),
        ("works", "Projects and new methods", works(one), ""),
        ("said", "What people say", said(one), ""),
        ("near", "Whom they are near", near(one, findings), ""),
    ]
    sections = tuple(
        Section(key, title, (*sentences, *_told(own, key)), remark)
        for key, title, sentences, remark in parts
    )
    is_customer = bool(snap.companies.at[company, "is_customer"])
    return Profile(snap.ref(company), is_customer, snap.as_of, ordering.pace(), sections)


def _concerns(one: Subject, found: Finding) -> bool:
    """Whether a finding is about the company, or about its industry as a whole."""
    industry = one.snap.companies.at[one.company, "industry"]
    ends = [(end.type, end.id) for end in (found.subject, found.object) if end is not None]
    if ("Company", one.company) in ends:
        return True
    told_of_all = found.level is not Level.CANNOT_TELL
    return told_of_all and isinstance(industry, str) and ("Industry", industry) in ends


def _section_of(found: Finding) -> str:
    """The section that a finding belongs to, by its kind or what else it is about."""
    if found.kind in _SECTION_OF_KIND:
        return _SECTION_OF_KIND[found.kind]
    if found.kind in KINDS.values():
        return "leans"  # also one that cannot be told, which is about no process yet
    return _SECTION_OF_OBJECT.get(found.object.type, "now") if found.object else "now"


def _told(own: Sequence[Finding], key: str) -> list[Sentence]:
    """The findings of a section; what is alarming stands first on the page with its advice."""
    if key == "now":
        return []
    return [told(found) for found in own if _section_of(found) == key]


def _now(one: Subject, own: Sequence[Finding]) -> Iterator[Sentence]:
    """What is alarming, then what belongs nowhere else, each with what to do."""
    urgent = [found for found in own if found.alarming and found.level is not Level.CANNOT_TELL]
    urgent.sort(key=lambda found: found.subject.id != one.company)  # then that of its industry
    others = [found for found in own if found not in urgent and _section_of(found) == "now"]
    advised: set[str] = set()  # one call about it is enough, and the first finding says which
    for found in [*urgent, *others]:
        yield told(found, advice=found.subject.id not in advised)
        advised.add(found.subject.id)
    if not urgent and not others:
        text = "No alert and no watch says that it needs attention now."
        yield Sentence(text, basis=f"all analyses as of {one.snap.as_of}")


def _leanings(ordering: Ordering, own: Sequence[Finding]) -> Iterator[Sentence]:
    if not _told(own, "leans"):
        yield ordering.no_leaning()
