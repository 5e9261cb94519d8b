"""The cluster report: who belongs together, what holds them, who is between, what to do."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from graphkit.analyses.clustering.words import sentence
from graphkit.analyses.persona import Persona, personas
from graphkit.errors import UnknownNameError
from graphkit.findings import Finding, Level, Ref
from graphkit.reports.citations import Citations, Note, Part
from graphkit.reports.ordered import ordered_last_year
from graphkit.reports.rows import rows_by_file
from graphkit.reports.site import Site
from graphkit.reports.templating import render
from graphkit.snapshot import Snapshot

_ALERTS = 3
_FIRST = 5  # things to do first, of which so many are alerts

_SHOWN_ANYHOW = frozenset({"traits", "members"})
"""Sections of a persona that the report has as tables."""

FORMS = {"text": "cluster.txt", "markdown": "cluster.md", "html": "cluster.html"}
"""Template by form."""


@dataclasses.dataclass(frozen=True, slots=True)
class Member:
    """A customer in a cluster.

    Attributes:
        company: Who it is.
        strength: Share of bootstraps in which it was in the cluster.
        ordered: What it ordered in the last twelve months, in units of the currency.
        marks: Alerts and watches about it, in words.
    """

    company: Ref
    strength: float
    ordered: float
    marks: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class ClusterPage:
    """One cluster as the report shows it.

    Attributes:
        finding: The cluster.
        members: Who is in it, who orders most first.
        traits: What sets them apart.
        between: Who lies between it and another.
        sources: Rows behind members and traits, by file.
        typical: What its typical customer is like, in numbered sentences.
        notes: What these numbers stand for.
    """

    finding: Finding
    members: tuple[Member, ...]
    traits: tuple[Mapping[str, object], ...]
    between: tuple[str, ...]
    sources: Mapping[str, str]
    typical: tuple[Part, ...]
    notes: tuple[Note, ...]

    @property
    def statement(self) -> str:
        """The statement as it reads below the cluster's name."""
        return self.finding.statement.removeprefix(f"{self.finding.subject.name}: ")

    @property
    def ordered(self) -> float:
        """What its members ordered in the last twelve months."""
        return sum(one.ordered for one in self.members)


@dataclasses.dataclass(frozen=True, slots=True)
class Outsider:
    """A customer in no cluster.

    Attributes:
        company: Who it is.
        findings: Alerts and watches about it.
    """

    company: Ref
    findings: tuple[Finding, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class ClusterReport:
    """What the templates fill in.

    Attributes:
        as_of: As of which day.
        currency: Of what was ordered.
        customers: How many there are.
        pages: The clusters, that which orders most first.
        between: Customers in none, those with findings first.
        first: Things to do first.
        more: Customers with an alert that `first` leaves out.
        unknown: Why there are no clusters.
    """

    as_of: dt.date
    currency: str
    customers: int
    pages: tuple[ClusterPage, ...]
    between: tuple[Outsider, ...]
    first: tuple[str, ...]
    more: int
    unknown: tuple[Finding, ...]

    @property
    def summary(self) -> str:
        """How many clusters and customers there are, in a sentence."""
        if not self.pages:
            return f"No cluster holds among {self.customers} customers."
        clusters = "1 cluster holds" if len(self.pages) == 1 else f"{len(self.pages)} clusters hold"
        outside = len(self.between)
        lie = "1 lies between them" if outside == 1 else f"{outside} lie between them"
        return f"{clusters} {self.customers - outside} of {self.customers} customers; {lie}."


def cluster_report(
    snap: Snapshot, findings: Sequence[Finding], form: str, *, site: Site | None = None
) -> str:
    """The report as text, Markdown or a self-contained HTML page.

    Args:
        snap: What was known.
        findings: What `analyse` found; alerts and watches about members are marked.
        form: One of FORMS.
        site: The site that it is a page of, if any.

    Raises:
        UnknownNameError: No such form.
    """
    if form not in FORMS:
        raise UnknownNameError.of("form", form, list(FORMS))
    return render(FORMS[form], site=site, report=gathered(snap, findings))


def gathered(snap: Snapshot, findings: Sequence[Finding]) -> ClusterReport:
    """What the report says.

    Args:
        snap: What was known.
        findings: What `analyse` found; alerts and watches about members are marked.
    """
    clusters = [one for one in findings if one.kind == "customer-cluster"]
    told = [one for one in clusters if one.details.get("members")]
    ordered = ordered_last_year(snap)
    told.sort(key=lambda one: (-_ordered(one, ordered), one.subject.name))
    about: dict[str, list[Finding]] = {}
    for one in findings:
        if one.kind != "customer-cluster" and one.level is not Level.CANNOT_TELL:
            about.setdefault(one.subject.id, []).append(one)
    citations = Citations(snap.files)
    pages = tuple(_page(one, snap, ordered, about, citations) for one in personas(snap, told))
    inside = {member["id"] for one in told for member in one.details["members"]}
    outside = [
        Outsider(snap.ref(one), tuple(about.get(one, ())))
        for one in set(snap.customers.index) - inside
    ]
    urgent = _urgent(findings, set(snap.customers.index))
    return ClusterReport(
        as_of=snap.as_of,
        currency=snap.currency,
        customers=len(snap.customers),
        pages=pages,
        between=tuple(sorted(outside, key=lambda one: (not one.findings, one.company.name))),
        first=(*urgent[:_ALERTS], *_chances(told))[:_FIRST],
        more=max(len(urgent) - _ALERTS, 0),
        unknown=tuple(one for one in clusters if not one.details.get("members")),
    )


def _page(
    persona: Persona,
    snap: Snapshot,
    ordered: Mapping[str, float],
    about: Mapping[str, Sequence[Finding]],
    citations: Citations,
) -> ClusterPage:
    finding, known = persona.finding, len(citations.notes)
    typical = tuple(
        citations.part(one)
        for one in persona.sections
        if one.key not in _SHOWN_ANYHOW and not all(said.unknown for said in one.sentences)
    )
    members = [
        Member(
            company=snap.ref(one["id"]),
            strength=one["strength"],
            ordered=ordered.get(one["id"], 0.0),
            marks=tuple(sorted(f"{x.level}: {x.kind}" for x in about.get(one["id"], ()))),
        )
        for one in finding.details["members"]
    ]
    sources = [source for one in finding.evidence for source in one.sources]
    return ClusterPage(
        finding=finding,
        members=tuple(sorted(members, key=lambda one: (-one.ordered, one.company.name))),
        traits=tuple(finding.details["traits"]),
        between=tuple(finding.details["between"]),
        sources=rows_by_file(sources, snap.files),
        typical=typical,
        notes=tuple(citations.notes[known:]),
    )


def _ordered(cluster: Finding, ordered: Mapping[str, float]) -> float:
    """What the members of a cluster ordered."""
    return sum(ordered.get(member["id"], 0.0) for member in cluster.details["members"])


def _urgent(findings: Sequence[Finding], customers: set[str]) -> tuple[str, ...]:
    """What to do about each customer with an alarming alert, in a cluster or between them."""
    urgent: dict[str, str] = {}
    for one in findings:
        alarm = one.alarming and one.level is Level.ALERT
        if alarm and one.subject.id in customers and one.advice:
            urgent.setdefault(one.subject.id, f"{sentence(one.statement)} {one.advice}")
    return tuple(urgent.values())


def _chances(clusters: Sequence[Finding]) -> tuple[str, ...]:
    """What the clusters advise."""
    return tuple(f"{one.subject.name}: {one.advice}" for one in clusters if one.advice)
